"""What planners see of the newsletter, and what they do: no address is ever shown."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from newsroom.people.models import SiteSettings
from newsroom.readers.models import Mailing, Subscriber
from newsroom.readers.workflow import mailing
from tests import factories
from tests.articles.desk_pages import signed_in, text
from tests.worker import work

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    SiteSettings.objects.update_or_create(pk=1, defaults={"newsletter": True})
    made = factories.Cast()
    made.chief.email = "chief@example.cn"
    made.chief.save(update_fields=["email"])
    Subscriber.objects.bulk_create(
        Subscriber(address=f"r{n}@example.cn", key=f"{n:_<43}", confirmed_at=timezone.now())
        for n in range(3)
    )
    return made


def page(cast) -> str:
    return text(signed_in(cast.chief).get(reverse("admin:newsletter")))


def todays(cast, **fields):
    return factories.live_issue(cast, day=timezone.localdate(), **fields)


def test_it_shows_how_a_mailing_goes_and_no_address(cast):
    todays(cast)
    SiteSettings.objects.update(newsletter_per_minute=1)
    mailing.send_due(timezone.now())
    words = page(cast)
    assert "还有 2 封" in words
    assert "已发 1 封" in words
    assert "r0@example.cn" not in words


def test_planners_pause_and_go_on(cast):
    todays(cast)
    mailing.begin_due(timezone.now())
    found, browser = Mailing.objects.get(), signed_in(cast.chief)
    browser.post(reverse("admin:mailing_do", args=[found.pk, "pause"]))
    assert "温以恒" in page(cast) or str(cast.chief) in page(cast)
    assert mailing.send_due(timezone.now()) == 0
    browser.post(reverse("admin:mailing_do", args=[found.pk, "resume"]))
    assert mailing.send_due(timezone.now() + timedelta(minutes=1)) == 3
    late = browser.post(reverse("admin:mailing_do", args=[found.pk, "pause"]), follow=True)
    assert "已经发完" in text(late)


def test_a_test_letter_goes_to_whoever_presses(cast):
    todays(cast)
    signed_in(cast.chief).post(reverse("admin:newsletter_do", args=["test"]))
    work()
    assert [message.to for message in mail.outbox] == [["chief@example.cn"]]
    assert mail.outbox[0].subject.startswith("【测试】")
    refused = signed_in(cast.issue_editor).post(
        reverse("admin:newsletter_do", args=["test"]), follow=True
    )
    assert "没有填邮箱" in text(refused)


def test_who_calls_is_taken_off(cast):
    browser = signed_in(cast.issue_editor)
    taken = reverse("admin:newsletter_do", args=["take-off"])
    assert "已删除" in text(browser.post(taken, {"address": "R1@example.cn"}, follow=True))
    assert "没有订阅" in text(browser.post(taken, {"address": "R1@example.cn"}, follow=True))
    assert Subscriber.objects.count() == 2
    let_in = reverse("admin:newsletter_do", args=["let-in"])
    assert "没有声明" in text(browser.post(let_in, {"address": "x\0"}, follow=True))


def test_it_costs_the_same_for_one_mailing_and_ten(cast):
    todays(cast)
    mailing.send_due(timezone.now())
    browser = signed_in(cast.chief)
    with CaptureQueriesContext(connection) as few:
        browser.get(reverse("admin:newsletter"))
    for sequence in range(2, 6):
        todays(cast, sequence=sequence)
    mailing.send_due(timezone.now() + timedelta(minutes=1))
    assert Mailing.objects.count() == 5
    with CaptureQueriesContext(connection) as many:
        browser.get(reverse("admin:newsletter"))
    assert len(many) == len(few)
