"""Who is told of what: a matrix over the cast."""

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from articles import workflow
from articles.models import Act, Byline
from issues import workflow as issue_workflow
from issues.models import IssueAct
from newsroom.desk.telling import of_act, of_issue_act
from newsroom.people.models import Deputy
from newsroom.people.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


def told(article=None) -> dict[str, str]:
    """Return whom the last act is told: log-in → kind."""
    acts = Act.objects.order_by("-pk")
    act = (acts.filter(article=article) if article else acts).first()
    return {telling.recipient.username: telling.kind.value for telling in of_act(act)}


def told_of_issue() -> dict[str, tuple[str, bool]]:
    """Return whom the last act on an issue is told: log-in → kind, and whether of a piece."""
    act = IssueAct.objects.order_by("-pk").first()
    return {
        telling.recipient.username: (telling.kind.value, telling.article is not None)
        for telling in of_issue_act(act)
    }


class TestVerbs:
    """Each verb, to whom."""

    def test_what_is_handed_in_waits_for_the_first_round(self, cast):
        factories.submitted(cast)
        assert told() == {"editor": "waiting", "editor2": "waiting"}

    def test_nobody_is_asked_to_sign_their_own_piece(self, cast):
        cast.writer.groups.add(Group.objects.get(name=Role.EDITOR))
        factories.submitted(cast)
        assert told() == {"editor": "waiting", "editor2": "waiting"}

    def test_a_claim_is_told_to_the_author(self, cast):
        article = factories.submitted(cast)
        workflow.claim(article, by=cast.editor)
        assert told() == {"writer": "claimed"}

    def test_what_is_let_go_waits_again_for_the_others(self, cast):
        article = factories.submitted(cast)
        workflow.claim(article, by=cast.editor)
        workflow.let_go(article, by=cast.editor)
        assert told() == {"editor2": "waiting"}

    def test_what_is_handed_over_is_told_to_whom_it_is_given(self, cast):
        article = factories.submitted(cast)
        workflow.claim(article, by=cast.editor)
        workflow.hand_over(article, by=cast.editor, to=cast.second_editor)
        assert told() == {"editor2": "claimed", "writer": "claimed"}

    @pytest.mark.parametrize("verb", [workflow.return_, workflow.reject])
    def test_what_comes_back_is_told_to_the_authors_alone(self, cast, verb):
        verb(factories.submitted(cast), by=cast.editor, note="请补上读数。")
        assert told() == {"writer": "returned"}

    def test_a_signature_is_told_to_the_author_and_asks_the_next_round(self, cast):
        workflow.sign(factories.submitted(cast), by=cast.editor)
        assert told() == {"writer": "signed", "deskhead": "waiting"}

    def test_the_last_signature_is_told_to_the_author(self, cast):
        factories.approved(cast)
        assert told() == {"writer": "signed"}

    def test_the_last_signature_is_told_to_who_lays_the_piece_out(self, cast):
        article = factories.submitted(cast)
        factories.issue(cast, article)
        factories.signed_by(cast, article, cast.editor, cast.desk_head)
        assert told(article) == {"writer": "signed", "chief": "waiting"}
        workflow.sign(article, by=cast.chief)
        assert told(article) == {"writer": "signed", "issues": "signed"}

    def test_a_change_is_told_to_whose_signature_it_makes_void(self, cast):
        article = factories.signed_by(cast, factories.submitted(cast), cast.editor)
        workflow.claim(article, by=cast.desk_head)

        def mend():
            article.body = "<p>" + "这一段是部门主任重新写过的文字。" * 8 + "</p>"
            article.save()

        workflow.save(article, by=cast.desk_head, write=mend)
        workflow.sign(article, by=cast.desk_head)
        assert told()["editor"] == "void"
        assert told()["writer"] == "signed"
        assert told()["editor2"] == "waiting"

    def test_everybody_named_with_an_account_is_an_author(self, cast):
        article = factories.draft(cast)
        second = factories.Correspondent.objects.create(name="方念", user=cast.other_writer)
        Byline.objects.create(article=article, correspondent=second, position=1)
        workflow.submit(article, by=cast.writer)
        workflow.return_(article, by=cast.editor, note="改一改。")
        assert told() == {"writer": "returned", "other": "returned"}

    def test_publication_at_an_hour_to_come_is_told_now_and_at_once_is_not(self, cast):
        factories.scheduled_alone(cast)
        assert told() == {"writer": "scheduled"}
        factories.live_alone(cast)
        assert told() == {}

    def test_a_hold_is_told_to_the_author(self, cast):
        article = factories.scheduled_alone(cast)
        workflow.hold(article, by=cast.chief, because="核实")
        assert told() == {"writer": "scheduled"}

    def test_a_withdrawal_is_told_to_author_and_signers(self, cast):
        workflow.withdraw(factories.live_alone(cast), by=cast.chief, reason="失实")
        assert told() == {"writer": "withdrawn", "editor": "withdrawn", "deskhead": "withdrawn"}

    def test_a_correction_waits_for_its_rounds_and_is_told_when_it_is_public(self, cast):
        made = factories.correction(cast)
        assert told() == {"editor": "corrected", "editor2": "corrected"}
        workflow.sign_correction(made, by=cast.editor)
        assert told() == {"deskhead": "corrected", "issues": "corrected"}
        workflow.sign_correction(made, by=cast.desk_head)
        workflow.sign_correction(made, by=cast.chief)
        everybody = {"writer", "issues", "editor", "deskhead"}
        assert told() == dict.fromkeys(everybody, "corrected")

    def test_a_correction_that_comes_back_is_told_to_who_drew_it_up(self, cast):
        workflow.return_correction(factories.correction(cast), by=cast.editor, note="改。")
        assert told() == {"issues": "corrected"}

    def test_an_emergency_asks_for_the_signatures_it_owes(self, cast):
        article = factories.submitted(cast)
        workflow.publish_at_once(article, by=cast.chief, reason="暴雨红色预警")
        assert told() == {
            "editor": "missed", "editor2": "missed", "deskhead": "missed", "writer": "signed",
        }  # fmt: skip

    def test_a_verb_that_nobody_has_thought_of_is_told_to_the_author(self, cast):
        article = factories.draft(cast)
        Act.objects.create(article=article, verb="gild", by=cast.editor)
        assert told() == {"writer": "other"}

    @pytest.mark.parametrize("verb", ["recall", "clear_gap"])
    def test_some_acts_are_nobodys_news(self, cast, verb):
        article = factories.draft(cast)
        Act.objects.create(article=article, verb=verb, by=cast.editor)
        assert told() == {}


