"""The database's clock decides, whatever the machine that asks takes for the time."""

import time
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from newsroom.people import clock

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
AN_ANSWER = timedelta(seconds=1)
AN_EYEBLINK = timedelta(milliseconds=150)  # less than half a slow answer


def by_the_database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def test_it_says_what_the_database_says_and_when_it_is_is_known():
    before, said, after = by_the_database(), clock.now(), by_the_database()
    assert before - AN_ANSWER < said < after + AN_ANSWER
    assert timezone.is_aware(said)


@pytest.mark.parametrize("wrong", [HOUR, -HOUR], ids=["fast", "slow"])
def test_a_machine_whose_own_clock_is_wrong_does_not_mislead_it(wrong):
    with time_machine.travel(timezone.now() + wrong):
        clock.read()
        assert abs(clock.now() - by_the_database()) < AN_ANSWER
        assert abs(timezone.now() - by_the_database()) > HOUR / 2


def test_an_answer_that_was_slow_is_asked_for_again():
    slow = iter([0.4, 0.4])  # seconds; the answers after these are quick

    def dawdle(execute, *statement):
        answer = execute(*statement)
        time.sleep(next(slow, 0))
        return answer

    with connection.execute_wrapper(dawdle):
        clock.read()
    before, said, after = by_the_database(), clock.now(), by_the_database()
    assert before - AN_EYEBLINK < said < after + AN_EYEBLINK


def test_where_every_answer_is_slow_it_is_not_asked_for_ever():
    with (
        connection.execute_wrapper(
            lambda execute, *statement: time.sleep(0.01) or execute(*statement)
        ),
        CaptureQueriesContext(connection) as asked,
    ):
        clock.read()
    assert len(asked) == clock.TRIES


def test_it_asks_once_and_counts_on():
    clock.read()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        first, second = clock.now(), clock.now()
    assert len(asked) == 0
    assert first <= second


def test_an_old_reading_is_renewed(monkeypatch):
    instant, since = clock.read()
    monkeypatch.setattr(clock, "_reading", (instant - HOUR, since - clock.KEPT - 1))
    assert abs(clock.now() - by_the_database()) < AN_ANSWER
