"""What residents will have at an instant, as far as it can be said now: for previews.

What is scheduled needs no supposing; time alone shows it. An issue that is still laid out, or
closed without an hour, is supposed to go out when it is planned for, with what is signed now.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Max

from articles.models import Article, Release, Version
from articles.sealing import Drawn, drawn_up_all
from articles.supposing import Supposing, Supposition
from issues.models import Issue, Placement
from issues.statuses import Status
from newsroom.people import clock

# Stands before the headline of a piece that is shown although it is not signed.
UNSIGNED = "〔未签〕"


@dataclass(frozen=True)
class Coming:
    """An issue that is supposed to go out at an hour; ``held`` is a hold supposed to be lifted."""

    issue: Issue
    hour: datetime
    held: bool = False


@dataclass
class Outlook:
    """An instant, what is supposed to have happened by then, and what is known to be amiss."""

    at: datetime
    supposition: Supposition = field(default_factory=Supposition)
    coming: list[Coming] = field(default_factory=list)
    missing: list[Article] = field(default_factory=list)
    as_they_stand: list[Article] = field(default_factory=list)


def outlook(at: datetime, *, issue: Issue | None = None, unsigned: bool = False) -> Outlook:
    """Return what is to be expected at an instant; of ``issue``, that it is out whatever holds it.

    With ``unsigned`` every piece of an issue to come is supposed to be signed as it stands now.
    At most eight statements, however many pieces there are.
    """
    found = Outlook(at)
    now = clock.now()
    if at <= now and issue is None:
        return found
    found.coming = _coming(at, now, issue)
    _suppose_out(found, now)
    placed = list(_to_come(found, now).select_related("page", "article__section"))
    ours = {each.issue.pk: each.issue for each in found.coming}
    for placement in placed:
        if placement.page.issue_id in ours and placement.article.release_id is None:
            release = ours[placement.page.issue_id].release_id
            found.supposition.change(Article, placement.article_id, release_id=release)
    if unsigned:
        suppose_signed(found, [placement.article for placement in placed], now, mark=UNSIGNED)
    found.missing = _missing(found, placed)
    return found


def _coming(at: datetime, now: datetime, issue: Issue | None) -> list[Coming]:
    """Return the issues without an hour that are planned to be out by then, in their order."""
    planned = Issue.objects.without_an_hour().planned_between(now, at).select_related("release")
    coming = [Coming(each, each.planned_time) for each in planned]
    if issue is not None and issue.pk not in {each.issue.pk for each in coming}:
        coming += _insisted_on(issue, at, now)
    return sorted(coming, key=lambda each: (each.hour, each.issue.date, each.issue.sequence))


def _insisted_on(issue: Issue, at: datetime, now: datetime) -> list[Coming]:
    """Return an issue that somebody wants to see although nothing says that it will be out."""
    release = issue.release
    hour = release.publish_at or issue.planned_time
    if hour is None or hour <= now:
        hour = at
    if issue.is_live(now) or hour > at or (release.publish_at and not release.held):
        return []
    return [Coming(issue, hour, release.held)]


def _suppose_out(found: Outlook, now: datetime) -> None:
    """Suppose of each issue that it is closed, numbered and due."""
    unnumbered = [each for each in found.coming if each.issue.number is None]
    last = Issue.objects.aggregate(last=Max("number"))["last"] or 0 if unnumbered else 0
    for each in found.coming:
        issue = each.issue
        if issue.number is None:
            last += 1
        columns = {"status": Status.CLOSED.value, "number": issue.number or last}
        found.supposition.change(Issue, issue.pk, closed_at=issue.closed_at or now, **columns)
        found.supposition.change(
            Release, issue.release_id, publish_at=each.hour, held=False, held_because=""
        )


def _to_come(found: Outlook, now: datetime):
    """Return what stands in the issues that are not out now and will be by then."""
    scheduled = Issue.objects.live(found.at).not_live(now)
    keys = [each.issue.pk for each in found.coming]
    return Placement.objects.in_issues(keys, scheduled)


def suppose_signed(found: Outlook, pieces: list[Article], now: datetime, *, mark: str) -> None:
    """Suppose the last signature under each piece as it stands, where it is not there already."""
    sealed = {
        version.pk: version.fingerprint
        for version in Version.objects.keyed([piece.sealed_id for piece in pieces])
    }
    facts = {"number": 0, "reason": "named", "made_at": now, "sealed_at": now, "basis": "rounds"}
    for drawn in drawn_up_all(pieces, **facts):
        piece = drawn.version.article
        if drawn.version.fingerprint == sealed.get(piece.sealed_id):
            continue
        drawn.version.headline = f"{mark}{drawn.version.headline or piece.title}" if mark else (
            drawn.version.headline
        )  # fmt: skip
        _suppose_sealed(found.supposition, drawn)
        found.as_they_stand.append(piece)


def _suppose_sealed(supposition: Supposition, drawn: Drawn) -> None:
    """Suppose a version, under a key that no stored one has, to be what residents read."""
    key = -drawn.version.article_id
    drawn.version.pk = key
    supposition.add(drawn.version)
    for rows in (drawn.bylines, drawn.photos, drawn.attachments):
        for position, row in enumerate(rows):
            row.version_id, row.pk = key, key * 1000 - position
            supposition.add(row)
    supposition.change(Article, drawn.version.article_id, sealed_id=key)


def _missing(found: Outlook, placed: list[Placement]) -> list[Article]:
    """Return the pieces that would not show: asked of the same condition as every page."""
    if not placed:
        return []
    keys = [placement.article_id for placement in placed]
    with Supposing(found.supposition):
        there = set(Article.objects.live(found.at).with_keys(keys).values_list("pk", flat=True))
    return [each.article for each in placed if each.article_id not in there]
