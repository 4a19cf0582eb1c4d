"""Measure the columns of hard-wrapped text from where its lines break."""

import re
from collections import Counter
from dataclasses import replace

from .characters import width
from .printlines import finishes

NARROWEST, WIDEST = 13, 48
# Line breaking may not start a line with a comma or split a figure, so a full line can stay
# this many cells short of the column.
SLACK = 3
# How far around a line its column is looked for, where an edition sets several widths.
_AROUND = 10
# Fewer full lines than this may be of one width by chance.
_FEWEST = 5
_FIRST_WORD = re.compile(
    r"[“‘《（〈【(]*(?:[A-Za-z0-9.%:/@+-]+|.)[，。、；：！？”’）》】〉…,.;:!?)]*"
)


def measure(lines):
    """Give the lines with their column and limit; unchanged when the text is not wrapped."""
    lines = [line for line in lines if line.text]
    if _breaks_by_count(lines):
        lines = [replace(line, width=line.indent + len(line.text)) for line in lines]
    column = column_width(lines)
    if column and _explains(lines, column):
        columns = [column] * len(lines)
    else:
        columns = _local_columns(lines)
    if columns is None:
        return lines
    return _limited(lines, columns)


def first_word(text):
    """Measure what a line cannot be broken within: opening marks, a word, closing marks."""
    return width(_FIRST_WORD.match(text).group())


def column_width(lines):
    """Measure the one column of hard-wrapped lines in cells; None when there is none.

    Lines are wrapped when much of the text stands in lines of nearly one width and half of
    those do not end a sentence.
    """
    amount, unfinished = Counter(), Counter()
    for line in lines:
        cells = min(int(line.width + 0.5), WIDEST + 1)
        amount[cells] += line.width
        unfinished[cells] += 0 if finishes(line.text) else line.width
    total, best = sum(amount.values()), (0, 0)
    for cells in range(NARROWEST, WIDEST + 1):
        near = range(cells - SLACK, cells + 2)
        mass = sum(amount[i] for i in near)
        if (
            mass >= max(0.3 * total, _FEWEST * cells)
            and 2 * sum(unfinished[i] for i in near) >= mass
        ):
            best = max(best, (mass, cells))
    return _snug(amount, best[1]) if best[1] else None


def _snug(amount, cells):
    """Narrow the column to its widest line that occurs often."""
    often = max(amount[i] for i in range(cells - SLACK, cells + 2)) / 8
    return max(i for i in range(cells - SLACK, cells + 2) if amount[i] >= often)


def _breaks_by_count(lines):
    """Say whether lines were cut after so many characters, whatever their width."""
    cells, characters = Counter(), Counter()
    for line in lines:
        if not finishes(line.text) and NARROWEST <= len(line.text) <= 2 * WIDEST:
            cells[round(2 * line.width)] += 1
            characters[line.indent + len(line.text)] += 1
    if not cells:
        return False
    return max(characters.values()) > 1.2 * max(cells.values()) + 2


def _explains(lines, column):
    """Say whether one column accounts for the lines that break off in mid-sentence."""
    broken = [line.width for line in lines if _is_broken(line)]
    near = sum(column - SLACK <= cells <= column + 1.5 for cells in broken)
    return near >= 0.7 * len(broken)


def _is_broken(line):
    return NARROWEST <= line.width <= WIDEST and not finishes(line.text)


def _local_columns(lines):
    """Measure the column line by line; None when the text as a whole is not wrapped."""
    broken = [line.width if _is_broken(line) else 0 for line in lines]
    columns, wrapped = [], 0
    for position, line in enumerate(lines):
        around = broken[max(0, position - _AROUND) : position + _AROUND + 1]
        alike = [cells for cells in around if cells and abs(cells - line.width) <= 1.5]
        if len(alike) < 3:
            alike = _cluster(around)
        elif broken[position]:
            wrapped += line.width
        columns.append(max(alike, default=None))
    total = sum(line.width for line in lines)
    return columns if wrapped >= max(0.3 * total, _FEWEST * NARROWEST) else None


def _cluster(around):
    """Give the widths around the commonest of them."""
    counted = Counter(int(cells) for cells in around if cells)
    if not counted:
        return []
    usual, count = counted.most_common(1)[0]
    return [cells for cells in around if abs(cells - usual) <= 1.5] if count > 1 else []


def _limited(lines, columns):
    """Set column and limit of every line, strictly where breaks are seen to be strict.

    Strict: lines break only where the next word would not fit. Then a title one cell
    short of the column is not full.
    """
    reaches = [
        line.width + first_word(after.text) - column
        for line, after, column in zip(lines, lines[1:], columns, strict=False)
        if column and not after.is_inset and not finishes(line.text)
        if column - SLACK - 1 <= line.width <= column + 1.5
    ]
    fits = {shift: sum(reach > shift for reach in reaches) for shift in (0.5, 0, -0.5, -1)}
    best = max(fits.values())
    shift = 1 - SLACK
    if reaches and best >= 0.75 * len(reaches):
        shift = max(shift for shift, count in fits.items() if count >= best - 0.03 * len(reaches))
    return [
        line if column is None else replace(line, column=column, limit=column + shift)
        for line, column in zip(lines, columns, strict=True)
    ]
