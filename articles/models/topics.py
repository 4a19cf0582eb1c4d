"""What a topic gathers and in which order, and which pages stand in the foot of the site.

None of it is words that residents read: those stand in versions and are signed. A heading here is
the wording of one in the topic's own text, which shows nothing else.
"""

from functools import cached_property

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Case, F, Value, When
from django.utils.translation import gettext_lazy as _

from articles import lasting_guards
from articles.models.article import Article
from articles.models.versions import Version
from articles.reading import LINE, PARTS, along, line_parts, live_rule, public_rule
from articles.rows import Rows
from newsroom.people.guards import keeps_history, never_deleted, never_truncated


def _guard(name: str, body: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=body,
    )


class TopicEntryQuerySet(models.QuerySet):
    def live(self, at=None):
        """Entries of pieces that residents can read at an instant."""
        return self.filter(live_rule(at, "article__"))

    def of_topic(self, topic: int):
        """What a topic, given by its key, has gathered, as its editors arranged it."""
        return self.filter(topic=topic).order_by("position", "pk")

    def of_a_piece(self, at=None) -> Rows:
        """Return the live topics of the outer piece, as rows with ``slug`` and ``title``."""
        entries = self.filter(public_rule(at, "topic__"), article=models.OuterRef("pk"))
        return Rows(
            entries.order_by("topic"), slug=F("topic__slug"), title=F("topic__sealed__headline")
        )

    def under(self, headings: list[str], newest_first: bool):
        """In the order of the headings of a text; what stands under none of them comes last."""
        places = [When(heading=words, then=Value(at)) for at, words in enumerate(headings)]
        within = ["-article__release__publish_at", "-article_id"] if newest_first else ["position"]
        if not places:
            return self.order_by(*within, "pk")
        return self.alias(place=Case(*places, default=Value(len(headings)))).order_by(
            "place", *within, "pk"
        )

    def for_list(self):
        """With what a line in a public list shows, in one statement."""
        return (
            self.select_related("article__sealed__section", "article__release")
            .only("heading", "article__sealed", *along("article__", LINE))
            .annotate(**line_parts(Version, "article__"))
        )

    def for_desk(self):
        """With what the desk shows of each."""
        return self.select_related(
            "article__sealed", "article__release", "article__round", "article__section", "added_by"
        )


@keeps_history()
class TopicEntry(models.Model):
    """That a piece belongs to a topic, under which of its headings, and who saw to it."""

    topic = models.ForeignKey(
        Article, models.PROTECT, verbose_name=_("topic"), related_name="gathered"
    )
    article = models.ForeignKey(
        Article, models.PROTECT, verbose_name=_("piece"), related_name="topic_entries"
    )
    heading = models.CharField(
        _("heading"),
        max_length=120,
        blank=True,
        help_text=_("The words of a heading in the topic's text."),
    )
    position = models.PositiveIntegerField(_("position"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("added by"), related_name="+"
    )
    added_at = models.DateTimeField(_("added at"), auto_now_add=True)

    objects = TopicEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("piece in a topic")
        verbose_name_plural = _("pieces in topics")
        ordering = ["topic", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="piece_stands_once_in_a_topic",
                fields=["topic", "article"],
                violation_error_message=_("The topic has this piece already."),
            ),
        ]
        triggers = [
            _guard("topic_gathers_news", lasting_guards.TOPIC_GATHERS_NEWS),
            never_truncated("What a topic gathers"),
        ]

    def __str__(self):
        return f"{self.topic} · {self.article}"

    @cached_property
    def piece(self) -> Article:
        """The piece with all that ``for_list`` fetched for it."""
        for part in PARTS:
            setattr(self.article, part, getattr(self, part))
        return self.article


@keeps_history()
class TopicCourse(models.Model):
    """How a topic goes on: in which order it shows its pieces, and whether it has ended."""

    class Order(models.TextChoices):
        NEWEST = "newest", _("Newest first")
        EDITORS = "editors", _("As arranged")

    topic = models.OneToOneField(
        Article,
        models.PROTECT,
        verbose_name=_("topic"),
        related_name="course",
    )
    order = models.CharField(_("order"), max_length=7, choices=Order, default=Order.NEWEST)
    ended_at = models.DateTimeField(
        _("ended at"), null=True, blank=True, help_text=_("Residents read that it has ended.")
    )

    class Meta:
        verbose_name = _("course of a topic")
        verbose_name_plural = _("courses of topics")
        triggers = [
            _guard("course_is_a_topics", lasting_guards.COURSE_IS_A_TOPICS),
            *never_deleted("The course of a topic"),
        ]

    def __str__(self):
        return f"{self.topic} · {self.get_order_display()}"


@keeps_history()
class FootPlace(models.Model):
    """That a page is linked in the foot of every public page, and where among the others."""

    page = models.OneToOneField(
        Article, models.PROTECT, verbose_name=_("page"), related_name="foot"
    )
    position = models.PositiveIntegerField(_("position"))

    class Meta:
        verbose_name = _("page in the foot")
        verbose_name_plural = _("pages in the foot")
        ordering = ["position", "page"]
        triggers = [
            _guard("foot_is_for_pages", lasting_guards.FOOT_IS_FOR_PAGES),
            never_truncated("The foot of the site"),
        ]

    def __str__(self):
        return str(self.page)
