"""The newsroom's calendar: what goes out on which day, what is due, and what is still missing.

By issue or by piece, a month or a week; the same number of statements for one of everything and
for many.
"""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import standing
from articles.models import Article
from articles.permissions import may_reschedule_alone
from issues.findings import findings_of
from issues.models import Assignment, Issue, Placement
from issues.outlook import Outlook
from issues.permissions import may_change_assignment, may_lay_out, may_plan
from issues.wording import stage_of, state_of
from newsroom.desk.spans import Span, week_around
from newsroom.people import working_time

ISSUES, PIECES = "issues", "pieces"
IN_A_MONTH = 6  # entries of a day before the rest is counted only
MOST = 2_000  # pieces that one page of the calendar fetches
AT_HAND = timedelta(days=2)  # in which a month shows deadlines


@dataclass(frozen=True)
class Note:
    """A line under an entry: what is missing, or what else there is to know."""

    words: str
    icon: str
    tone: str = ""


@dataclass(frozen=True)
class Entry:
    """One thing on a day; ``move`` is the address at which it is moved, where this reader may."""

    kind: str
    title: str
    state: str
    icon: str
    url: str
    tone: str = ""
    at: datetime | None = None
    move: str = ""
    notes: list[Note] = field(default_factory=list)
    aside: str = ""


@dataclass
class Day:
    """A day with what stands on it."""

    date: date
    today: date
    inside: bool
    entries: list[Entry]
    shown: int

    @property
    def is_today(self) -> bool:
        """Whether it is today, in the newspaper's time zone."""
        return self.date == self.today

    @property
    def works(self) -> bool:
        """Whether people work on it."""
        return working_time.is_working_day(self.date)

    @property
    def remark(self) -> str:
        """The holiday it is, or that it makes up for one."""
        if working_time.makes_up(self.date):
            return _("make-up working day")
        return working_time.holiday(self.date)

    @property
    def label(self) -> str:
        """Its number, with the month where another begins or the span does not include it."""
        if self.inside and self.date.day > 1:
            return str(self.date.day)
        # Translators: a date format of Django's: month and day, in figures.
        return date_format(self.date, _("n/j")) if not self.inside else str(self.date.day)

    @property
    def first_entries(self) -> list[Entry]:
        """What is shown of it at once."""
        return self.entries[: self.shown]

    @property
    def more(self) -> int:
        """How many entries are not shown."""
        return max(len(self.entries) - self.shown, 0)

    @property
    def week(self) -> str:
        """The address of its week."""
        return week_around(self.date).query

    @property
    def classes(self) -> str:
        """The classes of its cell."""
        names = {
            "today": self.is_today,
            "off": not self.works or not self.inside,
            "none": not self.entries and (not self.works or not self.inside),
            "past": not self.entries and self.date < self.today,
        }
        return " ".join(name for name, holds in names.items() if holds)


