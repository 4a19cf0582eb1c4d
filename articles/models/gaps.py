"""What the import found damaged in a working copy."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from newsroom.people.guards import keeps_history, never_deleted


@keeps_history()
class Gap(models.Model):
    """Where import found the text damaged. It stays on the draft until a person clears it."""

    article = models.ForeignKey(
        Article, models.PROTECT, verbose_name=_("article"), related_name="gaps"
    )
    code = models.CharField(_("code"), max_length=40)
    message = models.TextField(_("message"))
    paragraph = models.PositiveSmallIntegerField(_("paragraph"), null=True, blank=True)
    quote = models.TextField(_("quote"), blank=True)
    found_at = models.DateTimeField(_("found at"), auto_now_add=True)
    cleared_at = models.DateTimeField(_("cleared at"), null=True, blank=True)
    cleared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("cleared by"),
        related_name="+",
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("warning of the import")
        verbose_name_plural = _("warnings of the import")
        ordering = ["paragraph", "pk"]
        constraints = [
            models.CheckConstraint(
                name="cleared_gap_names_who_cleared_it",
                condition=Q(cleared_at=None, cleared_by=None)
                | Q(cleared_at__isnull=False, cleared_by__isnull=False),
            ),
        ]
        triggers = never_deleted("A warning of the import")

    def __str__(self):
        return self.message
