"""What the database refuses, said as a sentence in the user's language."""

import logging
from contextlib import contextmanager

from django.apps import apps
from django.db import DataError, IntegrityError
from django.utils.translation import gettext as _

from newsroom.people.verdicts import RefusalError

logger = logging.getLogger(__name__)


@contextmanager
def as_refusals():
    """Turn what the database refuses into a RefusalError.

    A verb asks first, so this is for what happened between asking and writing, and for texts
    longer than their columns. Stands outside the transaction: some guards speak at its end.
    """
    try:
        yield
    except (IntegrityError, DataError) as error:
        logger.warning("The database refused: %s", error)
        raise RefusalError(_sentence(error)) from error


def _sentence(error: IntegrityError | DataError) -> str:
    if isinstance(error, DataError):
        return _("A text is longer than there is room for.")
    diagnosis = getattr(error.__cause__, "diag", None)
    said = getattr(diagnosis, "message_primary", None) or ""
    name = getattr(diagnosis, "constraint_name", None)
    if said and name is None:
        # A trigger of ours; its sentence is a text to translate like any other.
        translated = _(said)
        return translated if translated != said else f"{said[:1].upper()}{said[1:]}."
    return _of_constraint(name) or _("It has changed meanwhile. Look again, then decide.")


def _of_constraint(name: str | None) -> str:
    """Return the sentence a model gives for one of its constraints, or nothing."""
    constraints = (
        constraint for model in apps.get_models() for constraint in model._meta.constraints
    )
    named = next((constraint for constraint in constraints if constraint.name == name), None)
    if named is None or named.violation_error_message == named.default_violation_error_message:
        return ""
    return str(named.get_violation_error_message())
