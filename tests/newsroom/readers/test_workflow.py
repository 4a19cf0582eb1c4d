"""What readers report is settled once, by somebody who may, in time; the reader may think again."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pgtrigger
import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from articles import workflow as writing
from articles.models import Correction
from newsroom.people.verdicts import RefusalError
from newsroom.readers import permissions, workflow
from newsroom.readers.models import ErrorReport, ReportAct
from newsroom.readers.models.reports import CONTACT_KEPT
from newsroom.readers.workflow.reporting import due_after, secret_of
from tests import factories

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")
WORDS = "核对过了，时间没有错。"


@pytest.fixture
def cast():
    return factories.Cast()


@pytest.fixture
def article(cast):
    return factories.live_alone(cast)


def refused(act, *arguments, **more) -> str:
    with pytest.raises(RefusalError) as refusal, transaction.atomic():
        act(*arguments, **more)
    return str(refusal.value)


def said(**words) -> workflow.Said:
    return workflow.Said(
        **{"place": "whole", "paragraph": None, "quote": "", "wrong": "错", **words}
    )


class TestReader:
    def test_the_same_form_sent_twice_is_one_report_with_one_receipt(self, article):
        once = workflow.leave_report(article, said(), nonce="a")
        assert workflow.leave_report(article, said(), nonce="a") == once
        assert ErrorReport.objects.count() == 1
        assert ReportAct.objects.filter(verb="leave_report").count() == 1

    def test_a_form_sent_again_with_other_words_is_another_report(self, article):
        once = workflow.leave_report(article, said(), nonce="a")
        assert workflow.leave_report(article, said(wrong="另一处"), nonce="a") != once
        assert ErrorReport.objects.open().count() == 2

    def test_a_receipt_cannot_be_worked_out_without_the_key_of_the_site(self, settings):
        ours = secret_of("a", said())
        settings.SECRET_KEY = "another"
        assert secret_of("a", said()) != ours
        assert len(ours) == 43

    def test_the_same_words_of_two_readers_are_folded(self, cast, article):
        first, second = factories.reported(article), factories.reported(article)
        assert second.merged_into == first
        assert list(ErrorReport.objects.open()) == [first]
        workflow.answer(first, by=cast.editor, words=WORDS)
        second.refresh_from_db()
        assert second.answered_at == first.closed_at

    def test_whoever_changes_their_words_stands_alone_again(self, article):
        first, second = (
            factories.reported(article, minutes=1),
            factories.reported(article, minutes=1),
        )
        workflow.change_report(first, said(wrong="别的"))
        second.refresh_from_db()
        assert second.merged_into is None
        assert ErrorReport.objects.open().count() == 2

    def test_a_change_that_keeps_the_words_leaves_the_queue_as_it_is(self, cast, article):
        first, second = (
            factories.reported(article, minutes=1),
            factories.reported(article, minutes=1),
        )
        workflow.take(first, by=cast.editor)
        same = {"place": first.place, "wrong": first.wrong, "contact": "a@example.org"}
        workflow.change_report(first, said(**same))
        assert ErrorReport.objects.open().get() == first
        assert ErrorReport.objects.get(pk=second.pk).merged_into == first

    def test_what_is_taken_back_leaves_no_word_behind(self, article):
        made = factories.reported(article, minutes=9, contact="13800000000", right="周四")
        workflow.take_back_report(made)
        made.refresh_from_db()
        assert (made.wrong, made.right, made.contact) == ("", "", "")
        assert not ErrorReport.objects.open().exists()

    @pytest.mark.parametrize("again", [workflow.take_back_report, workflow.change_report])
    def test_after_ten_minutes_it_stays(self, article, again):
        made = factories.reported(article, minutes=10.01)
        assert "十分钟" in refused(again, made, *([said()] if again.__name__[0] == "c" else []))
        assert ErrorReport.objects.open().get() == made

    def test_the_database_keeps_the_words_too(self, article):
        made = factories.reported(article, minutes=11, contact="a@example.org")
        rows = ErrorReport.objects.filter(pk=made.pk)
        for change in (
            {"wrong": "编辑改的"}, {"right": "编"}, {"contact": "b@example.org"},
            {"taken_back_at": timezone.now(), "wrong": "", "right": "", "contact": ""},
            {"left_at": timezone.now()}, {"due_at": timezone.now() + timedelta(days=9)},
            {"secret_hash": "0" * 64},
        ):  # fmt: skip
            with pytest.raises(DatabaseError), transaction.atomic():
                rows.update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()
        assert rows.update(contact="") == 1

    def test_history_keeps_neither_words_nor_how_to_reach_anybody_nor_the_receipt(self, article):
        made = factories.reported(article, minutes=1, wrong="暗语一", contact="暗语二")
        workflow.change_report(made, said(wrong="暗语三", contact="暗语四"))
        events = ErrorReport.pgh_event_models["insert"].objects
        kept = repr(list(events.values()))
        assert "暗语" not in kept
        assert made.secret_hash not in kept
        assert made.secret not in kept


class TestClock:
    @pytest.mark.parametrize(
        ("left", "due"),
        [
            (datetime(2026, 11, 27, 10), datetime(2026, 12, 4, 18)),
            (datetime(2026, 9, 30, 23, 59), datetime(2026, 10, 13, 18)),
            (datetime(2026, 10, 3, 8), datetime(2026, 10, 13, 18)),
            (datetime(2026, 10, 10, 8), datetime(2026, 10, 16, 18)),
        ],
        ids=["a week", "before National Day", "on National Day", "on a Saturday that makes up"],
    )
    def test_an_answer_is_due_after_five_working_days(self, left, due):
        assert due_after(left.replace(tzinfo=SHANGHAI)) == due.replace(tzinfo=SHANGHAI)

    def test_late_is_what_is_open_and_due_and_sql_says_the_same(self, cast, article):
        late = factories.reported(article, minutes=60 * 24 * 30)
        factories.reported(article, wrong="新的")
        now = timezone.now()
        assert list(ErrorReport.objects.late(now)) == [late]
        assert late.is_late(now)
        workflow.answer(late, by=cast.editor, words=WORDS)
        assert not ErrorReport.objects.late(now).exists()
        assert not late.is_late(now)


class TestNewsroom:
    def test_nobody_but_editors_sees_or_does_anything(self, cast, article):
        made = factories.reported(article)
        outside = (cast.writer, cast.other_writer, cast.issue_editor, cast.administrator)
        root = factories.person("超级", username="root", is_superuser=True)
        for who in (*outside, root):
            assert not permissions.may_see_reports(who)
            for act, words in (
                (workflow.take, {}), (workflow.answer, {"words": WORDS}),
                (workflow.find_nothing_wrong, {"words": WORDS}),
                (workflow.set_aside, {"note": "-"}),
                (workflow.draw_up, {"wrong": "a", "right": "b"}),
                (workflow.hand_over, {"to": cast.editor}), (workflow.merge, {"into": made}),
            ):  # fmt: skip
                refused(act, made, by=who, **words)
        assert not permissions.may_take(factories.person("离", "editor", is_active=False), made)

    def test_what_somebody_has_others_leave_alone(self, cast, article):
        made = factories.reported(article)
        workflow.take(made, by=cast.editor)
        assert cast.editor.name in refused(workflow.take, made, by=cast.second_editor)
        assert cast.editor.name in refused(
            workflow.answer, made, by=cast.second_editor, words=WORDS
        )
        workflow.hand_over(made, by=cast.desk_head, to=cast.second_editor)
        workflow.answer(made, by=cast.second_editor, words=WORDS)
        assert made.closed_by == cast.second_editor
        assert "答复" in refused(workflow.answer, made, by=cast.second_editor, words=WORDS)

    def test_it_is_given_to_editors_only(self, cast, article):
        made = factories.reported(article)
        refused(workflow.hand_over, made, by=cast.editor, to=cast.writer)
        refused(workflow.hand_over, made, by=cast.editor, to=cast.administrator)

    def test_while_the_reader_can_change_it_nobody_settles_it(self, cast, article):
        made = factories.reported(article, minutes=1)
        workflow.take(made, by=cast.editor)
        assert "十分钟" in refused(workflow.answer, made, by=cast.editor, words=WORDS)

    def test_nobody_says_of_their_own_piece_that_it_is_right(self, cast):
        own = factories.live_alone(cast, filed_by=cast.second_editor)
        made = factories.reported(own)
        refused(workflow.find_nothing_wrong, made, by=cast.second_editor, words=WORDS)
        refused(workflow.set_aside, made, by=cast.second_editor, note="广告")
        workflow.find_nothing_wrong(made, by=cast.editor, words=WORDS)
        assert made.outcome == "nothing"

    def test_an_answer_has_words_and_what_is_set_aside_a_reason(self, cast, article):
        made = factories.reported(article)
        refused(workflow.answer, made, by=cast.editor, words="  ")
        refused(workflow.set_aside, made, by=cast.editor, note="")
        workflow.set_aside(made, by=cast.editor, note="广告")
        assert made.answer == ""
        assert made.acts.get(verb="set_aside").note == "广告"

    def test_a_correction_begins_by_its_own_verb_and_its_last_signature_is_the_answer(
        self, cast, article
    ):
        made = factories.reported(article)
        workflow.draw_up(made, by=cast.editor, wrong="周三", right="周四", note="读者来信指出。")
        drawn = Correction.objects.get()
        assert (drawn.drawn_up_by, made.taken_by) == (cast.editor, cast.editor)
        assert article.acts.filter(verb="draw_up_correction").exists()
        assert "更正" in refused(workflow.answer, made, by=cast.editor, words=WORDS)
        assert made.is_open
        for signer in (cast.second_editor, cast.desk_head, cast.chief):
            drawn = writing.sign_correction(drawn, by=signer)
        made = ErrorReport.objects.for_receipt().get()
        assert made.answered_at == drawn.signed_at
        assert list(ErrorReport.objects.answered()) == [made]
        assert not ErrorReport.objects.open().exists()

    def test_when_its_correction_is_dropped_it_waits_again_by_its_old_clock(self, cast, article):
        made = factories.reported(article)
        due = made.due_at
        workflow.draw_up(made, by=cast.editor, wrong="周三", right="周四")
        writing.drop_correction(made.correction, by=cast.editor, note="没有错。")
        made = ErrorReport.objects.get()
        workflow.find_nothing_wrong(made, by=cast.editor, words=WORDS)
        assert made.due_at == due

    def test_several_reports_of_one_error_get_one_answer(self, cast, article):
        first, second, third = (factories.reported(article, wrong=each) for each in "一二三")
        workflow.merge(third, by=cast.editor, into=second)
        workflow.merge(second, by=cast.editor, into=first)
        assert list(ErrorReport.objects.open()) == [first]
        workflow.answer(first, by=cast.editor, words=WORDS)
        for other in (second, third):
            other = ErrorReport.objects.for_receipt().get(pk=other.pk)
            assert other.head == first
            assert other.answered_at == first.closed_at

    def test_reports_of_two_pieces_are_not_merged_not_even_around_the_verb(self, cast, article):
        first, other = factories.reported(article), factories.reported(factories.live_alone(cast))
        refused(workflow.merge, first, by=cast.editor, into=other)
        refused(workflow.merge, first, by=cast.editor, into=first)
        with pytest.raises(DatabaseError), transaction.atomic():
            ErrorReport.objects.filter(pk=first.pk).update(merged_into=other)

    def test_an_answer_is_looked_at_again_until_it_was_mailed(self, cast, article):
        made = factories.reported(article)
        workflow.answer(made, by=cast.editor, words=WORDS)
        workflow.reopen(made, by=cast.second_editor, note="看漏了")
        assert made.is_open
        assert made.acts.get(verb="answer").note == WORDS
        workflow.answer(made, by=cast.second_editor, words=WORDS)
        ErrorReport.objects.filter(pk=made.pk).update(mailed_at=timezone.now())
        made.refresh_from_db()
        assert "寄" in refused(workflow.reopen, made, by=cast.editor, note="再看")

    def test_acts_are_only_added(self, cast, article):
        workflow.take(factories.reported(article), by=cast.editor)
        for change in (lambda acts: acts.update(note="改"), lambda acts: acts.delete()):
            with pytest.raises(DatabaseError), transaction.atomic():
                change(ReportAct.objects.all())


def test_how_to_reach_a_reader_is_forgotten_ninety_days_after_the_answer(cast, article):
    old, fresh, waiting = (
        factories.reported(article, wrong=each, contact="a@example.org") for each in "一二三"
    )
    beside = factories.reported(article, wrong="一", contact="b@example.org")
    workflow.answer(old, by=cast.editor, words=WORDS)
    workflow.answer(fresh, by=cast.editor, words=WORDS)
    with pgtrigger.ignore():
        ErrorReport.objects.filter(pk=old.pk).update(
            closed_at=timezone.now() - CONTACT_KEPT - timedelta(minutes=1)
        )
    assert ErrorReport.objects.forget_contacts() == 2
    left = dict(ErrorReport.objects.values_list("pk", "contact"))
    assert [left[each.pk] for each in (old, beside)] == ["", ""]
    assert [left[each.pk] for each in (fresh, waiting)] == ["a@example.org"] * 2
    assert ErrorReport.objects.forget_contacts() == 0
