"""Corrections pass the rounds like a piece, by others than who drew them up; withdrawn comes back.

What the database refuses by itself stands in ``test_correction_guards``.
"""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from articles import permissions, workflow
from articles.crews import Crew
from articles.models import Act, Byline, Correction, Round, Route
from newsroom.people.models import Deputy
from newsroom.people.roles import Role
from newsroom.people.verdicts import RefusalError
from tests import factories, traces

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


def everybody(cast):
    people = [who for who in vars(cast).values() if hasattr(who, "username")]
    today = timezone.localdate()
    deputy = factories.person("代签", Role.CORRESPONDENT, username="deputy")
    Deputy.objects.create(principal=cast.desk_head, deputy=deputy, starts_on=today, ends_on=today)
    return [
        *people,
        deputy,
        factories.person("超级", username="root", is_superuser=True),
        factories.person("多职", *Role, username="all"),
        factories.person("离职", *Role, username="gone", is_active=False),
    ]


def deputy_of(principal):
    today = timezone.localdate()
    deputy = factories.person("代签", Role.CORRESPONDENT, username="deputy")
    Deputy.objects.create(principal=principal, deputy=deputy, starts_on=today, ends_on=today)
    return deputy


class TestRounds:
    def test_it_is_public_with_the_last_signature_and_not_before(self, cast):
        made = factories.correction(cast)
        for signer in (cast.editor, cast.desk_head):
            made = workflow.sign_correction(made, by=signer)
            assert not Correction.objects.public().exists()
        made = workflow.sign_correction(made, by=cast.chief)
        assert Correction.objects.public().get() == made
        assert made.signed_by == cast.chief

    def test_only_the_round_it_stands_in_signs(self, cast):
        made, people = factories.correction(cast), everybody(cast)
        for expected in ({"editor", "editor2"}, {"deskhead", "deputy"}, {"chief"}, set()):
            able = {who.username for who in people if permissions.may_sign_correction(who, made)}
            assert able - {"all"} == expected
            for who in people:
                if who.username not in expected | {"all"}:
                    assert not traces.is_done(workflow.sign_correction, made, by=who)
            if expected:
                signer = next(who for who in people if who.username in expected)
                made = workflow.sign_correction(made, by=signer)

    @pytest.mark.exhaustive
    def test_the_queue_says_what_the_permission_says(self, cast):
        people = everybody(cast)
        byline = factories.live_alone(cast, filed_by=cast.second_editor)
        Byline.objects.create(article=byline, name="罗 嘉言", position=1)
        made = [factories.correction(cast), factories.correction(cast, byline)]
        made.append(workflow.sign_correction(factories.correction(cast), by=cast.editor))
        own = factories.live_alone(cast)
        made.append(workflow.draw_up_correction(own, by=cast.second_editor, wrong="三", right="四"))
        made.append(
            workflow.return_correction(factories.correction(cast), by=cast.editor, note="查。")
        )
        gone = factories.correction(cast)
        workflow.withdraw(gone.article, by=cast.chief, reason="失实。")
        for each in [*made, gone, factories.signed_correction(cast)]:
            fresh = Correction.objects.get(pk=each.pk)
            named = {hand.person for hand in Crew().hands_of_correction(fresh)}
            assert named == {who for who in people if permissions.may_sign_correction(who, fresh)}
            for who in people:
                waiting = Correction.objects.waiting_for(who).filter(pk=each.pk).exists()
                assert waiting == bool(permissions.may_sign_correction(who, fresh)), (each, who)

    def test_nobody_signs_two_rounds(self, cast):
        cast.editor.groups.add(Group.objects.get(name="desk head"))
        made = workflow.sign_correction(factories.correction(cast), by=cast.editor)
        with pytest.raises(RefusalError, match="两轮"):
            workflow.sign_correction(made, by=cast.editor)

    def test_a_deputy_does_not_lend_a_second_signature(self, cast):
        deputy = deputy_of(cast.desk_head)
        deputy.groups.set(Group.objects.filter(name="editor"))
        made = workflow.sign_correction(factories.correction(cast), by=deputy)
        assert not permissions.may_sign_correction(deputy, made)

    def test_a_deputy_signs_for_a_named_person(self, cast):
        deputy = deputy_of(cast.editor)
        made = workflow.sign_correction(factories.correction(cast), by=deputy)
        signature = made.signatures.get()
        assert (signature.signer, signature.on_behalf_of) == (deputy, cast.editor)
        assert not permissions.may_sign_correction(cast.editor, made)

    def test_it_keeps_the_route_it_started_with(self, cast):
        made = factories.correction(cast)
        Route.objects.update(is_in_force=False)
        short = Route.objects.create(name="一审", is_in_force=True)
        chief = Group.objects.get(name="chief editor")
        Round.objects.create(route=short, position=1, name="终审", seal="终", group=chief)
        assert made.next_round().name == "初审"
        other = factories.correction(cast, made.article)
        assert workflow.sign_correction(other, by=cast.chief).signed_at

    def test_nobody_draws_one_up_without_rounds(self, cast):
        article = factories.live_alone(cast)
        Route.objects.update(is_in_force=False)
        assert not traces.is_done(
            workflow.draw_up_correction, article, by=cast.editor, wrong="三", right="四"
        )

    def test_every_step_is_on_record(self, cast):
        made = factories.signed_correction(cast)
        acts = Act.objects.filter(article=made.article).order_by("-pk")[:4]
        assert [(act.verb, act.by, act.round and act.round.name) for act in acts] == [
            ("sign_correction", cast.chief, "终审签发"),
            ("sign_correction", cast.desk_head, "复审"),
            ("sign_correction", cast.editor, "初审"),
            ("draw_up_correction", cast.issue_editor, None),
        ]


