import pytest

from articles.models import Article, Version
from articles.reading import OPENING, PARTS, along, line_parts
from tests import factories


@pytest.fixture
def cast(db):
    return factories.Cast()


def test_a_line_in_a_list_is_one_statement(cast, django_assert_num_queries):
    factories.live_alone(cast)
    with django_assert_num_queries(1):
        (piece,) = Article.objects.live().for_list()
        shown = (
            piece.public_headline, piece.public_title, piece.sealed.section.name,
            piece.sealed.summary, piece.release.publish_at, piece.pictures,
            [name.name for name in piece.names], piece.get_absolute_url(),
        )  # fmt: skip
    assert shown[-2] == ["苗青禾"]


def test_a_list_does_not_fetch_the_texts(cast):
    factories.live_alone(cast, body=f"<p>{'字' * 1000}</p>")
    (piece,) = Article.objects.live().for_list()
    assert "body" in piece.get_deferred_fields()
    assert {"body", "html"} <= piece.sealed.get_deferred_fields()
    assert len(piece.opening) == OPENING


def test_the_parts_of_a_line_have_their_names():
    assert tuple(line_parts(Version)) == PARTS
    assert along("article__", ("kind", "pk")) == ("article__kind", "article__pk")


def test_a_headline_cut_in_the_middle_of_a_tag_lends_whole_words(cast):
    body = f'<p><a href="https://example.cn/{"x" * 200}">闸口</a>有了牌子。</p>'
    article = factories.live_alone(cast, headline="", kind="brief", body=body)
    (piece,) = Article.objects.live().for_list()
    assert piece == article
    assert "<" not in piece.public_title
    assert "href" not in piece.public_title
