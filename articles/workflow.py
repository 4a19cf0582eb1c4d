"""The verbs: everything that moves a piece. Each locks, asks, moves, records — or refuses.

``by`` names who acts and is required. A refusal is a RefusalError with a sentence in the user's
language, and nothing has changed. The moves themselves stand in ``articles.statuses.TRANSITIONS``.
"""

from contextlib import contextmanager
from functools import wraps

import pghistory
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import permissions
from articles.models import (
    Act,
    Article,
    Correction,
    Gap,
    Release,
    Review,
    Route,
    Signature,
    Version,
    Withdrawal,
)
from articles.sealing import distance, seal, snapshot
from articles.statuses import TRANSITIONS
from newsroom.people.models import SiteSettings, User
from newsroom.people.refusals import as_refusals
from newsroom.people.verdicts import RefusalError, demand, first_objection

# What verbs move. A form that was loaded before a verb must not write it back.
MOVED = (
    "status", "round", "claimed_by", "claimed_at", "moved_at", "sealed", "release",
    "withdrawn_at", "filed_by", "filed_at", "revision",
)  # fmt: skip


@contextmanager
def _acting(by: User, verb: str):
    """Do what follows in one transaction, with who acts in the history."""
    with as_refusals(), transaction.atomic(), pghistory.context(user=by.pk, verb=verb):
        yield


def _verb(function):
    """Run a verb on the locked row in one transaction, with who acts in the history."""

    @wraps(function)
    def acting(article: Article, *, by: User, **how) -> Article:
        with _acting(by, function.__name__):
            # Nothing beside it: who has waited for the lock would get the row as it is now, but
            # what was joined as it was before (PostgreSQL manual, 13.2.1).
            locked = Article.objects.select_for_update().get(pk=article.pk)
            function(locked, by=by, **how)
        article.refresh_from_db()
        return article

    return acting


def _move(article: Article, verb: str, **changes) -> None:
    """Put the piece where the table says, out of everybody's hands, waiting from now on."""
    article.status = TRANSITIONS[verb][1]
    article.round = changes.pop("round", None)
    article.claimed_by = article.claimed_at = None
    article.moved_at = timezone.now()
    for name, value in changes.items():
        setattr(article, name, value)
    article.save(
        update_fields=["status", "round", "claimed_by", "claimed_at", "moved_at", *changes]
    )


def _record(article: Article, verb: str, *, by: User, **details) -> Act:
    return Act.objects.create(article=article, verb=verb, by=by, **details)


def _required(text: str, sentence: str) -> str:
    demand(first_objection((not text.strip(), sentence)))
    return text.strip()


def _end(review: Review, outcome: Review.Outcome) -> None:
    review.ended_at, review.outcome = timezone.now(), outcome
    review.save(update_fields=["ended_at", "outcome"])


# Writing


def save(article: Article, *, by: User, write) -> Article:
    """Keep what was typed: check the right to it, call ``write()``, count the revision.

    ``write`` stores the working copy with its bylines and photos. Every save is a revision in the
    history; a version is made when somebody submits or signs. Raises RefusalError.
    """
    with _acting(by, "save"):
        if article.pk:
            locked = Article.objects.select_for_update().get(pk=article.pk)
            demand(permissions.may_edit(by, locked))
            for name in MOVED:
                column = Article._meta.get_field(name).attname
                setattr(article, column, getattr(locked, column))
        else:
            demand(permissions.may_file(by))
            article.filed_by = by
        write()
        article.revision += 1
        Article.objects.filter(pk=article.pk).update(revision=article.revision)
    return article


@_verb
def clear_gap(article: Article, *, by: User, gap: int) -> None:
    """Say that a place where import found the text damaged is in order now."""
    demand(permissions.may_clear_gap(by, article))
    cleared = Gap.objects.filter(pk=gap, article=article, cleared_at=None)
    for warning in cleared:
        warning.cleared_at, warning.cleared_by = timezone.now(), by
        warning.save(update_fields=["cleared_at", "cleared_by"])
        _record(article, "clear_gap", by=by, note=warning.message)


# Review


