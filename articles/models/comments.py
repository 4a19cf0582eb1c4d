"""What a reviewer says of a piece or of one of its paragraphs, and whether it has been seen to."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles import triggers
from articles.anchoring import Spot, spot_of
from articles.models.reviews import Act, Round
from newsroom.people.guards import keeps_history, never_deleted


class CommentQuerySet(models.QuerySet):
    def collected(self, by):
        """What somebody has noted down and not sent yet; nobody else sees it."""
        return self.filter(by=by, act=None, dropped_at=None)

    def sent(self):
        """What has gone to the author and the newsroom."""
        return self.filter(act__isnull=False)

    def open(self):
        """What has been sent and nobody has seen to."""
        return self.sent().filter(resolved_at=None)

    def shown_to(self, user):
        """What somebody reads beside a piece: what was sent, and their own notes."""
        return self.sent() | self.collected(user)

    def for_display(self):
        """With the names beside a comment, in the order of the text; the whole piece first."""
        return self.select_related("by", "round", "resolved_by", "version", "act").order_by(
            models.F("paragraph").asc(nulls_first=True), "pk"
        )


@keeps_history()
class Comment(models.Model):
    """A remark on a piece or a paragraph. It is collected while reading and sent with an act.

    ``paragraph`` counts from 0 in the text the reviewer read; ``quote`` is that paragraph, so that
    it is found again after changes. Without both it is about the whole piece.
    """

    article = models.ForeignKey(
        "articles.Article", models.PROTECT, verbose_name=_("article"), related_name="comments"
    )
    version = models.ForeignKey(
        "articles.Version", models.PROTECT, verbose_name=_("version"), related_name="+"
    )
    round = models.ForeignKey(Round, models.PROTECT, verbose_name=_("round"), related_name="+")
    paragraph = models.PositiveSmallIntegerField(_("paragraph"), null=True, blank=True)
    quote = models.TextField(_("quote"), blank=True)
    note = models.TextField(_("note"), max_length=1000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("by"), related_name="comments"
    )
    written_at = models.DateTimeField(_("written at"), auto_now_add=True)
    dropped_at = models.DateTimeField(_("taken back at"), null=True, blank=True)
    act = models.ForeignKey(
        Act,
        models.PROTECT,
        verbose_name=_("sent with"),
        related_name="comments",
        null=True,
        blank=True,
    )
    resolved_at = models.DateTimeField(_("done at"), null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("done by"),
        related_name="+",
        null=True,
        blank=True,
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="comment_says_something",
                condition=~Q(note=""),
                violation_error_message=_("Say what should be changed."),
            ),
            models.CheckConstraint(
                name="comment_on_a_paragraph_quotes_it",
                condition=Q(paragraph=None, quote="") | Q(paragraph__isnull=False) & ~Q(quote=""),
            ),
            models.CheckConstraint(
                name="done_comment_names_who_did_it",
                condition=Q(resolved_at=None, resolved_by=None)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
            ),
            models.CheckConstraint(
                name="only_a_sent_comment_is_done",
                condition=Q(resolved_at=None) | Q(act__isnull=False),
            ),
            models.CheckConstraint(
                name="sent_comment_is_not_taken_back",
                condition=Q(dropped_at=None) | Q(act=None),
            ),
        ]
        triggers = [
            *never_deleted("A comment"),
            pgtrigger.Trigger(
                name="comment_stays_as_sent",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=triggers.COMMENT_STAYS_AS_SENT,
            ),
        ]

    def __str__(self):
        return self.note[:40]

    def spot(self, paragraphs: list[str]) -> Spot | None:
        """Return where its paragraph stands in a text now; None for the whole piece."""
        return None if self.paragraph is None else spot_of(self.quote, self.paragraph, paragraphs)
