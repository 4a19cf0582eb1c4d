"""Signatures: what voids them, who may give them, and for whom."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from articles import workflow
from articles.models import (
    Article,
    Byline,
    Correspondent,
    Round,
    Route,
    Section,
    Signature,
    Version,
)
from newsroom.people.models import Deputy, SiteSettings
from newsroom.people.roles import Role
from newsroom.people.verdicts import RefusalError
from tests import factories, traces

pytestmark = pytest.mark.django_db

BIG = "<p>" + "全部重写了一遍的文字。" * 10 + "</p>"


@pytest.fixture
def cast():
    return factories.Cast()


def mend(article, by, **fields):
    """Claim a piece, change it, and save it as the desk does."""
    workflow.claim(article, by=by)

    def write():
        for name, value in fields.items():
            setattr(article, name, value)
        article.save()

    return workflow.save(article, by=by, write=write)


def standing(article):
    """Return the positions of the rounds that count as signed."""
    signatures = article.review.signatures.standing().order_by("round__position")
    return [signature.round.position for signature in signatures]


class TestVoiding:
    """A change after a signature voids exactly what it must."""

    @pytest.fixture
    def at_desk_head(self, cast):
        return factories.signed_by(cast, factories.submitted(cast), cast.editor)

    @pytest.fixture
    def back_at_editor(self, cast, at_desk_head):
        """A piece whose chief rewrote it: signed by the chief, and by nobody before."""
        workflow.sign(at_desk_head, by=cast.desk_head)
        mend(at_desk_head, cast.chief, body=BIG)
        return workflow.sign(at_desk_head, by=cast.chief)

    def test_unchanged_nothing_is_voided(self, cast, at_desk_head):
        workflow.sign(at_desk_head, by=cast.desk_head)
        assert standing(at_desk_head) == [1, 2]

    @pytest.mark.parametrize(
        ("limit", "added", "left"), [(30, 29, [1, 2]), (30, 31, [2]), (0, 1, [2]), (5, 5, [1, 2])]
    )
    def test_an_earlier_one_by_a_substantial_change(self, cast, at_desk_head, limit, added, left):
        SiteSettings.objects.update(substantial_mend=limit)
        mend(at_desk_head, cast.desk_head, summary="字" * added)
        workflow.sign(at_desk_head, by=cast.desk_head)
        assert standing(at_desk_head) == left

    def test_where_any_change_counts_one_without_characters_does(self, cast, at_desk_head):
        SiteSettings.objects.update(substantial_mend=0)
        mend(at_desk_head, cast.desk_head, section=Section.objects.create(name="教", slug="jiao"))
        workflow.sign(at_desk_head, by=cast.desk_head)
        assert standing(at_desk_head) == [2]

    def test_a_long_link_is_as_much_a_change_as_long_words(self, cast, at_desk_head):
        target = "https://example.cn/" + "a" * 40
        body = at_desk_head.body.replace("阅读灯", f'<a href="{target}">阅读灯</a>')
        mend(at_desk_head, cast.desk_head, body=body)
        workflow.sign(at_desk_head, by=cast.desk_head)
        assert standing(at_desk_head) == [2]

    def test_a_rewriting_by_the_last_round_sends_it_round_again(self, back_at_editor):
        assert standing(back_at_editor) == [3]
        assert back_at_editor.round.position == 1

    def test_a_later_one_stands_while_nothing_changes(self, cast, back_at_editor):
        factories.signed_by(cast, back_at_editor, cast.editor, cast.desk_head)
        assert back_at_editor.status == Article.Status.APPROVED

    @pytest.mark.parametrize(
        "change",
        [{"summary": "一"}, {"body": BIG.replace("文字", "<em>文字</em>")}, {"kind": "brief"}],
    )
    def test_a_later_one_by_any_change_at_all(self, cast, back_at_editor, change):
        mend(back_at_editor, cast.editor, **change)
        workflow.sign(back_at_editor, by=cast.editor)
        assert standing(back_at_editor) == [1]
        factories.signed_by(cast, back_at_editor, cast.desk_head, cast.chief)
        traces.speak_now()
        last = Signature.objects.standing().get(round__position=3)
        assert last.version == back_at_editor.sealed

    def test_a_voided_signature_stays_on_record(self, back_at_editor):
        given = back_at_editor.review.signatures
        assert given.count() == 3
        assert given.exclude(voided_at=None).count() == 2

    def test_a_line_break_in_the_headline_voids_nothing(self, cast, at_desk_head):
        SiteSettings.objects.update(substantial_mend=0)
        mend(at_desk_head, cast.desk_head, headline=at_desk_head.headline[:4] + "|" +
             at_desk_head.headline[4:])  # fmt: skip
        workflow.sign(at_desk_head, by=cast.desk_head)
        assert standing(at_desk_head) == [1, 2]
        assert Version.objects.count() == 1

    def test_returning_ends_all_of_them(self, cast, at_desk_head):
        workflow.return_(at_desk_head, by=cast.desk_head, note="补时间。")
        workflow.submit(at_desk_head, by=cast.writer)
        assert standing(at_desk_head) == []
        workflow.sign(at_desk_head, by=cast.editor)


class TestWhatWasRead:
    def test_nothing_is_signed_that_has_changed_since_it_was_opened(self, cast):
        article = factories.submitted(cast)
        opened = article.revision
        mend(article, cast.editor, deck="加一行副题")
        before = traces.everything()
        with pytest.raises(RefusalError, match=r"\S"):
            workflow.sign(article, by=cast.editor, seen=opened)
        assert traces.everything() == before
        workflow.sign(article, by=cast.editor, seen=opened + 1)

    def test_every_save_counts_even_of_one_and_the_same_copy(self, cast):
        article = factories.draft(cast)
        for number in range(1, 4):
            workflow.save(article, by=cast.writer, write=article.save)
            assert Article.objects.get().revision == article.revision == number

    def test_a_copy_loaded_before_a_verb_does_not_undo_it(self, cast):
        article = factories.draft(cast)
        stale = Article.objects.get(pk=article.pk)
        workflow.submit(article, by=cast.writer)
        workflow.claim(article, by=cast.editor)
        stale.deck = "编辑加的副题"
        workflow.save(stale, by=cast.editor, write=stale.save)
        stored = Article.objects.get()
        assert (stored.status, stored.claimed_by, stored.deck) == (
            Article.Status.IN_REVIEW, cast.editor, "编辑加的副题",
        )  # fmt: skip

    def test_a_copy_loaded_before_submission_is_not_saved(self, cast):
        article = factories.draft(cast)
        stale = Article.objects.get(pk=article.pk)
        workflow.submit(article, by=cast.writer)
        with pytest.raises(RefusalError, match=r"\S"):
            workflow.save(stale, by=cast.writer, write=stale.save)


class TestOwnPieces:
    """Nobody signs a piece they filed or are named in."""

    def named(self, cast, **fields):
        article = factories.draft(cast)
        Byline.objects.create(article=article, position=1, **fields)
        return workflow.submit(article, by=cast.writer)

    def refused(self, article, by):
        before = traces.everything()
        for verb in (workflow.sign, workflow.claim):
            with pytest.raises(RefusalError, match=r"\S"):
                verb(article, by=by)
        assert traces.everything() == before

    def test_whoever_filed_it(self, cast):
        article = factories.draft(cast, filed_by=cast.editor)
        self.refused(workflow.submit(article, by=cast.editor), cast.editor)
        workflow.sign(article, by=cast.second_editor)

    def test_whoever_is_named_by_their_account(self, cast):
        pen_name = Correspondent.objects.create(name="笔名", user=cast.editor)
        self.refused(self.named(cast, correspondent=pen_name), cast.editor)

    @pytest.mark.parametrize("printed", ["沈予安", "沈 予 安", "沈　予安"])
    def test_whoever_is_named_in_plain_words(self, cast, printed):
        self.refused(self.named(cast, name=printed), cast.editor)

    def test_whoever_is_named_by_an_entry_without_an_account(self, cast):
        entry = Correspondent.objects.create(name="沈予安")
        self.refused(self.named(cast, correspondent=entry), cast.editor)

    def test_a_namesake_with_an_account_of_their_own_bars_nobody_else(self, cast):
        other = factories.person("沈予安", Role.CORRESPONDENT, username="namesake")
        entry = Correspondent.objects.create(name="沈予安", user=other)
        workflow.sign(self.named(cast, correspondent=entry), by=cast.editor)

    def test_a_name_put_in_during_the_review_counts_at_once(self, cast):
        article = factories.signed_by(cast, factories.submitted(cast), cast.editor)
        workflow.claim(article, by=cast.desk_head)
        entry = Correspondent.objects.create(name="温以恒", user=cast.chief)

        def write():
            Byline.objects.create(article=article, correspondent=entry, position=1)

        workflow.save(article, by=cast.desk_head, write=write)
        workflow.sign(article, by=cast.desk_head)
        self.refused(article, cast.chief)

    @pytest.mark.parametrize("printed", ["沈予安", ""])
    def test_a_name_put_in_after_its_bearer_signed_voids_that_signature(self, cast, printed):
        entry = Correspondent.objects.create(name="沈予安", user=None if printed else cast.editor)
        article = factories.signed_by(cast, factories.submitted(cast), cast.editor)
        workflow.claim(article, by=cast.desk_head)

        def write():
            Byline.objects.create(article=article, correspondent=entry, position=1)

        workflow.save(article, by=cast.desk_head, write=write)
        workflow.sign(article, by=cast.desk_head)
        assert standing(article) == [2]
        self.refused(article, cast.editor)
        factories.signed_by(cast, article, cast.second_editor, cast.chief)
        traces.speak_now()
        assert article.status == Article.Status.APPROVED


class TestTwoRounds:
    def test_one_person_with_two_roles_signs_one(self, cast):
        cast.editor.groups.add(Group.objects.get(name=Role.DESK_HEAD))
        article = factories.signed_by(cast, factories.submitted(cast), cast.editor)
        with pytest.raises(RefusalError, match=r"\S"):
            workflow.sign(article, by=cast.editor)

    def test_who_signed_a_passage_before_may_sign_the_next(self, cast):
        article = factories.approved(cast)
        workflow.revise(article, by=cast.editor)
        workflow.submit(article, by=cast.writer)
        factories.signed_by(cast, article, cast.editor, cast.desk_head, cast.chief)
        assert article.status == Article.Status.APPROVED


class TestDeputies:
    @pytest.fixture
    def deputy(self):
        return factories.person("代签人", username="deputy")

    def appoint(self, deputy, principal, first=0, last=0):
        today = timezone.localdate()
        day = [today + timedelta(days=days) for days in (first, last)]
        return Deputy.objects.create(
            deputy=deputy, principal=principal, starts_on=day[0], ends_on=day[1]
        )

    @pytest.mark.parametrize(("first", "last"), [(0, 0), (-1, 0), (0, 1)])
    def test_between_the_dates_a_deputy_signs_on_behalf(self, cast, deputy, first, last):
        self.appoint(deputy, cast.editor, first, last)
        article = workflow.sign(factories.submitted(cast), by=deputy)
        signature = Signature.objects.get()
        assert (signature.signer, signature.on_behalf_of) == (deputy, cast.editor)
        assert article.acts.last().on_behalf_of == cast.editor

    @pytest.mark.parametrize(("first", "last"), [(-3, -1), (1, 3)])
    def test_outside_the_dates_not(self, cast, deputy, first, last):
        self.appoint(deputy, cast.editor, first, last)
        with pytest.raises(RefusalError, match=r"\S"):
            workflow.sign(factories.submitted(cast), by=deputy)

    def test_not_a_piece_of_their_own(self, cast):
        self.appoint(cast.writer, cast.editor)
        with pytest.raises(RefusalError, match=r"\S"):
            workflow.sign(factories.submitted(cast), by=cast.writer)

    def test_not_a_piece_of_whom_they_act_for(self, cast, deputy):
        self.appoint(deputy, cast.editor)
        article = workflow.submit(factories.draft(cast, filed_by=cast.editor), by=cast.editor)
        with pytest.raises(RefusalError, match=r"\S"):
            workflow.sign(article, by=deputy)

    def test_not_for_somebody_who_has_left(self, cast, deputy):
        self.appoint(deputy, cast.editor)
        cast.editor.is_active = False
        cast.editor.save()
        with pytest.raises(RefusalError, match=r"\S"):
            workflow.sign(factories.submitted(cast), by=deputy)

    def test_principal_and_deputy_count_as_one(self, cast, deputy):
        cast.editor.groups.add(Group.objects.get(name=Role.DESK_HEAD))
        self.appoint(deputy, cast.editor)
        article = workflow.sign(factories.submitted(cast), by=deputy)
        for again in (cast.editor, deputy):
            with pytest.raises(RefusalError, match=r"\S"):
                workflow.sign(article, by=again)

    def test_a_member_of_the_round_signs_in_their_own_name(self, cast):
        self.appoint(cast.second_editor, cast.editor)
        workflow.sign(factories.submitted(cast), by=cast.second_editor)
        assert Signature.objects.get().on_behalf_of is None

    def test_a_deputy_of_two_acts_for_the_one_who_may(self, cast, deputy):
        self.appoint(deputy, cast.editor)
        self.appoint(deputy, cast.second_editor)
        article = workflow.submit(factories.draft(cast, filed_by=cast.editor), by=cast.editor)
        workflow.sign(article, by=deputy)
        assert Signature.objects.get().on_behalf_of == cast.second_editor


class TestRoutes:
    """Rounds are data, and a piece keeps the route it started with."""

    def one_round(self):
        route = Route.objects.create(name="一审")
        Round.objects.create(
            route=route, position=1, name="签发", seal="签",
            group=Group.objects.get(name=Role.CHIEF_EDITOR),
        )  # fmt: skip
        return route

    def put_in_force(self, route):
        Route.objects.update(is_in_force=False)
        Route.objects.filter(pk=route.pk).update(is_in_force=True)

    def test_a_route_of_one_round_seals_with_one_signature(self, cast):
        self.put_in_force(self.one_round())
        article = workflow.sign(factories.submitted(cast), by=cast.chief)
        traces.speak_now()
        assert article.status == Article.Status.APPROVED

    def test_pieces_under_way_keep_theirs(self, cast):
        article = factories.submitted(cast)
        self.put_in_force(self.one_round())
        factories.signed_by(cast, article, cast.editor, cast.desk_head, cast.chief)
        traces.speak_now()
        assert article.status == Article.Status.APPROVED

    @pytest.mark.parametrize("rounds", ["no route", "no rounds"])
    def test_without_rounds_nothing_is_submitted(self, cast, rounds):
        Route.objects.update(is_in_force=False)
        if rounds == "no rounds":
            Route.objects.create(name="空", is_in_force=True)
        with pytest.raises(RefusalError, match=r"\S"):
            workflow.submit(factories.draft(cast), by=cast.writer)


def test_a_sealed_version_shows_the_signatures_of_one_passage(cast):
    """Signed twice without a change between: two passages, one version, three seals."""
    article = factories.approved(cast)
    workflow.revise(article, by=cast.editor)
    workflow.submit(article, by=cast.writer)
    shown = Signature.objects.under(article.sealed_id)
    assert [signature.round.position for signature in shown] == [1, 2, 3]
    factories.signed_by(cast, article, cast.second_editor)
    assert [signature.signer for signature in shown.all()][0] == cast.editor
    factories.signed_by(cast, article, cast.desk_head, cast.chief)
    assert [signature.round.position for signature in shown.all()] == [1, 2, 3]
