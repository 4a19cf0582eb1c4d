"""The verb that tries the links to other sites: of the issues to come, a few at a time."""

from collections.abc import Callable
from datetime import timedelta

from issues.dryrun.links import is_outside, targets_of
from issues.gathering import Gathering
from issues.knocking import Knock, knock
from issues.models import Issue, OutsideLink
from issues.models.links import LONGEST
from newsroom.people import clock
from newsroom.people.models import SiteSettings

AHEAD = timedelta(days=14)  # issues whose links are tried
AGAIN = timedelta(hours=12)
MOST = 40  # links of one round: five minutes if none of them answers
KEPT = timedelta(days=60)


def try_links(*, most: int = MOST, ask: Callable[[str], Knock] = knock) -> int:
    """Try links of the issues to come that nobody has tried lately; return of how many.

    Each is written down by itself, so that a round that breaks off has lost nothing. What no issue
    links to any more is forgotten after some time.
    """
    if not SiteSettings.current().tries_outside_links:
        return 0
    OutsideLink.objects.filter(asked_at__lt=clock.now() - KEPT).delete()
    wanted = _to_try()[:most]
    for address in wanted:
        came = ask(address)
        OutsideLink.objects.update_or_create(
            address=address,
            defaults={"asked_at": clock.now(), "status": came.status, "problem": came.problem},
        )
    return len(wanted)


def _to_try() -> list[str]:
    today = clock.now()
    soon = Issue.objects.to_come().filter(date__lte=(today + AHEAD).date())
    gathering = Gathering(list(soon.select_related("release")))
    found = {
        target
        for facts in gathering
        for target in targets_of(facts.pieces)
        if is_outside(target, gathering.hosts) and len(target) <= LONGEST
    }
    lately = OutsideLink.objects.asked_since(today - AGAIN).filter(address__in=found)
    return sorted(found - set(lately.values_list("address", flat=True)))
