"""What stands in an address, written in one way only, so that a page has one address."""

from django.urls import register_converter
from django.urls.converters import IntConverter, StringConverter

from articles.renditions import FORMATS


class NumberConverter(IntConverter):
    """A number from 1, written one way only."""

    regex = "[1-9][0-9]{0,17}"


class DigestConverter(StringConverter):
    """A SHA-256 digest, in the one way it is written here."""

    regex = "[0-9a-f]{64}"


class RenditionConverter(StringConverter):
    """The name of one file of a photograph: its width and its format."""

    regex = rf"[1-9][0-9]{{0,4}}\.(?:{'|'.join(FORMATS)})"


register_converter(NumberConverter, "number")
register_converter(DigestConverter, "digest")
register_converter(RenditionConverter, "rendition")
