"""What a check of an issue reads: the issue, its pages and its pieces as they would go out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from articles.checklist import Words
from issues.dryrun.prints import Print


@dataclass(frozen=True)
class Piece:
    """A piece as it would go out: sealed as it was signed, otherwise as it stands now."""

    title: str
    page: int
    article: Any = None
    words: Words = field(default_factory=Words)
    is_lead: bool = False
    dateline: str = ""
    status: str = ""
    is_sealed: bool = True
    lost_signature: bool = False
    is_withdrawn: bool = False
    is_held: bool = False
    comes_elsewhere: bool = False
    has_newer: bool = False

    @cached_property
    def print(self) -> Print:
        """Its text as it is compared with others."""
        return Print("".join(self.words.paragraphs))

    @property
    def reads(self) -> list[str]:
        """Everything in it that is read as text: dateline, headline, paragraphs, captions."""
        captions = (picture.caption for picture in self.words.pictures)
        head = (self.dateline, self.words.headline.replace("|", ""))
        return [text for text in (*head, *self.words.paragraphs, *captions) if text]


@dataclass(frozen=True)
class Leaf:
    """A page of the issue; ``taken`` and ``budget`` are characters, photos counted as such."""

    number: int
    name: str
    taken: int = 0
    budget: int | None = None


@dataclass(frozen=True)
class Past:
    """A piece that has been printed, or is about to be: its title, its day, its text.

    ``near`` are the places of the pieces of the issue that it is worth comparing with, if known.
    """

    title: str
    day: date
    print: Print
    article: Any = None
    near: frozenset[int] | None = None

    def is_near(self, place: int) -> bool:
        """Say whether it is worth comparing with the piece at a place among the issue's."""
        return self.near is None or place in self.near


@dataclass(frozen=True)
class Facts:
    """What is known of an issue. One that is fetched has the same names, each asked for once."""

    day: date
    title: str = ""
    number: int | None = None
    coming_number: int | None = 1
    takes_number: bool = True
    combines: int = 1
    planned_day: date | None = None
    pieces: tuple[Piece, ...] = ()
    left_out: tuple[Piece, ...] = ()
    pages: tuple[Leaf, ...] = ()
    errata: tuple[tuple[str, int], ...] = ()
    open_before: tuple[str, ...] = ()
    number_before: tuple[int, date] | None = None
    number_after: tuple[int, date] | None = None
    numbers: Mapping[int, date] = field(default_factory=dict)
    past: tuple[Past, ...] = ()
    hosts: frozenset[str] = frozenset()
    unanswered: Mapping[str, str] = field(default_factory=dict)
    tried: Mapping[str, Any] = field(default_factory=dict)
    unready: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Found:
    """What a check found: a sentence, the piece and page it is about, the field to mend it in.

    ``detail`` tells two findings of one check about one piece apart, today and tomorrow.
    """

    sentence: str
    piece: Piece | None = None
    page: int | None = None
    detail: str = ""
    field: str = ""
    other: Any = None


def about(piece: Piece, sentence: str, **more) -> Found:
    """Return what was found in a piece; ``{title}`` in the sentence is its title."""
    facts = {name: more.pop(name) for name in list(more) if name not in _OWN}
    said = sentence.format(title=piece.title, **facts)
    return Found(said, piece, piece.page, **more)


_OWN = ("detail", "field", "other")
