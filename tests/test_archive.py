"""The archive for measuring: whole, the same every time, and gone afterwards."""

import pytest
from django.db import transaction

from articles.models import Article, SearchEntry
from articles.search import read
from issues.models import Issue, Placement
from newsroom.demo.staging import CAST, furnish_lists, hire
from tests.archive import Cast, fill
from tests.bench_desk import measure

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    hired = hire(dict.fromkeys(CAST, "Tangxi-2023-棠溪"))
    furnish_lists(hired)
    return hired


def filled(people, pieces: int) -> list[str]:
    with transaction.atomic():
        articles = fill(pieces, Cast.of(people))
        found = [article.headline + article.body for article in articles]
        transaction.set_rollback(True)
    return found


def test_it_is_whole_and_can_be_searched(people):
    articles = fill(130, Cast.of(people))
    assert Article.objects.in_state("in_review").count() == 8
    assert Article.objects.in_state("live").count() == Placement.objects.count() == 118
    assert Issue.objects.live().count() == 10
    assert SearchEntry.objects.count() == 130
    assert Article.objects.containing(read(articles[5].headline[:6])).exists()


def test_it_is_the_same_every_time(people):
    assert filled(people, 5) == filled(people, 5)


@pytest.mark.exhaustive
def test_measuring_leaves_nothing_behind_and_costs_the_same_for_more_pieces(people):
    _seconds, few = measure(people, 210, rounds=1)
    _seconds, many = measure(people, 420, rounds=1)
    assert not Article.objects.exists()
    # How many pieces three characters find in so small an archive is chance.
    statements = [
        {cost.kind: cost.statements for cost in costs if cost.kind != "three characters"}
        for costs in (few, many)
    ]
    assert statements[0] == statements[1]
