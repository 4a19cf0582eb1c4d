"""A correspondent's page: their own pieces, what is next, what came of the others."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import workflow
from articles.models import Act, Byline
from newsroom.desk.own_work import Tally, own_work
from tests import factories
from tests.articles.desk_pages import signed_in

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def cast():
    return factories.Cast()


def shown(user) -> str:
    return signed_in(user).get(reverse("admin:index")).content.decode()


def handed_in(article, at: datetime) -> None:
    """Say that a piece was handed in at another time; the record itself only grows."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        Act.objects.filter(article=article, verb="submit").update(at=at)
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


def test_each_piece_stands_once_where_it_belongs(cast):
    draft, waiting = factories.draft(cast), factories.submitted(cast)
    signed, live = factories.approved(cast), factories.live_alone(cast)
    rejected = factories.submitted(cast)
    workflow.reject(rejected, by=cast.editor, note="不用。")
    returned = factories.submitted(cast)
    workflow.return_(returned, by=cast.editor, note="请补。")
    gone = factories.live_alone(cast)
    workflow.withdraw(gone, by=cast.chief, reason="失实。")
    workflow.discard(factories.draft(cast), by=cast.writer)
    work = own_work(cast.writer)
    assert {each.pk for each in work["returned"]} == {returned.pk}
    assert {each.pk for each in work["under_way"]} == {draft.pk, waiting.pk, signed.pk}
    assert {each.pk for each in work["printed"]} == {live.pk}
    assert {each.pk for each in work["not_used"]} == {rejected.pk, gone.pk}
    assert (work["under_way_count"], work["in_review_count"]) == (3, 1)


def test_nothing_of_anybody_else_is_there(cast):
    for make in (factories.draft, factories.submitted, factories.live_alone):
        make(cast)
    work = own_work(cast.other_writer)
    assert not any(work[name] for name in ("returned", "under_way", "printed", "not_used"))
    assert work["year"] == Tally(0, 0, 0)


def test_the_month_and_the_year_are_counted_apart(cast):
    now = timezone.now().astimezone(SHANGHAI)
    this_month = factories.live_alone(cast)
    last_year, waiting = factories.live_alone(cast), factories.submitted(cast)
    workflow.return_(waiting, by=cast.editor, note="请补。")
    workflow.submit(waiting, by=cast.writer)
    new_year = datetime(now.year, 1, 1, tzinfo=SHANGHAI)
    handed_in(last_year, new_year - timedelta(seconds=1))
    handed_in(this_month, now)
    work = own_work(cast.writer)
    assert work["month"] == work["year"] == Tally(handed_in=2, used=1, printed=2)
    assert work["month"].rate == 50
    handed_in(last_year, new_year)
    assert own_work(cast.writer)["year"].handed_in == 3


def test_nothing_handed_in_has_no_rate(cast):
    assert Tally(0, 0, 0).rate is None
    assert "0%" not in shown(cast.writer)


def test_a_piece_counts_for_whoever_is_named_in_it(cast):
    article = factories.draft(cast, filed_by=cast.editor)
    Byline.objects.create(article=article, correspondent=cast.correspondent, position=3)
    workflow.submit(article, by=cast.editor)
    assert own_work(cast.writer)["month"].handed_in == 1


def test_a_draft_says_what_is_still_open(cast):
    article = factories.draft(cast)
    article.section = None
    article.save()
    found = own_work(cast.writer)["under_way"][0].open_points
    assert "栏目" in found
    assert "还缺" in shown(cast.writer)


def test_what_is_printed_says_where(cast):
    article = factories.approved(cast)
    factories.live_issue(cast, article)
    assert own_work(cast.writer)["printed"][0].stands_in.endswith("第1版 要闻")
    alone = factories.live_alone(cast)
    printed = {each.pk: each.stands_in for each in own_work(cast.writer)["printed"]}
    assert printed[alone.pk] == ""


def test_the_page_costs_the_same_for_few_pieces_and_for_many(cast):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            own_work(cast.writer)
        return len(captured)

    def more():
        factories.draft(cast)
        factories.submitted(cast)
        factories.live_alone(cast)
        workflow.return_(factories.submitted(cast), by=cast.editor, note="请补。")
        workflow.reject(factories.submitted(cast), by=cast.editor, note="不用。")

    more()
    few = cost()
    for _time in range(4):
        more()
    assert cost() == few
