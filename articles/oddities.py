"""What looks odd in a Chinese text: half-width marks, marks without a partner, doubled characters.

Each question takes plain paragraphs and answers with the places, as a few characters of the text.
"""

import re
from collections.abc import Iterable

_HAN = "\u3400-\u9fff"
_AFTER = rf"[{_HAN}”’》）]"
# A mark after a Chinese character; a full stop only where no number or address goes on.
_HALF_WIDTH = re.compile(rf"{_AFTER}[,;:?!]|{_AFTER}\.(?![A-Za-z0-9])|[{_HAN}][(\"]|[)\"][{_HAN}]")
_DOUBLED = re.compile(r"([，。、；：])\1|的的(?!确)|是是(?!非)|地地(?!道)|([被把也就])\2")
_PROMPT = re.compile(r"［[^［］]{1,80}］")
_PAIRS = ("“”", "‘’", "《》", "（）")


def half_width_marks(paragraphs: Iterable[str]) -> list[str]:
    """Return the places where a half-width mark stands in Chinese, each with its neighbour."""
    return [match[0] for text in paragraphs for match in _HALF_WIDTH.finditer(text)]


def doubled_characters(paragraphs: Iterable[str]) -> list[str]:
    """Return the characters and marks that were most likely typed twice."""
    return [match[0] for text in paragraphs for match in _DOUBLED.finditer(text)]


def open_prompts(paragraphs: Iterable[str]) -> list[str]:
    """Return what a template still asks its writer for: ［姓名］."""
    return [match[0] for text in paragraphs for match in _PROMPT.finditer(text)]


def unpaired_marks(paragraphs: list[str]) -> list[str]:
    """Return the beginnings of paragraphs in which a pair of marks is not closed or not opened.

    Somebody's speech may go on over paragraphs: then each begins with “ and only the last has ”.
    """
    following = [*paragraphs[1:], ""]
    return [
        text[:8]
        for text, after in zip(paragraphs, following, strict=True)
        if any(_is_unpaired(text, after, *pair) for pair in _PAIRS)
    ]


def _is_unpaired(text: str, after: str, opening: str, closing: str) -> bool:
    open_ones = text.count(opening) - text.count(closing)
    goes_on = opening == "“" and open_ones == 1 and after.startswith(opening)
    return open_ones != 0 and not goes_on
