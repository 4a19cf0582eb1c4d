"""How far two texts lie apart, character by character: Chinese has no words to go by."""

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

MOST_PAIRS = 2_000_000


def segments(old: Sequence, new: Sequence) -> list[tuple[str, Sequence, Sequence]]:
    """Return the difference as (kind, old part, new part); kind: equal, delete, insert, replace.

    ``autojunk`` is off: it takes every frequent character for noise and ruins Chinese. Texts in
    which the same few characters fill pages would take minutes to compare; of those all that
    stands between their common ends is one replacement.
    """
    if _pairs(old, new) > MOST_PAIRS:
        return _ends_apart(old, new)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return [(kind, old[i1:i2], new[j1:j2]) for kind, i1, i2, j1, j2 in matcher.get_opcodes()]


def changed_characters(old: str, new: str) -> int:
    """Count the characters that were taken out or put in, whichever is more at each place."""
    start, end = _common_ends(old, new)
    return sum(
        max(len(before), len(after))
        for kind, before, after in segments(
            old[start : len(old) - end], new[start : len(new) - end]
        )
        if kind != "equal"
    )


def _ends_apart(old: Sequence, new: Sequence) -> list[tuple[str, Sequence, Sequence]]:
    start, end = _common_ends(old, new)
    until, till = len(old) - end, len(new) - end
    cut = [
        ("equal", old[:start], new[:start]),
        ("replace", old[start:until], new[start:till]),
        ("equal", old[until:], new[till:]),
    ]
    return [(kind, before, after) for kind, before, after in cut if before or after]


def _common_ends(old: Sequence, new: Sequence) -> tuple[int, int]:
    """Count the items that two texts begin with alike, and those that both end with after them."""
    start = _alike(old, new)
    return start, _alike(old[start:][::-1], new[start:][::-1])


def _alike(one: Sequence, other: Sequence) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _pairs(old: Sequence, new: Sequence) -> int:
    """Count the pairs of like items, which is what comparing costs."""
    counted = Counter(new)
    return sum(times * counted[char] for char, times in Counter(old).items())
