"""What may keep an issue from going out whole at its hour, and what stands still in the house.

None of this asks a resident's page: the database knows it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from articles.models import Article
from articles.permissions import may_see
from issues.models import Issue, Placement
from issues.statuses import Status
from newsroom.desk import audiences, working
from newsroom.desk.kinds import Kind
from newsroom.desk.models import Check
from newsroom.desk.telling import Telling
from newsroom.desk.watch.comparing import Finding
from newsroom.desk.watch.expecting import called
from newsroom.people import clock

WARNED = (60, 15)  # minutes before the hour at which people are told
STUCK = timedelta(minutes=10)
LOOKING_BACK = timedelta(days=1)
OFF = 5.0  # seconds a machine's clock may differ from the database's
State = Check.State


@dataclass(frozen=True)
class Risk:
    """An issue that is to go out soon, and what stands in its way."""

    issue: Issue
    hour: datetime
    minutes: int  # within which its hour comes: 60 or 15
    unsigned: list[Article] = field(default_factory=list)
    newer: list[Article] = field(default_factory=list)

    @property
    def codes(self) -> list[str]:
        """What stands in its way, the worst first."""
        release = self.issue.release
        cases = (
            ("risk_held", release.held),
            ("risk_unsigned", self.unsigned),
            ("risk_newer", self.newer),
            ("risk_open", self.issue.status == Status.PLANNING),
            ("risk_no_hour", not release.held and release.publish_at is None),
        )
        return [code for code, holds in cases if holds]

    @property
    def occasion(self) -> str:
        """What it is called, so that it is told once before each of the two bounds."""
        return f"risk {self.issue.pk} {self.hour:%Y%m%dT%H%M%S} {self.minutes}"

    def findings(self) -> list[Finding]:
        """Return it as findings."""
        state = State.ALARM if self.minutes == min(WARNED) else State.WARN
        facts = called(self.issue) | {"hour": self.hour.isoformat()}
        pieces = {"risk_unsigned": self.unsigned, "risk_newer": self.newer}
        return [
            Finding(code, state, "", facts | _named(pieces.get(code, []))) for code in self.codes
        ]

    def tellings(self) -> list[Telling]:
        """Return whom it is told: who must sign, of their pieces; who publishes, of the issue."""
        found: dict[int, Telling] = {}
        for article in [*self.unsigned, *self.newer]:
            facts = {"article": article, "issue": self.issue, "round": article.round}
            for person in audiences.takers(article):
                if may_see(person, article):
                    told = Telling(person, Kind.RISK, hour=self.hour, **facts)
                    found.setdefault(person.pk, told)
        waiting = len(self.unsigned) + len(self.newer)
        for person in audiences.publishers():
            whole = Telling(person, Kind.RISK, issue=self.issue, hour=self.hour, pieces=waiting)
            found.setdefault(person.pk, whole)
        return list(found.values())


def _named(articles: list[Article]) -> dict:
    return {"pieces": len(articles), "title": articles[0].title} if articles else {}


def at_risk(now: datetime) -> Iterator[Risk]:
    """Go through the issues whose hour comes within the hour and that are not ready for it."""
    for issue in Issue.objects.due_between(now, now + timedelta(minutes=max(WARNED))):
        hour = issue.release.publish_at or issue.planned_time
        minutes = next(bound for bound in sorted(WARNED) if hour <= now + timedelta(minutes=bound))
        placed = Article.objects.standing_in(Placement.objects.of_issue(issue))
        placed = placed.filter(withdrawn_at=None).select_related("round").order_by("pk")
        risk = Risk(
            issue,
            hour,
            minutes,
            unsigned=list(placed.unsealed()),
            newer=list(placed.with_an_unsigned_version()),
        )
        if risk.codes:
            yield risk


def of_the_house(now: datetime) -> list[Finding]:
    """Return what stands still: an hour missed, the worker, its queue, this machine's clock."""
    return [*_missed(now), *_worker(now), *_queue(now), *_clock()]


def _missed(now: datetime) -> Iterator[Finding]:
    for issue in Issue.objects.missing_their_plan(now - LOOKING_BACK, now).oldest_first():
        facts = called(issue) | {"hour": issue.planned_time.isoformat()}
        yield Finding("missed", State.ALARM, "", facts)


def _worker(now: datetime) -> Iterator[Finding]:
    if working.is_silent(now):
        seen = working.last_sign_of_life()
        yield Finding("asleep", State.WARN, "", {"hour": seen.isoformat() if seen else None})


def _queue(now: datetime) -> Iterator[Finding]:
    waiting = working.waiting_jobs().filter(scheduled_at__lt=now - STUCK).count()
    old = ProcrastinateJob.objects.filter(
        status="todo", scheduled_at=None, procrastinateevent__type="deferred",
        procrastinateevent__at__lt=now - STUCK,
    ).count()  # fmt: skip
    if waiting + old:
        yield Finding("stuck", State.WARN, "", {"tasks": waiting + old})


def _clock() -> Iterator[Finding]:
    ahead = (timezone.now() - clock.now()).total_seconds()
    if abs(ahead) > OFF:
        yield Finding("clock", State.WARN, "", {"seconds": round(ahead)})
