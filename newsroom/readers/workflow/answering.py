"""The verbs by which editors settle what readers report.

Like every verb: the row is locked, the right asked, the act recorded, a refusal is a sentence.
What an answer says is the reader's to read, at the address of their receipt.
"""

from functools import wraps

import pghistory
from django.db import transaction
from django.utils.translation import gettext as _

from articles.workflow import draw_up_correction
from newsroom.people import clock
from newsroom.people.models import User
from newsroom.people.refusals import as_refusals
from newsroom.people.verdicts import demand, first_objection
from newsroom.readers import permissions
from newsroom.readers.models import ErrorReport
from newsroom.readers.workflow.reporting import record

Outcome = ErrorReport.Outcome


def _verb(function):
    """Run a verb on the locked report in one transaction, with who acts in the history.

    What the function returns is noted with the act: a text, or the fields of the act.
    """

    @wraps(function)
    def acting(report: ErrorReport, *, by: User, **how) -> ErrorReport:
        with (
            as_refusals(),
            transaction.atomic(),
            pghistory.context(user=by.pk, verb=function.__name__),
        ):
            locked = _locked(report, *filter(None, [how.get("into")]))
            noted = function(locked, by=by, **how) or {}
            record(locked, function.__name__, by=by, **noted)
        report.refresh_from_db()
        return report

    return acting


def _locked(report: ErrorReport, *others: ErrorReport) -> ErrorReport:
    """Lock a report, and others with it, always in one order: nobody waits for each other."""
    keys = [each.pk for each in (report, *others)]
    rows = ErrorReport.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    return next(row for row in list(rows) if row.pk == report.pk)


@_verb
def take(report: ErrorReport, *, by: User):
    """Take a report on: others see who has it, and leave it alone."""
    demand(permissions.may_take(by, report))
    _give(report, by)


@_verb
def let_go(report: ErrorReport, *, by: User):
    """Put a report back into the queue."""
    demand(permissions.may_let_go(by, report))
    _give(report, None)


@_verb
def hand_over(report: ErrorReport, *, by: User, to: User, note: str = ""):
    """Give a report to a colleague."""
    demand(permissions.may_hand_over(by, report, to))
    _give(report, to)
    return {"to": to, "note": note.strip()}


@_verb
def answer(report: ErrorReport, *, by: User, words: str):
    """Answer the reader in words; that settles the report."""
    demand(permissions.may_answer(by, report))
    words = _required(words, _("Write what the reader should be told."))
    _close(report, by, Outcome.ANSWERED, words)
    return {"note": words}


@_verb
def find_nothing_wrong(report: ErrorReport, *, by: User, words: str):
    """Say that the piece is right, and why; the reader reads it."""
    demand(permissions.may_find_nothing_wrong(by, report))
    words = _required(words, _("Say why it is right; the reader reads it."))
    _close(report, by, Outcome.NOTHING_WRONG, words)
    return {"note": words}


@_verb
def set_aside(report: ErrorReport, *, by: User, note: str):
    """Put aside what reports no error; the reason stays in the newsroom, nobody is written to."""
    demand(permissions.may_set_aside(by, report))
    note = _required(note, _("Say why it is set aside."))
    _close(report, by, Outcome.SET_ASIDE, "")
    return {"note": note}


@_verb
def draw_up(
    report: ErrorReport, *, by: User, wrong: str, right: str, note: str = "",
    printed_where: str = "",
):  # fmt: skip
    """Draw up a correction after a report; its last signature is the answer to the reader."""
    demand(permissions.may_draw_up_from(by, report))
    report.correction = draw_up_correction(
        report.article, by=by, wrong=wrong, right=right, note=note, printed_where=printed_where
    )
    report.save(update_fields=["correction"])
    if report.taken_by_id is None:
        _give(report, by)
    return {"note": str(report.correction)}


@_verb
def merge(report: ErrorReport, *, by: User, into: ErrorReport):
    """Put a report to another that tells the same error; both readers get the same answer."""
    first = ErrorReport.objects.get(pk=into.pk)
    demand(permissions.may_merge(by, report, first))
    for other in report.merged.select_for_update(no_key=True):
        other.merged_into = first
        other.save(update_fields=["merged_into"])
    report.merged_into = first
    report.save(update_fields=["merged_into"])
    record(first, "merged_with", by=by, note=str(report))
    return {"note": str(first)}


@_verb
def reopen(report: ErrorReport, *, by: User, note: str):
    """Look again at what was answered by words; the reader sees that it is being looked at."""
    demand(permissions.may_reopen(by, report))
    note = _required(note, _("Say why it is looked at again."))
    report.closed_at = report.closed_by = None
    report.outcome = report.answer = ""
    report.save(update_fields=["closed_at", "closed_by", "outcome", "answer"])
    _give(report, by)
    return {"note": note}


def _give(report: ErrorReport, person: User | None) -> None:
    report.taken_by = person
    report.taken_at = clock.now() if person else None
    report.save(update_fields=["taken_by", "taken_at"])


def _close(report: ErrorReport, by: User, outcome: Outcome, words: str) -> None:
    if report.taken_by_id is None:
        _give(report, by)
    report.outcome, report.answer = outcome, words
    report.closed_by, report.closed_at = by, clock.now()
    report.save(update_fields=["outcome", "answer", "closed_by", "closed_at"])


def _required(text: str, sentence: str) -> str:
    demand(first_objection((not text.strip(), sentence)))
    return text.strip()
