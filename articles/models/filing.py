"""How pieces begin: the files some came in, and the templates others are begun from."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.fields import ProseField
from articles.kinds import Kind
from articles.models.directory import Section
from newsroom.people.guards import keeps_history, never_deleted, only_grows


class FiledFile(models.Model):
    """A file that became a piece: whose it was, by which digest it is known again."""

    article = models.ForeignKey(
        "articles.Article", models.PROTECT, verbose_name=_("article"), related_name="filed_files"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("by"), related_name="filed_files"
    )
    digest = models.CharField(_("digest"), max_length=64)
    name = models.CharField(_("file name"), max_length=200, blank=True)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("filed file")
        verbose_name_plural = _("filed files")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="nobody_files_a_file_twice",
                fields=["by", "digest"],
                violation_error_message=_("You have filed this file already."),
            ),
        ]
        triggers = only_grows("The record of filed files")

    def __str__(self):
        return self.name or self.digest[:12]


class PieceTemplateQuerySet(models.QuerySet):
    def in_use(self):
        """Templates pieces may be begun from."""
        return self.filter(retired=False)


@keeps_history()
class PieceTemplate(models.Model):
    """What a piece of a common kind is begun from. ［…］ asks its writer for something."""

    name = models.CharField(_("name"), max_length=20, unique=True)
    kind = models.CharField(_("kind"), max_length=18, choices=Kind, default=Kind.NEWS)
    section = models.ForeignKey(
        Section,
        models.PROTECT,
        verbose_name=_("section"),
        related_name="+",
        null=True,
        blank=True,
    )
    headline = models.CharField(
        _("headline"),
        max_length=120,
        blank=True,
        help_text=_("How such headlines are built; ［…］ is for the writer to fill in."),
    )
    body = ProseField(_("text"), blank=True, help_text=_("［…］ asks the writer for something."))
    hints = models.TextField(
        _("hints"),
        max_length=600,
        blank=True,
        help_text=_("What such a piece needs, one hint a line; shown beside the form."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    retired = models.BooleanField(_("retired"), default=False)

    objects = PieceTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("template")
        verbose_name_plural = _("templates")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="template_holds_a_headline_or_a_text",
                condition=~Q(headline="", body=""),
                violation_error_message=_("Write a headline or a text to begin from."),
            ),
        ]
        triggers = never_deleted("A template")

    def __str__(self):
        return self.name

    @property
    def hint_lines(self) -> list[str]:
        """What such a piece needs, hint by hint."""
        return [line.strip() for line in self.hints.splitlines() if line.strip()]
