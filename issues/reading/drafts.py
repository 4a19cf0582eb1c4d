"""A piece while it is being put together from blocks."""

from dataclasses import dataclass, field, replace

from .bylines import with_default_roles
from .characters import bigrams
from .pieces import Caption, Credit, ReadingWarning
from .seams import Paragraph

_LEAD = 150


@dataclass(eq=False)
class Draft:
    """Collects a piece's blocks. `closed` once a signature, a credit or an inscription ends it."""

    page: int
    lines: list[str] = field(default_factory=list)
    decks: list[str] = field(default_factory=list)
    label: str | None = None
    label_shared: bool = False
    dateline: str | None = None
    source: str | None = None
    bylines: list[Credit] = field(default_factory=list)
    photo_credits: list[Credit] = field(default_factory=list)
    captions: list[Caption] = field(default_factory=list)
    body: list[Paragraph] = field(default_factory=list)
    lifted: list[str] = field(default_factory=list)
    warnings: list[ReadingWarning] = field(default_factory=list)
    closed: bool = False
    jump_to: int | None = None
    jump_from: int | None = None
    alone: int = 0
    _topic: set | None = None
    _named: set = field(default_factory=set)

    @property
    def titled(self):
        """Whether any title line stands over it."""
        return bool(self.lines or self.decks)

    @property
    def is_insert(self):
        """Whether it is a picture or a signed item set into somebody else's column."""
        return not self.lines and bool(self.photo_credits) and not self.bylines

    @property
    def lead(self):
        """The first words of the text."""
        text = ""
        for paragraph in self.body[:3]:
            text += paragraph.text[:_LEAD]
            if len(text) >= _LEAD:
                break
        return text[:_LEAD] or "".join(caption.text for caption in self.captions[:2])[:_LEAD]

    def topic(self):
        """Give the character pairs of the titles and the first paragraphs."""
        if self._topic is None:
            text = "，".join([*self.lines, *(item.text[:400] for item in self.body[:3])])
            self._topic = bigrams(text)
        return self._topic

    def credit(self, attribution, *, default="作者"):
        """File the people of a byline under writers, photographers or both."""
        for who in with_default_roles(attribution, default=default):
            if who.role == "编辑" and self.bylines:
                continue
            if who.writes:
                self._name("writer", who, self.bylines)
            if who.photographs:
                self._name("photographer", _as_photographer(who), self.photo_credits)
        self.source = self.source or attribution.source
        self.dateline = self.dateline or attribution.dateline
        if attribution.unsure:
            self.warnings.append(ReadingWarning("name_unsure", attribution.raw))

    def _name(self, part, who, people):
        """Name somebody once, however many pictures carry the name."""
        if (part, who.role, who.name) not in self._named:
            self._named.add((part, who.role, who.name))
            people.append(who)

    def take_ends(self, lifted):
        """File what was lifted off a paragraph of this piece."""
        self.dateline = self.dateline or lifted.dateline
        self.source = self.source or lifted.source
        self.jump_to = self.jump_to or lifted.jump_to
        self.jump_from = self.jump_from or lifted.jump_from
        for attribution in [*lifted.head, *lifted.tail]:
            self.credit(attribution)
        self.lifted.extend([*lifted.before, *lifted.after])
        if lifted.after:
            self.closed = True

    def add_paragraph(self, text, block=None, *, alone=False, heading=False, row=False):
        """Append body text; `alone`, `heading` and `row` as in seams.Paragraph."""
        if not text:
            return
        continues = bool(block and block.continues)
        truncated = bool(block and block.truncated)
        alone = alone or heading or row
        self.body.append(Paragraph(text, continues, truncated, alone, heading, row))
        self.alone += alone and not row
        if len(self.body) <= 3:
            self._topic = None

    def add_caption(self, lifted):
        """Append the text of a picture, its credit kept with it."""
        self.captions.append(Caption(lifted.mark, lifted.text, " ".join(lifted.after)))
        for attribution in [*lifted.head, *lifted.tail]:
            self.credit(attribution)
        self.lifted.extend([*lifted.before, *lifted.after])
        self.source = self.source or lifted.source

    def continue_with(self, other):
        """Append the half of this piece that another page carries."""
        for line in [
            *other.lines,
            *other.decks,
            *([other.label] if other.label and not other.label_shared else []),
        ]:
            self.warnings.append(ReadingWarning("repeated_title", line))
        for name in ("bylines", "photo_credits", "captions", "body", "lifted", "warnings"):
            getattr(self, name).extend(getattr(other, name))
        self.source = self.source or other.source
        self.dateline = self.dateline or other.dateline


def _as_photographer(who):
    return replace(who, role=who.role if who.role != "作者" else "摄")
