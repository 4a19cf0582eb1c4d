"""What lies between two texts of a piece, place by place, for somebody who must judge it."""

import re
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from articles.differences import segments
from articles.kinds import Credit, kind_label
from articles.markup import link_targets, paragraphs
from articles.pairing import Pair, aligned, pairs

# A number is one thing to a reader: 260 became 216, not 2[60→16].
_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|\s+|.", re.DOTALL)
_SENTENCE = re.compile(r"[^。！？；…\n]*[。！？；…\n]+[”’」』）]*|[^。！？；…\n]+")
# Characters of two texts beyond which whole sentences are paired first: the cost is their product.
LONG = 250_000


@dataclass(frozen=True)
class Place:
    """One place of a piece in two texts; ``parts`` are (kind, old, new) as in ``differences``.

    ``kind`` is the field of a title or a word, or text, byline, photo, attachment; ``number`` is
    that of a paragraph in the new text, from 0. ``came_from`` is the place, from 0, that a
    paragraph, photo or file had before, where it stands elsewhere now; ``pictures`` are the
    digests of a photo's two files where they differ, one of them empty where there was none.
    """

    kind: str
    label: str
    old: str
    new: str
    parts: tuple[tuple[str, str, str], ...]
    number: int | None = None
    came_from: int | None = None
    pictures: tuple[str, str] | None = None

    @property
    def same(self) -> bool:
        """Say whether nothing changed here."""
        return self.old == self.new and not self.moved and self.pictures is None

    @property
    def moved(self) -> bool:
        """Say whether it stands somewhere else now."""
        return self.came_from is not None


def marked(old: str, new: str) -> tuple[tuple[str, str, str], ...]:
    """Return the differences of two strings, numbers kept whole."""
    if old == new:
        return (("equal", old, new),)
    cut = _by_sentences(old, new) if len(old) * len(new) > LONG else _by_tokens(old, new)
    return tuple(cut)


def _by_tokens(old: str, new: str) -> list[tuple[str, str, str]]:
    cut = segments(_TOKEN.findall(old), _TOKEN.findall(new))
    return [(kind, "".join(before), "".join(after)) for kind, before, after in cut]


def _by_sentences(old: str, new: str) -> list[tuple[str, str, str]]:
    """Pair sentences first, then look into those that differ."""
    olds, news = _SENTENCE.findall(old), _SENTENCE.findall(new)
    found = []
    for one, other in aligned(olds, news):
        if one is None:
            found.append(("insert", "", news[other]))
        elif other is None:
            found.append(("delete", olds[one], ""))
        elif olds[one] == news[other]:
            found.append(("equal", olds[one], news[other]))
        else:
            found += _by_tokens(olds[one], news[other])
    return found


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
        *_attachments(old, new),
        _place("note", _("Change note"), *(each.get("change_note", "") for each in both)),
        _place("kind", _("Kind"), *(kind_label(each["kind"]) for each in both)),
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
    """Tell each paragraph of two texts: as it was, changed, put in, taken out, or moved."""
    before, after = paragraphs(old), paragraphs(new)
    return [_told(pair, before, after) for pair in pairs(before, after)]


def _told(pair: Pair, before: list[str], after: list[str]) -> Place:
    one = "" if pair.old is None else before[pair.old]
    if pair.new is None:
        label = _("After paragraph {number}").format(number=pair.after)
        return _place("text", label, one, "")
    label = _("Paragraph {number}").format(number=pair.new + 1)
    other, moved = after[pair.new], None
    if pair.moved:
        moved, labels = (
            pair.old,
            {
                True: _("Paragraph {number}, moved: it was {before}"),
                False: _("Paragraph {number}, moved and changed: it was {before}"),
            },
        )
        label = labels[one == other].format(number=pair.new + 1, before=pair.old + 1)
    place = replace(_place("text", label, one, other), number=pair.new, came_from=moved)
    if pair.moved and one == other:
        return replace(place, parts=(("moved", one, one),))
    return place


def _names(content: dict) -> str:
    return "　".join(
        f"{role} {name} · {Credit(credit).label}".strip()
        for _correspondent, name, role, credit in content["bylines"]
    )


def _photos(old: dict, new: dict) -> list[Place]:
    """Tell each photo: its file where that changed or moved, then its words."""
    before, after = old["photos"], new["photos"]
    found = []
    for pair in pairs([photo[0] for photo in before], [photo[0] for photo in after], alike=False):
        one, other = _at(before, pair.old), _at(after, pair.new)
        number = pair.after if pair.new is None else pair.new
        found += _picture(_("Photo {number}").format(number=number + 1), pair, one[0], other[0])
        found += [
            _place("photo", label.format(number=number + 1), *both)
            for label, *both in zip(_words_of_a_photo(), one[1:], other[1:], strict=True)
        ]
    return found


def _at(photos: list, number: int | None) -> list[str]:
    """Return a photo with a place for its video, which is covered only where there is one."""
    photo = [] if number is None else photos[number]
    return [*photo, *[""] * (5 - len(photo))]


def _words_of_a_photo() -> tuple[str, ...]:
    return (
        _("Photo {number}, caption"),
        _("Photo {number}, credit"),
        _("Photo {number}, alternative text"),
        _("Photo {number}, page of the video"),
    )


def _picture(label: str, pair: Pair, one: str, other: str) -> list[Place]:
    """Return the place of a file, where it is not the same at the same place."""
    if pair.moved:
        was = _("was photo {number}").format(number=pair.old + 1)
        return [Place("photo", label, was, was, (("moved", was, was),), came_from=pair.old)]
    if one == other:
        return []
    before = _("the picture as before") if one else ""
    now = (_("another picture") if one else _("a new picture")) if other else ""
    return [replace(_place("photo", label, before, now), pictures=(one, other))]


def _attachments(old: dict, new: dict) -> list[Place]:
    """Tell each attached file with its digest, which names its bytes."""
    before, after = old.get("attachments", []), new.get("attachments", [])
    found = []
    for pair in pairs([file[0] for file in before], [file[0] for file in after], alike=False):
        one = "" if pair.old is None else attachment_words(before[pair.old])
        other = "" if pair.new is None else attachment_words(after[pair.new])
        number = pair.after if pair.new is None else pair.new
        label = _("Attachment {number}").format(number=number + 1)
        if pair.moved:
            was = _("was attachment {number}").format(number=pair.old + 1)
            moved = (("moved", was, was),)
            found.append(Place("attachment", label, was, was, moved, came_from=pair.old))
        found.append(_place("attachment", label, one, other))
    return found


def attachment_words(file: list) -> str:
    """Return what stands for an attached file where it is signed or compared."""
    digest, kind, title = file
    return f"{title or '—'}.{kind}（{digest[:12]}）"
