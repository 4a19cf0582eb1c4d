"""What people are told of, and how, as long as they have not chosen otherwise."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a notice is about. People switch each kind on and off."""

    WAITING = "waiting", _("A piece waits for me")
    OVERDUE = "overdue", _("A piece is overdue")
    VOID = "void", _("My signature became void")
    RETURNED = "returned", _("My piece was returned or rejected")
    SIGNED = "signed", _("My piece was signed")
    CLAIMED = "claimed", _("My piece was claimed, or one was handed to me")
    MENTION = "mention", _("Somebody asked me something with an @")
    COMMENT = "comment", _("Somebody commented on my piece, or where I had")
    SCHEDULED = "scheduled", _("Scheduled, moved or held")
    LIVE = "live", _("Gone live")
    MISSED = "missed", _("An hour was missed, or a signature is owed")
    RISK = "risk", _("An issue that is to go out soon is at risk")
    ALARM = "alarm", _("Residents do not get what should be live")
    WITHDRAWN = "withdrawn", _("Withdrawn or brought back")
    CORRECTED = "corrected", _("Corrected")
    ASSIGNED = "assigned", _("Assignments")
    CHECKED = "checked", _("Somebody outside answered about the facts")
    REPORT = "report", _("A reader reports an error")
    OTHER = "other", _("Everything else that happens to my pieces")


class Rhythm(models.TextChoices):
    """How often a person takes mail."""

    AT_ONCE = "at_once", _("at once")
    HOURLY = "hourly", _("every hour, together")
    DAILY = "daily", _("every morning, together")
    OFF = "off", _("no e-mail")


@dataclass(frozen=True)
class Choice:
    """Whether the desk shows a kind to a person, and how often it is mailed."""

    in_app: bool = True
    rhythm: Rhythm = Rhythm.OFF


# At once: what stops a piece, or somebody must act on today.
DEFAULTS: dict[Kind, Choice] = {
    Kind.WAITING: Choice(rhythm=Rhythm.HOURLY),
    Kind.OVERDUE: Choice(rhythm=Rhythm.AT_ONCE),
    Kind.VOID: Choice(rhythm=Rhythm.AT_ONCE),
    Kind.RETURNED: Choice(rhythm=Rhythm.AT_ONCE),
    Kind.SIGNED: Choice(),
    Kind.CLAIMED: Choice(),
    Kind.MENTION: Choice(rhythm=Rhythm.AT_ONCE),
    Kind.COMMENT: Choice(rhythm=Rhythm.HOURLY),
    Kind.SCHEDULED: Choice(rhythm=Rhythm.HOURLY),
    Kind.LIVE: Choice(rhythm=Rhythm.DAILY),
    Kind.MISSED: Choice(rhythm=Rhythm.AT_ONCE),
    Kind.RISK: Choice(rhythm=Rhythm.AT_ONCE),
    Kind.ALARM: Choice(rhythm=Rhythm.AT_ONCE),
    Kind.WITHDRAWN: Choice(rhythm=Rhythm.AT_ONCE),
    Kind.CORRECTED: Choice(rhythm=Rhythm.HOURLY),
    Kind.ASSIGNED: Choice(rhythm=Rhythm.AT_ONCE),
    Kind.CHECKED: Choice(rhythm=Rhythm.AT_ONCE),
    Kind.REPORT: Choice(rhythm=Rhythm.HOURLY),
    Kind.OTHER: Choice(),
}
