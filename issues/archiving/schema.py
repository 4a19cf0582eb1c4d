"""Read what an archive tells without trusting it: only what an archive of ours can say is taken.

What has another shape, contradicts itself, or is not covered by its fingerprint is refused before
anything is looked up or written.
"""

import json
from collections import Counter
from typing import NoReturn

from django.utils.translation import gettext as _

from articles.kinds import Credit, FileKind, Kind
from articles.models import (
    Article,
    Correction,
    Correspondent,
    Section,
    Version,
    VersionAttachment,
    VersionByline,
    VersionPhoto,
    Withdrawal,
)
from articles.sealing import COVERED_WORDS, fingerprint
from issues.archiving import FORMAT, VERSION
from issues.archiving.gathering import PUBLIC, WITHDRAWN
from issues.archiving.shapes import (
    HIGHEST_KEY,
    Day,
    Keyed,
    Maybe,
    Moment,
    Number,
    Row,
    Several,
    Shape,
    Share,
    Text,
    WrongShapeError,
    Yes,
)
from issues.archiving.unpacking import MEGABYTE, Container, UnreadableArchiveError
from issues.models import Issue, Page, Placement
from newsroom.people.models import Unit

LARGEST = 32 * MEGABYTE  # of the data, which holds every text of an issue
MOST_PIECES = 1000


def _of(model, name: str) -> Text:
    """Return the shape of a field's words."""
    field = model._meta.get_field(name)
    choices = tuple(value for value, _label in field.flatchoices)
    return Text(field.max_length or 200_000, choices=choices)


KEY = Number(1, HIGHEST_KEY)
DIGEST = Text(64, pattern="[0-9a-f]{64}")
NAME = Text(150)
# Pieces are known again by the address of their site, so it is written in one way.
SITE = Text(200, pattern=r"https?://[A-Za-z0-9.:\[\]-]{1,150}(?:/[\w./~-]*[\w~-])?")
SIGNATURE = Shape(
    round=Text(12), seal=Text(1), position=Number(1, 99), name=NAME, on_behalf_of=NAME, at=Moment()
)
COVERS = Shape(
    kind=Text(18, choices=tuple(Kind.values)),
    section=Maybe(KEY),
    headline=_of(Version, "headline"),
    **{name: _of(Version, name) for name in COVERED_WORDS},
    change_note=_of(Version, "change_note"),
    bylines=Several(
        Row(
            Maybe(KEY),
            _of(VersionByline, "name"),
            _of(VersionByline, "role"),
            Text(10, choices=tuple(Credit.values)),
        )
    ),
    photos=Several(
        Row(
            DIGEST,
            _of(VersionPhoto, "caption"),
            _of(VersionPhoto, "credit"),
            _of(VersionPhoto, "alternative_text"),
            Text(300, pattern=r"https://[\x21-\x7e]+"),
            optional=1,
        )
    ),
    attachments=Several(
        Row(DIGEST, Text(4, choices=tuple(FileKind.values)), _of(VersionAttachment, "title"))
    ),
).may_lack("change_note", "attachments")
SIGNED = Shape(
    site=SITE,
    number=KEY,
    version=Number(1),
    fingerprint=DIGEST,
    basis=_of(Version, "basis"),
    note=_of(Version, "basis_note"),
    made_by=NAME,
    made_at=Moment(),
    sealed_at=Moment(),
    signatures=Several(SIGNATURE, 20),
)
CORRECTION = Shape(
    at=Moment(),
    wrong=_of(Correction, "wrong"),
    right=_of(Correction, "right"),
    note=_of(Correction, "note"),
    printed_where=_of(Correction, "printed_where"),
    drawn_up_by=NAME,
    signatures=Several(SIGNATURE, 20),
)
PHOTO = Shape(
    number=Number(1, 10**12 - 1),
    digest=DIGEST,
    width=Number(1, 20_000),
    height=Number(1, 20_000),
    focus=Row(Share(), Share()),
    photographer=Maybe(KEY),
)
PUT_UP_AGAIN = Shape(
    withdrawn_at=Moment(), at=Moment(), note=_of(Withdrawal, "public_note"), signed_by=NAME
)
PLACE = {
    "number": KEY,
    "page": Number(1, 999),
    "position": Number(0, 32_000),
    "weight": _of(Placement, "weight"),
}
WHOLE = Shape(
    **PLACE,
    state=Text(choices=(PUBLIC,)),
    title=Text(),
    breaks=_of(Article, "headline"),
    published_at=Maybe(Moment()),
    fingerprint=DIGEST,
    covers=COVERS,
    photos=Several(PHOTO),
    files=Several(
        Shape(digest=DIGEST, kind=Text(4, choices=tuple(FileKind.values)), size=Number(1))
    ),
    signed=SIGNED,
    notes=Several(Shape(at=Moment(), note=_of(Version, "change_note"))),
    corrections=Several(CORRECTION),
    put_up_again=Several(PUT_UP_AGAIN),
)
TOMBSTONE = Shape(
    **PLACE,
    state=Text(choices=(WITHDRAWN,)),
    site=SITE,
    origin=KEY,
    title=_of(Version, "headline"),
    published_at=Moment(),
    withdrawn_at=Moment(),
    public_note=_of(Withdrawal, "public_note"),
    signed_by=NAME,
)


