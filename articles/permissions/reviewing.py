"""Who may hand in, claim, sign, return, take up again."""

from collections.abc import Callable
from functools import cache

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, Round
from articles.permissions.seeing import is_own, may_handle, stands_where
from articles.readiness import missing_before_review, missing_before_signature
from newsroom.people.models import Deputy, User
from newsroom.people.permissions import may_administer
from newsroom.people.roles import Role
from newsroom.people.verdicts import YES, Verdict, first_objection

ABOVE = (Role.DESK_HEAD, Role.CHIEF_EDITOR)


def may_set_rounds(user: User) -> Verdict:
    """Chief editors and administrators say which rounds a piece passes."""
    allowed = user.is_active and user.holds(Role.CHIEF_EDITOR)
    return (
        YES
        if allowed or may_administer(user)
        else Verdict(_("Only a chief editor or an administrator changes the rounds."))
    )


def may_set_checklist(user: User) -> Verdict:
    """Whoever sets the rounds also says what a piece must have to pass them."""
    if may_set_rounds(user):
        return YES
    return Verdict(_("Only a chief editor or an administrator changes the checklist."))


def may_submit(user: User, article: Article) -> Verdict:
    """A draft that has what reviewers need, by who filed it or an editor."""
    missing = missing_before_review(article)
    return (
        stands_where(article, "submit")
        and may_handle(user, article)
        and first_objection(
            (article.withdrawn_at is not None, _("It has been withdrawn.")),
            (bool(missing), "".join(missing)),
            (
                not Round.objects.in_force().exists(),
                _("No review is laid down; an administrator sets its rounds."),
            ),
        )
    )


def may_recall(user: User, article: Article) -> Verdict:
    """Who filed it may take it back until somebody has claimed or signed it."""
    return stands_where(article, "recall") and first_objection(
        (
            article.filed_by_id != user.pk or not user.is_active,
            _("Only who filed it can take it back."),
        ),
        (
            article.claimed_by_id is not None,
            _("{name} has claimed it already.").format(name=article.claimed_by),
        ),
        (
            article.review is not None and article.review.signatures.standing().exists(),
            _("It has been signed already; ask for it to be returned."),
        ),
    )


def principals(user: User, in_round: Round) -> list[User]:
    """Return whom somebody signs for in a round: themselves, or the members they act for."""
    if not user.is_active:
        return []
    if user.groups.filter(pk=in_round.group_id).exists():
        return [user]
    acting = Deputy.objects.on(timezone.localdate()).filter(
        deputy=user, principal__is_active=True, principal__groups=in_round.group_id
    )
    return [each.principal for each in acting.select_related("principal").order_by("pk")]


def first_free(people: list[User], free: Callable[[User], Verdict]) -> User | None:
    """Return the first of several people whom nothing keeps from signing, else just the first."""
    return next((person for person in people if free(person)), None) or next(iter(people), None)


def _free_to_sign(person: User, article: Article) -> Verdict:
    """Say what keeps one person's name from standing under a piece."""
    return first_objection(
        (is_own(person, article), _("Nobody signs a piece they filed or are named in.")),
        (_has_signed(person, article), _("Nobody signs two rounds of one piece.")),
    )


def _has_signed(person: User, article: Article) -> bool:
    """Say whether a signature under the review under way stands in somebody's name.

    A page that shows the signatures has fetched them; it asks this of everybody, for every verb.
    """
    passages = getattr(article, "passages", None)
    if not passages:
        signed = article.review.signatures.standing()
        return signed.filter(Q(signer=person) | Q(on_behalf_of=person)).exists()
    return any(
        given.voided_at is None and person.pk in (given.signer_id, given.on_behalf_of_id)
        for given in passages[0].signatures.all()
    )


def represented(user: User, article: Article) -> User | None:
    """Return whom this person signs a piece for: of several members the first who may."""
    return first_free(
        principals(user, article.round), lambda person: _free_to_sign(person, article)
    )


def may_work_in_round(user: User, article: Article) -> Verdict:
    """Members of the round's group or their deputies; never authors; nobody in two rounds."""
    standing = stands_where(article, "sign")
    if not standing:
        return standing
    # Most people stand for themselves: their freedom is asked once, not three times.
    free = cache(lambda who: _free_to_sign(who, article))
    person = first_free(principals(user, article.round), free)
    if person is None:
        return Verdict(_("{round} is signed by others.").format(round=article.round.name))
    return free(user) and free(person)


def may_act_in_round(user: User, article: Article) -> Verdict:
    """Whoever may work in the round, while no colleague has claimed the piece."""
    return may_work_in_round(user, article) and first_objection(
        (
            article.claimed_by_id not in (None, user.pk),
            _("{name} has claimed it.").format(name=article.claimed_by),
        )
    )


may_claim = may_act_in_round


may_return = may_act_in_round


may_reject = may_act_in_round


def may_let_go(user: User, article: Article) -> Verdict:
    """Whoever has claimed a piece gives it back to the queue; desk heads and chiefs any piece.

    Somebody falls ill with three pieces claimed, and the paper still goes out. What somebody who
    has left holds, an administrator gives back as well.
    """
    left = article.claimed_by is not None and not article.claimed_by.is_active
    above = user.holds(*ABOVE) or (left and may_administer(user))
    mine = user.is_active and article.claimed_by_id == user.pk
    return first_objection(
        (article.claimed_by_id is None, _("Nobody has claimed it.")),
        (not mine and not above, _("You have not claimed it.")),
    )


def may_comment(user: User, article: Article) -> Verdict:
    """Whoever may work in the round says what should be changed, whoever has claimed it."""
    return may_work_in_round(user, article)


def may_hand_over(user: User, article: Article) -> Verdict:
    """Whoever has claimed a piece, or could, gives it to a colleague; desk heads and chiefs any.

    Nobody chooses who signs what they filed or are named in.
    """
    standing = stands_where(article, "sign") and first_objection(
        (not user.is_active, _("You have not claimed it.")),
        (is_own(user, article), _("Nobody chooses who signs their own piece.")),
    )
    return standing and (YES if user.holds(*ABOVE) else may_act_in_round(user, article))


def may_receive(user: User, article: Article) -> Verdict:
    """Whoever may work in the round, and does not hold the piece already."""
    return may_work_in_round(user, article) and first_objection(
        (article.claimed_by_id == user.pk, _("{name} has claimed it already.").format(name=user))
    )


def may_sign(user: User, article: Article) -> Verdict:
    """Like any act in the round; and nothing is missing that residents need."""
    missing = missing_before_signature(article)
    return may_act_in_round(user, article) and first_objection((bool(missing), "".join(missing)))


def may_revise(user: User, article: Article) -> Verdict:
    """A signed-off piece may be taken up again; what is live stays up meanwhile."""
    return (
        stands_where(article, "revise")
        and first_objection((article.withdrawn_at is not None, _("It has been withdrawn.")))
        and may_handle(user, article)
    )
