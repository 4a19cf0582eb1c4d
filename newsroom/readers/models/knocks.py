"""How often a network has sent something today; nothing that says who it was."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DayKey(models.Model):
    """What turns a network into the name it is counted under; thrown away with its day."""

    day = models.DateField(_("day"), unique=True)
    key = models.CharField(_("key"), max_length=64)

    class Meta:
        verbose_name = _("key of a day")
        verbose_name_plural = _("keys of days")
        ordering = ["-day"]

    def __str__(self):
        return f"{self.day}"


class Knock(models.Model):
    """How often a network sent something of a kind within an hour."""

    network = models.CharField(_("network"), max_length=32)
    purpose = models.CharField(_("purpose"), max_length=20)
    hour = models.DateTimeField(_("hour"))
    times = models.PositiveIntegerField(_("times"), default=0)

    class Meta:
        verbose_name = _("knock")
        verbose_name_plural = _("knocks")
        ordering = ["-hour"]
        constraints = [
            models.UniqueConstraint(
                name="network_is_counted_once_an_hour", fields=["network", "purpose", "hour"]
            ),
        ]

    def __str__(self):
        return f"{self.purpose} · {self.hour:%H} · {self.times}"
