"""What is asked of many issues is what is said of one."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from articles import workflow as writing
from articles.models import Article
from issues import workflow
from issues.models import Issue, Placement
from tests import factories

pytestmark = pytest.mark.django_db

TICK = timedelta(microseconds=1)


@pytest.fixture
def issues():
    """Return an issue in every state, by its state."""
    cast = factories.Cast()
    days = (date(2023, 12, day) for day in range(1, 29))

    def made(state, *articles):
        return state(cast, *articles or [factories.approved(cast)], day=next(days))

    held = made(factories.scheduled_issue)
    workflow.hold(held, by=cast.chief, because="缓")
    thinned = [factories.approved(cast), factories.approved(cast)]
    found = {
        "planning": made(factories.issue),
        "closed": made(factories.closed_issue),
        "scheduled": made(factories.scheduled_issue),
        "with a piece withdrawn": made(factories.scheduled_issue, *thinned),
        "held": held,
        "live": made(factories.live_issue),
    }
    writing.withdraw(thinned[1], by=cast.chief, reason="失实。")
    reopened = made(factories.scheduled_issue)
    workflow.reopen(workflow.recall(reopened, by=cast.chief), by=cast.chief)
    found["reopened"] = reopened
    return {name: Issue.objects.get(pk=issue.pk) for name, issue in found.items()}


def instants(issues):
    hours = [issue.release.publish_at for issue in issues.values() if issue.release.publish_at]
    near = [hour + step for hour in hours for step in (-TICK, timedelta(0), TICK)]
    return [timezone.now() - timedelta(days=1), *near, timezone.now() + timedelta(days=999)]


def test_what_is_live_is_said_alike_of_one_and_of_many(issues):
    seen = set()
    for at in instants(issues):
        live = set(Issue.objects.live(at))
        assert live == {issue for issue in issues.values() if issue.is_live(at)}
        seen.add(frozenset(live))
    assert len(seen) == 4  # none, the live one, one scheduled, both


def test_a_live_issue_shows_all_its_pieces_and_a_waiting_one_none(issues):
    for at in instants(issues):
        placed = set(Placement.objects.live(at).values_list("pk", flat=True))
        expected = {
            placement.pk
            for placement in Placement.objects.select_related("page__issue", "article")
            if placement.page.issue.is_live(at) and placement.article.withdrawn_at is None
        }
        assert placed == expected


def test_pieces_of_an_issue_are_live_exactly_with_it(issues):
    for at in instants(issues):
        articles = set(Article.objects.live(at))
        for issue in issues.values():
            here = {p.article for p in Placement.objects.of_issue(issue)}
            kept = {article for article in here if article.withdrawn_at is None}
            assert here & articles == (kept if issue.is_live(at) else set())


def test_what_waits_for_its_hour_is_closed_and_not_live(issues):
    waiting = set(Issue.objects.waiting_for_their_hour())
    assert waiting == {
        issues[name] for name in ("closed", "scheduled", "with a piece withdrawn", "held")
    }
    assert set(Issue.objects.planned()) == {issues["planning"], issues["reopened"]}


def test_a_piece_with_an_earlier_hour_of_its_own_keeps_it():
    cast = factories.Cast()
    article = factories.live_alone(cast)
    hour = article.release.publish_at
    issue = factories.scheduled_issue(cast, article, factories.approved(cast))
    article.refresh_from_db()
    assert article.release.publish_at == hour
    assert Article.objects.live().get() == article
    assert not Issue.objects.live().filter(pk=issue.pk).exists()
    assert not Placement.objects.live().exists()
