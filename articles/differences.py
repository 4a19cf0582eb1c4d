"""How far two texts lie apart, character by character: Chinese has no words to go by."""

from difflib import SequenceMatcher


def segments(old: str, new: str) -> list[tuple[str, str, str]]:
    """Return the difference as (kind, old part, new part); kind: equal, delete, insert, replace.

    ``autojunk`` is off: it takes every frequent character for noise and ruins Chinese.
    """
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return [(kind, old[i1:i2], new[j1:j2]) for kind, i1, i2, j1, j2 in matcher.get_opcodes()]


def changed_characters(old: str, new: str) -> int:
    """Count the characters that were taken out or put in, whichever is more at each place."""
    if old == new:
        return 0
    return sum(
        max(len(before), len(after))
        for kind, before, after in segments(old, new)
        if kind != "equal"
    )
