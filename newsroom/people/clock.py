"""The database's clock. It decides, whatever the clock of the machine that asks may say."""

import time
from datetime import datetime, timedelta

from django.db import connection

# Seconds for which one reading is counted on; a machine's own seconds are as long as any other's.
KEPT = 60.0

# An answer that took no longer is good enough, seconds; else the quickest of so many is taken.
SHARP = 0.002
TRIES = 5

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
    """Read the clock now: in one statement, or in a few where the machine is too busy to answer.

    What is read is off by up to half the time its answer took, and is counted on for a minute.
    """
    global _reading
    answers = []
    with connection.cursor() as cursor:  # making a connection takes its time: not counted
        while len(answers) < TRIES and not (answers and min(answers)[0] <= SHARP):
            answers.append(_answer(cursor))
    _, instant, since = min(answers)
    _reading = (instant, since)
    return _reading


def _answer(cursor) -> tuple[float, datetime, float]:
    """Return how long an answer took, what it said, and the middle of asking and being told."""
    asked = time.monotonic()
    cursor.execute("SELECT clock_timestamp()")
    (instant,) = cursor.fetchone()
    told = time.monotonic()
    return told - asked, instant, (asked + told) / 2
