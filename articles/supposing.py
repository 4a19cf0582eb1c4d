"""Rows that are supposed for the length of a block: asked of like stored ones, written nowhere.

A preview puts the very questions of the public site to a database that looks as it would then.
Each statement is given, before its own text, a ``WITH`` for every table in it of which something
is supposed, and PostgreSQL reads that in the table's place. What a public page asks stays one
text, whoever asks; no condition in it knows of previews (docs/adr).
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import date, datetime
from decimal import Decimal

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet

# The rest of a table, what is changed in it, what is added: in this order of parameters.
_IN_PLACE_OF = """{table} AS NOT MATERIALIZED (
SELECT * FROM {table} WHERE {key} <> ALL(%s::bigint[]){only}
UNION ALL
SELECT otherwise.* FROM {table} AS stored,
 jsonb_populate_record(stored, %s::jsonb -> stored.{key}::text) AS otherwise
 WHERE stored.{key} = ANY(%s::bigint[])
UNION ALL
SELECT * FROM jsonb_populate_recordset(NULL::{table}, %s::jsonb))"""


class NothingIsWrittenError(Exception):
    """Something tried to write what is only supposed."""


class Supposition:
    """What is supposed of stored rows: some are otherwise, some are there, some are not."""

    def __init__(self):
        """Begin with nothing supposed."""
        self._changed: dict[type[Model], dict[int, dict]] = defaultdict(dict)
        self._added: dict[type[Model], list[dict]] = defaultdict(list)
        self._only: dict[type[Model], QuerySet] = {}
        self._dropped: dict[type[Model], list[int]] = defaultdict(list)

    def change(self, model: type[Model], pk: int, **columns) -> None:
        """Suppose other values in some columns, by their attribute names, of a stored row."""
        self._changed[model].setdefault(pk, {}).update(columns)

    def add(self, row: Model) -> None:
        """Suppose a row that is not stored. Its key must be nobody's: a negative one is."""
        fields = row._meta.concrete_fields
        columns = {each.column: each.get_prep_value(getattr(row, each.attname)) for each in fields}
        self._added[type(row)].append(columns)

    def drop(self, model: type[Model], keys: Iterable[int]) -> None:
        """Suppose that stored rows of these keys are not there."""
        self._dropped[model].extend(keys)

    def only(self, rows: QuerySet) -> None:
        """Suppose that of a model's stored rows there are these and no others.

        What is changed or added is there besides.
        """
        self._only[rows.model] = rows

    def before(self, sql: str, using: str = DEFAULT_DB_ALIAS) -> tuple[str, list]:
        """Return what stands before a statement, and its parameters; nothing where none fits."""
        texts, params = [], []
        for model in {**self._changed, **self._added, **self._only, **self._dropped}:
            table = connections[using].ops.quote_name(model._meta.db_table)
            if table in sql:
                text, values = self._in_place_of(model, table, using)
                texts.append(text)
                params += values
        return (f"WITH {', '.join(texts)} " if texts else ""), params

    def _in_place_of(self, model: type[Model], table: str, using: str) -> tuple[str, list]:
        only, only_params = "", ()
        if model in self._only:
            inner, only_params = self._only[model].values("pk").query.get_compiler(using).as_sql()
            only = f" AND {model._meta.pk.column} IN ({inner})"
        changed = {
            pk: {model._meta.get_field(name).column: value for name, value in columns.items()}
            for pk, columns in self._changed[model].items()
        }
        keys = list(changed)
        key = connections[using].ops.quote_name(model._meta.pk.column)
        text = _IN_PLACE_OF.format(table=table, key=key, only=only)
        gone = keys + self._dropped[model]
        return text, [gone, *only_params, _json(changed), keys, _json(self._added[model])]


class Supposing(AbstractContextManager):
    """Have every statement of this thread ask what is supposed, until the block ends."""

    def __init__(self, supposition: Supposition, using: str = DEFAULT_DB_ALIAS):
        """Take what is supposed; nothing happens before the block is entered."""
        self.supposition, self.using = supposition, using
        self._wrapped = connections[using].execute_wrapper(self._execute)

    def __enter__(self):
        self._wrapped.__enter__()
        return self

    def __exit__(self, *raised):
        return self._wrapped.__exit__(*raised)

    def _execute(self, execute, sql, params, many, context):
        if not sql.lstrip().upper().startswith("SELECT"):
            raise NothingIsWrittenError(sql[:60])
        before, values = self.supposition.before(sql, self.using)
        return execute(before + sql, [*values, *(params or ())], many, context)


def _json(value) -> str:
    return json.dumps(value, default=_plain, ensure_ascii=False)


def _plain(value):
    """Return a value as PostgreSQL reads it out of JSON, to the last microsecond."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"There is no JSON for {value!r}.")
