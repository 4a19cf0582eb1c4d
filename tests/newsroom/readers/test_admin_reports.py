"""The queue of readers' reports: editors alone, oldest first, both texts side by side, one door."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.models import Correction
from newsroom.desk import clockwork, delivery, phrasing, reported
from newsroom.desk.models import Notice
from newsroom.readers import workflow
from newsroom.readers.models import ErrorReport, ReportAct
from tests import factories

pytestmark = pytest.mark.django_db
LIST = "admin:readers_errorreport_changelist"
CONTACT = "13800001234"


@pytest.fixture
def cast():
    return factories.Cast()


@pytest.fixture
def article(cast):
    return factories.live_alone(cast, body="<p>灯在周三亮。</p>")


def as_(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(report) -> str:
    return reverse("admin:readers_errorreport_change", args=[report.pk])


def do(person, report, verb, **typed):
    address = reverse("admin:readers_errorreport_do", args=[report.pk, verb])
    return as_(person).post(address, {f"{verb}-{name}": value for name, value in typed.items()})


def text(response) -> str:
    return response.content.decode()


def test_the_oldest_is_first_and_how_to_reach_readers_is_seen_by_editors_alone(cast, article):
    new = factories.reported(article, wrong="后来的", contact=CONTACT)
    old = factories.reported(article, wrong="先来的", minutes=60 * 24 * 20)
    listed = text(as_(cast.editor).get(reverse(LIST)))
    assert listed.index("先来的") < listed.index("后来的")
    assert CONTACT in text(as_(cast.desk_head).get(page(new)))
    for person in (cast.writer, cast.issue_editor, cast.administrator):
        for door in (page(new), reverse(LIST), reverse("admin:index"), page(old)):
            answer = as_(person).get(door, follow=False)
            assert CONTACT not in text(answer)
            assert "后来的" not in text(answer)
    own_piece = reverse("admin:articles_article_read", args=[article.pk])
    assert CONTACT not in text(as_(cast.writer).get(own_piece))


def test_the_paragraph_as_read_stands_beside_what_stands_now(cast, article):
    made = factories.reported(article, place="paragraph", paragraph=0, quote="灯在周二亮。")
    shown = text(as_(cast.editor).get(page(made)))
    assert "灯在周二亮。" in shown
    assert "<del>二</del><ins>三</ins>" in shown


def test_a_correction_is_drawn_up_with_the_readers_words_and_thanks(cast, article):
    made = factories.reported(article, wrong="周三", right="周四")
    shown = text(as_(cast.editor).get(page(made)))
    assert re.search(r'name="draw_up-wrong" value="周三"', shown)
    typed = {"wrong": "周三", "right": "周四", "thanks": "on", "note": "", "printed_where": ""}
    assert do(cast.editor, made, "draw_up", **typed).status_code == 302
    assert Correction.objects.get().note == "读者来信指出。"


def test_an_answer_may_begin_with_words_that_are_ready(cast, article):
    made = factories.reported(article)
    shown = text(as_(cast.editor).get(page(made), {"begin": "mended"}))
    assert "感谢您指出。我们核对后已经改正" in shown


def test_two_who_take_one_are_told_who_was_quicker(cast, article):
    made = factories.reported(article)
    assert do(cast.editor, made, "take").status_code == 302
    late = do(cast.second_editor, made, "take")
    assert late.status_code == 409
    assert cast.editor.name in text(late)


def test_a_refused_answer_loses_nothing_that_was_typed(cast, article):
    made = factories.reported(article)
    workflow.take(made, by=cast.editor)
    answer = do(cast.second_editor, made, "answer", words="我查过了，是对的。")
    assert answer.status_code == 409
    made.refresh_from_db()
    assert made.is_open


def test_hostile_words_stay_words_in_the_desk(cast, article):
    made = factories.reported(article, wrong="<script>x</script>", contact="<b>1234567</b>")
    for door in (page(made), reverse(LIST), reverse("admin:index")):
        shown = text(as_(cast.editor).get(door))
        assert "<script>x" not in shown
        assert "<b>1234567" not in shown


def test_the_queue_costs_the_same_for_one_and_twenty(cast, article):
    client = as_(cast.editor)

    def statements(address):
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    factories.reported(article, wrong="零")
    doors = (reverse(LIST), reverse("admin:index"))
    few = [statements(door) for door in doors]
    for number in range(19):
        made = factories.reported(article, wrong=f"第{number}处")
        if number % 2:
            workflow.take(made, by=cast.second_editor)
    assert [statements(door) for door in doors] == few


class TestNotices:
    def told(self, person):
        return [phrasing.sentence(each) for each in Notice.objects.to(person).for_display()]

    def test_every_editor_hears_of_a_new_one_and_nobody_else(self, cast, article):
        made = factories.reported(article)
        delivery.tell_of_report_act(ReportAct.objects.get(report=made))
        for person in (cast.editor, cast.second_editor, cast.desk_head, cast.chief):
            (sentence,) = self.told(person)
            assert "有错" in sentence
        for person in (cast.writer, cast.issue_editor, cast.administrator):
            assert self.told(person) == []
        notice = Notice.objects.to(cast.editor).for_display().get()
        assert phrasing.address(notice) == page(made)
        workflow.find_nothing_wrong(made, by=cast.editor, words="没有错。")
        act = ReportAct.objects.filter(report=made).order_by("pk").last()
        delivery.tell_of_report_act(act)
        assert not Notice.objects.to(cast.chief).unread().exists()

    def test_who_has_it_is_told_the_working_day_before_and_everybody_above_when_late(
        self, cast, article
    ):
        made = factories.reported(article)
        workflow.take(made, by=cast.editor)
        day_before = made.due_at - timedelta(hours=8)  # the morning of the same day
        clockwork.tell_what_time_did(day_before)
        (warned,) = self.told(cast.editor)
        assert "答复" in warned
        assert self.told(cast.desk_head) == []
        clockwork.tell_what_time_did(made.due_at + timedelta(minutes=1))
        clockwork.tell_what_time_did(made.due_at + timedelta(minutes=2))
        assert len(self.told(cast.editor)) == 2
        (late,) = self.told(cast.desk_head)
        assert "等得太久" in late

    def test_what_was_answered_in_time_warns_nobody(self, cast, article):
        made = factories.reported(article)
        workflow.answer(made, by=cast.editor, words="已改。")
        assert list(reported.due_soon(made.due_at - timedelta(hours=1))) == []
        assert list(reported.overdue(made.due_at + timedelta(hours=1), timezone.now())) == []


def test_a_late_one_is_said_loudly_to_editors_and_counted_on_the_watch(cast, article):
    factories.reported(article, minutes=60 * 24 * 30)
    assert "超过五个工作日" in text(as_(cast.editor).get(reverse("admin:index")))
    assert "超过五个工作日" in text(as_(cast.issue_editor).get(reverse("admin:watch")))
    assert "超过五个工作日" not in text(as_(cast.writer).get(reverse("admin:index")))
    assert ErrorReport.objects.open().exists()
