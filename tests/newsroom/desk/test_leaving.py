"""Somebody leaves: the account is closed at once, and nothing they held is orphaned."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import permissions, workflow
from articles.models import Article
from newsroom.desk import inviting
from newsroom.desk.audiences import authors
from newsroom.desk.leaving import holdings_of, see_off
from newsroom.desk.models import Invitation
from newsroom.people import leaving
from newsroom.people.access import AccountEvent
from newsroom.people.models import Deputy, User
from newsroom.people.roles import Role
from newsroom.people.verdicts import RefusalError
from tests import factories
from tests.articles.desk_pages import signed_in, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


def off(person, cast, *, keeper=None, reason="调离", by=None):
    return see_off(
        person, by=by or cast.administrator, reason=reason, keeper_of=lambda _article: keeper
    )


def fresh(person):
    return User.objects.get(pk=person.pk)


class TestTheAccount:
    def test_it_closes_everywhere_at_once(self, cast):
        browser = signed_in(cast.second_editor)
        TOTP.activate(cast.second_editor, generate_totp_secret())
        off(cast.second_editor, cast)
        assert browser.get(reverse("admin:index")).status_code == 302
        assert not Client().login(username="editor2", password=factories.PASSWORD)
        assert not Authenticator.objects.filter(user=cast.second_editor).exists()
        event = AccountEvent.objects.get(kind="left")
        assert (event.person, event.by, event.detail) == (
            cast.second_editor, cast.administrator, "调离",
        )  # fmt: skip

    def test_who_comes_back_needs_a_new_password_and_gets_no_old_session(self, cast):
        browser = signed_in(cast.second_editor)
        off(cast.second_editor, cast)
        leaving.come_back(cast.second_editor, by=cast.administrator)
        person = fresh(cast.second_editor)
        assert person.is_active
        assert not person.has_usable_password()
        assert browser.get(reverse("admin:index")).status_code == 302
        person.set_password(factories.PASSWORD)
        person.save()
        assert Client().login(username="editor2", password=factories.PASSWORD)

    @pytest.mark.parametrize("role", ["editor", "desk head", "chief editor", "issue editor"])
    def test_only_administrators_close_accounts(self, cast, role):
        with pytest.raises(RefusalError):
            off(cast.second_editor, cast, by=cast.by_role[role])
        page = reverse("admin:person_leave", args=[cast.second_editor.pk])
        browser = Client()
        name = cast.by_role[role].username
        browser.post(reverse("account_login"), {"username": name, "password": factories.PASSWORD})
        assert browser.post(page, {"reason": "x"}).status_code == 403
        assert fresh(cast.second_editor).is_active

    def test_nobody_closes_their_own_and_a_superuser_is_shielded(self, cast):
        root = factories.person("超管", is_superuser=True)
        for person in (cast.administrator, root):
            with pytest.raises(RefusalError):
                off(person, cast)

    def test_the_last_administrator_stays(self, cast):
        root = factories.person("超管", is_superuser=True)
        with pytest.raises(RefusalError, match="最后一位管理员"):
            off(cast.administrator, cast, by=root)
        factories.person("新任", Role.ADMINISTRATOR)
        off(cast.administrator, cast, by=root)
        assert not fresh(cast.administrator).is_active

    def test_the_form_of_a_person_closes_no_account(self, cast):
        browser = signed_in(cast.administrator)
        page = browser.get(reverse("admin:people_user_change", args=[cast.editor.pk]))
        assert 'name="is_active"' not in text(page)


class TestWhatTheyHeld:
    def test_claims_go_back_to_their_queue(self, cast):
        article = factories.submitted(cast)
        workflow.claim(article, by=cast.second_editor)
        off(cast.second_editor, cast)
        article.refresh_from_db()
        assert article.claimed_by is None
        assert Article.objects.waiting_for(cast.editor).contains(article)

    def test_unfinished_pieces_get_somebody_who_goes_on_with_them(self, cast):
        draft = factories.draft(cast)
        with pytest.raises(RefusalError, match="由谁来接手|请选定"):
            off(cast.writer, cast)
        assert fresh(cast.writer).is_active
        off(cast.writer, cast, keeper=cast.other_writer)
        draft.refresh_from_db()
        assert (draft.filed_by, draft.kept_by) == (cast.writer, cast.other_writer)
        assert permissions.may_see(cast.other_writer, draft)
        assert permissions.may_edit(cast.other_writer, draft)
        assert Article.objects.written_by(cast.other_writer).contains(draft)
        assert Article.objects.in_hands_of(cast.other_writer.pk).contains(draft)
        assert not Article.objects.in_hands_of(cast.writer.pk).contains(draft)
        workflow.submit(draft, by=cast.other_writer)

    def test_the_keeper_hears_what_happens_to_them(self, cast):
        piece = factories.submitted(cast)
        off(cast.writer, cast, keeper=cast.other_writer)
        piece.refresh_from_db()
        assert list(authors(piece)) == [cast.other_writer]

    def test_keeping_a_piece_makes_nobody_its_author(self, cast):
        piece = factories.submitted(cast)
        off(cast.writer, cast, keeper=cast.editor)
        piece.refresh_from_db()
        assert not permissions.is_own(cast.editor, piece)
        assert permissions.may_sign(cast.editor, piece)

    def test_who_entrusts_a_piece_and_to_whom(self, cast):
        piece = factories.draft(cast)
        allowed = {
            role
            for role, person in cast.by_role.items()
            if permissions.may_entrust(person, piece, cast.other_writer)
        }
        assert allowed == {"desk head", "chief editor", "administrator"}
        assert not permissions.may_entrust(cast.chief, piece, cast.administrator)
        off(cast.other_writer, cast)
        assert not permissions.may_entrust(cast.chief, piece, fresh(cast.other_writer))

    def test_what_they_wrote_and_signed_stays_theirs(self, cast):
        piece = factories.live_alone(cast)
        off(cast.writer, cast)
        piece.refresh_from_db()
        assert (piece.filed_by, piece.kept_by) == (cast.writer, None)
        assert cast.correspondent.name in text(Client().get(piece.get_absolute_url()))

    def test_a_round_that_nobody_else_signs_keeps_them(self, cast):
        with pytest.raises(RefusalError, match="没有别人能签"):
            off(cast.chief, cast)
        assert fresh(cast.chief).is_active
        factories.person("新总编", Role.CHIEF_EDITOR)
        off(cast.chief, cast)

    def test_deputyships_end_and_invitations_are_taken_back(self, cast):
        factories.person("二主任", Role.DESK_HEAD)
        day = timezone.localdate()
        for start in (-3, 0, 3):
            Deputy.objects.create(
                principal=cast.chief,
                deputy=cast.desk_head,
                starts_on=day + timedelta(days=start),
                ends_on=day + timedelta(days=9),
            )
        sent = inviting.invite(Invitation(name="秦越", roles=["correspondent"]), by=cast.desk_head)
        off(cast.desk_head, cast)
        assert not Deputy.objects.on(day).exists()
        assert not Deputy.objects.of(cast.desk_head).exists()
        sent.refresh_from_db()
        assert sent.state == Invitation.State.REVOKED

    def test_nothing_changes_when_one_thing_cannot_be_handed_on(self, cast):
        article = factories.submitted(cast)
        workflow.claim(article, by=cast.second_editor)
        factories.draft(cast, filed_by=cast.second_editor)
        with pytest.raises(RefusalError):
            off(cast.second_editor, cast)
        article.refresh_from_db()
        assert article.claimed_by == cast.second_editor
        assert fresh(cast.second_editor).is_active
        assert not AccountEvent.objects.filter(kind="left").exists()

    def test_the_cost_of_looking_does_not_grow(self, cast, django_assert_max_num_queries):
        for _number in range(12):
            factories.draft(cast)
        with django_assert_max_num_queries(8):
            assert len(holdings_of(cast.writer).unfinished) == 12


class TestThePage:
    def test_an_administrator_hands_on_piece_by_piece(self, cast):
        first, second = factories.draft(cast), factories.draft(cast)
        browser = Client()
        browser.post(
            reverse("account_login"), {"username": "admin", "password": factories.PASSWORD}
        )
        url = reverse("admin:person_leave", args=[cast.writer.pk])
        page = text(browser.get(url))
        assert first.title in page
        assert second.title in page
        sent = {"reason": "毕业", "keeper": cast.editor.pk, f"keeper-{second.pk}": cast.chief.pk}
        answer = browser.post(url, {"keeper": "", "reason": "毕业"})
        assert "请选定谁来接手" in text(answer)
        answer = browser.post(url, sent)
        assert answer.url == reverse("admin:person_account", args=[cast.writer.pk])
        assert [Article.objects.get(pk=a.pk).kept_by for a in (first, second)] == [
            cast.editor, cast.chief,
        ]  # fmt: skip
        assert "已离岗" in text(browser.get(answer.url))

    def test_an_old_session_is_asked_again(self, cast):
        browser = signed_in(cast.administrator)
        answer = browser.get(reverse("admin:person_leave", args=[cast.writer.pk]))
        assert answer.url.startswith(reverse("account_reauthenticate"))

    def test_the_account_page_unlocks_and_takes_a_lost_factor_off(self, cast):
        TOTP.activate(cast.editor, generate_totp_secret())
        browser = Client()
        browser.post(
            reverse("account_login"), {"username": "admin", "password": factories.PASSWORD}
        )
        for _attempt in range(6):
            Client().post(reverse("account_login"), {"username": "editor", "password": "x"})
        page = reverse("admin:person_account", args=[cast.editor.pk])
        assert "锁定到" in text(browser.get(page))
        for verb in ("unlock", "take-factors", "end-sessions"):
            browser.post(reverse("admin:person_do", args=[cast.editor.pk, verb]))
        assert "锁定到" not in text(browser.get(page))
        kinds = AccountEvent.objects.about(cast.editor).values_list("kind", flat=True)
        assert {"locked", "unlocked", "factor_removed", "sessions_ended"} <= set(kinds)

    @pytest.mark.parametrize("role", ["correspondent", "editor", "chief editor"])
    def test_nobody_else_sees_accounts(self, cast, role):
        browser = signed_in(cast.by_role[role])
        page = reverse("admin:person_account", args=[cast.editor.pk])
        assert browser.get(page).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_two_administrators_do_not_close_each_others_accounts():
    cast = factories.Cast()
    second = factories.person("二管", Role.ADMINISTRATOR)
    start, told = Barrier(2), []

    def close(person, by):
        start.wait()
        try:
            leaving.leave(person, by=by, reason="争执")
            told.append("closed")
        except RefusalError:
            told.append("refused")
        finally:
            connection.close()

    pairs = [(cast.administrator, second), (second, cast.administrator)]
    threads = [Thread(target=close, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["closed", "refused"]
    assert User.objects.holding(Role.ADMINISTRATOR).count() == 1
