"""The days that a calendar shows: a month, or a week from Monday, by their addresses."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from issues.models import FIRST_DAY, LAST_DAY

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Span:
    """The days that are looked at: a month, or a week from Monday; ``end`` is not included."""

    first: date
    end: date
    name: str
    is_week: bool = False

    @property
    def title(self) -> str:
        """What it is called over the page."""
        if not self.is_week:
            # Translators: a date format of Django's: month and year.
            return date_format(self.first, _("F Y"))
        last = self.end - timedelta(days=1)
        # Translators: a date format of Django's: day, month and year.
        begins = date_format(self.first, _("j M Y"))
        # Translators: a date format of Django's: month and day.
        return f"{begins} – {date_format(last, _('j M'))}"

    @property
    def grid(self) -> tuple[date, date]:
        """The first day shown and the day after the last: whole weeks."""
        first = self.first - timedelta(days=self.first.weekday())
        return first, self.end + timedelta(days=-self.end.weekday() % 7)

    @property
    def before(self) -> "Span | None":
        """The span before, or None where the calendar begins."""
        return _within(self.first - timedelta(days=1), self.is_week)

    @property
    def after(self) -> "Span | None":
        """The span after, or None where the calendar ends."""
        return _within(self.end, self.is_week)

    @property
    def query(self) -> str:
        """Its address."""
        return f"?{'week' if self.is_week else 'month'}={self.name}"


def month_around(day: date) -> Span:
    """Return the month of a day."""
    first = day.replace(day=1)
    end = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return Span(first, end, f"{first:%Y-%m}")


def week_around(day: date) -> Span:
    """Return the week of a day, from Monday."""
    first = day - timedelta(days=day.weekday())
    year, number, _day = first.isocalendar()
    return Span(first, first + WEEK, f"{year}-W{number:02}", is_week=True)


def _within(day: date, is_week: bool) -> Span | None:
    """Return the span of a day in which issues may be dated."""
    if not FIRST_DAY <= day <= LAST_DAY:
        return None
    return week_around(day) if is_week else month_around(day)


def span_named(*, month: str = "", week: str = "") -> Span | None:
    """Return the span of an address, 2026-11 or 2026-W48, or None where it names none."""
    if week:
        found = re.fullmatch(r"([0-9]{4})-W([0-9]{2})", week)
        build = date.fromisocalendar
    else:
        found = re.fullmatch(r"([0-9]{4})-([0-9]{2})", month)
        build = date
    try:
        day = build(int(found[1]), int(found[2]), 1) if found else None
    except ValueError:
        return None
    return _within(day, bool(week)) if day else None
