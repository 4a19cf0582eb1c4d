"""What stands around every public page, asked in one statement with the instant it is asked at."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Exists, Min, OuterRef, Subquery
from django.db.models.functions import JSONObject, Now

from articles.models.article import Article
from articles.models.directory import Section
from articles.models.releases import Release
from articles.prepared import Question
from newsroom.people.models import SiteSettings


class MastheadQuerySet(models.QuerySet):
    def present(self):
        """Return the masthead as of now: one statement, one instant for the whole request."""
        return _PRESENT.all()[0]

    def at(self, moment):
        """Return the masthead as of another instant, an aware datetime: for previews."""
        return self.as_of(moment).get()

    def as_of(self, moment=None):
        """With the instant, what time changes next, and the sections worth a visit.

        ``at`` is the database's clock where no moment is given, ``next_change`` the next hour at
        which time publishes something, ``sections`` the sections that have something to read,
        ``pages`` the pages in the foot of the site, ``has_topics`` whether there is a topic.
        """
        # One piece is looked up for each section. “Exists” would be joined with the whole archive.
        live = Article.objects.live(moment)
        some_piece = live.in_section(OuterRef("pk")).order_by().values("pk")[:1]
        sections = (
            Section.objects.in_use()
            .alias(piece=Subquery(some_piece))
            .filter(piece__isnull=False)
            .order_by("position", "pk")
            .values(data=JSONObject(key="pk", name="name", slug="slug"))
        )
        next_change = (
            Release.objects.to_come(moment)
            .order_by()
            .annotate(one=models.Value(1))
            .values("one")
            .annotate(first=Min("publish_at"))
            .values("first")
        )
        pages = (
            Article.objects.public(moment)
            .under_foot()
            .values(data=JSONObject(title="sealed__headline", slug="slug"))
        )
        return self.annotate(
            at=Now() if moment is None else models.Value(moment, models.DateTimeField()),
            next_change=Subquery(next_change),
            sections=ArraySubquery(sections),
            pages=ArraySubquery(pages),
            has_topics=Exists(Article.objects.public(moment).topics()),
        )


class Masthead(SiteSettings):
    """The site settings as a public page needs them."""

    objects = MastheadQuerySet.as_manager()

    class Meta:
        proxy = True
        verbose_name = SiteSettings._meta.verbose_name
        verbose_name_plural = SiteSettings._meta.verbose_name_plural


_PRESENT = Question(lambda: Masthead.objects.as_of())
