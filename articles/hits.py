"""Where a query stands in a text, and the places of it that are worth showing. Knows no models."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from articles.search import BETWEEN, normal

WIDTH = 96  # characters of a snippet, and of each of two
LEAD = 24  # characters of it before the first hit, at most
_SENTENCE = "。！？；\n"


@dataclass(frozen=True)
class Piece:
    """A stretch of text, marked where the query stands in it."""

    text: str
    hit: bool = False


@lru_cache(maxsize=64)
def seeker(patterns: tuple[str, ...]) -> re.Pattern | None:
    """Return what finds any of some patterns in normal text; a bar is any marks between units."""
    longest_first = sorted(patterns, key=len, reverse=True)
    ways = [BETWEEN.join(map(re.escape, pattern.split("|"))) for pattern in longest_first]
    return re.compile("|".join(ways)) if ways else None


def spans(text: str, patterns: tuple[str, ...]) -> list[tuple[int, int]]:
    """Return where patterns stand in a text, in order: from where on, and up to where."""
    seek = seeker(patterns)
    if seek is None:
        return []
    folded, places = _folded(text)
    found = [match.span() for match in seek.finditer(folded)]
    if places is None:
        return found
    return [(places[start], places[end - 1] + 1) for start, end in found]


def _folded(text: str) -> tuple[str, list[int] | None]:
    """Return a text as it is compared, and from where each of its characters comes."""
    folded = normal(text)
    if len(folded) == len(text) and unicodedata.is_normalized("NFC", text):
        return folded, None
    characters, places = [], []
    for place, character in enumerate(text):
        for each in normal(character):
            characters.append(each)
            places.append(place)
    return "".join(characters), places


def marked(text: str, patterns: tuple[str, ...]) -> list[Piece]:
    """Return a text in pieces, marked and not, in order; joined they are the text."""
    return _pieces(text, 0, len(text), spans(text, patterns))


def _pieces(text, start, end, found) -> list[Piece]:
    pieces, at = [], start
    for low, high in found:
        if low < at or high > end:
            continue
        pieces += [Piece(text[at:low]), Piece(text[low:high], hit=True)]
        at = high
    return [piece for piece in (*pieces, Piece(text[at:end])) if piece.text]


def snippet(text: str, patterns: tuple[str, ...]) -> list[Piece]:
    """Return the stretch of a text that has most of what was asked, begun at its sentence.

    A second one follows where another term stands elsewhere. Without a hit: how the text begins.
    """
    found = spans(text, patterns)
    if not found:
        return [Piece(text[:WIDTH] + ("……" if len(text) > WIDTH else ""))]
    pieces: list[Piece] = []
    end = 0
    for low in _best(text, found):
        start = max(_beginning(text, low), end)
        if pieces and start == end:
            continue
        end = min(len(text), start + WIDTH)
        end = max(end, *(high for _low, high in found if _low < end), start)
        pieces += [Piece("……")] if start and not pieces else []
        pieces += [*_pieces(text, start, end, found), *([Piece("……")] if end < len(text) else [])]
    return pieces


def _best(text: str, found) -> list[int]:
    """Return where one snippet or two begin: with the most different words, then the most."""
    rated = []
    for place, (low, _high) in enumerate(found[:200]):
        near = [text[a:b] for a, b in found[place : place + 12] if b <= low + WIDTH - LEAD]
        rated.append((-len(set(near)), -len(near), low, set(near)))
    first = min(rated, key=lambda each: each[:3])
    others = [each for each in rated if each[3] - first[3] and abs(each[2] - first[2]) > WIDTH]
    second = [min(others, key=lambda each: each[:3])] if others else []
    return sorted(each[2] for each in (first, *second))


def _beginning(text: str, low: int) -> int:
    """Return where a snippet starts: at the sentence of its hit if that is near."""
    start = max((text.rfind(mark, 0, low) for mark in _SENTENCE), default=-1) + 1
    while start < low and text[start].isspace():
        start += 1
    return start if low - start <= LEAD else low - LEAD // 2
