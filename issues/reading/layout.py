"""Turn printed lines into blocks: a title line, a byline line, a whole paragraph.

In hard-wrapped text every print line is a line of its own; lines are joined by the column's
width, the paragraph indent of two cells, and full stops.
"""

import re
from dataclasses import dataclass

from .characters import is_han
from .columns import SLACK, first_word, measure
from .names import is_name
from .openings import CANNOT_OPEN, is_remnant
from .printlines import (
    close_up,
    finishes,
    is_picture_text,
    read_lines,
    stands_alone,
    use_indents,
)
from .punctuation import restore

_OPEN_BRACKET = re.compile(r"[（(][^（()）]{1,22}$")
_CLOSING_BRACKET = re.compile(r"^[^（()）]{0,22}[）)]")
# Words and marks that open a paragraph where no indent does.
_OPENS = re.compile(
    r"[●◆■★▲□○◎▶“]|[问答][：:]|[一二三四五六七八九十]{1,2}、|[（(][一二三四五六七八九十][）)]"
    r"|\d{1,2}[.．、](?!\d)|(?:会议|大会)(?:指出|强调|要求|认为)|据(?:了解|介绍|悉)|下一步|近年来|今年以来"
)


@dataclass(frozen=True)
class Block:
    """What belongs together in print. `text` has its full-width punctuation restored.

    `continues`: the layout shows that it goes on from the block before.
    `truncated`: the layout shows that its first line is not the first of a paragraph.
    `opens_sheet`: a new sheet of paper begins with it.
    """

    text: str
    gap: int = 0
    indent: float = 0
    continues: bool = False
    truncated: bool = False
    opens_sheet: bool = False


def lay_out(text):
    """Read a text into blocks, in time linear in its length."""
    lines = measure(read_lines(text))
    if any(line.column for line in lines):
        lines = close_up(lines)
    indented = use_indents(lines)
    runs = list(_runs(lines))
    blocks = []
    for number, run in enumerate(runs):
        before = runs[number - 1][-1] if number else None
        after = runs[number + 1][0] if number + 1 < len(runs) else None
        blocks.extend(_read_run(run, indented, before, after))
    return blocks


def _runs(lines):
    run = []
    for line in lines:
        if line.gap and run:
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _read_run(run, indented, before, after):
    if all(line.column is None for line in run):
        return [_block(line.text, line) for line in run]
    return _Wrapped(run, indented or any(line.is_inset for line in run), before, after).read()


class _Wrapped:
    """Joins the lines of one unbroken run of hard-wrapped text.

    `before` and `after` are the lines next to the run, across the blank ones. `flows[i]`: print
    lets line i go on from the line before; `settles[i]`: from line i on, a full stop is reached
    before a line that stands short, so that it is prose and no title.
    """

    def __init__(self, run, indented, before, after):
        self.run, self.indented = run, indented
        self.before, self.after = before, after
        pairs = zip([before, *run], run, strict=False)
        self.flows = [bool(last) and flows(last, line) for last, line in pairs]
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

    def _settled_lines(self):
        goes_on = self.after is not None and flows(self.run[-1], self.after)
        settles = [goes_on] * len(self.run)
        for position in range(len(self.run) - 1, -1, -1):
            later = position + 1 < len(self.run)
            onward = self.flows[position + 1] and settles[position + 1] if later else goes_on
            settles[position] = finishes(self.run[position].text) or onward
        return settles

    def _body_lines(self):
        """Mark paragraph lines: indented ones, what goes on from them, other runs of prose."""
        body, position = [], 0
        while position < len(self.run):
            on = self.flows[position] and (body[-1] if body else not finishes(self.before.text))
            if self.run[position].is_inset or on:
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
        text = self.run[position].text
        opens = _OPENS.match(text) and not self.indented
        return self.settles[position] and not opens and not _follows_a_loss(text)

    def _finish(self, text, first, end):
        line = self.run[first]
        prose = end - first > 1 or finishes(text)
        continues = prose and self._goes_on_loosely(first)
        truncated = self.indented and end - first > 1 and not line.is_inset and not continues
        return _block(text, line, continues, truncated)

    def _goes_on_loosely(self, position):
        """Say whether a line goes on from an unfinished one that was nearly full."""
        line, last = self.run[position], self.run[position - 1] if position else self.before
        if last is None or line.is_inset or finishes(last.text):
            return False
        in_text = not position or self.body[position - 1] or not self.indented
        return in_text and (self.flows[position] or _is_nearly_full(last))


def flows(last, line):
    """Say whether print alone lets a line go on from the one before."""
    if line.is_inset or last.column is None or last.width > last.column + 1.5:
        return False
    if stands_alone(line.text) or stands_alone(last.text) or is_picture_text(line, last):
        return False
    return last.width + first_word(line.text) > last.limit


def _follows_a_loss(text):
    """Say whether a line cannot stand behind a full stop, whatever was between being lost."""
    return is_remnant(text) and not CANNOT_OPEN.match(text)


def _is_nearly_full(line):
    if line.column is None or stands_alone(line.text):
        return False
    return line.column - SLACK <= line.width <= line.column + 1.5


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
    return Block(restore(text), line.gap, line.indent, continues, truncated, line.opens_sheet)
