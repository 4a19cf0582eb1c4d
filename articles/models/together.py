"""Two people on one piece: who is here, who has locked it, what one typed and could not save."""

from datetime import timedelta

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from articles.fields import ProseField
from newsroom.people.guards import Refuse, never_deleted, only_grows

# Who has said nothing for so long is not here any more. A page in front says so every few seconds.
HERE = timedelta(seconds=30)


class PresenceQuerySet(models.QuerySet):
    def here(self, article):
        """Who is at a piece now, those first who have been there longest."""
        fresh = self.filter(article=article, seen_at__gt=Now() - HERE)
        return fresh.select_related("person").order_by("since", "pk")

    def gone(self):
        """Rows of people who left without a word."""
        return self.filter(seen_at__lte=Now() - HERE)


class Presence(models.Model):
    """Somebody has a piece open. Kept for seconds, in a table that a crash may empty."""

    article = models.ForeignKey(
        "articles.Article", models.CASCADE, verbose_name=_("article"), related_name="+"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("person"), related_name="+"
    )
    since = models.DateTimeField(_("here since"), db_default=Now())
    seen_at = models.DateTimeField(_("last seen at"), db_default=Now())
    typed_at = models.DateTimeField(_("last typed at"), null=True)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        constraints = [
            models.UniqueConstraint(
                name="somebody_is_at_a_piece_once", fields=["article", "person"]
            ),
        ]

    def __str__(self):
        return f"{self.article_id} {self.person_id}"

    @property
    def typed_lately(self) -> bool:
        """Say whether they have typed within the last half minute."""
        return self.typed_at is not None and self.seen_at - self.typed_at < HERE


class LockQuerySet(models.QuerySet):
    def live(self):
        """Locks that have neither run out nor been ended."""
        return self.filter(ended_at=None, until__gt=Now())

    def of(self, article):
        """The lock of a piece, with its holder; at most one is live."""
        return self.live().filter(article=article).select_related("holder")

    def spent(self, article):
        """A lock of a piece that has run out and was never ended."""
        return self.filter(article=article, ended_at=None, until__lte=Now())


class Lock(models.Model):
    """Somebody keeps a piece to themselves for a while. It runs out by itself."""

    article = models.ForeignKey(
        "articles.Article", models.PROTECT, verbose_name=_("article"), related_name="locks"
    )
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("holder"), related_name="+"
    )
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    began_at = models.DateTimeField(_("locked at"), db_default=Now())
    until = models.DateTimeField(_("locked until"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("ended by"),
        related_name="+",
        null=True,
        blank=True,
        help_text=_("Nobody: it had run out."),
    )

    objects = LockQuerySet.as_manager()

    class Meta:
        verbose_name = _("lock")
        verbose_name_plural = _("locks")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="piece_has_one_lock", fields=["article"], condition=Q(ended_at=None)
            ),
            models.CheckConstraint(
                name="lock_runs_out_within_an_hour_of_being_asked_for",
                condition=Q(minutes__range=(1, 60)),
            ),
            models.CheckConstraint(
                name="lock_ends_after_it_began", condition=Q(until__gt=F("began_at"))
            ),
            models.CheckConstraint(
                name="only_an_ended_lock_was_ended_by_somebody",
                condition=Q(ended_by=None) | Q(ended_at__isnull=False),
            ),
        ]
        triggers = [
            *never_deleted("A lock"),
            Refuse(
                name="ended_lock_stays_ended",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.ended_at IS NOT NULL"),
                sentence="A lock that has ended is not changed",
            ),
            Refuse(
                name="lock_keeps_its_holder",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("article", "holder", "began_at", "minutes"),
                sentence="A lock keeps its piece, its holder and its beginning",
            ),
        ]

    def __str__(self):
        return f"{self.article_id} · {self.holder}"


class UnsavedQuerySet(models.QuerySet):
    def of(self, article, user, *, all_of_them: bool):
        """What people typed into a piece and could not save; only one's own unless ``all``."""
        rows = self.filter(article=article).select_related("by").order_by("-pk")
        return rows if all_of_them else rows.filter(by=user)


class Unsaved(models.Model):
    """What somebody posted that was not saved as it was: it overlapped, or was refused.

    Kept for good: whatever was chosen afterwards, nothing that was typed is lost.
    """

    class Reason(models.TextChoices):
        OVERLAP = "overlap", _("Both had changed the same place")
        REFUSED = "refused", _("Saving was refused")

    article = models.ForeignKey(
        "articles.Article", models.PROTECT, verbose_name=_("article"), related_name="unsaved"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("by"), related_name="+"
    )
    at = models.DateTimeField(_("at"), db_default=Now())
    reason = models.CharField(_("reason"), max_length=8, choices=Reason)
    note = models.TextField(_("what was answered"), blank=True)
    revision = models.PositiveIntegerField(_("revision that was stored"))
    places = models.JSONField(_("where it differs"), help_text=_("Label, typed, stored."))
    body = ProseField(_("text"), blank=True)
    fingerprint = models.CharField(_("fingerprint"), max_length=64)

    objects = UnsavedQuerySet.as_manager()

    class Meta:
        verbose_name = _("typing that was not saved")
        verbose_name_plural = _("typing that was not saved")
        constraints = [
            models.UniqueConstraint(
                name="the_same_typing_is_kept_once", fields=["article", "by", "fingerprint"]
            ),
        ]
        triggers = only_grows("What was typed and not saved")

    def __str__(self):
        return f"{self.article_id} · {self.by} · {self.at:%Y-%m-%d %H:%M}"
