"""Signatures taken back before a piece is out: records that only grow. The seal itself stays."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from articles import seal_guards
from articles.models.article import Article
from articles.models.reviews import Review, Signature
from newsroom.people.guards import only_grows


class TakenBackQuerySet(models.QuerySet):
    def standing(self):
        """Those that no later review has answered: the piece has not been signed off since."""
        since = Review.objects.filter(
            article=OuterRef("article"),
            outcome=Review.Outcome.APPROVED,
            pk__gt=OuterRef("signature__review"),
        )
        return self.filter(~Exists(since))


class TakenBackSignature(models.Model):
    """Whose signature under a sealed version was taken back, and why."""

    signature = models.OneToOneField(
        Signature, models.PROTECT, verbose_name=_("signature"), related_name="taken_back"
    )
    article = models.ForeignKey(
        Article, models.PROTECT, verbose_name=_("article"), related_name="signatures_taken_back"
    )
    reason = models.TextField(_("reason, for the record"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("by"), related_name="+"
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)

    objects = TakenBackQuerySet.as_manager()

    class Meta:
        verbose_name = _("signature taken back")
        verbose_name_plural = _("signatures taken back")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="signature_is_taken_back_for_a_reason", condition=~Q(reason="")
            ),
        ]
        triggers = [
            *only_grows("A signature taken back"),
            pgtrigger.Trigger(
                name="signature_is_taken_back_by_who_gave_it",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=seal_guards.SIGNATURE_IS_TAKEN_BACK_BY_WHO_GAVE_IT,
            ),
        ]

    def __str__(self):
        return f"{self.signature_id} · {self.by}"
