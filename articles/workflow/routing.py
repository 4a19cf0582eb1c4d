"""The verb that changes the rounds: check a new route as a whole, put it in force, retire the old.

Pieces under way keep the route they started with; the database sees to that.
"""

from collections import Counter
from dataclasses import dataclass

import pghistory
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import permissions
from articles.models import Round, Route
from newsroom.people.models import User
from newsroom.people.refusals import as_refusals
from newsroom.people.roles import SIGNERS, Role
from newsroom.people.verdicts import demand, first_objection

FEWEST, MOST = 1, 5


@dataclass(frozen=True)
class Plan:
    """A round to be: its name, its seal of one character, the role that signs it."""

    name: str
    seal: str
    role: str

    @property
    def signed_by(self) -> str:
        """The role in words."""
        return str(Role(self.role).label)


def put_in_force(
    name: str, rounds: list[Plan], *, by: User, instead_of: int | None = None
) -> Route:
    """Make a route of these rounds and let every piece submitted from now on take it.

    ``instead_of`` is the route that was in force when somebody began to change it.
    """
    with as_refusals(), transaction.atomic(), pghistory.context(user=by.pk, verb="put_in_force"):
        former = Route.objects.select_for_update(no_key=True).in_force().first()
        demand(permissions.may_set_rounds(by))
        demand(
            first_objection(
                (
                    instead_of is not None and (former is None or former.pk != instead_of),
                    _("Somebody has put another route in force meanwhile. Look at it first."),
                ),
                *((True, sentence) for sentence in objections(name, rounds)),
            )
        )
        if former:
            former.is_in_force, former.retired_at = False, timezone.now()
            former.save(update_fields=["is_in_force", "retired_at"])
        route = Route.objects.create(name=name.strip(), is_in_force=True, made_by=by)
        for position, plan in enumerate(rounds, start=1):
            group = Group.objects.get(name=plan.role)
            Round.objects.create(
                route=route, position=position, name=plan.name, seal=plan.seal, group=group
            )
    return route


def objections(name: str, rounds: list[Plan]) -> list[str]:
    """Return what is wrong with a route as a whole, in sentences; nothing when it can be used."""
    found = []
    if not name.strip():
        found.append(_("The route has no name."))
    if not FEWEST <= len(rounds) <= MOST:
        return [*found, _("A route has one to five rounds.")]
    if any(not plan.name.strip() or len(plan.seal.strip()) != 1 for plan in rounds):
        found.append(_("Every round has a name and a seal of one character."))
    for what, sentence in (
        ([plan.name for plan in rounds], _("Two rounds are both called “{twice}”.")),
        ([plan.seal for plan in rounds], _("Two rounds have the same seal “{twice}”.")),
    ):
        twice = next((each for each, count in Counter(what).items() if count > 1), None)
        if twice:
            found.append(sentence.format(twice=twice))
    if any(plan.role not in SIGNERS for plan in rounds):
        return [*found, _("A round is signed by editors, desk heads, chiefs or issue editors.")]
    return found + _missing_people(rounds)


def _missing_people(rounds: list[Plan]) -> list[str]:
    people = signers(rounds)
    empty = [
        _("Nobody could sign “{round}”: the role {role} has no members.").format(
            round=plan.name, role=plan.signed_by
        )
        for plan in rounds
        if not people[plan.role]
    ]
    if empty or len(_seated(rounds, people)) == len(rounds):
        return empty
    return [_("These rounds need more people than there are: nobody signs two rounds of a piece.")]


def cautions(rounds: list[Plan]) -> list[str]:
    """Return what will get in the way now and then: rounds without anybody to spare.

    A piece one of its signers wrote, or an absence, would stop at such a round.
    """
    people = signers(rounds)
    everybody = {person for members in people.values() for person in members}
    names = {}
    for person in everybody:
        rest = {role: [who for who in members if who != person] for role, members in people.items()}
        if len(_seated(rounds, rest)) < len(rounds):
            names[person.pk] = str(person)
    if not names:
        return []
    return [
        _("Without {names} no piece gets through: whoever is away needs a deputy.").format(
            names="、".join(sorted(names.values()))
        )
    ]


def signers(rounds: list[Plan]) -> dict[str, list[User]]:
    """Return the active members of each role that signs one of these rounds."""
    return {
        role: list(User.objects.holding(role).order_by("name"))
        for role in {plan.role for plan in rounds}
    }


def _seated(rounds: list[Plan], people: dict[str, list[User]]) -> dict[int, int]:
    """Give as many rounds as can be a person each, nobody two: round → person (a matching)."""
    holder: dict[int, int] = {}

    def seat(number: int, tried: set[int]) -> bool:
        for person in people[rounds[number].role]:
            if person.pk in tried:
                continue
            tried.add(person.pk)
            if person.pk not in holder or seat(holder[person.pk], tried):
                holder[person.pk] = number
                return True
        return False

    for number in range(len(rounds)):
        seat(number, set())
    return {number: person for person, number in holder.items()}
