"""What would happen if an archive were restored here: looked at, and nothing written."""

from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.markup import sanitise
from articles.models import ArchivedPiece, Article, Correspondent, Picture, Section, Version
from issues.archiving.gathering import WITHDRAWN
from issues.archiving.schema import origin
from issues.models import Issue, Placement
from newsroom.people import clock
from newsroom.people.models import Unit

NEW, SAME, DIFFERS, GONE = "new", "same", "differs", "gone"
_WORDS = {
    NEW: gettext_lazy("is restored"),
    SAME: gettext_lazy("is here already"),
    DIFFERS: gettext_lazy("stands in the way"),
    GONE: gettext_lazy("stays taken down"),
}
HIGHEST_KEPT = 10_000_000
"""Up to which number a piece keeps its own: later ones go on from the highest."""


@dataclass
class Line:
    """What would become of a piece: made anew, here already, in the way, or a tombstone."""

    told: dict
    state: str
    note: str = ""
    article: Article | None = None
    keeps_number: bool = False

    @property
    def title(self) -> str:
        """What it is called."""
        return self.told["title"] or _("Untitled")

    @property
    def number(self) -> int:
        """The number it has in the archive."""
        return self.told["number"]

    @property
    def word(self) -> str:
        """What would become of it, in a word."""
        return str(_WORDS[self.state])


@dataclass
class Look:
    """What an archive would change here, and what stands against it."""

    record: dict
    issue: Issue | None
    lines: list[Line]
    objections: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def changes_nothing(self) -> bool:
        """Whether all of it is here already."""
        return self.issue is not None and not self.objections

    def sentence(self) -> str:
        """Return what would happen, in a sentence."""
        if self.objections:
            return _("Nothing of it would be restored.")
        if self.changes_nothing:
            return _("All of it is here already. Nothing would be changed.")
        n = self.count(NEW)
        said = ngettext(
            "Issue {day} would be restored: {n} piece.",
            "Issue {day} would be restored: {n} pieces.",
            n,
        )
        return said.format(day=self.record["issue"]["date"], n=n)

    def count(self, *states: str) -> int:
        """Return how many pieces there are of some states."""
        return sum(line.state in states for line in self.lines)


def look_at(record: dict) -> Look:
    """Return what restoring an archive would do. Asks much and writes nothing."""
    told, now = record["issue"], clock.now()
    issue = Issue.objects.dated(told["date"], told["sequence"]).exclude(
        status=Issue.Status.CANCELLED
    ).select_related("release").first()  # fmt: skip
    lines = _lines(record)
    look = Look(record, issue, lines)
    look.objections += [line.note for line in lines if line.state == DIFFERS]
    if issue is not None:
        look.objections += _differences(look, issue, now)
    else:
        look.objections += _hours(record, now) + _numbers(told) + _front_page(told)
        look.remarks += _additions(look)
    look.remarks += _later_corrections(lines)
    return look


def _lines(record: dict) -> list[Line]:
    keys = [origin(piece) for piece in record["pieces"]]
    known = {
        (each.site, each.number): each
        for each in ArchivedPiece.objects.filter(
            site__in={site for site, _number in keys}, number__in={number for _site, number in keys}
        ).select_related("version__article")
    }
    own = Article.objects.select_related("sealed").in_bulk(
        [number for site, number in keys if site == settings.SITE_URL and number <= 2**62]
    )
    return [
        _line(piece, site, known.get((site, number)), own.get(number))
        for piece, (site, number) in zip(record["pieces"], keys, strict=True)
    ]


def _line(piece: dict, site: str, restored: ArchivedPiece | None, own: Article | None) -> Line:
    """Return what would become of a piece.

    ``restored`` is what came of it from an archive before, ``own`` the piece of its number here,
    which counts only where it was signed here.
    """
    if restored is not None:
        article = restored.version and restored.version.article
        return _known(piece, article, restored.fingerprint)
    if site == settings.SITE_URL and own is not None:
        before = _fingerprint_here(piece, own)
        if before is not None:
            return _known(piece, own, before)
    if piece["state"] == WITHDRAWN:
        return Line(piece, GONE, _("taken down there; only the record of that comes"))
    return Line(piece, NEW)


