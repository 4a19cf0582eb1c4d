"""How a text becomes what is searched, and how a query is read. Knows no models.

Chinese sets no spaces between words, and a dictionary loses names. So a text is cut into units (one
Han character or kana, or one run of Latin letters and digits), and every pair of neighbouring units
is a lexeme; the last unit of a run stands alone as well, so that a single character is found by its
beginning. The database makes them (``articles_searchable`` and ``articles_lexemes``, in the first
migration), so that no write can pass the search by.
"""

import re
import unicodedata
from dataclasses import dataclass

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, BooleanField, Func, TextField, Value

from articles.variants import simple

# Characters of a query that are read, and terms of it. Nobody types more; a program might.
LONGEST_QUERY = 200
MOST_TERMS = 12
LONGEST_UNIT = 40
# Pairs leave room for chance from three units on: 社会 and 会议 make no 社会议.
SURE_UNITS = 2

_HAN = "\u3005\u3007\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff"
_LATIN = "0-9a-z\u00c0-\u024f"
_RUN = re.compile(f"[{_LATIN}{_HAN}]+")
_UNIT = re.compile(f"[{_LATIN}]+|[{_HAN}]")
# What stands between two runs, as a pattern.
BETWEEN = f"[^{_LATIN}{_HAN}]+"
_BETWEEN = re.compile(BETWEEN)
_NUMBER = re.compile(r"(#?)(\d{1,12})", re.ASCII)
_SMALL = {capital: capital + 32 for capital in range(ord("A"), ord("Z") + 1)}


@dataclass(frozen=True)
class Asked:
    """A query as the database takes it: lexemes, and what to look for where they are found.

    ``stretches`` are the patterns of LIKE for what pairs alone do not settle.
    """

    lexemes: str
    stretches: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.lexemes)


def normal(text: str) -> str:
    """Return a text as it is compared: full-width letters and digits narrow, capitals small.

    Traditional characters are simplified ones. ``articles_searchable`` begins alike.
    """
    return simple(unicodedata.normalize("NFKC", text).translate(_SMALL))


def searchable(text: str) -> str:
    """Return a text as it is kept for search: what is no unit is one bar, however long.

    ``articles_searchable`` does the same in the database.
    """
    return _BETWEEN.sub("|", normal(text))


def units(run: str) -> list[str]:
    """Return the units of a run of normal text, each cut at 40 characters."""
    return [unit[:LONGEST_UNIT] for unit in _UNIT.findall(run)]


def lexemes(text: str) -> set[str]:
    """Return what a text is found by; ``articles_lexemes`` does the same in the database."""
    found = set()
    for run in _RUN.findall(normal(text)):
        parts = units(run)
        found.update(map(str.__add__, parts, parts[1:]))
        found.add(parts[-1])
    return found


def read(words: str) -> Asked:
    """Return what somebody asks for: every term must be there, in whatever order.

    A number alone is also that of a piece, and ``#123`` is nothing else. False where nothing in it
    can be looked for; no input is an error.
    """
    wanted, stretches = [], []
    for term in normal(words[:LONGEST_QUERY]).split()[:MOST_TERMS]:
        number = _NUMBER.fullmatch(term)
        if number:
            of_piece = f"'#{int(number[2])}'"
            wanted.append(of_piece if number[1] else f"('{number[2]}':* | {of_piece})")
            continue
        for run in _RUN.findall(term):
            parts = units(run)
            wanted += _pairs(parts)
            if len(parts) > SURE_UNITS:
                stretches.append(f"%{run}%")
    return Asked(" & ".join(dict.fromkeys(wanted)), tuple(dict.fromkeys(stretches)))


def _pairs(parts: list[str]) -> list[str]:
    """Return the lexemes of a run; a Latin word or a number at its end may go on."""
    if len(parts) == 1:
        return [f"'{parts[0]}':*"]
    pairs = [f"'{one}{other}'" for one, other in zip(parts, parts[1:], strict=False)]
    return [*pairs[:-1], pairs[-1] + (":*" if parts[-1][0] < "\u3005" else "")]


class Found(Func):
    """The keys of the pieces that have what was asked, as an array.

    The scalar subquery makes PostgreSQL ask once, and by the index; as part of the outer question
    it would rather walk through the pieces by date and unpack every vector on the way.
    """

    function = "articles_found"
    template = "((SELECT %(function)s(%(expressions)s))::bigint[])"
    output_field = ArrayField(BigIntegerField())

    def __init__(self, asked: Asked):
        """Take a query that was read."""
        lexemes = Value(asked.lexemes, output_field=TextField())
        stretches = Value(list(asked.stretches), output_field=ArrayField(TextField()))
        super().__init__(
            Func(lexemes, template="%(expressions)s::tsquery"),
            Func(stretches, template="%(expressions)s::text[]"),
        )


class AmongFound(Func):
    """Whether a key, the first argument, is among those of the second, a ``Found``."""

    template = "%(expressions)s"
    arg_joiner = " = ANY "
    output_field = BooleanField()
