"""Mend what the reader got wrong: pure functions from pieces to pieces.

Each keeps every character: text that leaves one field arrives in another.
"""

from dataclasses import replace

from .blocks import is_title_like
from .pieces import TITLE_PARTS, ReadingWarning, renumber

_ABOUT_TITLES = frozenset({"title_unsure", "headline_missing"})


def split_piece(piece, paragraph_index):
    """Cut a piece in two before a paragraph (counted from 0).

    A first paragraph that looks like a title becomes the second piece's headline. Titles,
    people, captions and marks stay with the first. Raise ValueError when nothing would be left
    on one side.
    """
    if not 0 < paragraph_index < len(piece.paragraphs):
        raise ValueError(f"No paragraph {paragraph_index} to split before")
    first, rest = piece.paragraphs[:paragraph_index], piece.paragraphs[paragraph_index:]
    titled = len(rest) > 1 and is_title_like(rest[0])
    shift = paragraph_index + titled
    later = [
        renumber(warning, -shift)
        for warning in piece.warnings
        if warning.paragraph is not None and warning.paragraph >= shift
    ]
    earlier = [
        warning
        for warning in piece.warnings
        if warning.paragraph is None or warning.paragraph < paragraph_index
    ]
    second = type(piece)(
        page=piece.page,
        headline=rest[0] if titled else None,
        paragraphs=rest[titled:],
        headings=_moved(piece.headings, -shift),
        warnings=tuple(later if titled else [ReadingWarning("headline_missing"), *later]),
    )
    headings = tuple(index for index in piece.headings if index < paragraph_index)
    first = replace(
        piece, paragraphs=first, headings=headings, warnings=tuple(earlier), corrects=None
    )
    return first, second


def merge_pieces(first, second):
    """Append a piece to another; the second one's headline becomes a subheading of its text."""
    titles = second.titles
    if second.label_shared:
        titles = replace(titles, column_label=None)
    added = (*titles.parts(), *second.paragraphs)
    shift = len(first.paragraphs) + len(added) - len(second.paragraphs)
    moved = [
        renumber(warning, shift) for warning in second.warnings if warning.code not in _ABOUT_TITLES
    ]
    over_text = bool(second.headline and second.paragraphs)
    headline = len(first.paragraphs) + added.index(second.headline) if over_text else None
    together = ("bylines", "photo_credits", "captions", "lifted")
    return replace(
        first,
        paragraphs=first.paragraphs + added,
        headings=(
            *first.headings,
            *([headline] if over_text else []),
            *_moved(second.headings, shift),
        ),
        warnings=(*first.warnings, *moved),
        dateline=first.dateline or second.dateline,
        source=first.source or second.source,
        **{name: getattr(first, name) + getattr(second, name) for name in together},
    )


def move_title_part(piece, origin, target):
    """Move a title part to another place; if that is taken, the two change places.

    `origin` and `target` are among TITLE_PARTS, or "paragraphs" for the first paragraph.
    Raise ValueError for any other name, or when there is nothing to move.
    """
    names = (*TITLE_PARTS, "paragraphs")
    if origin not in names or target not in names or origin == target:
        raise ValueError(f"Cannot move {origin} to {target}")
    moving = _take(piece, origin)
    if not moving:
        raise ValueError(f"The piece has no {origin}")
    if target == "paragraphs":
        return _shifted(replace(piece, **{origin: None}, paragraphs=(moving, *piece.paragraphs)), 1)
    displaced = getattr(piece, target)
    if origin == "paragraphs":
        rest = piece.paragraphs[1:]
        kept = (displaced, *rest) if displaced else rest
        left = tuple(index for index in piece.headings if index)
        moved = replace(piece, **{target: moving}, paragraphs=kept, headings=left)
        return _shifted(moved, len(kept) - len(piece.paragraphs))
    return replace(piece, **{origin: displaced, target: moving}, label_shared=False)


def choose_alternative(piece, index):
    """Take another reading of the titles; the present one becomes an alternative.

    Raise IndexError when there is no such reading.
    """
    chosen = piece.alternatives[index]
    others = [titles for titles in piece.alternatives if titles != chosen]
    warnings = tuple(warning for warning in piece.warnings if warning.code != "title_unsure")
    return replace(piece, **vars(chosen), alternatives=(piece.titles, *others), warnings=warnings)


def _take(piece, name):
    if name == "paragraphs":
        return piece.paragraphs[0] if piece.paragraphs else None
    return getattr(piece, name)


def _moved(headings, shift):
    """Give the subheadings' places after a shift, without those that fall off the beginning."""
    return tuple(index + shift for index in headings if index + shift >= 0)


def _shifted(piece, shift):
    warnings = (renumber(warning, shift) for warning in piece.warnings)
    return replace(
        piece,
        headings=_moved(piece.headings, shift),
        warnings=tuple(
            replace(warning, paragraph=None) if (warning.paragraph or 0) < 0 else warning
            for warning in warnings
        ),
    )
