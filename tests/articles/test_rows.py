import pytest
from django.db.models import F, OuterRef

from articles.models import Article, Byline, Correction, Photo, Route
from articles.rows import Rows
from tests import factories


@pytest.fixture
def article(db):
    return factories.draft(factories.Cast())


def test_rows_come_as_instances_in_their_order(article, django_assert_num_queries):
    for position in (2, 1):
        factories.with_photo(article, caption=f"图{position}", position=position, focal_x=0.25)
    photos = Photo.objects.filter(article=OuterRef("pk")).order_by("position")
    pieces = Article.objects.annotate(pictures=Rows(photos, "caption", "widths", "focal_x"))
    with django_assert_num_queries(1):
        found = pieces.get(pk=article.pk).pictures
    assert [(p.caption, p.widths, p.focal_x) for p in found] == [
        ("图1", [480, 960], 0.25), ("图2", [480, 960], 0.25),
    ]  # fmt: skip
    assert all(isinstance(photo, Photo) for photo in found)


def test_expressions_become_attributes(article):
    bylines = Byline.objects.filter(article=OuterRef("pk"))
    rows = Rows(bylines, "role", known_as=F("correspondent__name"))
    (name,) = Article.objects.annotate(who=rows).get(pk=article.pk).who
    assert (name.role, name.known_as) == ("通讯员", "苗青禾")


def test_moments_come_back_as_moments(article):
    made = Correction.objects.create(
        article=article,
        wrong="甲",
        right="乙",
        drawn_up_by=article.filed_by,
        route=Route.objects.get(),
    )
    rows = Rows(Correction.objects.filter(article=OuterRef("pk")), "drawn_up_at", "signed_at")
    (row,) = Article.objects.annotate(corrected=rows).get(pk=article.pk).corrected
    assert row.drawn_up_at == made.drawn_up_at
    assert row.signed_at is None


def test_no_rows_are_an_empty_list(article):
    rows = Rows(Photo.objects.filter(article=OuterRef("pk")), "caption")
    assert Article.objects.annotate(pictures=rows).get(pk=article.pk).pictures == []
