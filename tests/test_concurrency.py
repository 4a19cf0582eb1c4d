"""Two people at once: one is served, the other gets a sentence, and nothing is done twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from functools import wraps
from itertools import count
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from articles import workflow
from articles.models import Article, Signature
from issues import assigning, correcting, planning
from issues import workflow as issue_workflow
from issues.models import Assignment, Issue, IssueAct, Placement
from newsroom.people.verdicts import RefusalError
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

# A race is won by either side.
TURNS = 4
_numbers = count()
_days = (date(2023, 1, 1) + timedelta(days=number) for number in count())


@pytest.fixture
def cast():
    return factories.Cast()


def several_times(test):
    """Run a race again and again in one database, which takes long to empty."""

    @wraps(test)
    def repeated(*arguments, **fixtures):
        for _turn in range(TURNS):
            test(*arguments, **fixtures)

    return repeated


def at_once(*acts):
    """Start all acts at one moment, each on a connection of its own; return what they said.

    None means done; a refusal is its sentence; anything else is raised.
    """
    ready = Barrier(len(acts))

    def start(act):
        try:
            connection.ensure_connection()
            ready.wait(timeout=10)
            act()
        except RefusalError as refusal:
            return str(refusal)
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(start, acts))


def one_is_served(said):
    """Say whether one act was done and every other was refused in a sentence."""
    return said.count(None) == 1 and all(sentence.strip() for sentence in said if sentence)


def fresh(article):
    return Article.objects.get(pk=article.pk)


@several_times
def test_two_sign_the_same_round(cast):
    article = factories.submitted(cast)
    said = at_once(
        lambda: workflow.sign(fresh(article), by=cast.editor),
        lambda: workflow.sign(fresh(article), by=cast.second_editor),
    )
    assert one_is_served(said)
    assert Signature.objects.filter(version__article=article).count() == 1
    assert fresh(article).round.position == 2


def test_one_person_clicks_twice(cast):
    article = factories.submitted(cast)
    said = at_once(*[lambda: workflow.sign(fresh(article), by=cast.editor)] * 3)
    assert one_is_served(said)
    assert Signature.objects.count() == 1


@several_times
def test_two_claim_one_piece(cast):
    article = factories.submitted(cast)
    said = at_once(
        lambda: workflow.claim(fresh(article), by=cast.editor),
        lambda: workflow.claim(fresh(article), by=cast.second_editor),
    )
    assert one_is_served(said)
    assert article.acts.get(verb="claim").by == fresh(article).claimed_by


@several_times
def test_two_hand_one_piece_over(cast):
    """It is with one of the two, and who gave it away cannot give it a second time."""
    article = workflow.claim(factories.submitted(cast), by=cast.editor)
    third = factories.person(f"三编{next(_numbers)}", "editor")
    said = at_once(
        lambda: workflow.hand_over(fresh(article), by=cast.editor, to=cast.second_editor),
        lambda: workflow.hand_over(fresh(article), by=cast.editor, to=third),
    )
    assert one_is_served(said)
    assert article.acts.get(verb="hand_over").to == fresh(article).claimed_by


@several_times
def test_handing_over_and_signing(cast):
    article = workflow.claim(factories.submitted(cast), by=cast.editor)
    said = at_once(
        lambda: workflow.hand_over(fresh(article), by=cast.editor, to=cast.second_editor),
        lambda: workflow.sign(fresh(article), by=cast.editor),
    )
    assert one_is_served(said)
    stored = fresh(article)
    assert (stored.claimed_by == cast.second_editor) == (stored.round.position == 1)


@several_times
def test_saving_and_submitting(cast):
    """Either the save comes first and is submitted, or it is refused."""
    article = factories.draft(cast)
    copy = fresh(article)
    copy.deck = "后加的副题"
    saved, submitted = at_once(
        lambda: workflow.save(copy, by=cast.writer, write=copy.save),
        lambda: workflow.submit(fresh(article), by=cast.writer),
    )
    assert submitted is None
    stored = fresh(article)
    assert stored.status == Article.Status.IN_REVIEW
    assert (stored.deck == "后加的副题") == (saved is None)
    assert stored.latest_version.deck == stored.deck


def test_two_save_one_draft(cast):
    article = factories.draft(cast)
    copies = [fresh(article) for _number in range(4)]
    said = at_once(
        *[lambda copy=copy: workflow.save(copy, by=cast.editor, write=copy.save) for copy in copies]
    )
    assert said == [None] * 4
    assert fresh(article).revision == 4


def test_signing_and_recalling(cast):
    article = factories.submitted(cast)
    said = at_once(
        lambda: workflow.sign(fresh(article), by=cast.editor),
        lambda: workflow.recall(fresh(article), by=cast.writer),
    )
    assert one_is_served(said)


def test_the_last_signature_and_a_rejection(cast):
    article = factories.signed_by(cast, factories.submitted(cast), cast.editor, cast.desk_head)
    chief = factories.person("副总", "chief editor", username="chief2")
    said = at_once(
        lambda: workflow.sign(fresh(article), by=cast.chief),
        lambda: workflow.reject(fresh(article), by=chief, note="不用了"),
    )
    assert one_is_served(said)
    stored = fresh(article)
    assert (stored.sealed_id is not None) == (stored.status == Article.Status.APPROVED)


class TestIssues:
    def ready(self, cast, *articles):
        return factories.issue(cast, *articles or [factories.approved(cast)], day=next(_days))

    @several_times
    def test_closing_and_placing(self, cast):
        """The piece is in the closed issue and goes out with it, or it is not in it."""
        issue, late = self.ready(cast), factories.approved(cast)
        closed, placed = at_once(
            lambda: issue_workflow.close(issue, by=cast.chief),
            lambda: issue_workflow.place(
                Issue.objects.get(pk=issue.pk), by=cast.issue_editor, article=late, page=1
            ),
        )
        assert closed is None
        issue.refresh_from_db()
        stands = Placement.objects.of_article(late).exists()
        assert stands == (placed is None)
        assert (fresh(late).release_id == issue.release_id) == stands

    def test_issues_closed_at_once_get_numbers_without_a_gap(self, cast):
        issues = [self.ready(cast) for _number in range(4)]
        said = at_once(
            *[lambda issue=issue: issue_workflow.close(issue, by=cast.chief) for issue in issues]
        )
        assert said == [None] * 4
        assert sorted(Issue.objects.values_list("number", flat=True)) == [1, 2, 3, 4]

    def test_one_issue_closed_twice(self, cast):
        issue = self.ready(cast)
        said = at_once(*[lambda: issue_workflow.close(issue, by=cast.chief)] * 2)
        assert one_is_served(said)
        assert IssueAct.objects.filter(verb="close").count() == 1

    @several_times
    def test_closing_and_withdrawing(self, cast):
        """No issue is closed over a piece that was withdrawn before."""
        article = factories.approved(cast)
        issue = self.ready(cast, factories.approved(cast), article)
        closed, withdrawn = at_once(
            lambda: issue_workflow.close(issue, by=cast.chief),
            lambda: workflow.withdraw(fresh(article), by=cast.chief, reason="失实。"),
        )
        assert withdrawn is None
        issue.refresh_from_db()
        if closed is None:
            assert fresh(article).withdrawn_at > issue.closed_at
        assert (issue.status == Issue.Status.CLOSED) == (closed is None)

    @several_times
    def test_closing_and_holding_a_piece(self, cast):
        article = factories.scheduled_alone(cast)
        issue = self.ready(cast, article)
        said = at_once(
            lambda: issue_workflow.close(issue, by=cast.chief),
            lambda: workflow.hold(fresh(article), by=cast.chief, because="缓"),
        )
        assert one_is_served(said)

    @several_times
    def test_two_issues_want_one_piece(self, cast):
        article = factories.approved(cast)
        issues = [factories.issue(cast, day=next(_days)) for _number in range(2)]
        said = at_once(
            *[
                lambda issue=issue: issue_workflow.place(
                    issue, by=cast.issue_editor, article=article, page=1
                )
                for issue in issues
            ]
        )
        assert one_is_served(said)
        assert Placement.objects.of_article(article).count() == 1

    def test_scheduling_and_holding(self, cast):
        factories.scheduled_issue(cast, factories.approved(cast))
        hour = timezone.now() + timedelta(hours=3)
        said = at_once(
            lambda: issue_workflow.schedule(Issue.objects.get(), by=cast.chief, at=hour),
            lambda: issue_workflow.hold(Issue.objects.get(), by=cast.chief, because="缓"),
        )
        assert said[1] is None
        assert Issue.objects.select_related("release").get().release.held

    def test_one_date_planned_twice(self, cast):
        said = at_once(*[lambda: issue_workflow.plan(by=cast.chief, date=date(2024, 1, 1))] * 3)
        assert one_is_served(said)
        assert Issue.objects.count() == 1


@several_times
def test_of_two_in_a_unit_who_begin_at_once_one_gets_the_draft(cast):
    colleague = factories.person(
        "何小满", "correspondent", unit=cast.unit, username=f"colleague{next(_numbers)}"
    )
    made = factories.asked(cast, unit=cast.unit)

    def begin(who):
        assigning.take_up(Assignment.objects.get(pk=made.pk), by=who)

    said = at_once(lambda: begin(cast.writer), lambda: begin(colleague))
    assert one_is_served(said)
    made.refresh_from_db()
    assert Article.objects.filter(headline=made.topic).count() == 1
    assert made.article.filed_by == made.taken_by
    assert any(str(made.taken_by) in sentence for sentence in said if sentence)


@several_times
def test_of_two_issues_moved_to_one_day_at_once_one_gets_the_address(cast):
    first, second = (factories.issue(cast, day=next(_days)) for _number in range(2))
    day = next(_days)

    def move(issue):
        seen = (issue.date, issue.sequence, issue.planned_time)
        planning.redate(
            issue, by=cast.issue_editor, day=day, sequence=1, planned_time=None, seen=seen
        )

    assert one_is_served(at_once(lambda: move(first), lambda: move(second)))
    assert Issue.objects.dated(day).count() == 1


@several_times
def test_two_take_a_withdrawal_back(cast):
    article = workflow.withdraw(factories.live_alone(cast), by=cast.chief, reason="误。")
    back = {"by": cast.chief, "reason": "核实无误。"}
    said = at_once(*[lambda: workflow.reinstate(fresh(article), **back)] * 2)
    assert one_is_served(said)
    assert fresh(article).withdrawn_at is None


@several_times
def test_one_withdraws_while_another_brings_back(cast):
    article = workflow.withdraw(factories.live_alone(cast), by=cast.chief, reason="误。")
    at_once(
        lambda: workflow.reinstate(fresh(article), by=cast.chief, reason="核实无误。"),
        lambda: workflow.withdraw(fresh(article), by=cast.chief, reason="又误。"),
    )
    last = article.withdrawals.order_by("-pk").first()
    assert (fresh(article).withdrawn_at is None) == hasattr(last, "reinstatement")


@several_times
def test_two_sign_the_same_round_of_a_correction(cast):
    made = factories.correction(cast)
    said = at_once(
        lambda: workflow.sign_correction(made, by=cast.editor),
        lambda: workflow.sign_correction(made, by=cast.second_editor),
    )
    assert one_is_served(said)
    assert made.signatures.standing().count() == 1


@several_times
def test_words_change_while_somebody_signs_them(cast):
    made = factories.correction(cast)
    words = {"wrong": "周三", "right": "周五"}
    at_once(
        lambda: workflow.sign_correction(made, by=cast.editor, seen=0),
        lambda: workflow.redraw_correction(made, by=cast.issue_editor, **words),
    )
    made.refresh_from_db()
    assert made.right == "周五"
    assert not made.signatures.standing().exists()


@several_times
def test_two_print_one_correction(cast):
    article = factories.approved(cast)
    factories.live_issue(cast, article, day=next(_days))
    made = factories.signed_correction(cast, article)
    tomorrow = timezone.localdate() + timedelta(days=1)
    following = Issue.objects.planned().filter(date=tomorrow).first()
    issue = following or factories.issue(cast, day=tomorrow)
    press = {"by": cast.issue_editor, "correction": made.pk}
    said = at_once(*[lambda: correcting.print_correction(issue, **press)] * 2)
    assert one_is_served(said)


@several_times
def test_a_piece_is_taken_up_while_its_issue_is_given_another_hour(cast):
    """Both hold the piece, then the release: nobody waits for the other for ever."""
    pieces = [factories.approved(cast), factories.approved(cast)]
    issue = factories.scheduled_issue(cast, *pieces, day=next(_days))
    first = timezone.now() + timedelta(hours=3)
    said = at_once(
        lambda: workflow.revise(fresh(pieces[0]), by=cast.editor),
        lambda: workflow.take_back_signature(fresh(pieces[1]), by=cast.chief, reason="再核。"),
        lambda: issue_workflow.schedule(
            Issue.objects.get(pk=issue.pk), by=cast.issue_editor, at=first
        ),
        lambda: issue_workflow.hold(
            Issue.objects.get(pk=issue.pk), by=cast.chief, because="等通稿。"
        ),
    )
    assert said[0] is None
    assert said[1] is None
    release = Issue.objects.select_related("release").get(pk=issue.pk).release
    assert release.held
    assert not Placement.objects.live(first + timedelta(hours=1)).of_issue(issue).exists()
