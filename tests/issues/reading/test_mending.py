"""A person's corrections move words about and lose none."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issues.reading import Credit, Edition, Piece, ReadingWarning, Titles
from issues.reading.accounting import account
from issues.reading.mending import choose_alternative, merge_pieces, move_title_part, split_piece

PIECE = Piece(
    kicker="老街见闻",
    headline="渡口上的灯",
    bylines=(Credit("记者", "何静", raw="记者 何静"),),
    paragraphs=("天还没亮，灯先亮了。", "公园添了座椅", "近日，公园添了座椅。", "老人都说好。"),
    warnings=(
        ReadingWarning("heading_unsure", "公园添了座椅", 1),
        ReadingWarning("text_lost", "好", 3),
    ),
    alternatives=(Titles(headline="老街见闻 渡口上的灯"),),
    lifted=("记者 何静",),
    headings=(1,),
)


def words(*pieces):
    return account(Edition(pieces=pieces))


def test_splitting_before_a_title_makes_it_the_headline():
    first, second = split_piece(PIECE, 1)
    assert first.paragraphs == PIECE.paragraphs[:1]
    assert first.bylines == PIECE.bylines
    assert second.headline == "公园添了座椅"
    assert second.paragraphs == PIECE.paragraphs[2:]
    assert first.headings == second.headings == ()
    assert [(warning.code, warning.paragraph) for warning in second.warnings] == [("text_lost", 1)]
    assert words(first, second) == words(PIECE)


def test_splitting_before_prose_leaves_the_second_without_headline():
    _first, second = split_piece(PIECE, 2)
    assert second.headline is None
    assert "headline_missing" in [warning.code for warning in second.warnings]


@pytest.mark.parametrize("index", [0, 4, -1])
def test_a_split_must_leave_both_sides_something(index):
    with pytest.raises(ValueError, match="paragraph"):
        split_piece(PIECE, index)


def test_merging_puts_the_second_title_into_the_text():
    first, second = split_piece(PIECE, 1)
    merged = merge_pieces(first, second)
    assert merged.paragraphs == PIECE.paragraphs
    assert merged.headings == PIECE.headings
    assert merged.warnings[-1] == ReadingWarning("text_lost", "好", 3)
    assert words(merged) == words(PIECE)


def test_title_parts_move_and_change_places():
    assert move_title_part(PIECE, "kicker", "deck").deck == "老街见闻"
    swapped = move_title_part(PIECE, "kicker", "headline")
    assert (swapped.kicker, swapped.headline) == ("渡口上的灯", "老街见闻")


def test_a_title_part_moves_into_the_text_and_back():
    moved = move_title_part(PIECE, "headline", "paragraphs")
    assert moved.headline is None
    assert moved.paragraphs[0] == "渡口上的灯"
    assert moved.warnings[0].paragraph == 2
    assert moved.headings == (2,)
    assert move_title_part(moved, "paragraphs", "headline") == PIECE


def test_subheadings_follow_their_lines_through_a_split_and_a_merge():
    piece = replace(PIECE, headings=(0, 3))
    first, second = split_piece(piece, 2)
    assert (first.headings, second.headings) == ((0,), (1,))
    assert merge_pieces(first, second).headings == (0, 3)


def test_a_subheading_that_becomes_a_title_part_leaves_none_behind():
    piece = replace(PIECE, headings=(0, 1))
    assert move_title_part(piece, "paragraphs", "deck").headings == (0,)
    assert move_title_part(piece, "paragraphs", "headline").headings == (1,)


@pytest.mark.parametrize(
    ("origin", "target"), [("deck", "headline"), ("headline", "headline"), ("page", "headline")]
)
def test_what_cannot_move_is_refused(origin, target):
    with pytest.raises(ValueError, match="move|has no"):
        move_title_part(PIECE, origin, target)


def test_another_reading_of_the_titles_can_be_chosen_and_left_again():
    chosen = choose_alternative(PIECE, 0)
    assert (chosen.kicker, chosen.headline) == (None, "老街见闻 渡口上的灯")
    assert choose_alternative(chosen, 0).titles == PIECE.titles


@given(st.lists(st.text(min_size=1, max_size=20), min_size=2, max_size=8), st.data())
def test_no_split_or_merge_loses_a_character(paragraphs, data):
    piece = Piece(headline="题", paragraphs=tuple(paragraphs))
    index = data.draw(st.integers(1, len(paragraphs) - 1))
    halves = split_piece(piece, index)
    assert words(*halves) == words(piece)
    assert words(merge_pieces(*halves)) == words(piece)
