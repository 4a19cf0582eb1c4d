"""Every verb of an issue, in every state an issue can be in, by everybody."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from articles import workflow as writing
from articles.models import Article
from issues import workflow
from issues.models import Issue, IssueAct, Placement
from issues.statuses import TRANSITIONS
from newsroom.people.verdicts import RefusalError
from tests import factories, traces

pytestmark = pytest.mark.django_db

PLANNERS = {"chief", "issue_editor"}

# verb → states in which planners may. What is not named here is refused, to everybody.
ALLOWED = {
    "place": {"empty", "unsigned", "ready"},
    "take_off": {"empty", "unsigned", "ready"},
    "close": {"ready"},
    "schedule": {"closed", "scheduled"},
    "reschedule": {"scheduled"},
    "backdate": {"closed"},
    "leave_out": {"closed", "scheduled", "held"},
    "take_in": {"one left out"},
    "recall": {"scheduled", "held"},
    "reopen": {"closed"},
    "hold": {"scheduled"},
    "lift_hold": {"held"},
    "cancel": {"empty", "unsigned", "ready"},
    "bring_back": {"cancelled"},
}
WHO = {"backdate": {"chief"}}
# What may be done to an issue that waits for its hour may be done where one piece is left out.
for _verb, _states in ALLOWED.items():
    if "scheduled" in _states and _verb != "leave_out":
        _states.add("one left out")
# Arranging is in the history, not among the acts.
UNRECORDED = {"place", "take_off"}


def two(cast):
    return factories.approved(cast), factories.approved(cast)


def held(cast):
    made = factories.scheduled_issue(cast, *two(cast))
    return workflow.hold(made, by=cast.chief, because="等省里通稿。")


STATES = {
    "empty": factories.issue,
    "unsigned": lambda cast: factories.issue(cast, factories.submitted(cast)),
    "ready": lambda cast: factories.issue(cast, factories.approved(cast)),
    "closed": lambda cast: factories.closed_issue(cast, *two(cast)),
    "scheduled": lambda cast: factories.scheduled_issue(cast, *two(cast)),
    "held": held,
    "one left out": lambda cast: (
        made := factories.scheduled_issue(cast, factories.approved(cast), factories.approved(cast)),
        workflow.leave_out(made, by=cast.chief, article=piece_of(made), because="要再核。"),
    )[1],
    "live": factories.live_issue,
    "cancelled": factories.cancelled_issue,
}


def piece_of(issue):
    return Placement.objects.of_issue(issue).first().article


def arguments(verb, spare, issue):
    return {
        "reschedule": {
            "at": timezone.now() + timedelta(hours=2),
            "seen": issue.release.publish_at,
        },
        "place": {"article": spare, "page": 1},
        "take_off": {"article": spare},
        "hold": {"because": "等核实。"},
        "cancel": {"because": "台风停刊。"},
        "backdate": {"at": timezone.now() - timedelta(hours=2), "because": "已在纸报刊出。"},
        "leave_out": {"article": last_of(issue) or spare, "because": "要再核。"},
        "take_in": {"article": left_out_of(issue) or spare},
        "schedule": {"at": timezone.now() + timedelta(hours=2)},
    }.get(verb, {})


def last_of(issue):
    placed = Placement.objects.of_issue(issue).last()
    return placed and placed.article


def left_out_of(issue):
    return Article.objects.filter(left_out_of=issue.release).first()


def everybody(cast):
    people = {name: who for name, who in vars(cast).items() if hasattr(who, "username")}
    gone = factories.person("离职", "issue editor", username="gone", is_active=False)
    root = factories.person("超级", username="root", is_superuser=True)
    return {**people, "superuser": root, "gone": gone}


def attempt(verb, issue, by, how):
    try:
        return getattr(workflow, verb)(Issue.objects.get(pk=issue.pk), by=by, **how), None
    except RefusalError as refusal:
        return None, str(refusal)


def test_every_verb_stands_in_the_table():
    assert set(ALLOWED) == set(workflow.__all__) - {"RefusalError", "plan", "begin"}


@pytest.mark.parametrize("state", STATES)
def test_what_the_table_allows_happens_and_all_else_is_refused(state):
    cast = factories.Cast()
    people = everybody(cast)
    issue, spare = STATES[state](cast), factories.approved(cast)
    before, acts = traces.everything(), IssueAct.objects.count()
    wrong = []
    for verb, states in ALLOWED.items():
        for name, who in people.items():
            may = name in WHO.get(verb, PLANNERS) and state in states
            with traces.undone():
                moved, sentence = attempt(verb, issue, who, arguments(verb, spare, issue))
                status = TRANSITIONS[verb][1] if verb in TRANSITIONS else issue.status
                recorded = IssueAct.objects.count() - acts
                wrong += [
                    f"{verb} by {name}: {fault}"
                    for fault, holds in {
                        "allowed": moved and not may,
                        f"refused: {sentence}": sentence and may,
                        "refused without a word": sentence is not None and not sentence.strip(),
                        "refused, and left a trace": sentence and traces.everything() != before,
                        "went elsewhere": moved and moved.status != status,
                        "acts": moved and recorded != (verb not in UNRECORDED),
                    }.items()
                    if holds
                ]
                if moved:
                    traces.speak_now()
    assert wrong == []


def test_only_planners_plan():
    cast = factories.Cast()
    for name, who in everybody(cast).items():
        how = {"by": who, "date": date(2024, 1, 1), "pages": [(1, "要闻")]}
        if name in PLANNERS:
            with traces.undone():
                assert workflow.plan(**how).status == Issue.Status.PLANNING
            continue
        with pytest.raises(RefusalError, match=r"\S"):
            workflow.plan(**how)


def test_a_date_and_a_number_are_given_once():
    cast = factories.Cast()
    made = factories.live_issue(cast)
    for again in ({"date": made.date}, {"date": date(2024, 1, 1), "number": made.number}):
        with pytest.raises(RefusalError, match=r"\S"):
            workflow.plan(by=cast.chief, **again)


@pytest.fixture
def cast():
    return factories.Cast()


class TestWholeness:
    """An issue goes live whole, at one instant, never with an unsigned piece in it."""

    def test_a_piece_withdrawn_before_closing_blocks_it(self, cast):
        article = factories.approved(cast)
        issue = factories.issue(cast, factories.approved(cast), article)
        writing.withdraw(article, by=cast.chief, reason="失实。")
        with pytest.raises(RefusalError, match=article.title):
            workflow.close(issue, by=cast.chief)

    def test_an_empty_page_blocks_it(self, cast):
        issue = factories.issue(cast, factories.approved(cast), pages=[(1, "要闻"), (2, "副刊")])
        with pytest.raises(RefusalError, match="2"):
            workflow.close(issue, by=cast.chief)

    def test_a_piece_held_by_itself_blocks_it(self, cast):
        article = factories.scheduled_alone(cast)
        issue = factories.issue(cast, article)
        writing.hold(article, by=cast.chief, because="等核实。")
        with pytest.raises(RefusalError, match=article.title):
            workflow.close(issue, by=cast.chief)

    def test_a_piece_of_a_closed_issue_cannot_be_held_by_itself(self, cast):
        article = factories.scheduled_alone(cast)
        issue = factories.closed_issue(cast, article)
        before = traces.everything()
        with pytest.raises(RefusalError, match=r"\S"):
            writing.hold(article, by=cast.chief, because="等核实。")
        assert traces.everything() == before
        workflow.reopen(issue, by=cast.chief)
        writing.hold(article, by=cast.chief, because="等核实。")

    def test_an_issue_is_not_out_before_a_piece_that_has_its_own_hour(self, cast):
        article = factories.scheduled_alone(cast, hours=3)
        issue = factories.closed_issue(cast, article)
        with pytest.raises(RefusalError, match=article.title):
            workflow.schedule(issue, by=cast.chief, at=timezone.now() + timedelta(hours=1))
        workflow.schedule(issue, by=cast.chief, at=timezone.now() + timedelta(hours=4))

    def test_a_piece_stands_in_one_issue_to_come(self, cast):
        article = factories.approved(cast)
        factories.issue(cast, article)
        other = factories.issue(cast, day=date(2023, 12, 9))
        with pytest.raises(RefusalError, match=article.title):
            workflow.place(other, by=cast.chief, article=article, page=1)

    def test_a_piece_that_is_out_may_be_printed_again(self, cast):
        article = factories.approved(cast)
        factories.live_issue(cast, article)
        again = factories.live_issue(cast, article, day=date(2023, 12, 9))
        assert Placement.objects.live().of_issue(again).get().article == article

    def test_a_piece_that_another_issue_brings_later_blocks_closing(self, cast):
        article = factories.approved(cast)
        factories.scheduled_issue(cast, article)
        other = factories.issue(cast, day=date(2023, 12, 9))
        Placement.objects.create(page=other.pages.get(), article=article, position=0)
        with pytest.raises(RefusalError, match=article.title):
            workflow.close(other, by=cast.chief)

    def test_a_piece_that_has_never_been_signed_blocks_it(self, cast):
        issue = factories.issue(cast, factories.draft(cast))
        with pytest.raises(RefusalError, match=r"\S"):
            workflow.close(issue, by=cast.chief)

    def test_under_revision_the_signed_version_goes_out(self, cast):
        article = factories.approved(cast)
        issue = factories.issue(cast, article)
        writing.revise(article, by=cast.editor)
        workflow.schedule(workflow.close(issue, by=cast.chief), by=cast.chief)
        assert Placement.objects.live().get().article.sealed_id == article.sealed_id

    def test_moving_a_piece_twice_in_one_transaction_is_no_doubling(self, cast):
        issue, article = factories.issue(cast), factories.approved(cast)
        for page in (1, 2, 1):
            workflow.place(issue, by=cast.chief, article=article, page=page)
        traces.speak_now()
        assert Placement.objects.get().page.number == 1

    def test_closing_and_reopening_in_one_transaction_is_fine(self, cast):
        workflow.reopen(factories.closed_issue(cast, factories.approved(cast)), by=cast.chief)
        traces.speak_now()
        assert Issue.objects.get().number == 1


class TestNumbers:
    def test_a_reopened_issue_keeps_its_number(self, cast):
        issue = factories.closed_issue(cast, factories.approved(cast))
        number = issue.number
        workflow.reopen(issue, by=cast.chief)
        other = factories.closed_issue(cast, factories.approved(cast), day=date(2023, 12, 9))
        workflow.close(issue, by=cast.chief)
        assert (issue.number, other.number) == (number, number + 1)

    def test_numbers_go_on_after_one_given_by_hand(self, cast):
        factories.closed_issue(cast, factories.approved(cast), number=1286)
        other = factories.closed_issue(cast, factories.approved(cast), day=date(2023, 12, 9))
        assert other.number == 1287


def test_a_hold_lifted_before_the_hour_keeps_the_hour(cast):
    issue = held(cast)
    past = timezone.now() + timedelta(hours=2)
    assert not issue.is_live(past)
    workflow.lift_hold(issue, by=cast.chief)
    assert issue.is_live(past)
    assert not issue.is_live(timezone.now())


def test_an_hour_moved_meanwhile_is_not_moved_by_who_saw_the_old_one(cast):
    issue = factories.scheduled_issue(cast, factories.approved(cast))
    seen, later = issue.release.publish_at, timezone.now() + timedelta(hours=3)
    workflow.reschedule(issue, by=cast.chief, at=later, seen=seen)
    with pytest.raises(RefusalError, match=r"\S"):
        workflow.reschedule(issue, by=cast.issue_editor, at=later + timedelta(hours=1), seen=seen)
    issue.refresh_from_db()
    assert issue.release.publish_at == later


def test_an_issue_moves_neither_into_the_past_nor_before_a_piece_of_its_own_hour(cast):
    issue = factories.scheduled_issue(cast, factories.scheduled_alone(cast, hours=2), hours=4)
    hour = issue.release.publish_at
    for hours in (-1, 1):
        with pytest.raises(RefusalError, match=r"\S"):
            workflow.reschedule(
                issue, by=cast.chief, at=timezone.now() + timedelta(hours=hours), seen=hour
            )
    issue.refresh_from_db()
    assert issue.release.publish_at == hour
