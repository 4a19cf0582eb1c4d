"""Whom a comment names with an @: names are read out of the text, nothing is asked of anybody."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

# An @ within an e-mail address names nobody.
_AT = re.compile(r"(?<![A-Za-z0-9._+-])[@＠](?=\S)")
_WORD = re.compile(r"[^\s\W]{1,8}")


@dataclass(frozen=True)
class Named:
    """The known names in a text, each once, and the words after an @ that are no name."""

    names: tuple[str, ...]
    unknown: tuple[str, ...]


def named_in(text: str, names: Iterable[str]) -> Named:
    """Return which of some names stand after an @; of several that fit, the longest."""
    longest_first = sorted(set(names), key=len, reverse=True)
    found, unknown = {}, {}
    for at in _AT.finditer(text):
        rest = text[at.end() :]
        name = next((name for name in longest_first if rest.startswith(name)), None)
        if name:
            found[name] = None
        elif word := _WORD.match(rest):
            unknown[word[0]] = None
    return Named(tuple(found), tuple(unknown))
