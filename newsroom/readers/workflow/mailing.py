"""The newsletter goes out: to each reader once for each issue, or, in doubt, not a second time.

A letter is claimed, in a transaction of its own, before the mail server gets it. If the process
dies or the line breaks before the answer is written down, nobody can know whether the letter
arrived. Then it counts as unclear and is not sent again: a reader who misses one finds the
issue on the site, one who gets two thinks that we do not know what we do (ADR on the newsletter).
"""

from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused, SMTPSenderRefused

from django.conf import settings
from django.core.mail import get_connection
from django.db import transaction
from django.db.models import Count

from issues.models import Issue
from newsroom.people import clock
from newsroom.people.models import SiteSettings, User
from newsroom.people.queueing import later
from newsroom.people.verdicts import demand
from newsroom.readers.letters import Composer
from newsroom.readers.models import LATEST, Delivery, Mailing, Subscriber
from newsroom.readers.permissions.newsletter import may_mail, may_pause, may_resume

State = Delivery.State
WAITS = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180)]
MOST_TRIES = 6
# So many refusals one after the other are about us, not about mailboxes.
BRAKE = 10
CLOSING = 421  # the server says that it hangs up
A_MINUTE = timedelta(minutes=1)
LONGEST_ERROR = 200


def send_due(now: datetime | None = None) -> int:
    """Write to readers of what is live by an instant, as many as a minute allows; return how many.

    Nothing where the newsletter is switched off, or where no mail server is set up.
    """
    now = now or clock.now()
    paper = SiteSettings.current()
    if not (paper.newsletter and settings.SENDS_MAIL):
        return 0
    begin_due(now)
    sent = 0
    for mailing in Mailing.objects.to_go_on(now):
        lately = Delivery.objects.claimed_since(now - A_MINUTE).count()
        sent += _send_some(mailing, paper, max(0, paper.newsletter_per_minute - lately), now)
    finish(now)
    return sent


def begin_due(now: datetime) -> None:
    """Make a mailing for each issue that is news and has none."""
    for issue in Mailing.objects.issues_to_tell_of(now):
        begin(issue, now)


@transaction.atomic
def begin(issue: Issue, now: datetime) -> None:
    """Write down who gets a letter about an issue: those who have confirmed by now. Once only."""
    fresh = Mailing(issue=issue, begun_at=now, next_try_at=now)
    # Who else begins at this moment waits here, and finds that it has been done.
    Mailing.objects.bulk_create([fresh], ignore_conflicts=True)
    mailing = Mailing.objects.select_for_update(no_key=True).get(issue=issue)
    if mailing.begun_at != now or mailing.deliveries.exists():
        return
    readers = Subscriber.objects.getting_letters().order_by("pk").values_list("pk", flat=True)
    letters = [Delivery(mailing=mailing, subscriber_id=reader, due_at=now) for reader in readers]
    Delivery.objects.bulk_create(letters, batch_size=2000)
    mailing.recipients = len(letters)
    mailing.save(update_fields=["recipients"])


def _send_some(mailing: Mailing, paper: SiteSettings, most: int, now: datetime) -> int:
    if mailing.is_late(now):
        return 0
    due = list(mailing.deliveries.due(now).order_by("pk").values_list("pk", flat=True)[:most])
    if not due:
        return 0
    server = get_connection()
    try:
        server.open()
    except (SMTPException, OSError) as error:
        _note_absence(mailing, error, now)
        return 0
    try:
        return _send_over(server, mailing, due, Composer(mailing.issue, paper), now)
    finally:
        _hang_up(server)


def _send_over(server, mailing: Mailing, due: list[int], composer: Composer, now) -> int:
    sent = 0
    for pk in due:
        message = _claim(pk, composer, now)
        if message is None:
            continue
        try:
            server.send_messages([message])
        except (SMTPException, OSError) as error:
            if not _settle_refusal(mailing, pk, error):
                break
        else:
            _settle(pk, State.SENT)
            sent += 1
    if sent:
        Mailing.objects.filter(pk=mailing.pk).update(tries=0, last_error="")
    return sent


