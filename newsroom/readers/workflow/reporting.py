"""The verbs of a reader who reports an error: leave it, change it, take it back.

Nobody is logged in: whoever sends the form leaves a report, whoever knows the secret address of
its receipt may change it or take it back for ten minutes.
"""

import base64
import hashlib
import hmac
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import pghistory
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, Version
from newsroom.people import clock
from newsroom.people.models import SiteSettings
from newsroom.people.queueing import later
from newsroom.people.refusals import as_refusals
from newsroom.people.verdicts import Verdict, demand, first_objection
from newsroom.people.working_time import working_day_after
from newsroom.readers.models import ErrorReport, ReportAct
from newsroom.readers.models.reports import WORKING_DAYS, hash_of_secret


@contextmanager
def as_a_reader(verb: str):
    """Do what follows in one transaction, by somebody unknown; their secret address is not kept.

    The history notes from where a change came, which would be the address of the receipt.
    """
    with as_refusals(), transaction.atomic(), pghistory.context(user=None, url="", verb=verb):
        yield


@dataclass(frozen=True)
class Said:
    """What a reader says: where it is, what is wrong, what would be right, how to reach them."""

    place: str
    paragraph: int | None
    quote: str
    wrong: str
    right: str = ""
    contact: str = ""

    @property
    def words(self) -> tuple:
        """All that makes it what it is."""
        return (self.place, self.paragraph, self.wrong, self.right, self.contact)


def due_after(left: datetime) -> datetime:
    """Return by when an answer is due: at the end of work on the fifth working day."""
    here = timezone.localtime(left)
    day = working_day_after(here.date(), WORKING_DAYS)
    return SiteSettings.current().hours.on(day, here.tzinfo)[1]


def secret_of(nonce: str, said: Said) -> str:
    """Return the secret address of the receipt of what was sent with a stamp.

    The same form sent twice with the same words has the same receipt: a second click is no second
    report. Other words, or another form, have another one. Without the key of the site nobody
    works it out, not even whoever made the form.
    """
    told = repr((nonce, said.words)).encode()
    key = f"newsroom.readers.receipt:{settings.SECRET_KEY}".encode()
    return (
        base64.urlsafe_b64encode(hmac.new(key, told, hashlib.sha256).digest()).decode().strip("=")
    )


def leave_report(
    article: Article, said: Said, *, nonce: str, version: Version | None = None,
    left_at: datetime | None = None,
) -> str:  # fmt: skip
    """Write down what a reader reports of a live piece; return the secret of its receipt.

    ``version`` is the one the reader has read, where it is not the one that is up.

    ``left_at`` is for what came in another way before: by telephone, say.

    The same words of another reader about the same place are folded into the report there is.
    """
    secret = secret_of(nonce, said)
    with as_a_reader("leave_report"):
        left_at = left_at or clock.now()
        report, new = ErrorReport.objects.get_or_create(
            secret_hash=hash_of_secret(secret),
            defaults={
                "article": article,
                "version": version or article.sealed,
                "left_at": left_at,
                "due_at": due_after(left_at),
                **_fields(said),
            },
        )
        if new:
            _fold(report)
            record(report, "leave_report")
    return secret


def change_report(
    report: ErrorReport, said: Said, *, version: Version | None = None
) -> ErrorReport:
    """Change what was reported, within ten minutes. Raises RefusalError afterwards."""
    with as_a_reader("change_report"):
        locked = _locked_within_time(report)
        told = (locked.place, locked.paragraph, locked.wrong, locked.right)
        for name, value in _fields(said).items():
            setattr(locked, name, value)
        if told != said.words[:4]:
            locked.merged_into = None
            _free_those_merged_into(locked)
        locked.version = version or locked.version
        locked.save(update_fields=[*_fields(said), "version", "merged_into"])
        if told != said.words[:4]:
            _fold(locked)
        record(locked, "change_report")
    return locked


def take_back_report(report: ErrorReport) -> ErrorReport:
    """Take a report back within ten minutes; its words are gone. Raises RefusalError afterwards."""
    with as_a_reader("take_back_report"):
        locked = _locked_within_time(report)
        locked.wrong = locked.right = locked.contact = ""
        locked.taken_back_at = clock.now()
        locked.merged_into = None
        locked.save(update_fields=["wrong", "right", "contact", "taken_back_at", "merged_into"])
        _free_those_merged_into(locked)
        record(locked, "take_back_report")
    return locked


def may_reconsider(report: ErrorReport, at: datetime) -> Verdict:
    """Say whether a report is still its reader's to change at an instant."""
    return first_objection(
        (report.taken_back_at is not None, _("You have taken this report back already.")),
        (
            report.reconsidered_until <= at,
            _("The ten minutes are over; the newsroom is reading what you sent."),
        ),
    )


def record(report: ErrorReport, verb: str, *, by=None, **details) -> ReportAct:
    """Write down what was done, and have whom it concerns told once it stands."""
    act = ReportAct.objects.create(report=report, verb=verb, by=by, **details)
    later("report_act_recorded", after=f"report {report.pk}", act=act.pk)
    return act


def _fields(said: Said) -> dict:
    return {
        "place": said.place, "paragraph": said.paragraph, "quote": said.quote,
        "wrong": said.wrong, "right": said.right, "contact": said.contact,
    }  # fmt: skip


def _locked_within_time(report: ErrorReport) -> ErrorReport:
    locked = ErrorReport.objects.select_for_update(no_key=True).get(pk=report.pk)
    demand(may_reconsider(locked, clock.now()))
    return locked


def _fold(report: ErrorReport) -> None:
    """Put the same words about the same place together, into the first that told them."""
    first = ErrorReport.objects.like(report).select_for_update(no_key=True, of=("self",)).first()
    if first is not None:
        report.merged_into = first
        report.save(update_fields=["merged_into"])


def _free_those_merged_into(report: ErrorReport) -> None:
    """Let another reader's report stand by itself when the first is changed or taken back."""
    rest = list(report.merged.order_by("pk"))
    report.merged.update(merged_into=None)
    for other in rest[1:]:
        ErrorReport.objects.filter(pk=other.pk).update(merged_into=rest[0])
