"""The questions about many issues, pages and placements."""

from datetime import date

from django.db import models
from django.db.models import Prefetch
from django.db.models.functions import Now

from articles.models import Article
from issues.statuses import Status


class IssueQuerySet(models.QuerySet):
    def live(self, at=None):
        """Issues residents can read at an instant; ``Issue.is_live`` says the same of one."""
        return self.filter(
            status=Status.CLOSED, release__publish_at__lte=at or Now(), release__held=False
        )

    def planned(self):
        """Issues still being laid out."""
        return self.filter(status=Status.PLANNING).order_by("date", "sequence")

    def waiting_for_their_hour(self, at=None):
        """Closed issues that are not live yet, scheduled or not."""
        return self.filter(status=Status.CLOSED).exclude(
            release__publish_at__lte=at or Now(), release__held=False
        )

    def dated(self, day: date, sequence: int = 1):
        """The issue behind an address."""
        return self.filter(date=day, sequence=sequence)

    def in_year(self, year: int):
        """Issues of a year."""
        return self.filter(date__year=year)

    def in_month(self, year: int, month: int):
        """Issues of a month."""
        return self.filter(date__year=year, date__month=month)

    def oldest_first(self):
        """By date and sequence."""
        return self.order_by("date", "sequence")

    def newest_first(self):
        """By date and sequence, the latest first."""
        return self.order_by("-date", "-sequence")

    def with_pages(self, at=None):
        """With pages and their live pieces in order: two further statements."""
        from_page = Prefetch("pages", queryset=self.model.pages.rel.related_model.objects.all())
        return self.select_related("release").prefetch_related(from_page)


class PageQuerySet(models.QuerySet):
    def numbered(self, number: int):
        """The page of a number."""
        return self.filter(number=number)


class PlacementQuerySet(models.QuerySet):
    def live(self, at=None):
        """Placements in live issues of pieces residents can read at an instant."""
        return self.filter(
            page__issue__status=Status.CLOSED,
            page__issue__release__publish_at__lte=at or Now(),
            page__issue__release__held=False,
            article__in=Article.objects.live(at),
        )

    def of_issue(self, issue):
        """Everything placed in an issue, in the order of pages and places."""
        return self.filter(page__issue=issue).order_by("page__number", "position")

    def of_article(self, article):
        """Where a piece stands."""
        return self.filter(article=article)

    def for_list(self):
        """With what a line in a public list shows."""
        return self.select_related(
            "page", "article__sealed", "article__sealed__section", "article__release"
        ).prefetch_related("article__sealed__bylines", "article__sealed__photos")

    def for_desk(self):
        """With what a line in the desk shows."""
        return self.select_related(
            "page", "article", "article__sealed", "article__round", "article__claimed_by",
            "article__release", "article__section",
        ).prefetch_related("article__bylines__correspondent")  # fmt: skip
