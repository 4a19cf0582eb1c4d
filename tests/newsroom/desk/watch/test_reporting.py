"""``manage.py watch``: lines for people, an object for machines, an end for cron."""

import io
import json

import pytest
from django.core.management import call_command
from django.db import DatabaseError

from newsroom.desk.models import Check
from newsroom.desk.watch import looking, reporting, risks
from tests import factories
from tests.pretending import pretended

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(settings, monkeypatch):
    monkeypatch.setattr(looking, "AGAIN", 0)
    monkeypatch.setattr(looking, "RESTART", 0)
    monkeypatch.setattr(risks, "of_the_house", lambda _now: [])
    factories.furnishings()
    with pretended() as made:
        settings.SITE_URL = made.url
        yield made


def run(*arguments) -> tuple[int, str]:
    out = io.StringIO()
    try:
        call_command("watch", *arguments, stdout=out)
    except SystemExit as end:
        return end.code, out.getvalue()
    return 0, out.getvalue()


def test_a_good_site_ends_with_nought_and_one_line(site):
    end, said = run()
    assert end == 0
    assert said.count("\n") == 1
    assert said.startswith("✓ ")
    assert "居民看到的与应当上线的一致" in said
    assert Check.objects.get().occasion == "command"


def test_an_alarm_ends_with_two_and_says_what(site):
    site.says("/", 502)
    end, said = run()
    assert end == 2
    assert "✗ " in said
    assert "502" in said


def test_what_is_to_be_looked_at_ends_with_one(site, monkeypatch):
    monkeypatch.setattr("newsroom.desk.watch.comparing.SLOW", 0)
    end, said = run()
    assert end == 1
    assert said.startswith("! ")


def test_a_dead_worker_does_not_keep_the_command_from_looking(site, monkeypatch):
    monkeypatch.undo()
    end, said = run("--json")
    told = json.loads(said)
    assert (end, [found["code"] for found in told["findings"]]) == (1, ["asleep"])


def test_machines_get_one_object(site):
    site.says("/issues/", 404)
    end, said = run("--json")
    told = json.loads(said)
    assert end == 2
    assert (told["state"], told["asked"], told["wanted"]) == ("alarm", 2, 2)
    (found,) = told["findings"]
    assert (found["code"], found["path"], found["state"]) == ("missing", "/issues/", "alarm")


def test_a_database_that_is_away_is_a_sentence_and_no_traceback(monkeypatch):
    def away(_occasion):
        raise DatabaseError("connection refused\nby the server")

    monkeypatch.setattr(looking, "look", away)
    end, said = run()
    assert end == 2
    assert "connection refused by the server" in said
    assert "Traceback" not in said
    assert reporting.without_a_database(ValueError("x"))["state"] == "alarm"