def origin(piece: dict) -> tuple[str, int]:
    """Return where a piece was signed and its number there, by which it is known again."""
    if piece["state"] == WITHDRAWN:
        return piece["site"], piece["origin"]
    return piece["signed"]["site"], piece["signed"]["number"]


class Piece:
    """The shape of a piece: whole, or the tombstone of one that was withdrawn."""

    def check(self, value, at: str) -> dict:
        """Return what is told of it."""
        gone = isinstance(value, dict) and value.get("state") == WITHDRAWN
        return (TOMBSTONE if gone else WHOLE).check(value, at)


ARCHIVE = Shape(
    format=Text(choices=(FORMAT,)),
    version=Number(VERSION, VERSION),
    public=Yes(),
    site=Shape(
        address=SITE, paper=Text(40), place=Text(40), organiser=Text(80), publisher=Text(80)
    ),
    issue=Shape(
        date=Day(),
        sequence=Number(1, 99),
        number=Maybe(Number(1, 1_000_000)),
        kind=_of(Issue, "kind"),
        combines=Number(1, 99),
        title=_of(Issue, "title"),
        closed_at=Moment(),
        published_at=Moment(),
    ),
    pages=Several(Shape(number=Number(1, 999), name=_of(Page, "name"), format=Text(20))),
    sections=Keyed(
        Shape(
            name=_of(Section, "name"),
            slug=Text(40, pattern=r"[-a-zA-Z0-9_]+"),
            description=_of(Section, "description"),
            keywords=_of(Section, "keywords"),
            column_type=_of(Section, "column_type"),
        )
    ),
    correspondents=Keyed(Shape(name=_of(Correspondent, "name"), unit=_of(Unit, "name"))),
    pieces=Several(Piece(), MOST_PIECES),
)


def read(container: Container) -> dict:
    """Return what an archive tells, each value of its shape and in accord with the others.

    Beside what ``ARCHIVE`` describes, ``told`` is the data as it stands in the file. Raises
    UnreadableArchiveError.
    """
    if "issue.json" not in container:
        _refuse("issue.json")
    data = _loaded(container.read("issue.json", LARGEST))
    _demand_readable(data)
    try:
        record = ARCHIVE.check(data, "issue")
        _demand_accord(record)
    except WrongShapeError as wrong:
        _refuse(str(wrong))
    for raw, piece in zip(data["pieces"], record["pieces"], strict=True):
        if piece["state"] == PUBLIC:
            _demand_covered(raw, piece)
            _demand_files(piece, container)
    return record | {"told": data}


