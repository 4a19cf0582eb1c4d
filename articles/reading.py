"""What a public page shows of a piece, fetched in one statement.

Everything comes from the sealed version. Of the working copy only the headline's line-break marks
are read, which are layout and not covered by a signature.
"""

from django.db.models import Case, F, OuterRef, Q, Value, When
from django.db.models.functions import JSONObject, Left, Now, Replace

from articles.kinds import Lasting
from articles.rows import Rows

# What line_parts() sets beside a row.
PARTS = ("names", "pictures", "opening")
# Enough of a text to call a piece without a headline by its first words.
OPENING = 120
# Pieces named beside a piece because they have much in common with it.
KIN = 4

# The kind and the name say at which address it stands.
TITLE = ("kind", "slug", "headline", "sealed__headline", "release__publish_at")
LINE = (
    *TITLE,
    "withdrawn_at",
    "sealed__kind",
    "sealed__kicker",
    "sealed__deck",
    "sealed__column_label",
    "sealed__summary",
    "sealed__source",
    "sealed__characters",
    "sealed__section__name",
    "sealed__section__slug",
    "release__alone",
)
WHOLE = (
    *LINE,
    "sealed__dateline",
    "sealed__html",
    "sealed__section__description",
    "sealed__section__keywords",
    "sealed__section__column_type",
    "sealed__sealed_at",
)
PHOTO = (
    "identity", "digest", "width", "height", "widths", "caption", "credit", "alternative_text",
    "video_url", "focal_x", "focal_y", "inline",
)  # fmt: skip
FILE = ("digest", "kind", "size", "title")


def lasts(path: str = "") -> Q:
    """Say that the piece to which ``path`` leads is a page or a topic, and no news."""
    return Q(**{f"{path}kind__in": Lasting.values})


def live_rule(at, path: str = "") -> Q:
    """Return the condition of being live news: what lists, counts and feeds may show."""
    return public_rule(at, path) & ~lasts(path)


def public_rule(at, path: str = "") -> Q:
    """Return the one condition of being live, of the piece to which ``path`` leads.

    Sealed, not withdrawn, its release due and not held. It joins rather than selecting from a
    subquery: PostgreSQL would go through the whole archive for that.
    """
    rule = {
        "sealed__isnull": False,
        "withdrawn_at": None,
        "release__publish_at__lte": at or Now(),
        "release__held": False,
    }
    return Q(**{f"{path}{name}": value for name, value in rule.items()})


def names(version, sealed: str) -> Rows:
    """Return the names under a version; ``sealed`` is the outer path to it.

    ``linked`` is the correspondent, and nobody where another name is printed: who signs with a
    pen name is not given away by an address.
    """
    bylines = version.bylines.rel.related_model.objects.filter(version=OuterRef(sealed))
    printed = Replace(Replace("name", Value(" ")), Value("\u3000"))
    linked = Case(When(correspondent__name=printed, then=F("correspondent")))
    return Rows(bylines.order_by("position"), "name", "role", "credit", linked=linked)


def pictures(version, sealed: str, most: int | None = None) -> Rows:
    """Return the photos of a version, the first ``most`` of them."""
    photos = version.photos.rel.related_model.objects.filter(version=OuterRef(sealed)).coloured()
    return Rows(photos.order_by("position")[:most], *PHOTO, colour=F("colour"))


def files(version, sealed: str) -> Rows:
    """Return the files a version is offered with."""
    attached = version.attachments.rel.related_model.objects.filter(version=OuterRef(sealed))
    return Rows(attached.order_by("position"), *FILE)


def archived(version) -> Rows:
    """Return who signed a restored piece where it was archived, and what it said had changed."""
    restored = version.archived.related.related_model.objects
    return Rows(
        restored.filter(version__article=OuterRef("pk")),
        signatures=F("record__signed__signatures"),
        notes=F("record__notes"),
    )


def about(version) -> Rows:
    """Return the places, people and topics a piece was about when it was signed."""
    piece = version.article.field.related_model
    sealed = piece.sealed_tags.rel.related_model.objects.filter(article=OuterRef(OuterRef("pk")))
    tags = piece.tags.rel.model.objects.filter(pk__in=sealed.values("tag"))
    return Rows(tags.order_by("kind", "pk"), "id", "name")


def line_parts(version, path: str = "") -> dict:
    """Return the annotations a line in a list needs; ``path`` leads from the row to the piece."""
    return {
        "names": names(version, f"{path}sealed"),
        "pictures": pictures(version, f"{path}sealed", most=1),
        "opening": Left(f"{path}sealed__body", OPENING),
    }


def whole_parts(version) -> dict:
    """Return the annotations the page of a piece needs."""
    return {
        "names": names(version, "sealed"),
        "pictures": pictures(version, "sealed"),
        "attached": files(version, "sealed"),
        "archived": archived(version),
        "about": about(version),
        "opening": Left("sealed__body", OPENING),
    }


def kin(article, at) -> Rows:
    """Return the live pieces that have most in common with a piece, by their names and a picture.

    ``words`` is for the filter ``marked``.
    """
    listings = article.listings.rel.related_model.objects
    release = article.release.field.related_model.objects.filter(pk=OuterRef("release"))
    mine = OuterRef(OuterRef("pk"))
    pieces = (
        article.objects.live(at)
        .filter(pk__in=listings.beside(mine, at))
        .exclude(pk=OuterRef("pk"))
        .annotate(much=listings.shared(OuterRef(mine)))
        .order_by("-much", "-release__publish_at", "-pk")
    )
    return Rows(
        pieces[:KIN],
        "id",
        words=JSONObject(
            marked="headline", sealed="sealed__headline", opening=Left("sealed__body", OPENING)
        ),
        filed_in=F("sealed__section__name"),
        released=Rows(release, "publish_at"),
        pictures=pictures(article.sealed.field.related_model, "sealed", most=1),
    )


def along(path: str, fields: tuple[str, ...]) -> tuple[str, ...]:
    """Return field names as seen from a row that leads to the piece by ``path``."""
    return tuple(f"{path}{name}" for name in fields)
