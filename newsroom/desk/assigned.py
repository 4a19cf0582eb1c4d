"""Who is told of assignments: whoever is to write, whoever asked, whoever answers an offer."""

from collections.abc import Iterable
from dataclasses import replace

from issues.models import Assignment, AssignmentAct
from issues.permissions import may_answer_offer, may_see_assignment, may_take_up
from newsroom.desk import audiences
from newsroom.desk.kinds import Kind
from newsroom.desk.telling import Rule, Telling, apply
from newsroom.people.models import User


def writing(assignment: Assignment) -> Iterable[User]:
    """Who is to write it: who has begun, or of whom it was asked, by name or as a unit."""
    if assignment.taken_by or assignment.person:
        return [assignment.taken_by or assignment.person]
    people = audiences.active(User.objects.filter(unit=assignment.unit_id))
    return [person for person in people if may_take_up(person, assignment)]


def _writing(act):
    return writing(act.assignment)


def _asking(act):
    return [act.assignment.asked_by] if act.assignment.asked_by else []


def _offering(act):
    return [act.assignment.offered_by] if act.assignment.offered_by else []


def _answering(act):
    people = audiences.active(User.objects.filter(groups__isnull=False))
    return [person for person in people if may_answer_offer(person, act.assignment)]


RULES: dict[str, tuple[Rule, ...]] = {
    "assign": ((Kind.ASSIGNED, _writing),),
    "offer": ((Kind.ASSIGNED, _answering),),
    "accept_offer": ((Kind.ASSIGNED, _offering),),
    "decline_offer": ((Kind.ASSIGNED, _offering),),
    "take_up": ((Kind.ASSIGNED, _asking),),
    "answer_with": ((Kind.ASSIGNED, _asking),),
}
OTHERWISE: tuple[Rule, ...] = ((Kind.ASSIGNED, _writing), (Kind.ASSIGNED, _asking))


def of_act(act: AssignmentAct) -> list[Telling]:
    """Return whom an act on an assignment is told, each once."""
    facts = {"assignment": act.assignment, "hour": act.assignment.due_at}
    told = [replace(each, **facts) for each in apply(RULES.get(act.verb, OTHERWISE), act)]
    return [each for each in told if may_see_assignment(each.recipient, act.assignment)]


def of_late(assignment: Assignment) -> list[Telling]:
    """Return who is told that a piece was wanted by now: whoever writes it, whoever asked."""
    people = [*writing(assignment), *filter(None, [assignment.asked_by])]
    facts = {"assignment": assignment, "hour": assignment.due_at}
    return [
        Telling(person, Kind.ASSIGNED, **facts)
        for person in {person.pk: person for person in people}.values()
        if person.is_active and may_see_assignment(person, assignment)
    ]
