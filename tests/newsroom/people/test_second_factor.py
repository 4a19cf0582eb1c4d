"""A second factor is demanded of everybody above correspondent, after days of grace."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.models import Group
from django.utils import timezone

from newsroom.people import ciphers, second_factor, sessions
from newsroom.people.models import SiteSettings, User
from newsroom.people.roles import Role
from newsroom.people.verdicts import RefusalError
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


def grace(days):
    SiteSettings.objects.update(second_factor_grace_days=days)


def days_on(days):
    return time_machine.travel(timezone.now() + timedelta(days=days), tick=False)


def fresh(person):
    """Return somebody as another request would fetch them."""
    return User.objects.get(pk=person.pk)


def standing(person):
    return second_factor.standing_of(fresh(person))


@pytest.mark.parametrize(
    "role", ["editor", "desk head", "chief editor", "issue editor", "administrator"]
)
def test_everybody_above_correspondent_needs_one(cast, role):
    assert standing(cast.by_role[role]).missing
    assert not standing(cast.by_role[role]).overdue
    grace(0)
    assert standing(cast.by_role[role]).overdue


def test_a_correspondent_needs_none(cast):
    grace(0)
    assert not standing(cast.writer).demanded


def test_a_superuser_without_a_role_needs_one(cast):
    grace(0)
    assert standing(factories.person("超管", is_superuser=True)).overdue


def test_the_days_are_counted_down(cast):
    with days_on(13):
        assert standing(cast.editor).days_left == 1
    with days_on(15):
        assert standing(cast.editor).overdue


def test_the_days_count_from_the_role_and_not_from_the_account(cast):
    User.objects.filter(pk=cast.writer.pk).update(date_joined=timezone.now() - timedelta(days=400))
    cast.writer.groups.add(Group.objects.get(name=Role.EDITOR.value))
    assert standing(cast.writer).days_left == 14


def test_another_role_gives_no_new_days(cast):
    with days_on(10):
        cast.editor.groups.add(Group.objects.get(name=Role.DESK_HEAD.value))
        assert standing(cast.editor).days_left == 4


def test_one_that_is_there_is_enough_but_recovery_codes_are_none(cast):
    grace(0)
    Authenticator.objects.create(
        user=cast.editor, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "x"}
    )
    assert standing(cast.editor).overdue
    TOTP.activate(cast.editor, generate_totp_secret())
    assert not standing(cast.editor).overdue


def test_standing_costs_one_statement(cast, django_assert_num_queries):
    person = fresh(cast.editor)
    assert person.roles
    with django_assert_num_queries(1):
        second_factor.standing_of(person)


def test_a_lost_one_is_taken_off_by_an_administrator_but_not_their_own(cast):
    TOTP.activate(cast.editor, generate_totp_secret())
    TOTP.activate(cast.administrator, generate_totp_secret())
    for person, by in ((cast.editor, cast.chief), (cast.administrator, cast.administrator)):
        with pytest.raises(RefusalError):
            second_factor.forget(person, by=by)
    root = factories.person("超管", is_superuser=True)
    with pytest.raises(RefusalError):
        second_factor.forget(root, by=cast.administrator)
    assert second_factor.forget(cast.editor, by=cast.administrator) == 1
    assert not standing(cast.editor).held


def test_secrets_are_not_readable_in_the_database(cast, settings):
    secret = generate_totp_secret()
    stored = TOTP.activate(cast.editor, secret).instance.data["secret"]
    assert secret not in stored
    assert ciphers.opened(stored) == secret
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-of-the-site"
    assert ciphers.opened(stored) == secret
    settings.SECRET_KEY_FALLBACKS = []
    assert ciphers.opened(stored) not in (secret, "")


def test_sessions_end_everywhere_at_once(cast, client):
    client.force_login(cast.editor)
    sessions.end_all(cast.editor)
    assert client.get("/admin/").status_code == 302
