"""Title, planned time and pages of an issue in planning."""

from datetime import timedelta

import pytest
from django.utils import timezone

from issues import planning
from issues.models import IssueAct
from newsroom.people.verdicts import RefusalError
from tests import factories


@pytest.fixture
def cast(db):
    return factories.Cast()


def test_a_page_is_added_then_renamed(cast):
    issue = factories.issue(cast, pages=[])
    planning.name_page(issue, by=cast.issue_editor, number=3, name="民生")
    planning.name_page(issue, by=cast.issue_editor, number=3, name="街镇")
    assert list(issue.pages.values_list("number", "name")) == [(3, "街镇")]


def test_an_empty_page_goes_and_one_with_pieces_stays(cast):
    issue = factories.issue(cast, factories.draft(cast), pages=[(1, "要闻"), (2, "民生")])
    planning.drop_page(issue, by=cast.issue_editor, number=2)
    for number in (1, 2):
        with pytest.raises(RefusalError, match=str(number)):
            planning.drop_page(issue, by=cast.issue_editor, number=number)
    assert issue.pages.get().number == 1


def test_title_and_plan_change_and_are_recorded(cast):
    issue = factories.issue(cast)
    later = timezone.now() + timedelta(days=1)
    planning.replan(issue, by=cast.chief, title=" 元旦特刊 ", planned_time=later)
    assert (issue.title, issue.planned_time) == ("元旦特刊", later)
    act = IssueAct.objects.filter(issue=issue).first()
    assert (act.verb, act.by, act.note) == ("replan", cast.chief, later.isoformat())


@pytest.mark.parametrize("role", ["correspondent", "editor", "desk head", "administrator"])
def test_only_planners_plan(cast, role):
    issue = factories.issue(cast)
    with pytest.raises(RefusalError):
        planning.name_page(issue, by=cast.by_role[role], number=1, name="头版")


def test_a_closed_issue_is_not_replanned(cast):
    issue = factories.closed_issue(cast, factories.approved(cast))
    with pytest.raises(RefusalError):
        planning.name_page(issue, by=cast.issue_editor, number=1, name="头版")
    with pytest.raises(RefusalError):
        planning.replan(issue, by=cast.issue_editor, title="特刊", planned_time=None)