@transaction.atomic
def _claim(pk: int, composer: Composer, now: datetime):
    """Take a letter and compose it of what is live now; None where it is not to be sent."""
    found = (
        Delivery.objects.due(now)
        .select_for_update(no_key=True, skip_locked=True, of=("self",))
        .select_related("subscriber")
        .filter(pk=pk, mailing__paused_at=None)
        .first()
    )
    if found is None:
        return None
    message = composer.letter_to(found)
    if message is None:
        found.state, found.settled_at = State.DROPPED, clock.now()
        found.save(update_fields=["state", "settled_at"])
        return None
    found.state, found.claimed_at = State.CLAIMED, clock.now()
    found.attempts += 1
    found.save(update_fields=["state", "claimed_at", "attempts"])
    return message


def _settle(pk: int, state: State, **more) -> None:
    # A letter that was taken for lost meanwhile was sent after all.
    claimed = Delivery.objects.filter(pk=pk, state__in=(State.CLAIMED, State.UNCLEAR))
    claimed.update(state=state, settled_at=clock.now(), **more)


def _settle_refusal(mailing: Mailing, pk: int, error: Exception) -> bool:
    """Write down what became of a letter that was not taken; say whether to go on."""
    code, words = _answer(error)
    address = Delivery.objects.values_list("subscriber__address", flat=True).get(pk=pk)
    words = _without(words, address)
    if code is None:
        # The line broke, perhaps after the letter had gone over it.
        _settle(pk, State.UNCLEAR, error=words)
        return False
    if code < 500:
        _try_later(pk, words)
        return code != CLOSING
    bounced = isinstance(error, SMTPRecipientsRefused) and "5.7." not in words
    _settle(pk, State.REFUSED, error=words, bounced=bounced)
    return not _brake(mailing, words)


def _try_later(pk: int, words: str) -> None:
    delivery = Delivery.objects.get(pk=pk)
    if delivery.attempts >= MOST_TRIES:
        _settle(pk, State.REFUSED, error=words)
        return
    due_at = clock.now() + WAITS[min(delivery.attempts, len(WAITS)) - 1]
    Delivery.objects.filter(pk=pk, state=State.CLAIMED).update(
        state=State.WAITING, due_at=due_at, error=words
    )


def _brake(mailing: Mailing, words: str) -> bool:
    """Pause a mailing of which letter after letter is refused: that is not about mailboxes."""
    settled = mailing.deliveries.filter(state__in=(State.SENT, State.REFUSED))
    last = list(settled.order_by("-settled_at").values_list("state", flat=True)[:BRAKE])
    if len(last) < BRAKE or set(last) != {State.REFUSED}:
        return False
    Mailing.objects.filter(pk=mailing.pk, paused_at=None).update(
        paused_at=clock.now(), last_error=words
    )
    return True


