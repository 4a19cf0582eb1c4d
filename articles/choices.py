"""Places that two people changed, and whatever lies between two contents, as pages show them."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from articles.comparing import Place, marked, places
from articles.kinds import ANY_KIND, Credit, Kind
from articles.markup import blocks, paragraphs
from articles.merging import Content, Overlap
from articles.models import Article, Correspondent, Section, Tag
from articles.reconciling import as_json
from articles.revisions import ATTACHMENTS, BYLINES, PHOTOS, ROWS
from newsroom.people.models import User
from newsroom.people.permissions import works_in_newsroom

# Words of a form that a signature does not cover.
BESIDE = ("unit_head", "slug", "tags")
_KNOWN = re.compile(r"(\d{1,12})\|")


@dataclass(frozen=True)
class Choice:
    """A place to choose at: what each has there, marked against what both began from."""

    number: int
    place: Overlap
    label: str
    mine: tuple[tuple[str, str, str], ...]
    theirs: tuple[tuple[str, str, str], ...]

    @property
    def kept(self) -> str:
        """The place as the page keeps it until it comes back with a choice."""
        return as_json(self.place)

    @property
    def takes_both(self) -> bool:
        """Say whether both can stand one after the other: paragraphs of a text can."""
        return self.place.kind == "text" and bool(self.place.mine and self.place.theirs)

    @property
    def is_file(self) -> bool:
        """Say whether a file is asked for again: a browser does not send it twice."""
        return self.place.part == "file"

    @property
    def gone(self) -> tuple[bool, bool]:
        """Say whether I, or the other, took it out."""
        return not self.place.mine, not self.place.theirs

    @property
    def looks_alike(self) -> bool:
        """Say whether the words are the same and only their type differs."""
        return self.mine == self.theirs


def choices(overlaps: list[Overlap], merged: Content, *, by: User) -> list[Choice]:
    """Return the places to choose at, in the order of the form."""
    naming = _Naming(merged, overlaps, by)
    return [_choice(number, place, naming) for number, place in enumerate(overlaps)]


def _choice(number: int, place: Overlap, naming: "_Naming") -> Choice:
    mine, theirs, base = (
        naming.words(place, side) for side in (place.mine, place.theirs, place.base)
    )
    if not place.base:
        return Choice(
            number, place, naming.label(place), marked(theirs, mine), marked(mine, theirs)
        )
    return Choice(number, place, naming.label(place), marked(base, mine), marked(base, theirs))


class _Naming:
    """What places and values of a piece are called; asks the database for names once."""

    def __init__(self, merged: Content, overlaps: list[Overlap], by: User):
        self.merged = merged
        values = [row.get("who", "") for row in merged.rows.get(BYLINES, {}).values()]
        values += [side for place in overlaps for side in (place.mine, place.theirs, place.base)]
        self.people = _people(by, values)

    def label(self, place: Overlap) -> str:
        if place.kind == "text":
            before = paragraphs("".join(blocks(self.merged.body)[: place.at]))
            return _("Paragraph {number}").format(number=len(before) + 1)
        if place.kind == "field":
            return str(Article._meta.get_field(place.name).verbose_name)
        model = ROWS[place.name][0]
        if place.kind == "order":
            plural = model._meta.verbose_name_plural
            return _("{things}: order").format(things=str(plural).capitalize())
        return self._label_of_row(model, place)

    def _label_of_row(self, model, place: Overlap) -> str:
        keys = list(self.merged.rows.get(place.name, {}))
        number = keys.index(place.key) + 1 if place.key in keys else len(keys) + 1
        thing = _("{thing} {number}").format(
            thing=str(model._meta.verbose_name).capitalize(), number=number
        )
        if not place.part:
            return thing
        part = {"who": _("name"), "file": _("file")}.get(place.part)
        part = part or str(model._meta.get_field(place.part).verbose_name)
        return _("{thing}: {part}").format(thing=thing, part=part)

    def words(self, place: Overlap, value: str) -> str:
        """Return a value as a person reads it."""
        if place.kind == "text":
            return "\n".join(paragraphs(value))
        if place.kind == "order":
            return "\n".join(self._called(place.name, key) for key in value.split())
        return self._of_part(place.part or place.name, value)

    def _called(self, kind: str, key: str) -> str:
        row = self.merged.rows[kind].get(key, {})
        if kind == BYLINES:
            return f"{row.get('role', '')} {self._of_part('who', row.get('who', ''))}".strip()
        return row.get("caption") or row.get("title") or key

    def _of_part(self, part: str, value: str) -> str:
        if part in ("who", BYLINES):
            return " / ".join(self.person(each) for each in value.split(" / "))
        naming = {
            "credit": lambda: dict(Credit.choices).get(value, value),
            "kind": lambda: dict(ANY_KIND).get(value, value),
            "section": lambda: _names(Section, value),
            "tags": lambda: _names(Tag, value),
        }
        return str(naming.get(part, lambda: value)())

    def person(self, value: str) -> str:
        known, bar, name = value.partition("|")
        return name or self.people.get(known, "") if bar else value


def _names(model, keys: str) -> str:
    numbers = [int(key) for key in keys.split() if key.isdigit()]
    return "、".join(map(str, model.objects.filter(pk__in=numbers)))


# Two contents


def between(old: Content, new: Content, *, by: User) -> list[Place]:
    """Return the places in which two contents differ; what one does not know counts as equal.

    Correspondents are called by name only as far as ``by``, who reads it, could choose them.
    """
    rows = [row for each in (old, new) for row in each.rows.get(BYLINES, {}).values()]
    people = _people(by, [row.get("who", "") for row in rows])
    one, other = _covered(old, new, people), _covered(new, old, people)
    found = [place for place in places(one, other) if not place.same]
    for name in BESIDE:
        pair = [_beside(each, fallback, name) for each, fallback in ((old, new), (new, old))]
        if pair[0] != pair[1]:
            label = str(Article._meta.get_field(name).verbose_name).capitalize()
            found.append(Place(name, label, *pair, marked(*pair)))
    return found


def _beside(content: Content, other: Content, name: str) -> str:
    value = content.fields.get(name, other.fields.get(name, ""))
    return _names(Tag, value) if name == "tags" else value


def _people(by: User, values: list[str]) -> dict[str, str]:
    """Return the names of the correspondents that some values name, by number."""
    known = {int(number) for each in values for number in _KNOWN.findall(each)}
    within = Correspondent.objects
    within = within.all() if works_in_newsroom(by) else within.known_to(by)
    return {str(key): person.name for key, person in within.in_bulk(known).items()}


def _covered(content: Content, other: Content, people: dict[str, str]) -> dict:
    """Return a content as ``articles.sealing.covered`` would; gaps are filled from another."""
    told = dict.fromkeys(("column_label", "dateline", "source"), "")
    told |= other.fields | content.fields
    kind = told.get("kind", "")
    return told | {
        "kind": kind if kind in dict(ANY_KIND) else Kind.NEWS,
        "section_name": _names(Section, told.get("section", "")),
        "body": content.body,
        "bylines": [_byline(row, people) for row in content.rows.get(BYLINES, {}).values()],
        "photos": [_photo(row) for row in _with_files(PHOTOS, content, other)],
        "attachments": [_attachment(row) for row in _with_files(ATTACHMENTS, content, other)],
    }


def _with_files(kind: str, content: Content, other: Content) -> list[dict]:
    """Return rows with their files: a form posts only those that are new."""
    known = other.rows.get(kind, {})
    rows = content.rows.get(kind, known)
    return [{"file": known.get(key, {}).get("file", "")} | row for key, row in rows.items()]


def _byline(row: dict, people: dict[str, str]) -> list:
    known, _bar, name = row.get("who", "").partition("|")
    credit = row.get("credit", "")
    return [
        known,
        name or people.get(known, ""),
        row.get("role", ""),
        credit if credit in Credit.values else Credit.TEXT,
    ]


def _photo(row: dict) -> list:
    words = [row.get(name, "") for name in ("file", "caption", "credit", "alternative_text")]
    return words + ([row["video_url"]] if row.get("video_url") else [])


def _attachment(row: dict) -> list:
    digest, _dot, kind = row["file"].rpartition(".")
    return [digest, kind, row.get("title", "")]
