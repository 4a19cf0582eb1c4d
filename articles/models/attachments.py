"""Files offered with a piece: those of the working copy, and those a version was signed with."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles import triggers
from articles.kinds import FileKind
from articles.models.article import Article
from articles.models.versions import Version
from articles.reading import public_rule
from newsroom.people.guards import keeps_history, never_truncated, only_grows

MOST = 10
"""Files a piece may offer."""


class AttachmentQuerySet(models.QuerySet):
    def under(self, number: int, digest: str, kind: str):
        """The file of a piece, by the piece's number, its digest and its kind."""
        return self.filter(article=number, digest=digest, kind=kind)


@keeps_history()
class Attachment(models.Model):
    """A file of the working copy, named as residents will see it."""

    Kind = FileKind

    article = models.ForeignKey(
        Article, models.CASCADE, verbose_name=_("article"), related_name="attachments"
    )
    digest = models.CharField(_("digest"), max_length=64, editable=False)
    kind = models.CharField(_("kind of file"), max_length=4, choices=FileKind, editable=False)
    size = models.PositiveIntegerField(_("size in bytes"), editable=False)
    title = models.CharField(
        _("name for residents"),
        max_length=80,
        blank=True,
        help_text=_("What the file is, without its ending: 报名表."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="attachment_has_a_file",
                condition=~Q(digest="") & Q(size__gt=0, kind__in=FileKind.values),
            ),
        ]
        triggers = [never_truncated("An attachment")]

    def __str__(self):
        return self.title or str(_("file without a name"))


class VersionAttachmentQuerySet(models.QuerySet):
    def under(self, number: int, digest: str, kind: str):
        """The file in any version of a piece, the newest first."""
        found = self.filter(version__article=number, digest=digest, kind=kind)
        return found.order_by("-version")

    def public(self, number: int, digest: str, kind: str, at=None):
        """The file as residents get it at an instant: of the sealed version of a live piece."""
        piece = public_rule(at, "version__article__")
        sealed = Q(version__article__sealed=models.F("version"))
        return self.filter(piece, sealed, version__article=number, digest=digest, kind=kind)


class VersionAttachment(models.Model):
    """A file as signed: the very bytes, and what residents see it called."""

    version = models.ForeignKey(
        Version, models.PROTECT, verbose_name=_("version"), related_name="attachments"
    )
    digest = models.CharField(_("digest"), max_length=64, db_index=True)
    kind = models.CharField(_("kind of file"), max_length=4, choices=FileKind)
    size = models.PositiveIntegerField(_("size in bytes"))
    title = models.CharField(_("name for residents"), max_length=80, blank=True)
    position = models.PositiveSmallIntegerField(_("position"))

    objects = VersionAttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment of a version")
        verbose_name_plural = _("attachments of versions")
        ordering = ["version", "position"]
        triggers = [
            *only_grows("An attachment of a version"),
            pgtrigger.Trigger(
                name="signed_version_takes_no_more",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=triggers.SIGNED_VERSION_TAKES_NO_MORE,
            ),
        ]

    def __str__(self):
        return self.title or self.digest[:12]
