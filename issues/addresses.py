"""What stands in the address of an issue: its date, and its sequence from the second on."""

import re
from datetime import date
from typing import NamedTuple

from django.urls import register_converter

from articles import addresses as _addresses  # noqa: F401 - registers “number”


class Edition(NamedTuple):
    """Which issue an address names."""

    day: date
    sequence: int = 1

    def __str__(self):
        return f"{self.day:%Y-%m-%d}" + (f"-{self.sequence}" if self.sequence > 1 else "")


class EditionConverter:
    """``2023-12-08``, or ``2023-12-08-2`` for the second issue of the day."""

    regex = r"[1-9]\d{3}-\d{2}-\d{2}(?:-(?:[2-9]|[1-9]\d))?"

    def to_python(self, value: str) -> Edition:
        """Return the edition named; raise ValueError for a day that does not exist."""
        sequence = re.fullmatch(r"(.{10})-(\d+)", value)
        if sequence:
            return Edition(date.fromisoformat(sequence[1]), int(sequence[2]))
        return Edition(date.fromisoformat(value))

    def to_url(self, value) -> str:
        """Return the address of an edition."""
        return str(value)


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


register_converter(EditionConverter, "edition")
register_converter(YearConverter, "year")
register_converter(MonthConverter, "month")