def _fingerprint_here(piece: dict, own: Article) -> str | None:
    """Return under which fingerprint a piece of the same number is out; None if it is another."""
    if piece["state"] == WITHDRAWN:
        return "" if own.withdrawn_at is not None else None
    signed = piece["signed"]["fingerprint"]
    if not Version.objects.sealed().filter(article=own, fingerprint=signed).exists():
        return None
    return own.sealed.fingerprint


def _known(piece: dict, article: Article | None, before: str) -> Line:
    """Return what becomes of a piece that is here, or was, under a fingerprint."""
    gone_here = article is None or article.withdrawn_at is not None
    if piece["state"] == WITHDRAWN:
        if gone_here:
            return Line(piece, SAME, article=article)
        return _differing(piece, article, _("was taken down there and stands here"))
    if gone_here:
        return _differing(piece, article, _("has been taken down; no archive brings it back"))
    if before != piece["signed"]["fingerprint"]:
        return _differing(piece, article, _("is here in another version, which stays"))
    return Line(piece, SAME, article=article)


def _differing(piece: dict, article: Article | None, why: str) -> Line:
    note = _("“{title}” {why}.").format(title=piece["title"] or _("Untitled"), why=why)
    return Line(piece, DIFFERS, note, article)


def _differences(look: Look, issue: Issue, now: datetime) -> list[str]:
    """Return in what the issue that is here is another one than that of the archive."""
    told = look.record["issue"]
    sentence = _("Issue {address} is here already, and it is not the same: {what}.")
    here = (issue.number, issue.title, issue.kind, issue.combines)
    there = (told["number"], told["title"], told["kind"], told["combines"])
    placed = {
        place.article_id: (place.page.number, place.position, str(place.weight))
        for place in Placement.objects.of_issue(issue).select_related("page")
    }
    known = [line for line in look.lines if line.article is not None]
    moved = [
        line for line in known
        if line.told["state"] != WITHDRAWN and placed.get(line.article.pk)
        != (line.told["page"], line.told["position"], line.told["weight"])
    ]  # fmt: skip
    new = look.count(NEW, GONE)
    found = [
        (not issue.is_live(now), _("it is not live here")),
        (here != there, _("number, title or kind")),
        (
            new > 0,
            ngettext("{n} piece is not in it", "{n} pieces are not in it", new).format(n=new),
        ),
        (bool(moved), _("pieces stand elsewhere")),
    ]
    return [sentence.format(address=issue.address, what=what) for holds, what in found if holds]


def _hours(record: dict, now: datetime) -> list[str]:
    """Return objections against hours to come: nothing is restored that was never out."""
    told = record["issue"]
    hours = [told["published_at"], told["closed_at"]]
    for piece in record["pieces"]:
        if piece["state"] == WITHDRAWN:
            hours.append(piece["withdrawn_at"])
            continue
        hours += [piece["signed"]["sealed_at"], piece["published_at"] or told["published_at"]]
        hours += [each["at"] for each in piece["corrections"]]
    if told["date"] > timezone.localdate(now) or any(hour > now for hour in hours):
        return [_("The archive speaks of an hour that has not come. It is not restored.")]
    return []


def _numbers(told: dict) -> list[str]:
    """Return objections against the running number: given already, or out of its order."""
    number = told["number"]
    if number is None:
        return []
    given = Issue.objects.exclude(number=None)
    end = number + told["combines"]
    taken = given.filter(number__lt=end, number__gt=number - F("combines")).first()
    if taken is not None:
        return [
            _("Running number {number} is that of {issue} here.").format(
                number=number, issue=taken.address
            )
        ]
    day = told["date"]
    disorder = given.filter(Q(date__gt=day, number__lt=number) | Q(date__lt=day, number__gt=number))
    if (other := disorder.first()) is not None:
        return [
            _("Running number {number} would stand out of order beside {other}, {issue}.").format(
                number=number, other=other.number, issue=other.address
            )
        ]
    return []


