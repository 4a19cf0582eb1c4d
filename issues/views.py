"""The front page, the issues and their pages, the archive."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from articles.models import Article
from articles.public_pages import public_page, show
from issues.addresses import Edition
from issues.arrangement import arrange, by_page
from issues.calendars import chosen, month_of, months_of
from issues.models import Issue, Placement

# How many issues the front page draws on: the latest and those before it.
RECENT = 4
# Pieces published alone since the latest issue, at most.
ALONE = 6


@public_page
def front(request, masthead):
    """Show the latest issue's front page, with what went out alone since."""
    at = masthead.at
    issues = list(Issue.objects.live(at).newest_first().with_leaves().with_corrections(at)[:RECENT])
    issue, earlier = (issues[0], issues[1:]) if issues else (None, [])
    placed = list(Placement.objects.live(at).of_issues(issues).for_list().with_issue())
    alone = Article.objects.live(at).outside_issues().newest_first()
    alone = alone.since(issue and issue.release.publish_at)
    today = [p for p in placed if p.page.issue_id == issue.pk]
    before = [p for p in placed if p.page.issue_id != issue.pk]
    return show(
        request,
        masthead,
        "issues/front.html",
        issue=issue,
        earlier=earlier,
        alone=list(alone.standing_nowhere_in(Placement.objects.live(at)).for_list()[:ALONE]),
        leaves=_leaves(issue, today) if issue else [],
        front=arrange(today, before, masthead.sections),
    )


@public_page
def issue(request, masthead, edition: Edition):
    """Show what stands on the pages of an issue."""
    at = masthead.at
    dated = get_object_or_404(Issue.objects.live(at).dated(*edition).for_reading(at))
    placed = list(Placement.objects.live(at).of_issue(dated).for_list())
    of_month = Issue.objects.live(at).in_month(dated.date.year, dated.date.month).oldest_first()
    return show(
        request,
        masthead,
        "issues/issue.html",
        here="archive",
        issue=dated,
        leaves=_leaves(dated, placed),
        pieces=len(placed),
        month=month_of(dated.date.year, dated.date.month, of_month),
    )


@public_page
def page(request, masthead, edition: Edition, number: int):
    """Show one page of an issue."""
    at = masthead.at
    dated = get_object_or_404(Issue.objects.live(at).dated(*edition).for_reading(at))
    numbers = [leaf.number for leaf in dated.leaves]
    if number not in numbers:
        raise Http404
    placed = list(Placement.objects.live(at).of_issue(dated).on_page(number).for_list())
    here = numbers.index(number)
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
    """Show the latest two months that have issues."""
    return _calendar(request, masthead, most=2)


@public_page
def year(request, masthead, year: int):
    """Show the months of a year."""
    return _calendar(request, masthead, year=year)


@public_page
def month(request, masthead, year: int, month: int):
    """Show the issues of a month."""
    return _calendar(request, masthead, year=year, month=month)


def _calendar(request, masthead, *, year=None, month=None, most=None):
    issues = Issue.objects.live(masthead.at)
    known = list(issues.dates("date", "month", order="DESC"))
    shown = chosen(known, year, month)[:most]
    if year and not shown:
        raise Http404
    found = issues.between(shown[-1], shown[0]) if shown else issues.none()
    found = list(found.newest_first().with_lead(masthead.at))
    return show(
        request,
        masthead,
        "issues/archive.html",
        here="archive",
        exactly_here=year is None,
        months=months_of(found),
        latest=found[0].pk if found and shown[0] == known[0] else None,
        years=list(dict.fromkeys(first.year for first in known)),
        months_of_year=chosen(known, shown[0].year, None)[::-1] if shown else [],
        year=year,
        month=month,
    )


def _leaves(issue: Issue, placed: list) -> list[dict]:
    """Return the pages of an issue, each with what stands on it."""
    pages = by_page(placed)
    return [{"page": page, "placements": pages.get(page.number, [])} for page in issue.leaves]
