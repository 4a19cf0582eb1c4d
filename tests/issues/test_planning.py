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


def stands(issue):
    return issue.date, issue.sequence, issue.planned_time


def test_an_issue_moves_to_another_day_and_its_address_with_it(cast):
    issue = factories.issue(cast)
    seen, later = stands(issue), timezone.now() + timedelta(days=1)
    day = issue.date + timedelta(days=2)
    planning.redate(issue, by=cast.issue_editor, day=day, sequence=1, planned_time=later, seen=seen)
    assert stands(issue) == (day, 1, later)
    act = issue.acts.first()
    assert (act.verb, act.note) == ("redate", "2023-12-08 → 2023-12-10")


def test_a_day_that_is_taken_and_a_plan_that_has_moved_on_are_refused(cast):
    issue = factories.issue(cast)
    other = factories.issue(cast, day=issue.date + timedelta(days=1))
    how = {"by": cast.issue_editor, "planned_time": None}
    with pytest.raises(RefusalError, match="一期|date"):
        planning.redate(issue, day=other.date, sequence=1, seen=stands(issue), **how)
    planning.redate(issue, day=other.date, sequence=2, seen=stands(issue), **how)
    with pytest.raises(RefusalError):
        planning.redate(issue, day=other.date, sequence=3, seen=(other.date, 1, None), **how)
    assert issue.address == "2023-12-09-2"


def test_a_closed_issue_keeps_its_day(cast):
    issue = factories.closed_issue(cast, factories.approved(cast))
    with pytest.raises(RefusalError):
        planning.redate(
            issue, by=cast.issue_editor, day=issue.date + timedelta(days=1), sequence=1,
            planned_time=None, seen=stands(issue),
        )  # fmt: skip
