"""Say whether words can open a paragraph, or show that its true opening was lost."""

import re

from .characters import HAN, is_han
from .names import is_name
from .vocabulary import TURNS
from .words import cut, stranded_head, tag

OPENERS = re.compile(f"会议(?:指出|强调|要求|认为|听取|还)|{TURNS}")
CANNOT_OPEN = re.compile("[，。、；：！？）》」』】”’…]")
# From here on a character is half of a word so much oftener than a word that it tells of a loss.
_LIMIT = 0.7
_PARTICLES = frozenset("的了着过们")
_CLAUSE = re.compile(f"([{HAN}]{{1,4}})[，。；]")
# A measure without its figure, the end of an abstract noun, a consequence without its cause.
_MEASURES = "颗株盏枚艘幢"
_REMNANT = re.compile(
    f"[次个名户元岁米吨亩辆件栋{_MEASURES}](?:[，,。、]|[多余]?的)|[{_MEASURES}][新旧大小]"
    f"|[性化型率式]的|[就才便却][{HAN}]{{1,2}}了?[，,。]"
)
_COUNTS = frozenset("一二三四五六七八九十百千万亿两几数多余半每各这那哪某整单第首")
_ITEM = "[^、，。；：“”《》]{2,12}"
_COORDINATE = re.compile(f"{_ITEM}(?:、{_ITEM})+(?:以及|[和与及]){_ITEM}[，。；]")


def is_remnant(text):
    """Say whether a text surely begins in the middle of a sentence, on its own showing."""
    if CANNOT_OPEN.match(text) or _REMNANT.match(text):
        return True
    return text[0] in _PARTICLES and len((cut(text[:6]) or [""])[0]) == 1


def lacks_figure(left, right):
    """Say whether right begins with a measure word whose figure left does not end in."""
    return right[0] in _MEASURES and left[-1] not in _COUNTS and not left[-1].isdigit()


def opens_inside(text, precedes):
    """Say whether a paragraph begins in the middle of a sentence, its opening being lost.

    `precedes(text)` says whether elsewhere in the edition something always stands before its
    first words.
    """
    if is_remnant(text):
        return True
    if not is_han(text[0]) or OPENERS.match(text):
        return False
    if _has_maimed_list(text):
        return True
    if stranded_head(text[:10]) <= _LIMIT or _opens_with_name(text):
        return False
    clause = _CLAUSE.match(text)
    # 头作用，把…: a lone character, then a pause, and nothing that could be a predicate.
    return not _is_clause(clause.group(1)) if clause else precedes(text)


def _opens_with_name(text):
    if is_name(text[:2]) or is_name(text[:3]):
        return True
    return any(kind.startswith("nr") for _word, kind in tag(text[:10])[:1])


def _is_clause(words):
    """鸟多了 and 改小份 say something, 头作用 and 级领导 do not."""
    tagged = [part for word in cut(words) for part in tag(word)]
    says = [kind for _word, kind in tagged if kind in ("v", "a", "ul", "uz", "y", "zg", "d")]
    return bool(says) and (tagged[0][1] == "v" or tagged[-1][1] in ("a", "ul", "uz", "y"))


def _has_maimed_list(text):
    """借意义、实践意义和示范意义: the first of several like words has lost its beginning."""
    match = _COORDINATE.match(text)
    if not match:
        return False
    items = re.split("、|以及|[和与及]", match.group()[:-1])
    ending = items[1][-2:]
    others = [len(item) for item in items[1:] if item.endswith(ending)]
    return items[0].endswith(ending) and len(others) > 1 and len(items[0]) < min(others)
