"""What a piece lacks or has odd: one table of checks over its words, saved or being typed.

Form, submission and signature ask the same functions; the newsroom says which of them stop a
piece, as far as the house's own law leaves it a choice.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from articles.kinds import LENGTHS, Kind, Lasting
from articles.markup import count_characters, paragraphs, photo_ids, without_breaks
from articles.oddities import doubled_characters, half_width_marks, open_prompts, unpaired_marks

WITHOUT_HEADLINE = {Kind.PHOTO_STORY, Kind.BRIEF}
OF_NEWS = {"section", "headline_length", "byline", "unit_head", "length", "source"}
HEADLINE = (15, 23)  # characters that read best
BORROWED = ("来源：", "来源:", "转自", "转载自", "摘自", "据新华社", "据人民日报")


class Level(TextChoices):
    """What a check does, from least to most; what stops a submission stops signatures too."""

    OFF = "off", pgettext_lazy("level of a check", "Not checked")
    WARN = "warn", pgettext_lazy("level of a check", "Reminds")
    SIGN = "sign", pgettext_lazy("level of a check", "Needed for a signature")
    REVIEW = "review", pgettext_lazy("level of a check", "Needed for review")

    @property
    def weight(self) -> int:
        """How much it demands: 0 is nothing."""
        return list(Level).index(self)


@dataclass(frozen=True)
class Picture:
    """The words of a photograph; ``row`` is where its form stands, ``number`` its key if saved."""

    caption: str = ""
    credit: str = ""
    alternative_text: str = ""
    is_there: bool = True
    number: int | None = None
    row: int = 0
    shows_minors: bool = False
    has_consent: bool = True
    digest: str = ""

    @property
    def name(self) -> str:
        """What a sentence calls it: how its caption begins, else its number."""
        return self.caption[:12] or str(self.row + 1)

    def field(self, name: str) -> str:
        """Return the id of one of its fields in the form."""
        return f"id_photos-{self.row}-{name}"


@dataclass(frozen=True)
class Attached:
    """The name of an attached file; ``row`` is where its form stands."""

    title: str = ""
    row: int = 0


@dataclass(frozen=True)
class Words:
    """What a check reads of a piece. A saved one has the same names, fetched when asked for."""

    kind: str = Kind.NEWS
    headline: str = ""
    body: str = ""
    summary: str = ""
    source: str = ""
    unit_head: str = ""
    has_section: bool = False
    from_outside: bool = False
    names: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    attachments: tuple[Attached, ...] = ()
    gaps: tuple[str, ...] = ()

    @cached_property
    def paragraphs(self) -> list[str]:
        """The plain text, block by block."""
        return paragraphs(self.body)

    @cached_property
    def characters(self) -> int:
        """Characters of the text as newspapers count them."""
        return count_characters(self.body)


@dataclass(frozen=True)
class Finding:
    """What a check found: a sentence, and the id of the place where it is put right."""

    sentence: str
    field: str


def _title(words) -> str:
    return "".join(without_breaks(words.headline).split())


def _no_headline(words):
    if not _title(words) and words.kind not in WITHOUT_HEADLINE:
        yield Finding(_("It has no headline."), "id_headline")


def _no_content(words):
    if not words.characters and not any(each.is_there for each in words.pictures):
        yield Finding(_("It has neither text nor a picture."), "id_body")


def _no_section(words):
    if not words.has_section:
        yield Finding(_("It has no section."), "id_section")


def _headline_length(words):
    count, (least, most) = len(_title(words)), HEADLINE
    if 0 < count < least:
        said = _("The headline has {count} characters, {off} too few.")
        yield Finding(said.format(count=count, off=least - count), "id_headline")
    elif count > most:
        said = _("The headline has {count} characters, {off} too many.")
        yield Finding(said.format(count=count, off=count - most), "id_headline")


def _no_byline(words):
    if not words.names:
        yield Finding(_("Nobody is named under it."), "bylines-group")


def _no_unit_head(words):
    if not words.unit_head.strip() and words.from_outside:
        yield Finding(_("It does not say which unit head approved it."), "id_unit_head")


def _of_pictures(lacking: str, sentence: str) -> Callable:
    """Return a check of one field of every picture that is there."""

    def find(words):
        for picture in words.pictures:
            if picture.is_there and not getattr(picture, lacking).strip():
                said = str(sentence).format(caption=picture.name, number=picture.row + 1)
                yield Finding(said, picture.field(lacking))

    return find


def _waiting_picture(words):
    for picture in words.pictures:
        if not picture.is_there:
            said = _("The picture “{caption}” has no file yet.").format(caption=picture.name)
            yield Finding(said, picture.field("upload"))


def _no_consent(words):
    for picture in words.pictures:
        if picture.shows_minors and not picture.has_consent:
            said = _("The picture “{caption}” shows minors, and it is not noted who agreed.")
            yield Finding(said.format(caption=picture.name), picture.field("consent"))


def _same_picture(words):
    """Find a photograph that was sent, or chosen, a second time."""
    first: dict[str, int] = {}
    for number, picture in enumerate(words.pictures, start=1):
        before = first.setdefault(picture.digest, number) if picture.digest else number
        if before != number:
            said = _("Pictures {first} and {second} are the same.")
            yield Finding(said.format(first=before, second=number), picture.field("caption"))


def _lost_picture(words):
    known = {picture.number for picture in words.pictures}
    if lost := [number for number in photo_ids(words.body) if number not in known]:
        said = _("The text shows {count} pictures that the piece does not have any more.")
        yield Finding(said.format(count=len(lost)), "id_body")


def _nameless_attachment(words):
    for attached in words.attachments:
        if not attached.title.strip():
            said = _("Attachment {number} has no name for residents.").format(
                number=attached.row + 1
            )
            yield Finding(said, f"id_attachments-{attached.row}-title")


def _no_source(words):
    if words.source.strip():
        return
    if found := next((mark for mark in BORROWED if mark in "\n".join(words.paragraphs)), ""):
        said = _("The text says “{words}”, but no source is given.")
        yield Finding(said.format(words=found.rstrip("：:")), "id_source")


def _length(words):
    least, most = LENGTHS[Kind(words.kind)]
    if not words.characters or least <= words.characters <= most:
        return
    said = _("{count} characters; {least} to {most} are usual for “{kind}”.")
    kind = Kind(words.kind).label
    yield Finding(said.format(count=words.characters, least=least, most=most, kind=kind), "id_body")


def _open_gaps(words):
    if words.gaps:
        said = _("{count} places that the import found damaged are not cleared.")
        yield Finding(said.format(count=len(words.gaps)), "gaps")


def _no_summary(words):
    if not words.summary.strip():
        yield Finding(_("It has no summary."), "id_summary")


def _odd(find: Callable[[list[str]], list[str]], sentence: str) -> Callable:
    """Return a check that says how many places are odd, and shows the first."""

    def check(words):
        if found := find([without_breaks(words.headline), *words.paragraphs]):
            said = str(sentence).format(count=len(found), first=found[0])
            yield Finding(said, "id_body")

    return check


@dataclass(frozen=True)
class Check:
    """One line of the table: what it is called, how it finds, what it does as shipped.

    The newsroom may make it demand more or less, but never less than ``lowest``. A piece that has
    nothing of what it ``concerns`` neither fails nor passes.
    """

    key: str
    label: str
    find: Callable[[Words], Iterable[Finding]]
    shipped: Level = Level.WARN
    lowest: Level = Level.OFF
    concerns: str = ""

    def asks(self, words) -> bool:
        """Say whether it makes sense of what is written: some checks are for news alone."""
        return self.key not in OF_NEWS or words.kind not in Lasting.values

    def level(self, chosen: Mapping[str, str]) -> Level:
        """Return what it does, by what the newsroom has chosen for the keys of checks."""
        wanted = Level(chosen.get(self.key, self.shipped))
        return max(wanted, self.lowest, key=lambda level: level.weight)

    @property
    def choices(self) -> list[Level]:
        """The levels the newsroom may choose."""
        return [level for level in Level if level.weight >= self.lowest.weight]


CHECKS = {
    check.key: check
    for check in (
        Check("headline", gettext_lazy("Headline"), _no_headline, Level.REVIEW, Level.REVIEW),
        Check("content", gettext_lazy("Text or picture"), _no_content, Level.REVIEW, Level.REVIEW),
        Check("section", gettext_lazy("Section"), _no_section, Level.REVIEW, Level.REVIEW),
        Check(
            "alternative_text",
            gettext_lazy("Alternative text of the pictures"),
            _of_pictures(
                "alternative_text",
                gettext_lazy("The picture “{caption}” has no alternative text."),
            ),
            Level.SIGN,
            Level.SIGN,
            concerns="pictures",
        ),
        Check(
            "headline_length",
            gettext_lazy("Length of the headline"),
            _headline_length,
            concerns="headline",
        ),
        Check(
            "prompts",
            gettext_lazy("Prompts of a template"),
            _odd(
                open_prompts,
                gettext_lazy("{count} prompts are still to be filled in, the first “{first}”."),
            ),
            Level.REVIEW,
            concerns="characters",
        ),
        Check(
            "attachment_title",
            gettext_lazy("Names of the attachments"),
            _nameless_attachment,
            Level.SIGN,
            Level.WARN,
            concerns="attachments",
        ),
        Check("byline", gettext_lazy("Byline"), _no_byline),
        Check(
            "unit_head",
            gettext_lazy("Unit head who approved"),
            _no_unit_head,
            concerns="from_outside",
        ),
        Check("length", gettext_lazy("Length of the text"), _length, concerns="characters"),
        Check(
            "caption",
            gettext_lazy("Captions"),
            _of_pictures("caption", gettext_lazy("Picture {number} has no caption.")),
            concerns="pictures",
        ),
        Check(
            "credit",
            gettext_lazy("Credits of the pictures"),
            _of_pictures(
                "credit", gettext_lazy("The picture “{caption}” does not say who took it.")
            ),
            concerns="pictures",
        ),
        Check(
            "consent",
            gettext_lazy("Consent where minors are shown"),
            _no_consent,
            Level.SIGN,
            Level.WARN,
            concerns="pictures",
        ),
        Check(
            "waiting_picture",
            gettext_lazy("Files of the pictures"),
            _waiting_picture,
            concerns="pictures",
        ),
        Check(
            "same_picture",
            gettext_lazy("The same picture twice"),
            _same_picture,
            concerns="pictures",
        ),
        Check(
            "lost_picture", gettext_lazy("Pictures in the text"), _lost_picture, concerns="pictures"
        ),
        Check("source", gettext_lazy("Source"), _no_source, concerns="characters"),
        Check("gaps", gettext_lazy("Warnings of the import"), _open_gaps, concerns="gaps"),
        Check(
            "half_width",
            gettext_lazy("Full-width marks"),
            _odd(
                half_width_marks,
                gettext_lazy("{count} half-width marks among Chinese, the first at “{first}”."),
            ),
            concerns="characters",
        ),
        Check(
            "pairs",
            gettext_lazy("Paired marks"),
            _odd(
                unpaired_marks,
                gettext_lazy(
                    "{count} paragraphs have a mark without its partner, the first at “{first}”."
                ),
            ),
            concerns="characters",
        ),
        Check(
            "doubled",
            gettext_lazy("Doubled characters"),
            _odd(
                doubled_characters,
                gettext_lazy("{count} characters stand there twice, the first as “{first}”."),
            ),
            concerns="characters",
        ),
        Check("summary", gettext_lazy("Summary"), _no_summary, Level.OFF),
    )
}


@dataclass(frozen=True)
class Line:
    """A finding as it stands beside the form: does it stop the next step, or only remind?"""

    finding: Finding
    level: Level
    stops: bool

    @property
    def waits_for_signature(self) -> bool:
        """Say whether it stops nothing yet, but will stop the signature."""
        return self.level == Level.SIGN and not self.stops


@dataclass(frozen=True)
class Checked:
    """The whole list: what stops, what reminds, and the labels of what is in order."""

    lines: list[Line]
    passed: list[str]

    @property
    def stopping(self) -> list[Line]:
        """What stops the next step."""
        return [line for line in self.lines if line.stops]

    @property
    def reminding(self) -> list[Line]:
        """What does not."""
        return [line for line in self.lines if not line.stops]


def checked(words, chosen: Mapping[str, str], *, before: Level) -> Checked:
    """Return the list of a piece before its next step, ``Level.REVIEW`` or ``Level.SIGN``."""
    lines, passed = [], []
    for check in _asked(words):
        level = check.level(chosen)
        found = list(check.find(words)) if level.weight else []
        stops = level in stopping_levels(before)
        lines += [Line(finding, level, stops) for finding in found]
        if level.weight and not found and getattr(words, check.concerns or "kind"):
            passed.append(str(check.label))
    return Checked(sorted(lines, key=lambda line: not line.stops), passed)


def missing(words, chosen: Mapping[str, str], *, before: Level) -> list[str]:
    """Return a sentence for each thing that stops the next step; nothing else is looked at."""
    return [
        finding.sentence
        for check in _asked(words)
        if check.level(chosen) in stopping_levels(before)
        for finding in check.find(words)
    ]


def _asked(words) -> list[Check]:
    return [check for check in CHECKS.values() if check.asks(words)]


def stopping_levels(before: Level) -> set[Level]:
    """Return the levels that stop a step: what review needs, a signature needs as well."""
    return {Level.REVIEW} if before == Level.REVIEW else {Level.REVIEW, Level.SIGN}
