"""Prose is clean in the database, whichever way it was written."""

import pytest
from django.db.models import Value
from django.db.models.functions import Concat

from articles.models import Article, Version
from articles.sealing import snapshot
from tests import factories

pytestmark = pytest.mark.django_db

RAW = "<p onclick=x()>正文</p><script>alert(1)</script>"
CLEAN = "<p>正文</p>"


@pytest.fixture
def article():
    return factories.draft(factories.Cast())


def stored(article) -> str:
    return Article.objects.values_list("body", flat=True).get(pk=article.pk)


def test_saved(article):
    article.body = RAW
    article.save()
    assert stored(article) == CLEAN


def test_updated_in_bulk(article):
    Article.objects.filter(pk=article.pk).update(body=RAW)
    assert stored(article) == CLEAN


def test_made_in_bulk(article):
    made = Article.objects.bulk_create([Article(filed_by=article.filed_by, body=RAW)])
    assert stored(made[0]) == CLEAN


def test_updated_in_bulk_row_by_row(article):
    article.body = RAW
    Article.objects.bulk_update([article], ["body"])
    assert stored(article) == CLEAN


def test_got_or_made_and_updated(article):
    Article.objects.update_or_create(pk=article.pk, defaults={"body": RAW})
    assert stored(article) == CLEAN


def test_an_expression_passes_but_goes_no_further_than_the_working_copy(article):
    """What the database puts together itself is cleaned on its way into a version."""
    Article.objects.filter(pk=article.pk).update(body=Concat(Value(RAW), Value("")))
    fresh = Article.objects.get(pk=article.pk)
    made = snapshot(fresh, by=fresh.filed_by, reason=Version.Reason.NAMED)
    assert Version.objects.values_list("body", "html").get(pk=made.pk) == (CLEAN, CLEAN)


def test_nothing_stays_nothing(article):
    Article.objects.filter(pk=article.pk).update(body="<p></p>")
    assert stored(article) == ""
