"""Keep guessers out: count failed passwords and lock, without locking anybody's colleagues out.

Three counts, each in one statement, so that many processes count as one (ADR 0012): an account
from one address, an account from everywhere, an address whatever the account. The last one stops
only accounts that have never been used from there: an office behind one address keeps working.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import connection
from django.utils import timezone

from newsroom.people.access import AccountEvent, Barrier
from newsroom.people.models import User
from newsroom.people.permissions import may_unlock
from newsroom.people.verdicts import demand

SHORTEST_MEMORY = timedelta(days=1)


@dataclass(frozen=True)
class Rule:
    """So many failures within a time lock for another time."""

    most: int
    within: timedelta
    lock: timedelta


HERE = Rule(5, timedelta(minutes=15), timedelta(minutes=15))
EVERYWHERE = Rule(20, timedelta(hours=1), timedelta(minutes=30))
FROM_ONE_ADDRESS = Rule(100, timedelta(minutes=10), timedelta(minutes=10))

COUNT = """
    INSERT INTO people_barrier AS barrier (account, address, failures, began_at)
    VALUES (%(account)s, %(address)s, 1, %(now)s)
    ON CONFLICT (account, address) DO UPDATE SET
        (failures, began_at, locked_until) = (
            SELECT CASE WHEN over THEN 1 ELSE barrier.failures + 1 END,
                   CASE WHEN over THEN %(now)s ELSE barrier.began_at END,
                   CASE WHEN over THEN NULL ELSE barrier.locked_until END
            FROM (SELECT barrier.began_at < %(since)s
                  OR coalesce(barrier.locked_until < %(now)s, false)) AS past (over)
        )
    RETURNING failures
"""


@dataclass
class Attempt:
    """One try at a password: counted before it is checked, taken back when it was right."""

    account: str
    address: str
    person: User | None
    locked_until: datetime | None = None
    left: int = 0

    def places(self) -> list[tuple[str, str, Rule]]:
        """Return where this attempt counts."""
        return [
            (self.account, self.address, HERE),
            (self.account, "", EVERYWHERE),
            ("", self.address, FROM_ONE_ADDRESS),
        ]

    def succeeded(self) -> None:
        """Take the count back: the password was right."""
        with connection.cursor() as cursor:
            for account, address, _rule in self.places()[1:]:
                cursor.execute(
                    "UPDATE people_barrier SET failures = greatest(failures - 1, 0)"
                    " WHERE account = %s AND address = %s",
                    [account, address],
                )
        Barrier.objects.filter(account=self.account, address=self.address).delete()

    def failed(self) -> bool:
        """Lock what has failed too often; return whether this attempt was the last one."""
        now = timezone.now()
        locked = [
            now + rule.lock
            for account, address, rule in self.places()
            if Barrier.objects.filter(
                account=account, address=address, failures__gte=rule.most, locked_until=None
            ).update(locked_until=now + rule.lock)
            and account
        ]
        self.locked_until = max(locked, default=None)
        Barrier.objects.filter(began_at__lt=now - SHORTEST_MEMORY).delete()
        return bool(locked)


def account_key(typed: str, person: User | None) -> str:
    """Return under what an account is counted. A name nobody has is counted just the same."""
    if person is not None:
        return f"u:{person.pk}"
    # Somebody may have typed a password into the wrong field: it is not kept.
    name = typed.strip().casefold().encode()
    return f"n:{hmac.new(settings.SECRET_KEY.encode(), name, sha256).hexdigest()}"


def knock(typed: str, *, address: str) -> Attempt:
    """Count an attempt to log in as ``typed``. When it is locked, the password is not looked at."""
    person = User.objects.called(typed)
    attempt = Attempt(account_key(typed, person), address, person)
    now = timezone.now()
    standing = Barrier.objects.standing(now)
    if lock := (
        standing.filter(account=attempt.account, address__in=["", address])
        .order_by("-locked_until")
        .first()
    ):
        attempt.locked_until = lock.locked_until
        return attempt
    stranger = not (person and AccountEvent.objects.from_address(person, address).exists())
    if stranger and (lock := standing.filter(account="", address=address).first()):
        attempt.locked_until = lock.locked_until
        return attempt
    _count(attempt, now, stranger)
    return attempt


def _count(attempt: Attempt, now: datetime, stranger: bool) -> None:
    left = []
    with connection.cursor() as cursor:
        for account, address, rule in attempt.places():
            cursor.execute(
                COUNT,
                {"account": account, "address": address, "now": now, "since": now - rule.within},
            )
            counted = cursor.fetchone()[0]
            if account or stranger:
                left.append((rule.most - counted, rule))
    attempt.left = max(min(number for number, _rule in left), 0)
    # Many at once: each is counted before any is checked, so no more are checked than allowed.
    over = [rule.lock for number, rule in left if number < 0]
    if over:
        attempt.failed()
        attempt.locked_until = attempt.locked_until or now + max(over)


def is_barred(account: str, address: str) -> bool:
    """Say whether what is counted under a name and an address is locked now; nobody's password."""
    return Barrier.objects.standing().filter(account=account, address=address).exists()


def count_guess(account: str, address: str, rule: Rule) -> None:
    """Count a wrong guess at something else than a password, and lock after too many."""
    now = timezone.now()
    counted = {"account": account, "address": address, "now": now, "since": now - rule.within}
    with connection.cursor() as cursor:
        cursor.execute(COUNT, counted)
        if cursor.fetchone()[0] < rule.most:
            return
    guesses = Barrier.objects.filter(account=account, address=address, locked_until=None)
    guesses.update(locked_until=now + rule.lock)


def locked_until(person: User) -> datetime | None:
    """Return until when somebody's account is locked, from one address or from all."""
    lock = (
        Barrier.objects.standing().of_accounts(f"u:{person.pk}").order_by("-locked_until").first()
    )
    return lock and lock.locked_until


def open_again(person: User) -> None:
    """Forget what failed: the person has shown, by e-mail, who they are."""
    Barrier.objects.of_accounts(f"u:{person.pk}").delete()


def unlock(person: User, *, by: User) -> None:
    """Let somebody try again at once. Raises RefusalError."""
    demand(may_unlock(by, person))
    open_again(person)
    AccountEvent.objects.create(kind=AccountEvent.Kind.UNLOCKED, person=person, by=by)
