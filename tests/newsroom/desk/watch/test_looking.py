"""Looking: against a real site that answers as it likes, twice before anybody is alarmed."""

import time
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from articles import workflow
from newsroom.desk.models import Alarm, Check, Notice
from newsroom.desk.watch import looking
from newsroom.desk.watch.looking import look
from newsroom.people import clock
from tests import factories
from tests.pretending import pretended
from tests.serving import free_port

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


@pytest.fixture(autouse=True)
def _at_once(monkeypatch):
    monkeypatch.setattr(looking, "AGAIN", 0)
    monkeypatch.setattr(looking, "RESTART", 0)


@pytest.fixture
def site(settings):
    with pretended() as made:
        settings.SITE_URL = made.url
        yield made


@pytest.fixture
def issue(cast):
    return factories.live_issue(cast)


def mirrored(site) -> None:
    """Have the site answer what the application answers just now."""
    from_application = Client()
    for kind, path in [(e.kind, e.path) for e in looking.expectations(clock.now())]:
        response = from_application.get(path)
        assert kind
        site.says(path, response.status_code, response.content)


def told(person) -> list[str]:
    notices = Notice.objects.filter(recipient=person, kind="alarm")
    return list(notices.order_by("pk").values_list("occasion", flat=True))


def codes(check) -> list[str]:
    return [found["code"] for found in check.findings]


def test_a_site_that_is_as_it_should_be_is_found_so(cast, site, issue):
    mirrored(site)
    check = look()
    assert (check.state, check.findings) == ("ok", [])
    assert check.asked == check.wanted == len(site.asked)
    assert check.counts["issue"] == 1
    assert Check.objects.get() == check
    assert not Alarm.objects.exists()


def test_residents_ill_served_alarm_publishers_and_administrators_once(cast, site, issue):
    mirrored(site)
    site.says(issue.get_absolute_url(), 404)
    for _time in range(3):
        check = look()
    assert (check.state, codes(check)) == ("alarm", ["missing"])
    alarm = Alarm.objects.get()
    for person in (cast.chief, cast.issue_editor, cast.administrator):
        assert told(person) == [f"alarm {alarm.pk} missing"]
    for person in (cast.writer, cast.editor, cast.desk_head):
        assert told(person) == []


def test_all_right_again_is_told_once_and_ends_the_alarm(cast, site, issue):
    mirrored(site)
    site.says("/", 500)
    look()
    mirrored(site)
    look()
    look()
    alarm = Alarm.objects.get()
    assert alarm.ended_at is not None
    assert told(cast.chief) == [f"alarm {alarm.pk} broken", f"alarm {alarm.pk} over"]


def test_something_worse_that_joins_is_told_too(cast, site, issue):
    mirrored(site)
    site.says("/", 500)
    look()
    site.says(issue.get_absolute_url(), 200, b"yesterday", {"Age": "9000"})
    look()
    alarm = Alarm.objects.get()
    assert told(cast.chief) == [f"alarm {alarm.pk} broken", f"alarm {alarm.pk} old_copy"]


def test_a_next_alarm_is_another_one(cast, site, issue):
    for _time in range(2):
        mirrored(site)
        look()
        site.says("/", 500)
        look()
    assert Alarm.objects.count() == 2
    assert len(told(cast.chief)) == 3


def test_a_hiccup_alarms_nobody(cast, site, issue, monkeypatch):
    mirrored(site)
    right = site.answers["/"]
    site.says("/", 502)
    monkeypatch.setattr(looking, "sleep", lambda _s: site.answers.update({"/": right}))
    assert look().state == "ok"


def test_a_site_that_is_being_started_anew_is_waited_for(cast, site, issue, monkeypatch):
    mirrored(site)
    right, waits = site.answers["/"], []
    site.says("/", 502)
    site.says("/issues/", 404)

    def back(seconds):
        waits.append(seconds)
        site.answers["/"] = right

    monkeypatch.setattr(looking, "RESTART", 10)
    monkeypatch.setattr(looking, "sleep", back)
    assert codes(look()) == ["missing"]
    assert waits == [10, 0]


