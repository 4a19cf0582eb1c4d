"""Turn printed lines into blocks: a title line, a byline line, a whole paragraph.

In hard-wrapped text every print line is a line of its own; lines are joined by the column's
width, the paragraph indent of two cells, and full stops.
"""

import re
from collections import Counter
from dataclasses import dataclass, replace

from . import folios
from .bylines import parse_byline
from .characters import ends_sentence, is_han, width
from .names import is_name
from .punctuation import restore

NARROWEST, WIDEST = 13, 48
# Line breaking may not start a line with a comma or split a figure, so a full line can stay
# this many cells short of the column.
_SLACK = 3
# The least indent, in cells, that opens a paragraph: one ideographic or two ordinary spaces.
_INSET = 1
_OPEN_BRACKET = re.compile(r"[（(][^（()）]{1,22}$")
_FIRST_WORD = re.compile(
    r"[“‘《（〈【(]*(?:[A-Za-z0-9.%:/@+-]+|.)[，。、；：！？”’）》】〉…,.;:!?)]*"
)
_OPENS = re.compile(
    r"[●◆■★▲□○◎▶]|[问答][：:]|[一二三四五六七八九十]{1,2}、|[（(][一二三四五六七八九十][）)]|\d{1,2}[.．、](?!\d)|(?:会议|大会)(?:指出|强调|要求|认为)|"
    "据(?:了解|介绍|悉)|下一步|近年来|今年以来|“"
)
_SIGNED = re.compile(r"(?:[。！？”…]|^)\s*[（(][^（）()]{2,30}[）)]$|摄$|供图$|图[）)]$|摄[）)]$")
_MAY_STAND_ALONE = re.compile("版|期|编|校|记者|通讯员|摄|图|作者|文/|日$|报道$|实习生")
_CLOSING_BRACKET = re.compile(r"^[^（()）]{0,22}[）)]")


@dataclass(frozen=True)
class Line:
    """A printed line; `indent` and `width` are in full-width cells, `gap` in blank lines."""

    text: str
    indent: float
    width: float
    gap: int


@dataclass(frozen=True)
class Block:
    """What belongs together in print. `text` has its full-width punctuation restored.

    `continues`: the layout shows that it goes on from the block before.
    `truncated`: the layout shows that its first line is not the first of a paragraph.
    """

    text: str
    gap: int = 0
    indent: float = 0
    continues: bool = False
    truncated: bool = False


def lay_out(text):
    """Read a text into blocks, in time linear in its length."""
    lines = read_lines(text)
    column = column_width(lines)
    if column:
        lines = close_up(lines)
    indented = uses_indents(lines)
    runs = list(_runs(lines))
    blocks = []
    for number, run in enumerate(runs):
        before = runs[number - 1][-1] if number else None
        after = runs[number + 1][0] if number + 1 < len(runs) else None
        blocks.extend(_read_run(run, column, indented, before, after))
    return blocks


def read_lines(text):
    """Split a text into its printed lines, blank ones counted as the gap before the next."""
    lines, gap = [], 0
    for raw in text.splitlines():
        stripped = raw.strip()
        if not stripped:
            gap += 1
            continue
        lead = raw[: len(raw) - len(raw.lstrip())]
        indent = sum({"\t": 2, "\u3000": 1}.get(character, 0.5) for character in lead)
        lines.append(Line(stripped, indent, indent + width(stripped), gap))
        gap = 0
    return lines


def column_width(lines):
    """Measure the column of hard-wrapped lines in cells; None when lines are not wrapped.

    Lines are wrapped when most of the text stands in lines of nearly one width and half of
    those do not end a sentence.
    """
    amount, unfinished = Counter(), Counter()
    for line in lines:
        cells = min(int(line.width + 0.5), WIDEST + 1)
        amount[cells] += line.width
        unfinished[cells] += 0 if ends_sentence(line.text) else line.width
    total, best = sum(amount.values()), (0, None)
    for cells in range(NARROWEST, WIDEST + 1):
        near = range(cells - _SLACK, cells + 2)
        mass = sum(amount[i] for i in near)
        if mass >= 0.3 * total and 2 * sum(unfinished[i] for i in near) >= mass:
            best = max(best, (mass, cells))
    return _snug(amount, best[1]) if best[1] else None


def _snug(amount, cells):
    """Narrow the column to its widest line that occurs often."""
    often = max(amount[i] for i in range(cells - _SLACK, cells + 2)) / 8
    return max(i for i in range(cells - _SLACK, cells + 2) if amount[i] >= often)


