"""The life of an issue: its stored states, and the one table of its moves."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    PLANNING = "planning", _("In planning")
    CLOSED = "closed", _("Closed")


TRANSITIONS: dict[str, tuple[set[Status], Status]] = {
    "close": ({Status.PLANNING}, Status.CLOSED),
    "schedule": ({Status.CLOSED}, Status.CLOSED),
    "recall": ({Status.CLOSED}, Status.CLOSED),
    "reopen": ({Status.CLOSED}, Status.PLANNING),
}
