"""What residents got at one time or another, and how long it was not what it should be."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from newsroom.people.guards import Refuse, never_deleted, never_truncated


class CheckQuerySet(models.QuerySet):
    def latest_first(self):
        """In the order in which they ended, the newest first."""
        return self.order_by("-pk")

    def older_than(self, moment):
        """Checks that began before a moment."""
        return self.filter(at__lt=moment)


class Check(models.Model):
    """One comparison of what should be live with what residents got. Nobody changes it."""

    class Occasion(models.TextChoices):
        ROUND = "round", _("every few minutes")
        HOUR = "hour", _("after an hour")
        HAND = "hand", _("by hand")
        COMMAND = "command", _("by command")

    class State(models.TextChoices):
        OK = "ok", _("as it should be")
        WARN = "warn", _("to be looked at")
        ALARM = "alarm", _("alarm")

    at = models.DateTimeField(_("began at"), db_index=True)
    took = models.PositiveIntegerField(_("took"), help_text=_("Milliseconds."))
    occasion = models.CharField(_("occasion"), max_length=8, choices=Occasion)
    state = models.CharField(_("what residents get"), max_length=5, choices=State)
    counts = models.JSONField(
        _("addresses asked"), default=dict, help_text=_("How many of each kind.")
    )
    wanted = models.PositiveSmallIntegerField(_("addresses chosen"), default=0)
    findings = models.JSONField(_("differences"), default=list)

    objects = CheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("check")
        verbose_name_plural = _("checks")
        ordering = ["-pk"]
        triggers = [
            Refuse(
                name="never_changed",
                operation=pgtrigger.Update,
                sentence="A check is never changed",
            ),
            never_truncated("A check"),
        ]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.state}"

    @property
    def asked(self) -> int:
        """How many addresses were asked."""
        return sum(self.counts.values())


class AlarmQuerySet(models.QuerySet):
    def sounding(self):
        """The alarm that is not over, if there is one."""
        return self.filter(ended_at=None)

    def latest_first(self):
        """The newest first."""
        return self.order_by("-pk")


class Alarm(models.Model):
    """A time in which residents did not get what should be live, from one check to another."""

    began_at = models.DateTimeField(_("began at"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    findings = models.JSONField(
        _("differences"), help_text=_("The first of each kind, as people were told.")
    )

    objects = AlarmQuerySet.as_manager()

    class Meta:
        verbose_name = _("alarm")
        verbose_name_plural = _("alarms")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                models.ExpressionWrapper(Q(ended_at=None), output_field=models.BooleanField()),
                name="one_alarm_sounds_at_a_time",
                condition=Q(ended_at=None),
            ),
            models.CheckConstraint(
                name="alarm_ends_after_it_began",
                condition=Q(ended_at=None) | Q(ended_at__gte=models.F("began_at")),
            ),
        ]
        triggers = [*never_deleted("An alarm")]

    def __str__(self):
        return f"{self.began_at:%Y-%m-%d %H:%M}"
