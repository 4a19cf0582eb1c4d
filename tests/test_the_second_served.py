"""On the second, for real: gunicorn's processes, hammered by another process across the hour.

Before the hour nothing, from it on everything: in each answer, at each door, on each server. What
decides is the database's clock alone, so servers whose own clocks are an hour off, or that believe
to be in another time zone, stand among them, and no worker runs.
"""

from contextlib import ExitStack
from datetime import UTC, datetime

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateWorker

from tests import factories, instants
from tests.served import fleet

pytestmark = pytest.mark.django_db(transaction=True)


def machine(settings, **odd) -> dict:
    """Return the environment of a server of the test's database."""
    return {
        "SERVED_DATABASE": connection.settings_dict["NAME"],
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "DATABASE_POOL": "true",
        "DATABASE_POOL_SIZE": "6",
        **odd,
    }


FAST = {"CLOCK_OFF": "3600", "TIME_ZONE": "America/Los_Angeles", "TZ": "America/Los_Angeles"}
SLOW = {"CLOCK_OFF": "-3600", "TIME_ZONE": "Pacific/Kiritimati", "TZ": "Pacific/Kiritimati"}


def seen_around_the_hour(
    settings, *odd: dict, lead: float, after: float, workers: int = 1, fronted=None
) -> instants.Judgement:
    """Hammer servers across an hour; ``fronted`` puts something before them."""
    cast = factories.Cast()
    made = instants.edition(cast)
    with ExitStack() as stack:
        machines = [machine(settings, **each) for each in odd]
        servers = stack.enter_context(fleet(*machines, workers=workers))
        instants.wait_until_answering(servers)
        assert not ProcrastinateWorker.objects.exists()
        turn = instants.round_trip(made, servers)  # a busy machine needs longer to see anything
        if fronted:  # with nothing kept yet: a page of before the scheduling is good for a minute
            running, named = fronted(servers)
            servers = named(stack.enter_context(running))
        hour = made.schedule(seconds=lead + 3 * turn, by=cast.chief)
        hammer = instants.hammered(made, servers, hour, after=after + 3 * turn)
        return instants.judge(hammer.answer(), made, hour)


def demand_sharp(judged: instants.Judgement, *, doors: int = 30) -> None:
    """Nothing wrong, and enough seen on both sides of the hour for that to mean something."""
    assert judged.faults[:10] == []
    assert judged.unanswered == 0
    assert len({door for door, sees in judged.doors if sees}) == doors
    assert len({door for door, sees in judged.doors if sees is False}) == doors


def test_before_the_hour_nothing_and_from_it_on_everything(settings):
    """The short form, with two machines of which neither knows the hour."""
    judged = seen_around_the_hour(settings, FAST, SLOW, lead=1.0, after=0.5)
    demand_sharp(judged)


def faults_of(*notes) -> list[str]:
    """Return the faults in some notes of (door, began, ended, status, marks), seconds from six."""
    made = instants.Edition(None, {}, [], {"front": {0, 1}, "photo": set()})
    hour = datetime(2023, 12, 8, 6, tzinfo=UTC)
    at = hour.timestamp()
    told = [[door, "a", at + began, at + ended, *what] for door, began, ended, *what in notes]
    faults = instants.judge({"error": 0.001, "notes": told}, made, hour).faults
    return [fault.partition(": ")[2] for fault in faults]


def test_a_mixture_would_be_seen():
    """The judge itself: each fault it is there for, made by hand."""
    before, after = ("front", -1, -0.9, 200, []), ("front", 0.1, 0.2, 200, [0, 1])
    assert faults_of(before, after) == []
    assert faults_of(("front", -0.1, 0.1, 200, [0])) == ["neither nothing nor everything"]
    assert faults_of(("front", -0.1, 0.1, 404, [0, 1])) == ["neither nothing nor everything"]
    assert faults_of(("front", -0.2, -0.1, 200, [0, 1])) == ["shown 0.1000 s early"]
    assert faults_of(("photo", 0.1, 0.2, 404, [])) == ["hidden 0.1000 s late"]
    shown_first = ("front", -0.002, 0.0, 200, [0, 1])
    assert faults_of(shown_first, ("photo", 0.0005, 0.1, 404, [])) == [
        "hidden after something was shown"
    ]
