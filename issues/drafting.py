"""What a piece of an edition becomes: fields of an article, its bylines, photographs and gaps."""

from django.utils.translation import gettext as _

from articles.kinds import Credit, Kind
from articles.markup import from_paragraphs
from articles.models import Article, Byline, Correspondent, Gap, Photo, Section
from issues.naming import Directory
from issues.reading.pieces import Credit as PrintedCredit
from issues.reading.pieces import Piece

TEXTS = ("kicker", "headline", "deck", "column_label", "dateline", "source")
_GIVEN = "供图"  # a picture given, often by an office; an office is nobody's byline
_DEEDS = {
    frozenset({"text", "photo"}): Credit.BOTH,
    frozenset({"photo"}): Credit.PHOTO,
    frozenset({"video"}): Credit.VIDEO,
    frozenset({"editing"}): Credit.EDITING,
    frozenset({"text"}): Credit.TEXT,
}


def _room(model, field: str) -> int:
    return model._meta.get_field(field).max_length


def fields_of(piece: Piece) -> dict:
    """Return the fields of an article as the piece fills them, none longer than it may be."""
    texts = {name: (getattr(piece, name) or "")[: _room(Article, name)] for name in TEXTS}
    kind = piece.kind if piece.kind in Kind.values else Kind.NEWS
    body = from_paragraphs(list(piece.paragraphs), headings=piece.headings)
    return {"kind": kind, "body": body, **texts}


def section_for(piece: Piece, page_name: str, sections: list[Section]) -> Section | None:
    """Propose a section: the one its column label or its page is named after, else the first.

    A person may choose another; a piece without any could not be handed in.
    """
    for name in (piece.column_label or "", page_name):
        found = next((section for section in sections if section.name == name), None)
        if found:
            return found
    return sections[0] if sections else None


def opening_of(piece: Piece) -> str:
    """Return how its text begins."""
    return next((text for text in piece.paragraphs if text.strip()), "")


def title_of(piece: Piece) -> str:
    """Return what the piece is called in a report: its headline, or how it begins."""
    opening = opening_of(piece)
    return piece.headline or (opening[:18] + "……" if opening else piece.kicker or _("Untitled"))


def gaps_of(piece: Piece) -> list[Gap]:
    """Return the warnings of the reading as rows that wait for a person, and what was cut."""
    found = [
        Gap(
            code=warning.code,
            message=warning.message,
            paragraph=warning.paragraph,
            quote=warning.quote,
        )
        for warning in piece.warnings
    ]
    return found + [
        Gap(
            code="cut",
            message=_("Too long for its field; the whole of it is kept here."),
            quote=text,
        )
        for text in _overlong(piece)
    ]


def _overlong(piece: Piece) -> list[str]:
    texts = [(getattr(piece, name) or "", _room(Article, name)) for name in TEXTS]
    texts += [(_caption(caption), _room(Photo, "caption")) for caption in piece.captions]
    return [text for text, room in texts if len(text) > room]


def people_of(piece: Piece) -> list[tuple[str, str, Credit]]:
    """Return (role, name, deed) of everybody named, photographers after writers.

    Who wrote and photographed stands once. Offices that gave a picture stand in its credit only.
    """
    people = {}
    for printed in (*piece.bylines, *piece.photo_credits):
        if _gave(printed) or printed.name in people:
            continue
        deed = _DEEDS.get(frozenset(printed.does), Credit.TEXT)
        people[printed.name] = (printed.role, printed.name, deed)
    return list(people.values())


def _gave(printed: PrintedCredit) -> bool:
    return not printed.writes and _GIVEN in (printed.role, printed.raw[-2:])


def bylines_of(piece: Piece, directory: Directory, *, create: bool) -> list[Byline]:
    """Return the bylines; ``create`` makes correspondents of unknown names of our own pieces."""
    found = []
    for position, (role, name, deed) in enumerate(people_of(piece)):
        person = _correspondent(name, directory, create=create and not piece.source)
        printed = "" if person else name[: _room(Byline, "name")]
        role = role[: _room(Byline, "role")]
        found.append(
            Byline(correspondent=person, name=printed, role=role, credit=deed, position=position)
        )
    return found


def _correspondent(name: str, directory: Directory, *, create: bool) -> Correspondent | None:
    known = directory.find(name)
    if known or not create or name in directory.decided or directory.near(name):
        return known
    return directory.add(name)


def photos_of(piece: Piece) -> list[Photo]:
    """Return a photograph without a file for each caption, or one for credits without any."""
    uncredited = _credit_line(piece)
    captions = [(_caption(caption), caption.credit or uncredited) for caption in piece.captions]
    if not captions and uncredited:
        captions = [("", uncredited)]
    return [
        Photo(
            caption=text[: _room(Photo, "caption")],
            credit=credit[: _room(Photo, "credit")],
            position=position,
        )
        for position, (text, credit) in enumerate(captions)
    ]


def _caption(caption) -> str:
    return f"{caption.mark}{caption.text}" if caption.mark.startswith("图") else caption.text


def _credit_line(piece: Piece) -> str:
    """Return 梁序 摄 for the photographers whom no caption names."""
    named = "".join(caption.credit for caption in piece.captions)
    lines = [
        f"{printed.name} {_GIVEN if _gave(printed) else '摄'}"
        for printed in piece.photo_credits
        if printed.name not in named
    ]
    return "　".join(lines)
