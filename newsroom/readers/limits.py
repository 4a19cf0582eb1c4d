"""How often one network may send something: counted without keeping who it was.

A network is counted under a hash whose key is made up anew each day and thrown away with it, so
that nobody, not even with a copy of the database and the key of the site, learns an address
from yesterday's counts.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.utils import timezone

from newsroom.people import clock
from newsroom.readers.models import DayKey, Knock


@dataclass(frozen=True)
class Limit:
    """So many in an hour of the clock and so many in a day; a house or a school is one network."""

    purpose: str
    an_hour: int
    a_day: int


COUNT = """
    INSERT INTO readers_knock AS knock (network, purpose, hour, times)
    VALUES (%(network)s, %(purpose)s, %(hour)s, 1)
    ON CONFLICT (network, purpose, hour) DO UPDATE SET times = knock.times + 1
    RETURNING times, (
        SELECT coalesce(sum(times), 0) FROM readers_knock
        WHERE network = %(network)s AND purpose = %(purpose)s
    ) + 1
"""


def is_within(limit: Limit, address: str) -> bool:
    """Count somebody who sends something from an address; say whether that is not too often."""
    now = timezone.localtime(clock.now())
    counted = {
        "network": _network(now.date(), address),
        "purpose": limit.purpose,
        "hour": now.replace(minute=0, second=0, microsecond=0),
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNT, counted)
        in_this_hour, today = cursor.fetchone()
    return in_this_hour <= limit.an_hour and today <= limit.a_day


def _network(day: date, address: str) -> str:
    kept = DayKey.objects.filter(day=day).first()
    if kept is None:
        forget_other_days(day)
        kept, _new = DayKey.objects.get_or_create(day=day, defaults={"key": secrets.token_hex(32)})
    return hmac.new(bytes.fromhex(kept.key), address.encode(), hashlib.sha256).hexdigest()[:32]


def forget_other_days(day: date | None = None) -> None:
    """Throw the counts and the keys of other days away; today's stay."""
    day = day or timezone.localdate(clock.now())
    DayKey.objects.exclude(day=day).delete()
    Knock.objects.exclude(hour__date=day).delete()