def _answer(error: Exception) -> tuple[int | None, str]:
    """Return the code of a mail server's answer and its words; no code where there was none."""
    if isinstance(error, SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
    elif isinstance(error, SMTPDataError | SMTPSenderRefused):
        code, said = error.smtp_code, error.smtp_error
    else:
        return None, _in_a_line(f"{type(error).__name__}: {error}")
    said = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return code, _in_a_line(f"{code} {said}")


def _in_a_line(text: str) -> str:
    return " ".join(text.split())[:LONGEST_ERROR]


def _without(words: str, address: str | None) -> str:
    """Return words without an address: what is kept of a letter must not outlive its reader."""
    return words.replace(address, "…") if address else words


def _note_absence(mailing: Mailing, error: Exception, now: datetime) -> None:
    """Have a mailing wait: the mail server itself cannot be reached. No letter was begun."""
    wait = WAITS[min(mailing.tries, 2)]
    Mailing.objects.filter(pk=mailing.pk).update(
        tries=mailing.tries + 1,
        next_try_at=now + wait,
        last_error=_in_a_line(f"{type(error).__name__}: {error}"),
    )


def _hang_up(server) -> None:
    try:
        server.close()
    except (SMTPException, OSError):
        return


def finish(now: datetime) -> None:
    """End mailings of which nothing is left to send, or whose issue is no news any more."""
    Delivery.objects.lost(now).update(state=State.UNCLEAR, settled_at=now)
    for mailing in Mailing.objects.under_way():
        _finish(mailing.pk, now)


@transaction.atomic
def _finish(pk: int, now: datetime) -> None:
    mailing = Mailing.objects.select_for_update(no_key=True, of=("self",)).get(pk=pk)
    if mailing.is_over:
        return
    if mailing.is_late(now):
        mailing.deliveries.waiting().update(state=State.DROPPED, settled_at=now)
    # Of paused and erased readers nothing is left to wait for.
    gone = mailing.deliveries.waiting().exclude(pk__in=mailing.deliveries.due(now + LATEST))
    gone.update(state=State.DROPPED, settled_at=now)
    if mailing.deliveries.open().exists():
        return
    counted = mailing.deliveries.order_by().values_list("state").annotate(Count("pk"))
    for state, count in counted:
        setattr(mailing, state, count)
    mailing.ended_at, mailing.paused_at, mailing.paused_by = now, None, None
    mailing.save()
    _pause_bounced(mailing, now)


def _pause_bounced(mailing: Mailing, now: datetime) -> None:
    """Write no more to mailboxes that do not exist."""
    for delivery in mailing.deliveries.filter(bounced=True, subscriber__isnull=False):
        Subscriber.objects.getting_letters().filter(pk=delivery.subscriber_id).update(
            paused_at=now, paused_because=delivery.error
        )


# What the newsroom does


def pause(mailing: Mailing, *, by: User) -> None:
    """Send nothing more of a mailing for now. Raises RefusalError."""
    with transaction.atomic():
        row = _locked(mailing)
        demand(may_pause(by, row))
        row.paused_at, row.paused_by = clock.now(), by
        row.save(update_fields=["paused_at", "paused_by"])


def resume(mailing: Mailing, *, by: User) -> None:
    """Go on with a mailing. Where it paused itself, who was refused is tried again.

    A refused letter was not taken, so nobody gets it twice. Raises RefusalError.
    """
    with transaction.atomic():
        row = _locked(mailing)
        demand(may_resume(by, row))
        now = clock.now()
        if row.paused_by is None:
            refused = row.deliveries.filter(state=State.REFUSED, subscriber__isnull=False)
            refused.update(
                state=State.WAITING, due_at=now, settled_at=None, attempts=0, bounced=False
            )
        row.paused_at = row.paused_by = None
        row.next_try_at, row.tries, row.last_error = now, 0, ""
        row.save()


def _locked(mailing: Mailing) -> Mailing:
    rows = Mailing.objects.select_for_update(no_key=True, of=("self",)).select_related(
        "issue__release", "paused_by"
    )
    return rows.get(pk=mailing.pk)


def ask_for_test(*, by: User) -> None:
    """Have the letter about the latest live issue sent to oneself. Raises RefusalError."""
    demand(may_mail(by))
    later("send_test_letter", person=by.pk)


def send_test(person: User) -> bool:
    """Send somebody the letter about the latest live issue; say whether there was one to send."""
    issue = Issue.objects.live().select_related("release").newest_first().first()
    if issue is None or not person.email or not may_mail(person):
        return False
    message = Composer(issue, SiteSettings.current()).test_to(person.email)
    return bool(message and message.send())


def clear_old(now: datetime | None = None) -> int:
    """Forget who got which letter once that is a month ago; the figures stay. Return how many."""
    before = (now or clock.now()) - timedelta(days=30)
    return Delivery.objects.filter(mailing__ended_at__lt=before).delete()[0]
