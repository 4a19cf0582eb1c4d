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


class YearConverter:
    """A year, in four digits."""

    regex = r"[1-9]\d{3}"

    def to_python(self, value: str) -> int:
        """Return the year."""
        return int(value)

    def to_url(self, value: int) -> str:
        """Return the year as it stands in an address."""
        return f"{value:04d}"


class MonthConverter(YearConverter):
    """A month, in two digits."""

    regex = r"0[1-9]|1[0-2]"

    def to_url(self, value: int) -> str:
        """Return the month as it stands in an address."""
        return f"{value:02d}"


class PartConverter:
    """A further page of a volume, counted from its beginning: ``part-2``; the first has no name."""

    regex = r"part-(?:[2-9]|[1-9]\d{1,4})"

    def to_python(self, value: str) -> int:
        """Return the number of the page."""
        return int(value.removeprefix("part-"))

    def to_url(self, value: int) -> str:
        """Return the page as it stands in an address."""
        return f"part-{value}"


register_converter(NumberConverter, "number")
register_converter(DigestConverter, "digest")
register_converter(RenditionConverter, "rendition")
register_converter(YearConverter, "year")
register_converter(MonthConverter, "month")
register_converter(PartConverter, "part")
