"""The names under the working copy."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles import triggers
from articles.kinds import Credit
from articles.models.article import Article
from articles.models.directory import Correspondent
from newsroom.people.guards import keeps_history, never_truncated


@keeps_history()
class Byline(models.Model):
    """A name under the working copy: a known correspondent or a plain name, and what they did."""

    Credit = Credit

    article = models.ForeignKey(
        Article, models.CASCADE, verbose_name=_("article"), related_name="bylines"
    )
    correspondent = models.ForeignKey(
        Correspondent,
        models.PROTECT,
        verbose_name=_("correspondent"),
        related_name="bylines",
        null=True,
        blank=True,
    )
    name = models.CharField(
        _("name as printed"),
        max_length=40,
        blank=True,
        help_text=_("Empty means the correspondent's name."),
    )
    role = models.CharField(_("role"), max_length=30, blank=True, default="通讯员")
    credit = models.CharField(_("did"), max_length=10, choices=Credit, default=Credit.TEXT)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="byline_names_somebody",
                condition=Q(correspondent__isnull=False) | ~Q(name=""),
                violation_error_message=_("Choose a correspondent or write a name."),
            ),
        ]
        triggers = [
            never_truncated("A byline"),
            pgtrigger.Trigger(
                name="search_follows_the_names",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=triggers.SEARCH_FOLLOWS_THE_NAMES,
            ),
        ]

    def __str__(self):
        return f"{self.role} {self.printed_name}".strip()

    @property
    def printed_name(self) -> str:
        """The name as it stands in the paper."""
        return self.name or (self.correspondent.name if self.correspondent else "")
