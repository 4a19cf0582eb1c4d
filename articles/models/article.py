"""The working copy: what is being written, by whom, and where in its life it stands."""

from datetime import datetime

import pgtrigger
from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles import lasting_guards, triggers
from articles.fields import ProseField
from articles.kinds import ANY_KIND, Kind, Lasting
from articles.markup import count_characters, first_words, without_breaks
from articles.markup import paragraphs as paragraphs_of
from articles.models.directory import Section, Tag
from articles.models.following import FOLLOWED
from articles.models.releases import Release
from articles.models.reviews import Round
from articles.models.versions import Version
from articles.querysets import ArticleQuerySet
from articles.reading import lasts
from articles.statuses import TRANSITIONS, Status
from newsroom.people.guards import keeps_history, never_deleted

SLUG = "[a-z0-9]+(-[a-z0-9]+)*"


@keeps_history()
class Article(models.Model):
    """One piece of writing, as it is being worked on. Residents read ``sealed``, never this."""

    Status = Status
    Kind = Kind
    Lasting = Lasting

    kind = models.CharField(_("kind"), max_length=18, choices=ANY_KIND, default=Kind.NEWS)
    slug = models.CharField(
        _("name in the address"),
        max_length=60,
        blank=True,
        default="",
        validators=[RegexValidator(rf"^{SLUG}\Z", _("Small letters, digits and hyphens only."))],
        help_text=_("Small letters, digits and hyphens. It stays from the first signature on."),
    )
    kicker = models.CharField(
        _("kicker"), max_length=120, blank=True, help_text=_("The line above the headline (引题).")
    )
    headline = models.CharField(
        _("headline"),
        max_length=120,
        blank=True,
        help_text=_("15 to 23 characters read best. A | marks where a line may break."),
    )
    deck = models.CharField(
        _("deck"), max_length=200, blank=True, help_text=_("The line below the headline (副题).")
    )
    column_label = models.CharField(
        _("column label"), max_length=60, blank=True, help_text=_("A standing head (栏题).")
    )
    body = ProseField(_("text"), blank=True)
    summary = models.CharField(
        _("summary"),
        max_length=300,
        blank=True,
        help_text=_("One or two sentences for lists and sharing."),
    )
    source = models.CharField(
        _("source"), max_length=60, blank=True, help_text=_("Empty means this newspaper.")
    )
    dateline = models.CharField(
        _("dateline"), max_length=60, blank=True, help_text=_("For instance 本报讯.")
    )
    section = models.ForeignKey(
        Section,
        models.PROTECT,
        verbose_name=_("section"),
        related_name="articles",
        null=True,
        blank=True,
    )
    tags = models.ManyToManyField(Tag, verbose_name=_("tags"), related_name="articles", blank=True)
    unit_head = models.CharField(_("unit head who approved"), max_length=40, blank=True)
    change_note = models.CharField(
        _("change note"),
        max_length=200,
        blank=True,
        help_text=_("What this revision changes, for residents who have read the piece before."),
    )

    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    round = models.ForeignKey(
        Round, models.PROTECT, verbose_name=_("round"), related_name="+", null=True, blank=True
    )
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("claimed by"),
        related_name="claimed_articles",
        null=True,
        blank=True,
    )
    claimed_at = models.DateTimeField(_("claimed at"), null=True, blank=True)
    moved_at = models.DateTimeField(
        _("waiting since"), auto_now_add=True, help_text=_("When it came to where it is now.")
    )
    due_at = models.DateTimeField(
        _("due"), null=True, blank=True, help_text=_("By when its round should be done.")
    )

    sealed = models.ForeignKey(
        Version,
        models.PROTECT,
        verbose_name=_("sealed version"),
        related_name="+",
        null=True,
        blank=True,
    )
    release = models.ForeignKey(
        Release,
        models.PROTECT,
        verbose_name=_("release"),
        related_name="articles",
        null=True,
        blank=True,
    )
    left_out_of = models.ForeignKey(
        Release,
        models.PROTECT,
        verbose_name=_("left out of"),
        related_name="left_out",
        null=True,
        blank=True,
        help_text=_("The issue's release that goes out without it until it is signed again."),
    )
    stays_out = models.BooleanField(
        _("stays out"),
        default=False,
        help_text=_("Left out by a person: it comes back when one takes it in, not by itself."),
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("filed by"),
        related_name="filed_articles",
    )
    # Who goes on with it when whoever filed it has left. That makes nobody its author.
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("looked after by"),
        related_name="kept_articles",
        null=True,
        blank=True,
    )
    filed_at = models.DateTimeField(_("filed at"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)
    revision = models.PositiveIntegerField(_("revision"), default=0, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-pk"]
        indexes = [
            models.Index(name="article_by_status", fields=["status", "round", "moved_at"]),
            models.Index(name="article_by_release", fields=["release"]),
            models.Index(name="article_by_move", fields=["-moved_at", "-id"]),
            models.Index(name="lasting_by_name", fields=["kind", "slug"], condition=lasts()),
        ]
        constraints = [
            models.CheckConstraint(
                name="what_lasts_has_a_name_in_its_address_and_no_news_has",
                condition=lasts() & Q(slug__regex=f"^{SLUG}$") | ~lasts() & Q(slug=""),
            ),
            models.UniqueConstraint(
                name="a_name_in_an_address_leads_to_one_piece",
                fields=["kind", "slug"],
                condition=lasts() & ~Q(status="discarded"),
                violation_error_message=_("Another one stands at this address."),
            ),
            models.CheckConstraint(
                name="article_in_review_stands_in_a_round",
                condition=Q(status="in_review", round__isnull=False)
                | ~Q(status="in_review") & Q(round=None),
            ),
            models.CheckConstraint(
                name="piece_is_due_exactly_while_in_review",
                condition=Q(status="in_review", due_at__isnull=False)
                | ~Q(status="in_review") & Q(due_at=None),
            ),
            models.CheckConstraint(
                name="approved_article_is_sealed",
                condition=~Q(status="approved") | Q(sealed__isnull=False),
            ),
            models.CheckConstraint(
                name="only_a_sealed_article_has_a_release",
                condition=Q(release=None) | Q(sealed__isnull=False),
            ),
            models.CheckConstraint(
                name="what_is_left_out_does_not_go_out_with_it",
                condition=Q(left_out_of=None) | Q(release=None) | ~Q(release=F("left_out_of")),
            ),
            models.CheckConstraint(
                name="only_what_is_left_out_stays_out",
                condition=Q(stays_out=False) | Q(left_out_of__isnull=False),
            ),
            models.CheckConstraint(
                name="only_a_sealed_article_is_withdrawn",
                condition=Q(withdrawn_at=None) | Q(sealed__isnull=False),
            ),
            models.CheckConstraint(
                name="claim_has_a_name_and_a_time",
                condition=Q(claimed_by=None, claimed_at=None)
                | Q(claimed_by__isnull=False, claimed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="only_a_piece_in_review_is_claimed",
                condition=Q(claimed_by=None) | Q(status="in_review"),
            ),
        ]
        triggers = [
            *never_deleted("An article"),
            pgtrigger.FSM(
                name="status_moves_by_the_table",
                field="status",
                transitions=sorted(
                    {(old.value, new.value) for olds, new in TRANSITIONS.values() for old in olds}
                ),
            ),
            pgtrigger.Trigger(
                name="article_shows_its_own_seal",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=triggers.ARTICLE_SHOWS_ITS_OWN_SEALED_VERSION,
            ),
            pgtrigger.Trigger(
                name="article_keeps_what_was_done",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=triggers.ARTICLE_KEEPS_WHAT_WAS_DONE,
            ),
            pgtrigger.Trigger(
                name="what_lasts_stays_what_and_where_it_is",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=lasting_guards.WHAT_LASTS_STAYS,
            ),
            pgtrigger.Trigger(
                name="article_in_review_has_a_review",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                timing=pgtrigger.Deferred,
                func=triggers.ARTICLE_IN_REVIEW_HAS_A_REVIEW,
            ),
            pgtrigger.Trigger(
                name="article_begins_as_a_draft",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Condition("NEW.status <> 'draft'"),
                func=triggers.ARTICLE_BEGINS_AS_A_DRAFT,
            ),
            *FOLLOWED,
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        """Return the article's public address, for ever."""
        if self.lasts:
            return reverse(f"articles:{self.kind}", args=[self.slug])
        return reverse("articles:article", args=[self.pk])

    @property
    def lasts(self) -> bool:
        """Say whether it is a page or a topic, which stands at a name and never among news."""
        return self.kind in Lasting.values

    @property
    def address_stays(self) -> bool:
        """Say whether somebody has signed with its address before them; a trigger says the same."""
        if self.pk is None or not self.lasts:
            return False
        review = None if self.sealed_id else self.review
        return bool(self.sealed_id or review and review.signatures.standing().exists())

    @property
    def renewed_at(self) -> datetime:
        """Since when residents read the sealed version: its seal, or its hour where it is later."""
        hour = self.release.publish_at if self.release else None
        return max(filter(None, (self.sealed.sealed_at, hour)))

    @property
    def title(self) -> str:
        """What the piece is called in lists: its headline, or how it begins."""
        if self.headline:
            return without_breaks(self.headline)
        return first_words(self.body) or str(_("Untitled"))

    @property
    def public_headline(self) -> str:
        """The sealed headline, with line-break marks as far as the working copy still has them."""
        same = without_breaks(self.headline) == self.sealed.headline
        return self.headline if same else self.sealed.headline

    @property
    def public_title(self) -> str:
        """What residents see it called: its sealed headline, or how its sealed text begins.

        Queries for reading bring that beginning along as ``opening``.
        """
        if self.sealed.headline:
            return self.sealed.headline
        opening = getattr(self, "opening", None)
        return first_words(self.sealed.body if opening is None else opening) or str(_("Untitled"))

    @property
    def pictures_aside(self) -> list:
        """The sealed photos that stand outside the text; ``at_its_address`` brings the photos."""
        return [photo for photo in self.pictures if not photo.inline]

    @property
    def tells_in_pictures(self) -> bool:
        """Say whether the pictures are the piece, and the text comes after them."""
        return self.sealed.kind == Kind.PHOTO_STORY and len(self.pictures_aside) > 1

    @property
    def opening_picture(self) -> list:
        """The photo above the text, none where a gallery stands there."""
        return [] if self.tells_in_pictures else self.pictures_aside[:1]

    @property
    def gallery(self) -> list:
        """The sealed photos outside the text that are shown together."""
        return self.pictures_aside[len(self.opening_picture) :]

    @property
    def signed_elsewhere(self) -> list[dict]:
        """Who signed a restored piece where it was archived; none once it is signed here anew."""
        return [] if self.signed else [hand for row in self.archived for hand in row.signatures]

    @property
    def noted_elsewhere(self) -> list[tuple[datetime, str]]:
        """What a restored piece told readers it had changed, before it was archived."""
        notes = [note for row in self.archived for note in row.notes]
        return [(datetime.fromisoformat(each["at"]), each["note"]) for each in notes]

    @property
    def paragraphs(self) -> list[str]:
        """The plain text of the working copy, block by block."""
        return paragraphs_of(self.body)

    @property
    def characters(self) -> int:
        """Characters of the working copy as newspapers count them."""
        return count_characters(self.body)

    def is_live(self, at) -> bool:
        """Say whether residents can read it at ``at``, an aware datetime (design: “live”)."""
        return (
            self.sealed_id is not None
            and self.withdrawn_at is None
            and self.release is not None
            and self.release.is_due(at)
        )

    def is_overdue(self, at) -> bool:
        """Say whether its round should have been done by ``at``, an aware datetime."""
        return self.due_at is not None and self.due_at < at

    @property
    def review(self):
        """The review under way, or None."""
        return self.reviews.open().first()

    @property
    def lacks_a_signature(self) -> bool:
        """Say whether somebody has taken back a signature of its seal, and nobody signed since."""
        return self.status != Status.APPROVED and self.signatures_taken_back.standing().exists()

    @property
    def latest_version(self):
        """The newest version, sealed or not, or None."""
        return self.versions.order_by("-number").first()
