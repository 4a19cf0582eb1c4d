"""Two changes of one piece that began from the same text, brought together. Knows no models.

What only one of two people changed is taken; where both changed the same place otherwise, that is
an overlap, for a person to settle. A place is a field, a paragraph of the text (an outermost
block: a list or a table is one place), or a word of a name or a photograph. Two changes within
one paragraph are never mixed: half a sentence of each is a sentence nobody wrote.
"""

import re
from dataclasses import dataclass, field

from articles.differences import segments
from articles.markup import blocks, sanitise

# Characters of HTML that the editor writes otherwise than an import; they change nothing.
_COSMETIC = re.compile(r' (?:col|row)span="1"|(?<=<li>)<p>|</p>(?=</li>)|(?<=<t[dh]>)<p>|'
                       r"</p>(?=</t[dh]>)")  # fmt: skip
ALIKE = 0.4  # share of pairs of characters from which on a paragraph is another's new wording
MOST_COMPARED = 40_000  # pairs of paragraphs; in a text rewritten beyond that none is recognised

NEW = "+"  # begins the key of a row that nobody has stored yet

Row = dict[str, str]
Rows = dict[str, Row]


@dataclass(frozen=True)
class Content:
    """What a form holds: plain fields, the text as sanitised HTML, rows by kind and key in order.

    A row that is new has a key of its own that begins with ``NEW``.
    """

    fields: dict[str, str]
    body: str
    rows: dict[str, Rows] = field(default_factory=dict)


@dataclass(frozen=True)
class Overlap:
    """A place that both changed, each otherwise, with what both began from.

    ``kind`` is field, text, row (``part`` says which word of row ``key``; empty: there or not) or
    order. In the merged content an overlap stands as ``shown``: mine, or theirs where I took
    something away; for a text ``at`` is the number of its first block there.
    """

    kind: str
    name: str
    mine: str
    theirs: str
    base: str = ""
    key: str = ""
    part: str = ""
    at: int = 0

    @property
    def shown(self) -> str:
        """What stands at this place until somebody has chosen."""
        return self.mine or self.theirs

    @property
    def mirrored(self) -> "Overlap":
        """The same place as the other person sees it."""
        return Overlap(
            self.kind, self.name, self.theirs, self.mine, self.base, self.key, self.part, self.at
        )


@dataclass(frozen=True)
class Merged:
    """What came of it: the content, and what is still to be chosen."""

    content: Content
    overlaps: tuple[Overlap, ...]


def merge(base: Content | None, mine: Content, theirs: Content) -> Merged:
    """Bring two contents together; without a ``base`` everything that differs is an overlap."""
    fields, overlaps = _merged_fields(base and base.fields, mine.fields, theirs.fields)
    body, places = merge_texts(base and base.body, mine.body, theirs.body)
    rows, clashes = {}, []
    for name, own in mine.rows.items():
        before = base and base.rows.get(name, {})
        rows[name], found = _merged_rows(name, before, own, theirs.rows.get(name, {}))
        clashes += found
    return Merged(Content(fields, body, rows), (*overlaps, *places, *clashes))


def _one(base: str | None, mine: str | None, theirs: str | None) -> tuple[str | None, bool]:
    """Return what a place becomes, and whether both changed it; an unknown base settles nothing."""
    if mine == theirs:
        return mine, False
    if base is not None and theirs == base:
        return mine, False
    if base is not None and mine == base:
        return theirs, False
    return mine, True


def _merged_fields(base, mine: dict, theirs: dict) -> tuple[dict[str, str], list[Overlap]]:
    merged, overlaps = {}, []
    for name, value in mine.items():
        before, other = base and base.get(name), theirs.get(name, "")
        merged[name], both = _one(before, value, other)
        if both:
            overlaps.append(Overlap("field", name, value, other, before or ""))
            merged[name] = overlaps[-1].shown
    return merged, overlaps


# Texts


@dataclass
class _Side:
    """How one text differs from the base, by block of the base and by gap before it.

    Positions count both: gap 0, block 0, gap 1, block 1 … A run is what was changed in one go: a
    paragraph with the part that was split off it, or with the one that was joined to it.
    """

    changed: dict[int, str | None] = field(default_factory=dict)
    added: dict[int, list[str]] = field(default_factory=dict)
    as_is: dict[int, str] = field(default_factory=dict)

    def runs(self) -> list[tuple[int, int]]:
        touched = {2 * gap for gap in self.added} | {2 * at + 1 for at in self.changed}
        for at, block in self.changed.items():
            if block is None:  # what was taken out belongs to what stands on both sides of it
                touched |= {2 * at, 2 * at + 2}
        runs: list[tuple[int, int]] = []
        for at in sorted(touched):
            if runs and runs[-1][1] == at - 1:
                runs[-1] = (runs[-1][0], at)
            else:
                runs.append((at, at))
        return runs

    def between(self, first: int, last: int, base: list[str]) -> list[str]:
        """Return this side's blocks from one position to another."""
        found = []
        for at in range(first, last + 1):
            block = at // 2
            if at % 2 == 0:
                found += self.added.get(block, [])
            elif block not in self.changed:
                found.append(self.as_is.get(block, base[block]))
            elif self.changed[block] is not None:
                found.append(self.changed[block])
        return found


