"""A raw edition brought in, and which of its pieces became which article."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from issues.models.issues import Issue
from newsroom.people.guards import keeps_history, never_deleted, only_grows


@keeps_history(exclude=("proposal", "text"))
class EditionImport(models.Model):
    """A raw edition text brought in: what was proposed, mended, and what it became."""

    date = models.DateField(_("date of the issue"))
    sequence = models.PositiveSmallIntegerField(_("sequence on that date"), default=1)
    number = models.PositiveIntegerField(_("running number"), null=True, blank=True)
    file_name = models.CharField(_("file"), max_length=200, blank=True)
    digest = models.CharField(_("digest"), max_length=64, db_index=True)
    text = models.TextField(_("text as it came"))
    proposal = models.JSONField(_("proposal"), default=dict)
    issue = models.ForeignKey(
        Issue,
        models.PROTECT,
        verbose_name=_("issue"),
        related_name="imports",
        null=True,
        blank=True,
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("uploaded by"), related_name="+"
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("edition import")
        verbose_name_plural = _("edition imports")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="confirmed_import_has_its_issue",
                condition=Q(confirmed_at=None) | Q(issue__isnull=False),
            ),
        ]
        triggers = never_deleted("An edition import")

    def __str__(self):
        return f"{self.date:%Y-%m-%d} · {self.file_name or self.digest[:8]}"


class ImportedPiece(models.Model):
    """Which piece of an import became which article, so that importing again changes nothing."""

    edition_import = models.ForeignKey(
        EditionImport, models.PROTECT, verbose_name=_("import"), related_name="pieces"
    )
    issue = models.ForeignKey(
        Issue, models.PROTECT, verbose_name=_("issue"), related_name="imported_pieces"
    )
    article = models.ForeignKey(
        Article, models.PROTECT, verbose_name=_("article"), related_name="+"
    )
    fingerprint = models.CharField(_("fingerprint"), max_length=64)
    beginning = models.CharField(_("how it begins"), max_length=80)

    class Meta:
        verbose_name = _("imported piece")
        verbose_name_plural = _("imported pieces")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="piece_is_imported_once_into_an_issue", fields=["issue", "fingerprint"]
            ),
        ]
        triggers = only_grows("An imported piece")

    def __str__(self):
        return self.beginning
