"""Asking for the newsletter and leaving it: by whoever reads the mailbox, and by nobody else."""

import re
from datetime import timedelta

import pytest
from django.core import mail, signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from newsroom.people import clock
from newsroom.people.ciphers import locked
from newsroom.people.models import SiteSettings
from newsroom.people.verdicts import RefusalError
from newsroom.readers import letters, stamps, tickets
from newsroom.readers.models import Delivery, Subscriber, Trace
from newsroom.readers.workflow import mailing, subscribing
from tests import factories
from tests.worker import work

pytestmark = pytest.mark.django_db

READER = "reader@example.cn"


@pytest.fixture(autouse=True)
def paper():
    found, _made = SiteSettings.objects.get_or_create(pk=1)
    found.newsletter = True
    found.save()
    return found


@pytest.fixture
def door():
    """A browser that takes no cookies: whatever it is given is lost."""
    return Client(enforce_csrf_checks=True)


def ask(door, address=READER, **more):
    stamp = stamps.make("newsletter", shown_before=True)
    typed = {"address": address, "website": "", "stamp": stamp, **more}
    return door.post(reverse("readers:newsletter"), typed)


def link_in(message) -> str:
    (link,) = re.findall(r"https?://[^/\s]+(/newsletter/\S+)", message.body)
    return link


def subscribed(address=READER) -> Subscriber:
    return Subscriber.objects.create(
        address=address, key=f"{address:_<43}".replace("@", "-").replace(".", "-"),
        confirmed_at=timezone.now(),
    )  # fmt: skip


def told(response):
    """Return all an asker can see of an answer."""
    body = re.sub(r'name="stamp" value="[^"]*"', "", response.content.decode())
    return response.status_code, sorted(response.headers.items()), body, dict(response.cookies)


class TestSubscribing:
    def test_from_the_form_to_the_first_letter_without_cookie_or_script(self, door):
        form = door.get(reverse("readers:newsletter"))
        assert form.headers["Cache-Control"] == "no-store"
        stamp = re.search(r'name="stamp" value="([^"]+)"', form.content.decode())[1]
        early = door.post(reverse("readers:newsletter"), {"address": READER, "stamp": stamp})
        assert early.status_code == 400
        assert READER in early.content.decode()
        stamp = re.search(r'name="stamp" value="([^"]+)"', early.content.decode())[1]
        answer = door.post(reverse("readers:newsletter"), {"address": READER, "stamp": stamp})
        assert answer.headers["Location"] == reverse("readers:asked")
        work()
        (message,) = mail.outbox
        assert message.to == [READER]
        assert not Subscriber.objects.exists()
        page = door.get(link_in(message))
        assert "是的，给我订阅" in page.content.decode()
        assert not Subscriber.objects.exists()
        assert door.post(link_in(message)).status_code == 200
        assert Subscriber.objects.get().address == READER
        assert [dict(each.cookies) for each in (form, answer, page)] == [{}] * 3

    def test_known_and_unknown_addresses_are_answered_alike(self, door):
        subscribed()
        known, unknown = ask(door), ask(door, "nobody@example.cn")
        assert told(known) == told(unknown)
        jobs = [set(job.args) for job in ProcrastinateJob.objects.all()]
        assert jobs == [{"sealed"}] * 2
        work()
        to_known, to_unknown = mail.outbox
        assert to_known.to == [READER]
        assert "confirm" not in to_known.body
        assert "confirm" in to_unknown.body

    def test_declining_and_bounced_addresses_are_answered_alike_too(self, door):
        ticket = tickets.issue(READER)
        assert (
            "半年"
            in door.post(
                reverse("readers:confirm", args=[ticket]), {"decline": "1"}
            ).content.decode()
        )
        assert told(ask(door)) == told(ask(door, "nobody@example.cn"))
        work()
        assert [message.to for message in mail.outbox] == [["nobody@example.cn"]]

    def test_what_waits_in_the_queue_does_not_show_the_address(self, door):
        ask(door)
        assert READER not in str(ProcrastinateJob.objects.get().args)

    def test_one_mailbox_gets_three_letters_a_day_whoever_asks(self, door):
        answers = [told(ask(door, address)) for address in [READER, READER.upper()] * 3]
        assert len({answer[2] for answer in answers}) == 1
        work()
        assert len(mail.outbox) == 3

    def test_too_many_from_one_place_are_told_so(self, door):
        answers = [ask(door, f"a{number}@example.cn").status_code for number in range(21)]
        assert answers == [302] * 20 + [429]

    def test_scripts_are_thanked_and_forgotten(self, door):
        assert ask(door, website="http://spam.example").status_code == 302
        assert ProcrastinateJob.objects.count() == 0

    def test_without_a_stamp_of_this_form_it_is_shown_again(self, door):
        forged = signing.dumps([[], "n", 0, True])
        for stamp in ("", "x", "x" * 10_000, forged, stamps.make("report", shown_before=True)):
            answer = ask(door, stamp=stamp)
            assert answer.status_code == 400
            assert READER in answer.content.decode()

    def test_what_is_no_address_is_refused_in_a_sentence(self, door):
        for address in (
            "", "x", "a@b", "a@example.cn\r\nBcc: eve@example.org", "a@example.cn, b@example.cn",
            "<b>@example.cn", f"{'a' * 250}@example.cn", "a\0@example.cn",
        ):  # fmt: skip
            answer = ask(door, address)
            assert answer.status_code == 400, address
            assert 'role="alert"' in answer.content.decode()
            assert "<b>@" not in answer.content.decode()
        assert ProcrastinateJob.objects.count() == 0


