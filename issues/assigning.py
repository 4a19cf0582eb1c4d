"""The verbs of an assignment: ask for a piece, offer one, answer, begin it, call it off.

Like the verbs of issues: the row is locked, the right asked, the act recorded; a refusal is a
RefusalError with a sentence. That the piece is handed in is a verb of the piece, not of these.
"""

from datetime import datetime
from functools import wraps

import pghistory
from django.db import transaction
from django.utils.translation import gettext as _

from articles import workflow as writing
from articles.models import Article, Byline, Section
from articles.permissions import may_file
from issues import permissions
from issues.models import Assignment, AssignmentAct, Issue
from issues.statuses import ASSIGNMENT_MOVES, AssignmentState, Status
from newsroom.people import clock
from newsroom.people.models import Unit, User
from newsroom.people.queueing import later
from newsroom.people.refusals import as_refusals
from newsroom.people.verdicts import RefusalError, demand, first_objection


def _verb(function):
    """Run a verb on the locked assignment in one transaction, with who acts in the history."""

    @wraps(function)
    def acting(assignment: Assignment, *, by: User, **how) -> Assignment:
        with (
            as_refusals(),
            transaction.atomic(),
            pghistory.context(user=by.pk, verb=function.__name__),
        ):
            locked = Assignment.objects.select_for_update(no_key=True).get(pk=assignment.pk)
            # Its piece is put aside, restored and handed in by other verbs.
            Article.objects.select_for_update(no_key=True).filter(pk=locked.article_id).first()
            note = function(locked, by=by, **how)
            _record(locked, function.__name__, by=by, note=note or "")
        assignment.refresh_from_db()
        return assignment

    return acting


def _record(assignment: Assignment, verb: str, *, by: User, note: str = "") -> None:
    act = AssignmentAct.objects.create(assignment=assignment, verb=verb, by=by, note=note)
    later("assignment_act_recorded", after=f"assignment {assignment.pk}", act=act.pk)


def _move(assignment: Assignment, verb: str, **changes) -> None:
    assignment.state = ASSIGNMENT_MOVES[verb][1]
    for name, value in changes.items():
        setattr(assignment, name, value)
    assignment.save(update_fields=["state", *changes])


# Asking and offering


def assign(
    *,
    by: User,
    topic: str,
    due_at: datetime,
    person: User | None = None,
    unit: Unit | None = None,
    issue: Issue | None = None,
    page: int | None = None,
    **wanted,
) -> Assignment:
    """Ask one person or one unit for a piece; ``wanted`` is brief, kind, length, section."""
    demand(permissions.may_assign(by))
    demand(_sound(topic, due_at, issue, page))
    demand(
        first_objection(
            (
                (person is None) == (unit is None),
                _("Name one person or one unit to write it."),
            ),
            (
                person is not None and not may_file(person),
                _("{name} does not write pieces.").format(name=person),
            ),
        )
    )
    return _make(
        "assign", by=by, asked_by=by, topic=topic, due_at=due_at,
        person=person, unit=unit, issue=issue, page=page, **wanted,
    )  # fmt: skip


def offer(*, by: User, topic: str, due_at: datetime, **wanted) -> Assignment:
    """Offer a topic that one would write oneself; an editor answers."""
    demand(permissions.may_offer(by))
    demand(_sound(topic, due_at))
    return _make(
        "offer", by=by, offered_by=by, person=by, state=AssignmentState.OFFERED,
        topic=topic, due_at=due_at, **wanted,
    )  # fmt: skip


def _make(verb: str, *, by: User, topic: str, brief: str = "", **fields) -> Assignment:
    with as_refusals(), transaction.atomic(), pghistory.context(user=by.pk, verb=verb):
        made = Assignment.objects.create(topic=topic.strip(), brief=brief.strip(), **fields)
        _record(made, verb, by=by)
    return made


def _sound(topic: str, due_at: datetime, issue: Issue | None = None, page: int | None = None):
    return first_objection(
        (not topic.strip(), _("Say what the piece is about.")),
        (due_at <= clock.now(), _("Nobody can deliver in the past.")),
        (
            issue is not None and issue.status != Status.PLANNING,
            _("{issue} is closed; choose an issue in planning.").format(issue=issue),
        ),
        (page is not None and issue is None, _("A page is named with its issue.")),
    )


