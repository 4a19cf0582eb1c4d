"""A piece is taken up again after its hour was set: nothing slips out, though nobody is awake."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import workflow
from articles.models import Article, Release, TakenBackSignature
from articles.workflow import settling
from issues import workflow as issue_workflow
from issues.models import Placement
from newsroom.people.models import LateChange, SiteSettings
from newsroom.people.verdicts import RefusalError
from tests import factories, traces

pytestmark = pytest.mark.django_db
BY_THEN = timedelta(hours=2)


@pytest.fixture
def cast():
    return factories.Cast()


def setting(choice):
    SiteSettings.objects.update_or_create(pk=1, defaults={"on_late_change": choice})


@pytest.fixture
def issue(cast):
    pieces = [factories.approved(cast), factories.approved(cast, headline="桥北早市开张")]
    return factories.scheduled_issue(cast, *pieces)


def pieces(issue):
    return [placed.article for placed in Placement.objects.of_issue(issue)]


def goes_out(issue):
    """Return the titles that residents will find in an issue once its hour has come."""
    then = timezone.now() + BY_THEN
    return {placed.article.title for placed in Placement.objects.live(then).of_issue(issue)}


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def sign_again(cast, piece):
    workflow.submit(piece, by=cast.writer, change_note="补时间。")
    return factories.signed_by(cast, piece, cast.editor, cast.desk_head, cast.chief)


class TestTheWholeIsHeld:
    def test_by_default_when_a_piece_is_taken_up(self, cast, issue):
        first, second = pieces(issue)
        workflow.revise(first, by=cast.editor)
        release = fresh(issue.release)
        assert (release.held, release.held_by_change) == (True, True)
        assert first.title in release.held_because
        assert goes_out(issue) == set()

    def test_until_it_is_signed_again(self, cast, issue):
        first, _second = pieces(issue)
        hour = issue.release.publish_at
        workflow.revise(first, by=cast.editor)
        first.body = "<p>桥北早市六点开张，比原来早一小时。</p>"
        first.save()
        sign_again(cast, first)
        release = fresh(issue.release)
        assert (release.held, release.held_because, release.publish_at) == (False, "", hour)
        assert len(goes_out(issue)) == 2

    def test_until_the_revision_is_given_up(self, cast, issue):
        first, _second = pieces(issue)
        workflow.revise(first, by=cast.editor)
        workflow.drop_revision(first, by=cast.editor)
        assert not fresh(issue.release).held

    def test_until_the_last_of_several_is_signed(self, cast, issue):
        first, second = pieces(issue)
        workflow.revise(first, by=cast.editor)
        workflow.revise(second, by=cast.editor)
        workflow.drop_revision(first, by=cast.editor)
        assert fresh(issue.release).held_by_change
        workflow.drop_revision(second, by=cast.editor)
        assert not fresh(issue.release).held

    def test_and_never_lets_go_by_itself_once_the_hour_has_passed(self, cast, issue, monkeypatch):
        first, _second = pieces(issue)
        workflow.revise(first, by=cast.editor)
        later = issue.release.publish_at + timedelta(minutes=7)
        with monkeypatch.context() as then:
            then.setattr("newsroom.people.clock.now", lambda: later)
            workflow.drop_revision(first, by=cast.editor)
        release = fresh(issue.release)
        assert (release.held, release.held_by_change) == (True, False)
        assert release.held_because

    def test_somebody_may_let_it_go_with_what_is_signed(self, cast, issue):
        first, _second = pieces(issue)
        workflow.revise(first, by=cast.editor)
        issue_workflow.lift_hold(fresh(issue), by=cast.chief)
        assert len(goes_out(issue)) == 2
        assert not fresh(issue.release).held_by_change

    def test_a_hold_by_hand_stays_when_the_piece_is_signed(self, cast, issue):
        first, _second = pieces(issue)
        issue_workflow.hold(issue, by=cast.chief, because="等通稿。")
        workflow.revise(first, by=cast.editor)
        workflow.drop_revision(first, by=cast.editor)
        assert fresh(issue.release).held_because == "等通稿。"

    def test_a_piece_alone_waits_too(self, cast):
        piece = factories.scheduled_alone(cast)
        workflow.revise(piece, by=cast.editor)
        assert not fresh(piece).is_live(timezone.now() + BY_THEN)
        workflow.drop_revision(piece, by=cast.editor)
        assert fresh(piece).is_live(timezone.now() + BY_THEN)

    def test_an_emergency_takes_the_piece_out_and_lets_the_others_go(self, cast, issue):
        first, second = pieces(issue)
        workflow.revise(first, by=cast.editor)
        first.body = "<p>桥北临时封闭，早市移到桥南。</p>"
        first.save()
        workflow.publish_at_once(first, by=cast.chief, reason="封桥。")
        assert first.is_live(timezone.now() + timedelta(seconds=1))
        assert not fresh(issue.release).held
        assert goes_out(issue) == {first.title, second.title}

    def test_what_is_live_is_revised_without_a_hold(self, cast):
        piece = factories.live_alone(cast)
        workflow.revise(piece, by=cast.editor)
        assert not fresh(piece.release).held

    def test_what_has_no_hour_yet_has_nothing_to_hold(self, cast):
        issue = factories.closed_issue(cast, factories.approved(cast))
        workflow.revise(pieces(issue)[0], by=cast.editor)
        assert not fresh(issue.release).held


class TestTheIssueGoesWithoutIt:
    @pytest.fixture(autouse=True)
    def _set(self):
        setting(LateChange.DROP)

    def test_by_the_newsrooms_setting(self, cast, issue):
        first, second = pieces(issue)
        workflow.revise(first, by=cast.editor)
        assert goes_out(issue) == {second.title}
        assert not fresh(issue.release).held

    def test_and_takes_it_in_again_when_it_is_signed(self, cast, issue):
        first, _second = pieces(issue)
        workflow.revise(first, by=cast.editor)
        sign_again(cast, first)
        assert len(goes_out(issue)) == 2
        assert fresh(first).left_out_of is None

    def test_but_never_without_its_last_piece(self, cast, issue):
        first, second = pieces(issue)
        workflow.revise(first, by=cast.editor)
        workflow.revise(second, by=cast.editor)
        assert fresh(issue.release).held_by_change

    def test_what_is_signed_after_the_hour_goes_out_by_itself_into_its_place(
        self, cast, issue, monkeypatch
    ):
        first, second = pieces(issue)
        workflow.revise(first, by=cast.editor)
        later = issue.release.publish_at + timedelta(minutes=7)
        with monkeypatch.context() as then:
            then.setattr("newsroom.people.clock.now", lambda: later)
            workflow.drop_revision(first, by=cast.editor)
        assert (fresh(first).release, fresh(first).left_out_of) == (None, None)
        workflow.publish_alone(first, by=cast.chief)
        assert goes_out(issue) == {first.title, second.title}

    def test_but_not_a_piece_that_a_person_has_left_out(self, cast, issue):
        first, second = pieces(issue)
        issue_workflow.leave_out(issue, by=cast.chief, article=first, because="当事人要求核对。")
        workflow.revise(fresh(first), by=cast.editor)
        sign_again(cast, fresh(first))
        assert goes_out(issue) == {second.title}
        assert not fresh(issue.release).held
        issue_workflow.take_in(issue, by=cast.chief, article=fresh(first))
        assert (fresh(first).left_out_of, fresh(first).stays_out) == (None, False)
        assert len(goes_out(issue)) == 2

    def test_reopening_forgets_what_was_left_out(self, cast, issue):
        first, _second = pieces(issue)
        workflow.revise(first, by=cast.editor)
        issue_workflow.recall(issue, by=cast.chief)
        issue_workflow.reopen(issue, by=cast.chief)
        workflow.drop_revision(first, by=cast.editor)
        assert (fresh(first).release, fresh(first).left_out_of) == (None, None)


def test_the_signed_version_goes_where_the_newsroom_says_so(cast, issue):
    setting(LateChange.GO)
    first, _second = pieces(issue)
    sealed = first.sealed_id
    workflow.revise(first, by=cast.editor)
    assert len(goes_out(issue)) == 2
    assert fresh(first).sealed_id == sealed


@pytest.mark.parametrize("choice", LateChange)
def test_what_will_happen_is_known_before_and_written_down_after(cast, issue, choice):
    setting(choice)
    first, _second = pieces(issue)
    foreseen = settling.late_change(first, issue.release)
    workflow.revise(first, by=cast.editor)
    act = first.acts.latest("pk")
    assert foreseen == choice
    assert act.note == str(LateChange(choice).label)


class TestASignatureIsTakenBack:
    def test_by_who_gave_it_and_for_a_reason(self, cast, issue):
        first, _second = pieces(issue)
        before = traces.everything()
        for who, reason in ((cast.second_editor, "数字。"), (cast.desk_head, "  ")):
            with pytest.raises(RefusalError, match=r"\S"):
                workflow.take_back_signature(first, by=who, reason=reason)
        assert traces.everything() == before
        workflow.take_back_signature(first, by=cast.desk_head, reason="数字要再核。")
        assert TakenBackSignature.objects.get().signature.signer == cast.desk_head
        assert fresh(first).status == Article.Status.DRAFT

    @pytest.mark.parametrize("choice", LateChange)
    def test_it_never_goes_out_whatever_the_setting(self, cast, issue, choice):
        setting(choice)
        first, _second = pieces(issue)
        workflow.take_back_signature(first, by=cast.chief, reason="数字要再核。")
        assert first.title not in goes_out(issue)

    def test_nobody_lets_it_go_before_it_is_signed(self, cast, issue):
        first, second = pieces(issue)
        workflow.take_back_signature(first, by=cast.chief, reason="数字要再核。")
        with pytest.raises(RefusalError, match=first.title):
            issue_workflow.lift_hold(fresh(issue), by=cast.chief)
        issue_workflow.recall(fresh(issue), by=cast.chief)
        with pytest.raises(RefusalError, match=first.title):
            issue_workflow.schedule(fresh(issue), by=cast.chief)
        with pytest.raises(RefusalError, match=r"\S"):
            workflow.drop_revision(first, by=cast.editor)
        issue_workflow.leave_out(
            fresh(issue), by=cast.issue_editor, article=first, because="再核数字。"
        )
        then = timezone.now() + timedelta(hours=1)
        issue_workflow.schedule(fresh(issue), by=cast.chief, at=then)
        assert goes_out(issue) == {second.title}
        with pytest.raises(RefusalError, match=r"\S"):
            issue_workflow.take_in(fresh(issue), by=cast.issue_editor, article=first)

    def test_signed_again_without_a_change_it_goes(self, cast, issue):
        first, _second = pieces(issue)
        workflow.take_back_signature(first, by=cast.chief, reason="再看一眼。")
        sign_again(cast, first)
        assert not fresh(first).lacks_a_signature
        assert len(goes_out(issue)) == 2
        assert not Article.objects.with_signature_taken_back().exists()

    def test_a_piece_alone_is_held_and_not_let_go(self, cast):
        setting(LateChange.GO)
        piece = factories.scheduled_alone(cast)
        workflow.take_back_signature(piece, by=cast.editor, reason="再看一眼。")
        with pytest.raises(RefusalError, match=r"\S"):
            workflow.lift_hold(piece, by=cast.chief)
        assert not fresh(piece).is_live(timezone.now() + BY_THEN)

    def test_not_of_what_is_out(self, cast):
        piece = factories.live_alone(cast)
        with pytest.raises(RefusalError, match=r"\S"):
            workflow.take_back_signature(piece, by=cast.chief, reason="再看一眼。")


class TestLeavingOutByHand:
    def test_the_rest_goes_and_the_piece_may_come_in_again(self, cast, issue):
        first, second = pieces(issue)
        issue_workflow.leave_out(issue, by=cast.issue_editor, article=first, because="待核。")
        assert goes_out(issue) == {second.title}
        issue_workflow.take_in(issue, by=cast.issue_editor, article=first)
        assert goes_out(issue) == {first.title, second.title}

    def test_it_ends_the_hold_that_this_piece_brought(self, cast, issue):
        first, second = pieces(issue)
        workflow.revise(first, by=cast.editor)
        issue_workflow.leave_out(fresh(issue), by=cast.chief, article=first, because="来不及。")
        assert goes_out(issue) == {second.title}

    def test_never_the_only_piece(self, cast):
        issue = factories.scheduled_issue(cast, factories.approved(cast))
        with pytest.raises(RefusalError, match=r"\S"):
            issue_workflow.leave_out(issue, by=cast.chief, article=pieces(issue)[0], because="。")


class TestAnHourThatHasPassed:
    def test_is_set_by_a_chief_with_a_reason_that_stays(self, cast):
        issue = factories.closed_issue(cast, factories.approved(cast))
        then = timezone.now() - timedelta(days=3)
        for who, because in ((cast.issue_editor, "见报后补录。"), (cast.chief, " ")):
            with pytest.raises(RefusalError, match=r"\S"):
                issue_workflow.backdate(issue, by=who, at=then, because=because)
        issue_workflow.backdate(issue, by=cast.chief, at=then, because="已在纸报刊出。")
        assert fresh(issue).is_live(then)
        act = issue.acts.first()
        assert (act.verb, act.by) == ("backdate", cast.chief)
        assert "已在纸报刊出" in act.note
        assert fresh(issue.release).backdated_because == "已在纸报刊出。"

    def test_is_none_before_the_day_in_the_masthead_and_none_to_come(self, cast):
        issue = factories.closed_issue(cast, factories.approved(cast))
        for at in (
            timezone.now() + timedelta(hours=1),
            timezone.now().replace(year=2023, month=12, day=1),
        ):
            with pytest.raises(RefusalError, match=r"\S"):
                issue_workflow.backdate(issue, by=cast.chief, at=at, because="已刊出。")

    def test_is_not_given_to_what_is_live(self, cast):
        issue = factories.live_issue(cast)
        hour = issue.release.publish_at
        with pytest.raises(RefusalError, match=r"\S"):
            issue_workflow.backdate(issue, by=cast.chief, at=hour - timedelta(days=1), because="x")
        assert Release.objects.get(pk=issue.release_id).publish_at == hour
