"""On which days the paper comes out: from rules, public holidays and single decisions to days.

Knows no models. Weekdays are counted as ISO does, 1 for Monday.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from newsroom.people import working_time

EVERY_DAY = frozenset(range(1, 8))
ONE_DAY = timedelta(days=1)
# Longer than any run of public holidays; so far an issue may be moved.
FARTHEST = timedelta(days=30)


class OnHoliday(models.TextChoices):
    """What becomes of an issue whose day is a public holiday."""

    SKIP = "skip", _("does not come out")
    APPEAR = "appear", _("comes out all the same")
    MOVE = "move", _("comes out on the next working day")


class Why(models.TextChoices):
    """Why an issue comes out on a day."""

    REGULAR = "regular", _("by the rule")
    MOVED = "moved", _("moved from a holiday")
    MAKE_UP = "make_up", _("make-up working day")
    DECIDED = "decided", _("decided for this day")


@dataclass(frozen=True)
class Rule:
    """On these weekdays between two days; of two for one day the later begun counts."""

    weekdays: frozenset[int]
    starts_on: date
    ends_on: date | None = None
    on_holiday: OnHoliday = OnHoliday.SKIP
    on_make_up_days: bool = False
    key: int = 0

    def covers(self, day: date) -> bool:
        """Say whether it is in force on a day."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True)
class Edition:
    """A day on which the paper comes out, by which rule, and why on that day.

    ``is_provisional``: the holidays of its year are not announced, only weekdays were asked.
    """

    day: date
    rule: Rule | None
    why: Why
    moved_from: date | None = None
    is_provisional: bool = False


def in_force(rules: Iterable[Rule], day: date, weekday: bool = False) -> Rule | None:
    """Return the rule that counts on a day; with ``weekday`` only of those that name its weekday.

    The later begun counts, and of two begun on one day the one written later.
    """
    fitting = [
        rule
        for rule in rules
        if rule.covers(day) and (not weekday or day.isoweekday() in rule.weekdays)
    ]
    return max(fitting, key=lambda rule: (rule.starts_on, rule.key), default=None)


def editions(
    rules: Iterable[Rule],
    decided: Mapping[date, bool],
    first: date,
    end: date,
    holidays=working_time,
) -> list[Edition]:
    """Return the days from one day up to another on which the paper comes out, in order.

    ``decided`` says of single days whether there is an issue, whatever the rules say.
    ``holidays`` knows the holidays; the same questions as ``working_time``.
    """
    rules = list(rules)
    begin = max(first, date.min + FARTHEST) - FARTHEST  # an issue may have been moved from there
    found: dict[date, Edition] = {}
    moving: list[tuple[date, Rule]] = []
    for day in days_between(begin, end):
        if day in decided:
            if decided[day]:
                found[day] = Edition(day, in_force(rules, day), Why.DECIDED)
            continue
        rule, why = _by_rule(rules, day, holidays)
        if why is Why.MOVED:
            moving.append((day, rule))
        elif why is not None:
            found[day] = Edition(day, rule, why, None, not holidays.is_announced(day.year))
    for day, rule in moving:
        to = _next_working_day(day, holidays)
        # A day has one issue: several moved to one day, or onto a regular one, are that one.
        if to is not None and first <= to < end and to not in found and to not in decided:
            known = holidays.is_announced(to.year)
            found[to] = Edition(to, rule, Why.MOVED, day, not known)
    return [found[day] for day in sorted(found) if first <= day < end]


def _by_rule(rules: list[Rule], day: date, holidays) -> tuple[Rule | None, Why | None]:
    """Return the rule that has an issue on a day, and why; MOVED where it goes to another day."""
    rule = in_force(rules, day, weekday=True)
    if rule is None:
        rule = in_force(rules, day)
        makes_up = rule is not None and rule.on_make_up_days and holidays.makes_up(day)
        return (rule, Why.MAKE_UP) if makes_up else (None, None)
    if not holidays.holiday(day) or rule.on_holiday == OnHoliday.APPEAR:
        return rule, Why.REGULAR
    return (rule, Why.MOVED) if rule.on_holiday == OnHoliday.MOVE else (None, None)


def _next_working_day(day: date, holidays) -> date | None:
    later = days_between(day + ONE_DAY, day + FARTHEST)
    return next((each for each in later if holidays.is_working_day(each)), None)


def days_between(first: date, end: date) -> Iterator[date]:
    """Yield the days from one day up to another, which is not included."""
    for number in range((end - first).days):
        yield first + timedelta(days=number)
