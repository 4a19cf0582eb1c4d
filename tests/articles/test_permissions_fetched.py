"""What a page has fetched with a piece answers as the database does, and saves the asking."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import permissions, workflow
from articles.admin.reading import for_reading
from articles.models import Article, Byline, Correspondent
from newsroom.people.roles import Role
from tests import factories
from tests.articles.desk_pages import address, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


def pieces(cast) -> list[Article]:
    """Make pieces in which people stand in every way that matters to who may sign."""
    both = factories.person("双职", Role.EDITOR, Role.DESK_HEAD, username="both")
    nobodys = factories.submitted(cast)
    Byline.objects.create(article=nobodys, name="沈 予安")
    pen = factories.submitted(cast)
    Byline.objects.create(
        article=pen, correspondent=Correspondent.objects.create(name="邓可"), name="笔名"
    )
    account = factories.submitted(cast)
    named = Correspondent.objects.create(name="罗嘉言", user=cast.desk_head)
    Byline.objects.create(article=account, correspondent=named, name="沈予安")
    signed = workflow.sign(factories.submitted(cast), by=both)
    again = workflow.sign(factories.submitted(cast), by=both)
    workflow.return_(again, by=cast.desk_head, note="改")
    workflow.submit(again, by=cast.writer)
    filed = workflow.submit(factories.draft(cast, filed_by=cast.editor), by=cast.editor)
    return [nobodys, pen, account, signed, again, filed, factories.draft(cast)]


def test_what_was_fetched_answers_as_the_database_does(cast):
    keys = [article.pk for article in pieces(cast)]
    people = [*cast.by_role.values(), cast.second_editor, cast.other_writer]
    people.append(type(cast.editor).objects.get(username="both"))
    differing = []
    for article in for_reading(Article.objects.with_keys(keys)):
        bare = Article.objects.get(pk=article.pk)
        for person in people:
            answers = [
                (permissions.is_own(person, piece), permissions.may_claim(person, piece))
                for piece in (article, bare)
            ]
            if answers[0] != answers[1]:
                differing.append((article.pk, person, answers))
    assert differing == []


def test_a_voided_signature_counts_for_nothing_either_way(cast):
    article = workflow.sign(factories.submitted(cast), by=cast.editor)
    article.review.signatures.update(voided_at=article.moved_at)
    [fetched] = for_reading(Article.objects.with_keys([article.pk]))
    for piece in (fetched, Article.objects.get(pk=article.pk)):
        assert "两审" not in permissions.may_claim(cast.editor, piece).reason


def test_the_reading_page_does_not_ask_the_same_again_and_again(cast):
    article = factories.submitted(cast)
    browser = signed_in(cast.editor)
    browser.get(address(article, "read"))
    with CaptureQueriesContext(connection) as asked:
        browser.get(address(article, "read"))
    bylines = [each for each in asked if 'FROM "articles_byline"' in each["sql"]]
    signatures = [each for each in asked if 'FROM "articles_signature"' in each["sql"]]
    assert len(bylines) <= 6
    assert len(signatures) <= 4
