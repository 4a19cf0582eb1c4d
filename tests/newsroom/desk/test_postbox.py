"""Letters go out, or stay due: a mail server that is away loses nothing and sends nothing twice."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import get_connection
from django.utils import timezone

from articles import workflow
from newsroom.desk import postbox
from newsroom.desk.kinds import Kind, Rhythm
from newsroom.desk.models import Letter, Notice, NoticePreference, ReceivedLetter
from newsroom.people.models import SiteSettings
from tests import factories
from tests.mail_server import MailServer
from tests.worker import work

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    made = factories.Cast()
    for person in (*made.by_role.values(), made.second_editor):
        person.email = f"{person.username}@example.cn"
        person.save(update_fields=["email"])
    return made


@pytest.fixture
def server(settings):
    """A mail server on this machine, and settings that lead to it."""
    with MailServer() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        yield running


def returned(cast, **fields):
    article = factories.submitted(cast, **fields)
    workflow.return_(article, by=cast.editor, note="请补上读数。")
    return article


def soon(minutes: float = 1):
    return timezone.now() + timedelta(minutes=minutes)


def letter_to(person) -> Letter:
    return Letter.objects.get(recipient=person)


class TestLetters:
    """What a letter says."""

    def test_one_notice_is_the_subject(self, cast):
        article = returned(cast)
        work()
        assert postbox.send_due(soon()) == 1
        (message,) = mail.outbox
        assert message.to == ["writer@example.cn"]
        assert message.subject == f"【棠溪时讯】沈予安退改《{article.title}》"
        assert "请补上读数。" in message.body
        assert f"/articles/article/{article.pk}/read/" in message.body
        assert "http://127.0.0.1:8000/admin/" in message.body
        html, kind = message.alternatives[0]
        assert kind == "text/html"
        assert article.title in html
        assert "<script" not in html

    def test_several_are_counted(self, cast):
        pieces = [returned(cast) for _number in range(5)]
        work()
        assert postbox.send_due(soon()) == 1
        assert mail.outbox[0].subject == "【棠溪时讯】你有 5 条新通知"
        assert all(piece.title in mail.outbox[0].body for piece in pieces)

    def test_it_speaks_the_recipients_language(self, cast):
        cast.writer.language = "en"
        cast.writer.save(update_fields=["language"])
        returned(cast)
        work()
        postbox.send_due(soon())
        assert "returned “" in mail.outbox[0].subject
        assert mail.outbox[0].body.startswith("Hello ")

    def test_a_headline_becomes_no_header_and_no_markup(self, cast):
        paper = SiteSettings.current()
        paper.paper_name = "棠溪\r\nBcc: x@example.org"
        paper.save()
        article = returned(cast, headline="题\r\nBcc: eve@example.org <b>粗</b>")
        work()
        assert postbox.send_due(soon()) == 1
        message = mail.outbox[0]
        assert "\n" not in message.subject
        assert message.recipients() == ["writer@example.cn"]
        assert "Bcc" not in message.message()
        assert "<b>" not in message.alternatives[0][0]
        assert article.pk

    def test_what_was_read_meanwhile_is_not_mailed(self, cast):
        returned(cast)
        work()
        Notice.objects.to(cast.writer).mark_read()
        assert postbox.send_due(soon()) == 0
        assert letter_to(cast.writer).state == Letter.State.NEEDLESS
        assert mail.outbox == []

    def test_who_left_or_may_see_it_no_more_gets_none(self, cast):
        article = factories.draft(cast, filed_by=cast.editor)
        workflow.submit(article, by=cast.editor)
        workflow.return_(article, by=cast.second_editor, note="改。")
        work()
        article.bylines.all().delete()
        cast.editor.is_active = False
        cast.editor.save(update_fields=["is_active"])
        assert postbox.send_due(soon()) == 0
        assert mail.outbox == []

    def test_it_goes_when_it_is_due_and_not_before(self, cast):
        NoticePreference.objects.create(
            person=cast.writer, kind=Kind.RETURNED, rhythm=Rhythm.DAILY
        )  # fmt: skip
        returned(cast)
        work()
        assert postbox.send_due(soon()) == 0
        assert postbox.send_due(soon(60 * 24)) == 1


class TestClearing:
    """What is settled goes in the end; what still has to go out never does."""

    def test_a_letter_that_was_sent_long_ago_goes_and_its_notice_stays(self, cast):
        returned(cast)
        work()
        postbox.send_due(soon())
        assert letter_to(cast.writer).state == Letter.State.SENT
        notices = Notice.objects.count()
        assert postbox.clear_old(timezone.now() + postbox.KEPT - timedelta(days=1)) == 0
        assert postbox.clear_old(timezone.now() + postbox.KEPT + timedelta(days=1)) > 0
        assert not Letter.objects.settled().exists()
        assert Notice.objects.count() == notices

    def test_one_that_waits_or_was_given_up_stays(self, cast):
        returned(cast)
        work()
        Letter.objects.filter(recipient=cast.writer).update(
            state=Letter.State.FAILED, last_error="no such mailbox"
        )
        left = Letter.objects.count()
        postbox.clear_old(timezone.now() + timedelta(days=400))
        assert Letter.objects.count() == left

    def test_the_mailbox_is_cleared_too(self):
        ReceivedLetter.objects.create(to="a@example.cn", subject="旧信", text="")
        postbox.clear_old(timezone.now() + timedelta(days=400))
        assert not ReceivedLetter.objects.exists()


class TestServers:
    """The real backend against servers that are away, busy or unwilling."""

    def test_letters_arrive(self, cast, server):
        article = returned(cast)
        work()
        assert postbox.send_due(soon()) == 1
        (received,) = server.received
        assert received.to == ["writer@example.cn"]
        assert f"letter-{letter_to(cast.writer).pk}@" in received.headers["Message-ID"]
        assert article.title in received.text

    def test_a_dead_server_delays_and_loses_nothing(self, cast, server):
        server.stop()
        article = returned(cast)
        workflow.reject(factories.submitted(cast), by=cast.editor, note="不用。")
        work()
        workflow.sign(factories.submitted(cast), by=cast.editor)
        work()
        for minutes in (1, 2, 4):
            assert postbox.send_due(soon(minutes)) == 0
        letter = letter_to(cast.writer)
        assert letter.attempts == 3
        assert "ConnectionRefusedError" in letter.last_error
        assert letter in Letter.objects.in_trouble()
        assert Notice.objects.to(cast.writer).unread().count() == 3
        server.start()
        assert postbox.send_due(soon(60)) >= 1
        mine = [each for each in server.received if each.to == ["writer@example.cn"]]
        assert len(mine) == 1
        assert article.title in mine[0].text
        assert postbox.send_due(soon(600)) == 0
        assert len([each for each in server.received if each.to == ["writer@example.cn"]]) == 1
        assert letter_to(cast.writer).last_error == ""

    def test_a_dead_server_costs_one_try_for_all_letters(self, cast, server):
        server.stop()
        for _number in range(3):
            factories.submitted(cast)
        work()
        tried = []
        connection = get_connection()
        type(connection).open, opening = (
            lambda self: tried.append(1) or opening(self),
            type(connection).open,
        )
        try:
            postbox.send_due(soon(70))
        finally:
            type(connection).open = opening
        assert len(tried) == 1
        assert {letter.attempts for letter in Letter.objects.all()} == {1}

    def test_a_refused_recipient_stops_no_others_and_is_shown(self, cast, server):
        server.refuses = "editor@example.cn"
        factories.submitted(cast)
        work()
        for hours in (1, 2, 3, 4):
            postbox.send_due(soon(hours * 61))
        assert letter_to(cast.second_editor).state == Letter.State.SENT
        refused = letter_to(cast.editor)
        assert refused.state == Letter.State.FAILED
        assert "no such mailbox" in refused.last_error
        server.refuses = ""
        assert postbox.send_due(soon(10_000)) == 0
        postbox.try_again(refused)
        assert postbox.send_due(soon()) == 1

    def test_a_line_that_breaks_in_the_middle_is_tried_again(self, cast, server):
        server.hangs_up = 1
        factories.submitted(cast)
        work()
        assert postbox.send_due(soon(61)) == 0
        assert postbox.send_due(soon(63)) == 2
        assert sorted(each.to[0] for each in server.received) == [
            "editor2@example.cn",
            "editor@example.cn",
        ]

    def test_killed_after_sending_a_letter_is_known_by_its_number(self, cast, server, monkeypatch):
        """Between the server's word and the row lies a moment; a second copy bears the same id."""
        returned(cast)
        work()

        def killed(*_arguments, **_options):
            raise SystemExit

        with monkeypatch.context() as broken:
            broken.setattr(Letter, "save", killed)
            with pytest.raises(SystemExit):
                postbox.send_due(soon())
        assert letter_to(cast.writer).state == Letter.State.WAITING
        assert postbox.send_due(soon()) == 1
        ids = {each.headers["Message-ID"] for each in server.received}
        assert len(server.received) == 2
        assert len(ids) == 1


def test_tries_become_ever_more_seldom_and_never_stop():
    assert sorted(postbox.WAITS) == postbox.WAITS
    assert postbox.WAITS[-1] <= timedelta(hours=1)


def test_an_error_fits_its_column():
    error = smtplib.SMTPRecipientsRefused({"x@example.cn": (550, b"a\nb" * 400)})
    assert len(postbox.said(error)) == postbox.LONGEST_ERROR
    assert "\n" not in postbox.said(error)
