"""Somebody leaves: what they hold is handed on first, so that nothing of it is orphaned."""

from collections.abc import Callable
from dataclasses import dataclass

import pghistory
from django.db import transaction
from django.utils.translation import gettext as _

from articles import workflow
from articles.models import Article, Round
from newsroom.desk import inviting
from newsroom.desk.models import Invitation
from newsroom.people import leaving
from newsroom.people.models import Deputy, User
from newsroom.people.verdicts import Verdict, demand, first_objection


@dataclass(frozen=True)
class Holdings:
    """What somebody has in hand on the day they leave."""

    unfinished: list[Article]
    claims: list[Article]
    deputies: list[Deputy]
    invitations: list[Invitation]
    rounds_alone: list[Round]

    @property
    def nothing(self) -> bool:
        """Say whether nothing has to be handed on."""
        return not (self.unfinished or self.claims or self.deputies or self.invitations)


def holdings_of(person: User) -> Holdings:
    """Return what somebody holds; six statements, however much it is."""
    return Holdings(
        unfinished=list(Article.objects.left_unfinished_by(person).for_desk_list()),
        claims=list(Article.objects.claimed_by_person(person).for_desk_list()),
        deputies=list(Deputy.objects.of(person).select_related("principal", "deputy")),
        invitations=list(Invitation.objects.open().by_inviter(person)),
        rounds_alone=list(Round.objects.signed_by_nobody_but(person)),
    )


def may_hand_on(holdings: Holdings) -> Verdict:
    """Say what keeps somebody from leaving: a round that nobody else could sign."""
    names = "、".join(each.name for each in holdings.rounds_alone)
    return first_objection(
        (
            bool(names),
            _("Nobody else signs {rounds}. Give somebody the role first.").format(rounds=names),
        ),
    )


def see_off(
    person: User, *, by: User, reason: str, keeper_of: Callable[[Article], User | None]
) -> Holdings:
    """Close an account and hand on all it held, in one transaction; return what that was.

    ``keeper_of`` names who goes on with a piece that is not finished. Claims go back to their
    queues, open invitations are taken back. Raises RefusalError, and nothing has changed.
    """
    with transaction.atomic(), pghistory.context(user=by.pk, verb="see_off"):
        leaving.leave(person, by=by, reason=reason)
        held = holdings_of(person)
        demand(may_hand_on(held))
        for article in held.claims:
            workflow.let_go(article, by=by)
        for article in held.unfinished:
            keeper = keeper_of(article)
            demand(
                first_objection(
                    (
                        keeper is None or keeper.pk == person.pk,
                        _("Say who goes on with “{title}”.").format(title=article.title),
                    ),
                )
            )
            workflow.entrust(article, by=by, to=keeper, note=reason)
        for invitation in held.invitations:
            inviting.revoke(invitation, by=by)
    return held
