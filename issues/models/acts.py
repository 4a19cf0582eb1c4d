"""What was done to an issue, by whom and when."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from issues.models.issues import Issue
from newsroom.people.guards import only_grows


class IssueAct(models.Model):
    """Something somebody did to an issue. Only ever added."""

    issue = models.ForeignKey(Issue, models.PROTECT, verbose_name=_("issue"), related_name="acts")
    verb = models.CharField(_("verb"), max_length=20)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("by"),
        related_name="issue_acts",
        null=True,
        blank=True,
        help_text=_("Nobody: the publication calendar did it."),
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("act on an issue")
        verbose_name_plural = _("acts on issues")
        ordering = ["-pk"]
        triggers = only_grows("The record of acts on issues")

    def __str__(self):
        return f"{self.verb} · {self.actor}"

    @property
    def actor(self) -> str:
        """Who did it, in words."""
        return str(self.by or _("automatically"))
