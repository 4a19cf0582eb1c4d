"""An issue at risk is told in time, to those who can do something, and once each time."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from articles import workflow
from issues import workflow as issue_workflow
from newsroom.desk.clockwork import tell_what_time_did
from newsroom.desk.models import Notice
from newsroom.desk.phrasing import address, sentence
from newsroom.desk.watch import risks
from newsroom.people import clock
from newsroom.people.queueing import later
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


def before(hour, minutes):
    return hour - timedelta(minutes=minutes)


def codes(now) -> list[str]:
    return [code for risk in risks.at_risk(now) for code in risk.codes]


def told(person) -> list[Notice]:
    """Return what somebody was told of a risk; what a dry run has found is told by itself."""
    own = Notice.objects.filter(recipient=person, occasion__startswith="risk ")
    return list(own.order_by("pk"))


@pytest.fixture
def hour():
    return (timezone.now() + timedelta(hours=9)).replace(microsecond=0)


def planned(cast, hour, *articles):
    return factories.issue(cast, *articles, planned_time=hour)


def scheduled(cast, hour, *articles):
    closed = factories.closed_issue(cast, *(articles or [factories.approved(cast)]))
    return issue_workflow.schedule(closed, by=cast.issue_editor, at=hour)


def mended_after_scheduling(cast, hour):
    article = factories.approved(cast)
    scheduled(cast, hour, article)
    workflow.revise(article, by=cast.writer)
    article.headline = "改过的标题"
    workflow.save(article, by=cast.writer, write=article.save)
    return workflow.submit(article, by=cast.writer)


def test_an_issue_that_is_ready_is_at_no_risk(cast, hour):
    scheduled(cast, hour)
    assert codes(before(hour, 10)) == []
    tell_what_time_did(before(hour, 10))
    assert told(cast.chief) == []


def test_an_hour_that_is_far_off_is_at_no_risk(cast, hour):
    planned(cast, hour, factories.draft(cast))
    assert codes(before(hour, 61)) == []
    assert codes(hour) == []  # then it has been missed, which is told otherwise


def test_an_unsigned_piece_is_told_to_its_round_and_the_issue_to_publishers(cast, hour):
    article = factories.submitted(cast)
    issue = planned(cast, hour, article)
    tell_what_time_did(before(hour, 59))
    (to_editor,) = told(cast.editor)
    assert (to_editor.article, to_editor.issue, to_editor.round.name) == (article, issue, "初审")
    (to_chief,) = told(cast.chief)
    assert (to_chief.article, to_chief.issue, to_chief.pieces) == (None, issue, 1)
    assert told(cast.issue_editor)
    assert told(cast.writer) == told(cast.desk_head) == told(cast.administrator) == []


def test_it_is_told_once_an_hour_before_and_once_a_quarter_before(cast, hour):
    planned(cast, hour, factories.submitted(cast))
    for minutes in (60, 59, 30, 16, 15, 14, 1):
        tell_what_time_did(before(hour, minutes))
    assert len(told(cast.editor)) == len(told(cast.chief)) == 2


def test_a_worker_that_wakes_at_ten_minutes_tells_it_once(cast, hour):
    planned(cast, hour, factories.submitted(cast))
    tell_what_time_did(before(hour, 10))
    assert len(told(cast.editor)) == 1


def test_another_hour_is_another_risk(cast, hour):
    issue = planned(cast, hour, factories.submitted(cast))
    tell_what_time_did(before(hour, 15))
    issue.planned_time = hour + timedelta(minutes=20)
    issue.save(update_fields=["planned_time"])
    tell_what_time_did(before(hour, 1))
    assert len(told(cast.chief)) == 2


def test_a_newer_version_that_waits_is_told_to_who_must_sign_it(cast, hour):
    mended_after_scheduling(cast, hour)
    assert codes(before(hour, 50)) == [
        "risk_held",
        "risk_newer",
    ]  # held, unless the newsroom has it otherwise
    tell_what_time_did(before(hour, 50))
    (notice,) = told(cast.editor)
    assert "改过的标题" in sentence(notice)
    assert str(notice.article_id) in address(notice)


def test_what_is_held_or_open_or_without_an_hour_is_at_risk(cast, hour):
    issue = scheduled(cast, hour)
    issue_workflow.hold(issue, by=cast.chief, because="等通稿。")
    assert codes(before(hour, 5)) == ["risk_held"]
    issue_workflow.recall(issue, by=cast.chief)
    assert codes(before(hour, 5)) == []  # nobody has planned an hour


def test_a_planned_issue_that_nobody_closes_is_at_risk(cast, hour):
    planned(cast, hour, factories.approved(cast))
    assert codes(before(hour, 5)) == ["risk_open", "risk_no_hour"]
    tell_what_time_did(before(hour, 5))
    (notice,) = told(cast.chief)
    assert notice.pieces == 0
    assert "还没有准备好" in sentence(notice)


def test_a_withdrawn_piece_is_no_risk(cast, hour):
    article = mended_after_scheduling(cast, hour)
    workflow.recall(article, by=cast.writer)
    workflow.withdraw(article, by=cast.chief, reason="失实。")
    assert "risk_newer" not in codes(before(hour, 5))


def test_who_signs_and_publishes_hears_of_the_piece(cast, hour):
    article = factories.signed_by(cast, factories.submitted(cast), cast.editor, cast.desk_head)
    planned(cast, hour, article)
    tell_what_time_did(before(hour, 5))
    (notice,) = told(cast.chief)
    assert (notice.article, notice.round.name) == (article, "终审签发")


def test_a_dead_worker_and_a_stuck_task_are_told(cast):
    now = clock.now()
    assert [found.code for found in risks.of_the_house(now)] == ["asleep"]
    later("act_recorded", act=0)
    assert [found.code for found in risks.of_the_house(now)] == ["asleep"]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_events SET at = at - interval '11 minutes'")
    stuck = risks.of_the_house(now)[-1]
    assert (stuck.code, stuck.facts) == ("stuck", {"tasks": 1})
    later("act_recorded", at=now - timedelta(minutes=11), act=0)
    later("act_recorded", at=now + timedelta(minutes=11), act=0)
    assert risks.of_the_house(now)[-1].facts == {"tasks": 2}


def test_a_missed_hour_is_told(cast, hour):
    planned(cast, hour, factories.approved(cast))
    found = risks.of_the_house(hour + timedelta(minutes=1))
    assert found[0].code == "missed"


def test_a_machine_whose_clock_is_wrong_is_told(monkeypatch):
    right = timezone.now()
    assert "clock" not in [found.code for found in risks.of_the_house(right)]
    monkeypatch.setattr(risks.timezone, "now", lambda: right + timedelta(hours=1))
    found = risks.of_the_house(right)[-1]
    assert found.code == "clock"
    assert 3590 < found.facts["seconds"] < 3610
