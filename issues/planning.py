"""What is decided about an issue in planning besides its pieces: title, day, time, pages.

Verbs like those of ``issues.workflow``, but none moves the issue to another state.
"""

from datetime import date, datetime
from functools import wraps

import pghistory
from django.db import transaction
from django.utils.translation import gettext as _

from issues import permissions
from issues.models import Issue, IssueAct, Page, PageFormat
from newsroom.people.models import User
from newsroom.people.refusals import as_refusals
from newsroom.people.verdicts import demand, first_objection


def _verb(function):
    """Run a verb on the locked issue, with the right to lay it out, and record it."""

    @wraps(function)
    def acting(issue: Issue, *, by: User, **how) -> Issue:
        with (
            as_refusals(),
            transaction.atomic(),
            pghistory.context(user=by.pk, verb=function.__name__),
        ):
            locked = Issue.objects.select_for_update(no_key=True).get(pk=issue.pk)
            demand(permissions.may_lay_out(by, locked))
            note = function(locked, **how)
            IssueAct.objects.create(issue=locked, verb=function.__name__, by=by, note=note or "")
        issue.refresh_from_db()
        return issue

    return acting


# What may be changed of an issue in planning besides its title and time.
CHANGEABLE = frozenset({"kind", "combines", "numbered", "copy_due_at", "closes_by"})


@_verb
def replan(issue: Issue, *, title: str, planned_time: datetime | None, **facts) -> str:
    """Change what an issue is called, when it is planned for, and any of ``CHANGEABLE``.

    Raises TypeError for other facts.
    """
    if unknown := facts.keys() - CHANGEABLE:
        raise TypeError(f"not to be planned: {', '.join(sorted(unknown))}")
    issue.title, issue.planned_time = title.strip(), planned_time
    for name, value in facts.items():
        setattr(issue, name, value)
    issue.save(update_fields=["title", "planned_time", *facts])
    return planned_time.isoformat() if planned_time else ""


@_verb
def redate(
    issue: Issue,
    *,
    day: date,
    sequence: int,
    planned_time: datetime | None,
    seen: tuple[date, int, datetime | None],
) -> str:
    """Move the issue to another day, which is its address, with its time and its deadlines.

    ``seen`` is the day, sequence and time that were shown; by others nothing is changed.
    """
    stands = (issue.date, issue.sequence, issue.planned_time)
    taken = Issue.objects.dated(day, sequence).exclude(pk=issue.pk).exists()
    demand(
        first_objection(
            (
                seen != stands,
                _("It has been moved since you looked. Look again, then decide."),
            ),
            (taken, _("There is an issue of this date and sequence already.")),
        )
    )
    was = issue.address
    span = (
        planned_time - issue.planned_time
        if planned_time and issue.planned_time
        else day - issue.date
    )
    for name in ("copy_due_at", "closes_by"):
        if (deadline := getattr(issue, name)) is not None:
            setattr(issue, name, deadline + span)
    issue.date, issue.sequence, issue.planned_time = day, sequence, planned_time
    issue.save(update_fields=["date", "sequence", "planned_time", "copy_due_at", "closes_by"])
    return f"{was} → {issue.address}"


@_verb
def name_page(issue: Issue, *, number: int, name: str, format: PageFormat | None = None) -> str:
    """Name a page and say its format; one that is not there yet is added. None keeps the format."""
    page = issue.pages.numbered(number).first() or Page(issue=issue, number=number)
    page.name, page.format = name, format or page.format
    page.save()
    return str(page)


@_verb
def format_pages(issue: Issue, *, format: PageFormat) -> str:
    """Give all pages of the issue one format."""
    issue.pages.update(format=format)
    return str(format)


@_verb
def drop_page(issue: Issue, *, number: int) -> str:
    """Take an empty page out of the issue."""
    page = issue.pages.numbered(number).first()
    demand(
        first_objection(
            (page is None, _("The issue has no page {number}.").format(number=number)),
            (
                page is not None and page.placements.exists(),
                _("{page} is not empty; move its pieces first.").format(page=page),
            ),
        )
    )
    page.delete()
    return str(page)
