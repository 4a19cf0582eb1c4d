"""Invitations: the only way to an account, once, in time, for what was meant."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from articles.models import Correspondent
from newsroom.desk import inviting, tasks
from newsroom.desk.models import Invitation
from newsroom.people.models import User
from newsroom.people.roles import Role
from newsroom.people.verdicts import RefusalError
from tests import factories
from tests.articles.desk_pages import signed_in, text

pytestmark = pytest.mark.django_db
ADD = reverse("admin:desk_invitation_add")
CHOSEN = {
    "username": "qinyue",
    "name": "秦越",
    "password1": factories.PASSWORD,
    "password2": factories.PASSWORD,
}


@pytest.fixture
def cast():
    return factories.Cast()


def invitation(cast, *roles, by=None, **more):
    more.setdefault("email", "qinyue@example.cn")
    made = Invitation(
        name="秦越", unit=cast.unit, roles=[role.value for role in roles or [Role.EDITOR]], **more
    )
    return inviting.invite(made, by=by or cast.administrator)


def arrive(sent, browser=None):
    """Follow a link; return the browser and the page it leads to."""
    browser = browser or Client()
    return browser, browser.get(reverse("account_invitation", args=[sent.token]), follow=True)


def accept(sent, **changes):
    browser, _page = arrive(sent)
    return browser.post(reverse("account_accept"), CHOSEN | changes)


class TestAccepting:
    def test_it_makes_the_account_that_was_meant(self, cast):
        old = Correspondent.objects.create(name="秦越", unit=cast.unit)
        sent = invitation(cast, Role.EDITOR, Role.CORRESPONDENT, correspondent=old)
        _browser, page = arrive(sent)
        assert "江牧邀请你加入" in text(page)
        assert accept(sent).url == reverse("account_login")
        made = User.objects.get(username="qinyue")
        assert made.roles == {"editor", "correspondent"}
        assert (made.unit, made.email, made.is_staff) == (cast.unit, "qinyue@example.cn", True)
        assert made.correspondent == old
        assert not made.is_superuser
        sent.refresh_from_db()
        assert sent.state == Invitation.State.ACCEPTED
        assert Client().login(username="qinyue", password=factories.PASSWORD)

    def test_it_makes_a_new_correspondent_where_one_was_promised(self, cast):
        accept(invitation(cast, Role.CORRESPONDENT, makes_correspondent=True))
        assert User.objects.get(username="qinyue").correspondent.name == "秦越"

    def test_a_link_works_once(self, cast):
        sent = invitation(cast)
        accept(sent)
        _browser, page = arrive(sent)
        assert page.status_code == 410
        assert "已经接受过" in text(page)
        assert accept(sent, username="second").status_code == 410
        assert not User.objects.filter(username="second").exists()

    def test_a_link_runs_out(self, cast):
        sent = invitation(cast)
        with time_machine.travel(timezone.now() + timedelta(days=8)):
            assert accept(sent).status_code == 410
            inviting.send_again(sent, by=cast.administrator)
            assert accept(sent).status_code == 302

    def test_sending_again_and_taking_back_close_the_former_link(self, cast):
        sent = invitation(cast)
        former = Invitation.objects.get(pk=sent.pk)
        inviting.send_again(sent, by=cast.administrator)
        assert arrive(former)[1].status_code == 404
        assert arrive(sent)[1].status_code == 200
        inviting.revoke(sent, by=cast.administrator)
        assert arrive(sent)[1].status_code == 410

    @pytest.mark.parametrize(
        "forge",
        [lambda t: t[:-1], lambda t: t.replace("~", "x~"), lambda t: "9" + t, lambda t: "x"],
    )
    def test_a_forged_link_opens_nothing(self, cast, forge):
        token = forge(invitation(cast).token)
        page = Client().get(reverse("account_invitation", args=[token]), follow=True)
        assert page.status_code == 404
        assert "打不开" in text(page)
        assert Client().post(reverse("account_accept"), CHOSEN).status_code == 404

    def test_the_link_is_gone_from_the_address_before_anything_is_answered(self, cast):
        sent = invitation(cast)
        answer = Client().get(reverse("account_invitation", args=[sent.token]))
        assert (answer.status_code, answer.url) == (302, reverse("account_accept"))
        assert sent.token not in text(arrive(sent)[1])

    def test_neither_database_nor_history_holds_what_opens_an_account(self, cast):
        sent = invitation(cast)
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_jsonb(i)::text FROM desk_invitation i")
            assert sent.token not in cursor.fetchone()[0]
            cursor.execute("SELECT string_agg(to_jsonb(e)::text, '') FROM desk_invitationevent e")
            told = cursor.fetchone()[0]
        assert sent.mark not in told
        assert "qinyue@example.cn" not in told

    @pytest.mark.parametrize(
        "changes",
        [{"username": "editor"}, {"username": "EDITOR"}, {"password1": "12345678"},
         {"password2": "other"}, {"name": ""}, {"username": ""}],
    )  # fmt: skip
    def test_what_does_not_do_is_said_beside_the_field(self, cast, changes):
        answer = accept(invitation(cast), **changes)
        assert answer.status_code == 200
        assert "errorlist" in text(answer) or "已有人用" in text(answer)
        assert not User.objects.filter(name="秦越").exists()

    def test_who_was_signed_in_is_not_any_more(self, cast):
        sent = invitation(cast)
        browser = signed_in(cast.writer)
        arrive(sent, browser)
        browser.post(reverse("account_accept"), CHOSEN)
        assert "_auth_user_id" not in browser.session

    def test_an_invitation_of_somebody_who_lost_the_right_no_longer_counts(self, cast):
        sent = invitation(cast)
        cast.administrator.groups.clear()
        assert accept(sent).status_code == 410

    def test_more_than_what_is_asked_for_is_not_taken(self, cast):
        accept(invitation(cast), is_superuser="on", groups="1", email="x@evil.example")
        made = User.objects.get(username="qinyue")
        assert (made.is_superuser, made.email) == (False, "qinyue@example.cn")
        assert made.roles == {"editor"}

    def test_a_correspondent_taken_meanwhile_is_a_sentence(self, cast):
        old = Correspondent.objects.create(name="秦越", unit=cast.unit)
        sent = invitation(cast, correspondent=old)
        Correspondent.objects.filter(pk=old.pk).update(user=cast.chief)
        assert "已经有账号" in text(accept(sent))
        assert not User.objects.filter(username="qinyue").exists()


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_make_one_account():
    cast = factories.Cast()
    sent = invitation(cast)
    start, told = Barrier(2), []

    def click(username):
        start.wait()
        try:
            inviting.accept(sent, username=username, name="秦越", password=factories.PASSWORD)
            told.append("made")
        except RefusalError as refusal:
            told.append(str(refusal))
        finally:
            connection.close()

    threads = [Thread(target=click, args=[f"user{number}"]) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said == "made" for said in told) == [False, True]
    assert User.objects.filter(name="秦越").count() == 1


class TestLetters:
    def test_the_link_goes_out_by_mail_through_the_queue(self, cast):
        sent = invitation(cast)
        job = ProcrastinateJob.objects.get(task_name="send_invitation")
        assert sent.token not in str(job.args)
        tasks.send_invitation(**job.args)
        assert mail.outbox[0].to == ["qinyue@example.cn"]
        assert sent.token in mail.outbox[0].body

    def test_a_letter_that_comes_too_late_is_not_sent(self, cast):
        sent = invitation(cast)
        inviting.revoke(sent, by=cast.administrator)
        tasks.send_invitation(invitation=sent.pk)
        assert mail.outbox == []

    def test_who_is_invited_in_person_gets_no_letter(self, cast):
        invitation(cast, email="")
        assert not ProcrastinateJob.objects.filter(task_name="send_invitation").exists()


class TestInviting:
    def typed(self, *roles, **more):
        return {"name": "秦越", "email": "q@example.cn", "roles": [r.value for r in roles]} | more

    @pytest.mark.parametrize("role", ["correspondent", "editor", "issue editor"])
    def test_who_keeps_no_lists_invites_nobody(self, cast, role):
        browser = signed_in(cast.by_role[role])
        assert browser.get(ADD).status_code == 403
        assert browser.post(ADD, self.typed(Role.CORRESPONDENT)).status_code == 403

    def test_an_administrator_invites_and_sees_the_link_this_once(self, cast):
        browser = signed_in(cast.administrator)
        answer = browser.post(ADD, self.typed(Role.CHIEF_EDITOR), follow=True)
        sent = Invitation.objects.get()
        assert sent.token in text(answer)
        page = reverse("admin:desk_invitation_change", args=[sent.pk])
        assert sent.token not in text(browser.get(page))

    def test_a_desk_head_invites_correspondents_only(self, cast):
        browser = signed_in(cast.desk_head)
        assert "总编" not in text(browser.get(ADD))
        for roles in ([Role.EDITOR], [Role.CORRESPONDENT, Role.ADMINISTRATOR]):
            browser.post(ADD, self.typed(*roles))
        assert not Invitation.objects.exists()
        browser.post(ADD, self.typed(Role.CORRESPONDENT))
        assert Invitation.objects.get().invited_by == cast.desk_head

    def test_a_desk_head_changes_no_invitation_to_a_higher_role(self, cast):
        sent = invitation(cast, Role.ADMINISTRATOR)
        browser = signed_in(cast.desk_head)
        for verb in ("send-again", "revoke"):
            browser.post(reverse("admin:desk_invitation_do", args=[sent.pk, verb]))
        unchanged = Invitation.objects.get(pk=sent.pk)
        assert (unchanged.mark, unchanged.revoked_at) == (sent.mark, None)

    def test_nobody_is_invited_twice(self, cast):
        invitation(cast)
        with pytest.raises(RefusalError, match="还有一份邀请"):
            invitation(cast, email="QINYUE@example.cn")

    def test_the_list_says_what_became_of_each_at_a_constant_cost(
        self, cast, django_assert_max_num_queries
    ):
        invitation(cast)
        browser = signed_in(cast.administrator)
        for number in range(20):
            invitation(cast, email=f"q{number}@example.cn")
        with django_assert_max_num_queries(13):
            page = text(browser.get(reverse("admin:desk_invitation_changelist")))
        assert "待接受" in page
