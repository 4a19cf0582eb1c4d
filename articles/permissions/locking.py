"""Who may lock a piece, whom a lock keeps out, and who may break one.

A lock keeps the text from being changed by others, and a draft from being handed in or put aside
over its holder's head. It never stands in the way of a signature, a return, a withdrawal or an
emergency. It counts only while it has not run out and its holder may change the piece: once a
verb has moved the piece on, it keeps nobody out.
"""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.models import Article, Lock
from articles.permissions.reviewing import may_submit
from articles.permissions.seeing import may_see
from articles.permissions.writing import may_discard, may_edit
from newsroom.people.models import User
from newsroom.people.roles import Role
from newsroom.people.verdicts import YES, Verdict, first_objection


def lock_on(article: Article) -> Lock | None:
    """Return the lock that counts on a piece now, or None."""
    lock = Lock.objects.of(article).first() if article.pk else None
    return lock if lock and may_edit(lock.holder, article) else None


def unlocked_for(user: User, article: Article) -> Verdict:
    """Say whether no colleague's lock keeps somebody out."""
    lock = lock_on(article)
    if lock is None or lock.holder_id == user.pk:
        return YES
    sentence = _("{name} has locked this piece until {hour}. Nobody else changes it meanwhile.")
    hour = date_format(timezone.localtime(lock.until), "H:i")
    return Verdict(sentence.format(name=lock.holder, hour=hour))


def may_change(user: User, article: Article) -> Verdict:
    """Whoever may edit a piece, unless a colleague has locked it."""
    return may_edit(user, article) and unlocked_for(user, article)


def may_hand_in(user: User, article: Article) -> Verdict:
    """Whoever may submit a draft, unless a colleague is at work on it behind a lock."""
    return may_submit(user, article) and unlocked_for(user, article)


def may_put_aside(user: User, article: Article) -> Verdict:
    """Whoever may discard a piece, unless a colleague is at work on it behind a lock."""
    return may_discard(user, article) and unlocked_for(user, article)


def may_lock(user: User, article: Article) -> Verdict:
    """Whoever may change the piece now."""
    return may_change(user, article)


def may_unlock(user: User, article: Article) -> Verdict:
    """The holder gives a lock up."""
    lock = Lock.objects.of(article).first()
    return first_objection(
        (lock is None or lock.holder_id != user.pk, _("You have not locked this piece."))
    )


def may_break_lock(user: User, article: Article) -> Verdict:
    """Desk heads and chief editors, who answer for the paper going out; never one's own."""
    lock = Lock.objects.of(article).first()
    above = user.is_active and user.holds(Role.DESK_HEAD, Role.CHIEF_EDITOR)
    return may_see(user, article) and first_objection(
        (not above, _("Only a desk head or a chief editor breaks a colleague's lock.")),
        (lock is None, _("Nobody has locked this piece.")),
        (lock is not None and lock.holder_id == user.pk, _("It is your own lock; give it up.")),
    )
