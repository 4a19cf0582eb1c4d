"""Who may let a piece out at once, and who gives or refuses the signatures it then owes."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, OwedSignature, Round, Route
from articles.permissions.reviewing import principals
from articles.permissions.seeing import is_own, stands_where
from articles.readiness import missing_before_signature
from newsroom.people.models import User
from newsroom.people.roles import Role
from newsroom.people.verdicts import Verdict, first_objection


def last_round(article: Article) -> Round | None:
    """Return the round whose signature seals a piece: of its own route, or of the one in force."""
    review = article.review
    route = review.route if review else Route.objects.in_force().first()
    return route.rounds.order_by("-position").first() if route else None


def may_give_last_signature(user: User, article: Article) -> Verdict:
    """A member of the last round or a deputy; no author, nobody who has signed another round."""
    last = last_round(article)
    if last is None:
        return Verdict(_("No review is laid down; an administrator sets its rounds."))
    person = represented_at_last(user, article)
    if person is None:
        return Verdict(_("{round} is signed by others.").format(round=last.name))
    return _free_at_last(user, article, last) and _free_at_last(person, article, last)


def represented_at_last(user: User, article: Article) -> User | None:
    """Return whom this person gives the last signature for: the first of them who may."""
    last = last_round(article)
    people = principals(user, last) if last else []
    free = (person for person in people if _free_at_last(person, article, last))
    return next(free, None) or next(iter(people), None)


def _free_at_last(person: User, article: Article, last: Round) -> Verdict:
    review = article.review
    others = review.signatures.standing().exclude(round=last) if review else None
    return first_objection(
        (is_own(person, article), _("Nobody signs a piece they filed or are named in.")),
        (
            others is not None and _by(others, person).exists(),
            _("Nobody signs two rounds of one piece."),
        ),
    )


def _by(signatures, person: User):
    return signatures.filter(Q(signer=person) | Q(on_behalf_of=person))


def may_publish_at_once(user: User, article: Article) -> Verdict:
    """The last round's signature alone; the piece lacks nothing, and has no old debt of the kind.

    A claim of somebody else does not stand in the way: they may be out of reach.
    """
    missing = missing_before_signature(article)
    return (
        stands_where(article, "publish_at_once")
        and first_objection((article.withdrawn_at is not None, _("It has been withdrawn.")))
        and may_give_last_signature(user, article)
        and first_objection(
            (bool(missing), "".join(missing)),
            (
                OwedSignature.objects.barring(article).exists(),
                _(
                    "It still owes signatures of an earlier emergency that are overdue or were "
                    "refused; these come first."
                ),
            ),
        )
    )


def may_sign_late(user: User, owed: OwedSignature) -> Verdict:
    """A member of the round that owes the signature, or a deputy, who has no part in the piece."""
    answered = first_objection(
        (owed.signature_id is not None, _("It is signed already.")),
        (owed.refused_at is not None, _("It was refused; a correction or withdrawal follows.")),
        (owed.article.withdrawn_at is not None, _("It has been withdrawn.")),
    )
    person = late_signer(user, owed)
    if answered and person is None:
        return Verdict(_("{round} is signed by others.").format(round=owed.round.name))
    return answered and _free_to_follow(user, owed) and _free_to_follow(person, owed)


may_refuse_late = may_sign_late


def late_signer(user: User, owed: OwedSignature) -> User | None:
    """Return whom this person answers for, in the round that owes."""
    people = principals(user, owed.round)
    free = (person for person in people if _free_to_follow(person, owed))
    return next(free, None) or next(iter(people), None)


def _free_to_follow(person: User, owed: OwedSignature) -> Verdict:
    own = is_own(person, owed.article) or _is_named_in(person, owed.version)
    return first_objection(
        (own, _("Nobody signs a piece they filed or are named in.")),
        (
            _by(owed.review.signatures.standing(), person).exists(),
            _("Nobody signs two rounds of one piece."),
        ),
    )


def _is_named_in(person: User, version) -> bool:
    return any(
        byline.correspondent.user_id == person.pk
        if byline.correspondent and byline.correspondent.user_id
        else "".join(byline.name.split()) == person.name
        for byline in version.bylines.select_related("correspondent")
    )


def may_see_owed(user: User) -> Verdict:
    """The list of owed signatures is for whoever reviews."""
    allowed = user.holds(Role.EDITOR, Role.DESK_HEAD, Role.CHIEF_EDITOR)
    acting = user.is_active and user.deputyships.on(timezone.localdate()).exists()
    return first_objection((not allowed and not acting, _("Only reviewers keep this list.")))
