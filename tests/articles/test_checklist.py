"""What a piece still lacks."""

import pytest

from articles.checklist import missing_before_review, missing_before_signature
from articles.kinds import Kind
from articles.models import Article
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def piece():
    return factories.draft(factories.Cast())


def test_a_whole_piece_lacks_nothing(piece):
    factories.with_photo(piece)
    assert missing_before_signature(piece) == []


@pytest.mark.parametrize("headline", ["", "  ", "|"])
def test_a_headline_of_marks_is_none(piece, headline):
    piece.headline = headline
    assert len(missing_before_review(piece)) == 1
    piece.kind = Kind.PHOTO_STORY
    assert missing_before_review(piece) == []


def test_a_picture_is_as_good_as_a_text(piece):
    piece.body = "<p> </p>"
    assert len(missing_before_review(piece)) == 1
    factories.with_photo(piece)
    assert missing_before_review(piece) == []


def test_a_picture_still_awaited_is_none():
    cast = factories.Cast()
    piece = Article.objects.create(filed_by=cast.writer, headline="题", section=cast.section)
    piece.photos.create(caption="待补")
    assert len(missing_before_review(piece)) == 1


def test_each_picture_without_words_is_named(piece):
    factories.with_photo(piece, caption="居民看书", alternative_text=" ")
    factories.with_photo(piece, caption="", alternative_text="", position=1)
    found = missing_before_signature(piece)
    assert len(found) == 2
    assert "居民看书" in found[0]
    assert "2" in found[1]
    assert missing_before_review(piece) == []
