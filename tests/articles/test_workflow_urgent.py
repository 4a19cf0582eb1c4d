"""The emergency lane: out at once, and the signatures that follow."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from articles import workflow
from articles.models import (
    Act,
    Article,
    Byline,
    OwedSignature,
    Release,
    Round,
    Route,
    Signature,
    Version,
)
from issues.models import Placement
from newsroom.people.models import Deputy
from newsroom.people.verdicts import RefusalError
from tests import factories, traces

pytestmark = pytest.mark.django_db
REASON = "石桥水库泄洪，沿岸居民须马上转移。"


@pytest.fixture
def cast():
    return factories.Cast()


def urgent(cast, article=None, by=None):
    """Let a piece out at once."""
    article = article or factories.submitted(cast)
    out = workflow.publish_at_once(article, by=by or cast.chief, reason=REASON)
    traces.speak_now()
    return out


def debts(article):
    """Return the open debts of a piece, in the order of the rounds."""
    return list(OwedSignature.objects.open().filter(article=article).order_by("round__position"))


def chief(name="副总", **more):
    return factories.person(name, "chief editor", username=name, **more)


def deputy_of(principal):
    day = timezone.localdate()
    person = factories.person("代签", "correspondent", username="deputy")
    Deputy.objects.create(principal=principal, deputy=person, starts_on=day, ends_on=day)
    return person


def refused(verb, *arguments, **how):
    """Return the sentence of a refusal that leaves no trace."""
    before = traces.everything()
    with pytest.raises(RefusalError) as refusal:
        getattr(workflow, verb)(*arguments, **how)
    assert traces.everything() == before
    return str(refusal.value)


class TestPublishingAtOnce:
    @pytest.mark.parametrize("signers", [0, 1, 2])
    def test_from_any_round_it_is_live_and_the_others_owe(self, cast, signers):
        people = [cast.editor, cast.desk_head][:signers]
        article = urgent(cast, factories.signed_by(cast, factories.submitted(cast), *people))
        assert article.is_live(timezone.now())
        assert Article.objects.live().contains(article)
        assert article.sealed.basis == Version.Basis.EMERGENCY
        assert article.sealed.basis_note == REASON
        owing = [debt.round.position for debt in debts(article)]
        assert owing == [1, 2][signers:]
        assert [s.signer for s in Signature.objects.under(article.sealed)] == [*people, cast.chief]
        act = article.acts.last()
        assert (act.verb, act.by, act.note) == ("publish_at_once", cast.chief, REASON)
        assert act.round.position == 3

    def test_a_draft_that_another_has_filed_goes_out_in_one_step(self, cast):
        article = urgent(cast, factories.draft(cast))
        assert article.is_live(timezone.now())
        assert len(debts(article)) == 2

    def test_the_rest_is_owed_within_a_day(self, cast):
        for debt in debts(urgent(cast)):
            assert debt.due_at - debt.owed_since == timedelta(hours=24)
            assert debt.owed_since == debt.version.sealed_at

    def test_somebody_elses_claim_is_no_obstacle(self, cast):
        article = workflow.claim(factories.submitted(cast), by=cast.editor)
        assert urgent(cast, article).claimed_by is None

    def test_with_one_round_nothing_is_owed(self, cast):
        Route.objects.update(is_in_force=False)
        short = Route.objects.create(name="一审", is_in_force=True)
        group = Group.objects.get(name="chief editor")
        Round.objects.create(route=short, position=1, name="签发", seal="签", group=group)
        assert debts(urgent(cast)) == []

    def test_a_changed_text_voids_what_no_longer_covers_it(self, cast):
        article = factories.signed_by(cast, factories.submitted(cast), cast.editor)
        workflow.claim(article, by=cast.desk_head)
        article.body = "<p>" + "全部重写。" * 20 + "</p>"
        workflow.save(article, by=cast.desk_head, write=article.save)
        assert [debt.round.position for debt in debts(urgent(cast, article))] == [1, 2]

    def test_a_final_signature_that_waited_for_others_is_given_anew(self, cast):
        article = factories.signed_by(cast, factories.submitted(cast), cast.editor, cast.desk_head)
        workflow.claim(article, by=cast.chief)
        article.body = "<p>" + "全部重写。" * 20 + "</p>"
        workflow.save(article, by=cast.chief, write=article.save)
        workflow.sign(article, by=cast.chief)
        assert article.round.position == 1
        urgent(cast, article)
        assert [debt.round.position for debt in debts(article)] == [1, 2]


class TestWhoMayNot:
    def test_the_author_may_not(self, cast):
        mine = workflow.submit(factories.draft(cast, filed_by=cast.chief), by=cast.chief)
        assert refused("publish_at_once", mine, by=cast.chief, reason=REASON)

    def test_nobody_who_is_named_in_it(self, cast):
        article = factories.draft(cast)
        Byline.objects.create(article=article, name="温 以恒", position=1)
        assert refused("publish_at_once", article, by=cast.chief, reason=REASON)

    def test_a_deputy_of_the_author_may_not(self, cast):
        mine = workflow.submit(factories.draft(cast, filed_by=cast.chief), by=cast.chief)
        assert refused("publish_at_once", mine, by=deputy_of(cast.chief), reason=REASON)

    def test_a_deputy_of_another_chief_may(self, cast):
        deputy = deputy_of(cast.chief)
        signature = Signature.objects.under(urgent(cast, by=deputy).sealed).get()
        assert (signature.signer, signature.on_behalf_of) == (deputy, cast.chief)

    def test_no_other_role_and_no_account_without_one(self, cast):
        article = factories.submitted(cast)
        root = factories.person("超级", "administrator", username="root", is_superuser=True)
        gone = chief("离职", is_active=False)
        others = {who for role, who in cast.by_role.items() if role != "chief editor"}
        for who in {*others, root, gone}:
            assert refused("publish_at_once", article, by=who, reason=REASON)

    def test_nobody_who_has_signed_another_round(self, cast):
        cast.chief.groups.add(Group.objects.get(name="editor"))
        article = factories.signed_by(cast, factories.submitted(cast), cast.chief)
        assert refused("publish_at_once", article, by=cast.chief, reason=REASON)

    @pytest.mark.parametrize("reason", ["", "  \n"])
    def test_not_without_a_reason(self, cast, reason):
        said = refused("publish_at_once", factories.submitted(cast), by=cast.chief, reason=reason)
        assert "紧急" in said or "为什么" in said or "原因" in said

    def test_not_what_residents_would_miss_something_in(self, cast):
        article = factories.draft(cast)
        factories.with_photo(article, alternative_text="")
        assert refused("publish_at_once", article, by=cast.chief, reason=REASON)

    def test_not_what_has_been_changed_since_it_was_read(self, cast):
        article = factories.draft(cast)
        read = article.revision
        workflow.save(article, by=cast.writer, write=article.save)
        assert refused("publish_at_once", article, by=cast.chief, reason=REASON, seen=read)

    def test_not_a_withdrawn_rejected_or_signed_off_piece(self, cast):
        pieces = [
            factories.approved(cast),
            workflow.reject(factories.submitted(cast), by=cast.editor, note="重复"),
            workflow.withdraw(
                workflow.revise(factories.live_alone(cast), by=cast.writer),
                by=cast.chief,
                reason="失实",
            ),
        ]
        for piece in pieces:
            assert refused("publish_at_once", piece, by=cast.chief, reason=REASON)

    def test_not_what_is_as_it_was_signed(self, cast):
        article = workflow.revise(factories.approved(cast), by=cast.writer)
        assert refused("publish_at_once", article, by=cast.chief, reason=REASON)


class TestReleases:
    def test_a_piece_of_a_scheduled_issue_goes_out_alone_and_keeps_its_place(self, cast):
        article = factories.approved(cast)
        factories.scheduled_issue(cast, article, factories.approved(cast))
        workflow.revise(article, by=cast.writer)
        article.body = "<p>水位又涨了。</p>"
        workflow.save(article, by=cast.writer, write=article.save)
        urgent(cast, article)
        assert article.release.alone
        assert article.is_live(timezone.now())
        assert Placement.objects.filter(article=article).exists()

    def test_a_hold_gives_way(self, cast):
        article = workflow.hold(factories.scheduled_alone(cast), by=cast.chief, because="等核实")
        workflow.revise(article, by=cast.writer)
        article.body = "<p>已核实。</p>"
        workflow.save(article, by=cast.writer, write=article.save)
        assert urgent(cast, article).is_live(timezone.now())

    def test_a_live_piece_keeps_its_hour_and_says_what_is_new(self, cast):
        article = workflow.revise(factories.live_alone(cast), by=cast.writer)
        release = Release.objects.get(pk=article.release_id)
        article.body = "<p>水位又涨了。</p>"
        workflow.save(article, by=cast.writer, write=article.save)
        assert refused("publish_at_once", article, by=cast.chief, reason=REASON)
        workflow.publish_at_once(article, by=cast.chief, reason=REASON, change_note="水位更新。")
        article.release.refresh_from_db()
        assert article.release.publish_at == release.publish_at
        assert article.sealed.change_note == "水位更新。"


class TestLateSignatures:
    def test_signed_one_after_the_other_the_list_is_clear(self, cast):
        article = urgent(cast)
        first, second = debts(article)
        workflow.sign_late(article, by=cast.editor, owed=first.pk)
        assert debts(article) == [second]
        workflow.sign_late(article, by=cast.desk_head, owed=second.pk)
        assert debts(article) == []
        traces.speak_now()
        under = [s.signer for s in Signature.objects.under(article.sealed)]
        assert under == [cast.editor, cast.desk_head, cast.chief]
        assert article.acts.last().verb == "sign_late"

    def test_a_day_later_it_still_stands_there(self, cast):
        article = urgent(cast)
        tomorrow = timezone.now() + timedelta(hours=25)
        assert OwedSignature.objects.overdue(tomorrow).count() == 2
        assert OwedSignature.objects.overdue().count() == 0
        assert all(debt.is_overdue(tomorrow) for debt in debts(article))

    def test_nobody_signs_two_rounds(self, cast):
        cast.chief.groups.add(*Group.objects.filter(name__in=["editor", "desk head"]))
        cast.editor.groups.add(Group.objects.get(name="desk head"))
        article = urgent(cast)
        first, second = debts(article)
        assert refused("sign_late", article, by=cast.chief, owed=first.pk)
        workflow.sign_late(article, by=cast.editor, owed=first.pk)
        assert refused("sign_late", article, by=cast.editor, owed=second.pk)

    def test_nobody_signs_their_own_or_for_another_round(self, cast):
        article = urgent(cast, workflow.submit(
            factories.draft(cast, filed_by=cast.editor), by=cast.editor
        ))  # fmt: skip
        first = debts(article)[0]
        for who in (cast.editor, cast.desk_head, cast.writer, cast.administrator):
            assert refused("sign_late", article, by=who, owed=first.pk)
        workflow.sign_late(article, by=cast.second_editor, owed=first.pk)
        assert refused("sign_late", article, by=cast.second_editor, owed=first.pk)

    def test_who_is_named_in_what_went_out_does_not_sign_it_though_dropped_since(self, cast):
        article = factories.draft(cast)
        Byline.objects.create(article=article, name=cast.editor.name, position=1)
        urgent(cast, article)
        workflow.revise(article, by=cast.writer)
        article.bylines.filter(name=cast.editor.name).delete()
        first = debts(article)[0]
        assert refused("sign_late", article, by=cast.editor, owed=first.pk)
        assert not OwedSignature.objects.asked_of(cast.editor).exists()

    def test_a_debt_of_another_piece_is_none_of_this_one(self, cast):
        one, other = urgent(cast), urgent(cast)
        assert refused("sign_late", one, by=cast.editor, owed=debts(other)[0].pk)


class TestRefusedSignatures:
    @pytest.fixture
    def article(self, cast):
        article = urgent(cast)
        first, second = debts(article)
        workflow.sign_late(article, by=cast.desk_head, owed=second.pk)
        workflow.refuse_late(article, by=cast.editor, owed=first.pk, reason="水位数字不对。")
        return article

    def test_it_wants_words(self, cast):
        article = urgent(cast)
        first = debts(article)[0]
        assert refused("refuse_late", article, by=cast.editor, owed=first.pk, reason=" ")

    def test_the_list_shouts_until_it_is_corrected(self, cast, article):
        assert OwedSignature.objects.refused().count() == 1
        correction = factories.correction(cast, article)
        for signer in (cast.editor, cast.desk_head, cast.chief):
            assert OwedSignature.objects.refused().count() == 1
            workflow.sign_correction(correction, by=signer)
        assert debts(article) == []

    def test_a_correction_signed_before_clears_nothing(self, cast):
        article = urgent(cast)
        first, second = debts(article)
        factories.signed_correction(cast, article)
        workflow.refuse_late(article, by=cast.editor, owed=first.pk, reason="还是不对。")
        assert debts(article) == [first, second]

    def test_a_withdrawal_clears_it(self, cast, article):
        workflow.withdraw(article, by=cast.chief, reason="失实")
        assert debts(article) == []

    def test_it_is_not_signed_after_all(self, cast, article):
        first = debts(article)[0]
        assert refused("sign_late", article, by=cast.second_editor, owed=first.pk)
        assert refused("refuse_late", article, by=cast.editor, owed=first.pk, reason="又")

    def test_the_act_says_why(self, article):
        act = Act.objects.filter(article=article).last()
        assert (act.verb, act.note) == ("refuse_late", "水位数字不对。")


class TestAgain:
    """An emergency upon an emergency is possible, and no way out of the debt."""

    def revised(self, cast, article):
        workflow.revise(article, by=cast.writer)
        article.body = f"{article.body}<p>又一段。</p>"
        return workflow.save(article, by=cast.writer, write=article.save)

    def again(self, cast, article, **more):
        return workflow.publish_at_once(
            self.revised(cast, article), by=cast.chief, reason=REASON, change_note="更新。", **more
        )

    def test_in_time_it_owes_both_and_the_clock_runs_on(self, cast):
        article = urgent(cast)
        due = debts(article)[0].due_at
        self.again(cast, article)
        assert len(debts(article)) == 4
        assert {debt.due_at for debt in debts(article)} == {due}

    def test_not_while_a_signature_is_refused(self, cast):
        article = urgent(cast)
        first = debts(article)[0]
        workflow.refuse_late(article, by=cast.editor, owed=first.pk, reason="失实")
        with pytest.raises(RefusalError):
            self.again(cast, article)

    def test_not_while_one_is_overdue(self, cast):
        article = urgent(cast)
        with traces.without_guards():
            long_ago = timezone.now() - timedelta(hours=30)
            OwedSignature.objects.update(owed_since=long_ago, due_at=long_ago + timedelta(hours=24))
        with pytest.raises(RefusalError):
            self.again(cast, article)


def test_who_is_asked(cast):
    article = urgent(cast, workflow.submit(
        factories.draft(cast, filed_by=cast.editor), by=cast.editor
    ))  # fmt: skip
    deputy = deputy_of(cast.desk_head)
    asked = {
        name: OwedSignature.objects.asked_of(who).count()
        for name, who in [*vars(cast).items(), ("deputy", deputy)]
        if hasattr(who, "username")
    }
    assert {name for name, count in asked.items() if count} == {
        "second_editor", "desk_head", "deputy",
    }  # fmt: skip
    workflow.sign_late(article, by=deputy, owed=debts(article)[1].pk)
    assert not OwedSignature.objects.asked_of(cast.desk_head).exists()
