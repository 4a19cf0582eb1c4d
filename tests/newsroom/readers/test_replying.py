"""Answers are mailed once to whoever left an address; then nobody knows how to reach them."""

from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from articles import workflow as writing
from newsroom.desk import tasks
from newsroom.people.verdicts import RefusalError
from newsroom.readers import workflow
from newsroom.readers.models import ErrorReport
from newsroom.readers.workflow.replying import mail_answers
from tests import factories

pytestmark = pytest.mark.django_db


class DeadServer(EmailBackend):
    """A mail server that hangs up."""

    def send_messages(self, messages):
        raise SMTPServerDisconnected("gone")


@pytest.fixture
def cast(settings):
    settings.SENDS_MAIL = True
    return factories.Cast()


@pytest.fixture
def article(cast):
    return factories.live_alone(cast)


def reported(article, wrong, contact):
    return factories.reported(article, wrong=wrong, contact=contact)


def test_an_answer_is_mailed_once_to_those_who_left_an_address(cast, article):
    made = reported(article, "一", "a@example.org")
    beside = reported(article, "一", "b@example.org")
    by_telephone = reported(article, "二", "13800000000")
    spam = reported(article, "三", "c@example.org")
    reported(article, "四", "waiting@example.org")
    assert beside.merged_into == made
    workflow.answer(made, by=cast.editor, words="已经改正。")
    workflow.answer(by_telephone, by=cast.editor, words="已经改正。")
    workflow.set_aside(spam, by=cast.editor, note="广告")
    tasks.mail_answers(timestamp=0)
    assert mail_answers() == 0
    assert [each.to for each in mail.outbox] == [["a@example.org"], ["b@example.org"]]
    assert "已经改正。" in mail.outbox[0].body
    assert "/reports/" not in mail.outbox[0].body
    with pytest.raises(RefusalError):
        workflow.reopen(made, by=cast.editor, note="再看")


def test_a_public_correction_is_an_answer_and_one_on_its_way_is_not(cast, article):
    made = reported(article, "一", "a@example.org")
    workflow.draw_up(made, by=cast.editor, wrong="周三", right="周四", note="读者来信指出。")
    assert mail_answers() == 0
    drawn = made.correction
    for signer in (cast.second_editor, cast.desk_head, cast.chief):
        drawn = writing.sign_correction(drawn, by=signer)
    assert mail_answers() == 1
    assert "“周四”" in mail.outbox[0].body


def test_while_the_mail_server_is_away_answers_wait(cast, article, settings):
    workflow.answer(reported(article, "一", "a@example.org"), by=cast.editor, words="改了。")
    usual = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.DeadServer"
    assert mail_answers() == 0
    settings.EMAIL_BACKEND = usual
    assert mail_answers() == 1


def test_the_worker_forgets_readers(cast, article):
    made = reported(article, "一", "a@example.org")
    workflow.answer(made, by=cast.editor, words="改了。")
    tasks.forget_readers(timestamp=0)
    assert ErrorReport.objects.get().contact == "a@example.org"
