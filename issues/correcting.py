"""Verbs that bring a signed correction into print, or say why it need not be.

The words have been signed as a correction; the piece that prints them passes the rounds like any
other, because an issue holds only what is signed as it is printed.
"""

from contextlib import contextmanager

import pghistory
from django.db import transaction
from django.utils.html import format_html
from django.utils.translation import gettext as _

from articles import permissions as writing_permissions
from articles import workflow as writing
from articles.kinds import Kind
from articles.models import Article, Correction
from articles.statuses import Status
from issues import permissions, printing, workflow
from issues.models import CorrectionNotice, Issue, IssueAct
from newsroom.people.models import User
from newsroom.people.refusals import as_refusals
from newsroom.people.verdicts import demand, first_objection


@contextmanager
def _acting(by: User, name: str):
    with as_refusals(), transaction.atomic(), pghistory.context(user=by.pk, verb=name):
        yield


def print_correction(issue: Issue, *, by: User, correction: int) -> Article:
    """Make a piece of a correction, hand it in, and place it where the error stood."""
    with _acting(by, "print_correction"):
        erratum = _waiting(issue, correction, by)
        notice = _notice(erratum, by)
        CorrectionNotice.objects.update_or_create(
            correction=erratum.correction,
            defaults={"article": notice, "not_needed_because": "", "decided_by": by},
        )
        workflow.place(issue, by=by, article=notice, page=erratum.page)
        _record(issue, "print_correction", by, str(erratum.correction))
    return notice


def skip_correction(issue: Issue, *, by: User, correction: int, because: str) -> None:
    """Say why a correction is not printed; it stays public on the website."""
    with _acting(by, "skip_correction"):
        erratum = _waiting(issue, correction, by)
        demand(first_objection((not because.strip(), _("Say why it is not printed."))))
        CorrectionNotice.objects.update_or_create(
            correction=erratum.correction,
            defaults={
                "article": None,
                "not_needed_because": because.strip(),
                "decided_by": by,
            },
        )
        _record(issue, "skip_correction", by, because.strip())


def _waiting(issue: Issue, correction: int, by: User) -> printing.Erratum:
    """Return a correction that waits for this issue, locked; two clicks queue up here."""
    locked = Issue.objects.select_for_update(no_key=True).get(pk=issue.pk)
    demand(permissions.may_lay_out(by, locked))
    Correction.objects.select_for_update(no_key=True).filter(pk=correction).first()
    pages = list(locked.pages.values_list("number", flat=True))
    waiting = printing.errata_for(locked, pages)
    found = next((each for each in waiting if each.correction.pk == correction), None)
    demand(first_objection((found is None, _("This correction does not wait for this issue."))))
    return found


def _notice(erratum: printing.Erratum, by: User) -> Article:
    """Return the piece that prints a correction: the one it has, or a new one, handed in."""
    had = CorrectionNotice.objects.filter(correction=erratum.correction).first()
    if had and had.article and had.article.status not in (Status.REJECTED, Status.DISCARDED):
        return had.article
    corrected = erratum.correction.article
    notice = Article(
        kind=Kind.CORRECTION_NOTICE,
        headline="更正",
        body=_words(erratum),
        section=corrected.sealed.section or corrected.section,
    )
    writing.save(notice, by=by, write=notice.save)
    if writing_permissions.may_submit(by, notice):
        writing.submit(notice, by=by)
    return notice


def _words(erratum: printing.Erratum) -> str:
    """Return how a correction is printed: where it stood, the wrong words, the right ones."""
    correction = erratum.correction
    return format_html(
        "<p>本报{}《{}》一文中，“{}”应为“{}”。{}特此更正。</p>",
        correction.printed_where or erratum.printed_in,
        correction.article.public_title,
        correction.wrong,
        correction.right,
        _closed(correction.note),
    )


def _closed(sentence: str) -> str:
    """Return a note that ends like a sentence, as others follow it."""
    note = sentence.strip()
    return note if not note or note[-1] in "。！？…”）" else f"{note}。"


def _record(issue: Issue, verb: str, by: User, note: str) -> None:
    IssueAct.objects.create(issue=issue, verb=verb, by=by, note=note)
