"""Corrections: what was wrong and what is right, signed in rounds like a piece."""

from datetime import timedelta

import pgtrigger
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import ExtractMonth, ExtractYear, Left, Now
from django.utils.translation import gettext_lazy as _

from articles import correction_guards as guards
from articles.models.archives import ArchiveBatch
from articles.models.article import Article
from articles.models.reviews import Round, Route
from articles.reading import OPENING, TITLE, along, live_rule
from newsroom.people.guards import keeps_history, never_deleted

RECENTLY = timedelta(days=30)


class CorrectionQuerySet(models.QuerySet):
    def public(self):
        """Signed corrections; the piece they belong to must be live, which the caller asks."""
        return self.filter(signed_at__isnull=False)

    def of_live_pieces(self, at=None):
        """Signed corrections of pieces residents can read, newest first."""
        return self.public().filter(live_rule(at, "article__")).order_by("-signed_at", "-pk")

    def by_month(self):
        """How many there are of each month in which they were signed, the oldest first."""
        month = {"year": ExtractYear("signed_at"), "month": ExtractMonth("signed_at")}
        counted = self.order_by().values(**month).annotate(count=Count("pk"))
        return counted.order_by("year", "month")

    def signed_between(self, first, end):
        """Corrections signed from one instant up to another, which is not included."""
        return self.filter(signed_at__gte=first, signed_at__lt=end)

    def oldest_first(self):
        """In the order in which they were signed."""
        return self.order_by("signed_at", "pk")

    def recent(self, at=None):
        """Corrections signed within the thirty days before an instant."""
        moment = models.Value(at, models.DateTimeField()) if at else Now()
        return self.filter(signed_at__gte=moment - RECENTLY)

    def for_list(self):
        """With what a public list shows of the piece, in one statement."""
        return self.select_related("article__sealed", "article__release").only(
            "wrong", "right", "note", "printed_where", "signed_at", "article__sealed",
            *along("article__", TITLE),
        ).annotate(opening=Left("article__sealed__body", OPENING))  # fmt: skip

    def in_rounds(self):
        """Corrections that wait for a signature."""
        return self.filter(signed_at=None, dropped_at=None, returned_at=None)

    def returned(self):
        """Corrections given back to who drew them up."""
        return self.filter(signed_at=None, dropped_at=None, returned_at__isnull=False)

    def dropped(self):
        """Corrections that were not needed after all."""
        return self.filter(dropped_at__isnull=False)

    def with_round(self):
        """With the first round that has not signed as ``round_now``."""
        signed = CorrectionSignature.objects.standing().filter(
            correction=OuterRef(OuterRef("pk")), round=OuterRef("pk")
        )
        waiting = Round.objects.filter(~Exists(signed), route=OuterRef("route"))
        return self.annotate(round_now=Subquery(waiting.order_by("position").values("pk")[:1]))

    def waiting_for(self, user, on=None):
        """Corrections this person may sign now, oldest first.

        Deputies see what waits for the person they act for. ``permissions.may_sign_correction``
        says the same of one, and a test holds the two equal.
        """
        if not user.is_active:
            return self.none()
        groups = Group.objects.filter(user=user)
        rounds = Round.objects.filter(group__in=groups)
        mine = Q(round_now__in=rounds.values("pk"))
        acting = user.deputyships.on(on).filter(principal__is_active=True)
        for deputyship in acting.select_related("principal"):
            principal = deputyship.principal
            theirs = Group.objects.filter(user=principal).exclude(pk__in=groups)
            rounds = Round.objects.filter(group__in=theirs)
            mine |= Q(round_now__in=rounds.values("pk")) & ~_kept_from(principal)
        return (
            self.in_rounds()
            .with_round()
            .filter(mine, ~_kept_from(user), article__withdrawn_at=None)
            .order_by("drawn_up_at", "pk")
        )

    def for_desk(self):
        """With what a line in the desk shows, seals included."""
        signatures = models.Prefetch("signatures", CorrectionSignature.objects.for_display())
        return self.select_related(
            "article__sealed", "article__release", "drawn_up_by", "signed_by", "route"
        ).prefetch_related("route__rounds__group", signatures)


def _kept_from(person) -> Q:
    """Say in SQL what keeps somebody from signing: it is theirs, or they have signed."""
    signed = CorrectionSignature.objects.standing().filter(
        Q(signer=person) | Q(on_behalf_of=person), correction=OuterRef("pk")
    )
    own = Article.objects.own_of(person).filter(pk=OuterRef("article"))
    return Q(drawn_up_by=person) | Exists(signed) | Exists(own)


