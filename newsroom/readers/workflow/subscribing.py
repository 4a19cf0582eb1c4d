"""Verbs of readers about the newsletter: ask for it, confirm, decline, leave.

What is done in answer to a request is the same for every address, known or not: a job is queued.
Only the letter, which only the owner of the mailbox reads, says more.
"""

import secrets
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused

from django.db import transaction
from django.utils.crypto import salted_hmac

from newsroom.people import clock
from newsroom.people.ciphers import locked, opened
from newsroom.people.models import SiteSettings, User
from newsroom.people.queueing import later
from newsroom.people.verdicts import demand
from newsroom.readers import letters, tickets
from newsroom.readers.limits import Limit, is_within
from newsroom.readers.models import Delivery, Subscriber, Trace
from newsroom.readers.permissions.newsletter import may_mail

# Letters to one mailbox that somebody may have us send without its owner's leave.
LETTERS_TO_ONE = Limit("letters to one", an_hour=3, a_day=3)
LETTERS_TO_ALL = Limit("letters to all", an_hour=300, a_day=2000)
REFUSALS = (SMTPRecipientsRefused, SMTPSenderRefused, SMTPDataError)


def ask_for(address: str) -> None:
    """Have a letter sent to an address, unless it has had several today; say nothing of which."""
    address = address.strip()
    if is_within(LETTERS_TO_ONE, address.casefold()) and is_within(LETTERS_TO_ALL, ""):
        later("answer_sign_up", sealed=locked(address))


def answer_sign_up(sealed: str) -> bool:
    """Write to an address that somebody has entered; say whether a letter went out.

    Raises what a mail server says that may say otherwise later; a refusal ends it.
    """
    address, paper = opened(sealed), SiteSettings.current()
    if not paper.newsletter or Trace.objects.declined().of(fingerprint(address)).exists():
        return False
    known = Subscriber.objects.at(address).getting_letters().first()
    letter = (
        letters.known_already(known.address, known.key, paper)
        if known
        else letters.confirmation(address, tickets.issue(address), paper)
    )
    try:
        letter.send()
    except REFUSALS:
        return False
    return True


def readable(ticket: str) -> tickets.Ticket | None:
    """Return a ticket that is good now: ours, not run out, and not of before its owner left."""
    found = tickets.read(ticket)
    if found is None or not found.is_good(clock.now()):
        return None
    traces = Trace.objects.of(fingerprint(found.address)).filter(at__gte=found.asked_at)
    return None if traces.exists() else found


@transaction.atomic
def confirm(ticket: str) -> bool:
    """Write somebody down who has come by the link of their letter; say whether it was good.

    Whoever was not written to any more, because their mailbox refused letters, is from now on.
    """
    found = readable(ticket)
    if found is None:
        return False
    now = clock.now()
    Subscriber.objects.bulk_create(
        [Subscriber(address=found.address, key=secrets.token_urlsafe(32), confirmed_at=now)],
        ignore_conflicts=True,
    )
    Subscriber.objects.at(found.address).update(paused_at=None, paused_because="")
    return True


@transaction.atomic
def decline(ticket: str) -> bool:
    """Send no more letters of confirmation to an address; its owner says so by its link."""
    found = readable(ticket)
    if found is None:
        return False
    _leave_trace(found.address, Trace.Kind.DECLINED)
    return True


@transaction.atomic
def leave(key: str) -> bool:
    """Erase the subscriber whose letters carry a key; say whether there was one.

    What they have got stays counted, without them; what they have not got is never sent.
    """
    found = Subscriber.objects.by_key(key).select_for_update(no_key=True).first()
    if found is None:
        return False
    _erase(found)
    return True


@transaction.atomic
def take_off(address: str, *, by: User) -> bool:
    """Erase an address for somebody who has called; say whether it was there.

    Who did it is not kept: that would be a record of the address. Raises RefusalError.
    """
    demand(may_mail(by))
    found = Subscriber.objects.at(address.strip()).select_for_update(no_key=True).first()
    if found is None:
        return False
    _erase(found)
    return True


@transaction.atomic
def let_in_again(address: str, *, by: User) -> bool:
    """Let an address be entered again whose owner had declined letters. Raises RefusalError."""
    demand(may_mail(by))
    return bool(Trace.objects.declined().of(fingerprint(address)).delete()[0])


def _erase(subscriber: Subscriber) -> None:
    _leave_trace(subscriber.address, Trace.Kind.LEFT)
    theirs = Delivery.objects.filter(subscriber=subscriber)
    theirs.waiting().update(state=Delivery.State.DROPPED, settled_at=clock.now())
    theirs.update(error="", subscriber=None)
    subscriber.delete()


def _leave_trace(address: str, kind: Trace.Kind) -> None:
    Trace.objects.update_or_create(
        fingerprint=fingerprint(address), kind=kind, defaults={"at": clock.now()}
    )


def clear_old() -> int:
    """Forget traces of addresses whose time is over; return how many."""
    return Trace.objects.outlived(clock.now()).delete()[0]


def fingerprint(address: str) -> str:
    """Return what stands for an address that is not kept; only our own key makes the same."""
    folded = address.strip().casefold()
    return salted_hmac("newsroom.readers.address", folded, algorithm="sha256").hexdigest()
