"""Verbs of review: from the desk of an author through signed rounds to the seal, and back."""

from django.utils import timezone
from django.utils.translation import gettext as _

from articles import permissions
from articles.models import Article, Comment, Review, Route, Signature, Version
from articles.sealing import distance, seal, snapshot
from articles.workflow.commenting import send_notes
from articles.workflow.moving import end, move, moving, record, required
from articles.workflow.revising import as_read, demand_change_note, note_change
from articles.workflow.settling import settled, taken_up
from newsroom.people.models import LateChange, SiteSettings, User
from newsroom.people.verdicts import demand, first_objection


@moving
def submit(article: Article, *, by: User, change_note: str = "") -> None:
    """Hand a draft to the first round of the route in force; makes its version.

    A revision of what is live may say in ``change_note`` what it changes, for residents.
    """
    demand(permissions.may_hand_in(by, article))
    note_change(article, change_note)
    version = snapshot(article, by=by, reason=Version.Reason.SUBMITTED)
    review = Review.objects.create(
        article=article, route=Route.objects.in_force().get(), submitted=version
    )
    move(article, "submit", round=review.next_round())
    record(article, "submit", by=by, version=version, round=article.round)


@moving
def recall(article: Article, *, by: User) -> None:
    """Take a submitted piece back, until somebody has claimed or signed it."""
    demand(permissions.may_recall(by, article))
    end(article.review, Review.Outcome.RECALLED)
    move(article, "recall")
    record(article, "recall", by=by)


@moving
def claim(article: Article, *, by: User) -> None:
    """Take a piece on in its round, so that two people do not do the same work."""
    demand(permissions.may_claim(by, article))
    if article.claimed_by_id != by.pk:
        article.claimed_by, article.claimed_at = by, timezone.now()
        article.save(update_fields=["claimed_by", "claimed_at"])
        record(article, "claim", by=by, round=article.round)


@moving
def let_go(article: Article, *, by: User) -> None:
    """Give a claimed piece back to its queue."""
    demand(permissions.may_let_go(by, article))
    article.claimed_by = article.claimed_at = None
    article.save(update_fields=["claimed_by", "claimed_at"])
    record(article, "let_go", by=by, round=article.round)


@moving
def hand_over(article: Article, *, by: User, to: User, note: str = "") -> None:
    """Give a piece in review to a colleague who may work in its round; it is theirs from now on."""
    demand(permissions.may_hand_over(by, article))
    may_receive = permissions.may_receive(to, article)
    demand(
        first_objection(
            (
                not may_receive,
                _("{name} cannot take it: {reason}").format(name=to, reason=may_receive.reason),
            )
        )
    )
    article.claimed_by, article.claimed_at = to, timezone.now()
    article.save(update_fields=["claimed_by", "claimed_at"])
    send_notes(record(article, "hand_over", by=by, to=to, round=article.round, note=note.strip()))


@moving
def sign(
    article: Article, *, by: User, seen: int | None = None, note: str = "", change_note: str = ""
) -> None:
    """Sign the piece as it stands, in its round; the last signature seals it.

    ``seen`` is the revision the signer read: when it has moved on since, nothing is signed. A
    change the signer made becomes a version of its own. It voids the signatures of later rounds,
    of earlier ones where it is substantial by the newsroom's setting, and those of people it
    names; these rounds are signed again. What replaces a live version says what it changes.
    """
    demand(permissions.may_sign(by, article))
    as_read(article, seen)
    note_change(article, change_note)
    review, here = article.review, article.round
    version = snapshot(article, by=by, reason=Version.Reason.MENDED)
    void_what_the_change_outdates(review, version, here)
    person = permissions.represented(by, article)
    on_behalf_of = None if person == by else person
    Signature.objects.create(
        review=review, round=here, version=version, signer=by, on_behalf_of=on_behalf_of
    )
    following = review.next_round()
    if following is None:
        demand_change_note(article)
        seal(version, basis=Version.Basis.ROUNDS)
        end(review, Review.Outcome.APPROVED)
        article.sealed = version
        move(article, "sign_off", sealed=version)
        settled(article)
    else:
        move(article, "sign", round=following)
    act = record(
        article, "sign", by=by, on_behalf_of=on_behalf_of, round=here, version=version, note=note
    )
    send_notes(act)


def void_what_the_change_outdates(review: Review, version: Version, here) -> None:
    """Void the signatures that no longer cover a piece as it is signed in the round ``here``."""
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


@moving
def return_(article: Article, *, by: User, note: str, reason: str = "") -> None:
    """Give a piece back to its author for changes; the note or comments say what to change."""
    demand(permissions.may_return(by, article))
    if not Comment.objects.collected(by).filter(article=article).exists():
        note = required(note, _("Say what should be changed."))
    here = article.round
    version = snapshot(article, by=by, reason=Version.Reason.MENDED)
    end(article.review, Review.Outcome.RETURNED)
    move(article, "return")
    act = record(
        article, "return", by=by, round=here, version=version, reason=reason, note=note.strip()
    )
    send_notes(act)


@moving
def reject(article: Article, *, by: User, note: str, reason: str = "") -> None:
    """Decline a piece; the note says why."""
    demand(permissions.may_reject(by, article))
    note = required(note, _("Say why it is rejected."))
    here = article.round
    end(article.review, Review.Outcome.REJECTED)
    move(article, "reject")
    send_notes(record(article, "reject", by=by, round=here, reason=reason, note=note))


@moving
def revise(article: Article, *, by: User) -> None:
    """Take up a signed-off piece again; its sealed version goes out, or stays up, meanwhile."""
    demand(permissions.may_revise(by, article))
    became = taken_up(article)
    move(article, "revise", change_note="")
    record(article, "revise", by=by, note=str(LateChange(became).label) if became else "")
