"""Pieces that were signed elsewhere or in another time, and came back from an archived issue."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles import archive_guards as guards
from articles.models.versions import Version
from newsroom.people.guards import only_grows


class ArchiveBatch(models.Model):
    """What was brought in from one archive in one go: by whom, when, of which file.

    The ground of the seals of its pieces, which nobody has signed here.
    """

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("by"), related_name="+"
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)
    digest = models.CharField(
        _("digest"), max_length=64, db_index=True, help_text=_("SHA-256 of the archive's file.")
    )
    site = models.CharField(_("archived at"), max_length=200)
    paper = models.CharField(_("name of the paper"), max_length=40, blank=True)
    label = models.CharField(_("what it holds"), max_length=40)

    class Meta:
        verbose_name = _("restored archive")
        verbose_name_plural = _("restored archives")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="restored_archive_is_named_by_a_digest",
                condition=Q(digest__regex="^[0-9a-f]{64}$"),
            ),
            models.CheckConstraint(
                name="restored_archive_says_where_it_is_from", condition=~Q(site="") & ~Q(label="")
            ),
        ]
        triggers = [
            *only_grows("A restored archive"),
            pgtrigger.Trigger(
                name="archive_is_restored_by_who_may",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=guards.ARCHIVE_IS_RESTORED_BY_WHO_MAY,
            ),
        ]

    def __str__(self):
        return f"{self.label} · {self.digest[:12]}"


class ArchivedPieceQuerySet(models.QuerySet):
    def numbered(self, site: str, numbers):
        """Pieces that came from a site, by the numbers they had there."""
        return self.filter(site=site, number__in=list(numbers))

    def of_articles(self, articles):
        """What the pieces of some keys were where they were archived."""
        return self.filter(version__article__in=list(articles)).select_related("version", "batch")


class ArchivedPiece(models.Model):
    """What a restored piece was where it was archived: its number, who had signed it, and when.

    One without a version had been withdrawn there: nothing of it came but that it was there.
    """

    batch = models.ForeignKey(
        ArchiveBatch, models.PROTECT, verbose_name=_("restored archive"), related_name="pieces"
    )
    version = models.OneToOneField(
        Version,
        models.PROTECT,
        verbose_name=_("version"),
        related_name="archived",
        null=True,
        blank=True,
    )
    site = models.CharField(_("archived at"), max_length=200)
    number = models.PositiveBigIntegerField(_("number of the piece there"))
    fingerprint = models.CharField(_("fingerprint there"), max_length=64, blank=True)
    record = models.JSONField(_("record"), default=dict)

    objects = ArchivedPieceQuerySet.as_manager()

    class Meta:
        verbose_name = _("restored piece")
        verbose_name_plural = _("restored pieces")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="piece_is_restored_once", fields=["site", "number"]),
        ]
        triggers = [
            *only_grows("A restored piece"),
            pgtrigger.Trigger(
                name="restored_piece_is_sealed_by_its_batch",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                condition=pgtrigger.Condition("NEW.version_id IS NOT NULL"),
                func=guards.RESTORED_PIECE_IS_SEALED_BY_ITS_BATCH,
            ),
        ]

    def __str__(self):
        return f"{self.site} · {self.number}"
