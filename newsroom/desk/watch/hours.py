"""The hours at which something goes out: each is looked after a few seconds later."""

from datetime import datetime, timedelta

from django.db import transaction

from articles.models import Release
from newsroom.desk.models import Told
from newsroom.people import clock
from newsroom.people.queueing import later

AHEAD = timedelta(seconds=90)  # somewhat more than from one scan to the next
AFTERWARDS = timedelta(seconds=3)


def watch_next(now: datetime | None = None) -> int:
    """Put a check behind every hour that comes soon, one for each; return how many were put."""
    now = now or clock.now()
    coming = Release.objects.to_come(now).filter(publish_at__lte=now + AHEAD)
    return sum(_put(release) for release in coming.order_by("publish_at", "pk"))


@transaction.atomic
def _put(release: Release) -> bool:
    name = f"watch {release.publish_at:%Y%m%dT%H%M%S}"
    _told, new = Told.objects.get_or_create(occasion=name)
    if new:
        later("watch_hour", at=release.publish_at + AFTERWARDS, release=release.pk)
    return new


def has_come(release: int) -> bool:
    """Say whether a release is out; one that was recalled or held meanwhile is nobody's business.

    A check at its hour would tell the world of it.
    """
    return Release.objects.due().filter(pk=release).exists()
