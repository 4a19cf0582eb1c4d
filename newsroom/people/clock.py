"""The database's clock. It decides, whatever the clock of the machine that asks may say."""

import time
from datetime import datetime, timedelta

from django.db import connection

# Seconds for which one reading is counted on; a machine's own seconds are as long as any other's.
KEPT = 60.0

_reading: tuple[datetime, float] | None = None


def now() -> datetime:
    """Return the instant it is by the database's clock, aware.

    Read once a minute and counted on in between by a clock that nobody sets, so that a rule may
    ask it as often as it likes. What it says is off by the time an answer takes, milliseconds;
    the guards in the database ask their own.
    """
    kept = _reading
    if kept is None or time.monotonic() - kept[1] > KEPT:
        kept = read()
    instant, since = kept
    return instant + timedelta(seconds=time.monotonic() - since)


def read() -> tuple[datetime, float]:
    """Read the clock now, in one statement."""
    global _reading
    with connection.cursor() as cursor:
        asked = time.monotonic()  # not before there is a connection: making one takes its time
        cursor.execute("SELECT clock_timestamp()")
        (instant,) = cursor.fetchone()
    answered = time.monotonic()
    _reading = (instant, (asked + answered) / 2)
    return _reading
