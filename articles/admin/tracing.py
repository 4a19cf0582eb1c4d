"""Who changed what since a version somebody signed, and when."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from articles.comparing import Place, places
from articles.models import Article, Version
from newsroom.people.models import User

MOST = 12  # versions looked through; a piece has rarely more since one signature


@dataclass(frozen=True)
class Change:
    """A changed place, and who changed it; nobody where that is not in a version yet."""

    place: Place
    by: User | None = None
    at: datetime | None = None


def traced(article: Article, base: Version, changes: list[Place], told) -> list[Change]:
    """Return the changes since a version, each with the version that first had it.

    ``told`` returns what a signature covers of a version. What no version has yet is in the hands
    of whoever has claimed the piece.
    """
    if not changes:
        return []
    before, found = told(base), {}
    for version in reversed(article.versions.since(base)[:MOST]):
        here = {_mark(place) for place in places(before, told(version)) if not place.same}
        for place in changes:
            if _mark(place) in here:
                found.setdefault(place, version)
    return [_change(article, place, found.get(place)) for place in changes]


def _mark(place: Place) -> tuple:
    return place.kind, place.old, place.new, place.moved, place.pictures


def _change(article: Article, place: Place, version: Version | None) -> Change:
    if version is None:
        return Change(place, article.claimed_by)
    return Change(place, version.made_by, version.made_at)


def by_whom(changes: list[Change]) -> list[tuple[User | None, datetime | None, int]]:
    """Return who changed how many places and when, in the order they came."""
    keyed = sorted(changes, key=lambda change: (change.at is None, change.at, change.place.label))
    grouped = groupby(keyed, key=lambda change: (change.by, change.at))
    return [(by, at, len(list(group))) for (by, at), group in grouped]
