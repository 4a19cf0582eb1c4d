"""Working days and hours in China: weekends, public holidays, and the days that make up for them.

The State Council announces a year's holidays in the autumn before. For a year not announced yet
only weekends are known, and ``is_announced`` says so.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

import chinese_calendar

ONE_DAY = timedelta(days=1)
SATURDAY = 5
# Longer than any run of days off; beyond it the hours themselves must be wrong.
MOST_DAYS = 400


@dataclass(frozen=True)
class Hours:
    """When a newsroom works on a working day; the end is later than the beginning."""

    begin: time = time(9)
    end: time = time(18)

    def on(self, day: date, zone) -> tuple[datetime, datetime]:
        """Return the two instants of a day, aware, in a time zone."""
        return datetime.combine(day, self.begin, zone), datetime.combine(day, self.end, zone)


@cache
def is_announced(year: int) -> bool:
    """Say whether the public holidays of a year are known."""
    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


def is_working_day(day: date) -> bool:
    """Say whether people work on a day: no weekend, no holiday, or a day that makes up for one."""
    if is_announced(day.year):
        return chinese_calendar.is_workday(day)
    return day.weekday() < SATURDAY


def holiday(day: date) -> str:
    """Return the Chinese name of a public holiday on which people are off, or nothing."""
    if not is_announced(day.year):
        return ""
    off, name = chinese_calendar.get_holiday_detail(day)
    return chinese_calendar.Holiday(name).chinese if off and name else ""


def makes_up(day: date) -> bool:
    """Say whether a weekend's day is worked, to make up for a holiday (调休)."""
    return day.weekday() >= SATURDAY and is_working_day(day)


def working_day_after(day: date, days: int) -> date:
    """Return the day on which so many working days have passed after a day, itself not counted.

    Raises ValueError for no days at all or fewer.
    """
    if days < 1:
        raise ValueError("working days are counted from one")
    while days:
        day += ONE_DAY
        days -= is_working_day(day)
    return day


def after(begun: datetime, hours: float, working: Hours = Hours()) -> datetime:
    """Return the instant by which so many working hours have passed since an aware instant.

    ``begun`` is in the zone whose days and hours count. Raises ValueError for hours below zero.
    """
    if hours < 0:
        raise ValueError("working hours are not counted backwards")
    left, day = timedelta(hours=hours), begun.date()
    for _number in range(MOST_DAYS):
        opens, closes = working.on(day, begun.tzinfo)
        start = max(begun, opens)
        if is_working_day(day) and start <= closes and left <= closes - start:
            return start + left
        if is_working_day(day) and start < closes:
            left -= closes - start
        day += ONE_DAY
    raise ValueError("so many working hours lie beyond any deadline")