class TestNewWords:
    def test_new_words_void_the_signatures(self, cast):
        made = workflow.sign_correction(factories.correction(cast), by=cast.editor)
        made = workflow.redraw_correction(made, by=cast.issue_editor, wrong="周三", right="周五")
        assert not made.signatures.standing().exists()
        assert made.signatures.count() == 1
        assert made.next_round().name == "初审"
        for signer in (cast.editor, cast.desk_head, cast.chief):
            made = workflow.sign_correction(made, by=signer)
        assert (made.right, bool(made.signed_at)) == ("周五", True)

    def test_what_was_read_is_what_is_signed(self, cast):
        made = factories.correction(cast)
        workflow.redraw_correction(made, by=cast.issue_editor, wrong="周三", right="周五")
        with pytest.raises(RefusalError, match="改动"):
            workflow.sign_correction(made, by=cast.editor, seen=0)
        assert workflow.sign_correction(made, by=cast.editor, seen=1).signatures.get()

    def test_a_returned_one_waits_for_new_words(self, cast):
        made = workflow.sign_correction(factories.correction(cast), by=cast.editor)
        made = workflow.return_correction(made, by=cast.desk_head, note="查会议记录。")
        assert made.returned_note == "查会议记录。"
        assert not permissions.may_sign_correction(cast.editor, made)
        made = workflow.redraw_correction(made, by=cast.issue_editor, wrong="周三", right="周五")
        assert (made.returned_at, made.returned_note) == (None, "")
        assert permissions.may_sign_correction(cast.editor, made)

    def test_returned_words_may_prove_right(self, cast):
        """Who returned it was mistaken: the same words go round again."""
        made = workflow.return_correction(factories.correction(cast), by=cast.editor, note="查。")
        same = {"wrong": made.wrong, "right": made.right}
        made = workflow.redraw_correction(made, by=cast.issue_editor, **same)
        with pytest.raises(RefusalError, match="没有变"):
            workflow.redraw_correction(made, by=cast.issue_editor, **same)

    def test_only_who_drew_it_up_changes_it(self, cast):
        made, able = factories.correction(cast), []
        for who in everybody(cast):
            with traces.undone():
                change = {"by": who, "wrong": "三", "right": "四"}
                able += [who] if traces.is_done(workflow.redraw_correction, made, **change) else []
        assert able == [cast.issue_editor]

    def test_who_drew_it_up_or_their_heads_drop_it(self, cast):
        made, able = factories.correction(cast), []
        for who in everybody(cast):
            with traces.undone():
                done = traces.is_done(workflow.drop_correction, made, by=who, note="无误。")
                able += [who.username] if done else []
        assert set(able) == {"issues", "deskhead", "chief", "all"}

    @pytest.mark.parametrize("end", ["signed", "dropped"])
    def test_what_is_public_or_dropped_stays(self, cast, end):
        if end == "signed":
            made = factories.signed_correction(cast)
        else:
            made = factories.correction(cast)
            workflow.drop_correction(made, by=cast.issue_editor, note="无误。")
        for who in everybody(cast):
            for verb, how in {
                "sign_correction": {},
                "return_correction": {"note": "查。"},
                "redraw_correction": {"wrong": "三", "right": "四"},
                "drop_correction": {"note": "无误。"},
            }.items():
                assert not traces.is_done(getattr(workflow, verb), made, by=who, **how)

    @pytest.mark.parametrize("verb", ["return_correction", "drop_correction"])
    def test_a_reason_is_asked_for(self, cast, verb):
        made = factories.correction(cast)
        who = cast.editor if verb == "return_correction" else cast.issue_editor
        assert not traces.is_done(getattr(workflow, verb), made, by=who, note=" \n")

    def test_nothing_is_signed_for_a_withdrawn_piece(self, cast):
        made = factories.correction(cast)
        workflow.withdraw(made.article, by=cast.chief, reason="失实。")
        with pytest.raises(RefusalError, match="撤下"):
            workflow.sign_correction(made, by=cast.editor)


