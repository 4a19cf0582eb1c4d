"""Dry runs that time makes: when, how often, and who is told of what."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import override_settings
from django.utils import timezone

from issues import planning, workflow
from issues.models import DryRun
from newsroom.desk import postbox
from newsroom.desk.clockwork import tell_what_time_did
from newsroom.desk.kinds import Kind
from newsroom.desk.models import Notice
from newsroom.desk.phrasing import address, sentence
from newsroom.people.models import User
from tests import factories

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def cast():
    return factories.Cast()


def hour(minutes):
    return timezone.now().replace(microsecond=0) + minutes * MINUTE


def planned(cast, *articles, minutes=50, **more):
    day = timezone.localdate(hour(minutes))
    return factories.issue(cast, *articles, day=day, planned_time=hour(minutes), **more)


def told() -> dict[str, str]:
    """Return the sentences of the dry run's notices by who reads them."""
    notices = Notice.objects.filter(occasion__startswith="dryrun").select_related("recipient")
    return {notice.recipient.name: sentence(notice) for notice in notices}


def test_it_is_made_once_an_hour_before(cast):
    issue = planned(cast, factories.approved(cast))
    far = planned(cast, factories.approved(cast), minutes=90, sequence=2)
    for _minute in range(3):
        tell_what_time_did()
    (run,) = DryRun.objects.filter(occasion="hour")
    assert (run.issue, run.hour, run.by) == (issue, issue.planned_time, None)
    assert not far.dry_runs.exists()
    assert told() == {}


def test_an_hour_that_is_moved_is_rehearsed_again(cast):
    issue = factories.scheduled_issue(cast, factories.approved(cast), hours=0.5)
    first = issue.release.publish_at
    tell_what_time_did()
    later = hour(55)
    workflow.reschedule(issue, by=cast.issue_editor, at=later, seen=first)
    tell_what_time_did()
    runs = issue.dry_runs.filter(occasion="hour").order_by("hour")
    assert [run.hour for run in runs] == [first, later]


def test_a_plan_that_is_moved_away_is_not_rehearsed(cast):
    issue = planned(cast, factories.approved(cast))
    planning.replan(issue, by=cast.issue_editor, title="", planned_time=hour(300))
    tell_what_time_did()
    assert not issue.dry_runs.exists()


def test_publishers_hear_of_the_issue_and_who_mends_of_their_part(cast):
    piece = factories.draft(cast, body="<p>2月30日，灯会开幕。</p>")
    factories.workflow.submit(piece, by=cast.writer)
    factories.signed_by(cast, piece, cast.editor, cast.desk_head, cast.chief)
    issue = planned(cast, piece, pages=[(1, "要闻"), (2, "副刊")])
    tell_what_time_did()
    found = told()
    assert "预检有 2 项" in found["贺知秋"]
    assert "预检有 2 项" in found["温以恒"]
    assert "预检有 1 项" in found["沈予安"]
    assert set(found) == {"贺知秋", "温以恒", "沈予安"}
    notice = Notice.objects.filter(recipient=cast.editor, occasion__startswith="dryrun").get()
    assert notice.kind == Kind.RISK
    assert address(notice).endswith(f"/{issue.pk}/dryruns/")


def test_the_author_of_a_draft_hears_of_the_piece_and_of_nothing_else(cast):
    draft = factories.draft(cast, headline="巷口的灯")
    planned(cast, draft)
    tell_what_time_did()
    assert "《巷口的灯》" in told()["苗青禾"]
    notice = Notice.objects.get(recipient=cast.writer, occasion__startswith="dryrun")
    assert (notice.article, notice.issue) == (draft, None)
    assert str(draft.pk) in address(notice)


def test_what_the_watch_tells_is_not_told_twice(cast):
    planned(cast, factories.submitted(cast))
    tell_what_time_did()
    assert told() == {}
    assert Notice.objects.filter(kind=Kind.RISK, recipient=cast.editor).count() == 1
    assert DryRun.objects.get().blocking == 1


@override_settings(SENDS_MAIL=True)
def test_it_comes_by_mail_at_once(cast):
    User.objects.filter(pk=cast.issue_editor.pk).update(email="issues@example.cn")
    planned(cast, factories.approved(cast), pages=[(1, "要闻"), (2, "副刊")])
    tell_what_time_did()
    postbox.send_due(timezone.now() + MINUTE)
    (letter,) = [each for each in mail.outbox if each.to == ["issues@example.cn"]]
    assert "预检有 1 项" in letter.body
