"""What editors made of a piece, in figures."""

import pytest

from articles import workflow
from articles.coaching import coached, handed_in
from tests import factories

pytestmark = pytest.mark.django_db
BODY = "<p>石桥的早市挪了新家。</p><p>112 个摊位全数进棚。</p><p>老杜说好。</p>"


@pytest.fixture
def cast():
    return factories.Cast()


def signed(cast, piece, **words):
    workflow.claim(piece, by=cast.editor)
    for name, value in words.items():
        setattr(piece, name, value)
    workflow.save(piece, by=cast.editor, write=piece.save)
    return factories.signed_by(cast, piece, cast.editor, cast.desk_head, cast.chief)


def test_characters_are_counted_as_the_paper_counts_them(cast):
    piece = factories.submitted(cast, body=BODY)
    found = coached(signed(cast, piece, body=BODY.replace("112 个摊位全数", "121 个摊位都")))
    assert (found.cut, found.added) == (5, 4)
    assert found.share == round(100 * (found.handed_in.characters - 5) / found.handed_in.characters)
    assert not found.headline_changed


def test_a_paragraph_that_moved_is_neither_cut_nor_added(cast):
    piece = factories.submitted(cast, body=BODY)
    first, second, third = BODY.split("</p>")[:3]
    found = coached(signed(cast, piece, body=f"{third}</p>{first}</p>{second}</p>"))
    assert (found.cut, found.added, found.moved, found.share) == (0, 0, 1, 100)


def test_titles_and_photos_are_told_apart(cast):
    piece = factories.draft(cast)
    factories.with_photo(piece)
    workflow.submit(piece, by=cast.writer)
    piece.photos.update(caption="另一句说明")
    found = coached(signed(cast, piece, headline="另一个题目"))
    assert found.headline_changed
    assert found.photos_changed == 1


def test_what_a_co_author_handed_in_counts_and_what_an_editor_did_does_not(cast):
    piece = workflow.submit(factories.draft(cast), by=cast.second_editor)
    assert handed_in(signed(cast, piece)) is None
    assert coached(piece) is None
    theirs = factories.draft(cast, filed_by=cast.second_editor)
    workflow.submit(theirs, by=cast.second_editor)
    factories.signed_by(cast, theirs, cast.editor, cast.desk_head, cast.chief)
    assert handed_in(theirs).number == 1


def test_the_first_and_the_last_that_was_handed_in(cast):
    piece = factories.submitted(cast, body=BODY)
    workflow.return_(piece, by=cast.editor, note="补")
    piece.body = BODY.replace("老杜", "卖豆花的老杜")
    workflow.save(piece, by=cast.writer, write=piece.save)
    workflow.submit(piece, by=cast.writer)
    signed(cast, piece)
    assert coached(piece).changes == []
    assert coached(piece, first=True).added == 4
