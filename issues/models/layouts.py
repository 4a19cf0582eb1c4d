"""What happens on the board: who moved which piece from where to where, and who looks at it."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Max, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from issues.models.issues import Issue, Placement
from newsroom.people.guards import only_grows

# Who has said nothing for so long is not here any more. A board in front says so every few seconds.
HERE = timedelta(seconds=20)
# What lies longer back is not undone by a key that was meant for something else.
LATELY = timedelta(hours=12)


class LayoutMoveQuerySet(models.QuerySet):
    def of_issue(self, issue):
        """Moves on the board of an issue, the latest first, with who made them of what."""
        return self.filter(issue=issue).select_related("by", "article").order_by("-pk")

    def of_article(self, article):
        """Moves of one piece."""
        return self.filter(article=article)

    def by_person(self, person):
        """Moves that somebody made."""
        return self.filter(by=person)

    def last_of_each(self, issue, articles) -> dict[int, int]:
        """The key of the last move of each of some pieces on the board of an issue."""
        moved = self.filter(issue=issue, article__in=articles).order_by()
        return dict(moved.values_list("article").annotate(last=Max("pk")))

    def lately(self):
        """Moves of today's work: what somebody may want to take back without looking it up."""
        return self.filter(at__gt=Now() - LATELY)

    def in_force(self):
        """Moves that nobody has undone, without the undoing itself."""
        return self.filter(undoes=None, undone_by=None)


class LayoutMove(models.Model):
    """A piece went from one place of an issue to another. No page means the tray. Only added.

    Pages are numbers, not rows: an empty page may be dropped, what was done on it stays told.
    """

    issue = models.ForeignKey(Issue, models.PROTECT, verbose_name=_("issue"), related_name="moves")
    article = models.ForeignKey(
        Article, models.PROTECT, verbose_name=_("article"), related_name="+"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("by"), related_name="+"
    )
    at = models.DateTimeField(_("at"), db_default=Now())
    from_page = models.PositiveSmallIntegerField(_("from page"), null=True)
    from_position = models.PositiveSmallIntegerField(_("from position"), null=True)
    from_weight = models.CharField(_("weight before"), max_length=6, blank=True)
    to_page = models.PositiveSmallIntegerField(_("to page"), null=True)
    to_position = models.PositiveSmallIntegerField(_("to position"), null=True)
    to_weight = models.CharField(_("weight after"), max_length=6, blank=True)
    unseated = models.ForeignKey(
        Article,
        models.PROTECT,
        verbose_name=_("piece that led the page before"),
        related_name="+",
        null=True,
    )
    undoes = models.OneToOneField(
        "self",
        models.PROTECT,
        verbose_name=_("undoes"),
        related_name="undone_by",
        null=True,
    )

    objects = LayoutMoveQuerySet.as_manager()

    class Meta:
        verbose_name = _("move on the board")
        verbose_name_plural = _("moves on the board")
        ordering = ["-pk"]
        indexes = [models.Index(name="layout_move_of_a_piece", fields=["issue", "article", "-id"])]
        constraints = [
            models.CheckConstraint(
                name="a_move_comes_from_a_place_or_from_the_tray",
                condition=Q(from_page=None, from_position=None, from_weight="")
                | Q(
                    from_page__gte=1, from_position__gte=0, from_weight__in=Placement.Weight.values
                ),
            ),
            models.CheckConstraint(
                name="a_move_leads_to_a_place_or_to_the_tray",
                condition=Q(to_page=None, to_position=None, to_weight="")
                | Q(to_page__gte=1, to_position__gte=0, to_weight__in=Placement.Weight.values),
            ),
        ]
        triggers = only_grows("The record of moves on the board")

    def __str__(self):
        return f"{self.article_id}: {self.from_page}/{self.from_position} → {self.to_page}"


class BoardPresenceQuerySet(models.QuerySet):
    def here(self, issue):
        """Who looks at a board now, those first who have been there longest."""
        fresh = self.filter(issue=issue, seen_at__gt=Now() - HERE)
        return fresh.select_related("person").order_by("since", "pk")

    def gone(self):
        """Rows of people who left without a word."""
        return self.filter(seen_at__lte=Now() - HERE)

    def of(self, issue, person):
        """The row of one person at one board."""
        return self.filter(issue=issue, person=person)


class BoardPresence(models.Model):
    """Somebody has the board of an issue open. Kept for seconds, where a crash may empty it."""

    issue = models.ForeignKey(Issue, models.CASCADE, verbose_name=_("issue"), related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("person"), related_name="+"
    )
    since = models.DateTimeField(_("here since"), db_default=Now())
    seen_at = models.DateTimeField(_("last seen at"), db_default=Now())

    objects = BoardPresenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("presence at a board")
        verbose_name_plural = _("presences at boards")
        constraints = [
            models.UniqueConstraint(name="somebody_is_at_a_board_once", fields=["issue", "person"]),
        ]

    def __str__(self):
        return f"{self.issue_id} {self.person_id}"