class TestReinstating:
    def gone(self, cast, **fields):
        return workflow.withdraw(factories.live_alone(cast, **fields), by=cast.chief, reason="误。")

    def test_it_is_live_again_at_its_old_hour(self, cast):
        article = self.gone(cast)
        hour = article.release.publish_at
        workflow.reinstate(article, by=cast.chief, reason="核实无误。")
        assert article.is_live(timezone.now())
        assert article.release.publish_at == hour

    def test_both_stay_on_record(self, cast):
        article = workflow.reinstate(self.gone(cast), by=cast.chief, reason="核实无误。")
        withdrawal = article.withdrawals.get()
        assert withdrawal.reinstatement.reason == "核实无误。"
        assert list(article.acts.values_list("verb", flat=True))[-2:] == ["withdraw", "reinstate"]

    def test_it_can_be_withdrawn_and_brought_back_again(self, cast):
        article = self.gone(cast)
        for _time in range(2):
            workflow.reinstate(article, by=cast.chief, reason="核实无误。")
            workflow.withdraw(article, by=cast.chief, reason="又有误。")
        traces.speak_now()
        assert article.withdrawals.count() == 3
        assert not article.is_live(timezone.now())

    def test_a_second_click_finds_nothing_to_bring_back(self, cast):
        article = workflow.reinstate(self.gone(cast), by=cast.chief, reason="核实无误。")
        assert not traces.is_done(workflow.reinstate, article, by=cast.chief, reason="核实无误。")

    def test_nobody_brings_their_own_piece_back(self, cast):
        second = factories.person("副总", Role.CHIEF_EDITOR, username="chief2")
        article = self.gone(cast, filed_by=second)
        assert not traces.is_done(workflow.reinstate, article, by=second, reason="核实无误。")
        assert traces.is_done(workflow.reinstate, article, by=cast.chief, reason="核实无误。")

    def test_blank_words_are_no_reason(self, cast):
        assert not traces.is_done(workflow.reinstate, self.gone(cast), by=cast.chief, reason=" ")

    def test_an_hour_that_passed_meanwhile_wants_a_public_word(self, cast):
        """Else the page would say that it has been there all the time."""
        article = factories.scheduled_alone(cast, hours=1)
        workflow.withdraw(article, by=cast.chief, reason="误。")
        Article = type(article)  # noqa: N806 - a model
        with traces.without_guards():
            Article.objects.filter(pk=article.pk).update(
                withdrawn_at=timezone.now() - timedelta(hours=2)
            )
            type(article.release).objects.update(publish_at=timezone.now() - timedelta(hours=1))
        article = Article.objects.get(pk=article.pk)
        assert not traces.is_done(workflow.reinstate, article, by=cast.chief, reason="核实无误。")
        workflow.reinstate(article, by=cast.chief, reason="核实。", public_note="今日起刊出。")
        assert article.is_live(timezone.now())

    def test_a_scheduled_piece_goes_out_at_its_hour(self, cast):
        article = factories.scheduled_alone(cast)
        workflow.withdraw(article, by=cast.chief, reason="误。")
        workflow.reinstate(article, by=cast.chief, reason="核实无误。")
        assert not article.is_live(timezone.now())
        assert article.is_live(timezone.now() + timedelta(hours=2))