def merge_texts(base: str | None, mine: str, theirs: str) -> tuple[str, list[Overlap]]:
    """Bring two sanitised texts together, paragraph by paragraph; the result is sanitised.

    Paragraphs that both put in at one place both stay, those that were stored first before the
    others; where they are alike, that is an overlap.
    """
    if mine == theirs or (base is not None and theirs == base):
        return mine, []
    if base is not None and mine == base:
        return theirs, []
    own, other = blocks(mine), blocks(theirs)
    old = _common(own, other) if base is None else blocks(base)
    sides = _compared(old, own), _compared(old, other)
    regions = _overlapping(len(old), *sides, strict=base is None)
    found, overlaps, at = [], [], 0
    while at <= 2 * len(old):
        last = next((end for start, end in regions if start == at), None)
        if last is None:
            found += _settled(at, old, *sides)
            at += 1
            continue
        place = _overlap(at, last, old, *sides, number=len(found))
        found += blocks(place.shown)
        overlaps += [place] if place.mine != place.theirs else []
        at = last + 1
    return sanitise("".join(found)), overlaps


def _key(block: str) -> str:
    return _COSMETIC.sub("", block).strip()


def _common(one: list[str], other: list[str]) -> list[str]:
    cut = segments([_key(block) for block in one], [_key(block) for block in other])
    kept, at = [], 0
    for kind, before, _after in cut:
        kept += one[at : at + len(before)] if kind == "equal" else []
        at += len(before)
    return kept


def _compared(base: list[str], other: list[str]) -> _Side:
    side, at, to = _Side(), 0, 0
    for kind, olds, news in segments(list(map(_key, base)), list(map(_key, other))):
        end, until = at + len(olds), to + len(news)
        if kind == "equal":
            side.as_is |= dict(zip(range(at, end), other[to:until], strict=True))
        else:
            _note(side, at, olds, other[to:until])
        at, to = end, until
    return side


def _note(side: _Side, start: int, olds: list[str], news: list[str]) -> None:
    """Write down what became of some blocks, ``start`` being the number of the first."""
    at = start
    for old, new in _paired(olds, [_key(block) for block in news]):
        if old is None:
            side.added.setdefault(at, []).append(news[new])
        else:
            at = start + old + 1
            side.changed[at - 1] = None if new is None else news[new]


def _paired(olds: list[str], news: list[str]) -> list[tuple[int | None, int | None]]:
    """Say which block became which, in order: the pairs that are most alike taken together."""
    if len(olds) * len(news) > MOST_COMPARED or not (olds and news):
        return [(at, None) for at in range(len(olds))] + [(None, at) for at in range(len(news))]
    one, other = [_pairs(text) for text in olds], [_pairs(text) for text in news]
    alike = [[_share(a, b) for b in other] for a in one]
    best = [[0.0] * (len(news) + 1) for _ in range(len(olds) + 1)]
    for i in range(len(olds) - 1, -1, -1):
        for j in range(len(news) - 1, -1, -1):
            pair = alike[i][j] + best[i + 1][j + 1] if alike[i][j] >= ALIKE else 0.0
            best[i][j] = max(pair, best[i + 1][j], best[i][j + 1])
    return _traced(alike, best)


def _traced(alike: list[list[float]], best: list[list[float]]):
    found, i, j = [], 0, 0
    olds, news = len(alike), len(alike[0])
    while i < olds and j < news:
        if alike[i][j] >= ALIKE and best[i][j] == alike[i][j] + best[i + 1][j + 1]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            found.append((i, None))
            i += 1
        else:
            found.append((None, j))
            j += 1
    return found + [(at, None) for at in range(i, olds)] + [(None, at) for at in range(j, news)]


def _pairs(text: str) -> set[str]:
    plain = re.sub(r"<[^<>]*>", "", text)
    return {plain[at : at + 2] for at in range(len(plain) - 1)} or {text}


def _share(one: set[str], other: set[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other))


def _overlapping(size: int, mine: _Side, theirs: _Side, *, strict: bool) -> list[tuple[int, int]]:
    """Return the stretches, by position, in which both sides changed the same."""
    own, other = mine.runs(), theirs.runs()
    runs = sorted(own + other)
    regions = [(at, at) for at in _collisions(size, mine, theirs, own + other, strict=strict)]
    grown: list[tuple[int, int]] = []
    for region in regions:
        if grown and region[0] <= grown[-1][1]:
            continue
        while (wider := _widened(region, runs)) != region:
            region = wider
        while grown and region[0] <= grown[-1][1]:
            region = (min(region[0], grown.pop()[0]), region[1])
        grown.append(region)
    return grown


def _widened(region: tuple[int, int], runs: list[tuple[int, int]]) -> tuple[int, int]:
    touching = [run for run in runs if run[0] <= region[1] and run[1] >= region[0]]
    return min(run[0] for run in (*touching, region)), max(run[1] for run in (*touching, region))


