"""What a piece was at one of its revisions, and who saved it, read from the history of its rows."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min

from articles.markup import sanitise
from articles.merging import Content, Row, Rows
from articles.models import Article, Attachment, Byline, Photo
from newsroom.people.models import User

# The fields of a form that are one value each.
FIELDS = (
    "kicker", "headline", "deck", "column_label", "summary", "source", "dateline", "section",
    "kind", "unit_head", "slug",
)  # fmt: skip
PHOTO_WORDS = ("caption", "alternative_text", "credit", "video_url")
# What of a photograph is no word: who took it, and the point that every crop keeps.
PHOTO_LAYOUT = ("photographer", "focal_x", "focal_y")
BYLINES, PHOTOS, ATTACHMENTS = "bylines", "photos", "attachments"


@dataclass(frozen=True)
class Saving:
    """A revision, who made it and when; nobody where history does not say."""

    revision: int
    by: User | None
    at: datetime


def who(correspondent: object, name: str) -> str:
    """Return whom a byline names, as one value: a pen name belongs to its correspondent."""
    return f"{correspondent or ''}|{name.strip()}"


def byline_row(byline) -> Row:
    """Return the words of a byline, of the working copy or of its history."""
    return {
        "role": byline.role,
        "who": who(byline.correspondent_id, byline.name),
        "credit": byline.credit,
    }


def photo_row(photo) -> Row:
    """Return the words of a photograph and which picture it is."""
    return {
        **{name: getattr(photo, name) for name in PHOTO_WORDS},
        "photographer": str(photo.photographer_id or ""),
        "focal_x": str(photo.focal_x),
        "focal_y": str(photo.focal_y),
        "file": photo.digest,
    }


def attachment_row(attachment) -> Row:
    """Return what an attachment is called and which file it is."""
    return {"title": attachment.title, "file": f"{attachment.digest}.{attachment.kind}"}


ROWS = {
    BYLINES: (Byline, byline_row),
    PHOTOS: (Photo, photo_row),
    ATTACHMENTS: (Attachment, attachment_row),
}


def content_now(article: Article) -> Content:
    """Return the working copy as content to merge."""
    rows = {
        kind: {str(row.pk): words(row) for row in getattr(article, kind).all()}
        for kind, (_model, words) in ROWS.items()
    }
    tags = _joined(article.tags.values_list("pk", flat=True))
    return Content(_fields(article) | {"tags": tags}, sanitise(article.body), rows)


def row_at(article: Article, revision: int | None):
    """Return the row of history that completed a revision, or None; later ones begin the next."""
    return article.events.filter(revision=revision).order_by("pgh_id").first()


def content_at(article: Article, revision: int | None) -> Content | None:
    """Return what a piece was at a revision; None where history does not know it.

    Tags keep no history. Names, photographs and files have no revision of their own: they belong
    to that of the saving which wrote them.
    """
    row = row_at(article, revision)
    if row is None:
        return None
    firsts = _firsts(article)
    rows = {kind: _rows_at(article, kind, row, firsts) for kind in ROWS}
    return Content(_fields(row), sanitise(row.body), rows)


def _joined(keys) -> str:
    return " ".join(sorted(map(str, keys)))


def _fields(piece) -> dict[str, str]:
    names = {name: getattr(piece, f"{name}_id" if name == "section" else name) for name in FIELDS}
    return {name: "" if value is None else str(value) for name, value in names.items()}


def _firsts(article: Article) -> list[dict]:
    return list(article.events.values("revision").annotate(first=Min("pgh_id")).order_by("first"))


def _rows_at(article: Article, kind: str, row, firsts: list[dict]) -> Rows:
    """Return rows of one kind as they stood when a revision was complete.

    A row of history is of that revision whose saving shares its context: that is one request of
    one person. Where there is none, as in an import, the time tells.
    """
    model, words = ROWS[kind]
    completing = article.events.filter(pgh_id__in=[each["first"] for each in firsts])
    of_context = {
        context: revision
        for context, revision in completing.values_list("pgh_context_id", "revision").order_by(
            "-pgh_id"
        )
        if context
    }
    standing: dict = {}
    for event in model.pgh_event_model.objects.filter(article=article.pk).order_by("pgh_id"):
        made = of_context.get(event.pgh_context_id)
        if made is None and event.pgh_created_at > row.pgh_created_at:
            continue
        if made is not None and made > row.revision:
            continue
        standing[event.pgh_obj_id] = event
    there = [each for each in standing.values() if each.pgh_label != "delete"]
    there.sort(key=lambda each: (each.position, each.pgh_obj_id))
    return {str(each.pgh_obj_id): words(each) for each in there}


def savings(article: Article, since: int | None) -> list[Saving]:
    """Return who has saved a piece since a revision, the first first."""
    firsts = [each for each in _firsts(article) if since is None or each["revision"] > since]
    rows = article.events.filter(pgh_id__in=[each["first"] for each in firsts]).order_by("pgh_id")
    found = [
        (row.revision, (row.pgh_context or {}).get("user"), row.pgh_created_at) for row in rows
    ]
    people = User.objects.in_bulk({by for _revision, by, _at in found if by})
    return [Saving(revision, people.get(by), at) for revision, by, at in found]


def revived(article: Article, kind: str, key: int) -> None:
    """Put a row back that had been taken out, under its old number."""
    model, _words = ROWS[kind]
    last = model.pgh_event_model.objects.filter(article=article.pk, pgh_obj_id=key)
    row = last.order_by("-pgh_id").first()
    if row is None or model.objects.filter(pk=key).exists():
        return
    names = [field.attname for field in model._meta.concrete_fields]
    model.objects.create(**{name: getattr(row, name) for name in names})
