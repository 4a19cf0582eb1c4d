"""An uploaded edition between reading and import: what was read, and what a person mends of it.

Every mend changes the stored proposal; the text as it came stays beside it. A mend names the
revision it was made on, so that two people never mend each other's pieces unseen.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date as Date  # noqa: N812 - "date" is what an issue has

import pghistory
from django.db import transaction
from django.utils.translation import gettext as _

from articles.kinds import Credit as Deed
from articles.kinds import Kind
from issues import permissions
from issues.importing import Report, digest_of, import_edition, may_import_into
from issues.models import EditionImport, Issue
from issues.reading import Credit, Edition, Piece, read_edition
from issues.reading.mending import choose_alternative, merge_pieces, move_title_part, split_piece
from issues.reading.pieces import TITLE_PARTS
from newsroom.people.models import User
from newsroom.people.verdicts import RefusalError, demand, first_objection

_DOES = {
    Deed.TEXT: ("text",),
    Deed.PHOTO: ("photo",),
    Deed.BOTH: ("text", "photo"),
    Deed.VIDEO: ("video",),
    Deed.EDITING: ("editing",),
}


@dataclass
class Proposal:
    """What would be imported: the pieces, which of them not, and whom names mean."""

    edition: Edition
    pieces: list[Piece]
    left_out: set[int] = field(default_factory=set)
    names: dict[str, int] = field(default_factory=dict)
    revision: int = 0

    @classmethod
    def of(cls, record: EditionImport) -> "Proposal":
        """Take a proposal out of its record."""
        stored = record.proposal
        edition = Edition.from_dict(stored["edition"])
        return cls(
            edition,
            list(edition.pieces),
            set(stored.get("left_out", [])),
            dict(stored.get("names", {})),
            stored.get("revision", 0),
        )

    def stored(self) -> dict:
        """Return it as its record keeps it."""
        return {
            "edition": replace(self.edition, pieces=tuple(self.pieces)).to_dict(),
            "left_out": sorted(self.left_out),
            "names": self.names,
            "revision": self.revision,
        }

    def kept(self) -> Edition:
        """Return the edition of the pieces that are to be imported."""
        kept = [piece for at, piece in enumerate(self.pieces) if at not in self.left_out]
        return replace(self.edition, pieces=tuple(kept))

    def set_aside(self) -> tuple[Piece, ...]:
        """Return the pieces that are not to be imported."""
        return tuple(self.pieces[at] for at in sorted(self.left_out))


def propose(
    text: str,
    *,
    by: User,
    date: Date,
    sequence: int = 1,
    number: int | None = None,
    file_name: str = "",
) -> EditionImport:
    """Read an edition and keep the reading for a person to mend.

    The same text that still waits for the same issue is taken up where it was left.
    """
    demand(permissions.may_plan(by))
    issue = Issue.objects.dated(date, sequence).select_related("release").first()
    if issue:
        demand(may_import_into(by, issue, number))
    edition = read_edition(text)
    demand(first_objection((not edition.pieces, _("No piece was found in this text."))))
    digest = digest_of(text, edition)
    with transaction.atomic(), pghistory.context(user=by.pk, verb="propose"):
        waiting = EditionImport.objects.select_for_update(no_key=True).filter(
            digest=digest, date=date, sequence=sequence, confirmed_at=None
        )
        record = waiting.first()
        if record is None:
            return EditionImport.objects.create(
                date=date,
                sequence=sequence,
                number=number,
                file_name=file_name[-200:],
                digest=digest,
                text=text,
                proposal=Proposal(edition, list(edition.pieces)).stored(),
                uploaded_by=by,
            )
        record.number = number or record.number
        record.save(update_fields=["number"])
        return record


def mend(record: EditionImport, verb: str, *, by: User, seen: int, **how) -> EditionImport:
    """Do one of ``MENDS`` to the proposal of revision ``seen``. Raises RefusalError."""
    with transaction.atomic(), pghistory.context(user=by.pk, verb=f"mend {verb}"):
        locked = _locked(record, by=by, seen=seen)
        proposal = Proposal.of(locked)
        try:
            MENDS[verb](proposal, **how)
        except (ValueError, IndexError):
            raise RefusalError(_("That cannot be done with this piece.")) from None
        proposal.revision += 1
        locked.proposal = proposal.stored()
        locked.save(update_fields=["proposal"])
    return locked


def confirm(
    record: EditionImport, *, by: User, seen: int, create_correspondents: bool = False
) -> Report:
    """Import what the proposal has become. Raises RefusalError."""
    with transaction.atomic():
        locked = _locked(record, by=by, seen=seen)
        proposal = Proposal.of(locked)
        return import_edition(
            proposal.kept(),
            by=by,
            date=locked.date,
            sequence=locked.sequence,
            number=locked.number,
            names=proposal.names,
            left_out=proposal.set_aside(),
            create_correspondents=create_correspondents,
            record=locked,
        )


def _locked(record: EditionImport, *, by: User, seen: int) -> EditionImport:
    demand(permissions.may_plan(by))
    locked = EditionImport.objects.select_for_update(no_key=True).get(pk=record.pk)
    demand(
        first_objection(
            (locked.confirmed_at is not None, _("This edition has been imported already.")),
            (
                locked.proposal.get("revision", 0) != seen,
                _("Somebody has changed the proposal since you opened it. Look again."),
            ),
        )
    )
    return locked


# Mends. ``at`` counts pieces from 0.


def _choose(proposal: Proposal, *, at: int, choice: int) -> None:
    """Take another reading of the titles."""
    proposal.pieces[at] = choose_alternative(proposal.pieces[at], choice)


def _move(proposal: Proposal, *, at: int, origin: str, target: str) -> None:
    """Move a part of the titles to another place."""
    proposal.pieces[at] = move_title_part(proposal.pieces[at], origin, target)


def _words(proposal: Proposal, *, at: int, kind: str, page: int, **titles: str) -> None:
    """Write the titles by hand, and say of what kind and on which page the piece is."""
    demand(first_objection((kind not in Kind.values, _("There is no such kind."))))
    parts = {name: titles[name].strip() or None for name in TITLE_PARTS}
    proposal.pieces[at] = replace(proposal.pieces[at], kind=kind, page=page, **parts)


def _split(proposal: Proposal, *, at: int, paragraph: int) -> None:
    """Cut a piece in two before a paragraph."""
    proposal.pieces[at : at + 1] = split_piece(proposal.pieces[at], paragraph)
    again = {at + 1} if at in proposal.left_out else set()
    proposal.left_out = {out + (out > at) for out in proposal.left_out} | again


def _merge(proposal: Proposal, *, at: int) -> None:
    """Append a piece to the one before it."""
    if at < 1:
        raise ValueError("The first piece has none before it")
    before = at - 1
    proposal.pieces[before : at + 1] = [merge_pieces(*proposal.pieces[before : at + 1])]
    both_out = {before, at} <= proposal.left_out
    others = proposal.left_out - {before, at}
    proposal.left_out = {out - (out > at) for out in others} | ({before} if both_out else set())


def _person(proposal: Proposal, *, at: int, was: str, name: str, role: str, did: str) -> None:
    """Put a name right, or what somebody did; without ``was`` add, without ``name`` remove."""
    piece = proposal.pieces[at]
    does = _DOES[Deed(did)]
    person = Credit(role.strip(), "".join(name.split()), does)
    writes, photographs = "photo" not in does or "text" in does, "photo" in does
    proposal.pieces[at] = replace(
        piece,
        bylines=_instead(piece.bylines, was, person if name.strip() and writes else None),
        photo_credits=_instead(
            piece.photo_credits,
            was,
            replace(person, does=("photo",)) if name.strip() and photographs else None,
        ),
    )


def _instead(people: tuple[Credit, ...], was: str, person: Credit | None) -> tuple[Credit, ...]:
    place = next((at for at, each in enumerate(people) if each.name == was), len(people))
    rest = [each for each in people if each.name != was]
    return tuple(rest[:place] + ([person] if person else []) + rest[place:])


def _decide(proposal: Proposal, *, at: int, name: str, correspondent: int) -> None:
    """Say whom a name means in all pieces: a correspondent, 0 for none of them, -1 undecided."""
    proposal.names.pop(name, None)
    if correspondent >= 0:
        proposal.names[name] = correspondent


def _leave_out(proposal: Proposal, *, at: int) -> None:
    """Do not import a piece; it stays in the proposal and in the report."""
    proposal.pieces[at]  # raises IndexError
    proposal.left_out.add(at)


def _take_in(proposal: Proposal, *, at: int) -> None:
    """Import a piece after all."""
    proposal.left_out.discard(at)


MENDS: dict[str, Callable[..., None]] = {
    "choose": _choose,
    "move": _move,
    "words": _words,
    "split": _split,
    "merge": _merge,
    "person": _person,
    "decide": _decide,
    "leave_out": _leave_out,
    "take_in": _take_in,
}
