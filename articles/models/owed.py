"""Signatures that follow an emergency: which rounds owe one, by when, and what came of it."""

from datetime import timedelta

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now, Replace
from django.utils.translation import gettext_lazy as _

from articles import seal_guards
from articles.models.article import Article
from articles.models.corrections import Correction
from articles.models.reviews import Review, Round, Signature
from articles.models.versions import Version, VersionByline
from newsroom.people.guards import keeps_history, never_deleted

WITHIN = timedelta(hours=24)


def _moment(at):
    return models.Value(at, models.DateTimeField()) if at else Now()


class OwedSignatureQuerySet(models.QuerySet):
    def open(self):
        """What still shouts: not signed, not withdrawn, and not corrected since it was refused.

        Nothing marks a debt as settled: it follows from what is on record, so that it shouts again
        when a withdrawal is undone.
        """
        return self.filter(~self._settled())

    def settled(self):
        """What has been signed, corrected after a refusal, or withdrawn."""
        return self.filter(self._settled())

    def _settled(self):
        return (
            Q(signature__isnull=False)
            | Q(article__withdrawn_at__isnull=False)
            | Q(refused_at__isnull=False) & Exists(self._corrections())
        )

    def _corrections(self):
        return Correction.objects.public().filter(
            article=OuterRef("article"), signed_at__gt=OuterRef("refused_at")
        )

    def unsigned(self):
        """Open, and nobody has answered yet."""
        return self.open().filter(refused_at=None)

    def overdue(self, at=None):
        """Unsigned after a day; the database's clock unless an instant is given."""
        return self.unsigned().filter(due_at__lt=_moment(at))

    def refused(self):
        """Open, and somebody would not sign: the piece is to be corrected or withdrawn."""
        return self.open().filter(refused_at__isnull=False)

    def barring(self, article, at=None):
        """What keeps a piece from going out in an emergency again: overdue, or refused."""
        late = Q(refused_at__isnull=False) | Q(due_at__lt=_moment(at))
        return self.open().filter(late, article=article)

    def asked_of(self, user, on=None):
        """What somebody may sign or refuse: their round, or that of whom they act for on a day.

        Not their own pieces, nor those where they signed another round.
        """
        acting = user.deputyships.on(on).filter(principal__is_active=True)
        mine = Q(round__group__user=user) | Q(round__group__user__in=acting.values("principal"))
        signed = Signature.objects.standing().filter(
            Q(signer=user) | Q(on_behalf_of=user), review=OuterRef("review")
        )
        printed = Replace(Replace("name", models.Value(" ")), models.Value("\u3000"))
        named = VersionByline.objects.alias(printed=printed).filter(
            Q(correspondent__user=user) | Q(correspondent__user=None, printed=user.name),
            version=OuterRef("version"),
        )
        open_to_them = self.unsigned().filter(mine).exclude(article__filed_by=user)
        return open_to_them.filter(~Exists(signed), ~Exists(named)).distinct()

    def with_answers(self):
        """With whether a correction has answered a refusal since, as ``corrected``."""
        return self.annotate(corrected=Exists(self._corrections()))

    def for_display(self):
        """With all a list shows, the most pressing first."""
        return self.select_related(
            "article", "round", "version", "review", "refused_by", "signature__signer",
            "signature__on_behalf_of",
        ).order_by(F("refused_at").asc(nulls_last=True), "due_at", "pk")  # fmt: skip


@keeps_history()
class OwedSignature(models.Model):
    """A round that an emergency passed over, and the signature it owes within a day."""

    article = models.ForeignKey(
        Article, models.PROTECT, verbose_name=_("article"), related_name="owed_signatures"
    )
    review = models.ForeignKey(
        Review, models.PROTECT, verbose_name=_("review"), related_name="owed_signatures"
    )
    round = models.ForeignKey(Round, models.PROTECT, verbose_name=_("round"), related_name="+")
    version = models.ForeignKey(
        Version, models.PROTECT, verbose_name=_("version"), related_name="owed_signatures"
    )
    owed_since = models.DateTimeField(_("owed since"))
    due_at = models.DateTimeField(_("due at"))
    signature = models.OneToOneField(
        Signature,
        models.PROTECT,
        verbose_name=_("signature"),
        related_name="owed",
        null=True,
        blank=True,
    )
    refused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("refused by"),
        related_name="+",
        null=True,
        blank=True,
    )
    refused_at = models.DateTimeField(_("refused at"), null=True, blank=True)
    refusal = models.TextField(_("why it was refused"), blank=True)

    objects = OwedSignatureQuerySet.as_manager()

    class Meta:
        verbose_name = _("owed signature")
        verbose_name_plural = _("owed signatures")
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="round_owes_one_signature_a_review", fields=["review", "round"]
            ),
            models.CheckConstraint(
                name="refused_signature_says_who_when_and_why",
                condition=Q(refused_by=None, refused_at=None, refusal="")
                | Q(refused_by__isnull=False, refused_at__isnull=False) & ~Q(refusal=""),
            ),
            models.CheckConstraint(
                name="owed_signature_is_given_or_refused",
                condition=Q(signature=None) | Q(refused_at=None),
            ),
            models.CheckConstraint(
                name="signature_is_owed_within_a_day",
                condition=Q(due_at__gt=F("owed_since"), due_at__lte=F("owed_since") + WITHIN),
            ),
        ]
        triggers = [
            *never_deleted("An owed signature"),
            pgtrigger.Trigger(
                name="only_an_emergency_owes",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=seal_guards.ONLY_AN_EMERGENCY_OWES,
            ),
            pgtrigger.Trigger(
                name="debt_stays_until_answered",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=seal_guards.DEBT_STAYS_UNTIL_ANSWERED,
            ),
        ]

    def __str__(self):
        return f"{self.round} · {self.article_id}"

    def is_overdue(self, at) -> bool:
        """Say whether a day has passed at ``at``, an aware datetime, without an answer."""
        return self.signature_id is None and self.refused_at is None and self.due_at < at
