"""What reading an edition yields: pages, pieces, people, warnings. Plain data, all frozen."""

import hashlib
from dataclasses import asdict, dataclass, field, fields, replace

from django.utils.translation import gettext_lazy as _

from .characters import fold

KINDS = ("news", "brief", "feature", "notice", "photo_story", "correction_notice")
TITLE_PARTS = ("column_label", "kicker", "headline", "deck")
# Stands in a paragraph where characters of the original are certainly missing.
GAP_MARK = "〔此处缺文〕"

_MESSAGES = {
    "folio": _("Masthead or page-foot line, not part of any piece: “%(quote)s”."),
    "page_number": _("Page-number line left out: “%(quote)s”."),
    "separator": _("Ornamental line left out: “%(quote)s”."),
    "guide": _("A pointer to another page, not a piece: “%(quote)s”."),
    "page_renumbered": _("Page “%(quote)s” repeats a page number and was given the next one."),
    "text_lost": _("Text is missing here: “%(quote)s”. Compare with the printed page."),
    "opening_lost": _("The paragraph begins in the middle of a sentence: “%(quote)s”."),
    "ending_lost": _("The paragraph breaks off: “%(quote)s”."),
    "rejoined": _("A paragraph broken by a column was joined at “%(quote)s”."),
    "overlap": _("Printed twice where two columns meet, kept once: “%(quote)s”."),
    "jump": _("The piece runs over two pages: “%(quote)s”."),
    "jump_unmatched": _("The other half of this piece was not found: “%(quote)s”."),
    "repeated_title": _("Title repeated on the continuation page: “%(quote)s”."),
    "headline_detached": _("This headline stood apart from its text: “%(quote)s”."),
    "headline_missing": _("The piece has no headline."),
    "body_missing": _("Only a title was found, no text: “%(quote)s”."),
    "title_unsure": _("The title lines can be read in more than one way."),
    "heading_unsure": _(
        "Kept as a subheading; it could be the title of another piece: “%(quote)s”."
    ),
    "name_unsure": _("The names cannot be told apart with certainty: “%(quote)s”."),
    "damaged_character": _("Unreadable characters stand in the text: “%(quote)s”."),
}
# Warnings whose quotation is found nowhere else: the reader left these words out of the pieces.
SET_ASIDE = frozenset({"folio", "page_number", "separator", "guide", "overlap", "repeated_title"})


@dataclass(frozen=True)
class ReadingWarning:
    """Something a person should look at; `paragraph` counts from 0 within the piece."""

    code: str
    quote: str = ""
    paragraph: int | None = None

    @property
    def message(self):
        """The warning as a sentence in the reader's language."""
        return str(_MESSAGES[self.code]) % {"quote": self.quote}


@dataclass(frozen=True)
class Credit:
    """A person (or an institution giving a picture), as named in print, and what they did."""

    role: str
    name: str
    does: tuple[str, ...] = ("text",)
    raw: str = ""

    @property
    def writes(self):
        """Whether the person wrote."""
        return "text" in self.does

    @property
    def photographs(self):
        """Whether the person took, drew or gave the picture."""
        return "photo" in self.does


@dataclass(frozen=True)
class Caption:
    """The text under a picture; `credit` is printed with it, `mark` is 图①, ▲ or nothing."""

    mark: str
    text: str
    credit: str = ""


@dataclass(frozen=True)
class PageHead:
    """A page of the edition; `number` is unique, `label` is as printed (A02)."""

    number: int
    name: str = ""
    label: str = ""
    raw: str = ""


@dataclass(frozen=True)
class Titles:
    """One way of reading title lines."""

    kicker: str | None = None
    headline: str | None = None
    deck: str | None = None
    column_label: str | None = None

    def parts(self):
        """Give the parts that are there, in the order they print."""
        return [part for name in TITLE_PARTS if (part := getattr(self, name))]


