"""Signing in, and every way around it that somebody might try."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from newsroom.desk import tasks
from newsroom.desk.middleware import OPEN
from newsroom.people.access import AccountEvent
from newsroom.people.models import SiteSettings, User
from tests import factories
from tests.articles.desk_pages import address, signed_in, text

pytestmark = pytest.mark.django_db
SECRET = generate_totp_secret()


@pytest.fixture
def cast():
    return factories.Cast()


@pytest.fixture
def overdue():
    """Demand a second factor at once."""
    SiteSettings.objects.update(second_factor_grace_days=0)


def log_in(name, browser=None, password=factories.PASSWORD, **more):
    browser = browser or Client()
    sent = {"username": name, "password": password} | more
    return browser, browser.post(reverse("account_login"), sent)


def is_in(browser):
    return "_auth_user_id" in browser.session


def code_now():
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30))


def kinds(person):
    events = AccountEvent.objects.about(person).order_by("pk")
    return list(events.values_list("kind", flat=True))


class TestSigningIn:
    def test_user_name_or_address_however_it_is_written(self, cast):
        User.objects.filter(pk=cast.writer.pk).update(email="writer@example.cn")
        for name in ("writer", "Writer", " writer", "WRITER@example.cn"):
            assert is_in(log_in(name)[0]), name

    def test_the_old_address_leads_to_the_new_page_with_where_to_go_on(self, cast):
        page = Client().get(reverse("admin:login"), {"next": "/admin/all/"})
        assert page.url == reverse("account_login") + "?next=%2Fadmin%2Fall%2F"
        evil = Client().get(reverse("admin:login"), {"next": "https://evil.example/"})
        assert "evil" not in evil.url

    @pytest.mark.parametrize(
        "elsewhere",
        ["//evil.example", "https:evil.example", "/\\evil.example", "javascript:x",
         "http://paper.example.evil.example/", "\thttps://evil.example"],
    )  # fmt: skip
    def test_nobody_is_led_elsewhere(self, cast, elsewhere):
        _browser, answer = log_in("writer", next=elsewhere)
        assert answer.url == reverse("admin:index")

    def test_where_somebody_wanted_to_go_is_where_they_come(self, cast):
        assert log_in("writer", next="/admin/all/")[1].url == "/admin/all/"

    def test_a_session_from_before_is_not_the_session_after(self, cast):
        browser = Client()
        browser.get(reverse("account_login"))
        session = browser.session
        session["planted"] = "yes"
        session.save()
        browser.cookies["sessionid"] = planted = session.session_key
        log_in("writer", browser)
        assert browser.session.session_key != planted

    def test_nobody_signs_up(self, cast):
        names = {pattern.name for pattern in _all_patterns()}
        assert not [name for name in names if name and "signup" in name]
        with pytest.raises(NoReverseMatch):
            reverse("account_signup")
        sent = {"username": "me", "password1": "x" * 12, "password2": "x" * 12}
        for page in ("signup/", "account/signup/", "accounts/signup/"):
            Client().post(f"/admin/{page}", sent)
        assert not User.objects.filter(username="me").exists()

    def test_who_does_not_work_here_is_not_let_in(self, cast):
        for field in ("is_staff", "is_active"):
            person = factories.person(f"某{field}")
            User.objects.filter(pk=person.pk).update(**{field: False})
            browser, answer = log_in(person.username)
            assert not is_in(browser)
            assert answer.url == reverse("account_inactive")
        assert "已停用" in text(browser.get(answer.url))

    def test_signing_in_and_out_is_written_down_without_the_password(self, cast):
        browser, _answer = log_in("writer")
        log_in("writer", password="something else")
        browser.post(reverse("admin:logout"))
        assert kinds(cast.writer) == ["signed_in", "failed", "signed_out"]
        assert not is_in(browser)
        assert "something" not in str(list(AccountEvent.objects.values()))

    def test_a_page_of_signing_in_is_kept_by_nobody_and_runs_nothing_of_its_own(self, cast):
        page = Client().get(reverse("account_login"))
        assert "no-store" in page.headers["Cache-Control"]
        assert "<style" not in text(page)
        assert "<script>" not in text(page)


def _all_patterns(patterns=None):
    for entry in patterns or get_resolver().url_patterns:
        if hasattr(entry, "url_patterns"):
            yield from _all_patterns(entry.url_patterns)
        else:
            yield entry


class TestSecondFactor:
    def enter(self, browser, code):
        return browser.post(reverse("mfa_authenticate"), {"code": code})

    def test_the_password_alone_opens_nothing(self, cast):
        TOTP.activate(cast.editor, SECRET)
        browser, answer = log_in("editor")
        assert answer.url == reverse("mfa_authenticate")
        assert not is_in(browser)
        assert browser.get(reverse("admin:index")).status_code == 302
        assert is_in(browser) is False
        self.enter(browser, code_now())
        assert is_in(browser)
        assert AccountEvent.objects.about(cast.editor).get().detail.startswith("密码 + ")

    def test_a_code_counts_once(self, cast):
        TOTP.activate(cast.editor, SECRET)
        code = code_now()
        first, second = log_in("editor")[0], log_in("editor")[0]
        self.enter(first, code)
        self.enter(second, code)
        assert (is_in(first), is_in(second)) == (True, False)

    def test_a_recovery_code_counts_once(self, cast):
        TOTP.activate(cast.editor, SECRET)
        code = RecoveryCodes.activate(cast.editor).generate_codes()[0]
        first, second = log_in("editor")[0], log_in("editor")[0]
        self.enter(first, code)
        self.enter(second, code)
        assert (is_in(first), is_in(second)) == (True, False)

    def test_codes_are_not_guessed(self, cast):
        TOTP.activate(cast.editor, SECRET)
        browser, _answer = log_in("editor")
        for number in range(6):
            self.enter(browser, f"{number:06}")
        self.enter(browser, code_now())
        assert not is_in(browser)
        assert kinds(cast.editor).count("code_failed") == 5

    def test_a_colleague_is_not_stopped_by_somebodys_wrong_codes(self, cast):
        TOTP.activate(cast.editor, SECRET)
        TOTP.activate(cast.chief, SECRET)
        attacker = log_in("editor")[0]
        for number in range(12):
            self.enter(attacker, f"{number:06}")
        colleague = log_in("chief")[0]
        self.enter(colleague, code_now())
        assert is_in(colleague)

    @pytest.mark.django_db(transaction=True)
    def test_setting_one_up_leads_to_codes_and_logs_out_everywhere_else(self, cast):
        browser, _answer = log_in("editor")
        elsewhere = signed_in(cast.editor)
        page = browser.get(reverse("mfa_activate_totp"))
        secret = browser.session["mfa.totp.secret"]
        assert secret in text(page)
        code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
        answer = browser.post(reverse("mfa_activate_totp"), {"code": code})
        assert answer.url == reverse("mfa_view_recovery_codes")
        codes = RecoveryCodes.activate(cast.editor).generate_codes()
        assert all(code in text(browser.get(answer.url)) for code in codes)
        assert "factor_added" in kinds(cast.editor)
        assert browser.get(reverse("admin:index")).status_code == 200
        assert elsewhere.get(reverse("admin:index")).status_code == 302

    def test_an_old_session_is_asked_again_before_it_changes_anything(self, cast):
        browser = signed_in(cast.editor)
        for page in ("mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"):
            answer = browser.get(reverse(page))
            assert answer.url.startswith(reverse("account_reauthenticate")), page
        answer = browser.post(reverse("account_end_sessions"))
        assert answer.url.startswith(reverse("account_reauthenticate"))

    def test_logging_out_everywhere_else_stays_here(self, cast):
        here, _answer = log_in("editor")
        there = signed_in(User.objects.get(pk=cast.editor.pk))
        here.post(reverse("account_end_sessions"))
        assert here.get(reverse("admin:index")).status_code == 200
        assert there.get(reverse("admin:index")).status_code == 302


@pytest.mark.usefixtures("overdue")
class TestDemand:
    def test_every_door_of_the_desk_is_closed_until_it_is_there(self, cast):
        article = factories.submitted(cast)
        browser = signed_in(cast.editor)
        names = [f"admin:{p.name}" for p in _doors()] + ["account_change_password"]
        tried = 0
        for name in sorted(set(names) - OPEN):
            for args in ([], [article.pk], ["article"], [article.pk, "sign"]):
                try:
                    url = reverse(name, args=args)
                except NoReverseMatch:
                    continue
                tried += 1
                for answer in (browser.get(url), browser.post(url, {"headline": "写了的字"})):
                    led = answer.status_code == 302 and answer.url.startswith(reverse("mfa_index"))
                    assert led or answer.status_code == 403, (url, answer.status_code)
        assert tried > 40

    @pytest.mark.parametrize("accept", ["application/json", "image/webp,*/*;q=0.8", "*/*"])
    def test_what_asks_for_data_gets_none(self, cast, accept):
        browser = signed_in(cast.editor)
        for url in (reverse("admin:autocomplete"), f"/admin/photos/{'a' * 64}/480.webp"):
            assert browser.get(url, headers={"accept": accept}).status_code == 403

    def test_what_was_typed_is_shown_and_not_lost(self, cast):
        article = factories.draft(cast)
        sent = {"headline": "写了很久的标题", "body": "<p>写了很久的正文。</p>"}
        page = signed_in(cast.editor).post(address(article), sent)
        assert page.status_code == 403
        assert "写了很久的正文。" in text(page)
        assert "第二道验证" in text(page)

    def test_the_way_to_one_is_open(self, cast):
        browser, answer = log_in("editor")
        page = browser.get(answer.url, follow=True)
        assert page.redirect_chain[-1][0].startswith(reverse("mfa_index"))
        assert "其他页面都打不开" in text(page)
        assert browser.get(reverse("mfa_activate_totp")).status_code == 200
        assert browser.get(reverse("mfa_add_webauthn")).status_code == 200

    def test_a_correspondent_notices_nothing(self, cast):
        assert signed_in(cast.writer).get(reverse("admin:index")).status_code == 200

    def test_a_superuser_is_asked_like_everybody(self, cast):
        root = factories.person("超管", is_superuser=True)
        assert signed_in(root).get(reverse("admin:index")).status_code == 302

    def test_the_last_one_is_not_removed(self, cast):
        TOTP.activate(cast.editor, SECRET)
        browser, _answer = log_in("editor")
        browser.post(reverse("mfa_authenticate"), {"code": code_now()})
        page = browser.post(reverse("mfa_deactivate_totp"))
        assert "先添加另一种" in text(page)
        assert Authenticator.objects.filter(user=cast.editor, type="totp").exists()

    def test_one_that_is_gone_all_the_same_closes_the_desk(self, cast):
        TOTP.activate(cast.editor, SECRET)
        browser = signed_in(cast.editor)
        assert browser.get(reverse("admin:index")).status_code == 200
        Authenticator.objects.filter(user=cast.editor).delete()
        assert browser.get(reverse("admin:index")).status_code == 302


def _doors():
    desk = next(entry for entry in get_resolver().url_patterns if entry.namespace == "admin")
    return [pattern for pattern in _all_patterns(desk.url_patterns) if pattern.name]


def test_within_the_days_of_grace_the_workbench_counts_them(cast):
    page = text(signed_in(cast.editor).get(reverse("admin:index")))
    assert "14 天内设好第二道验证" in page
    assert "第二道验证" not in text(signed_in(cast.writer).get(reverse("admin:index")))


class TestPasswordReset:
    def ask(self, email):
        return Client().post(reverse("account_reset_password"), {"email": email})

    def link(self):
        for job in ProcrastinateJob.objects.filter(task_name="send_password_link"):
            tasks.send_password_link(**job.args)
        words = mail.outbox[-1].body.split()
        return next(word for word in words if "/admin/account/password/reset/" in word)

    def test_the_answer_is_the_same_for_an_address_nobody_has(self, cast):
        User.objects.filter(pk=cast.writer.pk).update(email="miao@example.cn")
        answers = [self.ask("miao@example.cn"), self.ask("nobody@example.cn")]
        assert len({(a.status_code, a.url) for a in answers}) == 1
        self.link()
        assert [message.to for message in mail.outbox] == [["miao@example.cn"]]

    def test_the_link_sets_a_password_once_and_opens_the_account(self, cast):
        User.objects.filter(pk=cast.writer.pk).update(email="miao@example.cn")
        for _attempt in range(6):
            log_in("writer", password="wrong")
        self.ask("miao@example.cn")
        browser, link = Client(), self.link().partition(settings.SITE_URL)[2]
        page = browser.get(link, follow=True)
        form = page.redirect_chain[-1][0]
        sent = dict.fromkeys(("password1", "password2"), "Xin-de-Mima-2026")
        browser.post(form, sent)
        assert is_in(log_in("writer", password="Xin-de-Mima-2026")[0])
        assert "用过了" in text(Client().get(link, follow=True))
        assert "password_reset" in kinds(cast.writer)

    def test_a_weak_password_is_refused(self, cast):
        User.objects.filter(pk=cast.writer.pk).update(email="miao@example.cn")
        self.ask("miao@example.cn")
        browser = Client()
        form = browser.get(self.link().partition(settings.SITE_URL)[2], follow=True).redirect_chain[
            -1
        ]
        browser.post(form[0], dict.fromkeys(("password1", "password2"), "12345678"))
        assert not is_in(log_in("writer", password="12345678")[0])
