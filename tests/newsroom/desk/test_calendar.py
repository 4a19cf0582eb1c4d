"""The calendar: what stands on which day, what is missing, and what it costs."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import workflow as writing
from issues import assigning, planning
from newsroom.desk.calendar import PIECES, Calendar
from newsroom.desk.spans import month_around, span_named, week_around
from tests import factories
from tests.articles.desk_pages import signed_in, text

DECEMBER = date(2023, 12, 8)


@pytest.fixture
def cast(db):
    return factories.Cast()


def days_of(calendar) -> dict:
    return {day.date: day for week in calendar.weeks for day in week}


def on(user, day, **more):
    """Return a day as the calendar of its month shows it."""
    calendar = Calendar(month_around(day), user=user, at=timezone.now(), **more)
    return days_of(calendar)[day]


def told(entry) -> str:
    return " ".join([entry.title, entry.state, *(note.words for note in entry.notes)])


def shown(user, query="") -> str:
    return text(signed_in(user).get(reverse("admin:calendar") + query))


# Spans


def test_months_and_weeks_are_named_and_follow_each_other():
    month, week = span_named(month="2026-12"), span_named(week="2026-W53")
    assert (month.first, month.end) == (date(2026, 12, 1), date(2027, 1, 1))
    assert (month.after.name, month.before.name) == ("2027-01", "2026-11")
    assert (week.first, week.after.name) == (date(2026, 12, 28), "2027-W01")
    assert month.grid == (date(2026, 11, 30), date(2027, 1, 4))
    assert month_around(date(2026, 2, 28)).grid == (date(2026, 1, 26), date(2026, 3, 2))


@pytest.mark.parametrize(
    "name",
    ["2026-13", "2026-00", "0000-01", "9999-12", "1899-12", "2026-1", "x", "２０２６-11",
     "2026-11\0", "-1", "2026-11-01"],
)  # fmt: skip
def test_no_month_is_made_of_nonsense(name):
    assert span_named(month=name) is None


@pytest.mark.parametrize("name", ["2026-W54", "2025-W53", "2026-W00", "9999-W52", "W12", "2026W1"])
def test_no_week_is_made_of_nonsense(name):
    assert span_named(week=name) is None


def test_the_calendar_begins_and_ends_somewhere():
    first, last = span_named(month="1900-01"), span_named(month="2999-12")
    assert first.before is None
    assert last.after is None


@pytest.mark.parametrize("query", ["?month=2026-13", "?week=2026-W99", "?month=%00", "?week=1"])
def test_an_address_that_names_no_span_is_not_found(cast, query):
    answer = signed_in(cast.editor).get(reverse("admin:calendar") + query)
    assert answer.status_code == 404
    assert "工作台" in text(answer)


# Who looks


def test_the_newsroom_looks_and_correspondents_do_not(cast):
    address = reverse("admin:calendar")
    answers = {name: signed_in(who).get(address) for name, who in cast.by_role.items()}
    refused = {name for name, answer in answers.items() if answer.status_code == 403}
    assert refused == {"correspondent"}
    assert f'href="{address}"' not in text(signed_in(cast.writer).get(reverse("admin:index")))
    assert f'href="{address}"' in text(signed_in(cast.editor).get(reverse("admin:index")))


# What stands on it


def test_an_issue_in_planning_says_its_hour_and_what_is_missing(cast):
    unsigned = factories.submitted(cast)
    issue = factories.issue(cast, unsigned, pages=[(1, "要闻"), (2, "副刊")])
    hour = timezone.make_aware(datetime.combine(issue.date, time(6)))
    planning.replan(issue, by=cast.chief, title="", planned_time=hour)
    (entry,) = on(cast.editor, issue.date).entries
    assert (entry.kind, entry.at) == ("issue", hour)
    assert "筹划" in entry.state
    assert "2 项拦住" in told(entry)
    assert unsigned.title in told(entry)


def test_a_scheduled_issue_stands_at_its_hour_and_a_live_one_at_its_date(cast):
    live = factories.live_issue(cast)
    waiting = factories.scheduled_issue(cast, factories.approved(cast), day=date(2023, 12, 9))
    (entry,) = on(cast.editor, live.date).entries
    assert f"{live.number}" in entry.title
    day = timezone.localdate(waiting.release.publish_at)
    entry = next(each for each in on(cast.editor, day).entries if each.kind == "issue")
    assert entry.at == waiting.release.publish_at
    assert "2023-12-09" in told(entry)
    assert on(cast.editor, waiting.date).entries == []


def test_pieces_alone_stand_at_their_hour_held_or_not(cast):
    piece = factories.scheduled_alone(cast)
    held = writing.hold(factories.scheduled_alone(cast), by=cast.chief, because="等核实。")
    day = timezone.localdate(piece.release.publish_at)
    entries = {each.title: each for each in on(cast.chief, day).entries}
    assert set(entries) >= {piece.title, held.title}
    assert entries[piece.title].at == piece.release.publish_at
    assert entries[piece.title].move
    assert not entries[held.title].move


def test_what_is_under_review_stands_where_it_is_due(cast):
    piece = factories.submitted(cast)
    entry = on(cast.editor, timezone.localdate(piece.due_at)).entries[0]
    assert (entry.title, entry.at) == (piece.title, piece.due_at)


def test_assignments_stand_at_their_deadline_until_they_are_over(cast):
    asked, offer = factories.asked(cast), factories.offered(cast)
    over = assigning.drop(factories.asked(cast), by=cast.editor)
    day = timezone.localdate(asked.due_at)
    titles = [each.title for each in on(cast.editor, day).entries]
    assert set(titles) == {asked.topic, offer.topic}
    assert over.topic not in titles


def test_by_piece_every_piece_of_an_issue_stands_on_its_day(cast):
    pieces = [factories.draft(cast) for _number in range(3)]
    issue = factories.issue(cast, *pieces)
    entries = on(cast.editor, issue.date, by=PIECES).entries
    assert [each.title for each in entries] == [piece.title for piece in pieces]
    assert {each.kind for each in entries} == {"piece"}


def test_a_full_day_says_how_much_more_there_is(cast):
    issue = factories.issue(cast, *[factories.draft(cast) for _number in range(8)])
    day = on(cast.editor, issue.date, by=PIECES)
    assert (len(day.first_entries), day.more) == (6, 2)
    assert f"{day.week}&amp;by=pieces" in shown(cast.editor, "?month=2023-12&by=pieces")
    week = Calendar(week_around(issue.date), user=cast.editor, at=timezone.now(), by=PIECES)
    assert days_of(week)[issue.date].more == 0


# Days


def test_holidays_and_make_up_days_are_named_and_unknown_years_said(cast):
    october = Calendar(span_named(month="2026-10"), user=cast.editor, at=timezone.now())
    days = days_of(october)
    assert "国庆" in days[date(2026, 10, 1)].remark
    assert not days[date(2026, 10, 1)].works
    assert days[date(2026, 10, 10)].works
    assert days[date(2026, 10, 10)].remark == "调休上班"
    assert october.unannounced == []
    page = shown(cast.editor, "?month=2031-03")
    assert "2031年节假日安排未公布" in page
    assert "北京时间（UTC+8）" in page


def test_today_is_marked_in_the_papers_own_time(cast):
    late = timezone.make_aware(datetime(2026, 11, 27, 23, 59))
    calendar = Calendar(month_around(date(2026, 11, 1)), user=cast.editor, at=late)
    assert [day.date for day in days_of(calendar).values() if day.is_today] == [date(2026, 11, 27)]
    later = late + timedelta(minutes=1)
    calendar = Calendar(month_around(date(2026, 11, 1)), user=cast.editor, at=later)
    assert [day.date for day in days_of(calendar).values() if day.is_today] == [date(2026, 11, 28)]


# Cost


@pytest.mark.parametrize("by", ["issues", "pieces"])
@pytest.mark.parametrize("query", ["?month=2023-12", "?week=2023-W49", ""])
def test_a_calendar_costs_the_same_for_one_of_everything_and_for_many(cast, by, query):
    def fill(*days):
        for day in days:
            factories.issue(
                cast, factories.draft(cast), factories.submitted(cast),
                day=date(2023, 12, 4) + timedelta(days=day % 7), sequence=2 + day,
            )  # fmt: skip
            factories.scheduled_alone(cast)
            factories.asked(cast, days=1)
        writing.revise(factories.live_alone(cast), by=cast.editor)

    def cost():
        with CaptureQueriesContext(connection) as captured:
            shown(cast.chief, f"{query or '?'}&by={by}")
        return len(captured)

    fill(1)
    one = cost()
    fill(2, 3, 4, 5, 6, 9)
    assert cost() == one
