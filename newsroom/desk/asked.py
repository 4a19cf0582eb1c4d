"""What the workbench shows of assignments: what is wanted of whom, what waits for a word."""

from datetime import datetime

from django.utils import timezone

from issues.models import Assignment
from issues.permissions import may_assign, may_offer
from issues.wording import stage_of, wanted_sentence

SHOWN = 8


def asked_about(user, newsroom: bool) -> dict:
    """Return what is wanted of somebody, and of the newsroom's what needs an editor."""
    now = timezone.now()
    mine = Assignment.objects.asked_of(user).not_handed_in().for_desk()
    found = {"asked": _told(mine[:SHOWN], now), "may_offer": bool(may_offer(user))}
    if newsroom:
        return found | (_for_editors(now) if may_assign(user) else {})
    return found | {"offers": _told(Assignment.objects.offers_of(user).for_desk()[:SHOWN], now)}


def _for_editors(now: datetime) -> dict:
    offered = Assignment.objects.offered().for_desk()[:SHOWN]
    late = Assignment.objects.late(now).for_desk()[:SHOWN]
    return {"may_assign": True, "offered": _told(offered, now), "late": _told(late, now)}


def _told(assignments, now: datetime) -> list[Assignment]:
    """Set beside each where it stands, and by when of whom it is wanted."""
    found = list(assignments)
    for each in found:
        each.stage, each.told = stage_of(each, now), wanted_sentence(each, now)
    return found
