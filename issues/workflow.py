"""The verbs of an issue: plan, lay out, close, schedule, recall, reopen, hold.

Like the verbs of articles: the row is locked, the right asked, the act recorded; a refusal is a
RefusalError with a sentence, and nothing has changed. No verb makes an issue live: time does.
"""

import datetime
from functools import wraps

import pghistory
from django.db import connection, transaction
from django.db.models import Max
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from articles.models import Article, Release
from issues import permissions
from issues.layout import place, take_off
from issues.models import DryRun, Issue, IssueAct, Page, Placement
from issues.rehearsing import keep_run
from issues.statuses import TRANSITIONS
from newsroom.people import clock
from newsroom.people.models import User
from newsroom.people.queueing import later
from newsroom.people.refusals import as_refusals
from newsroom.people.verdicts import RefusalError, demand, first_objection

# Serialises the giving of running numbers; any constant that no other lock uses.
_NUMBERING = 20_170_047


def _verb(function):
    """Run a verb on the locked issue in one transaction, with who acts in the history."""

    @wraps(function)
    def acting(issue: Issue, *, by: User, **how) -> Issue:
        with (
            as_refusals(),
            transaction.atomic(),
            pghistory.context(user=by.pk, verb=function.__name__),
        ):
            locked = (
                Issue.objects.select_for_update(no_key=True, of=("self", "release"))
                .select_related("release")
                .get(pk=issue.pk)
            )
            function(locked, by=by, **how)
        issue.refresh_from_db()
        return issue

    return acting


def _record(issue: Issue, verb: str, *, by: User, note: str = "") -> None:
    act = IssueAct.objects.create(issue=issue, verb=verb, by=by, note=note)
    later("issue_act_recorded", after=f"issue {issue.pk}", act=act.pk)


# Planning


def plan(
    *,
    by: User,
    date: datetime.date,
    sequence: int = 1,
    number: int | None = None,
    title: str = "",
    planned_time=None,
    pages: list[tuple[int, str]] = (),
) -> Issue:
    """Open an issue in planning with its pages: (number, name) pairs."""
    demand(permissions.may_plan(by))
    demand(
        first_objection(
            (
                Issue.objects.dated(date, sequence).exists(),
                _("There is an issue of this date and sequence already."),
            ),
            (
                number is not None and Issue.objects.filter(number=number).exists(),
                _("Running number {number} has been given already.").format(number=number),
            ),
        )
    )
    with as_refusals(), transaction.atomic(), pghistory.context(user=by.pk, verb="plan"):
        issue = Issue.objects.create(
            date=date,
            sequence=sequence,
            number=number,
            title=title,
            planned_time=planned_time,
            release=Release.objects.create(),
        )
        Page.objects.bulk_create(
            Page(issue=issue, number=position, name=name) for position, name in pages
        )
        _record(issue, "plan", by=by)
    return issue


# Publication


@_verb
def close(issue: Issue, *, by: User) -> None:
    """Fix the layout, give the running number, and put every piece under the issue's hour."""
    pieces = _pieces_kept_still(issue)
    demand(permissions.may_close(by, issue))
    keep_run(issue, DryRun.Occasion.CLOSING, by=by)
    pieces.filter(release=None).update(release=issue.release)
    issue.status = TRANSITIONS["close"][1]
    issue.number = issue.number or _next_number()
    issue.closed_at = clock.now()
    issue.save(update_fields=["status", "number", "closed_at"])
    _record(issue, "close", by=by)


def _pieces_kept_still(issue: Issue):
    """Return the pieces of an issue, locked, so that none is withdrawn or held meanwhile."""
    pieces = Article.objects.filter(pk__in=Placement.objects.of_issue(issue).values("article"))
    list(pieces.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    return pieces


def _next_number() -> int:
    """Return the running number after the highest; one transaction at a time asks."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_NUMBERING])
    return (Issue.objects.aggregate(last=Max("number"))["last"] or 0) + 1


@_verb
def schedule(issue: Issue, *, by: User, at=None) -> None:
    """Set the hour, an aware datetime to come; without one, now. Touches one row."""
    pieces = _pieces_kept_still(issue)
    demand(permissions.may_schedule(by, issue))
    _give_hour(issue, pieces, at)
    _record(issue, "schedule", by=by, note=at.isoformat() if at else "")


def _give_hour(issue: Issue, pieces, at) -> None:
    moment = at or clock.now()
    later = pieces.filter(release__alone=True, release__publish_at__gt=moment).first()
    demand(
        first_objection(
            (at is not None and at < clock.now(), _("Nothing goes out in the past.")),
            (
                later is not None,
                _("“{title}” goes out by itself at a later hour.").format(title=later),
            ),
        )
    )
    Release.objects.filter(pk=issue.release_id).update(publish_at=at or Now())


@_verb
def reschedule(issue: Issue, *, by: User, at: datetime.datetime, seen: datetime.datetime) -> None:
    """Move the hour of a scheduled issue. ``seen`` is the one shown; by another it stays."""
    pieces = _pieces_kept_still(issue)
    demand(permissions.may_reschedule(by, issue))
    demand(
        first_objection(
            (
                issue.release.publish_at != seen,
                _("Its hour has been changed since you looked. Look again, then decide."),
            )
        )
    )
    _give_hour(issue, pieces, at)
    _record(issue, "reschedule", by=by, note=at.isoformat())


@_verb
def recall(issue: Issue, *, by: User) -> None:
    """Take the hour off a scheduled issue; it stays closed."""
    demand(permissions.may_recall(by, issue))
    Release.objects.filter(pk=issue.release_id).update(publish_at=None, held=False, held_because="")
    _record(issue, "recall", by=by)


@_verb
def reopen(issue: Issue, *, by: User) -> None:
    """Open a closed issue for layout again; its number stays its own."""
    demand(permissions.may_reopen(by, issue))
    Article.objects.filter(release=issue.release).update(release=None)
    issue.status = TRANSITIONS["reopen"][1]
    issue.closed_at = None
    issue.save(update_fields=["status", "closed_at"])
    _record(issue, "reopen", by=by)


@_verb
def hold(issue: Issue, *, by: User, because: str) -> None:
    """Stop a scheduled issue before its hour; the reason is kept."""
    demand(permissions.may_hold(by, issue))
    demand(first_objection((not because.strip(), _("Say why it is held."))))
    Release.objects.filter(pk=issue.release_id).update(held=True, held_because=because.strip())
    _record(issue, "hold", by=by, note=because.strip())


@_verb
def lift_hold(issue: Issue, *, by: User) -> None:
    """Let a held issue go out at its hour, or at once where that has passed."""
    demand(permissions.may_lift_hold(by, issue))
    hour = issue.release.publish_at
    late = {"publish_at": Now()} if hour is not None and hour < clock.now() else {}
    Release.objects.filter(pk=issue.release_id).update(held=False, held_because="", **late)
    _record(issue, "lift_hold", by=by)


__all__ = [
    "RefusalError",
    "close",
    "hold",
    "lift_hold",
    "place",
    "plan",
    "recall",
    "reopen",
    "reschedule",
    "schedule",
    "take_off",
]
