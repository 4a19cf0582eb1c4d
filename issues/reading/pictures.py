"""Say which paragraphs stand under a picture, in a piece or for themselves."""

import re

from .characters import bigrams
from .titling import NEWS_OPENING

_LONGEST_CAPTION = 32


def is_caption(lifted, current):
    """Say whether a paragraph belongs under a picture of the current piece."""
    if current is None or not (current.body or current.titled or current.captions):
        return False
    if re.search("[图①-⑳]", lifted.mark):
        return True
    if not current.body:
        return False
    if lifted.said:
        return shares_topic(lifted, current)
    return _is_one_sentence(lifted) and len(current.body) > 1 and _is_told_of(lifted, current)


def shares_topic(lifted, current):
    """Say whether a picture's text has words of the current piece's beginning."""
    pairs = bigrams(lifted.text[:200])
    return len(pairs & current.topic()) >= 0.08 * len(pairs)


def is_picture_text(current):
    """Say whether the last paragraph is a picture's text set below a finished piece."""
    if current is None or len(current.body) < 2 or current.captions or current.closed:
        return False
    last = current.body[-1]
    pairs = bigrams(last.text[:200])
    shared = len(pairs & current.topic())
    news = NEWS_OPENING.match(last.text) and not last.alone
    return bool(news) and len(current.body) > 3 - bool(current.bylines) and 4 * shared < len(pairs)


def _is_one_sentence(lifted):
    """Say whether one sentence with a picture credit behind it could stand under a picture."""
    text = lifted.text
    short = len(text) <= _LONGEST_CAPTION and len(re.findall("[。！？]", text)) <= 1
    plain = not (lifted.dateline or lifted.head or lifted.signed)
    return lifted.credited and short and plain and not NEWS_OPENING.match(text)


def _is_told_of(lifted, current):
    """Say whether the current piece, read to its end, tells of what a short text tells."""
    pairs = bigrams(lifted.text)
    told = set().union(*(bigrams(item.text[:400]) for item in current.body[-8:]))
    return len(pairs & (told | current.topic())) >= 0.4 * len(pairs)
