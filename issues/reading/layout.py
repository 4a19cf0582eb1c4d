"""Turn printed lines into blocks: a title line, a byline line, a whole paragraph.

In hard-wrapped text every print line is a line of its own; lines are joined by the column's
width, the paragraph indent of two cells, and full stops.
"""

import re
from collections import Counter
from dataclasses import dataclass

from . import folios
from .bylines import parse_byline
from .characters import ends_sentence, is_han, width
from .punctuation import restore

NARROWEST, WIDEST = 13, 48
# Line breaking may not start a line with a comma or split a figure, so a full line can stay
# this many cells short of the column.
_SLACK = 3
_OPEN_BRACKET = re.compile(r"[（(][^（()）]{1,12}$")
_CLOSING_BRACKET = re.compile(r"^[^（()）]{1,12}[）)]")


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
    indented = uses_indents(lines)
    blocks = []
    for run in _runs(lines):
        blocks.extend(_read_run(run, column, indented, blocks[-1] if blocks else None))
    return [block for block, _line in blocks]


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
        if mass >= 0.4 * total and 2 * sum(unfinished[i] for i in near) >= mass:
            best = max(best, (mass, cells))
    return _snug(amount, best[1]) if best[1] else None


def _snug(amount, cells):
    """Narrow the column to its widest line that occurs often."""
    often = max(amount[i] for i in range(cells - _SLACK, cells + 2)) / 8
    return max(i for i in range(cells - _SLACK, cells + 2) if amount[i] >= often)


def uses_indents(lines):
    """Say whether paragraphs are marked by an indent of about two cells."""
    indented = sum(1.5 <= line.indent <= 4.5 for line in lines)
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


def _read_run(run, column, indented, before):
    if column and len(run) >= 8:
        column = column_width(run) or column
    if column is None:
        return [(_block(line.text, line), line) for line in run]
    if any(line.indent >= 1.5 for line in run):
        indented = True
    return _Wrapped(run, column, indented, before).read()


class _Wrapped:
    """Joins the lines of one unbroken run of hard-wrapped text."""

    def __init__(self, run, column, indented, before):
        self.run, self.column, self.indented, self.before = run, column, indented, before
        self.body = self._body_lines()

    def read(self):
        """Give (block, its last line) pairs."""
        blocks, text, first = [], "", None
        for position, line in enumerate(self.run):
            if first is not None and self._joins(position):
                text = _glue(text, line.text)
                continue
            if first is not None:
                blocks.append(self._finish(text, first, position))
            text, first = line.text, position
        blocks.append(self._finish(text, first, len(self.run)))
        return blocks

    def _is_full(self, line):
        return self.column - _SLACK <= line.width <= self.column + 1.5

    def _body_lines(self):
        """Mark paragraph lines: indented ones, what goes on from them, other runs of prose."""
        body, position = [], 0
        while position < len(self.run):
            if self.run[position].indent >= 1.5 or (body and body[-1] and self._flows(position)):
                body.append(True)
                position += 1
                continue
            end = position + 1
            while end < len(self.run) and self.run[end].indent < 1.5 and self._flows(end):
                end += 1
            lines = self.run[position:end]
            spaced = any(" " in line.text or "\u3000" in line.text for line in lines)
            prose = len(lines) > 1 and (
                ends_sentence(lines[-1].text) or (len(lines) > 2 and not spaced)
            )
            body.extend([prose or (position == 0 and self._follows_on(0))] * (end - position))
            position = end
        return body

    def _flows(self, position):
        """Say whether print alone lets a line go on from the one before."""
        line, previous = self.run[position], self.run[position - 1]
        return self._is_full(previous) and not stands_alone(line.text)

    def _joins(self, position):
        line, previous = self.run[position], self.run[position - 1]
        if line.indent >= 1.5 or not self._flows(position):
            return False
        if self.indented and not self.body[position - 1]:
            return False
        if not ends_sentence(previous.text):
            return True
        return self._is_full(line) or ends_sentence(line.text) or line.text[0] in "（("

    def _follows_on(self, position):
        """Say whether the first line of a run goes on from the line before it in print."""
        line, last = self.run[position], self.before and self.before[1]
        if not last or line.indent >= 1.5 or ends_sentence(last.text):
            return False
        return self._is_full(last) and not stands_alone(line.text)

    def _finish(self, text, first, end):
        line = self.run[first]
        prose = end - first > 1 or ends_sentence(text)
        continues = prose and first == 0 and self._follows_on(first)
        truncated = (
            self.indented and end - first > 1 and line.indent < 1.5 and not continues
        )
        return _block(text, line, continues, truncated), self.run[end - 1]


def stands_alone(text):
    """Say whether a line is a head, a page foot or a byline, which no paragraph swallows."""
    if len(text) > 60 or ends_sentence(text):
        return False
    if folios.read_head(text) or folios.is_folio(text) or folios.is_date(text):
        return True
    named = parse_byline(text)
    return named.is_byline and named.explicit and not named.raw.startswith(("（", "("))


def _glue(text, addition):
    """Join two print lines: with a space between Latin words and inside a signature."""
    latin = text[-1].isascii() and addition[0].isascii()
    latin = latin and text[-1].isalnum() and addition[0].isalpha()
    signature = _OPEN_BRACKET.search(text[-14:]) and _CLOSING_BRACKET.match(addition[:14])
    spaced = latin or (signature and is_han(text[-1]) and is_han(addition[0]))
    return f"{text} {addition}" if spaced else text + addition


def _block(text, line, continues=False, truncated=False):
    return Block(restore(text), line.gap, line.indent, continues, truncated)
