"""Moving things on the calendar: asked first, in words, and refused where it no longer holds."""

import re
from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import workflow as writing
from issues import assigning, planning, workflow
from newsroom.desk.rescheduling import Target, move_of
from newsroom.people.verdicts import RefusalError
from tests import factories
from tests.articles.desk_pages import signed_in, text

PLANNERS = {"issue editor", "chief editor"}
EDITORS = PLANNERS | {"editor", "desk head"}


@pytest.fixture
def cast(db):
    return factories.Cast()


def later(days=5, hour=6) -> Target:
    return Target(timezone.localdate() + timedelta(days=days), time(hour))


def address(kind, subject, to=None) -> str:
    base = reverse("admin:calendar_move", args=[kind, subject.pk])
    return f"{base}?day={to.day}&hour={to.hour:%H:%M}" if to else base


def ask(user, kind, subject, to=None):
    return signed_in(user).get(address(kind, subject, to))


def seen_in(page: str) -> dict:
    """Return what the confirming form of a page posts."""
    return dict(re.findall(r'type="hidden" name="(day|hour|seen)" value="([^"]*)"', page))


def move(user, kind, subject, to, posted=None):
    """Ask, then confirm what was asked."""
    client = signed_in(user)
    posted = posted or seen_in(text(client.get(address(kind, subject, to))))
    return client.post(address(kind, subject), posted)


MADE = {
    "planned": ("issue", lambda cast: factories.issue(cast, factories.draft(cast))),
    "scheduled": ("issue", lambda cast: factories.scheduled_issue(cast, factories.approved(cast))),
    "piece": ("piece", factories.scheduled_alone),
    "assignment": ("assignment", factories.asked),
}


def stands(kind, subject):
    subject = type(subject).objects.get(pk=subject.pk)
    if kind == "assignment":
        return subject.due_at
    if kind == "issue" and subject.status == "planning":
        return subject.date, subject.planned_time
    return subject.release.publish_at


@pytest.mark.parametrize("made", MADE)
def test_what_is_asked_and_confirmed_moves_and_is_recorded(cast, made):
    kind, make = MADE[made]
    subject, to = make(cast), later()
    page = text(ask(cast.chief, kind, subject, to))
    assert f"{to.day.month}月{to.day.day}日" in page
    assert "改为" in page
    assert move(cast.chief, kind, subject, to).status_code == 302
    now = stands(kind, subject)
    assert now == ((to.day, to.moment) if made == "planned" else to.moment)
    last = subject.acts.order_by("-pk").first()
    assert (last.by, last.verb) == (
        cast.chief,
        {"planned": "redate", "scheduled": "reschedule", "piece": "reschedule_alone",
         "assignment": "change_deadline"}[made],
    )  # fmt: skip


@pytest.mark.parametrize("made", MADE)
def test_who_may_not_is_told_why_before_and_refused_after(cast, made):
    kind, make = MADE[made]
    subject, to = make(cast), later()
    before = stands(kind, subject)
    posted = seen_in(text(ask(cast.chief, kind, subject, to)))
    allowed = EDITORS if made == "assignment" else PLANNERS
    for role, who in cast.by_role.items():
        if role in allowed:
            continue
        shown = ask(who, kind, subject, to)
        answer = move(who, kind, subject, to, posted)
        if role == "correspondent":
            assert (shown.status_code, answer.status_code) == (403, 403)
            continue
        assert 'name="seen"' not in text(shown)
        assert "不能" in text(shown)
        assert answer.status_code == 409
    assert stands(kind, subject) == before


@pytest.mark.parametrize("made", MADE)
def test_what_has_moved_since_is_not_moved_by_who_saw_it_before(cast, made):
    kind, make = MADE[made]
    subject = make(cast)
    posted = seen_in(text(ask(cast.issue_editor, kind, subject, later(4))))
    assert move(cast.chief, kind, subject, later(6)).status_code == 302
    before = stands(kind, subject)
    answer = move(cast.issue_editor, kind, subject, later(4), posted)
    assert answer.status_code == 409
    assert "有了变化" in text(answer)
    assert stands(kind, subject) == before


@pytest.mark.parametrize("made", ["scheduled", "piece", "assignment"])
def test_nothing_moves_into_the_past(cast, made):
    kind, make = MADE[made]
    subject, past = make(cast), later(-2)
    page = text(ask(cast.chief, kind, subject, past))
    assert "已经过了" in page
    assert 'name="seen"' not in page
    posted = {"day": past.day, "hour": "06:00", "seen": "x"}
    assert move(cast.chief, kind, subject, past, posted).status_code == 409


def test_what_is_live_never_moves(cast):
    for kind, subject in (
        ("issue", factories.live_issue(cast)),
        ("piece", factories.live_alone(cast)),
    ):
        page = text(ask(cast.chief, kind, subject, later()))
        assert "已经上线" in page or "更正" in page
        answer = move(
            cast.chief, kind, subject, later(),
            {"day": later().day, "hour": "06:00", "seen": "x"},
        )  # fmt: skip
        assert answer.status_code == 409


