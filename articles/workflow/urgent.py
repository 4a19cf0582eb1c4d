"""Verbs of the emergency lane: out at once on the last signature, the others within a day."""

from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import permissions
from articles.models import Article, OwedSignature, Release, Review, Signature, Version
from articles.models.owed import WITHIN
from articles.sealing import covered_by_version, same_but_for_the_note, seal
from articles.workflow.commenting import send_notes
from articles.workflow.moving import end, move, moving, record, required
from articles.workflow.reviewing import void_what_the_change_outdates
from articles.workflow.revising import (
    as_read,
    demand_change_note,
    give_last_signature,
    note_change,
    under_review,
)
from articles.workflow.settling import settled
from newsroom.people import clock
from newsroom.people.models import User
from newsroom.people.verdicts import demand, first_objection


@moving
def publish_at_once(
    article: Article, *, by: User, reason: str, seen: int | None = None, change_note: str = ""
) -> None:
    """Sign for the last round and let the piece out now, for a written reason.

    Every round that has not signed owes its signature within a day. ``seen`` is the revision that
    was read. A revision of what is live says in ``change_note`` what it changes. A debt that is
    overdue or refused bars another emergency of the piece; one still in time goes on to run.
    """
    demand(permissions.may_publish_at_once(by, article))
    reason = required(reason, _("Say why it goes out before it has been reviewed."))
    as_read(article, seen)
    note_change(article, change_note)
    demand_change_note(article)
    last = permissions.last_round(article)
    person = permissions.represented_at_last(by, article)
    review, version = under_review(article, last, by=by)
    void_what_the_change_outdates(review, version, last)
    demand(_new(article, version))
    _void(review.signatures.standing().filter(round=last))
    give_last_signature(review, last, version, by=by, person=person)
    seal(version, basis=Version.Basis.EMERGENCY, note=reason)
    _owe(article, review, version)
    end(review, Review.Outcome.APPROVED)
    article.sealed, before = version, article.release
    _let_out(article)
    move(article, "publish_at_once", sealed=version, release=article.release)
    settled(article, before=before)
    on_behalf_of = None if person == by else person
    act = record(
        article, "publish_at_once", by=by, on_behalf_of=on_behalf_of, round=last, version=version,
        note=reason,
    )  # fmt: skip
    send_notes(act)


def _new(article: Article, version: Version):
    same = article.sealed is not None and same_but_for_the_note(
        covered_by_version(article.sealed), covered_by_version(version)
    )
    return first_objection((same, _("Nothing has changed since it was signed off.")))


def _void(signatures) -> None:
    for signature in signatures:
        signature.voided_at = timezone.now()
        signature.save(update_fields=["voided_at"])


def _owe(article: Article, review: Review, version: Version) -> None:
    """Write down which rounds owe; a clock that runs for this piece already is not set back."""
    signed = review.signatures.standing().values("round")
    since = Version.objects.get(pk=version.pk).sealed_at
    running = OwedSignature.objects.unsigned().filter(article=article).order_by("due_at").first()
    due = running.due_at if running and running.due_at > since else since + WITHIN
    for each in review.route.rounds.exclude(pk__in=signed):
        OwedSignature.objects.create(
            article=article, review=review, round=each, version=version, owed_since=since,
            due_at=due,
        )  # fmt: skip


def _let_out(article: Article) -> None:
    """Let a piece be out now: by itself, unless it is out already. An issue keeps its place."""
    release = article.release
    if release is not None and release.is_due(clock.now()):
        return
    if release is None or not release.alone:
        article.release = Release.objects.create(alone=True, publish_at=Now())
        return
    Release.objects.filter(pk=release.pk).update(
        publish_at=Now(), held=False, held_by_change=False, held_because=""
    )


@moving
def sign_late(article: Article, *, by: User, owed: int) -> None:
    """Give a signature that an emergency owes, on the version that went out."""
    debt = _debt(article, owed)
    demand(permissions.may_sign_late(by, debt))
    person = permissions.late_signer(by, debt)
    on_behalf_of = None if person == by else person
    debt.signature = Signature.objects.create(
        review=debt.review, round=debt.round, version=debt.version, signer=by,
        on_behalf_of=on_behalf_of,
    )  # fmt: skip
    debt.save(update_fields=["signature"])
    _record_answer(debt, "sign_late", by=by, on_behalf_of=on_behalf_of)


@moving
def refuse_late(article: Article, *, by: User, owed: int, reason: str) -> None:
    """Refuse a signature that an emergency owes; a correction or a withdrawal must follow."""
    debt = _debt(article, owed)
    demand(permissions.may_refuse_late(by, debt))
    debt.refusal = required(reason, _("Say what is wrong with it."))
    debt.refused_by, debt.refused_at = by, timezone.now()
    debt.save(update_fields=["refusal", "refused_by", "refused_at"])
    person = permissions.late_signer(by, debt)
    on_behalf_of = None if person == by else person
    _record_answer(debt, "refuse_late", by=by, on_behalf_of=on_behalf_of, note=debt.refusal)


def _debt(article: Article, owed: int) -> OwedSignature:
    """Return a debt of the piece, locked with it."""
    debts = OwedSignature.objects.filter(article=article, pk=owed).select_for_update(no_key=True)
    debt = debts.first()
    demand(first_objection((debt is None, _("It owes no such signature."))))
    return debt


def _record_answer(debt: OwedSignature, verb: str, *, by: User, **details) -> None:
    record(debt.article, verb, by=by, round=debt.round, version=debt.version, **details)
