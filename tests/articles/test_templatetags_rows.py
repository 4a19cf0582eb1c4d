"""A row nobody has typed into is out of the way; one with words never is."""

import pytest

from tests import factories
from tests.articles.desk_pages import address, blank, form_of, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


def rows(page, kind):
    """Return the classes of a kind's rows, but for the one that scripts copy."""
    return [
        " ".join(row.split())
        for row in page.content.decode().split('class="inline-related ')[1:]
        if row.startswith(kind) and "empty-form" not in row.split('"')[0]
        for row in [row.split('"')[0]]
    ]


def test_the_row_for_one_more_name_is_blank_once_there_is_a_name(cast):
    article = factories.draft(cast)
    page = signed_in(cast.writer).get(address(article))
    assert rows(page, "byline") == ["byline has_original", "byline blank"]


def test_the_first_name_is_asked_for(cast):
    article = factories.draft(cast)
    article.bylines.all().delete()
    page = signed_in(cast.writer).get(address(article))
    assert rows(page, "byline") == ["byline"]


def test_a_file_is_asked_for_by_nobody(cast):
    page = signed_in(cast.writer).get(address(factories.draft(cast)))
    assert rows(page, "attachment") == ["attachment blank"]


def test_what_was_typed_and_refused_is_in_sight(cast):
    article = factories.draft(cast)
    typed = form_of(article) | blank("attachments", 1) | {"attachments-0-title": "报名表"}
    page = signed_in(cast.writer).post(address(article), typed)
    assert page.status_code == 200
    assert rows(page, "attachment") == ["attachment"]
