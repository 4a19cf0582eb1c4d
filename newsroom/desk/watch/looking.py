"""Look at the paper as residents do, keep what was found, and sound the alarm or end it.

A difference counts only when it is there a second time, a moment later and against what should be
live then: an hour that came meanwhile, or a hiccup of the network, alarms nobody.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from time import monotonic, sleep

from django.conf import settings
from django.db import transaction

from newsroom.desk.models import Check
from newsroom.desk.watch import alarms
from newsroom.desk.watch.asking import PATIENCE, Answer, Site, SiteError, ask
from newsroom.desk.watch.comparing import (
    OF_THE_WAY,
    Finding,
    difference,
    of_the_certificate,
    worst,
)
from newsroom.desk.watch.expecting import Expectation, expectation_at, expectations
from newsroom.people import clock

LONGEST = 60.0  # seconds for one check, after which no further address is asked
AGAIN = 1.0  # seconds between two looks at what was amiss
RESTART = 10.0  # the same where the whole site is away: what is started anew is back by then
AWAY = ("unreachable", "timeout", "broken")
KEPT = timedelta(days=30)


@dataclass
class Walk:
    """One way through the addresses: what was asked, what was found."""

    site: Site
    ends: float
    counts: Counter = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_over(self) -> bool:
        """Say whether the time is up."""
        return monotonic() >= self.ends

    def answer(self, path: str) -> Answer:
        """Ask for a path, as long as there is time."""
        left = self.ends - monotonic()
        return ask(self.site, path, patience=max(0.1, min(PATIENCE, left)))

    def through(self, wanted: list[Expectation]) -> None:
        """Ask for each address in turn; what lies on the way to all of them is said once."""
        for each in wanted:
            if self.is_over:
                facts = {"asked": self.counts.total(), "wanted": len(wanted)}
                self.findings.append(Finding("unfinished", Check.State.WARN, "", facts))
                return
            answer = self.answer(each.path)
            self.counts[each.kind] += 1
            if self.counts.total() == 1:
                self.findings += of_the_certificate(answer, clock.now())
            found = difference(each, answer, clock.now())
            found = found and self.confirmed(each, found)
            if found:
                self.findings.append(found)
            if found and found.code in OF_THE_WAY:
                return

    def confirmed(self, expected: Expectation, found: Finding) -> Finding | None:
        """Look a second time, against what should be live by then."""
        away = found.code in AWAY and not self.findings
        sleep(RESTART if away else AGAIN)
        at = clock.now()
        now_expected = expectation_at(expected.path, at)
        if now_expected is None:
            return None
        return difference(now_expected, self.answer(expected.path), clock.now())


def look(occasion: str = Check.Occasion.ROUND) -> Check:
    """Compare what should be live with what residents get, keep it, tell whom it concerns.

    Asks ``SITE_URL`` alone, forty addresses and a minute at most.
    """
    at, began = clock.now(), monotonic()
    wanted = expectations(at, pressing=_amiss_before())
    counts, findings = _seen(wanted, ends=began + LONGEST)
    check = Check(
        at=at,
        took=round((monotonic() - began) * 1000),
        occasion=occasion,
        state=worst(findings),
        counts=counts,
        wanted=len(wanted),
        findings=[each.kept() for each in findings],
    )
    with transaction.atomic():
        check.save()
        alarms.follow(check)
    return check


def _seen(wanted: list[Expectation], *, ends: float) -> tuple[Counter, list[Finding]]:
    try:
        walk = Walk(Site.at(settings.SITE_URL), ends)
    except SiteError as error:
        return Counter(), [Finding("no_site", Check.State.ALARM, "", {"reason": str(error)})]
    walk.through(wanted)
    return walk.counts, walk.findings


def _amiss_before() -> list[str]:
    """Return the addresses at which something was amiss the last time, to be asked first."""
    last = Check.objects.latest_first().first()
    return [found["path"] for found in last.findings] if last else []


def clear_old() -> int:
    """Delete checks of more than thirty days ago; alarms stay. Return how many were deleted."""
    return Check.objects.older_than(clock.now() - KEPT).delete()[0]