@_verb
def submit(article: Article, *, by: User) -> None:
    """Hand a draft to the first round of the route in force; makes its version."""
    demand(permissions.may_submit(by, article))
    version = snapshot(article, by=by, reason=Version.Reason.SUBMITTED)
    review = Review.objects.create(
        article=article, route=Route.objects.in_force().get(), submitted=version
    )
    _move(article, "submit", round=review.next_round())
    _record(article, "submit", by=by, version=version, round=article.round)


@_verb
def recall(article: Article, *, by: User) -> None:
    """Take a submitted piece back, until somebody has claimed or signed it."""
    demand(permissions.may_recall(by, article))
    _end(article.review, Review.Outcome.RECALLED)
    _move(article, "recall")
    _record(article, "recall", by=by)


@_verb
def claim(article: Article, *, by: User) -> None:
    """Take a piece on in its round, so that two people do not do the same work."""
    demand(permissions.may_claim(by, article))
    if article.claimed_by_id != by.pk:
        article.claimed_by, article.claimed_at = by, timezone.now()
        article.save(update_fields=["claimed_by", "claimed_at"])
        _record(article, "claim", by=by, round=article.round)


@_verb
def let_go(article: Article, *, by: User) -> None:
    """Give a claimed piece back to its queue."""
    demand(permissions.may_let_go(by, article))
    article.claimed_by = article.claimed_at = None
    article.save(update_fields=["claimed_by", "claimed_at"])
    _record(article, "let_go", by=by, round=article.round)


@_verb
def sign(article: Article, *, by: User, seen: int | None = None, note: str = "") -> None:
    """Sign the piece as it stands, in its round; the last signature seals it.

    ``seen`` is the revision the signer read: when it has moved on since, nothing is signed. A
    change the signer made becomes a version of its own. It voids the signatures of later rounds,
    of earlier ones where it is substantial by the newsroom's setting, and those of people it
    names; these rounds are signed again.
    """
    demand(permissions.may_sign(by, article))
    demand(
        first_objection(
            (
                seen is not None and seen != article.revision,
                _("It has been changed since you opened it. Read it again, then sign."),
            )
        )
    )
    review, here = article.review, article.round
    version = snapshot(article, by=by, reason=Version.Reason.MENDED)
    _void_what_the_change_outdates(review, version, here)
    person = permissions.represented(by, article)
    on_behalf_of = None if person == by else person
    Signature.objects.create(
        review=review, round=here, version=version, signer=by, on_behalf_of=on_behalf_of
    )
    following = review.next_round()
    if following is None:
        seal(version, basis=Version.Basis.ROUNDS)
        _end(review, Review.Outcome.APPROVED)
        article.sealed = version
        _move(article, "sign_off", sealed=version)
    else:
        _move(article, "sign", round=following)
    _record(
        article, "sign", by=by, on_behalf_of=on_behalf_of, round=here, version=version, note=note
    )


def _void_what_the_change_outdates(review: Review, version: Version, here) -> None:
    limit = SiteSettings.current().substantial_mend
    for signature in review.signatures.standing().for_display():
        if signature.version.fingerprint == version.fingerprint:
            continue
        later = signature.round.position > here.position
        people = filter(None, (signature.signer, signature.on_behalf_of))
        named = any(permissions.is_own(person, review.article) for person in people)
        # Some changes cost no character: another section, a word in bold.
        if later or named or limit == 0 or distance(signature.version, version) > limit:
            signature.voided_at = timezone.now()
            signature.save(update_fields=["voided_at"])


@_verb
def return_(article: Article, *, by: User, note: str, reason: str = "") -> None:
    """Give a piece back to its author for changes; the note says what to change."""
    demand(permissions.may_return(by, article))
    note = _required(note, _("Say what should be changed."))
    here = article.round
    version = snapshot(article, by=by, reason=Version.Reason.MENDED)
    _end(article.review, Review.Outcome.RETURNED)
    _move(article, "return")
    _record(article, "return", by=by, round=here, version=version, reason=reason, note=note)


@_verb
def reject(article: Article, *, by: User, note: str, reason: str = "") -> None:
    """Decline a piece; the note says why."""
    demand(permissions.may_reject(by, article))
    note = _required(note, _("Say why it is rejected."))
    here = article.round
    _end(article.review, Review.Outcome.REJECTED)
    _move(article, "reject")
    _record(article, "reject", by=by, round=here, reason=reason, note=note)


