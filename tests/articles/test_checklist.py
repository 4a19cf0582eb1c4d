"""What a piece still lacks, in sentences."""

import pytest

from articles.checklist import missing_before_review, missing_before_signature
from articles.kinds import Kind
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


def test_a_whole_piece_lacks_nothing(cast):
    piece = factories.draft(cast)
    factories.with_photo(piece)
    assert missing_before_signature(piece) == []


@pytest.mark.parametrize(
    "fields",
    [{"headline": ""}, {"headline": " | "}, {"body": ""}, {"body": "<p> </p>"}, {"section": None}],
)
def test_each_thing_reviewers_cannot_do_without_is_a_sentence(cast, fields):
    (sentence,) = missing_before_review(factories.draft(cast, **fields))
    assert sentence.endswith(("。", "."))


@pytest.mark.parametrize("kind", [Kind.PHOTO_STORY, Kind.BRIEF])
def test_photo_stories_and_briefs_may_go_without_a_headline(cast, kind):
    assert missing_before_review(factories.draft(cast, headline="", kind=kind)) == []


def test_a_picture_stands_in_for_a_text(cast):
    piece = factories.draft(cast, body="", kind=Kind.PHOTO_STORY)
    factories.with_photo(piece)
    assert missing_before_review(piece) == []


def test_a_picture_needs_alternative_text_before_it_is_signed(cast):
    piece = factories.draft(cast)
    factories.with_photo(piece, alternative_text=" ", caption="居民在阅览室里看书。")
    assert missing_before_review(piece) == []
    (sentence,) = missing_before_signature(piece)
    assert "居民在阅览室里看书" in sentence
