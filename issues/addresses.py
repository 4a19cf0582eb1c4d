"""What stands in the address of an issue: its date, and its sequence from the second on."""

import re
from datetime import date
from typing import NamedTuple

from django.urls import register_converter

from articles import addresses as _addresses  # noqa: F401 - registers “number” and others


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


register_converter(EditionConverter, "edition")
