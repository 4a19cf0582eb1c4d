"""What time does is told once, however late the worker comes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import workflow
from articles.models import Article
from newsroom.desk.clockwork import LOOKING_BACK, tell_what_time_did
from newsroom.desk.models import Notice
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


def told(person) -> list[str]:
    return list(
        Notice.objects.filter(recipient=person).order_by("pk").values_list("kind", flat=True)
    )


def in_hours(hours: float):
    return timezone.now() + timedelta(hours=hours)


def test_a_piece_gone_live_is_told_once(cast):
    article = factories.scheduled_alone(cast, hours=1)
    assert tell_what_time_did() == 0
    assert tell_what_time_did(in_hours(2)) == 1
    assert tell_what_time_did(in_hours(3)) == 0
    notice = Notice.objects.get(recipient=cast.writer)
    assert (notice.kind, notice.article) == ("live", article)


def test_an_issue_gone_live_is_told_to_authors_and_publishers(cast):
    issue = factories.live_issue(cast, factories.approved(cast), factories.approved(cast))
    tell_what_time_did(in_hours(0.1))
    assert told(cast.writer) == ["live"]
    whole = Notice.objects.get(recipient=cast.chief)
    assert (whole.issue, whole.pieces) == (issue, 2)
    assert told(cast.editor) == []


def test_a_worker_that_slept_catches_up_but_tells_no_old_news(cast):
    factories.live_alone(cast)
    assert tell_what_time_did(timezone.now() + LOOKING_BACK + timedelta(hours=1)) == 0
    assert tell_what_time_did(timezone.now() + LOOKING_BACK - timedelta(hours=1)) == 1


def test_what_is_held_has_not_gone_live(cast):
    article = factories.scheduled_alone(cast, hours=1)
    workflow.hold(article, by=cast.chief, because="核实")
    assert tell_what_time_did(in_hours(2)) == 0


def test_an_overdue_piece_is_told_to_its_round_and_the_head_of_the_desk(cast):
    article = factories.submitted(cast)
    due = Article.objects.get(pk=article.pk).due_at
    assert tell_what_time_did(due) == 0
    assert tell_what_time_did(due + timedelta(minutes=1)) == 1
    assert tell_what_time_did(due + timedelta(minutes=2)) == 0
    assert told(cast.editor) == told(cast.second_editor) == told(cast.desk_head) == ["overdue"]
    assert told(cast.writer) == told(cast.chief) == []


def test_an_overdue_piece_that_is_claimed_is_told_to_who_has_it(cast):
    article = factories.submitted(cast)
    workflow.claim(article, by=cast.editor)
    tell_what_time_did(Article.objects.get(pk=article.pk).due_at + timedelta(minutes=1))
    assert told(cast.editor) == ["overdue"]
    assert told(cast.second_editor) == []


def test_the_next_round_is_overdue_by_itself(cast):
    article = factories.submitted(cast)
    tell_what_time_did(Article.objects.get(pk=article.pk).due_at + timedelta(minutes=1))
    workflow.sign(article, by=cast.editor)
    later = Article.objects.get(pk=article.pk).due_at + timedelta(minutes=1)
    assert tell_what_time_did(later) == 1
    assert told(cast.desk_head) == ["overdue", "overdue"]


def test_an_issue_that_missed_its_plan_is_told_to_publishers(cast):
    factories.issue(cast, factories.draft(cast), planned_time=in_hours(2))
    assert tell_what_time_did() == 0
    assert tell_what_time_did(in_hours(3)) == 1
    assert told(cast.issue_editor) == told(cast.chief) == ["missed"]
    assert told(cast.writer) == []


def test_a_scheduled_issue_has_missed_nothing(cast):
    factories.scheduled_issue(cast, factories.approved(cast), hours=9, planned_time=in_hours(1))
    assert tell_what_time_did(in_hours(2)) == 0


def test_a_signature_owed_for_too_long_is_told_to_who_may_give_it_and_to_chiefs(cast):
    article = factories.submitted(cast)
    workflow.publish_at_once(article, by=cast.chief, reason="暴雨红色预警")
    tell_what_time_did()
    Notice.objects.all().delete()
    assert tell_what_time_did(in_hours(23)) == 0
    assert tell_what_time_did(in_hours(25)) == 2  # two rounds owe
    assert tell_what_time_did(in_hours(26)) == 0
    assert told(cast.editor) == told(cast.desk_head) == ["missed"]
    assert told(cast.chief) == ["missed", "missed"]
    assert told(cast.writer) == []