class TestIssues:
    """Publishers hear of issues, authors of their pieces."""

    def test_a_schedule_is_told_to_publishers_and_authors(self, cast):
        factories.scheduled_issue(cast, factories.approved(cast))
        assert told_of_issue() == {"chief": ("scheduled", False), "writer": ("scheduled", True)}

    def test_closing_is_told_to_publishers(self, cast):
        factories.closed_issue(cast, factories.approved(cast))
        assert told_of_issue() == {"chief": ("scheduled", False)}

    def test_what_goes_out_at_once_is_told_when_it_is_out(self, cast):
        factories.live_issue(cast)
        assert told_of_issue() == {}

    def test_a_hold_is_told_to_authors_too(self, cast):
        issue = factories.scheduled_issue(cast, factories.approved(cast))
        issue_workflow.hold(issue, by=cast.chief, because="等消息")
        assert told_of_issue() == {"issues": ("scheduled", False), "writer": ("scheduled", True)}

    def test_an_author_of_several_pieces_is_told_once(self, cast):
        factories.scheduled_issue(cast, *(factories.approved(cast) for _number in range(3)))
        act = IssueAct.objects.order_by("-pk").first()
        own = [each for each in of_issue_act(act) if each.recipient == cast.writer]
        assert [each.pieces for each in own] == [3]
        assert own[0].issue is None


class TestNobody:
    """Whom nothing is told."""

    def test_the_actor_is_never_told(self, cast):
        article = workflow.submit(factories.draft(cast, filed_by=cast.chief), by=cast.chief)
        factories.signed_by(cast, article, cast.editor, cast.desk_head)
        factories.approved(cast)
        factories.live_issue(cast)
        workflow.withdraw(factories.live_alone(cast), by=cast.chief, reason="失实")
        acts = [*Act.objects.all(), *IssueAct.objects.all()]
        for act in acts:
            tellings = of_act(act) if isinstance(act, Act) else of_issue_act(act)
            assert act.by not in [telling.recipient for telling in tellings], act.verb

    def test_the_actor_is_not_told_as_a_deputy_either(self, cast):
        today = timezone.localdate()
        Deputy.objects.create(
            principal=cast.editor, deputy=cast.issue_editor, starts_on=today, ends_on=today
        )
        article = factories.submitted(cast)
        assert told()["issues"] == "waiting"
        factories.issue(cast, article)
        workflow.sign(article, by=cast.issue_editor)
        assert "issues" not in told()

    def test_other_correspondents_hear_nothing(self, cast):
        factories.live_issue(cast, factories.approved(cast))
        workflow.withdraw(factories.live_alone(cast), by=cast.chief, reason="失实")
        for act in Act.objects.all():
            assert cast.other_writer not in [telling.recipient for telling in of_act(act)]

    def test_who_left_is_told_nothing(self, cast):
        article = factories.submitted(cast)
        for person in (cast.writer, cast.desk_head):
            person.is_active = False
            person.save(update_fields=["is_active"])
        workflow.sign(article, by=cast.editor)
        assert told() == {}

    def test_who_lost_their_roles_hears_of_no_signature(self, cast):
        article = factories.live_alone(cast)
        cast.editor.groups.clear()
        workflow.withdraw(article, by=cast.chief, reason="失实")
        assert "editor" not in told()

    def test_what_has_moved_on_asks_nobody_any_more(self, cast):
        article = factories.submitted(cast)
        submission = article.acts.get(verb="submit")
        workflow.sign(article, by=cast.editor)
        assert of_act(submission) == []

    def test_a_claimed_piece_waits_for_nobody_else(self, cast):
        article = factories.submitted(cast)
        workflow.claim(article, by=cast.editor)
        Act.objects.create(article=article, verb="let_go", by=cast.desk_head)
        assert told() == {"editor": "waiting"}
