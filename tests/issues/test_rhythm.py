"""From rules, holidays and decisions to days: examples of a year, and what holds for any rule."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from issues.rhythm import EVERY_DAY, OnHoliday, Rule, Why, days_between, editions, in_force
from newsroom.people import working_time

MONDAY, WEDNESDAY, FRIDAY, SATURDAY = 1, 3, 5, 6
YEAR = date(2026, 1, 1)


def rule(*weekdays, **fields):
    fields.setdefault("starts_on", date(2020, 1, 1))
    return Rule(frozenset(weekdays), **fields)


def days(rules, first, end, decided=None):
    return [each.day for each in editions(rules, decided or {}, first, end)]


MON_WED_FRI = rule(MONDAY, WEDNESDAY, FRIDAY)


class TestAYearAsAnnounced:
    """The holidays of 2026: National Day from Thursday 1 to Wednesday 7 October."""

    first, end = date(2026, 9, 28), date(2026, 10, 12)

    def test_three_times_a_week_without_the_national_day(self):
        assert days([MON_WED_FRI], self.first, self.end) == [
            date(2026, 9, 28),
            date(2026, 9, 30),
            date(2026, 10, 9),
        ]

    def test_all_the_same(self):
        found = days([rule(MONDAY, FRIDAY, on_holiday=OnHoliday.APPEAR)], self.first, self.end)
        assert date(2026, 10, 2) in found
        assert date(2026, 10, 5) in found

    def test_several_moved_to_one_day_are_one_issue(self):
        moving = rule(MONDAY, WEDNESDAY, FRIDAY, on_holiday=OnHoliday.MOVE)
        found = {each.day: each for each in editions([moving], {}, self.first, self.end)}
        assert sorted(found)[-2:] == [date(2026, 10, 8), date(2026, 10, 9)]
        assert found[date(2026, 10, 8)].why is Why.MOVED
        assert found[date(2026, 10, 8)].moved_from == date(2026, 10, 2)

    def test_one_moved_before_the_first_day_asked_is_there(self):
        moving = rule(WEDNESDAY, on_holiday=OnHoliday.MOVE)
        assert days([moving], date(2026, 10, 8), self.end) == [date(2026, 10, 8)]

    def test_a_make_up_saturday(self):
        saturday = date(2026, 10, 10)
        assert working_time.makes_up(saturday)
        assert saturday not in days([MON_WED_FRI], self.first, self.end)
        making_up = rule(MONDAY, on_make_up_days=True)
        found = {each.day: each.why for each in editions([making_up], {}, self.first, self.end)}
        assert found[saturday] is Why.MAKE_UP
        with_saturday = rule(SATURDAY, on_make_up_days=True)
        again = editions([with_saturday], {}, self.first, self.end)
        assert [(each.day, each.why) for each in again].count((saturday, Why.REGULAR)) == 1

    def test_what_is_decided_for_a_day_counts(self):
        holiday, monday = date(2026, 10, 1), date(2026, 9, 28)
        found = days([MON_WED_FRI], self.first, self.end, {holiday: True, monday: False})
        assert holiday in found
        assert monday not in found

    def test_a_day_decided_against_takes_none_that_moves(self):
        moving = rule(WEDNESDAY, on_holiday=OnHoliday.MOVE)
        assert days([moving], self.first, self.end, {date(2026, 10, 8): False}) == [
            date(2026, 9, 30)
        ]

    def test_a_holiday_decided_for_does_not_move_as_well(self):
        moving = rule(WEDNESDAY, on_holiday=OnHoliday.MOVE)
        assert days([moving], self.first, self.end, {date(2026, 10, 7): True}) == [
            date(2026, 9, 30),
            date(2026, 10, 7),
        ]


class TestChanges:
    def test_the_rule_begun_later_counts(self):
        old, new = rule(MONDAY, key=1), rule(MONDAY, starts_on=date(2026, 3, 1), key=2)
        found = editions([old, new], {}, date(2026, 2, 24), date(2026, 3, 17))
        assert [(each.day, each.rule.key) for each in found] == [
            (date(2026, 3, day), 2) for day in (2, 9, 16)
        ]
        before = editions([old, new], {}, date(2026, 1, 5), date(2026, 1, 6))
        assert [each.rule.key for each in before] == [1]

    def test_of_two_begun_on_one_day_the_one_written_later(self):
        assert in_force([rule(1, key=1), rule(1, key=2)], YEAR).key == 2

    def test_a_rule_ends_with_its_last_day(self):
        short = rule(*EVERY_DAY, starts_on=date(2026, 3, 2), ends_on=date(2026, 3, 4))
        assert days([short], date(2026, 2, 1), date(2026, 4, 1)) == [
            date(2026, 3, number) for number in (2, 3, 4)
        ]

    def test_a_year_not_announced_is_planned_by_weekdays_and_says_so(self):
        year = next(year for year in range(2026, 2100) if not working_time.is_announced(year))
        found = editions([rule(*EVERY_DAY)], {}, date(year, 1, 1), date(year, 1, 4))
        assert [each.is_provisional for each in found] == [True] * 3
        known = editions([rule(MONDAY)], {}, date(2026, 3, 1), date(2026, 3, 10))
        assert not any(each.is_provisional for each in known)


@dataclass(frozen=True)
class Holidays:
    """Any holidays: as the library would answer of a year of some country."""

    off: frozenset = frozenset()
    made_up: frozenset = frozenset()
    announced: bool = field(default=True)

    def holiday(self, day):
        return "节" if day in self.off else ""

    def makes_up(self, day):
        return day.isoweekday() > FRIDAY and day in self.made_up and day not in self.off

    def is_working_day(self, day):
        return day not in self.off and (day.isoweekday() <= FRIDAY or day in self.made_up)

    def is_announced(self, year):
        return self.announced


some_days = st.dates(YEAR, date(2026, 3, 31))
rules = st.builds(
    Rule,
    weekdays=st.frozensets(st.integers(1, 7), min_size=1),
    starts_on=st.dates(date(2025, 11, 1), date(2026, 3, 1)),
    ends_on=st.none() | st.dates(date(2026, 3, 2), date(2026, 5, 1)),
    on_holiday=st.sampled_from(OnHoliday),
    on_make_up_days=st.booleans(),
    key=st.integers(1, 9),
)
holidays = st.builds(
    Holidays, st.frozensets(some_days, max_size=20), st.frozensets(some_days, max_size=20)
)
decisions = st.dictionaries(some_days, st.booleans(), max_size=8)
spans = st.tuples(some_days, st.integers(0, 60))


@given(st.lists(rules, max_size=3), decisions, spans, holidays)
def test_whatever_the_rules_days_come_once_in_order_and_for_a_reason(some, decided, span, known):
    first, end = span[0], span[0] + timedelta(days=span[1])
    found = editions(some, decided, first, end, known)
    dates = [each.day for each in found]
    assert dates == sorted(set(dates))
    assert all(first <= day < end for day in dates)
    assert {day for day, yes in decided.items() if yes and first <= day < end} <= set(dates)
    assert not {day for day, yes in decided.items() if not yes} & set(dates)
    for each in found:
        if each.why is Why.REGULAR:
            assert each.day.isoweekday() in each.rule.weekdays
            assert not known.holiday(each.day) or each.rule.on_holiday == OnHoliday.APPEAR
        elif each.why is Why.MOVED:
            assert known.is_working_day(each.day)
            assert known.holiday(each.moved_from)
            between = days_between(each.moved_from + timedelta(days=1), each.day)
            assert not any(map(known.is_working_day, between))
        elif each.why is Why.MAKE_UP:
            assert known.makes_up(each.day)


@given(st.lists(rules, max_size=3), decisions, spans, holidays, st.integers(0, 60))
def test_asking_for_a_span_in_two_parts_says_the_same(some, decided, span, known, cut):
    first, end = span[0], span[0] + timedelta(days=span[1])
    middle = min(first + timedelta(days=cut), end)
    parts = editions(some, decided, first, middle, known)
    parts += editions(some, decided, middle, end, known)
    assert parts == editions(some, decided, first, end, known)
