"""Guessers are kept out, and nobody's colleagues with them."""

import re
from datetime import timedelta
from threading import Barrier as Start
from threading import Thread

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from newsroom.people import barring
from newsroom.people.access import AccountEvent, Barrier
from newsroom.people.verdicts import RefusalError
from tests import factories

pytestmark = pytest.mark.django_db
OFFICE, HOME, ABROAD = "203.0.113.7", "198.51.100.4", "192.0.2.9"


@pytest.fixture
def cast():
    return factories.Cast()


def log_in(name, password=factories.PASSWORD, address=OFFICE):
    """Return the answer to somebody who signs in from an address."""
    browser = Client(REMOTE_ADDR=address)
    page = browser.post(reverse("account_login"), {"username": name, "password": password})
    page.signed_in = "_auth_user_id" in browser.session
    return page


def text(page):
    return page.content.decode()


def test_the_right_password_says_nothing_while_the_account_is_locked(cast):
    for _attempt in range(barring.HERE.most):
        refused = log_in("editor", "wrong")
    assert "才能再登录" in text(refused)
    right, wrong = log_in("editor"), log_in("editor", "wrong")
    assert not right.signed_in
    said = [text(page).partition('role="alert"')[2][:300] for page in (right, wrong)]
    assert said[0] == said[1]


def test_a_lock_ends_by_itself_and_is_not_drawn_out_by_trying(cast):
    for _attempt in range(barring.HERE.most + 9):
        log_in("editor", "wrong")
    with time_machine.travel(timezone.now() + barring.HERE.lock + timedelta(seconds=1)):
        assert log_in("editor").signed_in


def test_an_attack_from_the_office_stops_no_colleague(cast):
    for _attempt in range(40):
        log_in("editor", "wrong")
    assert all(log_in(name).signed_in for name in ("writer", "deskhead", "chief", "issues"))


def test_an_attack_from_elsewhere_leaves_the_owner_alone(cast):
    for _attempt in range(40):
        log_in("editor", "wrong", ABROAD)
    assert log_in("editor").signed_in


def test_guessing_from_many_addresses_closes_the_account(cast):
    for number in range(barring.EVERYWHERE.most):
        log_in("editor", "wrong", f"192.0.2.{number // 4}")
    assert not log_in("editor", address=HOME).signed_in
    assert AccountEvent.objects.about(cast.editor).filter(kind="locked").exists()


def test_two_addresses_have_no_more_tries_than_each_its_own(cast):
    checked = 0
    for _attempt in range(30):
        for address in (ABROAD, HOME):
            checked += "才能再登录" not in text(log_in("editor", "wrong", address))
    assert checked == 2 * (barring.HERE.most - 1)


def test_trying_every_account_from_an_address_stops_strangers_only(cast, monkeypatch):
    monkeypatch.setattr(barring, "FROM_ONE_ADDRESS", barring.Rule(6, *[timedelta(hours=1)] * 2))
    assert log_in("chief").signed_in
    for number in range(12):
        log_in(f"nobody{number}", "wrong")
    assert not log_in("editor").signed_in
    assert log_in("chief").signed_in
    assert log_in("editor", address=HOME).signed_in


def said_to(answer) -> str:
    """Return what the log-in says, whatever number of minutes it is until the next try."""
    return re.sub(r"\d+", "…", text(answer).partition('role="alert"')[2][:200])


def test_a_name_nobody_has_is_answered_like_one_that_somebody_has(cast):
    answers = {
        name: [said_to(log_in(name, "wrong")) for _i in range(6)] for name in ("editor", "nobody")
    }
    assert answers["editor"] == answers["nobody"]


def test_user_name_and_address_share_one_count(cast):
    cast.editor.email = "shen@example.cn"
    cast.editor.save()
    for name in ("editor", "EDITOR", "shen@example.cn", " Shen@Example.cn", "editor"):
        log_in(name, "wrong")
    assert not log_in("shen@example.cn").signed_in


def test_an_address_two_people_share_names_neither(cast):
    for person in (cast.editor, cast.chief):
        person.email = "bianjibu@example.cn"
        person.save()
    assert not log_in("bianjibu@example.cn").signed_in
    cast.chief.is_active = False
    cast.chief.save()
    assert log_in("bianjibu@example.cn").signed_in


def test_signing_in_clears_ones_own_mistakes(cast):
    for _attempt in range(3):
        log_in("editor", "wrong")
    assert log_in("editor").signed_in
    assert not Barrier.objects.filter(account=f"u:{cast.editor.pk}", failures__gt=0).exclude(
        address=""
    )


def test_an_administrator_lets_somebody_in_again(cast):
    for _attempt in range(barring.HERE.most):
        log_in("editor", "wrong")
    assert barring.locked_until(cast.editor) > timezone.now()
    with pytest.raises(RefusalError):
        barring.unlock(cast.editor, by=cast.chief)
    barring.unlock(cast.editor, by=cast.administrator)
    assert barring.locked_until(cast.editor) is None
    assert log_in("editor").signed_in
    assert AccountEvent.objects.get(kind="unlocked").by == cast.administrator


def test_what_was_typed_as_a_name_is_not_kept(cast):
    log_in("my-password-in-the-wrong-field", "x")
    with connection.cursor() as cursor:
        cursor.execute("SELECT array_agg(b::text)::text FROM people_barrier b")
        assert "my-password" not in cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_many_guesses_at_once_are_not_more_guesses():
    cast = factories.Cast()
    start, answers = Start(12), []

    def guess():
        start.wait()
        try:
            answers.append(barring.knock("editor", address=ABROAD).locked_until)
        finally:
            connection.close()

    threads = [Thread(target=guess) for _i in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers.count(None) == barring.HERE.most
    assert barring.locked_until(cast.editor) is not None
