"""The printed lines of an edition: their width, their indent, the gaps between them."""

import re
from dataclasses import dataclass, replace

from . import folios
from .bylines import parse_byline
from .characters import ends_sentence, width

# The least indent, in cells, that opens a paragraph: one ideographic or two ordinary spaces.
INSET = 1
_SIGNED = re.compile(r"(?:[。！？”…]|^)\s*[（(][^（）()]{2,30}[）)]$|摄$|供图$|图[）)]$|摄[）)]$")
# 图②：老人在写字。 and 老人在写字。 李明 摄: the text of a picture, on its own line.
_PICTURE_MARK = re.compile(
    r"[▲▼]|[（(]?图\s*[①-⑳]|图\s*[一二三四五六七八九0-9]{1,2}[：:]|[上下左右本]图[一二三四]?[：:]"
)
_CREDITED = re.compile(r"[^。]{4,40}。[ \u3000]+[^。]{2,20}(?:摄|供图)")
_MAY_STAND_ALONE = re.compile("版|期|编|校|记者|通讯员|摄|图|作者|文/|日$|报道$|实习生")


@dataclass(frozen=True)
class Line:
    """A printed line.

    `indent` and `width` are in full-width cells, `gap` in blank lines. `column` is the width of
    the column it stands in, None where text is not hard-wrapped; the line is full when the
    next word would have reached beyond `limit`. `opens_sheet`: a form feed stands before it.
    """

    text: str
    indent: float
    width: float
    gap: int
    column: float | None = None
    limit: float = 0
    opens_sheet: bool = False

    @property
    def is_inset(self):
        """Whether an indent marks it as the first of a paragraph."""
        return self.indent >= INSET


def read_lines(text):
    """Split a text into its printed lines, blank ones counted as the gap before the next."""
    lines = []
    for sheet in text.split("\f"):
        added = list(_lines_of(sheet))
        if lines and added:
            added[0] = replace(added[0], gap=added[0].gap + 1, opens_sheet=True)
        lines.extend(added)
    return lines


def _lines_of(text):
    gap = 0
    for raw in text.splitlines():
        stripped = raw.strip()
        if not stripped:
            gap += 1
            continue
        lead = raw[: len(raw) - len(raw.lstrip())]
        indent = sum({"\t": 2, "\u3000": 1}.get(character, 0.5) for character in lead)
        yield Line(stripped, indent, indent + width(stripped), gap)
        gap = 0


def close_up(lines):
    """Take out the blank line that some extractors set after every print line."""
    gaps = sorted(line.gap for line in lines[1:])
    usual = gaps[len(gaps) // 20] if gaps else 0
    if not usual:
        return lines
    return [replace(line, gap=max(0, line.gap - usual)) for line in lines]


def use_indents(lines):
    """Say whether paragraphs are marked by an indent of about two cells."""
    indented = sum(INSET <= line.indent <= 4.5 for line in lines)
    return indented >= max(2, 0.08 * len(lines)) and indented < len(lines)


def finishes(text):
    """Say whether a print line can be the last of a paragraph."""
    return ends_sentence(text) or bool(_SIGNED.search(text[-40:]))


def is_picture_text(line, last):
    """Say whether a line by itself is what stands under a picture."""
    if _PICTURE_MARK.match(line.text):
        return True
    return finishes(last.text) and bool(_CREDITED.fullmatch(line.text))


def stands_alone(text):
    """Say whether a line is a head, a page foot or a byline, which no paragraph swallows."""
    if len(text) > 60 or not _MAY_STAND_ALONE.search(text) or ends_sentence(text):
        return False
    if folios.read_head(text) or folios.is_folio(text) or folios.is_date(text):
        return True
    named = parse_byline(text)
    signs = named.is_photo_only or named.raw.startswith(("（", "("))
    return named.is_byline and named.explicit and not signs
