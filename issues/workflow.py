"""The verbs of an issue: plan, lay out, close, schedule, recall, reopen, hold, cancel.

Like the verbs of articles: the row is locked, the right asked, the act recorded; a refusal is a
RefusalError with a sentence, and nothing has changed. No verb makes an issue live: time does.
"""

import datetime
from functools import wraps

import pghistory
from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from articles.models import Article, Release
from issues import numbering, outlook, permissions
from issues.layout import place, take_off
from issues.models import DryRun, Issue, IssueAct, Page, Placement
from issues.rehearsing import keep_run
from issues.statuses import TRANSITIONS
from newsroom.people import clock
from newsroom.people.models import User
from newsroom.people.queueing import later
from newsroom.people.refusals import as_refusals
from newsroom.people.verdicts import RefusalError, demand, first_objection


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


def _record(issue: Issue, verb: str, *, by: User | None, note: str = "") -> None:
    act = IssueAct.objects.create(issue=issue, verb=verb, by=by, note=note)
    later("issue_act_recorded", after=f"issue {issue.pk}", act=act.pk)


# Planning


def plan(*, by: User, date: datetime.date, sequence: int = 1, **facts) -> Issue:
    """Open an issue in planning; ``facts`` as ``begin`` takes them."""
    demand(permissions.may_plan(by))
    taken = Issue.objects.dated(date, sequence).exists()
    demand(first_objection((taken, _("There is an issue of this date and sequence already."))))
    return begin(by=by, date=date, sequence=sequence, **facts)


def begin(
    *,
    by: User | None,
    date: datetime.date,
    sequence: int,
    pages: list[tuple] = (),
    number: int | None = None,
    **facts,
) -> Issue:
    """Make an issue in planning; without ``by`` the publication calendar does it.

    ``pages`` are numbers with names and, if they have one, the key of their format, else they get
    that of the latest issue; a ``number`` is promised to it; the other ``facts`` are fields of it.
    """
    with as_refusals(), transaction.atomic(), pghistory.context(user=by and by.pk, verb="plan"):
        if number is not None:
            numbering.wait_for_turn()
            free = numbering.is_free(number, facts.get("combines", 1))
            sentence = _("Running number {number} has been given already.")
            demand(first_objection((not free, sentence.format(number=number))))
        issue = Issue.objects.create(
            date=date,
            sequence=sequence,
            number=number,
            slot=_slot(date, facts.get("kind", Issue.Kind.REGULAR)),
            release=Release.objects.create(),
            **facts,
        )
        usual = Page.objects.usual_formats()
        Page.objects.bulk_create(
            Page(
                issue=issue,
                number=position,
                name=name,
                format_id=next(iter(rest), None) or usual.get(position),
            )
            for position, name, *rest in pages
        )
        _record(issue, "plan", by=by)
    return issue


def _slot(day: datetime.date, kind: Issue.Kind) -> datetime.date | None:
    """Return the day of the publication calendar that an issue of a day fills, if it does."""
    if kind == Issue.Kind.EXTRA or outlook.on(day) is None:
        return None
    return None if Issue.objects.filter(slot=day).exists() else day


# Publication


@_verb
def close(issue: Issue, *, by: User) -> None:
    """Fix the layout, give the running number, and put every piece under the issue's hour."""
    pieces = _pieces_kept_still(issue)
    demand(permissions.may_close(by, issue))
    keep_run(issue, DryRun.Occasion.CLOSING, by=by)
    pieces.filter(release=None).update(release=issue.release)
    issue.status = TRANSITIONS["close"][1]
    numbering.give(issue)
    issue.closed_at = clock.now()
    issue.save(update_fields=["status", "number", "closed_at"])
    _record(issue, "close", by=by)


def _pieces_kept_still(issue: Issue):
    """Return the pieces of an issue, locked, so that none is withdrawn or held meanwhile."""
    pieces = Article.objects.filter(pk__in=Placement.objects.of_issue(issue).values("article"))
    list(pieces.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    return pieces


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
def cancel(issue: Issue, *, by: User, because: str) -> None:
    """Call an issue in planning off; its pieces go back to the tray, and it does not come back."""
    demand(permissions.may_cancel(by, issue))
    demand(first_objection((not because.strip(), _("Say why it is cancelled."))))
    pieces = list(
        Article.objects.filter(pk__in=Placement.objects.of_issue(issue).values("article"))
    )
    for piece in pieces:
        take_off(issue, by=by, article=piece)
    issue.status = TRANSITIONS["cancel"][1]
    issue.save(update_fields=["status"])
    _record(issue, "cancel", by=by, note=because.strip())


@_verb
def bring_back(issue: Issue, *, by: User) -> None:
    """Plan a cancelled issue after all."""
    demand(permissions.may_bring_back(by, issue))
    issue.status = TRANSITIONS["bring_back"][1]
    issue.save(update_fields=["status"])
    _record(issue, "bring_back", by=by)


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
    "begin",
    "bring_back",
    "cancel",
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
