"""Dry runs that were made, and what the newsroom has made of their checks."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models import Version
from issues.dryrun.table import CHECKS, Level
from issues.models.issues import Issue
from newsroom.people.guards import keeps_history, never_truncated, only_grows


class DryRunRuleQuerySet(models.QuerySet):
    def chosen(self) -> dict[str, str]:
        """What the newsroom has chosen, by the codes of checks; the others do as shipped."""
        return dict(self.values_list("code", "level"))

    def of_check(self, code: str) -> "DryRunRule":
        """The locked rule of a check; one that nobody has changed yet is made as shipped."""
        shipped = {"level": CHECKS[code].shipped}
        return self.select_for_update(no_key=True).get_or_create(code=code, defaults=shipped)[0]


@keeps_history()
class DryRunRule(models.Model):
    """What one check of an issue does here, where the newsroom has changed it."""

    code = models.CharField(_("check"), max_length=20, unique=True)
    level = models.CharField(_("what it does"), max_length=5, choices=Level)

    objects = DryRunRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule of the dry run")
        verbose_name_plural = _("rules of the dry run")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="what_never_goes_out_always_stops_an_issue",
                condition=~Q(code__in=[check.code for check in CHECKS.values() if check.fixed])
                | Q(level="block"),
            ),
        ]
        triggers = [never_truncated("A rule of the dry run")]

    def __str__(self):
        return str(CHECKS[self.code].label) if self.code in CHECKS else self.code


class DryRunQuerySet(models.QuerySet):
    def newest_first(self):
        """The latest first, with who made each."""
        return self.select_related("by").order_by("-pk")


class DryRun(models.Model):
    """A dry run as it was made: when, on what occasion, what was found. Only ever added."""

    class Occasion(models.TextChoices):
        ASKED = "asked", pgettext_lazy("occasion of a dry run", "Asked for")
        CLOSING = "closing", _("Before closing")
        HOUR = "hour", _("An hour before time")

    issue = models.ForeignKey(
        Issue, models.PROTECT, verbose_name=_("issue"), related_name="dry_runs"
    )
    occasion = models.CharField(_("occasion"), max_length=7, choices=Occasion)
    at = models.DateTimeField(_("at"), auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("by"),
        related_name="+",
        null=True,
        blank=True,
        help_text=_("Empty where time made it."),
    )
    hour = models.DateTimeField(
        _("hour"), null=True, blank=True, help_text=_("The hour it was made before.")
    )
    blocking = models.PositiveSmallIntegerField(_("what stops the issue"))
    reminding = models.PositiveSmallIntegerField(_("what reminds"))
    found = models.JSONField(
        _("what was found"),
        default=list,
        help_text=_("Each with its key, its sentence in every language, and who could mend it."),
    )

    objects = DryRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("dry run")
        verbose_name_plural = _("dry runs")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="dry_run_is_made_by_somebody_or_by_time",
                condition=Q(occasion="hour", by=None, hour__isnull=False)
                | ~Q(occasion="hour") & Q(by__isnull=False, hour=None),
            ),
            models.UniqueConstraint(
                name="an_hour_is_rehearsed_once",
                fields=["issue", "hour"],
                condition=Q(occasion="hour"),
            ),
        ]
        triggers = only_grows("A dry run")

    def __str__(self):
        return f"{self.issue} · {self.get_occasion_display()}"

    @property
    def keys(self) -> set[str]:
        """What tells its findings apart from those of another run."""
        return {each["key"] for each in self.found}


class Imprint(models.Model):
    """By what a sealed version is known when texts are compared. A version never changes."""

    version = models.OneToOneField(
        Version, models.PROTECT, verbose_name=_("version"), related_name="+"
    )
    marks = models.BinaryField(_("marks"))

    class Meta:
        verbose_name = _("imprint of a version")
        verbose_name_plural = _("imprints of versions")
        triggers = [never_truncated("An imprint of a version")]

    def __str__(self):
        return str(self.version)
