"""Who plans, closes and schedules issues, and asks for pieces: each role, each predicate."""

import inspect

import pytest

from issues import assigning, permissions, workflow
from newsroom.people.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db

PLANNERS = {Role.ISSUE_EDITOR, Role.CHIEF_EDITOR}
EDITORS = {Role.EDITOR, Role.DESK_HEAD, Role.CHIEF_EDITOR, Role.ISSUE_EDITOR}


def ready(cast):
    return factories.issue(cast, factories.approved(cast))


def closed(cast):
    return factories.closed_issue(cast, factories.approved(cast))


def scheduled(cast):
    return factories.scheduled_issue(cast, factories.approved(cast))


def held(cast):
    return workflow.hold(scheduled(cast), by=cast.chief, because="缓")


def called_off(cast):
    return assigning.drop(factories.asked(cast), by=cast.editor)


STATES = {
    "may_lay_out": ready,
    "may_close": ready,
    "may_schedule": closed,
    "may_reschedule": scheduled,
    "may_cancel": ready,
    "may_bring_back": factories.cancelled_issue,
    "may_change_what_goes_out": scheduled,
    "may_backdate": closed,
    "may_recall": scheduled,
    "may_reopen": closed,
    "may_hold": scheduled,
    "may_lift_hold": held,
}
ALONE = {
    "may_plan": PLANNERS,
    "may_see_issues": set(Role) - {Role.CORRESPONDENT},
    "may_set_rules": {Role.CHIEF_EDITOR, Role.ADMINISTRATOR},
    "may_assign": EDITORS,
    "may_offer": EDITORS | {Role.CORRESPONDENT},
}
OF_ASSIGNMENTS = {
    "may_see_assignment": (factories.asked, set(Role) - {Role.CORRESPONDENT}),
    "may_answer_offer": (factories.offered, EDITORS),
    "may_take_up": (factories.asked, set()),
    "may_answer": (factories.asked, set()),
    "may_drop": (factories.asked, EDITORS),
    "may_reopen_assignment": (called_off, EDITORS),
    "may_change_assignment": (factories.asked, EDITORS),
}


ONLY = {"may_backdate": {Role.CHIEF_EDITOR}}
# What asks for a piece besides; ``test_workflow`` and ``test_assigning`` try these.
OF_A_PIECE = {"may_leave_out", "may_place", "may_take_in", "may_answer_with"}
# What everybody of the newsroom does with an issue; ``test_rehearsing`` tries the first.
OF_THE_NEWSROOM = {"may_rehearse", "may_export"}


def people():
    return {role: factories.person(f"某{role.label}", role, username=f"a {role}") for role in Role}


def test_every_predicate_is_tried():
    found = inspect.getmembers(permissions, inspect.isfunction)
    ours = {n for n, f in found if n.startswith("may_") and f.__module__ == permissions.__name__}
    assert ours == set(STATES) | set(ALONE) | set(OF_ASSIGNMENTS) | OF_A_PIECE | OF_THE_NEWSROOM


@pytest.mark.parametrize("name", STATES)
def test_planners_and_nobody_else(name):
    issue, may = STATES[name](factories.Cast()), getattr(permissions, name)
    verdicts = {role: may(who, issue) for role, who in people().items()}
    assert {role for role, verdict in verdicts.items() if verdict} == ONLY.get(name, PLANNERS)
    assert [v.reason for v in verdicts.values() if not v and not v.reason.strip()] == []
    for account in ({"is_active": False}, {"is_superuser": True}):
        roles = list(Role) if "is_active" in account else []
        assert not may(factories.person("某", *roles, username=str(account), **account), issue)


def test_whoever_sees_an_issue_takes_its_archive():
    issue = ready(factories.Cast())
    verdicts = {role: permissions.may_export(who, issue) for role, who in people().items()}
    assert {role for role, may in verdicts.items() if may} == set(Role) - {Role.CORRESPONDENT}
    assert verdicts[Role.CORRESPONDENT].reason.strip()


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


@pytest.mark.parametrize("name", OF_ASSIGNMENTS)
def test_each_role_does_its_part_with_what_was_asked_of_somebody_else(name):
    make, allowed = OF_ASSIGNMENTS[name]
    assignment, may = make(factories.Cast()), getattr(permissions, name)
    verdicts = {role: may(who, assignment) for role, who in people().items()}
    assert {role for role, verdict in verdicts.items() if verdict} == allowed
    assert [v.reason for v in verdicts.values() if not v and not v.reason.strip()] == []
    gone = factories.person("某", *Role, username="gone", is_active=False)
    assert not may(gone, assignment)


def test_who_was_asked_sees_it_and_begins():
    cast = factories.Cast()
    made = factories.asked(cast)
    assert permissions.may_see_assignment(cast.writer, made)
    assert permissions.may_take_up(cast.writer, made)
    assert not permissions.may_change_assignment(cast.writer, made)
    mine = factories.offered(cast)
    assert permissions.may_drop(cast.writer, mine)
    assert not permissions.may_drop(cast.editor, mine)
