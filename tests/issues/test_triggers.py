"""What the database refuses an issue whoever asks: each guard broken by going around the verbs."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from articles import workflow as writing
from articles.models import Article, Release
from issues import assigning
from issues.models import Assignment, Issue, Page, Placement
from tests import factories, traces
from tests.issues import calendar_guards

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def update(row, **fields):
    type(row).objects.filter(pk=row.pk).update(**fields)


def close(issue, **fields):
    """Close an issue as a program that knows no verbs does."""
    Article.objects.filter(
        pk__in=Placement.objects.of_issue(issue).values("article"), release=None
    ).exclude(sealed=None).update(release=issue.release)
    update(issue, status="closed", closed_at=timezone.now(), number=9, **fields)


def closed(cast):
    return factories.closed_issue(cast, factories.approved(cast))


def scheduled(cast):
    return factories.scheduled_issue(cast, factories.approved(cast))


def planned(cast, *pieces):
    return factories.issue(cast, *pieces or [factories.approved(cast)])


def page_of(issue):
    return issue.pages.first()


def close_with_a_withdrawn_piece(cast):
    piece = factories.approved(cast)
    issue = planned(cast, piece)
    writing.withdraw(piece, by=cast.chief, reason="失实")
    close(issue)


def close_with_a_held_piece(cast):
    piece = factories.scheduled_alone(cast)
    issue = planned(cast, piece)
    writing.hold(piece, by=cast.chief, because="等核实")
    close(issue)


def close_with_a_piece_another_issue_brings(cast):
    piece = factories.approved(cast)
    factories.scheduled_issue(cast, piece)
    other = factories.issue(cast, day=date(2023, 12, 9))
    Placement.objects.create(page=page_of(other), article=piece, position=0)
    update(other, status="closed", closed_at=timezone.now(), number=9)


def schedule_before_a_piece_of_its_own_hour(cast):
    issue = factories.closed_issue(cast, factories.scheduled_alone(cast, hours=3))
    update(issue.release, publish_at=timezone.now() + HOUR)


def hold_a_piece_of_a_closed_issue(cast):
    piece = factories.scheduled_alone(cast)
    factories.closed_issue(cast, piece)
    update(piece.release, held=True, held_because="缓")


def stand_twice(cast):
    piece = factories.approved(cast)
    issue = planned(cast, piece)
    Placement.objects.create(page=page_of(issue), article=piece, position=5)


GUARDS = {
    "a page or a topic stands in no issue": lambda cast: Placement.objects.create(
        page=page_of(planned(cast)), article=factories.page(cast), position=9
    ),
    "begins with somebody asking or offering": lambda cast: Assignment.objects.create(
        topic="题", due_at=timezone.now(), person=cast.writer, asked_by=cast.editor,
        state="dropped",
    ),
    "Invalid transition of field .state.": lambda cast: update(
        assigning.drop(factories.asked(cast), by=cast.editor), state="offered"
    ),
    "Invalid transition": lambda cast: update(planned(cast), status="live"),
    "an issue begins in planning": lambda cast: Issue.objects.create(
        date=date(2024, 1, 1), status="closed", number=1, closed_at=timezone.now(),
        release=Release.objects.create(),
    ),
    "and without an hour": lambda cast: Issue.objects.create(
        date=date(2024, 1, 1), release=Release.objects.create(publish_at=timezone.now() + HOUR)
    ),
    "with a release of its own": lambda cast: Issue.objects.create(
        date=date(2024, 1, 1), release=factories.live_alone(cast).release
    ),
    "an issue without a piece is not closed": lambda cast: close(factories.issue(cast)),
    "only pieces that are signed off": lambda cast: close(
        planned(cast, factories.approved(cast), factories.submitted(cast))
    ),
    "signed off and not withdrawn": close_with_a_withdrawn_piece,
    "goes out with it or before it": close_with_a_held_piece,
    "out with it or before": close_with_a_piece_another_issue_brings,
    "issue that is live changes only": lambda cast: update(
        factories.live_issue(cast), status="planning", closed_at=None
    ),
    "that is live changes only": lambda cast: update(factories.live_issue(cast), title="特刊"),
    "is live changes only by": lambda cast: update(
        factories.live_issue(cast), date=date(2024, 1, 1)
    ),
    "live changes only by correction": lambda cast: update(factories.live_issue(cast), number=99),
    "an issue keeps its release": lambda cast: update(
        planned(cast), release=Release.objects.create()
    ),
    "an issue in planning has no hour": lambda cast: update(
        scheduled(cast), status="planning", closed_at=None
    ),
    "a running number once given": lambda cast: update(closed(cast), number=77),
    "its hour only when it is closed": lambda cast: update(
        planned(cast).release, publish_at=timezone.now() + HOUR
    ),
    "every piece of an issue is out": schedule_before_a_piece_of_its_own_hour,
    "a piece of a closed issue is out": hold_a_piece_of_a_closed_issue,
    "the pages of a closed issue": lambda cast: Page.objects.create(
        issue=closed(cast), number=2
    ),
    "pages of a closed issue stay": lambda cast: update(page_of(closed(cast)), name="改名"),
    "layout of a closed issue": lambda cast: Placement.objects.of_issue(closed(cast)).delete(),
    "of a closed issue stays as it is": lambda cast: update(
        Placement.objects.of_issue(closed(cast)).get(), weight="brief"
    ),
    "closed issue stays as it is": lambda cast: Placement.objects.create(
        page=page_of(scheduled(cast)), article=factories.approved(cast), position=9
    ),
    "stays as it is; reopen it": lambda cast: Placement.objects.create(
        page=page_of(factories.live_issue(cast)), article=factories.approved(cast), position=9
    ),
    "a piece stands once in an issue": stand_twice,
    "neither moved nor held": lambda cast: update(
        factories.live_issue(cast).release, publish_at=timezone.now() + HOUR
    ),
    "nothing goes out in the past": lambda cast: update(
        closed(cast).release, publish_at=timezone.now() - HOUR
    ),
    **calendar_guards.SENTENCES,
}  # fmt: skip


@pytest.mark.parametrize("sentence", GUARDS)
def test_the_database_refuses(sentence):
    cast = factories.Cast()
    with pytest.raises(DatabaseError, match=sentence):
        traces.committed(GUARDS[sentence], cast)


def test_every_sentence_is_tried():
    standing = {said for said in traces.sentences("issues") if said[0].islower()}
    assert [said for said in standing if not any(key in said for key in GUARDS)] == []


def test_a_page_is_not_moved_out_of_a_closed_issue():
    cast = factories.Cast()
    page, other = page_of(closed(cast)), factories.issue(cast, day=date(2023, 12, 9), pages=[])
    with pytest.raises(DatabaseError, match="pages of a closed issue"):
        traces.committed(lambda: update(page, issue=other, number=8))


def test_raw_statements_are_refused_like_any_other():
    cast = factories.Cast()
    factories.live_issue(cast)
    statements = (
        "UPDATE issues_issue SET number = number + 1",
        "UPDATE articles_release SET publish_at = NULL",
        "DELETE FROM issues_placement",
        "UPDATE issues_page SET name = 'x'",
    )
    for statement in statements:
        with pytest.raises(DatabaseError, match="live|gone out|closed issue"):
            traces.committed(lambda line=statement: connection.cursor().execute(line))
