"""Who keeps what: every role against every register."""

import pytest
from django.contrib.auth.models import AnonymousUser

from newsroom.people import permissions
from newsroom.people.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db

ALLOWED = {
    permissions.works_in_newsroom: set(Role) - {Role.CORRESPONDENT},
    permissions.may_administer: {Role.ADMINISTRATOR},
    permissions.may_keep_lists: {Role.DESK_HEAD, Role.CHIEF_EDITOR, Role.ADMINISTRATOR},
    permissions.nobody: set(),
}


@pytest.mark.parametrize("question", ALLOWED, ids=lambda question: question.__name__)
def test_each_role_may_what_its_job_is(question):
    people = {role: factories.person(f"p{number}", role) for number, role in enumerate(Role)}
    assert {role for role, who in people.items() if question(who)} == ALLOWED[question]


@pytest.mark.parametrize("question", ALLOWED, ids=lambda question: question.__name__)
def test_a_no_is_a_sentence(question):
    reason = question(factories.person("稻子", Role.CORRESPONDENT)).reason
    assert reason.endswith(("。", "."))


def test_somebody_who_has_left_may_nothing():
    gone = factories.person("gone", *Role, is_active=False)
    assert not any(question(gone) for question in ALLOWED)


def test_a_superuser_administers_but_signs_no_more_than_anybody():
    root = factories.person("root", is_superuser=True)
    assert permissions.may_administer(root)
    assert not root.holds(Role.EDITOR, Role.DESK_HEAD, Role.CHIEF_EDITOR)


def test_a_visitor_may_nothing():
    visitor = AnonymousUser()
    assert not any(question(visitor) for question in ALLOWED)