def _loaded(content: bytes):
    try:
        return json.loads(
            content.decode(), parse_constant=_no_number, object_pairs_hook=_without_doubles
        )
    except (ValueError, RecursionError):
        _refuse("issue.json")


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def _without_doubles(pairs: list[tuple]) -> dict:
    """Refuse an object that says one thing twice: readers would not agree which counts."""
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError
    return made


def _demand_readable(data) -> None:
    """Refuse, each in its own words, other files, newer formats, and issues not published."""
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        _refuse("format")
    version = data.get("version")
    if type(version) is int and version > VERSION:
        raise UnreadableArchiveError(
            _(
                "This archive was made by a newer version of the program (format {version}). "
                "Update this one, then restore it."
            ).format(version=version if version < 10_000 else "…")
        )
    if data.get("public") is False:
        raise UnreadableArchiveError(
            _(
                "This archive was made before the issue was published. "
                "Only what residents have read is restored without new signatures."
            )
        )


def _demand_accord(record: dict) -> None:
    """Refuse data in which one thing contradicts another."""
    issue, pieces = record["issue"], record["pieces"]
    pages = [page["number"] for page in record["pages"]]
    whole = [piece for piece in pieces if piece["state"] == PUBLIC]
    leads = [piece["page"] for piece in pieces if piece["weight"] == Placement.Weight.LEAD]
    once = {
        "pages": pages,
        "pieces.number": [piece["number"] for piece in whole],
        "pieces.position": [(piece["page"], piece["position"]) for piece in pieces],
        "pieces.weight": leads,
        "pieces.signed": [origin(piece) for piece in pieces],
        "sections.name": [section["name"] for section in record["sections"].values()],
        "sections.slug": [section["slug"] for section in record["sections"].values()],
    }
    for place, values in once.items():
        if any(times > 1 for times in Counter(values).values()):
            raise WrongShapeError(place)
    number, kind = issue["number"], issue["kind"]
    combined = kind == Issue.Kind.COMBINED
    accords = {
        "issue.number": number is not None or kind == Issue.Kind.EXTRA,
        "issue.combines": (issue["combines"] > 1) is combined,
        "pieces": bool(whole),
        "pieces.page": {piece["page"] for piece in pieces} <= set(pages),
        "sections": all(
            piece["covers"]["section"] in {None, *record["sections"]} for piece in whole
        ),
        "correspondents.name": all(each["name"] for each in record["correspondents"].values()),
    }
    for place, holds in accords.items():
        if not holds:
            raise WrongShapeError(place)


def _demand_covered(raw: dict, piece: dict) -> None:
    """Refuse a piece that is not what its fingerprint says, or whose lists do not fit."""
    shown = [photo["digest"] for photo in piece["photos"]]
    offered = [(file["digest"], file["kind"]) for file in piece["files"]]
    covers = piece["covers"]
    fits = (
        fingerprint(raw["covers"]) == piece["fingerprint"]
        and [photo[0] for photo in covers["photos"]] == shown
        and [(file[0], file[1]) for file in covers.get("attachments", [])] == offered
        and len({photo["number"] for photo in piece["photos"]}) == len(shown)
        and all(name for _key, name, _role, _credit in covers["bylines"])
        and piece["signed"]["basis"]
        and (covers["headline"] or covers["body"] or shown)
    )
    if not fits:
        raise UnreadableArchiveError(
            _("“{title}” is not as it was signed. Nothing of this file is restored.").format(
                title=piece["title"]
            )
        )


def _demand_files(piece: dict, container: Container) -> None:
    """Refuse a piece whose photographs or files are not in the archive."""
    wanted = [f"photos/{photo['digest']}.webp" for photo in piece["photos"]]
    wanted += [f"files/{file['digest']}.{file['kind']}" for file in piece["files"]]
    for name in wanted:
        if name not in container:
            raise UnreadableArchiveError(
                _("The archive is not whole: {name} is missing.").format(name=name)
            )


def _refuse(place: str) -> NoReturn:
    raise UnreadableArchiveError(
        _("This file says something that no archive of an issue says: {place}.").format(place=place)
    )
