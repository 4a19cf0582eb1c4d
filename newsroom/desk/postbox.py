"""Letters go out: what is due, over one connection, and never twice.

A mail server that is away costs one try for all letters together; they stay due and are tried
again, ever more seldom, until it is back. A letter that the server refuses is given up after some
tries and shown to the administrators, who can have it tried again.
"""

from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused, SMTPSenderRefused

from django.core.mail import get_connection
from django.db import transaction

from newsroom.desk.letters import compose
from newsroom.desk.models import Letter, ReceivedLetter
from newsroom.people import clock

WAITS = [timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 20, 30, 60)]
REFUSALS = (SMTPRecipientsRefused, SMTPSenderRefused, SMTPDataError)
MOST_REFUSALS = 4
LONGEST_ERROR = 300
KEPT = timedelta(days=90)  # of letters that need nothing more; notices stay in the desk


def send_due(now: datetime | None = None) -> int:
    """Send the letters that are due at an instant; return how many went out."""
    now = now or clock.now()
    due = list(Letter.objects.due(now).values_list("pk", flat=True))
    if not due:
        return 0
    server = get_connection()
    try:
        server.open()
    except (SMTPException, OSError) as error:
        _note_absence(due, error, now)
        return 0
    try:
        return _send_over(server, due, now)
    finally:
        _hang_up(server)


def _send_over(server, due: list[int], now: datetime) -> int:
    sent = 0
    for pk in due:
        try:
            sent += _send(server, pk, now)
        except (SMTPException, OSError) as error:
            # The connection is gone, and with it the order of talk: the next try opens another.
            with transaction.atomic():
                letter = Letter.objects.select_for_update(no_key=True).get(pk=pk)
                _postpone(letter, error, now)
            break
    return sent


@transaction.atomic
def _send(server, pk: int, now: datetime) -> bool:
    # Who else sends at this moment has it locked, or has sent it.
    letter = Letter.objects.due(now).select_for_update(no_key=True, skip_locked=True, of=("self",))
    letter = letter.select_related("recipient").filter(pk=pk).first()
    if letter is None:
        return False
    message = compose(letter)
    if message is None:
        letter.state = Letter.State.NEEDLESS
        letter.save(update_fields=["state"])
        return False
    try:
        server.send_messages([message])
    except REFUSALS as error:
        _postpone(letter, error, now, refused=True)
        return False
    letter.state, letter.sent_at, letter.last_error = Letter.State.SENT, clock.now(), ""
    letter.attempts += 1
    letter.save(update_fields=["state", "sent_at", "last_error", "attempts"])
    return True


def _postpone(letter: Letter, error: Exception, now: datetime, refused: bool = False) -> None:
    letter.attempts += 1
    letter.last_error = said(error)
    letter.due_at = now + WAITS[min(letter.attempts, len(WAITS)) - 1]
    if refused and letter.attempts >= MOST_REFUSALS:
        letter.state = Letter.State.FAILED
    letter.save(update_fields=["attempts", "last_error", "due_at", "state"])


def _note_absence(due: list[int], error: Exception, now: datetime) -> None:
    """Postpone every due letter: the server itself cannot be reached."""
    with transaction.atomic():
        for letter in (
            Letter.objects.due(now)
            .select_for_update(no_key=True, skip_locked=True)
            .filter(pk__in=due)
        ):
            _postpone(letter, error, now)


def _hang_up(server) -> None:
    try:
        server.close()
    except (SMTPException, OSError):
        return


def said(error: Exception) -> str:
    """Return an error in one line that fits a column."""
    words = " ".join(str(error).split()) or type(error).__name__
    return f"{type(error).__name__}: {words}"[:LONGEST_ERROR]


@transaction.atomic
def try_again(letter: Letter) -> None:
    """Have a letter that waits or was given up tried at once."""
    locked = Letter.objects.select_for_update(no_key=True).get(pk=letter.pk)
    if locked.state in (Letter.State.WAITING, Letter.State.FAILED):
        locked.state, locked.due_at, locked.attempts = Letter.State.WAITING, clock.now(), 0
        locked.save(update_fields=["state", "due_at", "attempts"])


def clear_old(now: datetime | None = None) -> int:
    """Delete letters that were settled long ago, the mailbox's among them; return how many."""
    before = (now or clock.now()) - KEPT
    settled = Letter.objects.settled().filter(made_at__lt=before)
    received = ReceivedLetter.objects.filter(received_at__lt=before)
    return settled.delete()[0] + received.delete()[0]
