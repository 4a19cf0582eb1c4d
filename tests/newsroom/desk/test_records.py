"""The record shows who changed what, from what to what, and who logged in."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from newsroom.desk import records
from newsroom.people.access import AccountEvent, device
from newsroom.people.models import Deputy, SiteSettings
from newsroom.people.roles import Role
from tests import factories
from tests.articles.desk_pages import signed_in, text

pytestmark = pytest.mark.django_db
PAGE = reverse("admin:records")


@pytest.fixture
def cast():
    return factories.Cast()


def logged_in(name):
    browser = Client()
    browser.post(reverse("account_login"), {"username": name, "password": factories.PASSWORD})
    return browser


@pytest.mark.parametrize("role", ["correspondent", "editor", "desk head", "chief editor"])
def test_the_record_is_for_administrators(cast, role):
    assert signed_in(cast.by_role[role]).get(PAGE).status_code == 403


def test_a_setting_is_told_from_what_to_what_by_whom(cast):
    browser = signed_in(cast.administrator)
    url = reverse("admin:people_sitesettings_change", args=[1])
    form = browser.get(url).context["adminform"].form
    typed = {name: form[name].value() for name in form.fields} | {"substantial_mend": 45}
    assert browser.post(url, {k: v for k, v in typed.items() if v is not None}).status_code == 302
    entry = next(e for e in records.entries("settings")[0] if e.changes)
    assert entry.who == cast.administrator.name
    assert [(c.before, c.after) for c in entry.changes] == [("30", "45")]
    assert "<del>30</del>" in text(browser.get(PAGE, {"kind": "settings"}))


def test_roles_given_and_taken_away_are_told(cast):
    cast.writer.groups.add(Group.objects.get(name=Role.EDITOR.value))
    cast.writer.groups.remove(Group.objects.get(name=Role.EDITOR.value))
    told = records.entries("roles", person=cast.writer.pk)[0]
    assert [(e.changes[0].before, e.changes[0].after) for e in told[:2]] == [
        ("编辑", ""), ("", "编辑"),
    ]  # fmt: skip


def test_log_ins_are_told_of_all_and_of_one(cast):
    logged_in("editor")
    Client().post(reverse("account_login"), {"username": "nobody", "password": "x"})
    page = text(signed_in(cast.administrator).get(PAGE, {"kind": "accounts"}))
    assert "沈予安" in page
    assert "没有这个用户名" in page
    assert "nobody" not in page
    told = records.entries("accounts", person=cast.editor.pk)[0]
    assert {entry.about for entry in told} == {"沈予安"}


def test_deputies_are_told(cast):
    day = timezone.localdate()
    Deputy.objects.create(principal=cast.chief, deputy=cast.desk_head, starts_on=day, ends_on=day)
    assert "罗嘉言" in records.entries("deputies")[0][0].about


def test_older_entries_are_a_page_further(cast):
    now = timezone.now()
    for number in range(records.SIZE + 5):
        AccountEvent.objects.create(
            kind="signed_in", person=cast.editor, at=now - timedelta(minutes=number)
        )
    first, more = records.entries("accounts")
    assert (len(first), more) == (records.SIZE, True)
    rest, more = records.entries("accounts", before=first[-1].at)
    assert (len(rest), more) == (5, False)


@pytest.mark.parametrize(
    "asked", [{"kind": "x"}, {"before": "x"}, {"before": "2026-13-45"}, {"person": "1 or 1"}]
)
def test_what_makes_no_sense_is_answered_all_the_same(cast, asked):
    assert signed_in(cast.administrator).get(PAGE, asked).status_code == 200


def test_the_page_costs_the_same_for_many_entries(cast, django_assert_max_num_queries):
    browser = signed_in(cast.administrator)
    for number in range(20):
        SiteSettings.objects.update(slogan=str(number))
        AccountEvent.objects.create(kind="signed_in", person=cast.editor)
    with django_assert_max_num_queries(45):
        browser.get(PAGE)


class TestAccountEvents:
    """Only ever added; the address is forgotten after some time, and nothing else."""

    def test_an_old_address_is_forgotten(self, cast):
        for days in (1, 200):
            AccountEvent.objects.create(
                kind="signed_in", person=cast.editor, address="203.0.113.7", device="Edge",
                at=timezone.now() - timedelta(days=days),
            )  # fmt: skip
        logged_in("writer")
        kept = AccountEvent.objects.about(cast.editor).order_by("at").values_list("address")
        assert list(kept) == [(None,), ("203.0.113.7",)]

    @pytest.mark.parametrize(
        "change", [{"kind": "failed"}, {"address": "192.0.2.1"}, {"detail": "x"}]
    )
    def test_nothing_else_is_changed(self, cast, change):
        event = AccountEvent.objects.create(kind="signed_in", person=cast.editor)
        with pytest.raises(DatabaseError), transaction.atomic():
            AccountEvent.objects.filter(pk=event.pk).update(**change)

    def test_a_device_is_two_words(self):
        agent = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537 Chrome/120 Mobile Safari/537"
        assert device(agent) == "Chrome · Android"
        assert device("curl/8") == ""
