"""What administrators see of mail and tasks, and everybody of their mailbox."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from newsroom.desk.models import Letter, ReceivedLetter
from newsroom.people.queueing import later
from tests import factories
from tests.articles.desk_pages import signed_in, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    made = factories.Cast()
    made.writer.email = "writer@example.cn"
    made.writer.save(update_fields=["email"])
    return made


def letter(cast, **fields) -> Letter:
    due = timezone.now() + timedelta(hours=1)
    return Letter.objects.create(recipient=cast.writer, rhythm="at_once", due_at=due, **fields)


def failed_job() -> int:
    later("act_recorded", act=0)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' RETURNING id")
        return cursor.fetchone()[0]


def test_a_letter_in_trouble_is_shown_with_what_the_server_said(cast):
    letter(cast)
    waiting = letter(cast, attempts=2, last_error="ConnectionRefusedError: 111")
    failed = letter(cast, state="failed", attempts=4, last_error="550 no such mailbox")
    browser = signed_in(cast.administrator)
    page = text(browser.get(reverse("admin:mail")))
    assert "ConnectionRefusedError" in page
    assert "550 no such mailbox" in page
    assert page.count("重发<span") == 2  # a button each
    for each in (waiting, failed):
        browser.post(reverse("admin:letter_retry", args=[each.pk]))
        each.refresh_from_db()
        assert (each.state, each.attempts) == ("waiting", 0)
        assert each.due_at <= timezone.now()


def test_a_letter_that_has_left_is_not_sent_again(cast):
    sent = letter(cast, state="sent", sent_at=timezone.now(), attempts=1)
    answer = signed_in(cast.administrator).post(reverse("admin:letter_retry", args=[sent.pk]))
    assert answer.status_code == 404


def test_a_failed_task_is_shown_and_done_again(cast):
    number = failed_job()
    browser = signed_in(cast.administrator)
    assert "act_recorded" in text(browser.get(reverse("admin:mail")))
    assert browser.post(reverse("admin:task_retry", args=[number])).status_code == 302
    assert "没有失败的任务" in text(browser.get(reverse("admin:mail")))
    assert browser.post(reverse("admin:task_retry", args=[number])).status_code == 404


def test_a_silent_worker_shows_on_the_workbench_of_administrators_alone(cast):
    words = "任务程序没有运行"
    index = reverse("admin:index")
    assert words in text(signed_in(cast.administrator).get(index))
    assert words not in text(signed_in(cast.chief).get(index))
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    assert words not in text(signed_in(cast.administrator).get(index))
    assert "任务程序在运行" in text(signed_in(cast.administrator).get(reverse("admin:mail")))


def test_everybody_reads_their_own_letters_and_administrators_all(cast):
    ReceivedLetter.objects.create(to="writer@example.cn", subject="给作者", text="http://x/")
    ReceivedLetter.objects.create(to="chief@example.cn", subject="给总编", text="<b>文</b>")
    own = text(signed_in(cast.writer).get(reverse("admin:mailbox")))
    assert "给作者" in own
    assert "给总编" not in own
    assert "给作者" not in text(signed_in(cast.editor).get(reverse("admin:mailbox")))
    everything = text(signed_in(cast.administrator).get(reverse("admin:mailbox")))
    assert "给作者" in everything
    assert "给总编" in everything
    assert "<b>文" not in everything


def test_there_is_no_mailbox_where_letters_are_sent(cast, settings):
    settings.EMBEDDED = False
    assert signed_in(cast.administrator).get(reverse("admin:mailbox")).status_code == 404