@_verb
def revise(article: Article, *, by: User) -> None:
    """Take up a signed-off piece again; its sealed version goes out, or stays up, meanwhile."""
    demand(permissions.may_revise(by, article))
    _move(article, "revise")
    _record(article, "revise", by=by)


@_verb
def discard(article: Article, *, by: User, note: str = "") -> None:
    """Put a piece aside. Nothing is deleted: it can be brought back."""
    demand(permissions.may_discard(by, article))
    _move(article, "discard")
    _record(article, "discard", by=by, note=note)


@_verb
def restore(article: Article, *, by: User) -> None:
    """Bring a rejected or discarded piece back as a draft."""
    demand(permissions.may_restore(by, article))
    _move(article, "restore")
    _record(article, "restore", by=by)


# Publication


@_verb
def publish_alone(article: Article, *, by: User, at=None) -> None:
    """Let a signed-off piece go out by itself: now, or at ``at``, an aware datetime to come."""
    demand(permissions.may_publish_alone(by, article))
    demand(
        first_objection(
            (at is not None and at < timezone.now(), _("Nothing goes out in the past."))
        )
    )
    if article.release is None:
        article.release = Release.objects.create(alone=True, publish_at=at or Now())
        article.save(update_fields=["release"])
    else:
        Release.objects.filter(pk=article.release_id).update(
            publish_at=at or Now(), held=False, held_because=""
        )
    _record(article, "publish_alone", by=by, version=article.sealed)


@_verb
def hold(article: Article, *, by: User, because: str) -> None:
    """Stop a piece published alone before its hour; the reason is kept."""
    demand(permissions.may_hold(by, article))
    because = _required(because, _("Say why it is held."))
    Release.objects.filter(pk=article.release_id).update(held=True, held_because=because)
    _record(article, "hold", by=by, note=because)


@_verb
def lift_hold(article: Article, *, by: User) -> None:
    """Let a held piece go out at its hour, or at once where that has passed."""
    demand(permissions.may_lift_hold(by, article))
    release = article.release
    late = release.publish_at is not None and release.publish_at < timezone.now()
    hour = {"publish_at": Now()} if late else {}
    Release.objects.filter(pk=release.pk).update(held=False, held_because="", **hour)
    _record(article, "lift_hold", by=by)


@_verb
def withdraw(article: Article, *, by: User, reason: str, public_note: str = "") -> None:
    """Take a piece down everywhere; a tombstone with the public note stands at its address."""
    demand(permissions.may_withdraw(by, article))
    reason = _required(reason, _("Say why it is withdrawn; the reason stays inside."))
    Withdrawal.objects.create(
        article=article, reason=reason, public_note=public_note.strip(), signed_by=by
    )
    article.withdrawn_at = timezone.now()
    article.save(update_fields=["withdrawn_at"])
    _record(article, "withdraw", by=by, version=article.sealed, note=reason)


# Correction


def draw_up_correction(
    article: Article, *, by: User, wrong: str, right: str, note: str = ""
) -> Correction:
    """Write down what was wrong and what is right; it is public once a chief editor has signed."""
    with _acting(by, "draw_up_correction"):
        locked = Article.objects.select_for_update().get(pk=article.pk)
        demand(permissions.may_correct(by, locked))
        correction = Correction.objects.create(
            article=locked,
            wrong=_required(wrong, _("Quote the wrong words.")),
            right=_required(right, _("Give the right words.")),
            note=note.strip(),
            drawn_up_by=by,
        )
        _record(locked, "draw_up_correction", by=by, note=str(correction))
    return correction


def sign_correction(correction: Correction, *, by: User) -> Correction:
    """Make a correction public; somebody other than who drew it up signs."""
    with _acting(by, "sign_correction"):
        locked = Correction.objects.select_for_update().get(pk=correction.pk)
        demand(permissions.may_sign_correction(by, locked))
        locked.signed_by, locked.signed_at = by, timezone.now()
        locked.save(update_fields=["signed_by", "signed_at"])
        _record(locked.article, "sign_correction", by=by, note=str(locked))
    return locked


__all__ = [
    "RefusalError",
    "claim",
    "clear_gap",
    "discard",
    "draw_up_correction",
    "hold",
    "let_go",
    "lift_hold",
    "publish_alone",
    "recall",
    "reject",
    "restore",
    "return_",
    "revise",
    "save",
    "sign",
    "sign_correction",
    "submit",
    "withdraw",
]
