"""Each hour at which something goes out is looked after, once, a few seconds later."""

from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from issues import workflow as issue_workflow
from newsroom.desk import tasks
from newsroom.desk.models import Check
from newsroom.desk.watch import hours, looking
from newsroom.people import clock
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def issue():
    cast = factories.Cast()
    made = factories.scheduled_issue(cast, factories.approved(cast))
    made.cast = cast
    return made


def jobs() -> list[ProcrastinateJob]:
    return list(ProcrastinateJob.objects.filter(task_name="watch_hour"))


def test_a_coming_hour_gets_one_check_behind_it(issue):
    hour = issue.release.publish_at
    assert hours.watch_next(hour - timedelta(minutes=5)) == 0
    assert hours.watch_next(hour - timedelta(seconds=59)) == 1
    assert hours.watch_next(hour - timedelta(seconds=1)) == 0
    (job,) = jobs()
    assert job.scheduled_at == hour + hours.AFTERWARDS
    assert job.args == {"release": issue.release_id}


def test_two_that_go_out_together_get_one_check(issue):
    hour = issue.release.publish_at
    alone = factories.scheduled_alone(issue.cast)
    type(alone.release).objects.filter(pk=alone.release_id).update(publish_at=hour)
    assert hours.watch_next(hour - timedelta(seconds=30)) == 1


def test_another_hour_gets_a_check_of_its_own(issue):
    hour = issue.release.publish_at
    hours.watch_next(hour - timedelta(seconds=30))
    later = hour + timedelta(minutes=10)
    issue_workflow.reschedule(issue, by=issue.cast.chief, at=later, seen=hour)
    assert hours.watch_next(later - timedelta(seconds=30)) == 1


def test_an_hour_that_was_called_off_is_not_looked_after(issue, monkeypatch):
    """A check at 06:00:03 would tell the world that something had been planned for 06:00."""
    monkeypatch.setattr(looking, "look", lambda occasion: Check(occasion=occasion).full_clean())
    assert not hours.has_come(issue.release_id)
    tasks.watch_hour(release=issue.release_id)
    assert not Check.objects.exists()


def test_what_is_out_is_looked_at(monkeypatch):
    cast = factories.Cast()
    live = factories.live_issue(cast)
    looked = []
    monkeypatch.setattr(looking, "look", looked.append)
    tasks.watch_hour(release=live.release_id)
    tasks.watch(0)
    tasks.watch_now()
    assert looked == ["hour", "round", "hand"]
    assert hours.watch_next(clock.now()) == 0
