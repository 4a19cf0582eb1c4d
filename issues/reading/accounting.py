"""Prove that reading an edition lost nothing: count what went in against what came out."""

from collections import Counter
from dataclasses import replace

from .characters import fold
from .pieces import GAP_MARK, SET_ASIDE


def lost_characters(text, edition):
    """Give the characters of the text that the edition accounts for nowhere ("" when none).

    White space and the width of punctuation are disregarded; what the reader left out counts
    as kept when a warning quotes it.
    """
    return _surplus(Counter(fold(text)), account(edition))


def invented_characters(text, edition):
    """Give the characters the edition holds more often than the text ("" when none)."""
    return _surplus(account(edition), Counter(fold(text)))


def account(edition):
    """Count every character of the edition's pieces, page heads and set-aside quotations."""
    counted = Counter()
    for page in edition.pages:
        counted.update(fold(page.raw))
    for warning in edition.warnings:
        counted.update(_set_aside(warning))
    for piece in edition.pieces:
        for words in _words_of(piece):
            counted.update(fold(words))
    return counted


def _words_of(piece):
    titles = piece.titles
    yield from (replace(titles, column_label=None) if piece.label_shared else titles).parts()
    for paragraph in piece.paragraphs:
        yield paragraph.replace(GAP_MARK, "")
    for caption in piece.captions:
        yield caption.text
    yield from piece.lifted
    for warning in piece.warnings:
        yield _set_aside(warning)


def _set_aside(warning):
    return fold(warning.quote) if warning.code in SET_ASIDE else ""


def _surplus(left, right):
    return "".join(sorted((left - right).elements()))