class Calendar:
    """A span of days for whoever looks, at an instant; ``by`` is ISSUES or PIECES."""

    def __init__(self, span: Span, *, user, at: datetime, by: str = ISSUES):
        """Ask nothing yet."""
        self.span, self.user, self.at, self.by = span, user, at, by
        self.first, self.end = span.grid
        zone = timezone.get_current_timezone()
        self.instants = tuple(
            datetime.combine(day, time.min, zone) for day in (self.first, self.end)
        )

    @property
    def unannounced(self) -> list[int]:
        """The years in view whose holidays are not known."""
        years = {self.span.first.year, (self.span.end - timedelta(days=1)).year}
        return sorted(year for year in years if not working_time.is_announced(year))

    @property
    def weekdays(self) -> list[date]:
        """The first week shown, to name the columns by."""
        return [self.first + timedelta(days=number) for number in range(7)]

    @cached_property
    def weeks(self) -> list[list[Day]]:
        """The days in rows of seven."""
        on = defaultdict(list)
        for day, entry in self._entries():
            on[day].append(entry)
        today = timezone.localdate(self.at)
        length = (self.end - self.first).days
        days = [
            Day(
                day,
                today,
                self.span.first <= day < self.span.end,
                sorted(on[day], key=_order),
                MOST if self.span.is_week else IN_A_MONTH,
            )
            for day in (self.first + timedelta(days=number) for number in range(length))
        ]
        return [days[start : start + 7] for start in range(0, length, 7)]

    def _entries(self):
        """Yield each entry with its day: issues or their pieces, pieces alone, what is due."""
        yield from self._issues() if self.by == ISSUES else self._placed()
        yield from self._expected() if self.by == ISSUES else ()
        yield from self._deadlines()
        yield from self._alone()
        yield from self._assignments()
        yield from self._due()

    # Issues

    @cached_property
    def _dated(self) -> list[Issue]:
        return list(Issue.objects.on_calendar(self.first, self.end, *self.instants))

    def _day_of(self, issue: Issue) -> date:
        """Say where an issue stands: by its hour while it waits for it, otherwise by its date."""
        waits = state_of(issue, self.at).name in ("scheduled", "held")
        return timezone.localdate(issue.release.publish_at) if waits else issue.date

    def _issues(self):
        planned = [issue for issue in self._dated if issue.status == Issue.Status.PLANNING]
        missing = findings_of(planned)
        for issue in self._dated:
            yield self._day_of(issue), self._issue(issue, missing.get(issue.pk, []))

    def _issue(self, issue: Issue, missing: list) -> Entry:
        state = state_of(issue, self.at)
        planning, scheduled = state.name == "planning", state.name == "scheduled"
        movable = may_lay_out(self.user, issue) if planning else may_plan(self.user)
        pieces = ngettext("{n} piece", "{n} pieces", issue.placed).format(n=issue.placed)
        return Entry(
            "issue",
            issue_name(issue),
            f"{state.label} {pieces}",
            state.icon,
            reverse("admin:issues_issue_change", args=[issue.pk]),
            state.tone,
            issue.planned_time if planning else issue.release.publish_at,
            _move("issue", issue.pk) if (planning or scheduled) and movable else "",
            self._missing(issue, missing) + self._oddities(issue, state.name),
        )

    def _missing(self, issue: Issue, found: list) -> list[Note]:
        """Say how many things are missing, and which is the first; all of them in a week.

        An empty issue some days ahead lacks nothing yet.
        """
        if found and not issue.placed and issue.planned_time and issue.planned_time > self._soon:
            return [Note(_("no piece yet"), "", "quiet")]
        blocking = sum(finding.blocking for finding in found)
        doubtful = len(found) - blocking
        notes = []
        if blocking:
            words = ngettext("{n} stops it", "{n} stop it", blocking).format(n=blocking)
            notes.append(Note(words, "block", "stop"))
        if doubtful:
            words = ngettext("{n} to look at", "{n} to look at", doubtful).format(n=doubtful)
            notes.append(Note(words, "warn", "warn"))
        told = found if self.span.is_week else found[:1]
        return notes + [Note(finding.message, "", "quiet") for finding in told]

    @property
    def _soon(self) -> datetime:
        return self.at + AT_HAND

    def _oddities(self, issue: Issue, state: str) -> list[Note]:
        notes = []
        if issue.gone:
            words = ngettext("{n} piece withdrawn", "{n} pieces withdrawn", issue.gone)
            notes.append(Note(words.format(n=issue.gone), "gone", "stop"))
        if state in ("scheduled", "held") and self._day_of(issue) != issue.date:
            notes.append(Note(_("dated {day}").format(day=issue.address), "info", "quiet"))
        return notes

    # What the publication calendar says

    @cached_property
    def outlook(self) -> Outlook:
        """What the publication calendar wants of the days in view that have not passed."""
        today = timezone.localdate(self.at)
        return Outlook(min(max(self.first, today), self.end), self.end)

    def _expected(self):
        """Yield the issues that will be planned by themselves, and the days decided against."""
        page = reverse("admin:publication")
        begin = reverse("admin:issues_issue_add") if may_plan(self.user) else ""
        for wanted in self.outlook.missing:
            edition, hours = wanted.edition, wanted.hours
            url = f"{begin}?date={edition.day:%Y-%m-%d}" if begin else page
            notes = [Note(_("holidays not announced"), "", "quiet")] * edition.is_provisional
            if edition.moved_from:
                words = _("moved from {day}").format(day=short_day(edition.moved_from))
                notes.append(Note(words, "", "quiet"))
            when = hours.planned_time if hours else None
            state = _("by the calendar")
            yield (
                edition.day,
                Entry("expected", _("issue to come"), state, "draft", url, "", when, notes=notes),
            )
        for day, special in self.outlook.special.items():
            if special.appears == special.Appears.NO and day >= self.outlook.first:
                state = special.get_appears_display()
                yield day, Entry("expected", special.reason, state, "gone", page)

    def _deadlines(self):
        """Yield the deadlines of issues in planning: all in a week, in a month those at hand."""
        begins, ends = self.instants
        if not self.span.is_week:
            begins, ends = max(begins, self.at), min(ends, self.at + AT_HAND)
        for issue in Issue.objects.with_deadlines_between(begins, ends):
            url = reverse("admin:issues_issue_change", args=[issue.pk])
            for moment, words in (
                (issue.copy_due_at, _("copy deadline")),
                (issue.closes_by, _("closing deadline")),
            ):
                if moment is not None and begins <= moment < ends:
                    tone = "stop" if moment < self.at else ""
                    title = f"{issue_name(issue)} {short_day(issue.date)}"
                    entry = Entry("deadline", title, words, "late" if tone else "clock", url, tone)
                    yield timezone.localdate(moment), replace(entry, at=moment)

    # Pieces

    @cached_property
    def _placements(self) -> list[Placement]:
        if self.by == ISSUES:
            return []
        issues = [issue.pk for issue in self._dated]
        return list(Placement.objects.of_issues(issues).select_related("page")[:MOST])

    @cached_property
    def _articles(self) -> dict[int, Article]:
        """Every piece in view, however it comes here, with what its state is read from."""
        keys = {placement.article_id for placement in self._placements}
        for asked in (
            Article.objects.going_out_alone(*self.instants),
            Article.objects.due_between(*self.instants),
        ):
            keys |= set(asked.values_list("pk", flat=True)[:MOST])
        found = Article.objects.filter(pk__in=keys).select_related("round", "release")
        return {article.pk: article for article in standing.with_reviews(found)}

    def _placed(self):
        days = {issue.pk: self._day_of(issue) for issue in self._dated}
        for placement in self._placements:
            page = _("page {number}").format(number=placement.page.number)
            entry = self._piece(self._articles[placement.article_id], aside=page)
            yield days[placement.page.issue_id], entry

    def _piece(self, article: Article, **more) -> Entry:
        state = standing.state(article, self.at)
        url = reverse("admin:articles_article_read", args=[article.pk])
        return Entry("piece", article.title, state.word, state.icon, url, state.tone, **more)

    def _alone(self):
        """Yield pieces that go out by themselves."""
        begins, ends = self.instants
        for article in self._articles.values():
            release = article.release
            hour = release.publish_at if release is not None and release.alone else None
            if hour is None or not begins <= hour < ends:
                continue
            move = _move("piece", article.pk) if may_reschedule_alone(self.user, article) else ""
            entry = self._piece(article, at=hour, move=move, aside=_("by itself"))
            yield timezone.localdate(hour), entry

    def _due(self):
        """Yield pieces in review by the hour at which their round is due."""
        begins, ends = self.instants
        for article in self._articles.values():
            if article.due_at is None or not begins <= article.due_at < ends:
                continue
            late = article.is_overdue(self.at)
            notes = [Note(_("overdue"), "late", "stop")] if late else []
            aside = "" if late else _("due")
            entry = self._piece(article, at=article.due_at, aside=aside, notes=notes)
            yield timezone.localdate(article.due_at), entry

    # What is asked for

    def _assignments(self):
        asked = Assignment.objects.due_between(*self.instants).on_calendar().for_desk()[:MOST]
        for each in asked:
            stage = stage_of(each, self.at)
            may = may_change_assignment(self.user, each)
            yield (
                timezone.localdate(each.due_at),
                Entry(
                    "assignment",
                    each.topic,
                    stage.label,
                    stage.icon,
                    reverse("admin:issues_assignment_change", args=[each.pk]),
                    stage.tone,
                    each.due_at,
                    _move("assignment", each.pk) if may else "",
                    aside=str(each.taken_by or each.asked_of),
                ),
            )


def _order(entry: Entry) -> tuple:
    """Put issues first, then what is late or stopped, then by the hour."""
    stopped = entry.tone == "stop" or any(note.tone == "stop" for note in entry.notes)
    hour = entry.at.timestamp() if entry.at else 0
    return entry.kind != "issue", not stopped, hour


def issue_name(issue: Issue) -> str:
    """Return what an issue is called among others of its day."""
    if issue.number:
        return _("No. {number}").format(number=issue.numbers)
    if issue.title:
        return issue.title
    if issue.sequence > 1:
        return _("issue {n} of the day").format(n=issue.sequence)
    return _("issue of the day")


def short_day(day: date) -> str:
    """Return 12月8日."""
    return _("{month}/{day}").format(month=day.month, day=day.day)


def _move(kind: str, pk: int) -> str:
    return reverse("admin:calendar_move", args=[kind, pk])
