"""Who plans, closes and schedules issues: every role against every predicate."""

import inspect

import pytest

from issues import permissions, workflow
from newsroom.people.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db

PLANNERS = {Role.ISSUE_EDITOR, Role.CHIEF_EDITOR}


def ready(cast):
    return factories.issue(cast, factories.approved(cast))


def closed(cast):
    return factories.closed_issue(cast, factories.approved(cast))


def scheduled(cast):
    return factories.scheduled_issue(cast, factories.approved(cast))


def held(cast):
    return workflow.hold(scheduled(cast), by=cast.chief, because="缓")


STATES = {
    "may_lay_out": ready,
    "may_close": ready,
    "may_schedule": closed,
    "may_recall": scheduled,
    "may_reopen": closed,
    "may_hold": scheduled,
    "may_lift_hold": held,
}
ALONE = {"may_plan": PLANNERS, "may_see_issues": set(Role) - {Role.CORRESPONDENT}}


def people():
    return {role: factories.person(f"某{role.label}", role, username=role.name) for role in Role}


def test_every_predicate_is_tried():
    found = inspect.getmembers(permissions, inspect.isfunction)
    ours = {n for n, f in found if n.startswith("may_") and f.__module__ == permissions.__name__}
    assert ours == set(STATES) | set(ALONE) | {"may_place"}


@pytest.mark.parametrize("name", STATES)
def test_planners_and_nobody_else(name):
    issue, may = STATES[name](factories.Cast()), getattr(permissions, name)
    verdicts = {role: may(who, issue) for role, who in people().items()}
    assert {role for role, verdict in verdicts.items() if verdict} == PLANNERS
    assert [v.reason for v in verdicts.values() if not v and not v.reason.strip()] == []
    for account in ({"is_active": False}, {"is_superuser": True}):
        roles = list(Role) if "is_active" in account else []
        assert not may(factories.person("某", *roles, username=str(account), **account), issue)


@pytest.mark.parametrize("name", ALONE)
def test_each_role_may_what_needs_no_issue(name):
    may = getattr(permissions, name)
    assert {role for role, who in people().items() if may(who)} == ALONE[name]


def test_a_piece_that_was_put_aside_is_not_placed():
    cast = factories.Cast()
    issue, article = factories.issue(cast), factories.draft(cast)
    assert permissions.may_place(cast.issue_editor, issue, article)
    assert not permissions.may_place(cast.editor, issue, article)
    article.status = "discarded"
    assert article.title in permissions.may_place(cast.issue_editor, issue, article).reason
