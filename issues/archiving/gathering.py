"""What an archive says of an issue: plain data, in which everything it needs is named.

Only what is signed is told, and of what was withdrawn only that it was. The same issue gives the
same data, whoever asks and whenever, until something of it changes.
"""

from datetime import UTC, datetime

from django.conf import settings

from articles.markup import first_words
from articles.models import ArchivedPiece, Signature
from articles.sealing import covered_by_version
from issues.archiving import FORMAT, VERSION
from issues.models import Issue, Placement
from newsroom.people.models import SiteSettings

# How the pieces of an issue stand in its archive.
PUBLIC, SIGNED, WITHDRAWN = "public", "signed", "withdrawn"


def gather(issue: Issue, *, at: datetime) -> dict:
    """Return what is archived of an issue, as residents see it at an instant.

    Of an issue that is not live then, what is signed of it; such a file says so.
    """
    public = issue.is_live(at)
    gathering = Gathering(issue, at=at, public=public)
    pieces = [told for place in _placed(issue) if (told := gathering.piece(place))]
    pieces = sorted(pieces + _restored_tombstones(issue), key=_place)
    return {
        "format": FORMAT,
        "version": VERSION,
        "public": public,
        "site": _site(),
        "issue": _issue(issue),
        "pages": [
            {"number": page.number, "name": page.name, "format": str(page.format or "")}
            for page in issue.pages.select_related("format").order_by("number")
        ],
        "sections": gathering.sections,
        "correspondents": gathering.correspondents,
        "pieces": pieces,
    }  # fmt: skip


def moment(at: datetime | None) -> str | None:
    """Return an instant as it is written in an archive: in UTC, to the microsecond."""
    return at.astimezone(UTC).isoformat(timespec="microseconds") if at else None


def _site() -> dict:
    paper = SiteSettings.current()
    return {
        "address": settings.SITE_URL,
        "paper": paper.paper_name,
        "place": paper.place_name,
        "organiser": paper.organiser,
        "publisher": paper.publisher,
    }


def _issue(issue: Issue) -> dict:
    restored = getattr(issue, "restored", None)
    return {
        "date": issue.date.isoformat(),
        "sequence": issue.sequence,
        "number": issue.number,
        "kind": issue.kind,
        "combines": issue.combines,
        "title": issue.title,
        "closed_at": moment(restored.closed_at if restored else issue.closed_at),
        "published_at": moment(issue.release.publish_at),
    }


def _place(piece: dict) -> tuple[int, int, int]:
    return piece["page"], piece["position"], piece["number"]


def _restored_tombstones(issue: Issue) -> list[dict]:
    """Return what a restored issue knows of pieces that had been withdrawn before."""
    if not hasattr(issue, "restored"):
        return []
    gone = ArchivedPiece.objects.filter(batch=issue.restored.batch_id, version=None)
    return [each.record for each in gone.order_by("pk")]


def _placed(issue: Issue) -> list[Placement]:
    return list(
        Placement.objects.of_issue(issue)
        .select_related(
            "page", "article__sealed__section", "article__sealed__made_by", "article__release"
        )
        .prefetch_related(
            "article__sealed__bylines__correspondent__unit",
            "article__sealed__photos__photographer__unit",
            "article__sealed__attachments",
            "article__corrections__signatures__signer",
            "article__corrections__signatures__on_behalf_of",
            "article__corrections__signatures__round",
            "article__corrections__drawn_up_by",
            "article__withdrawals__reinstatement__signed_by",
            "article__withdrawals__signed_by",
        )
    )


