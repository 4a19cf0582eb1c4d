"""What an issue repeats of the last thirty days, and what that costs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import workflow as writing
from issues import workflow
from issues.findings import findings
from issues.models import DryRun, Imprint
from issues.rehearsing import keep_run, rehearse
from tests import factories
from tests.issues.test_dryrun_others import OTHER, STORY

pytestmark = pytest.mark.django_db
DAY = factories.date(2024, 1, 5)


@pytest.fixture
def cast():
    return factories.Cast()


def told(text):
    return f"<p>{text}</p>"


def repeated(issue):
    return [each for each in findings(issue) if each.code == "duplicate"]


def test_a_piece_printed_three_weeks_ago_is_remembered(cast):
    old = factories.approved(cast, headline="老厂房里的灯", body=told(STORY))
    factories.live_issue(cast, old, day=DAY - timedelta(days=21))
    issue = factories.issue(
        cast, factories.approved(cast, body=told(STORY + "又来了三人。")), day=DAY
    )
    (again,) = repeated(issue)
    assert "12月15日《老厂房里的灯》" in again.message
    assert again.other == old
    assert not again.blocking


def test_not_after_a_month_and_not_when_it_was_withdrawn(cast):
    long_ago = factories.approved(cast, body=told(STORY))
    factories.live_issue(cast, long_ago, day=DAY - timedelta(days=31))
    gone = factories.approved(cast, body=told(OTHER))
    factories.live_issue(cast, gone, day=DAY - timedelta(days=2))
    writing.withdraw(gone, by=cast.chief, reason="失实。")
    both = [factories.approved(cast, body=told(text)) for text in (STORY, OTHER)]
    assert repeated(factories.issue(cast, *both, day=DAY)) == []


def test_what_went_out_alone_is_remembered_but_not_by_itself(cast):
    """A breaking piece keeps its release when the issue follows; that repeats nothing."""
    today = factories.timezone.localdate()
    breaking = factories.live_alone(cast, body=told(STORY))
    issue = factories.issue(cast, breaking, day=today)
    assert repeated(issue) == []
    retold = factories.approved(cast, body=told(STORY))
    workflow.place(issue, by=cast.issue_editor, article=retold, page=1)
    assert [each.article for each in repeated(issue)] == [retold]


def test_an_issue_that_is_closed_does_not_repeat_itself(cast):
    issue = factories.closed_issue(cast, factories.approved(cast, body=told(STORY)), day=DAY)
    assert repeated(issue) == []


def test_it_is_the_signed_text_that_is_compared(cast):
    old = factories.approved(cast, body=told(STORY))
    factories.live_issue(cast, old, day=DAY - timedelta(days=1))
    writing.revise(old, by=cast.editor)
    old.body = told(OTHER)
    writing.save(old, by=cast.editor, write=old.save)
    new = factories.approved(cast, body=told(OTHER))
    assert repeated(factories.issue(cast, new, day=DAY)) == []


def test_a_run_keeps_the_marks_of_what_it_had_to_read_once(cast):
    old = factories.approved(cast, body=told(STORY))
    factories.live_issue(cast, old, day=DAY - timedelta(days=1))
    issue = factories.issue(cast, factories.approved(cast, body=told(STORY)), day=DAY)
    assert not Imprint.objects.exists()
    assert len(repeated(issue)) == 1
    assert not Imprint.objects.exists()  # a page that is looked at writes nothing
    for _twice in range(2):
        rehearse(issue, by=cast.editor)
        assert [each.version for each in Imprint.objects.all()] == [old.sealed]
    assert len(repeated(issue)) == 1


def test_it_costs_the_same_for_few_and_for_many(cast):
    def statements():
        with CaptureQueriesContext(connection) as captured:
            keep_run(issue, DryRun.Occasion.ASKED, by=cast.editor)
        return len(captured)

    link = f'<p><a href="/articles/{factories.live_alone(cast).pk}/">见此</a></p>'
    before = factories.issue(
        cast, factories.approved(cast, body=told(STORY)), day=DAY - timedelta(1)
    )
    workflow.close(before, by=cast.issue_editor)
    issue = factories.issue(cast, factories.approved(cast, body=told(STORY) + link), day=DAY)
    few = statements()
    workflow.reopen(before, by=cast.issue_editor)
    for number in range(5):
        old = factories.approved(cast, body=told(f"{number}日。" + OTHER))
        workflow.place(before, by=cast.issue_editor, article=old, page=1)
        new = factories.approved(cast, body=told(f"{number}日。" + STORY) + link)
        workflow.place(issue, by=cast.issue_editor, article=new, page=1)
    workflow.close(before, by=cast.issue_editor)
    assert statements() == few
    assert len(repeated(issue)) > 10
