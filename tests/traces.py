"""What the database holds, compared before and after; and guards that speak only at the end."""

import re
from contextlib import contextmanager
from functools import cache

from django.apps import apps
from django.db import connection, transaction

from newsroom.people.verdicts import RefusalError

ROOMS = ("people", "articles", "issues", "desk", "readers")


def our_models(*labels: str):
    """Return the models with tables of their own, those that keep history included."""
    found = [apps.get_app_config(label).get_models(True) for label in labels or ROOMS]
    return [model for models in found for model in models if not model._meta.proxy]


def is_event(model) -> bool:
    """Say whether a model is the history of another."""
    return hasattr(model, "pgh_tracked_model")


@cache
def _question() -> str:
    tables = [m._meta.db_table for m in our_models() if not is_event(m)]
    sums = [f'(SELECT md5(string_agg(t::text, E"\\n" ORDER BY t.id)) FROM "{t}" t)' for t in tables]
    return "SELECT " + ", ".join(sums).replace('E"\\n"', "E'\\n'")


def everything() -> tuple:
    """Return a digest of each of our tables."""
    with connection.cursor() as cursor:
        cursor.execute(_question())
        return cursor.fetchone()


@contextmanager
def undone():
    """Take back what is done inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def speak_now() -> None:
    """Let the guards that wait for the end of a transaction speak."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def committed(act, *arguments) -> None:
    """Do something as a transaction of its own would, to its end."""
    with transaction.atomic():
        act(*arguments)
        speak_now()


def is_done(act, *arguments, **how) -> bool:
    """Try a verb and say whether it was done; a refusal has words, and leaves no trace."""
    before = everything()
    try:
        act(*arguments, **how)
    except RefusalError as refusal:
        sentence = str(refusal)
    else:
        speak_now()
        return True
    assert sentence.strip()
    assert everything() == before, sentence
    return False


@contextmanager
def without_guards():
    """Leave the triggers out, to see whether a constraint behind them holds too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('session_replication_role', 'replica', true)")
    try:
        yield
    finally:
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('session_replication_role', 'origin', true)")


def sentences(*labels: str) -> set[str]:
    """Return what the guards of some rooms may say, read from the triggers themselves."""
    bodies = [
        str(trigger.get_func(model))
        for label in labels
        for model in apps.get_app_config(label).get_models()
        for trigger in getattr(model._meta, "triggers", [])
        if not hasattr(trigger, "transitions") and not is_event(model)
    ]
    return {said for body in bodies for said in re.findall(r"RAISE EXCEPTION '([^']+)'", body)}
