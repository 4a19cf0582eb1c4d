"""People and settings in the desk."""

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Route
from newsroom.people.access import AccountEvent
from newsroom.people.models import Deputy, SiteSettings, User
from newsroom.people.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db
PEOPLE = reverse("admin:people_user_changelist")


@pytest.fixture
def cast():
    return factories.Cast()


def signed_in(user) -> Client:
    """Return a browser in which somebody is signed in."""
    client = Client()
    client.force_login(user)
    return client


def group_of(role: Role) -> int:
    """Return the key of a role's group."""
    return factories.Group.objects.get(name=role.value).pk


@pytest.mark.parametrize("role", ["correspondent", "editor", "desk head", "chief editor"])
def test_only_administrators_keep_people_and_settings(cast, role):
    browser = signed_in(cast.by_role[role])
    for page in ("people_user_changelist", "people_user_add", "people_sitesettings_changelist"):
        assert browser.get(reverse(f"admin:{page}")).status_code == 403


def test_an_administrator_makes_a_correspondent_who_can_sign_in(cast):
    typed = {
        "username": "new",
        "name": "新来的",
        "unit": cast.unit.pk,
        "groups": [group_of(Role.CORRESPONDENT)],
        "usable_password": "true",
        "password1": factories.PASSWORD,
        "password2": factories.PASSWORD,
    }
    response = signed_in(cast.administrator).post(reverse("admin:people_user_add"), typed)
    assert response.status_code == 302
    made = User.objects.get(username="new")
    assert made.holds(Role.CORRESPONDENT)
    assert Client().login(username="new", password=factories.PASSWORD)
    assert signed_in(made).get(reverse("admin:index")).status_code == 200


def test_an_administrator_does_not_become_superuser_by_a_password(cast):
    root = factories.person("超管", is_superuser=True)
    browser = signed_in(cast.administrator)
    url = reverse("admin:auth_user_password_change", args=[root.pk])
    assert browser.get(url).status_code == 403
    change = reverse("admin:people_user_change", args=[root.pk])
    assert browser.post(change, {"username": "mine"}).status_code == 403


def test_no_form_makes_a_superuser(cast):
    page = signed_in(cast.administrator).get(
        reverse("admin:people_user_change", args=[cast.editor.pk])
    )
    assert 'name="is_superuser"' not in page.content.decode()
    assert 'name="user_permissions"' not in page.content.decode()


def test_roles_are_chosen_in_words(cast):
    page = signed_in(cast.administrator).get(reverse("admin:people_user_add")).content.decode()
    assert "总编" in page
    assert "chief editor" not in page


def test_people_are_listed_by_role_at_a_constant_cost(cast, django_assert_max_num_queries):
    browser = signed_in(cast.administrator)
    page = browser.get(PEOPLE, {"role": Role.CHIEF_EDITOR.value}).content.decode()
    assert cast.chief.name in page
    assert cast.second_editor.name not in page
    for number in range(20):
        factories.person(f"通讯员{number}", Role.CORRESPONDENT, unit=cast.unit)
    # session, user, second factor, settings, roles, tab count, count, rows, groups, the list's own
    with django_assert_max_num_queries(13):
        browser.get(PEOPLE)


def test_settings_open_as_their_one_form(cast):
    browser = signed_in(cast.administrator)
    response = browser.get(reverse("admin:people_sitesettings_changelist"))
    assert response.url == reverse("admin:people_sitesettings_change", args=[1])
    assert browser.get(response.url).status_code == 200
    assert browser.get(reverse("admin:people_sitesettings_add")).status_code == 403
    assert SiteSettings.objects.count() == 1


def test_a_deputy_is_named_by_an_administrator(cast):
    typed = {
        "principal": cast.chief.pk,
        "deputy": cast.desk_head.pk,
        "starts_on": "2123-12-01",
        "ends_on": "2123-12-31",
    }
    browser = signed_in(cast.administrator)
    assert browser.post(reverse("admin:people_deputy_add"), typed).status_code == 302
    assert Deputy.objects.get().deputy == cast.desk_head


@pytest.mark.parametrize(
    ("role", "status"),
    [("desk head", 200), ("chief editor", 200), ("administrator", 200), ("editor", 403)],
)
def test_desk_heads_keep_the_standing_lists(cast, role, status):
    browser = signed_in(cast.by_role[role])
    for page in ("articles_section_add", "articles_tag_add", "articles_correspondent_add"):
        assert browser.get(reverse(f"admin:{page}")).status_code == status


def test_a_route_is_made_anew_and_never_changed(cast):
    browser = signed_in(cast.administrator)
    assert browser.get(reverse("admin:articles_route_changelist")).status_code == 200
    route = Route.objects.in_force().get()
    page = reverse("admin:articles_route_change", args=[route.pk])
    browser.post(page, {"name": "改名", "is_in_force": ""})
    assert Route.objects.in_force().get().name == route.name
    assert signed_in(cast.desk_head).get(reverse("admin:articles_route_add")).status_code == 403


def form_of(person, **changes) -> dict:
    """Return what the form of a person posts when only ``changes`` were made."""
    typed = {
        "username": person.username,
        "name": person.name,
        "unit": person.unit_id or "",
        "email": person.email,
        "phone": person.phone,
        "language": person.language,
        "groups": [group.pk for group in person.groups.all()],
    }
    return typed | changes


def test_the_last_administrator_keeps_the_role(cast):
    admin = cast.administrator
    url = reverse("admin:people_user_change", args=[admin.pk])
    less = form_of(admin, groups=[group_of(Role.CORRESPONDENT)])
    page = signed_in(admin).post(url, less)
    assert page.status_code == 200
    assert "最后一位管理员" in page.content.decode()
    assert User.objects.get(pk=admin.pk).holds(Role.ADMINISTRATOR)
    second = factories.person("副管理员", Role.ADMINISTRATOR)
    assert signed_in(second).post(url, less).status_code == 302
    assert not User.objects.get(pk=admin.pk).holds(Role.ADMINISTRATOR)


def test_a_password_set_by_an_administrator_stands_in_the_record(cast):
    url = reverse("admin:auth_user_password_change", args=[cast.editor.pk])
    typed = {"usable_password": "true", "password1": "mein-own-secret-9"}
    browser = signed_in(cast.administrator)
    assert browser.post(url, typed | {"password2": "another"}).status_code == 200
    assert not AccountEvent.objects.about(cast.editor).exists()
    assert browser.post(url, typed | {"password2": typed["password1"]}).status_code == 302
    event = AccountEvent.objects.about(cast.editor).get()
    assert (event.kind, event.by) == (AccountEvent.Kind.PASSWORD_CHANGED, cast.administrator)
