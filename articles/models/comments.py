"""What is said of a piece or of one of its paragraphs, by whom, to whom, and whether it is done."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles import triggers
from articles.anchoring import Spot, spot_of
from articles.models.reviews import Act, Round
from newsroom.people.guards import keeps_history, never_deleted, only_grows


class CommentQuerySet(models.QuerySet):
    def collected(self, by):
        """What somebody has noted down and not sent yet; nobody else sees it."""
        return self.filter(by=by, act=None, dropped_at=None)

    def sent(self):
        """What has gone to its readers and was not taken back."""
        return self.filter(act__isnull=False, dropped_at=None)

    def begun(self):
        """What a conversation begins with; the rest are answers."""
        return self.filter(answers=None)

    def open(self):
        """What has been sent and nobody has seen to."""
        return self.sent().begun().filter(resolved_at=None)

    def for_authors(self):
        """What is not for the newsroom alone."""
        return self.filter(inside=False)

    def said_to(self, *, newsroom: bool):
        """What was sent to somebody; ``newsroom`` says whether they belong to it."""
        return self.sent() if newsroom else self.sent().for_authors()

    def shown_to(self, user, *, newsroom: bool = False):
        """What somebody reads beside a piece: what was sent to them, and their own notes."""
        return self.said_to(newsroom=newsroom) | self.collected(user)

    def for_display(self):
        """With the names beside a comment, in the order of the text; the whole piece first."""
        return self.select_related("by", "round", "resolved_by", "version", "act").order_by(
            models.F("paragraph").asc(nulls_first=True), "pk"
        )


@keeps_history()
class Comment(models.Model):
    """A remark on a piece or a paragraph, or an answer to one.

    In a round it is collected while reading and sent with an act; without a round it is said at
    once. ``paragraph`` counts from 0 in the text its writer read; ``quote`` is that paragraph, so
    that it is found again after changes. Without both it is about the whole piece.
    """

    article = models.ForeignKey(
        "articles.Article", models.PROTECT, verbose_name=_("article"), related_name="comments"
    )
    version = models.ForeignKey(
        "articles.Version",
        models.PROTECT,
        verbose_name=_("version"),
        related_name="+",
        null=True,
        blank=True,
    )
    round = models.ForeignKey(
        Round,
        models.PROTECT,
        verbose_name=_("round"),
        related_name="+",
        null=True,
        blank=True,
        help_text=_("In which it was noted down; empty for what was said at once."),
    )
    answers = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name=_("answer to"),
        related_name="replies",
        null=True,
        blank=True,
    )
    inside = models.BooleanField(_("for the newsroom alone"), default=False)
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
                name="sent_remark_of_a_round_is_not_taken_back",
                condition=Q(dropped_at=None) | Q(act=None) | Q(round=None),
            ),
            models.CheckConstraint(
                name="comment_is_noted_in_a_round_or_said_at_once",
                condition=Q(round__isnull=False, version__isnull=False, answers=None, inside=False)
                | Q(round=None, act__isnull=False),
            ),
            models.CheckConstraint(
                name="answer_stands_and_is_done_with_what_it_answers",
                condition=Q(answers=None) | Q(paragraph=None, resolved_at=None),
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

    def is_answered(self, replies) -> bool:
        """Say whether others have spoken after it; ``replies`` are those of its conversation."""
        return any(each.pk > self.pk and each.by_id != self.by_id for each in replies)


class Mention(models.Model):
    """That a comment names a colleague with an @, so that they are told."""

    comment = models.ForeignKey(
        Comment, models.PROTECT, verbose_name=_("comment"), related_name="mentions"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("person"), related_name="+"
    )

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        ordering = ["comment", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="comment_mentions_a_person_once", fields=["comment", "person"]
            ),
        ]
        triggers = only_grows("A mention")

    def __str__(self):
        return f"@{self.person}"