@dataclass(frozen=True)
class Piece:
    """One article, brief, notice or photo story.

    `lifted` holds, in order, the printed words that became fields: byline lines, datelines,
    credits, marks. With titles, paragraphs and captions it accounts for every character.
    `headings` are the indexes of the paragraphs that are subheadings.
    `label_shared`: the column label is printed over an earlier piece and holds for this one too.
    """

    page: int = 1
    kind: str = "news"
    kicker: str | None = None
    headline: str | None = None
    deck: str | None = None
    column_label: str | None = None
    dateline: str | None = None
    source: str | None = None
    bylines: tuple[Credit, ...] = ()
    photo_credits: tuple[Credit, ...] = ()
    captions: tuple[Caption, ...] = ()
    paragraphs: tuple[str, ...] = ()
    warnings: tuple[ReadingWarning, ...] = ()
    alternatives: tuple[Titles, ...] = ()
    corrects: dict | None = None
    lifted: tuple[str, ...] = ()
    label_shared: bool = False
    headings: tuple[int, ...] = ()

    @property
    def titles(self):
        """The title parts together."""
        return Titles(self.kicker, self.headline, self.deck, self.column_label)

    @property
    def fingerprint(self):
        """A stable hash of the content, blind to white space, page and punctuation width."""
        people = [f"{credit.role}{credit.name}" for credit in self.bylines + self.photo_credits]
        captions = [f"{caption.text}{caption.credit}" for caption in self.captions]
        parts = [
            *(getattr(self, name) or "" for name in (*TITLE_PARTS, "dateline", "source")),
            *("\x1e", *people, "\x1e", *captions, "\x1e", *self.paragraphs),
        ]
        content = "\x1f".join(map(fold, parts))
        return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()

    def to_dict(self):
        """Give everything as JSON-ready values; `from_dict` is the way back."""
        return {item.name: _plain(getattr(self, item.name)) for item in fields(self)}

    @classmethod
    def from_dict(cls, values):
        """Rebuild a piece from what `to_dict` gave, or from its JSON."""
        return cls(**{key: _REVIVE.get(key, lambda value: value)(values[key]) for key in values})

    def as_json(self):
        """Give the piece as the import's dry run prints it."""
        people = {
            name: [{"role": credit.role, "name": credit.name} for credit in getattr(self, name)]
            for name in ("bylines", "photo_credits")
        }
        plain = self.to_dict()
        warnings = [warning_as_json(warning) for warning in self.warnings]
        return plain | people | {"warnings": warnings, "fingerprint": self.fingerprint}


@dataclass(frozen=True)
class Edition:
    """A whole edition as read."""

    pages: tuple[PageHead, ...] = ()
    pieces: tuple[Piece, ...] = ()
    warnings: tuple[ReadingWarning, ...] = field(default=())

    def as_json(self):
        """Give the edition as the import's dry run prints it."""
        return {
            "pages": [{"number": page.number, "name": page.name} for page in self.pages],
            "articles": [piece.as_json() for piece in self.pieces],
            "warnings": [warning_as_json(warning) for warning in self.warnings],
        }

    def to_dict(self):
        """Give everything as JSON-ready values; `from_dict` is the way back."""
        return {
            "pages": [asdict(page) for page in self.pages],
            "pieces": [piece.to_dict() for piece in self.pieces],
            "warnings": [asdict(warning) for warning in self.warnings],
        }

    @classmethod
    def from_dict(cls, values):
        """Rebuild an edition from what `to_dict` gave, or from its JSON."""
        return cls(
            pages=tuple(PageHead(**page) for page in values["pages"]),
            pieces=tuple(Piece.from_dict(piece) for piece in values["pieces"]),
            warnings=_revive_all(ReadingWarning)(values["warnings"]),
        )


def warning_as_json(warning):
    """Give a warning with its sentence in the reader's language."""
    return {
        "code": warning.code,
        "message": warning.message,
        "paragraph": warning.paragraph,
        "quote": warning.quote,
    }


def renumber(warning, shift):
    """Move a warning by some paragraphs."""
    if warning.paragraph is None:
        return warning
    return replace(warning, paragraph=warning.paragraph + shift)


def _plain(value):
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if hasattr(value, "__dataclass_fields__"):
        return {key: _plain(item) for key, item in vars(value).items()}
    return value


def _revive_all(kind):
    return lambda values: tuple(kind(**value) for value in values)


def _revive_credits(values):
    return tuple(Credit(**value | {"does": tuple(value["does"])}) for value in values)


_REVIVE = {
    "bylines": _revive_credits,
    "photo_credits": _revive_credits,
    "captions": _revive_all(Caption),
    "warnings": _revive_all(ReadingWarning),
    "alternatives": _revive_all(Titles),
    "paragraphs": tuple,
    "lifted": tuple,
    "headings": tuple,
}
