"""The newsletter goes to each reader once, or in doubt not a second time, and says what is live."""

import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from articles import workflow
from issues import workflow as issue_workflow
from newsroom.people.models import SiteSettings
from newsroom.people.verdicts import RefusalError
from newsroom.readers.models import Delivery, Mailing, Subscriber
from newsroom.readers.workflow import mailing as sending
from newsroom.readers.workflow import subscribing
from tests import factories
from tests.mail_server import MailServer

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper():
    found, _made = SiteSettings.objects.get_or_create(pk=1)
    found.newsletter = True
    found.save()
    return found


@pytest.fixture
def cast(paper):
    return factories.Cast()


@pytest.fixture
def server(settings):
    """A mail server on this machine, and settings that lead to it."""
    with MailServer() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        yield running


def readers(count: int) -> list[Subscriber]:
    return Subscriber.objects.bulk_create(
        Subscriber(
            address=f"reader{number}@example.cn",
            key=f"{number:043d}"[::-1],
            confirmed_at=timezone.now(),
        )
        for number in range(1, count + 1)
    )


def todays(cast, *articles, **fields):
    return factories.live_issue(cast, *articles, day=timezone.localdate(), **fields)


def soon(minutes: float = 0):
    return timezone.now() + timedelta(minutes=minutes)


def states() -> list[str]:
    return list(Delivery.objects.order_by("pk").values_list("state", flat=True))


def recipients() -> list[str]:
    return sorted(message.to[0] for message in mail.outbox)


