"""The questions about many issues, pages and placements."""

from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, Value, When, Window
from django.db.models.functions import (
    Coalesce,
    ExtractMonth,
    ExtractYear,
    Greatest,
    JSONObject,
    Lead,
    Left,
    Now,
)

from articles.models import Article, Correction, Review, Version
from articles.reading import LINE, OPENING, along, line_parts, live_rule
from articles.rows import Rows
from articles.statuses import Status as PieceStatus
from issues.statuses import AssignmentState, IssueKind, Status

# What an issue is called by in lists.
NAME = ("date", "sequence", "number", "combines", "kind", "title")
# Where a piece stands that nobody is writing or reading any more.
PUT_ASIDE = (PieceStatus.REJECTED, PieceStatus.DISCARDED)


class IssueQuerySet(models.QuerySet):
    def live(self, at=None):
        """Issues residents can read at an instant; ``Issue.is_live`` says the same of one."""
        return self.filter(
            status=Status.CLOSED, release__publish_at__lte=at or Now(), release__held=False
        )

    def planned(self):
        """Issues still being laid out."""
        return self.filter(status=Status.PLANNING).order_by("date", "sequence")

    def not_cancelled(self):
        """Issues that come out, or came out."""
        return self.exclude(status=Status.CANCELLED)

    def not_scheduled(self):
        """Issues that have no hour, or are held."""
        waiting = Q(release__publish_at=None) | Q(release__held=True)
        return self.not_cancelled().filter(waiting)

    def missing_their_plan(self, since, at):
        """Issues without an hour whose planned time came after ``since`` and by ``at``."""
        return self.not_scheduled().filter(planned_time__gt=since, planned_time__lte=at)

    def without_an_hour(self, since, at):
        """Issues nobody has scheduled or held, planned for a time after ``since`` and by ``at``."""
        missing = self.not_cancelled().missing_their_plan(since, at)
        return missing.filter(release__publish_at=None, release__held=False)

    def by_their_hour(self):
        """Those that have an hour, or one planned, as ``hour``, the first first."""
        hour = Coalesce("release__publish_at", "planned_time")
        return self.annotate(hour=hour).exclude(hour=None).order_by("hour", "date", "sequence")

    def not_live(self, at):
        """Issues residents cannot read at an instant, or not yet."""
        return self.exclude(pk__in=self.model.objects.live(at))

    def due_between(self, begins, ends):
        """Issues whose hour, or the one that is planned, comes after one instant and by another."""
        hour = Coalesce("release__publish_at", "planned_time")
        coming = self.not_cancelled().alias(hour=hour).filter(hour__gt=begins, hour__lte=ends)
        return coming.select_related("release").order_by("hour", "pk")

    def waiting_for_their_hour(self, at=None):
        """Closed issues that are not live yet, scheduled or not."""
        return self.filter(status=Status.CLOSED).exclude(
            release__publish_at__lte=at or Now(), release__held=False
        )

    def to_come(self, at=None):
        """Issues residents cannot read yet, in planning or closed, the next hour first."""
        coming = self.not_cancelled().exclude(
            status=Status.CLOSED, release__publish_at__lte=at or Now(), release__held=False
        )
        return coming.order_by(
            F("release__publish_at").asc(nulls_last=True),
            F("planned_time").asc(nulls_last=True),
            "date",
            "sequence",
        )

    def dated(self, day: date, sequence: int = 1):
        """The issue behind an address; a cancelled one has left it to others."""
        return self.not_cancelled().filter(date=day, sequence=sequence)

    def dated_on(self, day: date):
        """The issues of a day, but for cancelled ones."""
        return self.not_cancelled().filter(date=day).order_by("sequence")

    def earlier_open(self, issue):
        """Issues dated before one that are not closed yet and take a number: out of order."""
        before = self.earlier_than(issue.date, issue.sequence)
        return before.filter(status=Status.PLANNING, numbered=True, number=None).oldest_first()

    def later_numbered(self, issue):
        """Issues dated after one that have their running number already."""
        return self.later_than(issue.date, issue.sequence).exclude(number=None).oldest_first()

    def holding(self, number: int, combines: int = 1):
        """Issues that have one of so many running numbers from a first one on."""
        held = self.exclude(number=None).annotate(last=F("number") + F("combines") - 1)
        return held.filter(number__lt=number + combines, last__gte=number)

    def gaps(self, since: int = 1) -> list[tuple[int, int]]:
        """Return the running numbers that nobody has: first and last of each gap, in order.

        Between the lowest and the highest that are given or promised, and not below ``since``.
        """
        following = Window(Lead("number"), order_by=F("number").asc())
        return list(
            self.exclude(number=None)
            .annotate(first=Greatest(F("number") + F("combines"), Value(since)), last=following - 1)
            .filter(first__lte=F("last"))
            .order_by("number")
            .values_list("first", "last")
        )

    def in_slots(self, first: date, end: date):
        """Issues that fill a day of the publication calendar, or stand on it; extras fill none."""
        inside = Q(slot__gte=first, slot__lt=end) | Q(date__gte=first, date__lt=end)
        found = self.filter(inside).exclude(kind=IssueKind.EXTRA, slot=None)
        return found.annotate(placed=Count("pages__placements")).oldest_first()

    def between(self, first: date, end: date):
        """Issues from one day up to another, which is not included."""
        return self.filter(date__gte=first, date__lt=end)

    def by_month(self):
        """How many there are of each month that has any, the oldest first."""
        month = {"year": ExtractYear("date"), "month": ExtractMonth("date")}
        counted = self.order_by().values(**month).annotate(count=Count("*"))
        return counted.order_by("year", "month")

    def for_calendar(self):
        """With what names an issue in a calendar, and no more."""
        return self.only(*NAME)

    def on_calendar(self, first: date, end: date, begins, ends):
        """What a calendar shows from one day up to another; ``begins`` and ``ends`` as instants.

        By its date, or by the hour at which it goes out. With what a cell counts.
        """
        placed = "pages__placements"
        gone = Q(pages__placements__article__withdrawn_at__isnull=False)
        return (
            self.filter(
                Q(date__gte=first, date__lt=end)
                | Q(release__publish_at__gte=begins, release__publish_at__lt=ends)
            )
            .select_related("release")
            .annotate(
                placed=Count(placed),
                gone=Count(placed, filter=gone),
            )
            .oldest_first()
        )

    def with_deadlines_between(self, begins, ends):
        """Issues in planning with a deadline from one instant up to another."""
        copy = Q(copy_due_at__gte=begins, copy_due_at__lt=ends)
        closing = Q(closes_by__gte=begins, closes_by__lt=ends)
        return self.filter(copy | closing, status=Status.PLANNING).oldest_first()

    def oldest_first(self):
        """By date and sequence."""
        return self.order_by("date", "sequence")

    def newest_first(self):
        """By date and sequence, the latest first."""
        return self.order_by("-date", "-sequence")

    def earlier_than(self, day: date, sequence: int):
        """Issues before one, named by its date and sequence."""
        return self.filter(Q(date__lt=day) | Q(date=day, sequence__lt=sequence))

    def later_than(self, day: date, sequence: int):
        """Issues after one, named by its date and sequence."""
        return self.filter(Q(date__gt=day) | Q(date=day, sequence__gt=sequence))

    def for_reading(self, at=None):
        """With the pages and the issues before and after, in the same statement."""
        itself = (OuterRef("date"), OuterRef("sequence"))
        live = self.model.objects.live(at)
        return self.with_leaves().annotate(
            earlier=Rows(live.earlier_than(*itself).newest_first()[:1], *NAME),
            later=Rows(live.later_than(*itself).oldest_first()[:1], *NAME),
        )

    def with_leaves(self):
        """With the release, and the pages as ``leaves``."""
        pages = self.model.pages.rel.related_model.objects.filter(issue=OuterRef("pk"))
        return self.select_related("release").annotate(
            leaves=Rows(pages.order_by("number"), "number", "name")
        )

    def with_corrections(self, at=None):
        """With the latest corrections the newspaper has signed, of whatever issue."""
        signed = Correction.objects.of_live_pieces(at).recent(at)[:2]
        return self.annotate(
            corrections=Rows(
                signed, "wrong", "right", "note", "signed_at", "article_id",
                headline=F("article__sealed__headline"),
            )
        )  # fmt: skip

    def with_lead(self, at=None):
        """With the piece that leads the first page, as ``lead``: for calendars."""
        placements = self.model.pages.rel.related_model.placements.rel.related_model.objects
        first = placements.live(at).of_issue(OuterRef("pk")).leads_first()[:1]
        title = JSONObject(
            marked="article__headline",
            sealed="article__sealed__headline",
            opening=Left("article__sealed__body", OPENING),
        )
        return self.annotate(lead=ArraySubquery(first.values(row=title)))


