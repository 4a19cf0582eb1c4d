"""Which of two lists' items belong together: the same, changed, put in, taken out, or moved."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from articles.differences import segments

# Of the pairs of characters in two items, the share that must be the same.
ALIKE = 0.3
# How many items before and after its own place one is compared with, where nothing is the same.
NEAR = 30
# Pairs of items beyond which the rest is paired in its order alone: a second's work.
MOST = 2_000_000


@dataclass(frozen=True)
class Pair:
    """An item of each list, by its number from 0, or None; ``after`` of those new come before."""

    old: int | None
    new: int | None
    after: int
    moved: bool = False


def pairs(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Return the items of two lists in the order of the new one, each once, with its like.

    The same first, in their order; then the same at another place; of what stands between them
    the most alike, in their order; and what is left, in its order.
    """
    runs = _runs(old, new)
    moved = _moved(old, new, runs)
    gone = set(moved.values())
    found = []
    for same, olds, news in runs:
        if same:
            found += zip(olds, news, strict=True)
            continue
        rest = [at for at in olds if at not in gone]
        stays = [at for at in news if at not in moved]
        paired = _between(rest, stays, old, new)
        found += _with_moved(paired, [at for at in news if at in moved], moved)
    return list(_counted(found, moved))


def aligned(old: Sequence[str], new: Sequence[str]) -> list[tuple[int | None, int | None]]:
    """Return the items of two lists in both their orders: the same, the most alike, the rest."""
    found = []
    for same, olds, news in _runs(old, new):
        pairs_here = zip(olds, news, strict=True) if same else _between(olds, news, old, new)
        found += pairs_here
    return found


def _runs(old: Sequence[str], new: Sequence[str]) -> list[tuple[bool, range, range]]:
    """Return the stretches of two lists, by numbers: the same or not, in the old, in the new."""
    found, start, begin = [], 0, 0
    for kind, before, after in segments(old, new):
        end, until = start + len(before), begin + len(after)
        found.append((kind == "equal", range(start, end), range(begin, until)))
        start, begin = end, until
    return found


def _moved(old, new, runs) -> dict[int, int]:
    """Return where items that are the same, but at another place, were: new number → old."""
    free: dict[str, list[int]] = {}
    for same, olds, _news in runs:
        for at in () if same else olds:
            free.setdefault(old[at], []).append(at)
    found = {}
    for same, _olds, news in runs:
        for at in () if same else news:
            if free.get(new[at]):
                found[at] = free[new[at]].pop(0)
    return found


def _between(
    olds: Sequence[int], news: Sequence[int], old, new
) -> list[tuple[int | None, int | None]]:
    """Pair what stands between two items that are the same."""
    found, start, begin = [], 0, 0
    for one, other in [*_alike(olds, news, old, new), (len(olds), len(news))]:
        left, right = list(olds[start:one]), list(news[begin:other])
        width = max(len(left), len(right))
        left, right = left + [None] * (width - len(left)), right + [None] * (width - len(right))
        found += zip(left, right, strict=True)
        if one < len(olds):
            found.append((olds[one], news[other]))
        start, begin = one + 1, other + 1
    return found


def _alike(olds: Sequence[int], news: Sequence[int], old, new) -> list[tuple[int, int]]:
    """Return the most alike pairs that keep both orders, as places in ``olds`` and ``news``.

    Of long lists only items at about the same share of their way are looked at.
    """
    if len(olds) * len(news) > MOST:
        return []
    ours, theirs = [_grams(old[at]) for at in olds], [_grams(new[at]) for at in news]
    rows = [_near(i, len(olds), len(news)) for i in range(len(olds))]
    share = [{j: _share(ours[i], theirs[j]) for j in row} for i, row in enumerate(rows)]
    return _best_way(share, _best_sums(share, len(news)))


def _best_sums(share: list[dict[int, float]], width: int) -> list[list[float]]:
    """Return, for each two places, the most that the items from there on have in common."""
    best = [[0.0] * (width + 1)]
    for alike in reversed(share):
        below = best[-1]
        row = below.copy()
        for j in sorted(alike, reverse=True):
            together = alike[j] + below[j + 1] if alike[j] >= ALIKE else 0
            row[j] = max(together, below[j], row[j + 1])
        first = min(alike, default=0)
        for j in reversed(range(first)):
            if row[j] >= row[first]:
                break
            row[j] = row[first]
        best.append(row)
    return best[::-1]


def _near(i: int, olds: int, news: int) -> range:
    """Return the new items that one of the old ones is compared with."""
    middle = i * news // olds
    return range(max(0, middle - NEAR), min(news, middle + NEAR))


def _best_way(share: list[dict[int, float]], best: list[list[float]]) -> list[tuple[int, int]]:
    found, i, j = [], 0, 0
    while i < len(share) and j < len(best[0]) - 1:
        alike = share[i].get(j, 0)
        if alike >= ALIKE and best[i][j] == alike + best[i + 1][j + 1]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def _grams(text: str) -> Counter:
    return Counter(text[at : at + 2] for at in range(max(1, len(text) - 1)))


def _share(one: Counter, other: Counter) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def _with_moved(paired, arrived: list[int], moved: dict[int, int]) -> list:
    """Put the items that came from elsewhere among those that stayed, by their new numbers."""
    found, waiting = [], list(reversed(arrived))
    for old, new in paired:
        while waiting and new is not None and waiting[-1] < new:
            found.append((moved[waiting[-1]], waiting.pop()))
        found.append((old, new))
    return found + [(moved[at], at) for at in reversed(waiting)]


def _counted(found, moved: dict[int, int]) -> Iterator[Pair]:
    after = 0
    for old, new in found:
        yield Pair(old, new, after, moved=new in moved)
        after += new is not None