@_verb
def accept_offer(
    assignment: Assignment,
    *,
    by: User,
    due_at: datetime | None = None,
    issue: Issue | None = None,
    page: int | None = None,
) -> None:
    """Take an offered topic up; from now on it is wanted of whoever offered it, when offered."""
    due_at = due_at or assignment.due_at
    demand(permissions.may_answer_offer(by, assignment))
    demand(_sound(assignment.topic, due_at, issue, page))
    _move(assignment, "accept_offer", asked_by=by, due_at=due_at, issue=issue, page=page)


@_verb
def decline_offer(assignment: Assignment, *, by: User, note: str) -> str:
    """Decline an offered topic; the note says why."""
    demand(permissions.may_answer_offer(by, assignment))
    demand(first_objection((not note.strip(), _("Say why the topic is declined."))))
    _move(assignment, "decline_offer")
    return note.strip()


# Writing


@_verb
def take_up(assignment: Assignment, *, by: User) -> None:
    """Begin: makes the draft, with the topic as its headline, and links it."""
    demand(permissions.may_take_up(by, assignment))
    article = Article(
        headline=assignment.topic,
        kind=assignment.kind,
        section=assignment.section or Section.objects.in_use().first(),
    )
    own = getattr(by, "correspondent", None)

    def write():
        article.save()
        if own:
            Byline.objects.create(article=article, correspondent=own)

    writing.save(article, by=by, write=write)
    _move(assignment, "take_up", taken_by=by, article=article)


@_verb
def answer_with(assignment: Assignment, *, by: User, article: Article) -> str:
    """Answer with a piece one has begun already. Raises RefusalError where it answers another."""
    piece = Article.objects.select_for_update(no_key=True).filter(pk=article.pk).first()
    demand(permissions.may_answer_with(by, assignment, piece))
    _move(assignment, "answer_with", taken_by=by, article=piece)
    return str(piece)[:200]


@_verb
def drop(assignment: Assignment, *, by: User, note: str = "") -> str:
    """Call an assignment off, or take an offer back; a draft begun for it stays its writer's."""
    demand(permissions.may_drop(by, assignment))
    _move(assignment, "drop", taken_by=None, article=None)
    return note.strip()


@_verb
def reopen(assignment: Assignment, *, by: User, due_at: datetime) -> str:
    """Ask again for what was declined or called off, by a deadline to come."""
    demand(permissions.may_reopen_assignment(by, assignment))
    demand(_sound(assignment.topic, due_at))
    _move(assignment, "reopen", asked_by=by, due_at=due_at)
    return due_at.isoformat()


# Changing


@_verb
def change_deadline(
    assignment: Assignment, *, by: User, due_at: datetime, seen: datetime | None = None
) -> str:
    """Move the deadline. ``seen`` is the one that was shown; by another nothing is changed."""
    demand(permissions.may_change_assignment(by, assignment))
    demand(_unchanged(assignment, seen))
    demand(_sound(assignment.topic, due_at))
    assignment.due_at = due_at
    assignment.save(update_fields=["due_at"])
    return due_at.isoformat()


def _unchanged(assignment: Assignment, seen: datetime | None):
    return first_objection(
        (
            seen is not None and seen != assignment.due_at,
            _("Its deadline has been changed since you looked. Look again, then decide."),
        )
    )


@_verb
def reword(
    assignment: Assignment,
    *,
    by: User,
    topic: str,
    brief: str,
    issue: Issue | None = None,
    page: int | None = None,
    **wanted,
) -> None:
    """Change what is wanted and where it will stand; ``wanted`` is kind, length, section."""
    demand(permissions.may_change_assignment(by, assignment))
    moved = issue if issue is not None and issue.pk != assignment.issue_id else None
    demand(
        first_objection(
            (not topic.strip(), _("Say what the piece is about.")),
            (
                moved is not None and moved.status != Status.PLANNING,
                _("{issue} is closed; choose an issue in planning.").format(issue=issue),
            ),
            (page is not None and issue is None, _("A page is named with its issue.")),
        )
    )
    changes = {"topic": topic.strip(), "brief": brief.strip(), "issue": issue, "page": page}
    for name, value in (changes | wanted).items():
        setattr(assignment, name, value)
    assignment.save(update_fields=[*changes, *wanted])


__all__ = [
    "RefusalError",
    "accept_offer",
    "answer_with",
    "assign",
    "change_deadline",
    "decline_offer",
    "drop",
    "offer",
    "reopen",
    "reword",
    "take_up",
]