class PageQuerySet(models.QuerySet):
    def numbered(self, number: int):
        """The page of a number."""
        return self.filter(number=number)

    def usual_formats(self) -> dict[int, int]:
        """The format of each page, by number, in the latest issue that has any."""
        known = self.exclude(format=None)
        latest = known.order_by("-issue__date", "-issue__sequence").values("issue")[:1]
        return dict(known.filter(issue=Subquery(latest)).values_list("number", "format"))

    def being_laid_out(self):
        """The pages of issues in planning, the next issue first."""
        planning = self.filter(issue__status=Status.PLANNING).select_related("issue")
        return planning.order_by("issue__date", "issue__sequence", "number")

    def of_issues(self, issues: list[int]):
        """The pages of issues, given by their keys, in order."""
        return self.filter(issue__in=issues).order_by("number")


class PlacementQuerySet(models.QuerySet):
    def live(self, at=None):
        """Placements in live issues of pieces residents can read at an instant."""
        return self.filter(
            page__issue__status=Status.CLOSED,
            page__issue__release__publish_at__lte=at or Now(),
            page__issue__release__held=False,
        ).filter(live_rule(at, "article__"))

    def of_issue(self, issue):
        """Everything placed in an issue, in the order of pages and places."""
        return self.filter(page__issue=issue).order_by("page__number", "position")

    def of_issues(self, issues: list[int]):
        """Everything placed in issues, given by their keys, the latest issue first."""
        return self.filter(page__issue__in=issues).order_by(
            "-page__issue__date", "-page__issue__sequence", "page__number", "position"
        )

    def lent(self, issue, number: int | None):
        """What of an issue, or of one page of it, may be lent to somebody outside."""
        placed = self.of_issue(issue).exclude(article__status__in=PUT_ASIDE)
        placed = placed.exclude(page__issue__status=Status.CANCELLED)
        placed = placed.filter(article__withdrawn_at=None)
        return placed if number is None else placed.on_page(number)

    def in_issues(self, keys: list[int], others):
        """Everything in issues given by their keys, and in ``others``, a queryset of issues."""
        inside = Q(page__issue__in=keys) | Q(page__issue__in=others)
        return self.filter(inside).select_related("page").order_by("page__issue", "pk")

    def on_page(self, number: int):
        """What stands on the pages of a number."""
        return self.filter(page__number=number)

    def of_articles(self, articles):
        """Where several pieces stand, with page and issue, the latest issue first."""
        placed = self.filter(article__in=articles).select_related("page__issue")
        return placed.order_by("-page__issue__date", "-page__issue__sequence", "page__number")

    def leads_first(self):
        """Page by page, the lead before the others."""
        lead = Case(When(weight="lead", then=0), default=1)
        return self.order_by("page__number", lead, "position")

    def of_article(self, article):
        """Where a piece stands."""
        return self.filter(article=article)

    def around(self, number: int, at=None):
        """Everything on the page on which the piece of a number stands; the first, if reprinted.

        The page is looked up by itself. Joined, PostgreSQL would go through the whole archive.
        """
        printed = self.model.objects.live(at).filter(article=number)
        first = printed.order_by("page__issue__date", "page__issue__sequence").values("page")[:1]
        return self.filter(page=Subquery(first)).order_by("position")

    def for_list(self):
        """With what a line in a public list shows, in one statement."""
        return (
            self.select_related("page", "article__sealed__section", "article__release")
            .only("weight", "position", "page", "article__sealed", *along("article__", LINE))
            .annotate(**line_parts(Version, "article__"))
        )

    def with_issue(self):
        """With the issue, too."""
        return self.select_related("page__issue")

    def for_desk(self):
        """With what a line in the desk shows."""
        return self.select_related(
            "page", "article", "article__sealed", "article__round", "article__claimed_by",
            "article__release", "article__section",
        ).prefetch_related("article__bylines__correspondent")  # fmt: skip


