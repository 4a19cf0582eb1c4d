"""What goes out together, and when."""

import pgtrigger
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from articles.triggers import PUBLIC_WORDS_FOLLOW_THE_HOUR, WHAT_IS_LIVE_STAYS
from newsroom.people.guards import keeps_history, never_deleted


class ReleaseQuerySet(models.QuerySet):
    def due(self, at=None):
        """Releases whose hour has come, by the database's clock unless an instant is given."""
        return self.filter(publish_at__lte=at or Now(), held=False)

    def waiting(self, key: int | None, at):
        """A release of a key that has an hour and has not come at ``at``, held or not."""
        not_due = models.Q(publish_at__gt=at) | models.Q(held=True)
        return self.filter(not_due, pk=key, publish_at__isnull=False)

    def to_come(self, at=None):
        """Releases that time will publish later."""
        return self.filter(publish_at__gt=at or Now(), held=False)


@keeps_history()
class Release(models.Model):
    """One hour for everything that goes out with it; scheduling forty pieces touches one row."""

    publish_at = models.DateTimeField(
        _("goes out at"), null=True, blank=True, help_text=_("Empty until it is scheduled.")
    )
    held = models.BooleanField(_("held"), default=False)
    held_because = models.CharField(_("held because"), max_length=200, blank=True)
    held_by_change = models.BooleanField(
        _("held because of a change"),
        default=False,
        help_text=_("A piece was taken up again; the hold ends when it is signed."),
    )
    backdated_because = models.CharField(
        _("why its hour lies before it was set"),
        max_length=200,
        blank=True,
        help_text=_("Only for what was published elsewhere before it came here."),
    )
    alone = models.BooleanField(
        _("alone"), default=False, help_text=_("A single piece, not an issue.")
    )

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["-publish_at", "-pk"]
        indexes = [models.Index(name="release_by_hour", fields=["publish_at"])]
        constraints = [
            models.CheckConstraint(
                name="held_release_says_why",
                condition=models.Q(held=False) | ~models.Q(held_because=""),
            ),
            models.CheckConstraint(
                name="what_a_change_holds_is_held",
                condition=models.Q(held_by_change=False) | models.Q(held=True),
            ),
        ]
        triggers = [
            *never_deleted("A release"),
            pgtrigger.Trigger(
                name="what_is_live_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=WHAT_IS_LIVE_STAYS,
            ),
            pgtrigger.Trigger(
                name="public_words_follow_the_hour",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("publish_at"),
                func=PUBLIC_WORDS_FOLLOW_THE_HOUR,
            ),
        ]

    def __str__(self):
        return f"{self.publish_at:%Y-%m-%d %H:%M}" if self.publish_at else str(_("not scheduled"))

    def is_due(self, at) -> bool:
        """Say whether the hour has come at ``at``, an aware datetime."""
        return self.publish_at is not None and self.publish_at <= at and not self.held
