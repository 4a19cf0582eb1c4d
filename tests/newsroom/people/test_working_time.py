"""Working hours pass over nights, weekends and holidays, and count the days that make up."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.people.working_time import (
    Hours,
    after,
    holiday,
    is_announced,
    is_working_day,
    makes_up,
    working_day_after,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(*parts):
    return datetime(*parts, tzinfo=SHANGHAI)


def test_a_public_holiday_has_its_chinese_name():
    assert holiday(date(2026, 10, 1)) == "国庆节"
    assert not is_working_day(date(2026, 10, 1))


def test_a_weekend_is_no_holiday_and_no_working_day():
    assert holiday(date(2026, 11, 28)) == ""
    assert not is_working_day(date(2026, 11, 28))


def test_a_sunday_can_make_up_for_a_holiday():
    assert makes_up(date(2026, 10, 10))
    assert is_working_day(date(2026, 10, 10))
    assert not makes_up(date(2026, 11, 27))


def test_a_year_not_announced_knows_only_weekends():
    assert not is_announced(2077)
    assert is_working_day(date(2077, 10, 1))
    assert holiday(date(2077, 10, 1)) == ""


@pytest.mark.parametrize(
    ("begun", "hours", "ends"),
    [
        (at(2026, 11, 27, 10), 2, at(2026, 11, 27, 12)),
        (at(2026, 11, 27, 7), 2, at(2026, 11, 27, 11)),
        (at(2026, 11, 27, 17), 2, at(2026, 11, 30, 10)),
        (at(2026, 11, 27, 20), 1, at(2026, 11, 30, 10)),
        (at(2026, 9, 30, 17), 4, at(2026, 10, 8, 12)),
        (at(2026, 11, 27, 9), 9, at(2026, 11, 27, 18)),
        (at(2026, 11, 27, 10), 0, at(2026, 11, 27, 10)),
    ],
    ids=["same day", "early", "over a weekend", "evening", "over a holiday", "whole day", "none"],
)
def test_hours_pass_only_while_people_work(begun, hours, ends):
    assert after(begun, hours) == ends


def test_hours_are_not_counted_backwards():
    with pytest.raises(ValueError, match="backwards"):
        after(at(2026, 11, 27, 10), -1)


def test_hours_nobody_can_wait_for_are_refused():
    with pytest.raises(ValueError, match="beyond"):
        after(at(2026, 11, 27, 10), 10_000)


moments = st.datetimes(datetime(2024, 1, 1), datetime(2026, 6, 1)).map(
    lambda moment: moment.replace(tzinfo=SHANGHAI)
)


@given(moments, st.integers(0, 60), st.integers(0, 60))
def test_hours_add_up_and_end_at_work(begun, first, second):
    whole, parts = after(begun, first + second), after(after(begun, first), second)
    assert whole == parts
    assert after(begun, first) >= begun
    if first:
        opens, closes = Hours().on(whole.date(), SHANGHAI)
        assert opens <= whole <= closes
        assert is_working_day(whole.date())


@given(moments, st.integers(1, 40))
def test_more_hours_end_later(begun, hours):
    assert after(begun, hours) - after(begun, hours - 1) >= timedelta(0)


@pytest.mark.parametrize(
    ("day", "ends"),
    [
        (date(2026, 11, 23), date(2026, 11, 30)),
        (date(2026, 11, 27), date(2026, 12, 4)),
        (date(2026, 11, 28), date(2026, 12, 4)),
        (date(2026, 9, 30), date(2026, 10, 13)),
        (date(2026, 10, 3), date(2026, 10, 13)),
        (date(2026, 9, 17), date(2026, 9, 23)),
    ],
    ids=[
        "over a weekend", "Friday", "Saturday", "over National Day and the Saturday that makes up",
        "during National Day", "with a Sunday that makes up",
    ],
)  # fmt: skip
def test_five_working_days_pass_over_days_off_and_count_those_that_make_up(day, ends):
    assert working_day_after(day, 5) == ends


def test_working_days_are_counted_from_one():
    with pytest.raises(ValueError, match="from one"):
        working_day_after(date(2026, 11, 27), 0)
