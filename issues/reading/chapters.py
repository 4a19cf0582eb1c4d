"""Tell which lines of a text are subheadings: those with prose below them."""

import re
from dataclasses import replace

from .characters import ends_sentence, width
from .seams import is_verse

_LONGEST = 24
_NUMBERED = re.compile(
    "(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]"
    "|第[一二三四五六七八九十]{1,3}[章节部]分?|[一二三四五六七八九十][\u4e00-\u9fff]{1,2}：)"
    "[^，。；：、！]+"
)


def see_chapters(paragraphs):
    """Give the paragraphs, `heading` set on those that are subheadings and on no others."""
    verse = is_verse(paragraphs)
    seen, over_prose = [], False
    for paragraph in reversed(paragraphs):
        candidate = not verse and (paragraph.heading or _is_numbered(paragraph.text))
        heading = candidate and over_prose
        if heading != paragraph.heading:
            alone = paragraph.alone or heading
            paragraph = replace(paragraph, alone=alone, heading=heading)
        seen.append(paragraph)
        if not candidate:
            over_prose = ends_sentence(paragraph.text) or width(paragraph.text[:60]) > _LONGEST
    return seen[::-1]


def _is_numbered(text):
    return width(text[: 2 * _LONGEST]) <= _LONGEST and bool(_NUMBERED.fullmatch(text))