class TestTickets:
    def test_a_link_runs_out(self, door, monkeypatch):
        ticket = tickets.issue(READER)
        later = timezone.now() + tickets.GOOD_FOR + timedelta(seconds=1)
        with monkeypatch.context() as then:
            then.setattr(clock, "now", lambda: later)
            assert door.get(reverse("readers:confirm", args=[ticket])).status_code == 410
            assert door.post(reverse("readers:confirm", args=[ticket])).status_code == 410
        assert not Subscriber.objects.exists()
        assert door.post(reverse("readers:confirm", args=[ticket])).status_code == 200

    def test_nobody_makes_one_up(self, door):
        good = tickets.issue(READER)
        for forged in (
            good[:-5] + "AAAAA",
            "A" * 140,
            locked(READER).rstrip("="),
            locked('{"for": "other", "address": "a@example.cn", "at": 9e9}').rstrip("="),
            locked('["newsletter"]').rstrip("="),
        ):
            answer = door.post(reverse("readers:confirm", args=[forged]))
            assert answer.status_code == 410, forged
        assert not Subscriber.objects.exists()

    def test_pressed_twice_it_is_one_subscription(self, door):
        for ticket in (tickets.issue(READER), tickets.issue(READER.upper())):
            for _press in range(2):
                door.post(reverse("readers:confirm", args=[ticket]))
        assert Subscriber.objects.count() == 1

    def test_an_old_link_does_not_bring_back_who_has_left(self, door):
        ticket = tickets.issue(READER)
        door.post(reverse("readers:confirm", args=[ticket]))
        door.post(reverse("readers:leave", args=[Subscriber.objects.get().key]))
        assert door.post(reverse("readers:confirm", args=[ticket])).status_code == 410
        assert not Subscriber.objects.exists()
        again = tickets.issue(READER)
        assert door.post(reverse("readers:confirm", args=[again])).status_code == 200

    def test_who_confirms_anew_is_written_to_again(self, door):
        reader = subscribed()
        Subscriber.objects.update(paused_at=timezone.now(), paused_because="550")
        ask(door)
        work()
        door.post(link_in(mail.outbox[0]))
        reader.refresh_from_db()
        assert reader.paused_at is None


