"""What stands in an address: numbers without leading zeros, so that a page has one address."""

from django.urls import register_converter
from django.urls.converters import IntConverter


class NumberConverter(IntConverter):
    """A number from 1, written one way only."""

    regex = "[1-9][0-9]{0,17}"


register_converter(NumberConverter, "number")
