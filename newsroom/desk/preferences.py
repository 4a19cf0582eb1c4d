"""How people want to be told: what everybody gets, and what each has chosen instead."""

from dataclasses import asdict

from django.db import transaction

from articles.permissions import sees_everything
from newsroom.desk.kinds import DEFAULTS, Choice, Kind, Rhythm
from newsroom.desk.models import NoticePreference
from newsroom.desk.watch.permissions import may_watch
from newsroom.people.models import User

# These ask for what a correspondent never does, or tell what they may not see.
OF_THE_NEWSROOM = (Kind.WAITING, Kind.OVERDUE, Kind.VOID, Kind.MISSED, Kind.RISK, Kind.CHECKED)
# What residents get is watched by who publishes, and who keeps the machines.
OF_WATCHERS = (Kind.ALARM,)


def kinds_for(person: User) -> list[Kind]:
    """Return the kinds that can concern a person, in the order of urgency."""
    newsroom = sees_everything(person)
    watcher = may_watch(person)
    return [
        kind
        for kind in Kind
        if (newsroom or kind not in OF_THE_NEWSROOM) and (watcher or kind not in OF_WATCHERS)
    ]


def choices_of(people: list[User]) -> dict[int, dict[Kind, Choice]]:
    """Return how each person wants to be told of each kind."""
    found = {person.pk: dict(DEFAULTS) for person in people}
    for chosen in NoticePreference.objects.filter(person__in=people, kind__in=Kind.values):
        found[chosen.person_id][Kind(chosen.kind)] = Choice(chosen.in_app, Rhythm(chosen.rhythm))
    return found


@transaction.atomic
def choose(person: User, chosen: dict[Kind, Choice]) -> None:
    """Keep what a person has chosen; what everybody gets anyway is no choice of theirs."""
    for kind, choice in chosen.items():
        own = NoticePreference.objects.filter(person=person, kind=kind)
        if choice == DEFAULTS[kind]:
            own.delete()
        else:
            NoticePreference.objects.update_or_create(
                person=person,
                kind=kind,
                defaults=asdict(choice),
            )
