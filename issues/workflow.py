"""The verbs of an issue: plan, lay out, close, schedule, recall, reopen, hold, cancel.

Like the verbs of articles: the row is locked, the right asked, the act recorded; a refusal is a
RefusalError with a sentence, and nothing has changed. No verb makes an issue live: time does.
"""

import datetime
from functools import wraps

import pghistory
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
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
            locked = Issue.objects.select_for_update(no_key=True).get(pk=issue.pk)
            function(locked, by=by, **how)
        issue.refresh_from_db()
        return issue

    return acting


def _publishing(function):
    """Run a verb that concerns the hour: on the locked issue, its locked pieces, its release.

    In this order, which is that of the verbs of pieces too: whoever takes a piece up again meets
    the same release, and one of the two waits for the other.
    """

    @wraps(function)
    def verb(issue: Issue, *, by: User, **how) -> None:
        list(_pieces(issue).select_for_update(no_key=True).order_by("pk").values_list("pk"))
        release = Release.objects.select_for_update(no_key=True)
        issue.release = release.get(pk=issue.release_id)
        function(issue, by=by, **how)

    return _verb(verb)


def _pieces(issue: Issue):
    return Article.objects.filter(pk__in=Placement.objects.of_issue(issue).values("article"))


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


@_publishing
def close(issue: Issue, *, by: User) -> None:
    """Fix the layout, give the running number, and put every piece under the issue's hour."""
    demand(permissions.may_close(by, issue))
    keep_run(issue, DryRun.Occasion.CLOSING, by=by)
    _pieces(issue).filter(release=None).update(release=issue.release)
    issue.status = TRANSITIONS["close"][1]
    numbering.give(issue)
    issue.closed_at = clock.now()
    issue.save(update_fields=["status", "number", "closed_at"])
    _record(issue, "close", by=by)


@_publishing
def schedule(issue: Issue, *, by: User, at=None) -> None:
    """Set the hour, an aware datetime to come; without one, now. Touches one row."""
    demand(permissions.may_schedule(by, issue))
    _give_hour(issue, at)
    _record(issue, "schedule", by=by, note=at.isoformat() if at else "")


def _give_hour(issue: Issue, at) -> None:
    moment = at or clock.now()
    later = _pieces(issue).filter(release__alone=True, release__publish_at__gt=moment).first()
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


@_publishing
def backdate(issue: Issue, *, by: User, at: datetime.datetime, because: str) -> None:
    """Let an edition that was published elsewhere before be live since an hour that has passed.

    Forging dates of publication is what no office is forgiven (国办秘函〔2019〕19号, 单项否决), so
    only a chief editor does it, the reason stands on record for good and residents are told.
    """
    demand(permissions.may_backdate(by, issue))
    day = timezone.localdate(at)
    demand(
        first_objection(
            (not because.strip(), _("Say where and when it was published before.")),
            (at >= clock.now(), _("That hour is still to come; schedule it.")),
            (day < issue.date, _("It cannot have been out before the day it is dated.")),
        )
    )
    Release.objects.filter(pk=issue.release_id).update(
        publish_at=at, backdated_because=because.strip()
    )
    hour = f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
    _record(issue, "backdate", by=by, note=f"{hour} · {because.strip()}")


@_publishing
def reschedule(issue: Issue, *, by: User, at: datetime.datetime, seen: datetime.datetime) -> None:
    """Move the hour of a scheduled issue. ``seen`` is the one shown; by another it stays."""
    demand(permissions.may_reschedule(by, issue))
    demand(
        first_objection(
            (
                issue.release.publish_at != seen,
                _("Its hour has been changed since you looked. Look again, then decide."),
            )
        )
    )
    _give_hour(issue, at)
    _record(issue, "reschedule", by=by, note=at.isoformat())


@_publishing
def recall(issue: Issue, *, by: User) -> None:
    """Take the hour off a scheduled issue; it stays closed."""
    demand(permissions.may_recall(by, issue))
    _let_go(issue, publish_at=None)
    _record(issue, "recall", by=by)


def _let_go(issue: Issue, **hour) -> None:
    """End whatever holds an issue."""
    Release.objects.filter(pk=issue.release_id).update(
        held=False, held_by_change=False, held_because="", **hour
    )


@_publishing
def reopen(issue: Issue, *, by: User) -> None:
    """Open a closed issue for layout again; its number stays its own."""
    demand(permissions.may_reopen(by, issue))
    Article.objects.filter(release=issue.release).update(release=None)
    Article.objects.filter(left_out_of=issue.release).update(left_out_of=None, stays_out=False)
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


@_publishing
def hold(issue: Issue, *, by: User, because: str) -> None:
    """Stop a scheduled issue before its hour; the reason is kept."""
    demand(permissions.may_hold(by, issue))
    demand(first_objection((not because.strip(), _("Say why it is held."))))
    Release.objects.filter(pk=issue.release_id).update(
        held=True, held_by_change=False, held_because=because.strip()
    )
    _record(issue, "hold", by=by, note=because.strip())


@_publishing
def lift_hold(issue: Issue, *, by: User) -> None:
    """Let a held issue go out at its hour, or at once where that has passed."""
    demand(permissions.may_lift_hold(by, issue))
    hour = issue.release.publish_at
    late = {"publish_at": Now()} if hour is not None and hour < clock.now() else {}
    _let_go(issue, **late)
    _record(issue, "lift_hold", by=by)


@_publishing
def leave_out(issue: Issue, *, by: User, article: Article, because: str) -> None:
    """Let a closed issue go out without a piece until somebody takes it in again.

    Its place stays. That it is signed again does not bring it back, as it does a piece that the
    newsroom's setting has dropped: a person decided.
    """
    piece = _pieces(issue).filter(pk=article.pk).first()
    demand(permissions.may_leave_out(by, issue, piece))
    demand(first_objection((not because.strip(), _("Say why it is left out."))))
    piece.release, piece.left_out_of, piece.stays_out = None, issue.release, True
    piece.save(update_fields=["release", "left_out_of", "stays_out"])
    _end_a_hold_that_nothing_needs(issue)
    _record(issue, "leave_out", by=by, note=f"“{piece}” · {because.strip()}")


@_publishing
def take_in(issue: Issue, *, by: User, article: Article) -> None:
    """Let a piece that was left out go out with its issue after all."""
    piece = _pieces(issue).filter(pk=article.pk).first()
    demand(permissions.may_take_in(by, issue, piece))
    piece.release, piece.left_out_of, piece.stays_out = issue.release, None, False
    piece.save(update_fields=["release", "left_out_of", "stays_out"])
    _record(issue, "take_in", by=by, note=str(piece))


def _end_a_hold_that_nothing_needs(issue: Issue) -> None:
    """End the hold that a change has brought when no other piece of the issue is open."""
    still_open = Article.objects.going_out_with(issue.release_id).taken_up().exists()
    hour = issue.release.publish_at
    if issue.release.held_by_change and not still_open and hour and hour > clock.now():
        _let_go(issue)


__all__ = [
    "RefusalError",
    "backdate",
    "begin",
    "bring_back",
    "cancel",
    "close",
    "hold",
    "leave_out",
    "lift_hold",
    "place",
    "plan",
    "recall",
    "reopen",
    "reschedule",
    "schedule",
    "take_in",
    "take_off",
]
