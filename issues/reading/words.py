"""Ask a dictionary about Chinese words: where they end, and whether two halves make one.

rjieba brings a dictionary of 350,000 words with their frequencies. Without it every question
is answered cautiously: nothing is a word, and a seam is judged by the edition's own text.
"""

from functools import cache

from .characters import is_han

try:
    import rjieba
except ImportError:  # pragma: no cover - the dictionary is an ordinary dependency
    rjieba = None

# Particles, and the levels of government, which news puts before any name: 区教育局.
_FREE = frozenset("的了着过得地在和与及是不没也都就又还很最更有为对把被省市区县乡镇村街")
# The 3,755 characters of GB 2312's first level, which make nearly all the words in use.
_COMMON = [
    bytes((row, cell)).decode("gb2312")
    for row in range(0xB0, 0xD8)
    for cell in range(0xA1, 0xFA if row == 0xD7 else 0xFF)
]


def cut(text):
    """Split a short text into dictionary words."""
    return rjieba.cut(text, False) if rjieba else list(text)


def tag(text):
    """Split a short text into (word, part of speech) pairs; nothing without a dictionary."""
    return rjieba.tag(text, True) if rjieba else []


def is_word(text):
    """Say whether the dictionary holds the word."""
    return bool(rjieba) and rjieba.has_word(text)


def spans_word(left, right):
    """Say whether some dictionary word begins in left and ends in right."""
    position = 0
    for word in cut(left + right):
        if position < len(left) < position + len(word):
            return is_han(word[0])
        position += len(word)
    return False


def stranded_tail(text):
    """Grade from 0 to 1 how likely the last character is the first half of a word."""
    last = cut(text)[-1:] or [""]
    return _bound(last[0], begins=True) if len(last[0]) == 1 else 0


def stranded_head(text):
    """Grade from 0 to 1 how likely the first character is the second half of a word."""
    first = cut(text)[:1] or [""]
    return _bound(first[0], begins=False) if len(first[0]) == 1 else 0


@cache
def _bound(character, *, begins):
    """Weigh the words a character begins (or ends) against its use as a word of its own."""
    if not rjieba or not is_han(character) or character in _FREE:
        return 0
    pairs = (character + other if begins else other + character for other in _COMMON)
    bound = sum(rjieba.suggest_freq(pair) for pair in pairs if rjieba.has_word(pair))
    return bound / (bound + rjieba.suggest_freq(character))