def _front_page(told: dict) -> list[str]:
    """Return an objection where the issue would take the front page from one made here."""
    latest = Issue.objects.live().newest_first().select_related("restored").first()
    later = latest and (latest.date, latest.sequence) < (told["date"], told["sequence"])
    if later and not hasattr(latest, "restored"):
        return [
            _(
                "It would take the front page from {issue}, the latest issue of this newspaper. "
                "An archive holds back issues."
            ).format(issue=latest.address)
        ]
    return []


def _additions(look: Look) -> list[str]:
    """Say what would be made beside the pieces, and note which keep their numbers."""
    record, remarks = look.record, []
    sections = [each["name"] for each in record["sections"].values() if section_for(each) is None]
    people = [
        each["name"] for each in record["correspondents"].values() if person_for(each) is None
    ]
    if sections:
        remarks.append(_("New sections: {names}").format(names="、".join(sections)))
    if people:
        remarks.append(_("New correspondents: {names}").format(names="、".join(people)))
    new = [line for line in look.lines if line.state == NEW]
    if record["site"]["address"] == settings.SITE_URL:
        numbers = [line.number for line in new if line.number <= HIGHEST_KEPT]
        taken = set(Article.objects.filter(pk__in=numbers).values_list("pk", flat=True))
        for line in new:
            line.keeps_number = line.number in numbers and line.number not in taken
    moved = sum(not line.keeps_number for line in new)
    if moved:
        said = ngettext(
            "{n} piece gets a new address; which it had is kept on record.",
            "{n} pieces get new addresses; which they had is kept on record.",
            moved,
        )
        remarks.append(said.format(n=moved))
    cleaned = sum(
        sanitise(line.told["covers"]["body"]) != line.told["covers"]["body"] for line in new
    )
    if cleaned:
        said = ngettext(
            "{n} text holds what no text may hold; that is cleaned away.",
            "{n} texts hold what no text may hold; that is cleaned away.",
            cleaned,
        )
        remarks.append(said.format(n=cleaned))
    digests = {p["digest"] for line in new for p in line.told["photos"]}
    here = Picture.objects.filter(digest__in=digests).count()
    if here:
        said = ngettext("{n} photo is here already.", "{n} photos are here already.", here)
        remarks.append(said.format(n=here))
    return remarks


def _later_corrections(lines: list[Line]) -> list[str]:
    """Say which corrections the archive has of pieces that stand here without them."""
    remarks = []
    for line in lines:
        if line.state != SAME or line.told["state"] == WITHDRAWN:
            continue
        here = set(line.article.corrections.public().values_list("wrong", "right"))
        lacking = [c for c in line.told["corrections"] if (c["wrong"], c["right"]) not in here]
        if lacking:
            said = ngettext(
                "“{title}” has {n} correction there that is not here. Draw it up here.",
                "“{title}” has {n} corrections there that are not here. Draw them up here.",
                len(lacking),
            )
            remarks.append(said.format(title=line.title, n=len(lacking)))
    return remarks


def section_for(told: dict) -> Section | None:
    """Return the section of a name or else of an address, if there is one here."""
    return (
        Section.objects.filter(name=told["name"]).first()
        or Section.objects.filter(slug=told["slug"]).first()
    )


def person_for(told: dict) -> Correspondent | None:
    """Return the correspondent of a name and a unit; only alike is not the same."""
    named = Correspondent.objects.named(told["name"])
    unit = {"unit__name": told["unit"]} if told["unit"] else {"unit": None}
    return named.filter(**unit).order_by("pk").first()


def unit_for(name: str) -> Unit | None:
    """Return the unit of a name, if there is one here."""
    return Unit.objects.filter(name=name).first()
