"""Lists bound like a newspaper's volumes: by the year, or by the month, the oldest first.

A volume's address stays, and so does what it holds: what comes later stands behind it.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import make_aware

PER_PART = 50
"""Pieces of a volume that stand on one page."""


@dataclass(frozen=True)
class Volume:
    """A year, or a month of one, and how many pieces it has."""

    year: int
    month: int | None
    count: int

    @property
    def parts(self) -> int:
        """On how many pages it stands."""
        return max(1, -(-self.count // PER_PART))

    @property
    def first(self) -> datetime:
        """The instant at which it begins, where the newspaper is."""
        return _midnight(self.year, self.month or 1)

    @property
    def end(self) -> datetime:
        """The instant at which it is over."""
        if self.month is None or self.month == 12:
            return _midnight(self.year + 1, 1)
        return _midnight(self.year, self.month + 1)


@dataclass(frozen=True)
class Part:
    """One page of a volume, 1 for the first."""

    volume: Volume
    number: int

    @property
    def rows(self) -> slice:
        """Which pieces of the volume it shows, counted from the oldest."""
        start = (self.number - 1) * PER_PART
        return slice(start, start + PER_PART)


class Volumes:
    """All that a list has, bound by month or by year."""

    def __init__(self, counts: list[dict], *, monthly: bool):
        """Take the counts of the months that have any, each with its year, the oldest first."""
        self.monthly = monthly
        self.counts = counts
        self.bound = self._months() if monthly else self.years
        self.total = sum(each["count"] for each in counts)

    @property
    def years(self) -> list[Volume]:
        """The years that have anything, the oldest first."""
        counted = defaultdict(int)
        for each in self.counts:
            counted[each["year"]] += each["count"]
        return [Volume(year, None, count) for year, count in counted.items()]

    def of_year(self, year: int) -> list[Volume]:
        """The volumes of a year, the oldest first."""
        return [volume for volume in self.bound if volume.year == year]

    def part(self, year: int, month: int | None, number: int) -> Part | None:
        """Return a page of a volume, or None where there is no such page."""
        for volume in self.bound:
            if (volume.year, volume.month) == (year, month) and 0 < number <= volume.parts:
                return Part(volume, number)
        return None

    def around(self, part: Part) -> tuple[Part | None, Part | None]:
        """Return the pages before and after one, across volumes."""
        pages = [Part(volume, n + 1) for volume in self.bound for n in range(volume.parts)]
        here = pages.index(part)
        after = pages[here + 1] if here + 1 < len(pages) else None
        return (pages[here - 1] if here else None), after

    def holding(self, place: int) -> Part | None:
        """Return the page with the piece of a place counted from the newest, 0 for that one."""
        for volume in reversed(self.bound):
            if place < volume.count:
                return Part(volume, (volume.count - 1 - place) // PER_PART + 1)
            place -= volume.count
        return None

    def _months(self) -> list[Volume]:
        return [Volume(each["year"], each["month"], each["count"]) for each in self.counts]


def _midnight(year: int, month: int) -> datetime:
    return make_aware(datetime(year, month, 1))
