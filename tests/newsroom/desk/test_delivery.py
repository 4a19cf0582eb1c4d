"""Notices as rows: once, in the desk and by letter, as each person has chosen."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles import workflow
from articles.models import Act
from newsroom.desk import delivery, tasks
from newsroom.desk.delivery import next_hour
from newsroom.desk.kinds import DEFAULTS, Kind, Rhythm
from newsroom.desk.models import Letter, Notice, NoticePreference
from tests import factories
from tests.worker import work

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    made = factories.Cast()
    for person in made.by_role.values():
        person.email = f"{person.username}@example.cn"
        person.save(update_fields=["email"])
    return made


def heard(person) -> list[str]:
    """Return what somebody has been told and not read."""
    return list(Notice.objects.to(person).unread().order_by("pk").values_list("kind", flat=True))


def prefer(person, kind, **choice):
    NoticePreference.objects.create(person=person, kind=kind, **choice)


def test_every_kind_has_a_default():
    assert set(DEFAULTS) == set(Kind)


def test_the_worker_turns_acts_into_notices(cast):
    workflow.sign(factories.submitted(cast), by=cast.editor)
    assert not Notice.objects.exists()
    work()
    assert heard(cast.writer) == ["signed"]
    assert heard(cast.desk_head) == ["waiting"]
    assert heard(cast.editor) == []


def test_who_goes_on_with_a_piece_has_read_why_it_came_back(cast):
    article = factories.submitted(cast)
    workflow.return_(article, by=cast.editor, note="请补上读数。")
    work()
    assert heard(cast.writer) == ["returned"]
    workflow.submit(article, by=cast.writer)
    work()
    assert heard(cast.writer) == []
    assert heard(cast.editor) == ["waiting"]


def test_a_task_done_twice_tells_nobody_twice(cast):
    factories.submitted(cast)
    act = Act.objects.get()
    tasks.act_recorded.func(act=act.pk)
    tasks.act_recorded.func(act=act.pk)
    assert heard(cast.editor) == ["waiting"]
    assert Notice.objects.filter(recipient=cast.editor).count() == 1
    assert Letter.objects.filter(recipient=cast.editor).count() == 1


def test_the_database_refuses_to_tell_twice(cast):
    article = factories.draft(cast)
    what = {"recipient": cast.editor, "kind": Kind.WAITING, "occasion": "act 1"}
    Notice.objects.create(article=article, **what)
    with pytest.raises(IntegrityError, match="person_is_told_once"), transaction.atomic():
        Notice.objects.create(article=article, **what)
    with pytest.raises(IntegrityError, match="notice_speaks_of"), transaction.atomic():
        Notice.objects.create(**what | {"occasion": "act 2"})


def test_a_task_killed_midway_leaves_nothing_half_done(cast, monkeypatch):
    factories.submitted(cast)
    act = Act.objects.get()

    def killed(*_arguments):
        raise SystemExit

    with monkeypatch.context() as broken:
        broken.setattr(delivery, "_put_into_letter", killed)
        with pytest.raises(SystemExit):
            tasks.act_recorded.func(act=act.pk)
    assert not Notice.objects.exists()
    tasks.act_recorded.func(act=act.pk)
    assert heard(cast.editor) == ["waiting"]
    assert Letter.objects.filter(recipient=cast.editor).count() == 1


def test_what_a_colleague_has_taken_waits_for_me_no_more(cast):
    article = factories.submitted(cast)
    work()
    assert heard(cast.second_editor) == ["waiting"]
    workflow.claim(article, by=cast.editor)
    work()
    assert heard(cast.second_editor) == []
    assert heard(cast.writer) == ["claimed"]


def test_the_newest_step_of_a_piece_stands_for_those_before(cast):
    article = factories.submitted(cast)
    workflow.claim(article, by=cast.editor)
    workflow.sign(article, by=cast.editor)
    workflow.sign(article, by=cast.desk_head)
    work()
    assert heard(cast.writer) == ["signed"]
    assert Notice.objects.to(cast.writer).count() == 3
    workflow.return_(article, by=cast.chief, note="请补上读数。")
    work()
    assert heard(cast.writer) == ["signed", "returned"]


class TestChoices:
    """What a person switches off stays off."""

    def test_switched_off_in_the_desk(self, cast):
        prefer(cast.writer, Kind.RETURNED, in_app=False, rhythm=Rhythm.AT_ONCE)
        workflow.return_(factories.submitted(cast), by=cast.editor, note="改。")
        work()
        assert heard(cast.writer) == []
        assert Letter.objects.filter(recipient=cast.writer).count() == 1

    def test_switched_off_by_mail(self, cast):
        prefer(cast.writer, Kind.RETURNED, rhythm=Rhythm.OFF)
        workflow.return_(factories.submitted(cast), by=cast.editor, note="改。")
        work()
        assert heard(cast.writer) == ["returned"]
        assert not Letter.objects.filter(recipient=cast.writer).exists()

    def test_another_rhythm(self, cast):
        prefer(cast.editor, Kind.WAITING, rhythm=Rhythm.DAILY)
        factories.submitted(cast)
        work()
        assert Letter.objects.get(recipient=cast.editor).rhythm == Rhythm.DAILY

    def test_without_an_address_there_is_no_letter(self, cast):
        factories.submitted(cast)
        work()
        assert heard(cast.second_editor) == ["waiting"]
        assert not Letter.objects.filter(recipient=cast.second_editor).exists()

    def test_where_no_mail_server_is_named_there_is_no_letter(self, cast, settings):
        settings.SENDS_MAIL = False
        factories.submitted(cast)
        work()
        assert not Letter.objects.exists()


class TestLetters:
    """Many notices, few letters."""

    def test_notices_gather_in_one_letter(self, cast):
        for _number in range(5):
            factories.submitted(cast)
        work()
        letter = Letter.objects.get(recipient=cast.editor)
        assert letter.notices.count() == 5
        assert letter.rhythm == Rhythm.HOURLY

    def test_a_letter_that_has_left_takes_no_more(self, cast):
        factories.submitted(cast)
        work()
        Letter.objects.update(state="sent", sent_at=timezone.now())
        factories.submitted(cast)
        work()
        assert Letter.objects.filter(recipient=cast.editor).count() == 2

    def test_at_once_waits_a_few_seconds_for_company(self, cast):
        workflow.return_(factories.submitted(cast), by=cast.editor, note="改。")
        work()
        letter = Letter.objects.get(recipient=cast.writer)
        assert timedelta(0) < letter.due_at - timezone.now() <= delivery.GATHERING

    @pytest.mark.parametrize(
        ("rhythm", "now", "due"),
        [
            (Rhythm.AT_ONCE, "2023-12-08 07:59", "2023-12-08 07:59:15"),
            (Rhythm.HOURLY, "2023-12-08 07:59", "2023-12-08 08:00"),
            (Rhythm.HOURLY, "2023-12-08 23:00", "2023-12-09 00:00"),
            (Rhythm.DAILY, "2023-12-08 07:59", "2023-12-08 08:00"),
            (Rhythm.DAILY, "2023-12-08 08:00", "2023-12-09 08:00"),
        ],
    )
    def test_rhythms(self, rhythm, now, due):
        zone = ZoneInfo("Asia/Shanghai")
        begun = datetime.fromisoformat(now).replace(tzinfo=zone)
        assert next_hour(rhythm, begun) == datetime.fromisoformat(due).replace(tzinfo=zone)
