"""What stands in addresses that only a letter knows."""

from django.urls import register_converter
from django.urls.converters import StringConverter


class KeyConverter(StringConverter):
    """By what a subscriber's letters are known: 256 bits that nobody can guess."""

    regex = "[A-Za-z0-9_-]{43}"


class TicketConverter(StringConverter):
    """An address and an hour, locked."""

    regex = "[A-Za-z0-9_-]{80,1200}"


register_converter(KeyConverter, "letterkey")
register_converter(TicketConverter, "ticket")
