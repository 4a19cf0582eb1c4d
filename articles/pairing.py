"""Which of two lists' items belong together: the same, changed, put in, taken out, or moved."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from articles.differences import segments

# Of the pairs of characters in two items, the share that must be the same: where they stand in
# one order, and where one has moved.
ALIKE, ALIKE_ELSEWHERE = 0.3, 0.5
# Pairs of items up to which each is compared with each; beyond, only between what is the same,
# and only this many before and after an item's own place.
ALL, NEAR = 3_600, 30
# Pairs of items beyond which the rest is paired in its order alone: a second's work.
MOST = 2_000_000

Match = tuple[int, int]


@dataclass(frozen=True)
class Pair:
    """An item of each list, by its number from 0, or None; ``after`` of those new come before."""

    old: int | None
    new: int | None
    after: int
    moved: bool = False


def pairs(old: Sequence[str], new: Sequence[str], *, alike: bool = True) -> list[Pair]:
    """Return the items of two lists in the order of the new one, each once, with its like.

    First what is the same or alike in one order, by its length; then what is so at another place;
    what is left is paired as it stands between the others. Names of files are never ``alike``.
    """
    matches = _matches(old, new) if alike else _same(old, new)
    moved = _moved(old, new, matches, alike=alike)
    found, after = [], 0
    for one, other in _filled(matches, old, new, moved):
        found.append(Pair(one, other, after, moved=other in moved))
        after += other is not None
    return found


def aligned(old: Sequence[str], new: Sequence[str]) -> list[tuple[int | None, int | None]]:
    """Return the items of two lists in both their orders: the same, the most alike, the rest."""
    return list(_filled(_matches(old, new), old, new, {}))


def _same(old: Sequence[str], new: Sequence[str]) -> list[Match]:
    """Return what is the same, in both orders."""
    found, start, begin = [], 0, 0
    for kind, before, after in segments(old, new):
        if kind == "equal":
            found += [(start + at, begin + at) for at in range(len(before))]
        start, begin = start + len(before), begin + len(after)
    return found


def _matches(old: Sequence[str], new: Sequence[str]) -> list[Match]:
    """Return what is the same or alike, in both orders."""
    if len(old) * len(new) <= ALL:
        return _alike(range(len(old)), range(len(new)), old, new)
    found, start, begin = [], 0, 0
    for kind, before, after in segments(old, new):
        olds, news = range(start, start + len(before)), range(begin, begin + len(after))
        found += zip(olds, news, strict=True) if kind == "equal" else _alike(olds, news, old, new)
        start, begin = olds.stop, news.stop
    return found


def _alike(olds: range, news: range, old, new) -> list[Match]:
    """Return the pairs that have the most in common and keep both orders."""
    if len(olds) * len(news) > MOST:
        return []
    ours, theirs = [_grams(old[at]) for at in olds], [_grams(new[at]) for at in news]
    everything = len(olds) * len(news) <= ALL
    worth = []
    for i, one in enumerate(ours):
        near = range(len(news)) if everything else _near(i, len(olds), len(news))
        shares = ((j, _share(one, theirs[j])) for j in near)
        # By its length: a long paragraph that was changed outweighs a short one that was not.
        worth.append({j: share * one.total() for j, share in shares if share >= ALIKE})
    best = _best_sums(worth, len(news))
    return [(olds[i], news[j]) for i, j in _best_way(worth, best)]


def _near(i: int, olds: int, news: int) -> range:
    """Return the new items that one of the old ones is compared with."""
    middle = i * news // olds
    return range(max(0, middle - NEAR), min(news, middle + NEAR))


def _best_sums(worth: list[dict[int, float]], width: int) -> list[list[float]]:
    """Return, for each two places, the most that the items from there on have in common."""
    best = [[0.0] * (width + 1)]
    for row_worth in reversed(worth):
        below = best[-1]
        row = below.copy()
        for j in sorted(row_worth, reverse=True):
            here = max(row_worth[j] + below[j + 1], row[j])
            for at in range(j, -1, -1):
                if row[at] >= here:
                    break
                row[at] = here
        best.append(row)
    return best[::-1]


def _best_way(worth: list[dict[int, float]], best: list[list[float]]) -> Iterator[Match]:
    i, j = 0, 0
    while i < len(worth) and j < len(best[0]) - 1:
        if j in worth[i] and best[i][j] == worth[i][j] + best[i + 1][j + 1]:
            yield i, j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1


def _grams(text: str) -> Counter:
    return Counter(text[at : at + 2] for at in range(max(1, len(text) - 1)))


def _share(one: Counter, other: Counter) -> float:
    if one == other:
        return 1.0
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def _moved(old, new, matches: list[Match], *, alike: bool) -> dict[int, int]:
    """Return where items of the new list that have no match were: word for word, then alike."""
    gone = _without(range(len(old)), {one for one, _other in matches})
    come = _without(range(len(new)), {other for _one, other in matches})
    by_text: dict[str, list[int]] = {}
    for at in reversed(gone):
        by_text.setdefault(old[at], []).append(at)
    found = {at: by_text[new[at]].pop() for at in come if by_text.get(new[at])}
    gone, come = _without(gone, set(found.values())), _without(come, set(found))
    if not alike or len(gone) * len(come) > ALL:
        return found
    shares = [(_share(_grams(old[i]), _grams(new[j])), i, j) for i in gone for j in come]
    for share, i, j in sorted(shares, key=lambda each: -each[0]):
        if share >= ALIKE_ELSEWHERE and i not in found.values() and j not in found:
            found[j] = i
    return found


def _without(items: Sequence[int], known: set[int]) -> list[int]:
    return [at for at in items if at not in known]


def _filled(matches: list[Match], old, new, moved: dict[int, int]) -> Iterator[tuple]:
    """Put between the matches what is left, in its order, and what came from elsewhere."""
    elsewhere, start, begin = set(moved.values()), 0, 0
    for one, other in [*matches, (len(old), len(new))]:
        olds = iter([at for at in range(start, one) if at not in elsewhere])
        for at in range(begin, other):
            yield (moved[at] if at in moved else next(olds, None)), at
        yield from ((at, None) for at in olds)
        if one < len(old):
            yield one, other
        start, begin = one + 1, other + 1
