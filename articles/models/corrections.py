"""Correction and withdrawal: records of their own, with their own signatures."""

from datetime import timedelta

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left, Now
from django.utils.translation import gettext_lazy as _

from articles import triggers
from articles.models.article import Article
from articles.reading import OPENING, TITLE, along, live_rule
from newsroom.people.guards import keeps_history, never_deleted, only_grows

RECENTLY = timedelta(days=30)


class CorrectionQuerySet(models.QuerySet):
    def public(self):
        """Signed corrections; the piece they belong to must be live, which the caller asks."""
        return self.filter(signed_at__isnull=False)

    def of_live_pieces(self, at=None):
        """Signed corrections of pieces residents can read, newest first."""
        return self.public().filter(live_rule(at, "article__")).order_by("-signed_at", "-pk")

    def recent(self, at=None):
        """Corrections signed within the thirty days before an instant."""
        moment = models.Value(at, models.DateTimeField()) if at else Now()
        return self.filter(signed_at__gte=moment - RECENTLY)

    def for_list(self):
        """With what a public list shows of the piece, in one statement."""
        return self.select_related("article__sealed", "article__release").only(
            "wrong", "right", "note", "signed_at", "article__sealed", *along("article__", TITLE)
        ).annotate(opening=Left("article__sealed__body", OPENING))  # fmt: skip


@keeps_history()
class Correction(models.Model):
    """What was wrong and what is right, signed by somebody other than who drew it up.

    Custom: a correction names the wrong and the right words and stands in the next issue at equal
    standing. It does not touch the seal of the piece.
    """

    article = models.ForeignKey(
        Article, models.PROTECT, verbose_name=_("article"), related_name="corrections"
    )
    wrong = models.CharField(_("wrong"), max_length=300)
    right = models.CharField(_("right"), max_length=300)
    note = models.CharField(_("note"), max_length=300, blank=True)
    drawn_up_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("drawn up by"), related_name="+"
    )
    drawn_up_at = models.DateTimeField(_("drawn up at"), auto_now_add=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("signed by"),
        related_name="+",
        null=True,
        blank=True,
    )
    signed_at = models.DateTimeField(_("signed at"), null=True, blank=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-drawn_up_at"]
        constraints = [
            models.CheckConstraint(
                name="signed_correction_names_its_signer",
                condition=Q(signed_at=None, signed_by=None)
                | Q(signed_at__isnull=False, signed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="correction_is_signed_by_another",
                condition=Q(signed_by=None) | ~Q(signed_by=F("drawn_up_by")),
                violation_error_message=_("A correction is signed by somebody else."),
            ),
        ]
        triggers = [
            *never_deleted("A correction"),
            pgtrigger.Trigger(
                name="signed_correction_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=triggers.SIGNED_CORRECTION_STAYS,
            ),
        ]

    def __str__(self):
        return f"{self.wrong} → {self.right}"

    @property
    def piece(self) -> Article:
        """The piece with all that ``for_list`` fetched for it."""
        self.article.opening = self.opening
        return self.article


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
