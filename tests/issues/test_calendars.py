from datetime import date
from types import SimpleNamespace

from issues.calendars import chosen, month_after, month_of, months_of


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


def test_months_come_in_the_order_of_their_issues():
    months = months_of([issue(2023, 12, 8), issue(2023, 12, 1), issue(2022, 12, 8)])
    assert [month.first for month in months] == [date(2023, 12, 1), date(2022, 12, 1)]
    assert [len(day.issues) for day in months[0].days if day.issues] == [1, 1]
    assert months_of([]) == []


def test_months_are_chosen_by_year_and_month():
    known = [date(2023, 12, 1), date(2023, 3, 1), date(2022, 12, 1)]
    assert chosen(known, None, None) == known
    assert chosen(known, 2023, None) == known[:2]
    assert chosen(known, 2022, 12) == known[2:]
    assert chosen(known, 2021, None) == []


def test_after_december_comes_january():
    assert month_after(date(2023, 11, 30)) == date(2023, 12, 1)
    assert month_after(date(2023, 12, 8)) == date(2024, 1, 1)
