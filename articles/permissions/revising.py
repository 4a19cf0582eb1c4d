"""Who may change what is out, and what a change of it asks for."""

from django.db.models import Q
from django.utils.translation import gettext as _

from articles.models import Article, Signature, Version
from articles.permissions.seeing import stands_where
from articles.permissions.urgent import may_give_last_signature, represented_at_last
from articles.permissions.writing import may_edit
from articles.readiness import missing_before_signature
from articles.sealing import covered_by_draft, covered_by_version, same_but_for_the_note
from articles.typing_errors import beyond_typing_errors
from newsroom.people import clock
from newsroom.people.models import SiteSettings, User
from newsroom.people.verdicts import Verdict, first_objection

WORDS = (
    "body", "summary", "headline", "kicker", "deck", "column_label", "dateline", "source",
)  # fmt: skip


def wants_change_note(article: Article) -> bool:
    """Say whether residents are to be told what a revision changes: they can read the old one."""
    return article.is_live(clock.now())


def lacks_change_note(article: Article) -> bool:
    """Say whether a revision of what is live says nothing about what it changes."""
    if article.change_note.strip() or not wants_change_note(article):
        return False
    return not same_but_for_the_note(covered_by_version(article.sealed), covered_by_draft(article))


def fully_signed(article: Article) -> Version | None:
    """Return the last version that went out on more than a minor change, or None."""
    sealed = article.versions.sealed().exclude(basis=Version.Basis.MINOR)
    return sealed.order_by("-number").first()


def typists(article: Article) -> set[int]:
    """Return whose changes of its words a piece shows since its last seal, by the history's word.

    Where it read again as it was sealed, what had been typed until then was given up.
    """
    found, as_sealed, before = set(), None, None
    events = article.events.filter(sealed=article.sealed_id).order_by("pgh_id")
    for event in events.only("pgh_context", *WORDS):
        words = [getattr(event, name) for name in WORDS]
        as_sealed = as_sealed or words
        if words == as_sealed:
            found.clear()
        elif words != before and event.pgh_context:
            found.add(event.pgh_context.get("user"))
        before = words
    return found


def signature_of(user: User, article: Article) -> Signature | None:
    """Return the signature under the seal that somebody gave, or that was given for them."""
    given = Q(signer=user) | Q(on_behalf_of=user)
    return Signature.objects.under(article.sealed_id).filter(given).select_related("round").first()


def may_take_back_signature(user: User, article: Article) -> Verdict:
    """Who signed a piece, or was signed for, takes that back until it is out."""
    return (
        stands_where(article, "take_back_signature")
        and first_objection(
            (article.withdrawn_at is not None, _("It has been withdrawn.")),
            (article.is_live(clock.now()), _("It is live; correct or withdraw it.")),
        )
        and first_objection(
            (signature_of(user, article) is None, _("Your signature does not stand under it."))
        )
    )


def _is_whole(article: Article) -> Verdict:
    """Say whether nobody took back a signature of what a revision began from."""
    return first_objection(
        (
            article.lacks_a_signature,
            _("Somebody took their signature back; it passes the rounds again."),
        )
    )


def may_sign_minor(user: User, article: Article) -> Verdict:
    """The last round's signature on a few typing errors that somebody else has mended."""
    return (
        stands_where(article, "sign_minor")
        and first_objection(
            (article.withdrawn_at is not None, _("It has been withdrawn.")),
            (article.sealed_id is None, _("It has never been signed off.")),
        )
        and _is_whole(article)
        and may_give_last_signature(user, article)
        and _is_minor(article)
        and _typed_by_another(user, article)
    )


def may_drop_revision(user: User, article: Article) -> Verdict:
    """Whoever may change a revision may give it up, as long as it has not been handed in."""
    return (
        stands_where(article, "drop_revision")
        and first_objection(
            (article.withdrawn_at is not None, _("It has been withdrawn.")),
            (article.sealed_id is None, _("It has never been signed off.")),
        )
        and _is_whole(article)
        and may_edit(user, article)
    )


def _is_minor(article: Article) -> Verdict:
    now, limit = covered_by_draft(article), SiteSettings.current().minor_change
    unchanged = same_but_for_the_note(covered_by_version(article.sealed), now)
    base = covered_by_version(fully_signed(article) or article.sealed)
    beyond = beyond_typing_errors(base, now, limit)
    missing = missing_before_signature(article)
    return first_objection(
        (unchanged, _("Nothing has changed since it was signed off.")),
        (bool(beyond), "".join(beyond)),
        (bool(missing), "".join(missing)),
    )


def _typed_by_another(user: User, article: Article) -> Verdict:
    hands = typists(article)
    person = represented_at_last(user, article)
    return first_objection(
        (
            not hands.isdisjoint({user.pk, person.pk}),
            _("Who typed a minor change does not sign it; somebody else of the round does."),
        )
    )
