"""An hour before an issue is to go out it is dry-run by itself, and who can mend something is told.

That pieces are not signed is told by the watch; here, whatever else was found.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from articles.models import Article
from articles.permissions import may_see
from articles.statuses import Status
from issues.findings import Finding, findings
from issues.mending import Menders
from issues.models import DryRun, Issue
from issues.permissions import may_see_issues
from issues.rehearsing import keep_run
from newsroom.desk import audiences
from newsroom.desk.kinds import Kind
from newsroom.desk.telling import Telling
from newsroom.people.models import User

BEFORE = timedelta(hours=1)
OCCASION = "dryrun"
TOLD_BY_THE_WATCH = ("unsigned", "newer_version")


def due(now: datetime) -> Iterator[tuple[str, Issue, datetime]]:
    """Go through the issues whose hour, set or planned, comes within the hour.

    Each with what its dry run is called: an hour that is moved is rehearsed again.
    """
    for issue in Issue.objects.due_between(now, now + BEFORE):
        hour = issue.release.publish_at or issue.planned_time
        yield f"{OCCASION} {issue.pk} {hour:%Y%m%dT%H%M%S}", issue, hour


def rehearse(issue: Issue, hour: datetime) -> list[Telling]:
    """Make the dry run of an hour and keep it; return who is told of what it found."""
    keep_run(issue, DryRun.Occasion.HOUR, hour=hour)
    found = [each for each in findings(issue) if not _is_told_already(each)]
    menders = Menders(found)
    theirs: dict[int, tuple[User, list[Finding]]] = {}
    for each in found:
        for person in menders.of(each):
            theirs.setdefault(person.pk, (person, []))[1].append(each)
    told = {person.pk: _of_whole(person, issue, hour, len(found))
            for person in (audiences.publishers() if found else ())}  # fmt: skip
    for person, several in theirs.values():
        if telling := _of_own(person, issue, hour, several):
            told.setdefault(person.pk, telling)
    return list(told.values())


def _is_told_already(finding: Finding) -> bool:
    """Say whether the watch tells it to whoever must sign; the author of a draft it does not."""
    article = finding.article
    return finding.code in TOLD_BY_THE_WATCH and article.status != Status.DRAFT


def _of_whole(person: User, issue: Issue, hour: datetime, count: int) -> Telling:
    return Telling(person, Kind.RISK, issue=issue, hour=hour, pieces=count)


def _of_own(person: User, issue: Issue, hour: datetime, several: list[Finding]) -> Telling | None:
    """Return what somebody is told who mends: of the issue, or of a piece who sees only that."""
    if may_see_issues(person):
        return _of_whole(person, issue, hour, len(several))
    articles: list[Article] = [each.article for each in several if each.article]
    visible = [article for article in articles if may_see(person, article)]
    if not visible:
        return None
    return Telling(person, Kind.RISK, article=visible[0], hour=hour)
