"""What is supposed is asked of like stored rows, in the block alone, and written nowhere."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Release, Section
from articles.prepared import Question
from articles.supposing import NothingIsWrittenError, Supposing, Supposition
from tests import factories

pytestmark = pytest.mark.django_db

HOUR = datetime(2031, 2, 3, 4, 5, 6, 789_012, tzinfo=UTC)


@pytest.fixture
def cast():
    return factories.Cast()


def test_a_row_is_otherwise_in_some_columns_and_keeps_the_others(cast):
    release = Release.objects.create(held=True, held_because="核实")
    supposed = Supposition()
    supposed.change(Release, release.pk, publish_at=HOUR)
    with Supposing(supposed):
        there = Release.objects.get(pk=release.pk)
    assert (there.publish_at, there.held, there.held_because) == (HOUR, True, "核实")
    assert Release.objects.get(pk=release.pk).publish_at is None


def test_single_rows_are_not_there(cast):
    gone, stays = (Release.objects.create() for _each in range(2))
    supposed = Supposition()
    supposed.drop(Release, [gone.pk])
    with Supposing(supposed):
        assert list(Release.objects.filter(pk__in=[gone.pk, stays.pk])) == [stays]
    assert Release.objects.filter(pk=gone.pk).exists()


def test_a_row_is_there_or_not_there(cast):
    supposed = Supposition()
    supposed.add(Section(pk=-1, name="水'务\"\\", slug="shuiwu", position=3))
    supposed.only(Section.objects.exclude(pk=cast.section.pk))
    before = Section.objects.count()
    with Supposing(supposed):
        assert Section.objects.count() == before
        assert Section.objects.get(slug="shuiwu").name == "水'务\"\\"
        assert not Section.objects.filter(pk=cast.section.pk).exists()
    assert Section.objects.get(pk=cast.section.pk) == cast.section


def test_conditions_joins_and_prepared_questions_all_ask_what_is_supposed(cast):
    article = factories.approved(cast)
    release = Release.objects.create()
    supposed = Supposition()
    supposed.change(Article, article.pk, release_id=release.pk)
    supposed.change(Release, release.pk, publish_at=HOUR)
    asked = Question(lambda at: Article.objects.live(at).for_list())
    assert asked.all(HOUR) == []
    with Supposing(supposed):
        assert [each.release.publish_at for each in asked.all(HOUR)] == [HOUR]
        assert list(Article.objects.live(HOUR).filter(filed_by__name="苗青禾")) == [article]
        assert not Article.objects.live(HOUR.replace(microsecond=0)).exists()
    assert asked.all(HOUR) == []


@pytest.mark.parametrize(
    "write",
    [
        lambda article: article.save(),
        lambda article: Article.objects.filter(pk=article.pk).update(headline="x"),
        lambda article: Article.objects.filter(pk=article.pk).delete(),
        lambda article: Release.objects.create(),
        lambda article: connection.cursor().execute("SET TIME ZONE 'UTC'"),
    ],
)
def test_nothing_is_written_in_the_block(cast, write):
    article = factories.draft(cast)
    with pytest.raises(NothingIsWrittenError), Supposing(Supposition()):
        write(article)


def test_the_block_ends_when_something_breaks_in_it(cast):
    supposed = Supposition()
    supposed.only(Section.objects.none())
    with pytest.raises(IntegrityError), Supposing(supposed):
        raise IntegrityError
    assert Section.objects.exists()


def test_a_statement_is_one_statement_still(cast):
    supposed = Supposition()
    supposed.only(Section.objects.all())
    supposed.change(Release, 1, held=False, held_because="")
    with (
        CaptureQueriesContext(
            connection,
        ) as asked,
        Supposing(supposed),
    ):
        assert list(Section.objects.filter(name="民生")) == [cast.section]
    assert len(asked) == 1
    assert "articles_release" not in asked[0]["sql"]
