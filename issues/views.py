"""The front page, the issues and their pages, the archive."""

from collections import defaultdict
from datetime import UTC, date, datetime

from django.http import Http404

from articles.models import Article
from articles.periods import Volume, Volumes
from articles.prepared import Question
from articles.public_pages import public_page, show
from issues.addresses import Edition
from issues.arrangement import arrange, by_page
from issues.calendars import FEW_YEARS, around, at_hand, decades, month_after, month_of
from issues.models import Issue, Placement

# How many issues the front page draws on: the latest and those before it.
RECENT = 4
# Pieces published alone since the latest issue, at most.
ALONE = 6
# Months the archive begins with, and issues up to which it shows as many.
LATEST_MONTHS, MANY = 2, 20
# Issues of a year, one a week at least, that are listed with what led them; more stand in tables.
LISTED = 60
BEFORE_ALL = datetime(1970, 1, 1, tzinfo=UTC)

LATEST = Question(
    lambda at: Issue.objects.live(at).newest_first().with_leaves().with_corrections(at)[:RECENT]
)
PLACED_LATELY = Question(
    lambda at, *issues: Placement.objects.live(at).of_issues([*issues]).for_list().with_issue()
)
OUT_ALONE = Question(
    lambda at, moment: (
        Article.objects.live(at)
        .outside_issues()
        .since(moment)
        .standing_nowhere_in(Placement.objects.live(at))
        .newest_first()
        .for_list()[:ALONE]
    )
)
ISSUE = Question(
    lambda at, day, sequence: Issue.objects.live(at).dated(day, sequence).for_reading(at)
)
PLACED = Question(lambda at, issue: Placement.objects.live(at).of_issue(issue).for_list())
PLACED_ON = Question(
    lambda at, issue, number: Placement.objects.live(at).of_issue(issue).on_page(number).for_list()
)
OF_MONTH = Question(
    lambda at, first, end: Issue.objects.live(at).between(first, end).oldest_first()
)


@public_page
def front(request, masthead):
    """Show the latest issue's front page, with what went out alone since."""
    issues = LATEST.all(masthead.at)
    issue, *earlier = issues or [None]
    keys = [one.pk for one in issues] + [0] * (RECENT - len(issues))
    placed = PLACED_LATELY.all(masthead.at, *keys)
    today = [p for p in placed if p.page.issue_id == issue.pk]
    before = [p for p in placed if p.page.issue_id != issue.pk]
    return show(
        request,
        masthead,
        "issues/front.html",
        here="front",
        issue=issue,
        earlier=earlier,
        alone=OUT_ALONE.all(masthead.at, issue.release.publish_at if issue else BEFORE_ALL),
        leaves=_leaves(issue, today) if issue else [],
        front=arrange(today, before, masthead.sections),
    )


@public_page
def issue(request, masthead, edition: Edition):
    """Show what stands on the pages of an issue."""
    dated = _dated(masthead, edition)
    placed = PLACED.all(masthead.at, dated.pk)
    first = dated.date.replace(day=1)
    of_month = OF_MONTH.all(masthead.at, first, month_after(first))
    return show(
        request,
        masthead,
        "issues/issue.html",
        here="archive",
        issue=dated,
        leaves=_leaves(dated, placed),
        pieces=len(placed),
        month=month_of(first.year, first.month, of_month),
    )


@public_page
def page(request, masthead, edition: Edition, number: int):
    """Show one page of an issue."""
    dated = _dated(masthead, edition)
    numbers = [leaf.number for leaf in dated.leaves]
    if number not in numbers:
        raise Http404
    here = numbers.index(number)
    placed = PLACED_ON.all(masthead.at, dated.pk, number)
    return show(
        request,
        masthead,
        "issues/page.html",
        here="archive",
        issue=dated,
        leaf={"page": dated.leaves[here], "placements": by_page(placed).get(number, [])},
        before=dated.leaves[here - 1] if here else None,
        after=dated.leaves[here + 1] if number != numbers[-1] else None,
    )


@public_page
def archive(request, masthead):
    """Show the latest months that have issues, two at most, and every other way to old pieces."""
    return _calendar(request, masthead)


@public_page
def year(request, masthead, year: int):
    """Show the issues of a year month by month; of a paper that comes often, their days alone."""
    return _calendar(request, masthead, year)


@public_page
def month(request, masthead, year: int, month: int):
    """Show the issues of a month, each with what led it."""
    return _calendar(request, masthead, year, month)


@public_page
def site_map(request, masthead):
    """Name everything there is to visit."""
    years = Issue.objects.live(masthead.at).dates("date", "year", order="DESC")
    return show(request, masthead, "issues/map.html", years=[first.year for first in years])


def _calendar(request, masthead, year: int | None = None, month: int | None = None):
    """Show some months that have issues: one statement counts all of them, one finds theirs."""
    live = Issue.objects.live(masthead.at)
    bound = Volumes(list(live.by_month()), monthly=True)
    shown, before, after = _shown(bound, year, month)
    if year and not shown:
        raise Http404
    count = sum(each.count for each in shown)
    tables = year is not None and month is None and count > LISTED
    found = live.between(*_days(shown)).oldest_first() if shown else live.none()
    found = list(found.for_calendar() if tables else found.with_lead(masthead.at))
    return show(
        request,
        masthead,
        "issues/archive.html",
        here="archive",
        exactly_here=year is None,
        bound=bound,
        count=count,
        tables=tables,
        shown=_with_issues(shown if year else shown[::-1], found),
        latest=found[-1].pk if found and shown[-1] == bound.bound[-1] else None,
        months=bound.of_year(shown[-1].year) if shown else [],
        years=at_hand(bound.years, shown[-1].year) if shown else [],
        decades=decades(bound.years) if len(bound.years) > FEW_YEARS else [],
        year=year,
        month=month,
        before=before,
        after=after,
    )


def _shown(bound: Volumes, year: int | None, month: int | None) -> tuple:
    """Return the months to show, the oldest first, and what lies before and after them."""
    if year is None:
        latest = bound.bound[-LATEST_MONTHS:]
        shown = latest if sum(each.count for each in latest) <= MANY else latest[-1:]
        return shown, *around(bound.bound, shown[:1])[:1], None
    shown = [each for each in bound.of_year(year) if month in (None, each.month)]
    if month is None:
        return shown, *around(bound.years, [each for each in bound.years if each.year == year])
    return shown, *around(bound.bound, shown)


def _days(months: list[Volume]) -> tuple[date, date]:
    """Return the first day of some months, and the one after their last."""
    first, last = (date(each.year, each.month, 1) for each in (months[0], months[-1]))
    return first, month_after(last)


def _with_issues(months: list[Volume], issues: list[Issue]) -> list[dict]:
    """Return months with their days, and how many issues each has."""
    of_month = defaultdict(list)
    for issue in issues:
        of_month[issue.date.year, issue.date.month].append(issue)
    return [
        {"volume": each, "month": month_of(each.year, each.month, of_month[each.year, each.month])}
        for each in months
    ]


def _dated(masthead, edition: Edition) -> Issue:
    found = ISSUE.first(masthead.at, *edition)
    if found is None:
        raise Http404
    return found


def _leaves(issue: Issue, placed: list) -> list[dict]:
    """Return the pages of an issue, each with what stands on it."""
    pages = by_page(placed)
    return [{"page": page, "placements": pages.get(page.number, [])} for page in issue.leaves]
