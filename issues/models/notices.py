"""What became of a signed correction in print: the piece that prints it, or why none does."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Correction
from newsroom.people.guards import keeps_history, never_deleted


@keeps_history()
class CorrectionNotice(models.Model):
    """The piece that prints a correction, or the reason why it need not be printed.

    Whether it has been printed follows from where that piece stands, and is not stored.
    """

    correction = models.OneToOneField(
        Correction, models.PROTECT, verbose_name=_("correction"), related_name="+"
    )
    article = models.OneToOneField(
        Article, models.PROTECT, verbose_name=_("article"), related_name="+", null=True, blank=True
    )
    not_needed_because = models.CharField(_("not printed because"), max_length=200, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("decided by"), related_name="+"
    )
    decided_at = models.DateTimeField(_("decided at"), auto_now=True)

    class Meta:
        verbose_name = _("notice of a correction")
        verbose_name_plural = _("notices of corrections")
        constraints = [
            models.CheckConstraint(
                name="correction_is_printed_or_there_is_a_reason",
                condition=Q(article__isnull=False, not_needed_because="")
                | Q(article=None) & ~Q(not_needed_because=""),
            ),
        ]
        triggers = never_deleted("A notice of a correction")

    def __str__(self):
        return str(self.correction)
