"""A proposal as a person looks through it: pieces page by page, doubts beside the words."""

import re
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from articles.kinds import Credit as Deed
from articles.models import Correspondent
from issues.drafting import people_of, title_of
from issues.naming import Directory, NearMatch
from issues.proposals import Proposal
from issues.reading import Piece, ReadingWarning, Titles
from issues.reading.pieces import GAP_MARK, TITLE_PARTS

LABELS = {
    "column_label": _("column label"),
    "kicker": _("kicker"),
    "headline": _("headline"),
    "deck": _("deck"),
}
# What a person must look at; the rest tells what the reader did by itself.
GRAVE = frozenset(
    "text_lost opening_lost ending_lost jump_unmatched body_missing headline_missing "
    "damaged_character name_unsure".split()
)


@dataclass(frozen=True)
class Note:
    """A warning; ``grave`` ones ask for a person."""

    warning: ReadingWarning

    @property
    def grave(self) -> bool:
        """Whether something is lost or undecided."""
        return self.warning.code in GRAVE

    @property
    def message(self) -> str:
        """What it says."""
        return self.warning.message


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, its warnings beside it. ``at`` counts from 0."""

    at: int
    text: str
    notes: list[Note]
    is_heading: bool = False

    @property
    def parts(self) -> list[tuple[str, bool]]:
        """The text in runs; True marks a place where characters are missing."""
        runs = re.split(f"({re.escape(GAP_MARK)})", self.text)
        return [(run, run == GAP_MARK) for run in runs if run]


@dataclass(frozen=True)
class Person:
    """Somebody named, and whom the name means."""

    role: str
    name: str
    did: str
    known: Correspondent | None
    near: list[NearMatch]
    decided: bool

    @property
    def deed(self) -> str:
        """What they did, in a word."""
        return str(Deed(self.did).label)


@dataclass(frozen=True)
class Strip:
    """One piece of the proposal. ``at`` counts from 0 through the whole edition."""

    at: int
    piece: Piece
    left_out: bool
    people: list[Person]

    @property
    def anchor(self) -> str:
        """Where the page jumps to after a mend."""
        return f"piece-{self.at}"

    @property
    def title(self) -> str:
        """What it is called."""
        return title_of(self.piece)

    @property
    def title_parts(self) -> list[tuple[str, str, str]]:
        """Each part as name, label and text, in the order they print; also those not there."""
        return [(name, LABELS[name], getattr(self.piece, name) or "") for name in TITLE_PARTS]

    @property
    def alternatives(self) -> list[tuple[int, list[tuple[str, str]]]]:
        """Other readings of the titles, each as labels and texts."""
        return [(at, _labelled(titles)) for at, titles in enumerate(self.piece.alternatives)]

    @cached_property
    def paragraphs(self) -> list[Paragraph]:
        """The text, with the warnings of each paragraph."""
        return [
            Paragraph(
                at,
                text,
                [Note(w) for w in self.piece.warnings if w.paragraph == at],
                is_heading=at in self.piece.headings,
            )
            for at, text in enumerate(self.piece.paragraphs)
        ]

    @property
    def notes(self) -> list[Note]:
        """Warnings about the piece as a whole."""
        there = range(len(self.piece.paragraphs))
        return [Note(w) for w in self.piece.warnings if w.paragraph not in there]

    @property
    def characters(self) -> int:
        """How long it is, as newspapers count."""
        return sum(not char.isspace() for text in self.piece.paragraphs for char in text)

    @property
    def doubtful(self) -> bool:
        """Whether a person should look at it before it is imported."""
        warned = any(Note(warning).grave for warning in self.piece.warnings)
        return warned or any(person.near for person in self.people)

    @property
    def gap_count(self) -> int:
        """In how many places text is certainly missing."""
        lost = ("text_lost", "opening_lost", "ending_lost")
        return sum(warning.code in lost for warning in self.piece.warnings)


def _labelled(titles: Titles) -> list[tuple[str, str]]:
    return [(LABELS[name], text) for name in TITLE_PARTS if (text := getattr(titles, name))]


class Galley:
    """A whole proposal, page by page; asks for the correspondents once."""

    def __init__(self, proposal: Proposal):
        self.proposal = proposal
        self._directory = Directory(proposal.names)
        self.strips = [self._strip(at, piece) for at, piece in enumerate(proposal.pieces)]
        self.notes = [Note(warning) for warning in proposal.edition.warnings]

    def _strip(self, at: int, piece: Piece) -> Strip:
        people = [
            Person(
                role,
                name,
                did,
                self._directory.find(name),
                self._directory.near(name),
                name in self.proposal.names,
            )
            for role, name, did in people_of(piece)
        ]
        return Strip(at, piece, at in self.proposal.left_out, people)

    @property
    def pages(self) -> list[tuple[int, str, list[Strip]]]:
        """Numbers and names of the pages, with their pieces in order."""
        names = {head.number: head.name for head in self.proposal.edition.pages}
        numbers = sorted(names | {strip.piece.page: "" for strip in self.strips})
        return [
            (number, names.get(number, ""), [s for s in self.strips if s.piece.page == number])
            for number in numbers
        ]

    @property
    def kept(self) -> int:
        """How many pieces would be imported."""
        return len(self.strips) - len(self.proposal.left_out)

    @property
    def doubtful(self) -> list[Strip]:
        """The pieces a person should look at."""
        return [strip for strip in self.strips if strip.doubtful and not strip.left_out]