class TestLeaving:
    def test_looking_at_the_link_does_nothing(self, door):
        reader = subscribed()
        for method in (door.get, door.head, door.options):
            method(reverse("readers:leave", args=[reader.key]))
        assert Subscriber.objects.exists()

    def test_a_mail_program_leaves_by_one_post(self, door):
        reader = subscribed()
        answer = door.post(
            reverse("readers:leave", args=[reader.key]),
            "List-Unsubscribe=One-Click",
            content_type="application/x-www-form-urlencoded",
        )
        assert answer.status_code == 200
        assert not Subscriber.objects.exists()

    def test_a_key_nobody_has_and_one_used_twice_are_answered_alike(self, door):
        reader, other = subscribed(), subscribed("other@example.cn")
        known = told(door.post(reverse("readers:leave", args=[reader.key])))
        assert told(door.post(reverse("readers:leave", args=[reader.key]))) == known
        assert told(door.post(reverse("readers:leave", args=["x" * 43]))) == known
        assert list(Subscriber.objects.all()) == [other]

    def test_nothing_of_the_address_is_left(self, door):
        cast, reader = factories.Cast(), subscribed()
        factories.live_issue(cast, day=timezone.localdate())
        mailing.send_due(timezone.now() + timedelta(minutes=1))
        door.post(reverse("readers:leave", args=[reader.key]))
        assert Delivery.objects.get().subscriber is None
        (trace,) = Trace.objects.all()
        assert READER not in f"{trace.fingerprint}{trace}"
        assert not Trace.objects.outlived(timezone.now() + timedelta(days=2)).exists()
        assert Trace.objects.outlived(timezone.now() + timedelta(days=4)).count() == 1

    def test_who_leaves_can_come_back_the_same_day(self, door):
        reader = subscribed()
        door.post(reverse("readers:leave", args=[reader.key]))
        ask(door)
        work()
        door.post(link_in(mail.outbox[0]))
        assert Subscriber.objects.count() == 1

    def test_switched_off_the_doors_are_shut_but_the_way_out_stays_open(self, door, paper):
        reader = subscribed()
        paper.newsletter = False
        paper.save()
        nowhere = door.get("/no-such-page/")
        ticket = tickets.issue("a@b.cn")
        for name, args in (("newsletter", []), ("asked", []), ("confirm", [ticket])):
            answer = door.get(reverse(f"readers:{name}", args=args))
            assert answer.status_code == 404
            assert answer.content == nowhere.content
        assert ask(door).status_code == 404
        door.post(reverse("readers:leave", args=[reader.key]))
        assert not Subscriber.objects.exists()

    def test_planners_take_off_who_calls_and_let_in_who_declined(self):
        cast = factories.Cast()
        subscribed()
        with pytest.raises(RefusalError):
            subscribing.take_off(READER, by=cast.editor)
        assert subscribing.take_off(f" {READER.upper()}", by=cast.issue_editor)
        assert not subscribing.take_off(READER, by=cast.issue_editor)
        subscribing.decline(tickets.issue(READER))
        assert subscribing.let_in_again(READER, by=cast.chief)
        assert not Trace.objects.declined().exists()


class TestLetters:
    """What stands in a letter."""

    def letter(self, paper, cast, *articles):
        issue = factories.live_issue(cast, *articles, day=timezone.localdate())
        subscribed()
        mailing.send_due(timezone.now() + timedelta(minutes=1))
        return issue, mail.outbox[-1]

    def test_it_tells_titles_page_by_page_with_links_and_a_way_out(self, paper):
        cast = factories.Cast()
        piece = factories.approved(cast, headline="一条旧管线|换来满屋暖")
        issue, message = self.letter(paper, cast, piece)
        day = timezone.localdate()
        assert message.subject == (
            f"【棠溪时讯】{day.year}年{day.month}月{day.day}日 第{issue.number}期"
        )
        key = Subscriber.objects.get().key
        for part in (message.body, message.alternatives[0][0]):
            assert "第1版" in part
            assert "一条旧管线换来满屋暖" in part
            assert f"/articles/{piece.pk}/" in part
            assert f"/newsletter/leave/{key}/" in part
            assert letters.NOBODY not in part
        head = message.extra_headers
        assert head["List-Unsubscribe"] == f"<{letters.way_out(key)}>"
        assert head["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert "<img" not in message.alternatives[0][0]
        assert "http://127.0.0.1:8000/" in message.body
        assert len(re.findall(r"https?://(?!127\.0\.0\.1:8000/)", message.body)) == 0

    def test_corrections_since_the_issue_before_stand_in_it(self, paper):
        cast = factories.Cast()
        old = factories.approved(cast, headline="旧稿")
        factories.live_issue(cast, old, day=timezone.localdate() - timedelta(days=1))
        factories.signed_correction(cast, old, wrong="87岁", right="78岁")
        _issue, message = self.letter(paper, cast, factories.approved(cast))
        assert "《旧稿》" in message.body
        assert "“87岁”应为“78岁”" in message.body

    def test_no_name_becomes_a_header_or_markup(self, paper):
        paper.paper_name = "棠溪\r\nBcc: x@example.org"
        paper.newsletter_sender = '编辑部"\r\nBcc: y@example.org <b>'
        paper.save()
        cast = factories.Cast()
        _issue, message = self.letter(
            paper, cast, factories.approved(cast, headline="题\r\nBcc: eve@example.org <b>粗</b>")
        )
        raw = message.message()
        assert message.recipients() == [READER]
        assert "Bcc" not in raw
        assert raw["To"] == READER
        assert "<b>" not in message.alternatives[0][0]
        ask(Client(), "another@example.cn")
        work()
        assert "Bcc" not in mail.outbox[-1].message()