@keeps_history()
class Correction(models.Model):
    """What was wrong and what is right, signed by others than who drew it up.

    It passes the rounds of the route in force when it was drawn up. Custom: a correction names
    the wrong and the right words and stands in the next issue at equal standing. It does not touch
    the seal of the piece. Those without a route were signed before corrections had rounds,
    or came with a piece from an archive.
    """

    article = models.ForeignKey(
        Article, models.PROTECT, verbose_name=_("article"), related_name="corrections"
    )
    wrong = models.CharField(_("wrong"), max_length=300)
    right = models.CharField(_("right"), max_length=300)
    note = models.CharField(_("note"), max_length=300, blank=True)
    printed_where = models.CharField(
        _("where it was printed"),
        max_length=120,
        blank=True,
        help_text=_("Issue and page. Empty: it stood on the website only."),
    )
    route = models.ForeignKey(
        Route,
        models.PROTECT,
        verbose_name=_("route"),
        related_name="corrections",
        null=True,
        blank=True,
    )
    batch = models.ForeignKey(
        ArchiveBatch,
        models.PROTECT,
        verbose_name=_("restored archive"),
        related_name="corrections",
        null=True,
        blank=True,
        help_text=_("Of one that came with a restored piece: it was signed where that was."),
    )
    revision = models.PositiveIntegerField(_("revision"), default=0, editable=False)
    drawn_up_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("drawn up by"), related_name="+"
    )
    drawn_up_at = models.DateTimeField(_("drawn up at"), auto_now_add=True)
    returned_at = models.DateTimeField(_("returned at"), null=True, blank=True)
    returned_note = models.CharField(_("what to change"), max_length=300, blank=True)
    dropped_at = models.DateTimeField(_("dropped at"), null=True, blank=True)
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
                | Q(signed_at__isnull=False, signed_by__isnull=False)
                | Q(signed_at__isnull=False, batch__isnull=False),
            ),
            models.CheckConstraint(
                name="correction_is_signed_by_another",
                condition=Q(signed_by=None) | ~Q(signed_by=F("drawn_up_by")),
                violation_error_message=_("A correction is signed by somebody else."),
            ),
            models.CheckConstraint(
                name="unsigned_correction_has_its_route",
                condition=Q(route__isnull=False) | Q(signed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="correction_is_public_or_put_away_never_both",
                condition=Q(signed_at=None) | Q(returned_at=None, dropped_at=None),
            ),
            models.CheckConstraint(
                name="returned_correction_says_what_to_change",
                condition=Q(returned_at=None) | ~Q(returned_note=""),
            ),
        ]
        triggers = [
            *never_deleted("A correction"),
            pgtrigger.Trigger(
                name="correction_begins_unsigned",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Condition(
                    "NEW.signed_at IS NOT NULL OR NEW.dropped_at IS NOT NULL"
                    " OR NEW.returned_at IS NOT NULL OR NEW.route_id IS NULL"
                    " OR NEW.batch_id IS NOT NULL"
                ),
                func=guards.CORRECTION_BEGINS_UNSIGNED,
            ),
            pgtrigger.Trigger(
                name="signed_correction_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=guards.SIGNED_CORRECTION_STAYS,
            ),
        ]

    def __str__(self):
        return f"{self.wrong} → {self.right}"

    @property
    def piece(self) -> Article:
        """The piece with all that ``for_list`` fetched for it."""
        self.article.opening = self.opening
        return self.article

    @property
    def waits(self) -> bool:
        """Whether it stands in a round."""
        return self.signed_at is None and self.dropped_at is None and self.returned_at is None

    def next_round(self) -> Round | None:
        """Return the round it stands in; None when it stands in none."""
        return self.route.next_after(self.signatures.standing()) if self.waits else None


class CorrectionSignatureQuerySet(models.QuerySet):
    def standing(self):
        """Signatures that no later change has voided."""
        return self.filter(voided_at=None)

    def for_display(self):
        """With the names a seal shows, in the order of the rounds."""
        return self.select_related("round", "signer", "on_behalf_of").order_by(
            "round__position", "pk"
        )


@keeps_history()
class CorrectionSignature(models.Model):
    """A name under a correction, in a round. New words void it; nothing removes it."""

    correction = models.ForeignKey(
        Correction, models.PROTECT, verbose_name=_("correction"), related_name="signatures"
    )
    round = models.ForeignKey(Round, models.PROTECT, verbose_name=_("round"), related_name="+")
    revision = models.PositiveIntegerField(_("revision"))
    signer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("signed by"), related_name="+"
    )
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("on behalf of"),
        related_name="+",
        null=True,
        blank=True,
    )
    signed_at = models.DateTimeField(_("signed at"), auto_now_add=True)
    voided_at = models.DateTimeField(_("voided at"), null=True, blank=True)

    objects = CorrectionSignatureQuerySet.as_manager()

    class Meta:
        verbose_name = _("signature under a correction")
        verbose_name_plural = _("signatures under corrections")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="round_of_a_correction_is_signed_once",
                fields=["correction", "round"],
                condition=Q(voided_at=None),
            ),
            models.UniqueConstraint(
                name="nobody_signs_two_rounds_of_one_correction",
                fields=["correction", "signer"],
                condition=Q(voided_at=None),
            ),
            models.CheckConstraint(
                name="nobody_signs_a_correction_on_their_own_behalf",
                condition=Q(on_behalf_of=None) | ~Q(on_behalf_of=F("signer")),
            ),
        ]
        triggers = [
            *never_deleted("A signature under a correction"),
            pgtrigger.Trigger(
                name="correction_signature_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=guards.CORRECTION_SIGNATURE_STAYS,
            ),
            pgtrigger.Trigger(
                name="nobody_signs_their_own_correction",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=guards.NOBODY_SIGNS_THEIR_OWN_CORRECTION,
            ),
            pgtrigger.Trigger(
                name="correction_signature_stands_in_its_round",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=guards.CORRECTION_SIGNATURE_STANDS_IN_ITS_ROUND,
            ),
        ]

    def __str__(self):
        return f"{self.round} · {self.signer}"
