"""Every public door asks with one instant, the database's, and every one of them is hammered."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from articles.models import Release
from newsroom.people import clock
from tests import factories, instants
from tests.test_leaks import DOORS, FILES

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    cast = factories.Cast()
    made = instants.edition(cast)
    made.schedule(seconds=3600, by=cast.chief)
    return made


def test_every_public_door_is_hammered_across_the_hour(made):
    """A new door is seen to change with the others, or this fails."""
    hammered = {resolve(path.partition("?")[0]).view_name for path in made.doors.values()}
    assert hammered == set(DOORS)
    assert made.shown.keys() == made.doors.keys()


def clocks_asked(client, path) -> list[int]:
    """Return how often each statement behind a page asks the database's clock."""
    with CaptureQueriesContext(
        connection,
    ) as asked:
        response = client.get(path)
    assert response.status_code in (200, 404)
    if response.streaming:
        b"".join(response)
    return [query["sql"].upper().count("STATEMENT_TIMESTAMP") for query in asked]


@pytest.mark.parametrize("out", [False, True])
def test_each_door_looks_at_the_clock_in_one_statement_alone(client, made, out):
    """The other statements are given that instant. A file is looked up by itself, in one."""
    if out:
        Release.objects.filter(pk=made.issue.release_id).update(publish_at=clock.now())
    for name, path in made.doors.items():
        clocks_asked(client, path)  # what is compiled once asks nothing the second time
        asked = [number for number in clocks_asked(client, path) if number]
        denied_file = not out and resolve(path.partition("?")[0]).view_name in FILES
        assert len(asked) == (2 if denied_file else 1), name
