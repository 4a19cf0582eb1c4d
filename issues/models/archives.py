"""Issues that were restored from an archive, and files that somebody is looking through first."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models import ArchiveBatch
from issues.models.issues import Issue
from newsroom.people.guards import never_deleted, only_grows


class RestoredIssue(models.Model):
    """Which issue was restored from which archive. Such an issue was never laid out here."""

    issue = models.OneToOneField(
        Issue, models.PROTECT, verbose_name=_("issue"), related_name="restored"
    )
    batch = models.OneToOneField(
        ArchiveBatch, models.PROTECT, verbose_name=_("restored archive"), related_name="+"
    )

    closed_at = models.DateTimeField(_("closed where it was archived"))

    class Meta:
        verbose_name = _("restored issue")
        verbose_name_plural = _("restored issues")
        ordering = ["pk"]
        triggers = only_grows("A restored issue")

    def __str__(self):
        return str(self.issue)


class ArchiveFile(models.Model):
    """An archive that was brought to the desk, to be looked through and restored, or not."""

    digest = models.CharField(_("digest"), max_length=64, unique=True)
    file_name = models.CharField(_("file"), max_length=200)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("uploaded by"), related_name="+"
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now=True)
    batch = models.ForeignKey(
        ArchiveBatch,
        models.PROTECT,
        verbose_name=_("restored archive"),
        related_name="+",
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("archive brought in")
        verbose_name_plural = _("archives brought in")
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="archive_brought_in_is_named_by_a_digest",
                condition=Q(digest__regex="^[0-9a-f]{64}$"),
            ),
        ]
        triggers = never_deleted("An archive brought in")

    def __str__(self):
        return self.file_name or self.digest[:12]
