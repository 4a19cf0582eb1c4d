"""Verbs on what is out already: what its revision says to residents, and the short way."""

from django.utils.translation import gettext as _

from articles import permissions
from articles.models import Article, Review, Round, Signature, Version
from articles.sealing import seal, snapshot
from articles.workflow.moving import end, move, moving, record
from articles.workflow.settling import settled
from newsroom.people.models import User
from newsroom.people.verdicts import demand, first_objection


def as_read(article: Article, seen: int | None) -> None:
    """Refuse to sign what has changed since it was read; ``seen`` is the revision, if known."""
    demand(
        first_objection(
            (
                seen is not None and seen != article.revision,
                _("It has been changed since you opened it. Read it again, then sign."),
            )
        )
    )


def note_change(article: Article, note: str) -> None:
    """Keep what a revision says it changes, where something was said."""
    if note.strip() and note.strip() != article.change_note:
        article.change_note = note.strip()
        article.save(update_fields=["change_note"])


def demand_change_note(article: Article) -> None:
    """Refuse to seal a revision of what is live that does not tell residents what it changes."""
    demand(
        first_objection(
            (
                permissions.lacks_change_note(article),
                _("It is live: say in the change note, for residents, what is different now."),
            )
        )
    )


def under_review(
    article: Article, last: Round, *, by: User, follows: Review | None = None
) -> tuple[Review, Version]:
    """Bring a piece to its last round, from its draft or another round; return what is signed."""
    version = snapshot(article, by=by, reason=Version.Reason.MENDED)
    review = article.review or Review.objects.create(
        article=article, route=last.route, submitted=version, follows=follows
    )
    if article.round_id != last.pk:
        move(article, "submit", round=last)
    return review, version


def give_last_signature(
    review: Review, last: Round, version: Version, *, by: User, person: User
) -> None:
    """Sign for the last round, in one's own name or on behalf of whom one stands for."""
    Signature.objects.create(
        review=review, round=last, version=version, signer=by,
        on_behalf_of=None if person == by else person,
    )  # fmt: skip


@moving
def sign_minor(article: Article, *, by: User, seen: int | None = None) -> None:
    """Sign a few typing errors mended by somebody else; they are out at once, without a note."""
    demand(permissions.may_sign_minor(by, article))
    as_read(article, seen)
    article.change_note = ""
    article.save(update_fields=["change_note"])
    last = permissions.last_round(article)
    person = permissions.represented_at_last(by, article)
    base = permissions.fully_signed(article)
    behind = base and base.signatures.standing().filter(review__outcome="approved")
    follows = behind.order_by("review").first().review if behind else None
    review, version = under_review(article, last, by=by, follows=follows)
    give_last_signature(review, last, version, by=by, person=person)
    seal(version, basis=Version.Basis.MINOR)
    end(review, Review.Outcome.APPROVED)
    move(article, "sign_minor", sealed=version)
    settled(article)
    on_behalf_of = None if person == by else person
    record(article, "sign_minor", by=by, on_behalf_of=on_behalf_of, round=last, version=version)
