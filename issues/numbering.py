"""Running numbers (总第N期): which one an issue would get, and getting it.

Given at closing, in ascending order; none is given twice and none is passed over. A number that
stands on an issue in planning is promised to it: others are given around it.
"""

from django.db import connection
from django.db.models import F, Max, Q

from issues.models import Issue
from issues.statuses import Status
from newsroom.people.models import SiteSettings

# Serialises the giving of running numbers; any constant that no other lock uses.
_NUMBERING = 20_170_047


def next_for(issue: Issue) -> int | None:
    """Return the number an issue has, or would get if it were closed now; None without one.

    The first of those free after the last given: as many in a row as the issue takes.
    """
    if issue.number is not None or not issue.numbered:
        return issue.number
    start = _last_given(issue) + 1
    held = Issue.objects.exclude(number=None).annotate(last=F("number") + F("combines") - 1)
    for number, last in (
        held.filter(last__gte=start).order_by("number").values_list("number", "last")
    ):
        if start + issue.combines <= number:
            break
        start = max(start, last + 1)
    return start


def _last_given(issue: Issue) -> int:
    """Return the highest number given, or promised to an issue that is not dated later."""
    counts = ~Q(status=Status.PLANNING) | Q(date__lte=issue.date)
    last = Issue.objects.filter(counts).aggregate(last=Max(F("number") + F("combines") - 1))["last"]
    return max(last or 0, SiteSettings.current().first_issue_number - 1)


def wait_for_turn() -> None:
    """Let one transaction at a time give numbers, or promise them; until it ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_NUMBERING])


def give(issue: Issue) -> None:
    """Give an issue that is being closed its number, unless it has one or goes without."""
    if issue.number is None and issue.numbered:
        wait_for_turn()
        issue.number = next_for(issue)


def is_free(number: int, combines: int = 1) -> bool:
    """Say whether no issue has one of so many numbers from a first one on."""
    return not Issue.objects.holding(number, combines).exists()
