"""What lies between two texts of a piece, place by place, for somebody who must judge it."""

import re
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from articles.differences import segments
from articles.kinds import Credit, Kind
from articles.markup import link_targets, paragraphs

# A number is one thing to a reader: 260 became 216, not 2[60→16].
_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|\s+|.", re.DOTALL)


@dataclass(frozen=True)
class Place:
    """One place of a piece in two texts; ``parts`` are (kind, old, new) as in ``differences``.

    ``kind`` is the field of a title or a word, or text, byline, photo; ``number`` is that of a
    paragraph in the new text, from 0.
    """

    kind: str
    label: str
    old: str
    new: str
    parts: tuple[tuple[str, str, str], ...]
    number: int | None = None

    @property
    def same(self) -> bool:
        """Say whether nothing changed here."""
        return self.old == self.new


def marked(old: str, new: str) -> tuple[tuple[str, str, str], ...]:
    """Return the differences of two strings, numbers kept whole."""
    if old == new:
        return (("equal", old, new),)
    cut = segments(_TOKEN.findall(old), _TOKEN.findall(new))
    return tuple((kind, "".join(before), "".join(after)) for kind, before, after in cut)


def places(old: dict, new: dict) -> list[Place]:
    """Compare all that a signature covers, as ``articles.sealing.covered`` returns it.

    ``section_name`` beside it says what its section is called. Whatever else differs, such as
    bold type, is told too: nobody signs a difference they were not shown.
    """
    both = (old, new)
    found = [_place(name, label, old[name], new[name]) for name, label in _labels().items()]
    found += _paragraphs(old["body"], new["body"])
    found += [
        _place("links", _("Links"), *("\n".join(link_targets(each["body"])) for each in both)),
        _place("byline", _("Bylines"), _names(old), _names(new)),
        *_photos(old, new),
        _place("note", _("Change note"), *(each.get("change_note", "") for each in both)),
        _place("kind", _("Kind"), *(str(Kind(each["kind"]).label) for each in both)),
        _place("section", _("Section"), *(each.get("section_name", "") for each in both)),
    ]
    if old != new and all(place.same for place in found):
        found.append(_place("other", _("Type and particulars"), _("as before"), _("changed")))
    told = [place for place in found if place.old or place.new]
    return [place for place in told if not place.same or place.kind not in QUIET]


# Shown only where they differ.
QUIET = {"links", "kind", "section", "note"}


def _labels() -> dict[str, str]:
    return {
        "kicker": _("Kicker"),
        "headline": _("Headline"),
        "deck": _("Deck"),
        "column_label": _("Column label"),
        "dateline": _("Dateline"),
        "source": _("Source"),
        "summary": _("Summary"),
    }


def _place(kind: str, label: str, old: str, new: str) -> Place:
    return Place(kind, label, old, new, marked(old, new))


def _paragraphs(old: str, new: str) -> list[Place]:
    """Pair the paragraphs of two texts: equal ones first, then those that stand between them."""
    before, after = paragraphs(old), paragraphs(new)
    paired = []
    for kind, olds, news in segments(before, after):
        width = max(len(olds), len(news))
        olds, news = olds + [""] * (width - len(olds)), news + [""] * (width - len(news))
        paired += zip(olds, news, strict=True) if kind != "equal" else zip(news, news, strict=True)
    found, number = [], 0
    for one, other in paired:
        label = _("Paragraph {number}") if other else _("After paragraph {number}")
        number += bool(other)
        place = _place("text", label.format(number=number), one, other)
        found.append(replace(place, number=number - 1) if other else place)
    return found


def _names(content: dict) -> str:
    return "　".join(
        f"{role} {name} · {Credit(credit).label}".strip()
        for _correspondent, name, role, credit in content["bylines"]
    )


def _photos(old: dict, new: dict) -> list[Place]:
    before, after = old["photos"], new["photos"]
    found = []
    for index in range(max(len(before), len(after))):
        one = before[index] if index < len(before) else None
        other = after[index] if index < len(after) else None
        label = _("Photo {number}").format(number=index + 1)
        found.append(_place("photo", label, _photo_words(one), _photo_words(other)))
        if one and other and one[0] != other[0]:
            found.append(_place("photo", label, _("picture as before"), _("another picture")))
    return found


def _photo_words(photo: list | None) -> str:
    if photo is None:
        return ""
    _digest, caption, credit, alternative = photo
    return " / ".join((caption or "—", credit or "—", alternative or "—"))