def _collisions(size: int, mine: _Side, theirs: _Side, runs, *, strict: bool) -> list[int]:
    wide = {at for first, last in runs if first != last for at in (first, last)}
    wide |= {at for first, last in runs for at in range(first + 1, last)}
    found = []
    for at in range(2 * size + 1):
        number = at // 2
        if at % 2:
            both = number in mine.changed and number in theirs.changed
            if both and not _same(mine.changed[number], theirs.changed[number]):
                found.append(at)
        elif _gap_collides(number, mine, theirs, alone=at not in wide, strict=strict):
            found.append(at)
    return found


def _same(one: str | None, other: str | None) -> bool:
    return one == other or (one is not None and other is not None and _key(one) == _key(other))


def _gap_collides(gap: int, mine: _Side, theirs: _Side, *, alone: bool, strict: bool) -> bool:
    one, other = mine.added.get(gap, []), theirs.added.get(gap, [])
    if one == other:
        return False
    if strict:
        return True
    if one and other:
        return not alone or _alike(one, other)
    taken = theirs.changed if one else mine.changed
    return all(at in taken and taken[at] is None for at in (gap - 1, gap))


def _alike(one: list[str], other: list[str]) -> bool:
    """Say whether two people have put in what may be the same."""
    if len(one) * len(other) > MOST_COMPARED:
        return True
    first, second = [_pairs(text) for text in one], [_pairs(text) for text in other]
    return any(_share(a, b) >= ALIKE for a in first for b in second)


def _settled(at: int, base: list[str], mine: _Side, theirs: _Side) -> list[str]:
    number = at // 2
    if at % 2 == 0:
        one, other = mine.added.get(number, []), theirs.added.get(number, [])
        return one if one == other else other + one
    own, other = mine.between(at, at, base), theirs.between(at, at, base)
    if number in mine.changed or number not in theirs.changed and other == [base[number]]:
        return own
    return other


def _overlap(first: int, last: int, base: list[str], mine: _Side, theirs: _Side, number: int):
    """Return the place that two sides changed, as each has it."""
    own, other = mine.between(first, last, base), theirs.between(first, last, base)
    before = base[first // 2 : (last + 1) // 2]
    return Overlap("text", "body", "".join(own), "".join(other), "".join(before), at=number)


# Rows


def _merged_rows(name: str, base: Rows | None, mine: Rows, theirs: Rows):
    merged: Rows = {}
    overlaps: list[Overlap] = []
    known = base or {}
    new = [row for key, row in theirs.items() if key not in known]
    mine = {
        key: row for key, row in mine.items() if key in theirs or key in known or row not in new
    }
    for key in (*mine, *(key for key in theirs if key not in mine)):
        was, own, other = known.get(key), mine.get(key), theirs.get(key)
        row, found = _merged_row(name, key, was, own, other, unknown=base is None)
        overlaps += found
        if row is not None:
            merged[key] = row
    order, both = _merged_order(base and list(base), list(mine), list(theirs), merged)
    if both:
        overlaps.append(
            Overlap("order", name, *(" ".join(k for k in each if k in merged) for each in both))
        )
    return {key: merged[key] for key in order}, overlaps


def _merged_row(name, key, was: Row | None, own: Row | None, other: Row | None, *, unknown: bool):
    if own is not None and other is not None:
        return _merged_words(name, key, was, own, other)
    there = own if other is None else other
    if not unknown and (was is None or _untouched(was, there)):
        # Put in by one; or left alone by the one who kept it and taken out by the other.
        return (there if was is None else None), []
    if other is None and key.startswith(NEW):
        return there, []
    both = (_line(own), _line(other), _line(was))
    return there, [Overlap("row", name, *both, key=key)]


def _untouched(was: Row, row: Row) -> bool:
    return all(was.get(part, "") == value for part, value in row.items())


def _merged_words(name: str, key: str, was: Row | None, own: Row, other: Row):
    row, overlaps = dict(other), []
    for part, value in own.items():
        before, theirs = was and was.get(part, ""), other.get(part, "")
        row[part], both = _one(before, value, theirs)
        if both:
            overlaps.append(Overlap("row", name, value, theirs, before or "", key=key, part=part))
            row[part] = overlaps[-1].shown
    return row, overlaps


def _line(row: Row | None) -> str:
    return "" if row is None else " / ".join(value or "—" for value in row.values())


def _merged_order(base: list[str] | None, mine: list[str], theirs: list[str], kept: Rows):
    """Return the order of the rows that stay, and two orders where both moved them otherwise."""
    shared = [key for key in mine if key in theirs and key in kept]
    other = [key for key in theirs if key in shared]
    before = None if base is None else [key for key in base if key in shared]
    clash = shared != other and (before is None or before not in (shared, other))
    moved = shared != other and before == other
    lead, follow = (mine, theirs) if moved or clash else (theirs, mine)
    order = [key for key in lead if key in kept]
    for place, key in enumerate(follow):
        if key in kept and key not in order:
            ahead = [each for each in follow[:place] if each in order]
            at = order.index(ahead[-1]) + 1 if ahead else 0
            while at < len(order) and order[at] not in follow:
                at += 1
            order.insert(at, key)
    return order, ((mine, theirs, base or []) if clash else None)
