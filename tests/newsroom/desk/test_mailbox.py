"""The backend of the embedded mode keeps what it is given."""

import pytest
from django.core.mail import EmailMessage
from django.test import override_settings

from newsroom.desk.models import ReceivedLetter

pytestmark = pytest.mark.django_db


@override_settings(EMAIL_BACKEND="newsroom.desk.mailbox.MailboxBackend")
def test_a_message_is_kept_for_each_address():
    message = EmailMessage("主题", "正文", to=["a@example.cn"], cc=["b@example.cn"])
    assert message.send() == 1
    kept = ReceivedLetter.objects.order_by("to")
    assert [(row.to, row.subject, row.text) for row in kept] == [
        ("a@example.cn", "主题", "正文"),
        ("b@example.cn", "主题", "正文"),
    ]
    assert list(ReceivedLetter.objects.addressed_to("A@example.cn")) == [kept[0]]
    assert not ReceivedLetter.objects.addressed_to("").exists()
