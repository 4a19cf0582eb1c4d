"""Withdrawal, and what undoes it: records that only grow."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles import correction_guards as guards
from articles.models.article import Article
from newsroom.people.guards import only_grows


class Withdrawal(models.Model):
    """Why a piece was taken down, who signed that, and what its tombstone says."""

    article = models.ForeignKey(
        Article, models.PROTECT, verbose_name=_("article"), related_name="withdrawals"
    )
    reason = models.TextField(_("reason, for the record"))
    public_note = models.CharField(_("public note"), max_length=200, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("signed by"), related_name="+"
    )
    signed_at = models.DateTimeField(_("signed at"), auto_now_add=True)

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")
        ordering = ["-signed_at"]
        constraints = [
            models.CheckConstraint(name="withdrawal_says_why", condition=~Q(reason="")),
        ]
        triggers = only_grows("A withdrawal")

    def __str__(self):
        return f"{self.article_id} · {self.signed_at:%Y-%m-%d}"


class Reinstatement(models.Model):
    """Why a withdrawal was taken back and by whom. The withdrawal itself stays on record."""

    withdrawal = models.OneToOneField(
        Withdrawal, models.PROTECT, verbose_name=_("withdrawal"), related_name="reinstatement"
    )
    reason = models.TextField(_("reason, for the record"))
    public_note = models.CharField(
        _("public note"),
        max_length=200,
        blank=True,
        help_text=_("Stands dated under the piece. Empty: the page says nothing of it."),
    )
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("signed by"), related_name="+"
    )
    signed_at = models.DateTimeField(_("signed at"), auto_now_add=True)

    class Meta:
        verbose_name = _("reinstatement")
        verbose_name_plural = _("reinstatements")
        ordering = ["-signed_at"]
        constraints = [
            models.CheckConstraint(name="reinstatement_says_why", condition=~Q(reason="")),
        ]
        triggers = [
            *only_grows("A reinstatement"),
            pgtrigger.Trigger(
                name="reinstatement_is_of_the_one_in_force",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=guards.REINSTATEMENT_IS_OF_THE_WITHDRAWAL_IN_FORCE,
            ),
        ]

    def __str__(self):
        return f"{self.withdrawal_id} · {self.signed_at:%Y-%m-%d}"
