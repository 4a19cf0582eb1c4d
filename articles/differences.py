"""How far two texts lie apart, character by character: Chinese has no words to go by."""

from collections import Counter
from difflib import SequenceMatcher
from os.path import commonprefix

MOST_PAIRS = 5_000_000


def segments(old: str, new: str) -> list[tuple[str, str, str]]:
    """Return the difference as (kind, old part, new part); kind: equal, delete, insert, replace.

    ``autojunk`` is off: it takes every frequent character for noise and ruins Chinese.
    """
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return [(kind, old[i1:i2], new[j1:j2]) for kind, i1, i2, j1, j2 in matcher.get_opcodes()]


def changed_characters(old: str, new: str) -> int:
    """Count the characters that were taken out or put in, whichever is more at each place.

    Texts in which the same few characters fill pages would take minutes to compare; of those
    all that stands between their common ends counts as changed.
    """
    start = len(commonprefix([old, new]))
    old, new = old[start:], new[start:]
    end = len(commonprefix([old[::-1], new[::-1]]))
    old, new = old[: len(old) - end], new[: len(new) - end]
    if not old or not new or _pairs(old, new) > MOST_PAIRS:
        return max(len(old), len(new))
    return sum(
        max(len(before), len(after))
        for kind, before, after in segments(old, new)
        if kind != "equal"
    )


def _pairs(old: str, new: str) -> int:
    """Count the pairs of like characters, which is what comparing costs."""
    counted = Counter(new)
    return sum(times * counted[char] for char, times in Counter(old).items())
