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

# Values no page ever asks with. They fit the smallest integer field.
_STAND_INS = {
    datetime: [datetime(1801, 1, day, 12, 34, 56, tzinfo=UTC) for day in range(1, 9)],
    date: [date(1802, 2, day) for day in range(1, 9)],
    int: list(range(32_101, 32_109)),
}


class Question:
    """A queryset by its values, each a datetime, a date or an int that stands in it as it is.

    ``build`` takes the values and returns the queryset. It is called once, with stand-ins, so it
    must neither calculate with a value nor choose by it.
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
        stand_ins = [_stand_in(value, place) for place, value in enumerate(values)]
        queryset = self.build(*stand_ins)
        compiler = queryset.query.get_compiler(queryset.db)
        sql, params = compiler.as_sql()
        places = [
            (position, stand_ins.index(param))
            for position, param in enumerate(params)
            if type(param) is not str and param in stand_ins
        ]
        lost = set(range(len(values))) - {place for _position, place in places}
        if lost:
            raise ValueError(f"The question does not ask with its values {sorted(lost)}.")
        self.compiled = (queryset.db, compiler, sql, params, places)
        return self.compiled


def _stand_in(value, place: int):
    kind = datetime if isinstance(value, datetime) else date if isinstance(value, date) else int
    return _STAND_INS[kind][place]


def _as(param, value):
    """Return a value in the wrapper the database driver wants, such as a small integer's."""
    return type(param)(value) if isinstance(param, int) else value
