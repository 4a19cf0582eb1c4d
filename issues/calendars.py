"""Issues by the month, as a calendar shows them. Weeks begin on Monday."""

import calendar
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

FEW_YEARS = 12
"""As many fit into a row or two; of more only those near the one that is open are shown."""


@dataclass(frozen=True)
class Day:
    """A day of a month with the issues of that day."""

    date: date
    issues: list

    @property
    def column(self) -> int:
        """The column it stands in, 1 for Monday."""
        return self.date.isoweekday()


@dataclass(frozen=True)
class Month:
    """A month with its days."""

    first: date
    days: list[Day]

    @property
    def week(self) -> list[date]:
        """Some Monday to Sunday, to name the columns by."""
        monday = self.first - timedelta(days=self.first.weekday())
        return [monday + timedelta(days=number) for number in range(7)]

    @property
    def weeks(self) -> list[list[Day | None]]:
        """The days in rows of seven, with None outside the month."""
        blank = self.first.weekday()
        cells = [None] * blank + self.days
        cells += [None] * (-len(cells) % 7)
        return [cells[start : start + 7] for start in range(0, len(cells), 7)]


def month_after(day: date) -> date:
    """Return the first day of the month after a day's."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def month_of(year: int, month: int, issues: Iterable) -> Month:
    """Return a month with the issues that are dated in it."""
    dated = defaultdict(list)
    for issue in issues:
        dated[issue.date].append(issue)
    length = calendar.monthrange(year, month)[1]
    days = [date(year, month, number) for number in range(1, length + 1)]
    return Month(days[0], [Day(day, dated.get(day, [])) for day in days])


def around(found: list, here: list) -> tuple:
    """Return what lies before and after something in a list, None where there is no such.

    ``here`` holds it, or nothing where it is not in the list.
    """
    if not here:
        return None, None
    place = found.index(here[0])
    after = found[place + 1] if place + 1 < len(found) else None
    return (found[place - 1] if place else None), after


def decades(years: list) -> list[tuple[int, int, list]]:
    """Return years by their decades, both the latest first: the first year, the last, and each.

    ``years`` come the oldest first, each with its ``year``.
    """
    grouped = groupby(reversed(years), key=lambda each: each.year // 10)
    found = [list(some) for _decade, some in grouped]
    return [(some[-1].year, some[0].year, some) for some in found]


def at_hand(years: list, year: int) -> list:
    """Return the years to choose from on the page of one, the latest first.

    All of them as long as they are few, else its decade, with the nearest before and after it.
    """
    if len(years) <= FEW_YEARS:
        return years[::-1]
    near = [place for place, each in enumerate(years) if each.year // 10 == year // 10]
    return years[max(0, near[0] - 1) : near[-1] + 2][::-1]
