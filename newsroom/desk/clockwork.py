"""What time does without anybody acting: pieces go live, rounds run late, hours are missed.

Each scan looks back some days, so that a worker that slept catches up, and tells each thing once.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial

from articles.models import Article, OwedSignature, Release
from articles.permissions import may_see
from issues.models import Assignment, Issue
from newsroom.desk import audiences, rehearsals, reported
from newsroom.desk.assigned import of_late
from newsroom.desk.delivery import tell_once
from newsroom.desk.kinds import Kind
from newsroom.desk.models import Told
from newsroom.desk.telling import Telling, of_issue, owed
from newsroom.desk.watch import risks
from newsroom.people import clock

LOOKING_BACK = timedelta(days=7)
# What it is called, and who is to be told, asked only where nobody was told before.
Occasion = tuple[str, Callable[[], list[Telling]]]


def tell_what_time_did(now: datetime | None = None) -> int:
    """Tell what has gone live, run late or been missed by an instant; return of how much."""
    now = now or clock.now()
    scans = (
        _gone_live, _overdue, _missed, _at_risk, _rehearsed, _owed, _unwritten, reported.due_soon,
        _reports_overdue,
    )  # fmt: skip
    found = dict(occasion for scan in scans for occasion in scan(now))
    told = Told.objects.filter(occasion__in=found).values_list("occasion", flat=True)
    fresh = found.keys() - set(told)
    for name in filter(fresh.__contains__, found):
        tell_once(name, found[name])
    return len(fresh)


def _gone_live(now: datetime) -> Iterator[Occasion]:
    due = Release.objects.due(now).filter(publish_at__gt=now - LOOKING_BACK)
    for release in due.order_by("publish_at", "pk"):
        yield f"live {release.pk}", partial(_live, release, now)


def _live(release: Release, now: datetime) -> list[Telling]:
    issue = Issue.objects.filter(release=release).first()
    if issue is not None:
        return of_issue(issue, Kind.LIVE, hour=release.publish_at)
    return [
        Telling(person, Kind.LIVE, article=article, hour=release.publish_at)
        for article in Article.objects.public(now).filter(release=release)
        for person in audiences.authors(article)
    ]


def _overdue(now: datetime) -> Iterator[Occasion]:
    late = Article.objects.overdue(now).filter(due_at__gt=now - LOOKING_BACK)
    for article in late.select_related("round").order_by("due_at", "pk"):
        # Two rounds may be due at one instant: both begun after hours, say.
        yield f"overdue {article.pk} {article.moved_at:%Y%m%dT%H%M%S%f}", partial(_late, article)


def _late(article: Article) -> list[Telling]:
    people = {person.pk: person for person in audiences.takers(article)}
    people |= {person.pk: person for person in audiences.desk_heads()}
    return [
        Telling(person, Kind.OVERDUE, article=article, round=article.round, hour=article.due_at)
        for person in people.values()
        if may_see(person, article)
    ]


def _missed(now: datetime) -> Iterator[Occasion]:
    for issue in Issue.objects.missing_their_plan(now - LOOKING_BACK, now).oldest_first():
        yield f"missed {issue.pk} {issue.planned_time:%Y%m%dT%H%M%S}", partial(_late_issue, issue)


def _late_issue(issue: Issue) -> list[Telling]:
    return [
        Telling(person, Kind.MISSED, issue=issue, hour=issue.planned_time)
        for person in audiences.publishers()
    ]


def _at_risk(now: datetime) -> Iterator[Occasion]:
    for risk in risks.at_risk(now):
        yield risk.occasion, risk.tellings


def _rehearsed(now: datetime) -> Iterator[Occasion]:
    for name, issue, hour in rehearsals.due(now):
        yield name, partial(rehearsals.rehearse, issue, hour)


def _owed(now: datetime) -> Iterator[Occasion]:
    for debt in OwedSignature.objects.overdue(now).for_display():
        yield f"owed {debt.pk}", partial(_owed_too_long, debt)


def _owed_too_long(debt: OwedSignature) -> list[Telling]:
    told = {telling.recipient.pk: telling for telling in owed(debt)}
    for person in audiences.chiefs():
        facts = {"article": debt.article, "round": debt.round, "hour": debt.due_at}
        told.setdefault(person.pk, Telling(person, Kind.MISSED, **facts))
    return list(told.values())


def _unwritten(now: datetime) -> Iterator[Occasion]:
    late = Assignment.objects.late(now).due_between(now - LOOKING_BACK, now)
    for assignment in late.select_related("person", "taken_by", "asked_by").order_by("due_at"):
        name = f"unwritten {assignment.pk} {assignment.due_at:%Y%m%dT%H%M%S}"
        yield name, partial(of_late, assignment)


def _reports_overdue(now: datetime) -> Iterator[Occasion]:
    return reported.overdue(now, now - LOOKING_BACK)
