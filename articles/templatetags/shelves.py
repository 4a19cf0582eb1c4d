"""How the indexes of names are put in order for readers."""

from itertools import groupby

from django import template
from django.utils.translation import pgettext

from articles.initials import OTHER, in_order, initial
from articles.models import Tag
from newsroom.people.models import Unit

register = template.Library()


@register.filter
def by_kind(tags) -> list[tuple[str, list]]:
    """Return tags by kind, places first, and within a kind by the letter they begin with."""
    found = []
    for kind in (Tag.Kind.PLACE, Tag.Kind.PERSON, Tag.Kind.TOPIC):
        some = sorted((tag for tag in tags if tag.kind == kind), key=_by_name)
        if some:
            found.append((kind.label, _by_initial(some)))
    return found


@register.filter
def by_unit(people) -> list[tuple[str, list]]:
    """Return people by the kind of their unit, and within it by the unit; others come last.

    Readers of a district paper know a writer by the street, the school, the bureau.
    """
    at_home = [person for person in people if person.unit]
    found = []
    for kind in Unit.Kind:
        some = [person for person in at_home if person.unit.kind == kind]
        some.sort(key=lambda person: (*in_order(person.unit.name), _by_name(person)))
        units = [(name, list(who)) for name, who in groupby(some, key=lambda p: p.unit.name)]
        found += [(kind.label, units)] if units else []
    alone = sorted((person for person in people if not person.unit), key=_by_name)
    if alone:
        found.append((pgettext("reader", "Without a unit"), _by_initial(alone)))
    return found


def _by_name(row) -> tuple:
    return in_order(row.name)


def _by_initial(rows) -> list[tuple[str, list]]:
    grouped = groupby(rows, key=lambda row: initial(row.name))
    other = pgettext("reader", "Others")
    return [(other if letter == OTHER else letter, list(some)) for letter, some in grouped]
