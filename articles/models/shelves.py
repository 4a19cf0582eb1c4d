"""Where residents find a sealed piece again: by section, by a name under it, by what it is about.

Triggers keep the listings, whoever writes: verbs, bulk updates, raw SQL. They only say where a
piece belongs. Whether it is live is asked of its release each time, as everywhere.
"""

import pgtrigger
from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection, models
from django.db.models import BigIntegerField, Count, Exists, Func, OuterRef, Subquery, Sum
from django.db.models.functions import ExtractMonth, ExtractYear, JSONObject, Now
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.directory import Tag
from articles.models.following import SHELVES_FOLLOW_A_ROW_OF_THE_PIECE
from articles.models.releases import Release
from newsroom.people.guards import never_truncated


class Shelf(models.IntegerChoices):
    """By what a piece is listed."""

    SECTION = 1, _("Section")
    NAME = 2, _("Correspondent")
    TAG = 3, _("Tag")


# What says what a piece is about; its number also says how much it counts.
ABOUT = (Shelf.SECTION, Shelf.TAG)
# Pieces looked up under each section and tag of a piece.
BESIDE = 12


class SealedTag(models.Model):
    """What a piece was about when it was last signed to the end; the working copy may differ."""

    article = models.ForeignKey(
        Article, models.PROTECT, verbose_name=_("article"), related_name="sealed_tags"
    )
    tag = models.ForeignKey(Tag, models.PROTECT, verbose_name=_("tag"), related_name="+")

    class Meta:
        verbose_name = _("tag of a signed piece")
        verbose_name_plural = _("tags of signed pieces")
        ordering = ["tag"]
        constraints = [
            models.UniqueConstraint(
                name="signed_piece_has_a_tag_once",
                fields=["article", "tag"],
            ),
        ]
        triggers = [
            never_truncated("What signed pieces are about"),
            pgtrigger.Trigger(
                name="shelves_follow_the_tags",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=SHELVES_FOLLOW_A_ROW_OF_THE_PIECE,
            ),
        ]

    def __str__(self):
        return f"#{self.article_id} {self.tag_id}"


class ListingQuerySet(models.QuerySet):
    def live(self, at=None):
        """Listings of pieces residents can read: withdrawn ones have none."""
        return self.filter(release__publish_at__lte=at or Now(), release__held=False)

    def on(self, shelf: Shelf, key):
        """Listings by one section, name or tag, given by its key."""
        return self.filter(shelf=shelf, key=key)

    def out_between(self, first, end):
        """Listings of what went out from one instant up to another, which is not included."""
        return self.filter(release__publish_at__gte=first, release__publish_at__lt=end)

    def newest_first(self):
        """In the order of publication, the latest first."""
        return self.order_by("-release__publish_at", "-article_id")

    def oldest_first(self):
        """In the order of publication."""
        return self.order_by("release__publish_at", "article_id")

    def pieces(self):
        """The numbers of the pieces, for ``with_keys``."""
        return self.values("article")

    def beside(self, piece, at=None):
        """The numbers of live pieces under a section or a tag of one, the latest few of each.

        ``piece`` is an outer reference to its key. However many there are, each is looked up along
        the index, and a few pieces that are not out yet are passed on the way.
        """
        same = self.model.objects.live(at).filter(shelf=OuterRef("shelf"), key=OuterRef("key"))
        latest = same.order_by("-release", "-article").values("article")[:BESIDE]
        return self.filter(article=piece, shelf__in=ABOUT).values(
            found=Func(ArraySubquery(latest), function="unnest", output_field=BigIntegerField())
        )

    def shared(self, piece):
        """How much the outer piece has in common with another: a tag counts more than a section."""
        same = self.filter(article=piece, shelf=OuterRef("shelf"), key=OuterRef("key"))
        common = self.filter(Exists(same), article=OuterRef("pk"), shelf__in=ABOUT)
        return Subquery(common.order_by().values("article").values(much=Sum("shelf")))

    def by_month(self):
        """How many there are of each month, as JSON objects for ``ArraySubquery``."""
        return (
            self.order_by()
            .annotate(year=ExtractYear("release__publish_at"))
            .annotate(month=ExtractMonth("release__publish_at"))
            .values("year", "month")
            .annotate(count=Count("*"))
            .order_by("year", "month")
            .values(row=JSONObject(year="year", month="month", count="count"))
        )


def listed_by_month(shelf: Shelf, at=None) -> ArraySubquery:
    """Return how many live pieces a section, name or tag has in each month, the oldest first.

    An annotation of its row: each month is an object with ``year``, ``month`` and ``count``.
    """
    return ArraySubquery(Listing.objects.live(at).on(shelf, OuterRef("pk")).by_month())


def listed_somewhere(shelf: Shelf, at=None) -> Subquery:
    """Return some live piece of a section, name or tag, as an annotation of its row, or nothing.

    One is looked up for each row; “exists” would be joined with the whole archive.
    """
    return Subquery(
        Listing.objects.live(at).on(shelf, OuterRef("pk")).order_by().values("article")[:1]
    )


# What the triggers write, as a question, to ask it of what is only supposed. The numbers are those
# of Shelf.
_PLACES = """
SELECT a.id, a.release_id, place.shelf, place.key
  FROM "articles_article" a
  JOIN "articles_version" v ON v.id = a.sealed_id
 CROSS JOIN LATERAL (
        SELECT 1 AS shelf, v.section_id AS key WHERE v.section_id IS NOT NULL
         UNION
        SELECT 2, b.correspondent_id FROM "articles_versionbyline" b
          JOIN "articles_correspondent" c ON c.id = b.correspondent_id
         WHERE b.version_id = v.id AND translate(b.name, E' \\u3000', '') = c.name
         UNION
        SELECT 3, t.tag_id FROM "articles_sealedtag" t WHERE t.article_id = a.id
       ) AS place
 WHERE a.id = ANY(%s) AND a.release_id IS NOT NULL AND a.withdrawn_at IS NULL
   AND a.kind NOT IN ('page', 'topic')
 ORDER BY a.id, place.shelf, place.key
"""


def listings_of(pieces: list[int]) -> "list[Listing]":
    """Return where pieces, given by their keys, are listed by what they are; nothing is stored."""
    with connection.cursor() as cursor:
        cursor.execute(_PLACES, [pieces])
        return [
            Listing(article_id=article, release_id=release, shelf=shelf, key=key)
            for article, release, shelf, key in cursor.fetchall()
        ]


class Listing(models.Model):
    """One place in which a sealed piece with a release is listed; withdrawn ones have none.

    Narrow, so that the pieces of a section are counted without going through their texts.
    """

    article = models.ForeignKey(
        Article, models.CASCADE, verbose_name=_("article"), related_name="listings"
    )
    release = models.ForeignKey(
        Release, models.CASCADE, verbose_name=_("release"), related_name="+"
    )
    shelf = models.PositiveSmallIntegerField(_("listed by"), choices=Shelf)
    key = models.BigIntegerField(_("key"))

    objects = ListingQuerySet.as_manager()

    class Meta:
        verbose_name = _("listing")
        verbose_name_plural = _("listings")
        constraints = [
            models.UniqueConstraint(
                name="piece_is_listed_once_in_its_place",
                fields=["shelf", "key", "release", "article"],
            ),
        ]
        triggers = [never_truncated("What residents find pieces by")]

    def __str__(self):
        return f"#{self.article_id}"