class TestOnce:
    """Whatever is done twice, killed or overtaken sends nobody a second letter."""

    def test_a_letter_goes_to_each_reader_and_to_nobody_again(self, cast):
        readers(3)
        todays(cast)
        assert sending.send_due(soon(1)) == 3
        assert sending.send_due(soon(2)) == 0
        assert recipients() == [f"reader{number}@example.cn" for number in (1, 2, 3)]
        mailing = Mailing.objects.get()
        assert mailing.is_over
        assert (mailing.recipients, mailing.sent) == (3, 3)

    @pytest.mark.parametrize("moment", ["before the record", "at the record"])
    def test_killed_before_the_answer_is_written_it_is_unclear_and_never_sent_again(
        self, cast, server, monkeypatch, moment
    ):
        readers(3)
        todays(cast)

        def killed(*_arguments, **_options):
            raise SystemExit if moment == "before the record" else DatabaseError

        with monkeypatch.context() as dying:
            dying.setattr(sending, "_settle", killed)
            with pytest.raises((SystemExit, DatabaseError)):
                sending.send_due(soon(1))
        assert states() == ["claimed", "waiting", "waiting"]
        assert sending.send_due(soon(2)) == 2
        assert not Mailing.objects.get().is_over  # the first may still be under way
        sending.send_due(soon(20))
        assert states() == ["unclear", "sent", "sent"]
        assert len(server.received) == len({each.to[0] for each in server.received}) == 3
        ended = Mailing.objects.get()
        assert (ended.is_over, ended.sent, ended.unclear) == (True, 2, 1)

    def test_a_line_that_breaks_after_the_letter_makes_it_unclear(self, cast, server):
        readers(2)
        todays(cast)
        server.vanishes = 1
        assert sending.send_due(soon(1)) == 0
        assert states() == ["unclear", "waiting"]
        assert sending.send_due(soon(2)) == 1
        assert [each.to for each in server.received] == [
            ["reader1@example.cn"],
            ["reader2@example.cn"],
        ]

    def test_the_database_itself_knows_no_second_letter(self, cast):
        reader, _other = readers(2)
        todays(cast)
        sending.send_due(soon(1))
        sent = Delivery.objects.filter(subscriber=reader).get()
        for wrong in (
            lambda: Delivery.objects.filter(pk=sent.pk).update(state="waiting"),
            lambda: Delivery.objects.create(
                mailing=sent.mailing, subscriber=reader, due_at=timezone.now()
            ),
            lambda: Mailing.objects.create(
                issue=sent.mailing.issue, begun_at=timezone.now(), next_try_at=timezone.now()
            ),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                wrong()

    def test_two_issues_of_a_day_are_each_told_once(self, cast):
        readers(1)
        first = todays(cast)
        second = todays(cast, sequence=2)
        assert sending.send_due(soon(1)) == 2
        assert sending.send_due(soon(3)) == 0
        assert [first.called, second.called] == [m.subject.split()[-1] for m in mail.outbox]


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_two_workers_send_each_letter_once(self, cast, server):
        readers(12)
        todays(cast)
        barrier = threading.Barrier(2)

        def work():
            barrier.wait()
            try:
                sending.send_due(soon(1))
            finally:
                connection.close()

        workers = [threading.Thread(target=work) for _number in range(2)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        assert len(server.received) == len({each.to[0] for each in server.received}) == 12
        assert set(states()) == {"sent"}


class TestNews:
    """Only what is live at that moment, only while it is news, only if somebody wants it sent."""

    def test_nothing_is_sent_before_the_second(self, cast):
        readers(1)
        issue = factories.scheduled_issue(cast, factories.approved(cast), day=timezone.localdate())
        assert sending.send_due() == 0
        assert not Mailing.objects.exists()
        issue_workflow.recall(issue, by=cast.chief)
        assert sending.send_due(soon(120)) == 0

    def test_a_held_issue_is_not_sent_at_its_former_hour(self, cast):
        readers(1)
        issue = factories.scheduled_issue(cast, factories.approved(cast), day=timezone.localdate())
        issue_workflow.hold(issue, by=cast.chief, because="缓")
        assert sending.send_due(soon(120)) == 0

    def test_a_piece_withdrawn_between_two_letters_is_in_the_first_alone(self, cast, paper):
        readers(2)
        stays = factories.approved(cast, headline="留下的")
        goes = factories.approved(cast, headline="撤下的")
        todays(cast, stays, goes)
        paper.newsletter_per_minute = 1
        paper.save()
        assert sending.send_due(soon(0.1)) == 1
        workflow.withdraw(goes, by=cast.chief, reason="失实。")
        Delivery.objects.update(claimed_at=timezone.now() - timedelta(minutes=2))
        assert sending.send_due(soon(2)) == 1
        first, second = mail.outbox
        assert "撤下的" in first.body
        for part in (second.body, second.alternatives[0][0]):
            assert "留下的" in part
            assert "撤下的" not in part

    def test_of_an_issue_that_was_withdrawn_whole_nothing_is_sent(self, cast):
        readers(2)
        piece = factories.approved(cast)
        todays(cast, piece)
        workflow.withdraw(piece, by=cast.chief, reason="失实。")
        assert sending.send_due(soon(1)) == 0
        assert states() == ["dropped", "dropped"]
        assert Mailing.objects.get().is_over

    def test_what_is_old_by_its_date_or_its_hour_is_no_news(self, cast):
        readers(1)
        factories.live_issue(cast, day=timezone.localdate() - timedelta(days=5))
        assert sending.send_due(soon(1)) == 0
        todays(cast)
        assert sending.send_due(soon(49 * 60)) == 0
        assert not Mailing.objects.exists()

    def test_letters_that_were_left_lying_for_two_days_are_not_sent(self, cast):
        readers(2)
        todays(cast)
        sending.begin_due(soon(1))
        assert sending.send_due(soon(49 * 60)) == 0
        assert states() == ["dropped", "dropped"]
        assert mail.outbox == []

    def test_switched_off_nothing_is_sent(self, cast, paper):
        readers(1)
        todays(cast)
        paper.newsletter = False
        paper.save()
        assert sending.send_due(soon(1)) == 0
        assert not Mailing.objects.exists()

    def test_who_confirms_later_waits_for_the_next_issue(self, cast):
        readers(1)
        todays(cast)
        sending.begin_due(soon(1))
        Subscriber.objects.create(
            address="late@example.cn", key="k" * 43, confirmed_at=timezone.now()
        )
        assert sending.send_due(soon(2)) == 1

    def test_who_leaves_before_their_turn_gets_none(self, cast):
        stays, leaves = readers(2)
        todays(cast)
        sending.begin_due(soon(1))
        subscribing.leave(leaves.key)
        assert sending.send_due(soon(2)) == 1
        assert recipients() == [stays.address]


class TestServers:
    """Mail servers that are away, busy, slow or unwilling."""

    def test_no_more_than_a_minute_allows(self, cast, paper):
        readers(5)
        todays(cast)
        paper.newsletter_per_minute = 2
        paper.save()
        assert sending.send_due() == 2
        assert sending.send_due() == 0
        Delivery.objects.filter(state="sent").update(
            claimed_at=timezone.now() - timedelta(seconds=61)
        )
        assert sending.send_due() == 2

    def test_a_server_that_is_away_costs_no_letter(self, cast, server):
        readers(2)
        todays(cast)
        server.stop()
        assert sending.send_due(soon(1)) == 0
        assert states() == ["waiting", "waiting"]
        assert "ConnectionRefusedError" in Mailing.objects.get().last_error
        assert sending.send_due(soon(1)) == 0
        assert Mailing.objects.get().tries == 1
        server.start()
        assert sending.send_due(soon(3)) == 2
        assert Mailing.objects.get().last_error == ""

    def test_a_busy_mailbox_is_tried_again_and_given_up_in_the_end(self, cast, server):
        readers(2)
        todays(cast)
        server.is_busy_for = "reader1@example.cn"
        assert sending.send_due(soon(1)) == 1
        assert states() == ["waiting", "sent"]
        assert sending.send_due(soon(1)) == 0
        for hours in range(1, 6):
            sending.send_due(soon(hours * 181))
        assert states() == ["refused", "sent"]
        assert not Subscriber.objects.paused().exists()

    def test_a_mailbox_that_is_not_there_is_written_to_no_more(self, cast, server):
        gone, _other = readers(2)
        todays(cast)
        server.refuses = gone.address
        assert sending.send_due(soon(1)) == 1
        gone.refresh_from_db()
        assert gone.paused_at
        assert "550" in gone.paused_because
        server.refuses = ""
        todays(cast, sequence=2)
        assert sending.send_due(soon(3)) == 1
        assert server.received[-1].to == ["reader2@example.cn"]

    def test_refused_one_after_another_it_pauses_itself_and_blames_nobody(self, cast, server):
        readers(sending.BRAKE + 3)
        todays(cast)
        server.says_of_letters = "554 5.7.1 looks like junk"
        assert sending.send_due(soon(1)) == 0
        mailing = Mailing.objects.get()
        assert mailing.paused_at
        assert "looks like junk" in mailing.last_error
        assert states().count("refused") == sending.BRAKE
        assert not Subscriber.objects.paused().exists()
        server.says_of_letters = ""
        assert sending.send_due(soon(2)) == 0
        sending.resume(mailing, by=cast.chief)
        assert sending.send_due(soon(3)) == sending.BRAKE + 3
        assert len(server.received) == sending.BRAKE + 3

    def test_what_a_server_says_of_an_address_outlives_nobody(self, cast, server):
        reader, _other = readers(2)
        todays(cast)
        server.refuses = reader.address
        sending.send_due(soon(1))
        assert subscribing.leave(reader.key)
        kept = Delivery.objects.order_by("pk").first()
        assert (kept.subscriber, kept.error) == (None, "")
        assert Mailing.objects.get().refused == 1


class TestDesk:
    """What the newsroom does with a mailing."""

    def test_planners_pause_and_go_on(self, cast):
        readers(2)
        todays(cast)
        sending.begin_due(soon(1))
        mailing = Mailing.objects.get()
        with pytest.raises(RefusalError):
            sending.pause(mailing, by=cast.editor)
        sending.pause(mailing, by=cast.issue_editor)
        assert sending.send_due(soon(1)) == 0
        with pytest.raises(RefusalError):
            sending.pause(mailing, by=cast.issue_editor)
        sending.resume(mailing, by=cast.chief)
        assert sending.send_due(soon(2)) == 2
        with pytest.raises(RefusalError):
            sending.resume(mailing, by=cast.chief)

    def test_a_test_letter_goes_to_whoever_asked_and_counts_for_nobody(self, cast):
        cast.chief.email = "chief@example.cn"
        cast.chief.save(update_fields=["email"])
        todays(cast)
        assert sending.send_test(cast.chief)
        assert recipients() == ["chief@example.cn"]
        assert not Delivery.objects.exists()
        with pytest.raises(RefusalError):
            sending.ask_for_test(by=cast.editor)

    def test_who_got_what_is_forgotten_after_a_month_and_the_figures_stay(self, cast):
        readers(2)
        todays(cast)
        sending.send_due(soon(1))
        assert sending.clear_old(soon(29 * 24 * 60)) == 0
        assert sending.clear_old(soon(31 * 24 * 60)) == 2
        assert Mailing.objects.for_desk().get().figures["sent"] == 2
        assert sending.send_due(soon(1)) == 0
