"""How the first migrations write triggers: under the names and with the bodies the models give them.

``makemigrations`` writes the same ones out in full, with their names and hashes. Databases have
been made with this, so it stays as it is, whatever pghistory or pgtrigger do later.
"""

import hashlib

from pgtrigger.compiler import Trigger, UpsertTriggerSql

# What pghistory notes of each change beside the columns of the row.
NOTED = {
    "pgh_context": "COALESCE(NULLIF(CURRENT_SETTING('pghistory.context_metadata', TRUE), ''), NULL)::JSONB",
    "pgh_context_id": "COALESCE(NULLIF(CURRENT_SETTING('pghistory.context_id', TRUE), ''), NULL)::UUID",
    "pgh_created_at": "NOW()",
}


def trigger(model: str, name: str, func: str, *, table: str = "", **more: str) -> Trigger:
    """Return a trigger on the table of a model ("articles.Article"); ``more`` is pgtrigger's."""
    known_by = hashlib.sha1(f"{model}:{name}".encode(), usedforsecurity=False).hexdigest()[:5]
    table = table or model.replace(".", "_").lower()
    pgid = f"pgtrigger_{name}_{known_by}"
    return Trigger(name=name, sql=UpsertTriggerSql(pgid=pgid, table=table, func=func, **more))


def refuse(model: str, name: str, operation: str, sentence: str, **more: str) -> Trigger:
    """Return a trigger that refuses what is done to a row, or TRUNCATE of the table."""
    if operation == "TRUNCATE":
        more["level"] = "STATEMENT"
    func = f"RAISE EXCEPTION '{sentence}' USING ERRCODE = '23514';"
    return trigger(model, name, func, when="BEFORE", operation=operation, **more)


def history(
    model: str,
    columns: str,
    *,
    kinds: tuple[str, ...] = ("INSERT", "UPDATE", "DELETE"),
    changed: str = "OLD.* IS DISTINCT FROM NEW.*",
) -> list[Trigger]:
    """Return the triggers that note each change of a row as an event, column by column."""
    return [
        trigger(
            model,
            f"{kind.lower()}_{kind.lower()}",
            event(model, columns.split(), kind),
            when="AFTER",
            operation=kind,
            **({"condition": f"WHEN ({changed})"} if kind == "UPDATE" else {}),
        )
        for kind in kinds
    ]


def event(model: str, columns: list[str], kind: str) -> str:
    """Return the statement by which a change of this kind is noted."""
    row = "OLD" if kind == "DELETE" else "NEW"
    values = {column: f'{row}."{column}"' for column in columns}
    values |= NOTED | {"pgh_label": f"'{kind.lower()}'", "pgh_obj_id": f'{row}."id"'}
    names = ", ".join(f'"{name}"' for name in sorted(values))
    written = ", ".join(values[name] for name in sorted(values))
    table = model.replace(".", "_").lower()
    return f'INSERT INTO "{table}event" ({names}) VALUES ({written}); RETURN NULL;'  # noqa: S608 - names of ours
