"""What the database holds, compared before and after; and guards that speak only at the end."""

from contextlib import contextmanager
from functools import cache

from django.apps import apps
from django.db import connection, transaction

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