def test_what_changed_meanwhile_alarms_nobody(cast, site, monkeypatch):
    """Withdrawn between the question and the answer: what is expected is asked again."""
    article = factories.live_alone(cast)
    mirrored(site)
    site.says(article.get_absolute_url(), 410)

    def meanwhile(_seconds):
        if article.withdrawn_at is None:
            workflow.withdraw(article, by=cast.chief, reason="失实。")

    monkeypatch.setattr(looking, "sleep", meanwhile)
    assert [c for c in codes(look()) if c != "still_listed"] == []


def test_a_site_that_is_away_is_said_once_and_not_forty_times(cast, settings, issue):
    settings.SITE_URL = f"http://127.0.0.1:{free_port()}"
    check = look()
    assert codes(check) == ["unreachable"]
    assert check.asked == 1


def test_a_site_url_that_is_none_is_an_alarm_and_no_crash(cast, settings):
    settings.SITE_URL = "file:///etc/passwd"
    check = look()
    assert (check.state, codes(check), check.asked) == ("alarm", ["no_site"], 0)


def test_a_slow_site_is_asked_for_no_longer_than_the_bound(cast, site, issue, monkeypatch):
    monkeypatch.setattr(looking, "LONGEST", 0.5)
    mirrored(site)
    for said in site.answers.values():
        said.wait = 0.3
    began = time.monotonic()
    check = look()
    assert time.monotonic() - began < 4
    assert "unfinished" in codes(check) or "timeout" in codes(check)


def test_a_check_that_broke_off_ends_no_alarm(cast, site, issue, monkeypatch):
    mirrored(site)
    site.says("/issues/", 500)
    look()
    mirrored(site)
    monkeypatch.setattr(looking, "LONGEST", 0)
    assert codes(look()) == ["unfinished"]
    assert Alarm.objects.sounding().exists()


@pytest.mark.exhaustive
def test_what_was_amiss_is_asked_again_the_next_time(cast, site):
    pieces = [factories.approved(cast) for _number in range(14)]
    factories.live_issue(cast, *pieces)
    mirrored(site)
    site.otherwise.status = 200
    first = {path for path, _headers in site.asked}
    assert first == set()
    look()
    asked = [path for path, _headers in site.asked if path.startswith("/articles/")]
    site.says(asked[-1], 404)
    look()
    site.asked.clear()
    look()
    assert asked[-1] in [path for path, _headers in site.asked]


def test_a_check_is_never_changed(cast, site):
    mirrored(site)
    check = look()
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Check.objects.update(state="alarm")
    check.refresh_from_db()
    assert check.state == "ok"


def test_old_checks_are_cleared_and_alarms_stay(cast, site):
    mirrored(site)
    look()
    old = Check.objects.create(at=clock.now() - timedelta(days=31), took=1, occasion="round")
    Alarm.objects.create(began_at=old.at, ended_at=old.at, findings=[])
    assert looking.clear_old() == 1
    assert Check.objects.count() == Alarm.objects.count() == 1


def test_one_alarm_sounds_at_a_time():
    Alarm.objects.create(began_at=clock.now(), findings=[])
    with pytest.raises(DatabaseError, match="one_alarm_sounds_at_a_time"), transaction.atomic():
        Alarm.objects.create(began_at=clock.now(), findings=[])


def test_an_alarm_ends_after_it_began():
    at = clock.now()
    with pytest.raises(DatabaseError, match="alarm_ends_after_it_began"), transaction.atomic():
        Alarm.objects.create(began_at=at, ended_at=at - timedelta(seconds=1), findings=[])


def test_looking_costs_the_same_statements_for_one_piece_and_for_many(cast, site, issue):
    def statements() -> int:
        with connection.execute_wrapper(count := Counting()):
            list(looking.expectations(clock.now()))
        return count.statements

    few = statements()
    factories.live_issue(
        cast, *(factories.approved(cast) for _n in range(6)), day=factories.date(2023, 12, 9)
    )
    assert statements() <= few


class Counting:
    """Counts the statements that go through it."""

    def __init__(self):
        self.statements = 0

    def __call__(self, execute, *args):
        self.statements += 1
        return execute(*args)