class AssignmentQuerySet(models.QuerySet):
    def at_work(self):
        """What is asked for and not called off."""
        return self.filter(state__in=(AssignmentState.OPEN, AssignmentState.TAKEN))

    def free(self):
        """What nobody is writing: ``Assignment.is_free`` says the same of one."""
        return self.filter(
            Q(state=AssignmentState.OPEN)
            | Q(state=AssignmentState.TAKEN, article__status__in=PUT_ASIDE)
        )

    def answerable_by(self, person):
        """Pieces of somebody's own that are on their way and answer nothing yet, latest first."""
        answering = self.exclude(article=None).values("article")
        own = Article.objects.news().filter(filed_by=person, withdrawn_at=None, release=None)
        return own.exclude(status__in=PUT_ASIDE).exclude(pk__in=answering).order_by("-changed_at")

    def offered(self):
        """Topics that wait for an editor's word."""
        return self.filter(state=AssignmentState.OFFERED)

    def not_handed_in(self):
        """What is asked for and has not reached the editors."""
        submitted = Review.objects.filter(article=OuterRef("article"))
        return self.at_work().filter(
            ~Exists(submitted) | Q(article__status__in=PUT_ASIDE) | Q(article=None)
        )

    def handed_in(self):
        """What has reached the editors."""
        submitted = Review.objects.filter(article=OuterRef("article"))
        taken = self.filter(state=AssignmentState.TAKEN).exclude(article__status__in=PUT_ASIDE)
        return taken.filter(Exists(submitted))

    def current(self):
        """What still needs somebody: wanted and not in, or offered."""
        return self.not_handed_in() | self.offered()

    def over(self):
        """What was declined or called off."""
        return self.filter(state__in=(AssignmentState.DECLINED, AssignmentState.DROPPED))

    def late(self, at=None):
        """What was wanted before an instant: ``Assignment.is_late`` says the same of one."""
        return self.not_handed_in().filter(due_at__lt=at or Now())

    def concerning(self, user):
        """What a correspondent knows of: asked of them, offered by them, free in their unit."""
        own = Q(person=user) | Q(offered_by=user) | Q(taken_by=user)
        if user.unit_id is None:
            return self.filter(own)
        return self.filter(own | Q(pk__in=self.model.objects.free().filter(unit=user.unit_id)))

    def of_unit(self, unit: int | None):
        """What was asked of a unit, given by its key, whoever writes it."""
        return self.filter(unit__isnull=False, unit=unit)

    def asked_of(self, user):
        """What somebody is to write: asked of them, of their unit and free, or begun by them."""
        theirs = Q(person=user) | Q(taken_by=user)
        return self.concerning(user).at_work().filter(theirs | Q(unit=user.unit_id))

    def seen_by(self, user, can_see_all: bool):
        """What somebody may see; ``can_see_all`` comes from the permission."""
        return self if can_see_all else self.concerning(user)

    def due_between(self, first, end):
        """By its deadline, from one instant up to another, which is not included."""
        return self.filter(due_at__gte=first, due_at__lt=end)

    def on_calendar(self):
        """What is wanted or offered; not what was declined or called off."""
        return self.at_work() | self.offered()

    def asked_for(self, issue, places):
        """What an issue still waits for: no piece of it stands in ``places`` yet."""
        placed = places.filter(article=OuterRef("article"))
        return self.at_work().filter(~Exists(placed), issue=issue).order_by("page", "due_at")

    def offers_of(self, user):
        """Topics somebody offered that are not asked for: waiting, declined, taken back."""
        idle = (AssignmentState.OFFERED, AssignmentState.DECLINED)
        acts = self.model.acts.rel.related_model.objects.filter(assignment=OuterRef("pk"))
        why = acts.filter(verb="decline_offer").order_by("-pk").values("note")[:1]
        return (
            self.filter(offered_by=user, state__in=idle)
            .annotate(declined_because=Subquery(why))
            .order_by("-pk")
        )

    def answered_by(self, article):
        """The one a piece was written for."""
        return self.filter(article=article)

    def for_desk(self):
        """With what a line in the desk shows, and when its piece was first submitted."""
        submitted = Review.objects.filter(article=OuterRef("article")).order_by("pk")
        return self.select_related(
            "person", "unit", "asked_by", "offered_by", "taken_by", "issue", "section", "article",
        ).annotate(submitted_at=Subquery(submitted.values("started_at")[:1]))  # fmt: skip