class Gathering:
    """Goes through the pieces of an issue and notes the sections and people they name."""

    def __init__(self, issue: Issue, *, at: datetime, public: bool):
        self.at, self.public, self.issue = at, public, issue
        self.sections: dict[str, dict] = {}
        self.correspondents: dict[str, dict] = {}
        placed = Placement.objects.of_issue(issue).values("article")
        restored = ArchivedPiece.objects.of_articles(placed.values_list("article", flat=True))
        self.restored = {each.version_id: each for each in restored}

    def piece(self, place: Placement) -> dict | None:
        """Return what is told of a piece: nothing of one that is not signed, or never was out."""
        article = place.article
        stands = {
            "number": article.pk,
            "page": place.page.number,
            "position": place.position,
            "weight": place.weight,
        }
        if article.withdrawn_at is not None:
            return self._tombstone(article, stands)
        if article.sealed is None or (self.public and not article.is_live(self.at)):
            return None
        return {**stands, "state": PUBLIC if self.public else SIGNED, **self._whole(article)}

    def _tombstone(self, article, stands: dict) -> dict | None:
        release = article.release
        hour = release and not release.held and release.publish_at
        if not hour or article.withdrawn_at < hour:
            return None  # nobody outside has ever seen it
        last = max(article.withdrawals.all(), key=lambda each: each.pk)
        return {
            **stands,
            "state": WITHDRAWN,
            **self._origin(article),
            "title": article.sealed.headline,
            "published_at": moment(hour),
            "withdrawn_at": moment(article.withdrawn_at),
            "public_note": last.public_note,
            "signed_by": str(last.signed_by),
        }

    def _origin(self, article) -> dict:
        """Return where a piece was signed, and its number there."""
        restored = self.restored.get(article.sealed_id)
        site = restored.site if restored else settings.SITE_URL
        return {"site": site, "origin": restored.number if restored else article.pk}

    def _whole(self, article) -> dict:
        version, release = article.sealed, article.release
        alone = release is not None and release.pk != self.issue.release_id
        restored = self.restored.get(version.pk)
        before = restored.record if restored else {}
        return {
            "title": version.headline or first_words(version.body),
            "breaks": article.public_headline,
            "published_at": moment(release.publish_at) if alone else None,
            "fingerprint": version.fingerprint,
            "covers": covered_by_version(version),
            "photos": [self._photo(each, version) for each in version.photos.all()],
            "files": [
                {"digest": each.digest, "kind": each.kind, "size": each.size}
                for each in version.attachments.all()
            ],
            **self._named(version),
            "signed": before.get("signed") or _signed(article),
            "notes": before.get("notes", []) + _notes(article, self.at),
            "corrections": _corrections(article, before.get("corrections", [])),
            "put_up_again": before.get("put_up_again", []) + _put_up_again(article),
        }

    def _named(self, version) -> dict:
        """Note the section, and the correspondents by the names they are printed with."""
        if version.section is not None:
            self.sections[str(version.section_id)] = {
                "name": version.section.name,
                "slug": version.section.slug,
                "description": version.section.description,
                "keywords": version.section.keywords,
                "column_type": version.section.column_type,
            }
        for byline in version.bylines.all():
            # Who signs with a pen name is not given away.
            printed = "".join(byline.name.split())
            if byline.correspondent and byline.correspondent.name == printed:
                self._person(byline.correspondent)
        return {}

    def _person(self, person) -> None:
        unit = person.unit.name if person.unit else ""
        self.correspondents[str(person.pk)] = {"name": person.name, "unit": unit}

    def _photo(self, photo, version) -> dict:
        photographer = photo.photographer
        named = photographer is not None and photographer.name in photo.credit
        if named:
            self._person(photographer)
        return {
            "number": photo.identity,
            "digest": photo.digest,
            "width": photo.width,
            "height": photo.height,
            "focus": [photo.focal_x, photo.focal_y],
            "photographer": photographer.pk if named else None,
        }


def _signed(article) -> dict:
    """Return on what ground a version was sealed, and by whom: names, as they were printed."""
    version = article.sealed
    return {
        "site": settings.SITE_URL,
        "number": article.pk,
        "version": version.number,
        "fingerprint": version.fingerprint,
        "basis": version.basis,
        "note": version.basis_note,
        "made_by": str(version.made_by),
        "made_at": moment(version.made_at),
        "sealed_at": moment(version.sealed_at),
        "signatures": [_signature(each) for each in Signature.objects.under(version).for_display()],
    }


def _signature(signature) -> dict:
    return {
        "round": signature.round.name,
        "seal": signature.round.seal,
        "position": signature.round.position,
        "name": str(signature.signer),
        "on_behalf_of": str(signature.on_behalf_of or ""),
        "at": moment(signature.signed_at),
    }


def _notes(article, at: datetime) -> list[dict]:
    """Return what earlier versions told residents they changed; the last one covers its own."""
    release = article.release
    if release is None or release.publish_at is None:
        return []
    told = article.versions.noted().filter(
        number__lt=article.sealed.number, sealed_at__gte=release.publish_at
    )
    return [{"at": moment(each.sealed_at), "note": each.change_note} for each in told]


def _corrections(article, restored: list[dict]) -> list[dict]:
    public = [each for each in article.corrections.all() if each.signed_at is not None]
    known = {(each["at"], each["wrong"]): each for each in restored}
    return [
        known.get((moment(each.signed_at), each.wrong)) or _correction(each)
        for each in sorted(public, key=lambda each: (each.signed_at, each.pk))
    ]


def _correction(correction) -> dict:
    standing = [each for each in correction.signatures.all() if each.voided_at is None]
    return {
        "at": moment(correction.signed_at),
        "wrong": correction.wrong,
        "right": correction.right,
        "note": correction.note,
        "printed_where": correction.printed_where,
        "drawn_up_by": str(correction.drawn_up_by),
        "signatures": [
            _signature(each) for each in sorted(standing, key=lambda each: each.round.position)
        ],
    }


def _put_up_again(article) -> list[dict]:
    """Return when it was taken down and put up again, as far as residents are told."""
    found = [each for each in article.withdrawals.all() if hasattr(each, "reinstatement")]
    return [
        {
            "withdrawn_at": moment(each.signed_at),
            "at": moment(each.reinstatement.signed_at),
            "note": each.reinstatement.public_note,
            "signed_by": str(each.reinstatement.signed_by),
        }
        for each in sorted(found, key=lambda each: each.pk)
    ]
