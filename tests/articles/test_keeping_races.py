"""Sendings, saves and the worker at one moment: what was typed last stands, and nothing is lost."""

import random
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from articles import folding, workflow
from articles.models import Article, Autosave
from articles.models.autosaves import SILENCE
from tests import factories
from tests.articles.desk_pages import address, form_of, signed_in
from tests.articles.test_unsaved import left
from tests.test_concurrency import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast():
    return factories.Cast()


def test_of_sendings_that_overtake_each_other_the_newest_stands(cast):
    article = factories.draft(cast)
    numbers = list(range(1, 9))
    random.shuffle(numbers)

    def sending(number):
        return lambda: Autosave.objects.keep(
            person=cast.writer, article=article, page="a-page", sequence=number, began_from=0,
            content={"headline": [str(number)]}, breath=timedelta(0),
        )  # fmt: skip

    at_once(*[sending(number) for number in numbers])
    row = Autosave.objects.get()
    assert (row.sequence, row.content) == (8, {"headline": ["8"]})


def test_keeping_does_not_wait_for_somebody_who_saves(cast):
    """Each would hold what the other needs, and the database would end one of them."""
    article = factories.draft(cast)

    sequences = iter((1, 2))

    def keep():
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '2s'")
        Autosave.objects.keep(
            person=cast.writer, article=article, page="a-page", sequence=next(sequences),
            began_from=0, content={"headline": ["石桥"]}, breath=timedelta(0),
        )  # fmt: skip

    def meanwhile():
        at_once(keep)

    workflow.save(article, by=cast.writer, write=meanwhile)  # the first makes the row
    workflow.save(article, by=cast.writer, write=meanwhile)  # the second finds it
    assert Autosave.objects.get().sequence == 2


def test_two_workers_fold_one_sitting_once(cast):
    article = factories.draft(cast)
    left(cast.writer, article, headline="没存的标题")
    Autosave.objects.update(seen_at=timezone.now() - 2 * SILENCE)
    at_once(folding.fold_what_is_over, folding.fold_what_is_over)
    article.refresh_from_db()
    assert (article.headline, article.revision) == ("没存的标题", 1)
    assert article.versions.count() == 1


def test_the_worker_and_somebody_who_saves_lose_nothing(cast):
    """Whoever comes first: what the writer left is in the piece before it, or is kept."""
    article = factories.draft(cast)
    row = left(cast.writer, article, headline="作者没存的标题")
    Autosave.objects.update(seen_at=timezone.now() - 2 * SILENCE)
    browser, answers = signed_in(cast.editor), []
    typed = form_of(article, headline="编辑存下的标题")
    at_once(
        folding.fold_what_is_over,
        lambda: answers.append(browser.post(address(article), typed).status_code),
    )
    row.refresh_from_db()
    stored = Article.objects.get()
    if answers == [302]:  # the editor was first
        assert stored.headline == "编辑存下的标题"
        assert row.content["headline"] == ["作者没存的标题"]
    else:
        assert answers == [409]
        assert stored.headline == "作者没存的标题"
