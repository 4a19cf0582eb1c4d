"""Where a headline may break, for one whose editor has not said: between words, never in one."""

from functools import lru_cache

import rjieba

# Marks that begin no line, and marks that end none (GB/T 15834-2011, 5.1).
_CLOSING = "，。、；：！？”’》〉）】…—·%"
_OPENING = "“‘《〈（【"
# One character that belongs to what follows; any other belongs to what precedes it.
_LEADING = frozenset(
    "来去在由给到把被是有会从向对为和与及又也还就都再才先不没让请将每第老新大小好早晚一"
)


@lru_cache(maxsize=4096)
def phrases(headline: str) -> tuple[str, ...]:
    """Return the parts of a headline that are better not parted; joined they are the headline."""
    parts: list[str] = []
    for word in rjieba.cut(headline):
        if parts and _belong_together(parts[-1], word):
            parts[-1] += word
        else:
            parts.append(word)
    return tuple(parts)


def _belong_together(before: str, word: str) -> bool:
    return (
        word[0] in _CLOSING
        or before[-1] in _OPENING
        or (before[-1].isascii() and before[-1].isalnum())
        or (len(word) == 1 and word not in _LEADING and word not in _OPENING)
        or before in _LEADING
    )
