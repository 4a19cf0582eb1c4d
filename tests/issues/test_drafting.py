"""A piece of an edition becomes the fields of an article."""

from issues.drafting import fields_of
from issues.reading import Piece


def test_subheadings_become_headings_of_the_text():
    piece = Piece(headline="老街新灯", paragraphs=("灯亮了。", "先修路", "路平了。"), headings=(1,))
    assert fields_of(piece)["body"] == "<p>灯亮了。</p><h2>先修路</h2><p>路平了。</p>"


def test_a_piece_without_subheadings_is_paragraphs_only():
    assert fields_of(Piece(paragraphs=("灯亮了。", "路平了。")))["body"] == (
        "<p>灯亮了。</p><p>路平了。</p>"
    )
