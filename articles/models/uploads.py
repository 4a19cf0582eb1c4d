"""Photographs on their way into a piece: bytes that still come, pictures no save has taken up yet.

None of it is part of the history: a photograph is one once a save has put it into a piece.
"""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import connection, models
from django.db.models import F, Q, Sum
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from articles.images import LARGEST_FILE
from articles.models.photos import Photo

# A file of which nothing more comes is given up after this.
PATIENCE = timedelta(hours=24)
# What came whole and no save has taken up is offered for so long.
OFFERED = timedelta(days=90)
MOST_ON_THE_WAY = 100
"""Files one person may have on their way at a time."""
MOST_TOGETHER = 1024**3
"""Bytes of those files together."""


def _key_of(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


class UploadQuerySet(models.QuerySet):
    def of(self, person):
        """What somebody has sent; nobody else is ever told of it."""
        return self.filter(person=person)

    def on_the_way(self):
        """Files of which bytes are still missing."""
        return self.filter(received__lt=F("size"), why_not="")

    def together(self) -> int:
        """How many bytes these files have, those that are still missing too."""
        return self.aggregate(bytes=Sum("size"))["bytes"] or 0

    def taken(self):
        """Files that became pictures."""
        return self.exclude(digest="")

    def named_by(self, keys) -> dict[str, "Upload"]:
        """Return files by their keys as a form posts them; what is no key names none."""
        known = {each: key for each in set(keys) if (key := _key_of(each))}
        found = self.in_bulk(known.values(), field_name="key") if known else {}
        return {each: found[key] for each, key in known.items() if key in found}

    def showing(self, digest: str):
        """Files that became one picture, named by the digest of its master."""
        return self.filter(digest=digest)

    def loose(self, person, article):
        """What somebody sent for a piece, or with None for new ones, and no save has taken up."""
        found = self.of(person).taken().filter(article=article, hung_at=None)
        return found.order_by("begun_at")

    def outlived(self, now=None):
        """What nobody waits for any more: broken off a day ago, or taken up by no save for long."""
        now = now or Now()
        silent = Q(digest="", heard_at__lt=now - PATIENCE)
        return self.filter(silent | Q(heard_at__lt=now - OFFERED))

    def number(self) -> int:
        """Take the number that the next photograph would have, so that a text can name it now."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [Photo._meta.db_table]
            )
            return cursor.fetchone()[0]


class Upload(models.Model):
    """A file of one person's for one piece, or for a new one: how much of it came, what it became.

    The picture is named by its digest once it has been taken; ``number`` is the one the photograph
    will have in the piece, so that the text can show it before anything is saved.
    """

    key = models.UUIDField(_("key"), unique=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("person"), related_name="+"
    )
    article = models.ForeignKey(
        "articles.Article",
        models.CASCADE,
        verbose_name=_("article"),
        related_name="uploads",
        null=True,
    )
    name = models.CharField(_("what the file calls itself"), max_length=200, blank=True)
    mark = models.CharField(_("what it is known by when it is chosen again"), max_length=300)
    size = models.PositiveIntegerField(_("size in bytes"))
    received = models.PositiveIntegerField(_("bytes received"), default=0)
    number = models.PositiveBigIntegerField(_("number of the photo"), null=True)
    digest = models.CharField(_("digest"), max_length=64, blank=True, db_index=True)
    why_not = models.CharField(_("why it was refused"), max_length=300, blank=True)
    kept_apart = models.BooleanField(_("kept although one like it was there"), default=False)
    hung_at = models.DateTimeField(_("taken up by a save at"), null=True)
    begun_at = models.DateTimeField(_("begun at"), db_default=Now())
    heard_at = models.DateTimeField(_("last heard of at"), db_default=Now())

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("photo on its way")
        verbose_name_plural = _("photos on their way")
        constraints = [
            models.CheckConstraint(
                name="upload_has_a_size_that_is_taken",
                condition=Q(size__gt=0, size__lte=LARGEST_FILE, received__lte=F("size")),
            ),
            models.CheckConstraint(
                name="upload_becomes_a_picture_when_it_came_whole",
                condition=Q(digest="") | Q(received=F("size"), number__isnull=False, why_not=""),
            ),
            models.UniqueConstraint(name="upload_has_its_own_number", fields=["number"]),
        ]
        indexes = [models.Index(name="upload_by_heard_at", fields=["heard_at"])]

    def __str__(self):
        return f"{self.name} {self.received}/{self.size}".strip()

    @property
    def is_whole(self) -> bool:
        """Say whether every byte has come."""
        return self.received >= self.size
