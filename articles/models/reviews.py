"""The rounds a piece passes, who signed what in them, and the record of every act."""

import pgtrigger
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from articles import triggers
from newsroom.people.guards import keeps_history, never_deleted, only_grows
from newsroom.people.models import User
from newsroom.people.roles import Role


def _uses_a_deputy(person: str) -> pgtrigger.Trigger:
    """Return the trigger that notes on a deputy's row that they have acted; of both tables."""
    return pgtrigger.Trigger(
        name="deputy_has_been_used",
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        condition=pgtrigger.Condition("NEW.on_behalf_of_id IS NOT NULL"),
        func=triggers.DEPUTY_HAS_BEEN_USED.format(person=person),
    )


class RouteQuerySet(models.QuerySet):
    def in_force(self):
        """The route that pieces submitted now will take."""
        return self.filter(is_in_force=True)


@keeps_history()
class Route(models.Model):
    """A sequence of rounds. Pieces under way keep the route they started with."""

    name = models.CharField(_("name"), max_length=40)
    is_in_force = models.BooleanField(_("in force"), default=False)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("made by"),
        related_name="+",
        null=True,
        blank=True,
    )
    retired_at = models.DateTimeField(_("retired at"), null=True, blank=True)

    objects = RouteQuerySet.as_manager()

    class Meta:
        verbose_name = _("route")
        verbose_name_plural = _("routes")
        constraints = [
            models.UniqueConstraint(
                name="one_route_is_in_force",
                fields=["is_in_force"],
                condition=Q(is_in_force=True),
            ),
            models.CheckConstraint(
                name="retired_route_is_not_in_force",
                condition=Q(retired_at=None) | Q(is_in_force=False),
            ),
        ]
        triggers = never_deleted("A route")

    def __str__(self):
        return self.name

    def next_after(self, signatures) -> "Round | None":
        """Return the first round that is not among the signatures'; None when all have signed."""
        return self.rounds.exclude(pk__in=signatures.values("round")).order_by("position").first()


class RoundQuerySet(models.QuerySet):
    def in_force(self):
        """The rounds of the route in force, in their order."""
        return self.filter(route__is_in_force=True).order_by("position")

    def signed_by_nobody_but(self, person):
        """Rounds in force of which somebody is the only member who is there."""
        others = Exists(
            User.objects.filter(is_active=True, groups=OuterRef("group")).exclude(pk=person.pk)
        )
        return self.in_force().filter(~others, group__user=person)


@keeps_history()
class Round(models.Model):
    """One round of a route: its name, its seal, and whose signature it takes."""

    route = models.ForeignKey(Route, models.PROTECT, verbose_name=_("route"), related_name="rounds")
    position = models.PositiveSmallIntegerField(_("position"))
    name = models.CharField(_("name"), max_length=12)
    seal = models.CharField(_("seal"), max_length=1, help_text=_("One character."))
    group = models.ForeignKey(Group, models.PROTECT, verbose_name=_("signed by"), related_name="+")

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ["route", "position"]
        constraints = [
            models.UniqueConstraint(name="round_has_its_place", fields=["route", "position"]),
            models.UniqueConstraint(name="round_has_its_name", fields=["route", "name"]),
            models.UniqueConstraint(name="round_has_its_seal", fields=["route", "seal"]),
            models.CheckConstraint(
                name="route_has_one_to_five_rounds", condition=Q(position__range=(1, 5))
            ),
        ]
        triggers = [
            *never_deleted("A round"),
            pgtrigger.Trigger(
                name="round_in_use_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=triggers.ROUND_IN_USE_STAYS,
            ),
            pgtrigger.Trigger(
                name="round_is_signed_by_editors",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=triggers.ROUND_IS_SIGNED_BY_EDITORS,
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def role_name(self) -> str:
        """The role of its signers in the reader's language; the group's own name is the code's."""
        return str(Role(self.group.name).label)


class ReviewQuerySet(models.QuerySet):
    def open(self):
        """Passages under way."""
        return self.filter(ended_at=None)


@keeps_history()
class Review(models.Model):
    """One passage of a piece through the rounds, from submission to its end."""

    class Outcome(models.TextChoices):
        APPROVED = "approved", _("Signed off")
        RETURNED = "returned", _("Returned")
        RECALLED = "recalled", _("Recalled")
        REJECTED = "rejected", _("Rejected")

    article = models.ForeignKey(
        "articles.Article", models.PROTECT, verbose_name=_("article"), related_name="reviews"
    )
    route = models.ForeignKey(
        Route, models.PROTECT, verbose_name=_("route"), related_name="reviews"
    )
    submitted = models.ForeignKey(
        "articles.Version", models.PROTECT, verbose_name=_("as submitted"), related_name="+"
    )
    follows = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name=_("whose signatures go on to stand"),
        related_name="+",
        null=True,
        blank=True,
        help_text=_("Of a minor change: the review of the version that it changes."),
    )
    started_at = models.DateTimeField(_("started at"), auto_now_add=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="piece_is_in_one_review_at_a_time",
                fields=["article"],
                condition=Q(ended_at=None),
            ),
            models.CheckConstraint(
                name="ended_review_has_an_outcome",
                condition=Q(ended_at=None, outcome="") | Q(ended_at__isnull=False) & ~Q(outcome=""),
            ),
        ]
        triggers = [
            *never_deleted("A review"),
            pgtrigger.Trigger(
                name="review_keeps_its_route",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=triggers.REVIEW_KEEPS_ITS_ROUTE,
            ),
        ]

    def __str__(self):
        return f"{self.article_id} · {self.started_at:%Y-%m-%d %H:%M}"

    def next_round(self) -> Round | None:
        """Return the first round without a standing signature; None when all have signed."""
        return self.route.next_after(self.signatures.standing())


