"""Verbs of the explicit lock: take it, keep it while typing, give it up, break it."""

from datetime import timedelta

from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from articles import permissions
from articles.models import Article, Lock
from articles.workflow.moving import moving, record, required
from newsroom.people.models import User
from newsroom.people.verdicts import demand, first_objection

MINUTES = (15, 30)


@moving
def lock(article: Article, *, by: User, minutes: int = MINUTES[0]) -> None:
    """Keep a piece to oneself for some minutes; asking again begins them anew."""
    demand(permissions.may_lock(by, article))
    demand(first_objection((minutes not in MINUTES, _("A lock lasts 15 or 30 minutes."))))
    # What stands there has run out, is one's own, or keeps nobody out any more.
    Lock.objects.filter(article=article, ended_at=None).update(ended_at=Now())
    until = Now() + timedelta(minutes=minutes)
    Lock.objects.create(article=article, holder=by, minutes=minutes, until=until)
    record(article, "lock", by=by)


@moving
def unlock(article: Article, *, by: User) -> None:
    """Give a lock up before it runs out."""
    demand(permissions.may_unlock(by, article))
    _end(article, by)
    record(article, "unlock", by=by)


@moving
def break_lock(article: Article, *, by: User, reason: str) -> None:
    """Take a colleague's lock away; they are told why, and what they typed stays theirs to save."""
    demand(permissions.may_break_lock(by, article))
    reason = required(reason, _("Say why the lock is broken."))
    holder = Lock.objects.of(article).get().holder
    _end(article, by)
    record(article, "break_lock", by=by, to=holder, note=reason)


def extend(article: Article, *, by: User) -> None:
    """Let a lock last its minutes from now on, because its holder is typing. No act."""
    held = Lock.objects.of(article).filter(holder=by)
    held.update(until=Now() + timedelta(minutes=1) * F("minutes"))


def _end(article: Article, by: User) -> None:
    Lock.objects.of(article).update(ended_at=Now(), ended_by=by)
