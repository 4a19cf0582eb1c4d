"""Which correspondent a printed name means. What is only alike is for a person to decide."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from articles.models import Correspondent

# Of longer names one wrong character says little; of these it is a likely misreading.
_ALIKE = range(2, 5)


@dataclass(frozen=True)
class NearMatch:
    """A printed name, and a correspondent it may mean."""

    name: str
    correspondent: int
    known_as: str
    unit: str = ""

    def __str__(self):
        known = f"{self.known_as}（{self.unit}）" if self.unit else self.known_as
        return _("“{name}” could be {known}.").format(name=self.name, known=known)


def one_character_off(one: str, other: str) -> bool:
    """Say whether two names differ by one character changed, added or lost."""
    shorter, longer = sorted((one, other), key=len)
    if one == other or len(longer) - len(shorter) > 1:
        return False
    at = next((place for place, char in enumerate(shorter) if char != longer[place]), len(shorter))
    rest = shorter[at + 1 :] if len(shorter) == len(longer) else shorter[at:]
    return rest == longer[at + 1 :]


class Directory:
    """All correspondents by name, asked for once; and what a person decided about some names."""

    def __init__(self, decided: dict[str, int] | None = None):
        """Take decisions as printed name → key of a correspondent; 0 means none of them."""
        self.decided = decided or {}
        self.created: list[str] = []
        self._named: dict[str, list[Correspondent]] = defaultdict(list)
        for person in Correspondent.objects.select_related("unit"):
            self._named[person.name].append(person)
        self._known = {person.pk: person for people in self._named.values() for person in people}

    def find(self, name: str) -> Correspondent | None:
        """Return the correspondent a name means: the one chosen, or the only one so called."""
        if name in self.decided:
            return self._known.get(self.decided[name])
        people = self._named.get(name, [])
        return people[0] if len(people) == 1 else None

    def near(self, name: str) -> list[NearMatch]:
        """Return whom an undecided name may mean: namesakes, and people one character off."""
        if name in self.decided or self.find(name):
            return []
        alike = [
            person
            for known, people in self._named.items()
            if known == name
            or (len(name) in _ALIKE and len(known) in _ALIKE and one_character_off(name, known))
            for person in people
        ]
        return [NearMatch(name, person.pk, person.name, str(person.unit or "")) for person in alike]

    def add(self, name: str) -> Correspondent:
        """Make a correspondent of this name."""
        person = Correspondent.objects.create(name=name)
        self._named[name].append(person)
        self._known[person.pk] = person
        self.created.append(name)
        return person
