"""Where a piece stands."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import standing, workflow
from articles.models import Article
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


def looks(article) -> list[str]:
    """Return how the seals of a piece look."""
    return [seal.look for seal in standing.seals(article)]


def word(article, at=None) -> str:
    """Return the state of a piece."""
    return standing.state(article, at or timezone.now()).word


def test_a_seal_for_each_round(cast):
    article = factories.submitted(cast)
    assert looks(article) == ["now", "", ""]
    workflow.sign(article, by=cast.editor)
    assert looks(article) == ["signed", "now", ""]
    factories.signed_by(cast, article, cast.desk_head, cast.chief)
    assert looks(article) == ["signed", "signed", "signed"]


def test_a_draft_shows_no_seals(cast):
    article = factories.draft(cast)
    assert looks(article) == []
    workflow.submit(article, by=cast.writer)
    workflow.return_(article, by=cast.editor, note="补读数")
    assert looks(article) == []


def test_a_seal_that_a_change_voided_is_struck(cast):
    article = factories.signed_by(cast, factories.submitted(cast), cast.editor)
    workflow.claim(article, by=cast.desk_head)
    article.body = "<p>" + "全部重写。" * 20 + "</p>"
    workflow.save(article, by=cast.desk_head, write=article.save)
    workflow.sign(article, by=cast.desk_head)
    assert looks(article) == ["void", "signed", ""]


def test_states_are_said_in_a_word(cast):
    returned = factories.submitted(cast)
    workflow.return_(returned, by=cast.editor, note="补读数")
    withdrawn = workflow.withdraw(factories.live_alone(cast), by=cast.chief, reason="失实")
    revised = workflow.revise(factories.approved(cast), by=cast.editor)
    held = workflow.hold(factories.scheduled_alone(cast), by=cast.chief, because="等核实")
    found = [
        word(piece)
        for piece in (
            factories.draft(cast), returned, factories.submitted(cast), factories.approved(cast),
            factories.scheduled_alone(cast), factories.live_alone(cast), held, withdrawn, revised,
        )
    ]  # fmt: skip
    assert found == [
        "草稿", "退改", "待初审", "已签发", "已定时", "已上线", "暂缓", "已撤稿", "改稿中",
    ]  # fmt: skip


def test_time_alone_makes_a_scheduled_piece_live(cast):
    article = factories.scheduled_alone(cast, hours=1)
    assert word(article) == "已定时"
    assert word(article, timezone.now() + timedelta(hours=2)) == "已上线"


def test_whose_move_it_is(cast):
    article = factories.submitted(cast)
    assert standing.move(article, cast.editor, True).mine
    assert standing.move(article, cast.writer, False).waiting
    workflow.claim(article, by=cast.editor)
    assert standing.move(article, cast.editor, True).mine
    assert cast.editor.name in standing.move(article, cast.writer, False).word
    assert standing.move(factories.approved(cast), cast.editor, False) is None


def test_it_says_when_its_round_is_due_and_how_late_it_is(cast):
    article = factories.submitted(cast)
    assert standing.due(article, article.due_at) == standing.Due(article.due_at, None)
    late = timedelta(hours=2, minutes=24)
    assert standing.due(article, article.due_at + late).late == late
    assert standing.due(factories.draft(cast), timezone.now()) is None


def test_it_names_three_people_and_counts_the_rest(cast):
    article = factories.submitted(cast)
    people = [cast.editor, cast.second_editor, cast.desk_head, cast.chief]
    hands = [standing.Hand(person) for person in people]
    words = [standing.move(article, cast.writer, False, hands[:n]).word for n in (0, 1, 3, 4)]
    assert words == [
        "眼下没有人能签", "等沈予安", "等沈予安、邓可、罗嘉言", "等沈予安、邓可、罗嘉言等 4 人",
    ]  # fmt: skip


def test_seals_of_a_list_cost_the_same_for_one_and_for_twenty(cast, django_assert_num_queries):
    for _number in range(20):
        factories.signed_by(cast, factories.submitted(cast), cast.editor)
        factories.out_at_once(cast)
        workflow.sign_minor(factories.mended(cast), by=cast.chief)
    # pieces, bylines, their correspondents, reviews, rounds, signatures, debts
    with django_assert_num_queries(7):
        for article in standing.with_reviews(Article.objects.for_desk_list()):
            standing.seals(article)
            standing.state(article, timezone.now())
            standing.move(article, cast.editor, False)
            standing.marks(article, timezone.now())


class TestAfterAnEmergency:
    def test_what_is_owed_is_a_seal_of_its_own(self, cast):
        article = factories.out_at_once(cast)
        assert looks(article) == ["owed", "owed", "signed"]
        first = article.owed_signatures.order_by("round__position").first()
        workflow.sign_late(article, by=cast.editor, owed=first.pk)
        assert looks(article) == ["signed", "owed", "signed"]

    def test_it_is_said_beside_the_state_louder_after_a_day(self, cast):
        article = factories.out_at_once(cast)
        (mark,) = standing.marks(article, timezone.now())
        assert (mark.word, mark.tone) == ("欠签 2 笔", "warn")
        (mark,) = standing.marks(article, timezone.now() + timedelta(hours=25))
        assert (mark.word, mark.tone) == ("欠签 2 笔，已超时", "stop")

    def test_a_refusal_is_said_until_it_is_corrected(self, cast):
        article = factories.out_at_once(cast)
        first, second = article.owed_signatures.order_by("round__position")
        workflow.sign_late(article, by=cast.desk_head, owed=second.pk)
        workflow.refuse_late(article, by=cast.editor, owed=first.pk, reason="失实")
        assert [mark.word for mark in standing.marks(article, timezone.now())] == ["须更正或撤稿"]
        factories.signed_correction(cast, article)
        assert standing.marks(article, timezone.now()) == []

    def test_while_a_revision_is_under_way_it_is_said_which_version_is_live(self, cast):
        article = factories.mended(cast)
        assert [mark.word for mark in standing.marks(article, timezone.now())] == ["第1版在线"]
        workflow.submit(article, by=cast.writer)
        assert [mark.word for mark in standing.marks(article, timezone.now())] == ["第1版在线"]
        workflow.withdraw(article, by=cast.chief, reason="失实")
        assert standing.marks(article, timezone.now()) == []

    def test_a_minor_change_keeps_the_seals_of_what_it_changes(self, cast):
        article = workflow.sign_minor(factories.mended(cast), by=cast.chief)
        assert looks(article) == ["signed", "signed", "signed"]
