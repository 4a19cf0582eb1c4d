"""The questions that tell news from pages and topics, which last at an address with a name."""

from django.db import models
from django.db.models import Count, Exists, F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Now

from articles.kinds import Lasting
from articles.reading import lasts, line_parts, live_rule, public_rule


class LastingQuestions(models.QuerySet):
    """What ``ArticleQuerySet`` asks of pieces by whether they are news."""

    def public(self, at=None):
        """All that residents can read at an instant: news, and pages and topics.

        ``Article.is_live`` says the same of one piece, and a test holds the two equal.
        """
        return self.filter(public_rule(at))

    def gone(self, at=None):
        """Articles that were live and have been withdrawn: a tombstone stands at their address.

        One withdrawn before its hour was never there, and stays unknown.
        """
        return self.filter(
            sealed__isnull=False,
            withdrawn_at__gte=F("release__publish_at"),
            release__publish_at__lte=at or Now(),
            release__held=False,
        )

    def unseen(self, at=None):
        """Pieces that no resident has ever seen: neither live nor withdrawn from readers."""
        seen = self.model.objects.public(at) | self.model.objects.gone(at)
        return self.exclude(pk__in=seen.values("pk"))

    def news(self):
        """What is printed, listed and counted."""
        return self.exclude(lasts())

    def lasting(self):
        """Pages and topics."""
        return self.filter(lasts())

    def pages(self):
        """The pages of the site: about, contact and the like."""
        return self.filter(kind=Lasting.PAGE)

    def topics(self):
        """The topics that gather pieces."""
        return self.filter(kind=Lasting.TOPIC)

    def of_kind(self, kind: str):
        """Pieces of one kind."""
        return self.filter(kind=kind)

    def named(self, slug: str):
        """The piece with a name in its address; one that was discarded has given it up."""
        return self.exclude(status="discarded").filter(slug=slug)

    def under_foot(self):
        """Pages that stand in the foot of every public page, in their order."""
        return self.pages().filter(foot__isnull=False).order_by("foot__position", "pk")

    def besides(self, keys: list[int]):
        """Without the pieces of some numbers."""
        return self.exclude(pk__in=keys)

    def for_composed(self):
        """Pages and topics as the desk lists them: the foot's order, then the name."""
        return (
            self.kept()
            .for_desk_list()
            .select_related("foot", "course")
            .annotate(entries=Count("gathered"))
            .order_by(F("foot__position").asc(nulls_last=True), "slug")
        )

    def for_a_piece(self, piece):
        """Topics that may gather a piece, with whether they ``have_it``; ended ones if they do."""
        entries = self.model.gathered.rel.related_model.objects.filter(
            topic=OuterRef("pk"), article=piece
        )
        return (
            self.topics()
            .kept()
            .annotate(have_it=Exists(entries))
            .filter(Q(have_it=True) | Q(course__ended_at=None), withdrawn_at=None)
            .order_by("-have_it", "headline", "pk")
        )

    def with_gathered(self, at=None):
        """With what topics have gathered by an instant: how many live pieces, the latest hour."""
        entries = self.model.gathered.rel.related_model.objects.filter(
            live_rule(at, "article__"), topic=OuterRef("pk")
        )
        told = entries.order_by().values("topic")
        return self.annotate(
            pieces=Subquery(told.annotate(n=Count("pk")).values("n")),
            order=F("course__order"),
            ended_at=F("course__ended_at"),
            latest=Subquery(told.annotate(n=Max("article__release__publish_at")).values("n")),
        )

    def for_topics(self, at=None):
        """Topics as their list shows them: those that go on first, the latest piece first."""
        return (
            self.with_gathered(at)
            .select_related("sealed", "release")
            .annotate(**line_parts(self.model.sealed.field.related_model))
            .order_by(
                F("course__ended_at").desc(nulls_first=True),
                F("latest").desc(nulls_last=True),
                "-pk",
            )
        )
