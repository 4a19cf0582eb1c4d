"""The lives of issues and of assignments: their stored states, and the tables of their moves."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    PLANNING = "planning", _("In planning")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


TRANSITIONS: dict[str, tuple[set[Status], Status]] = {
    "close": ({Status.PLANNING}, Status.CLOSED),
    "schedule": ({Status.CLOSED}, Status.CLOSED),
    "backdate": ({Status.CLOSED}, Status.CLOSED),
    "recall": ({Status.CLOSED}, Status.CLOSED),
    "leave_out": ({Status.CLOSED}, Status.CLOSED),
    "take_in": ({Status.CLOSED}, Status.CLOSED),
    "reopen": ({Status.CLOSED}, Status.PLANNING),
    "cancel": ({Status.PLANNING}, Status.CANCELLED),
    "bring_back": ({Status.CANCELLED}, Status.PLANNING),
}


class IssueKind(models.TextChoices):
    REGULAR = "regular", _("Regular issue")
    EXTRA = "extra", _("Extra issue")
    COMBINED = "combined", _("Combined issue")


class AssignmentState(models.TextChoices):
    OFFERED = "offered", _("Offered")
    OPEN = "open", _("Asked for")
    TAKEN = "taken", _("Being written")
    DECLINED = "declined", _("Not taken up")
    DROPPED = "dropped", _("Called off")


# A taken one whose piece was put aside is taken up again by somebody else.
ASSIGNMENT_MOVES: dict[str, tuple[set[AssignmentState], AssignmentState]] = {
    "accept_offer": ({AssignmentState.OFFERED}, AssignmentState.OPEN),
    "decline_offer": ({AssignmentState.OFFERED}, AssignmentState.DECLINED),
    "take_up": ({AssignmentState.OPEN, AssignmentState.TAKEN}, AssignmentState.TAKEN),
    "answer_with": ({AssignmentState.OPEN, AssignmentState.TAKEN}, AssignmentState.TAKEN),
    "drop": (
        {AssignmentState.OFFERED, AssignmentState.OPEN, AssignmentState.TAKEN},
        AssignmentState.DROPPED,
    ),
    "reopen": ({AssignmentState.DECLINED, AssignmentState.DROPPED}, AssignmentState.OPEN),
}
