"""What the dry run finds."""

from datetime import date

import pytest

from articles import workflow as writing
from issues import workflow
from issues.findings import blocking, findings
from issues.models import Placement
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


def codes(issue):
    return [finding.code for finding in findings(issue)]


def test_a_ready_issue_has_nothing_to_say(cast):
    assert codes(factories.issue(cast, factories.approved(cast))) == []


def test_an_empty_issue(cast):
    assert codes(factories.issue(cast)) == ["empty"]


@pytest.mark.parametrize("state", [factories.draft, factories.submitted])
def test_an_unsigned_piece(cast, state):
    article = state(cast)
    found = blocking(factories.issue(cast, article))
    assert [finding.code for finding in found] == ["unsigned"]
    assert found[0].article == article
    assert article.title in found[0].message
    assert article.get_status_display() in found[0].message


def test_a_withdrawn_piece(cast):
    article = factories.approved(cast)
    issue = factories.issue(cast, article)
    writing.withdraw(article, by=cast.chief, reason="失实。")
    assert codes(issue) == ["withdrawn"]


def test_a_piece_with_a_newer_version_blocks_nothing(cast):
    article = factories.approved(cast)
    issue = factories.issue(cast, article)
    writing.revise(article, by=cast.editor)
    assert codes(issue) == ["newer_version"]
    assert blocking(issue) == []


def test_a_piece_that_another_issue_brings(cast):
    article = factories.approved(cast)
    factories.closed_issue(cast, article)
    other = factories.issue(cast, day=date(2023, 12, 9))
    Placement.objects.create(page=other.pages.get(), article=article, position=0, weight="lead")
    assert codes(other) == ["elsewhere"]


def test_pages_without_a_lead_or_a_piece(cast):
    issue = factories.issue(cast, pages=[(1, "要闻"), (2, "副刊")])
    workflow.place(issue, by=cast.chief, article=factories.approved(cast), page=1)
    assert codes(issue) == ["empty_page", "no_lead"]
    assert [finding.page for finding in findings(issue)] == [2, 1]


def test_what_stands_twice_in_a_piece_is_told_once(cast):
    twice = factories.approved(cast, body="<p>2月30日开幕。</p><p>就在2月30日。</p>")
    assert codes(factories.issue(cast, twice)) == ["impossible_day"]


def test_what_blocks_comes_first(cast):
    signed = factories.approved(cast)
    issue = factories.issue(cast, signed, factories.draft(cast))
    writing.revise(signed, by=cast.editor)
    assert codes(issue) == ["unsigned", "newer_version"]


def test_a_signature_that_was_taken_back_stops_and_what_is_left_out_does_not(cast):
    kept, doubtful = factories.approved(cast), factories.approved(cast)
    issue = factories.closed_issue(cast, kept, doubtful)
    writing.take_back_signature(doubtful, by=cast.chief, reason="数字存疑。")
    assert [each.code for each in blocking(issue)] == ["unsigned"]
    workflow.leave_out(issue, by=cast.issue_editor, article=doubtful, because="数字存疑。")
    assert codes(issue) == ["left_out"]
