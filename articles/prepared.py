"""Questions whose SQL is written once in a process; only the values change from then on.

Building and compiling a queryset costs several milliseconds, more than PostgreSQL takes to answer.
A public page asks the same two or three questions on every request, so they are kept as text.
"""

from collections.abc import Callable
from copy import copy
from datetime import UTC, date, datetime
from types import SimpleNamespace

from django.db import connections
from django.db.models import QuerySet
from django.db.models.query import ModelIterable

# Values no page ever asks with, two of each kind. They fit the smallest integer field.
_STAND_INS = {
    datetime: [
        [datetime(year, 1, day, 12, 34, 56, tzinfo=UTC) for day in range(1, 9)]
        for year in (1801, 1803)
    ],
    date: [[date(year, 2, day) for day in range(1, 9)] for year in (1802, 1804)],
    int: [list(range(32_101, 32_109)), list(range(32_201, 32_209))],
    str: [[f"stand-in {number} of {turn}" for number in range(8)] for turn in ("one", "two")],
}


class Question:
    """A queryset by its values, each a datetime, date, int or str that stands in it as it is.

    ``build`` takes the values and returns the queryset. It is called with stand-ins, so it must
    neither calculate with a value nor choose by it; ValueError says so at the first answer.
    """

    def __init__(self, build: Callable[..., QuerySet]):
        """Take the queryset's maker; nothing is compiled before the first answer is wanted."""
        self.build = build
        self.compiled = None

    def all(self, *values) -> list:
        """Return the rows for some values, as the queryset would."""
        using, compiler, sql, params, places = self.compiled or self._compile(values)
        asking = copy(compiler)
        asking.connection = connections[using]
        filled = list(params)
        for position, place in places:
            filled[position] = _as(params[position], values[place])
        asking.as_sql = lambda *args, **kwargs: (sql, tuple(filled))
        query = SimpleNamespace(get_compiler=lambda using: asking)
        rows = SimpleNamespace(db=using, query=query, _known_related_objects={})
        return list(ModelIterable(rows))

    def first(self, *values):
        """Return the first row for some values, or None."""
        return next(iter(self.all(*values)), None)

    def _compile(self, values):
        using, compiler, sql, params, places = self._text(values, 0)
        *_others, same_sql, other_params, same_places = self._text(values, 1)
        held = {position for position, _place in places}
        fixed = [
            position
            for position, pair in enumerate(zip(params, other_params, strict=True))
            if position not in held and pair[0] != pair[1]
        ]
        lost = set(range(len(values))) - {place for _position, place in places}
        if lost or fixed or sql != same_sql or places != same_places:
            raise ValueError("A prepared question calculates with its values or chooses by them.")
        self.compiled = (using, compiler, sql, params, places)
        return self.compiled

    def _text(self, values, which: int):
        stand_ins = [_stand_in(value, which, place) for place, value in enumerate(values)]
        queryset = self.build(*stand_ins)
        compiler = queryset.query.get_compiler(queryset.db)
        sql, params = compiler.as_sql()
        places = [
            (position, stand_ins.index(param))
            for position, param in enumerate(params)
            if param in stand_ins
        ]
        return queryset.db, compiler, sql, params, places


def _stand_in(value, which: int, place: int):
    kind = next(kind for kind in _STAND_INS if isinstance(value, kind))
    return _STAND_INS[kind][which][place]


def _as(param, value):
    """Return a value in the wrapper the database driver wants, such as a small integer's."""
    return type(param)(value) if isinstance(param, int) else value
