"""Issues by the month, as a calendar shows them. Weeks begin on Monday."""

import calendar
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby


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


def months_of(issues: Iterable) -> list[Month]:
    """Return the months of issues that come the latest first, in that order."""
    grouped = groupby(issues, key=lambda issue: (issue.date.year, issue.date.month))
    return [month_of(*which, reversed(list(some))) for which, some in grouped]


def chosen(months: list[date], year: int | None, month: int | None) -> list[date]:
    """Return the months, by their first days, that lie in a year and are of a number."""
    return [
        first for first in months if year in (None, first.year) and month in (None, first.month)
    ]