def test_what_goes_live_between_asking_and_confirming_stays(cast):
    piece = factories.scheduled_alone(cast)
    posted = seen_in(text(ask(cast.chief, "piece", piece, later())))
    found = move_of("piece", piece.pk, user=cast.chief, at=timezone.now())
    writing.hold(piece, by=cast.chief, because="核实。")
    writing.lift_hold(piece, by=cast.chief)
    writing.reschedule_alone(
        piece, by=cast.chief, at=timezone.now() + timedelta(hours=9),
        seen=piece.release.publish_at,
    )  # fmt: skip
    with pytest.raises(RefusalError):
        found.run(later())
    assert move(cast.chief, "piece", piece, later(), posted).status_code == 409


def test_a_day_that_has_an_issue_makes_it_the_second_and_says_so(cast):
    issue = factories.issue(cast, factories.draft(cast), factories.draft(cast))
    to = later()
    factories.issue(cast, day=to.day)
    page = text(ask(cast.issue_editor, "issue", issue, to))
    assert "已有一期，这一期成为当日第2期" in page
    assert "其中 2 篇随之改动" in page
    move(cast.issue_editor, "issue", issue, to)
    issue.refresh_from_db()
    assert issue.address == f"{to.day:%Y-%m-%d}-2"


def test_an_issue_planned_there_meanwhile_is_told_before_anything_moves(cast):
    issue, to = factories.issue(cast), later()
    posted = seen_in(text(ask(cast.issue_editor, "issue", issue, to)))
    factories.issue(cast, day=to.day)
    answer = move(cast.issue_editor, "issue", issue, to, posted)
    assert answer.status_code == 409
    assert "成为当日第2期" in text(answer)


def test_dragging_names_only_a_day_and_keeps_the_hour(cast):
    issue = factories.issue(cast)
    evening = timezone.make_aware(datetime.combine(issue.date - timedelta(days=1), time(20)))
    planning.replan(issue, by=cast.chief, title="", planned_time=evening)
    day = later().day
    client = signed_in(cast.chief)
    page = text(client.get(f"{address('issue', issue)}?day={day}"))
    client.post(address("issue", issue), seen_in(page))
    issue.refresh_from_db()
    assert issue.date == day
    assert timezone.localtime(issue.planned_time).time() == time(20)
    assert timezone.localdate(issue.planned_time) == day - timedelta(days=1)


def test_deadlines_of_an_issue_that_moves_are_told(cast):
    issue = factories.issue(cast)
    late = factories.asked(cast, days=30, issue=issue, page=1)
    page = text(ask(cast.chief, "issue", issue, later(5)))
    assert "1 篇稿，交稿时间不变" in page
    assert late.topic in page


def test_a_holiday_is_said(cast):
    issue = factories.issue(cast)
    client = signed_in(cast.chief)
    told = text(client.get(f"{address('issue', issue)}?day=2026-10-01&hour=06:00"))
    assert "国庆" in told
    assert "休息日" in text(client.get(f"{address('issue', issue)}?day=2026-11-28&hour=06:00"))
    assert "未公布" in text(client.get(f"{address('issue', issue)}?day=2040-01-01&hour=06:00"))


def test_a_closed_issue_without_an_hour_and_a_held_one_say_what_comes_first(cast):
    closed = factories.closed_issue(cast, factories.approved(cast))
    held = workflow.hold(
        factories.scheduled_issue(
            cast, factories.approved(cast), day=closed.date + timedelta(days=1)
        ),
        by=cast.chief,
        because="等通稿。",
    )
    for issue in (closed, held):
        assert "不能移动" in text(ask(cast.chief, "issue", issue))


def test_what_is_handed_in_keeps_its_deadline(cast):
    made = assigning.take_up(factories.asked(cast), by=cast.writer)
    made.article.body = "<p>写好了。</p>"
    made.article.section = cast.section
    made.article.save()
    writing.submit(made.article, by=cast.writer)
    assert "已经交来" in text(ask(cast.editor, "assignment", made))


@pytest.mark.parametrize(
    "query",
    [
        "?day=x",
        "?day=2026-02-30",
        "?day=2026-11-30&hour=25:00",
        "?day=",
        "?day=%00",
        "?day=10000-1-1",
    ],
)
def test_a_day_that_is_none_is_named_and_asked_again(cast, query):
    issue = factories.issue(cast)
    answer = signed_in(cast.chief).get(address("issue", issue) + query)
    assert answer.status_code == 400
    assert "errorlist" in text(answer)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1899-12-31", "3000-01-01"])
@pytest.mark.parametrize("made", MADE)
def test_a_day_beyond_the_calendar_is_refused_in_a_sentence(cast, made, day):
    kind, make = MADE[made]
    subject = make(cast)
    answer = signed_in(cast.chief).get(f"{address(kind, subject)}?day={day}&hour=06:00")
    assert answer.status_code == 200
    assert "不能" in text(answer)


@pytest.mark.parametrize("where", [("issue", 10**9), ("nothing", 1), ("piece", 10**9)])
def test_what_does_not_exist_is_not_found(cast, where):
    client = signed_in(cast.chief)
    assert client.get(reverse("admin:calendar_move", args=where)).status_code == 404
