"""Whoever is asked for a piece hears of it, and whoever asked hears what becomes of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from issues import assigning
from newsroom.desk.clockwork import tell_what_time_did
from newsroom.desk.models import Notice
from newsroom.desk.phrasing import address, remark, sentence
from newsroom.people.roles import Role
from tests import factories
from tests.worker import forget, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


def wanted(cast, **asked):
    asked = asked or {"person": cast.writer}
    due = timezone.now() + timedelta(days=2)
    return assigning.assign(by=cast.editor, topic="腊八粥", due_at=due, **asked)


def heard() -> dict[str, str]:
    """Return what the worker tells: log-in → sentence."""
    Notice.objects.all().delete()
    work()
    notices = Notice.objects.order_by("pk").for_display()
    return {notice.recipient.username: sentence(notice) for notice in notices}


def test_whom_it_is_asked_of_hears_of_it_and_finds_it(cast, client):
    wanted(cast)
    told = heard()
    assert list(told) == ["writer"]
    assert told["writer"].startswith("沈予安约稿：《腊八粥》")
    client.force_login(cast.writer)
    assert client.get(address(Notice.objects.get())).status_code == 200


def test_a_unit_hears_of_what_is_asked_of_it(cast):
    colleague = factories.person("同事", Role.CORRESPONDENT, unit=cast.unit, username="colleague")
    factories.person("门卫", unit=cast.unit, username="roleless")
    wanted(cast, unit=cast.unit)
    assert set(heard()) == {"writer", colleague.username}


def test_who_asked_hears_that_it_is_being_written(cast):
    assignment = wanted(cast)
    forget()
    assigning.take_up(assignment, by=cast.writer)
    told = heard()
    assert told["editor"] == "苗青禾开始写《腊八粥》"
    assert "writer" not in told


def test_an_offer_is_told_to_editors_and_its_answer_to_who_offered(cast):
    due = timezone.now() + timedelta(days=2)
    offer = assigning.offer(by=cast.writer, topic="腊八粥", due_at=due)
    assert set(heard()) == {"editor", "editor2", "deskhead", "chief", "issues"}
    assigning.decline_offer(offer, by=cast.editor, note="上周写过。")
    assert heard() == {"writer": "沈予安没有采纳你的报题：《腊八粥》"}
    assert remark(Notice.objects.get(), cast.writer) == "上周写过。"


def test_a_deadline_moved_is_told_to_who_writes(cast):
    assignment = wanted(cast)
    forget()
    later = timezone.now() + timedelta(days=3)
    assigning.change_deadline(assignment, by=cast.chief, due_at=later)
    assert set(heard()) == {"writer", "editor"}


def test_others_hear_nothing_and_see_nothing(cast):
    wanted(cast)
    assert "other" not in heard()
    notice = Notice.objects.get()
    Notice.objects.filter(pk=notice.pk).update(recipient=cast.other_writer)
    assert not Notice.objects.to(cast.other_writer).exists()


def test_what_is_not_handed_in_by_its_hour_is_told_once(cast):
    assignment = wanted(cast)
    forget()
    after = assignment.due_at + timedelta(minutes=1)
    assert tell_what_time_did(after) == 1
    assert tell_what_time_did(after) == 0
    told = Notice.objects.for_display()
    assert {notice.recipient.username for notice in told} == {"writer", "editor"}
    assert "该交了" in sentence(told[0])