class SignatureQuerySet(models.QuerySet):
    def standing(self):
        """Signatures that no later change has voided."""
        return self.filter(voided_at=None)

    def under(self, version):
        """The signatures a sealed version went out with: of the first review that ended in it.

        A piece taken up again and signed without a change has one version and two reviews. A
        minor change is signed for the last round alone: for the others, those who signed what it
        changes go on to stand. ``version`` may be an ``OuterRef``.
        """
        sealed = models.OuterRef(version) if isinstance(version, models.OuterRef) else version
        last = self.model.objects.standing().filter(version=sealed, review__outcome="approved")
        first = last.order_by("review")
        later = Round.objects.filter(
            route=models.OuterRef("round__route"), position__gt=models.OuterRef("round__position")
        )
        # “=”, not “IN”: PostgreSQL would hash the one row, use it in two places, and renew it for
        # the next outer row in one of them only.
        followed = Q(review=models.Subquery(first.values("review__follows")[:1]))
        ended = Q(review=models.Subquery(first.values("review")[:1]))
        return (
            self.standing()
            .filter(ended | followed & models.Exists(later))
            .order_by("round__position")
        )

    def for_display(self):
        """With the names a seal shows, in the order of the rounds."""
        return self.select_related("round", "signer", "on_behalf_of", "version").order_by(
            "round__position", "pk"
        )


@keeps_history()
class Signature(models.Model):
    """A name under a version, in a round. A later change may void it; nothing removes it."""

    review = models.ForeignKey(
        Review, models.PROTECT, verbose_name=_("review"), related_name="signatures"
    )
    round = models.ForeignKey(
        Round, models.PROTECT, verbose_name=_("round"), related_name="signatures"
    )
    version = models.ForeignKey(
        "articles.Version", models.PROTECT, verbose_name=_("version"), related_name="signatures"
    )
    signer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("signed by"),
        related_name="signatures",
    )
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("on behalf of"),
        related_name="signatures_by_deputies",
        null=True,
        blank=True,
    )
    signed_at = models.DateTimeField(_("signed at"), auto_now_add=True)
    voided_at = models.DateTimeField(_("voided at"), null=True, blank=True)

    objects = SignatureQuerySet.as_manager()

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="round_is_signed_once",
                fields=["review", "round"],
                condition=Q(voided_at=None),
            ),
            models.UniqueConstraint(
                name="nobody_signs_two_rounds_of_one_piece",
                fields=["review", "signer"],
                condition=Q(voided_at=None),
            ),
            models.CheckConstraint(
                name="nobody_signs_on_their_own_behalf",
                condition=Q(on_behalf_of=None) | ~Q(on_behalf_of=F("signer")),
            ),
        ]
        triggers = [
            *never_deleted("A signature"),
            pgtrigger.Trigger(
                name="signature_stays_as_given",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=triggers.SIGNATURE_STAYS_AS_GIVEN,
            ),
            pgtrigger.Trigger(
                name="nobody_signs_their_own_piece",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=triggers.NOBODY_SIGNS_THEIR_OWN_PIECE,
            ),
            pgtrigger.Trigger(
                name="signature_stands_in_its_round",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=triggers.SIGNATURE_STANDS_IN_ITS_ROUND,
            ),
            _uses_a_deputy("signer_id"),
        ]

    def __str__(self):
        return f"{self.round} · {self.signer}"


# By these a version goes from one hand to another.
PASSING = ("submit", "sign", "return", "publish_at_once", "sign_minor")


class ActQuerySet(models.QuerySet):
    def steps(self):
        """What was done; what was only said stands among the comments, for whom it was said to."""
        return self.exclude(verb="talk")

    def passed_before(self, version):
        """The last version, before one, that went from one hand to another; None for the first.

        What was kept for itself, under a name or at the end of a sitting, is none of these.
        """
        before = self.filter(verb__in=PASSING, version__number__lt=version.number)
        act = before.select_related("version__section").order_by("-version__number").first()
        return act.version if act else None

    def for_display(self):
        """With the names a history shows, newest first."""
        return self.select_related("by", "on_behalf_of", "to", "round", "version").order_by("-pk")

    def last_returning(self, articles):
        """The last act that gave each of some pieces back to its author, with its comments."""
        return (
            self.filter(verb="return", article__in=articles)
            .select_related("by", "round")
            .prefetch_related("comments")
            .order_by("article_id", "-pk")
            .distinct("article_id")
        )


class Act(models.Model):
    """Something somebody did to a piece: name, time, and what they said. Only ever added."""

    article = models.ForeignKey(
        "articles.Article", models.PROTECT, verbose_name=_("article"), related_name="acts"
    )
    verb = models.CharField(_("verb"), max_length=20)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("by"), related_name="acts"
    )
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("on behalf of"),
        related_name="acts_by_deputies",
        null=True,
        blank=True,
    )
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("to"),
        related_name="acts_towards",
        null=True,
        blank=True,
        help_text=_("Who was given the piece."),
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)
    round = models.ForeignKey(
        Round, models.PROTECT, verbose_name=_("round"), related_name="+", null=True, blank=True
    )
    version = models.ForeignKey(
        "articles.Version",
        models.PROTECT,
        verbose_name=_("version"),
        related_name="+",
        null=True,
        blank=True,
    )
    reason = models.CharField(_("reason"), max_length=30, blank=True)
    note = models.TextField(_("note"), blank=True)

    objects = ActQuerySet.as_manager()

    class Meta:
        verbose_name = _("act")
        verbose_name_plural = _("acts")
        ordering = ["pk"]
        triggers = [*only_grows("The record of acts"), _uses_a_deputy("by_id")]

    def __str__(self):
        return f"{self.verb} · {self.by}"
