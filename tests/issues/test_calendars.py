from datetime import date
from types import SimpleNamespace

from issues.calendars import around, at_hand, decades, month_after, month_of


def issue(year, month, day):
    return SimpleNamespace(date=date(year, month, day))


def test_a_month_has_all_its_days_in_weeks_from_monday():
    month = month_of(2024, 2, [])
    assert [day.date.day for day in month.days] == list(range(1, 30))
    assert [len(week) for week in month.weeks] == [7] * 5
    assert month.weeks[0][:3] == [None, None, None]
    assert month.weeks[0][3].column == 4  # 1 February 2024 was a Thursday
    assert [day.isoweekday() for day in month.week] == [1, 2, 3, 4, 5, 6, 7]


def test_several_issues_of_a_day_stand_together():
    first, second = issue(2023, 12, 8), issue(2023, 12, 8)
    month = month_of(2023, 12, [first, second])
    assert [day.issues for day in month.days if day.issues] == [[first, second]]


def years(*numbers):
    return [SimpleNamespace(year=number) for number in numbers]


def told(found):
    return [each.year for each in found]


def test_what_lies_around_something_is_the_nearest_there_is():
    assert around([1950, 1972, 2026], [1972]) == (1950, 2026)
    assert around([1950, 1972, 2026], [1950]) == (None, 1972)
    assert around([1950, 1972, 2026], [2026]) == (1972, None)
    assert around([1950], []) == (None, None)


def test_years_stand_in_decades_the_latest_first_and_only_those_there_are():
    found = decades(years(1958, 1961, 1962, 2026))
    assert [(first, last, told(some)) for first, last, some in found] == [
        (2026, 2026, [2026]), (1961, 1962, [1962, 1961]), (1958, 1958, [1958]),
    ]  # fmt: skip
    assert decades([]) == []


def test_of_many_years_those_at_hand_are_a_decade_and_the_nearest_before_and_after():
    few = years(*range(2015, 2027))
    assert told(at_hand(few, 2020)) == list(range(2026, 2014, -1))
    many = years(*range(1950, 1966), *range(1972, 2000), 2026)
    assert told(at_hand(many, 1965)) == [1972, 1965, 1964, 1963, 1962, 1961, 1960, 1959]
    assert told(at_hand(many, 2026)) == [2026, 1999]
    assert told(at_hand(many, 1950)) == list(range(1960, 1949, -1))


def test_after_december_comes_january():
    assert month_after(date(2023, 11, 30)) == date(2023, 12, 1)
    assert month_after(date(2023, 12, 8)) == date(2024, 1, 1)