def close_up(lines):
    """Take out the blank line that some extractors set after every print line."""
    gaps = sorted(line.gap for line in lines[1:])
    usual = gaps[len(gaps) // 20] if gaps else 0
    if not usual:
        return lines
    return [replace(line, gap=max(0, line.gap - usual)) for line in lines]


def uses_indents(lines):
    """Say whether paragraphs are marked by an indent of about two cells."""
    indented = sum(_INSET <= line.indent <= 4.5 for line in lines)
    return indented >= max(2, 0.08 * len(lines)) and indented < len(lines)


def _runs(lines):
    run = []
    for line in lines:
        if line.gap and run:
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _read_run(run, column, indented, before, after):
    if column and len(run) >= 8:
        column = column_width(run) or column
    if column is None:
        return [_block(line.text, line) for line in run]
    if any(line.indent >= _INSET for line in run):
        indented = True
    return _Wrapped(run, column, indented, before, after).read()


class _Wrapped:
    """Joins the lines of one unbroken run of hard-wrapped text.

    `before` and `after` are the lines next to the run, across the blank ones. `flows[i]`: print
    lets line i go on from the line before; `settles[i]`: from line i on, a full stop is reached
    before a line that stands short, so that it is prose and no title.
    """

    def __init__(self, run, column, indented, before, after):
        self.run, self.indented = run, indented
        self.before, self.after = before, after
        self.column, self.strict = _sharpen(run, column)
        pairs = zip([before, *run], run, strict=False)
        self.flows = [bool(last) and self._flows(last, line) for last, line in pairs]
        self.settles = self._settled_lines()
        self.body = self._body_lines()

    def read(self):
        """Give the run's blocks."""
        blocks, text, first = [], self.run[0].text, 0
        for position in range(1, len(self.run)):
            line = self.run[position]
            if self._joins(position):
                text = _glue(text, line.text)
                continue
            blocks.append(self._finish(text, first, position))
            text, first = line.text, position
        blocks.append(self._finish(text, first, len(self.run)))
        return blocks

    def _flows(self, last, line):
        if line.indent >= _INSET or last.width > self.column + 1.5:
            return False
        if stands_alone(line.text) or stands_alone(last.text):
            return False
        reach = last.width + _first_word(line.text)
        return reach > self.column if self.strict else last.width >= self.column - _SLACK

    def _settled_lines(self):
        goes_on = self.after is not None and self._flows(self.run[-1], self.after)
        settles = [goes_on] * len(self.run)
        for position in range(len(self.run) - 1, -1, -1):
            later = position + 1 < len(self.run)
            flows = self.flows[position + 1] and settles[position + 1] if later else goes_on
            settles[position] = finishes(self.run[position].text) or flows
        return settles

    def _body_lines(self):
        """Mark paragraph lines: indented ones, what goes on from them, other runs of prose."""
        body, position = [], 0
        while position < len(self.run):
            on = self.flows[position] and (body[-1] if body else not finishes(self.before.text))
            if self.run[position].indent >= _INSET or on:
                body.append(True)
                position += 1
                continue
            end = position + 1
            while end < len(self.run) and self.flows[end]:
                end += 1
            lines = self.run[position:end]
            spaced = any(" " in line.text or "\u3000" in line.text for line in lines)
            closed = self.settles[position] and (finishes(lines[-1].text) or not spaced)
            body.extend([len(lines) > 1 and closed] * len(lines))
            position = end
        return body

    def _joins(self, position):
        if not self.flows[position] or (self.indented and not self.body[position - 1]):
            return False
        if not finishes(self.run[position - 1].text):
            return True
        opens = _OPENS.match(self.run[position].text) and not self.indented
        return self.settles[position] and not opens

    def _finish(self, text, first, end):
        line = self.run[first]
        prose = end - first > 1 or finishes(text)
        continues = prose and self._goes_on_loosely(first)
        truncated = self.indented and end - first > 1 and line.indent < _INSET and not continues
        return _block(text, line, continues, truncated)

    def _goes_on_loosely(self, position):
        """Say whether a line goes on from an unfinished one that was nearly full."""
        line, last = self.run[position], self.run[position - 1] if position else self.before
        if last is None or line.indent >= _INSET or finishes(last.text):
            return False
        in_text = not position or self.body[position - 1] or not self.indented
        return in_text and (
            self.flows[position]
            or (
                self.column - _SLACK <= last.width <= self.column + 1.5
                and not stands_alone(last.text)
            )
        )


def _sharpen(run, column):
    """Find the exact column if the lines break only where the next word would not fit.

    Return (column, True), or (column, False) when lines break more freely.
    """
    pairs = [
        (line.width, _first_word(after.text))
        for line, after in zip(run, run[1:], strict=False)
        if after.indent < _INSET and not finishes(line.text) and line.width >= column - _SLACK - 1
    ]
    fits = {
        exact: sum(cells + word > exact for cells, word in pairs)
        for exact in (column + 0.5, column, column - 0.5, column - 1)
    }
    best = max(fits.values())
    if best < 0.75 * len(pairs) or not pairs:
        return column, False
    return max(exact for exact, count in fits.items() if count >= best - 0.03 * len(pairs)), True


def _first_word(text):
    """Measure what a line cannot be broken within: opening marks, a word, closing marks."""
    return width(_FIRST_WORD.match(text).group())


def finishes(text):
    """Say whether a print line can be the last of a paragraph."""
    return ends_sentence(text) or bool(_SIGNED.search(text[-40:]))


def stands_alone(text):
    """Say whether a line is a head, a page foot or a byline, which no paragraph swallows."""
    if len(text) > 60 or not _MAY_STAND_ALONE.search(text) or ends_sentence(text):
        return False
    if folios.read_head(text) or folios.is_folio(text) or folios.is_date(text):
        return True
    named = parse_byline(text)
    signs = named.is_photo_only or named.raw.startswith(("（", "("))
    return named.is_byline and named.explicit and not signs


def _glue(text, addition):
    """Join two print lines: with a space between Latin words and between two signatures."""
    latin = text[-1].isascii() and addition[0].isascii()
    latin = latin and text[-1].isalnum() and addition[0].isalpha()
    return f"{text} {addition}" if latin or _parts_names(text, addition) else text + addition


def _parts_names(text, addition):
    """Say whether a line ends in a whole name within a bracket that more names close."""
    opened = _OPEN_BRACKET.search(text[-24:])
    if not (opened and is_han(addition[0]) and _CLOSING_BRACKET.match(addition[:24])):
        return False
    return is_name(re.split(r"[\s　、（(：:]", opened.group())[-1])


def _block(text, line, continues=False, truncated=False):
    return Block(restore(text), line.gap, line.indent, continues, truncated)
