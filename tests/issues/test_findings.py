"""What the dry run of an issue finds."""

import pytest

from articles import workflow
from issues import workflow as planning
from issues.findings import blocking, findings
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


def codes(found):
    return [finding.code for finding in found]


def test_an_issue_of_signed_pieces_has_nothing_against_it(cast):
    assert findings(factories.issue(cast, factories.approved(cast))) == []


def test_an_empty_issue_is_not_one(cast):
    assert codes(blocking(factories.issue(cast))) == ["empty"]


def test_an_unsigned_piece_blocks_and_is_named(cast):
    waiting = factories.submitted(cast)
    (finding,) = blocking(factories.issue(cast, waiting))
    assert (finding.code, finding.article, finding.page) == ("unsigned", waiting, 1)
    assert waiting.title in finding.message


def test_a_withdrawn_piece_blocks(cast):
    piece = factories.approved(cast)
    issue = factories.issue(cast, piece)
    workflow.withdraw(piece, by=cast.chief, reason="事实有误")
    assert codes(blocking(issue)) == ["withdrawn"]


def test_a_newer_unsigned_version_warns_and_does_not_block(cast):
    piece = factories.approved(cast)
    issue = factories.issue(cast, piece)
    workflow.revise(piece, by=cast.writer)
    assert codes(findings(issue)) == ["newer_version"]
    assert blocking(issue) == []


def test_a_piece_held_by_itself_blocks(cast):
    piece = factories.scheduled_alone(cast)
    workflow.hold(piece, by=cast.chief, because="核实")
    assert codes(blocking(factories.issue(cast, piece))) == ["held"]


def test_an_empty_page_blocks_and_a_page_without_a_lead_warns(cast):
    issue = factories.issue(cast, factories.approved(cast), pages=[(1, "要闻"), (2, "民生")])
    assert codes(blocking(issue)) == ["empty_page"]
    piece = factories.approved(cast)
    planning.place(issue, by=cast.issue_editor, article=piece, page=2)
    assert codes(findings(issue)) == ["no_lead"]
