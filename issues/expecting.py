"""What residents will have at an instant, as far as it can be said now: for previews.

What is scheduled needs no supposing; time alone shows it. An issue that is still laid out, or
closed without an hour, is supposed to go out when it is planned for, with what is signed now.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q

from articles.models import Article, Listing, Release, SealedTag, Version, listings_of
from articles.sealing import Drawn, drawn_up_all
from articles.supposing import Supposing, Supposition
from issues import numbering
from issues.models import Issue, Page, Placement
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
class Expectation:
    """An instant, what is supposed to have happened by then, and what is known to be amiss."""

    at: datetime
    supposition: Supposition = field(default_factory=Supposition)
    coming: list[Coming] = field(default_factory=list)
    missing: list[Article] = field(default_factory=list)
    as_they_stand: list[Article] = field(default_factory=list)


def expectation(at: datetime, *, issue: Issue | None = None, unsigned: bool = False) -> Expectation:
    """Return what is to be expected at an instant; of ``issue``, that it is out whatever holds it.

    With ``unsigned`` every piece of an issue to come is supposed to be signed as it stands now.
    At most a dozen statements, however many pieces there are.
    """
    found = Expectation(at)
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
        pieces = {placement.article_id: placement.article for placement in placed}
        suppose_signed(found, list(pieces.values()), now, mark=UNSIGNED)
    _suppose_listed(found.supposition, {placement.article_id for placement in placed})
    found.missing = _missing(found, placed)
    return found


def _coming(at: datetime, now: datetime, issue: Issue | None) -> list[Coming]:
    """Return the issues without an hour that are planned to be out by then, in their order."""
    planned = Issue.objects.without_an_hour(now, at).select_related("release")
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
    certain = release.publish_at is not None and not release.held
    if issue.is_live(now) or hour > at or certain or issue.status == Status.CANCELLED:
        return []
    return [Coming(issue, hour, release.held)]


def _suppose_out(found: Expectation, now: datetime) -> None:
    """Suppose of each issue that it is closed, numbered and due, one after the other."""
    for each in found.coming:
        issue = each.issue
        with Supposing(found.supposition):
            number = numbering.next_for(issue)
        columns = {"status": Status.CLOSED.value, "number": number}
        found.supposition.change(Issue, issue.pk, closed_at=issue.closed_at or now, **columns)
        found.supposition.change(
            Release, issue.release_id, publish_at=each.hour, held=False, held_because=""
        )


def _to_come(found: Expectation, now: datetime):
    """Return what stands in the issues that are not out now and will be by then."""
    scheduled = Issue.objects.live(found.at).not_live(now)
    keys = [each.issue.pk for each in found.coming]
    return Placement.objects.in_issues(keys, scheduled)


def suppose_signed(
    found: Expectation, pieces: list[Article], now: datetime, *, mark: str = ""
) -> list[Drawn]:
    """Suppose the last signature under each piece as it stands, where it is not there already.

    ``mark`` is put before the headlines of what is not signed. Return what would be signed.
    """
    sealed = {
        version.pk: version.fingerprint
        for version in Version.objects.keyed([piece.sealed_id for piece in pieces])
    }
    facts = {"number": 0, "reason": "named", "made_at": now, "sealed_at": now, "basis": "rounds"}
    drawn = drawn_up_all(pieces, **facts)
    _suppose_tagged(found.supposition, [piece.pk for piece in pieces])
    for each in drawn:
        piece = each.version.article
        if each.version.fingerprint == sealed.get(piece.sealed_id):
            continue
        if mark:
            each.version.headline = f"{mark}{each.version.headline or piece.title}"
        _suppose_sealed(found.supposition, each)
        found.as_they_stand.append(piece)
    return drawn


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


def _suppose_tagged(supposition: Supposition, pieces: list[int]) -> None:
    """Suppose that pieces are found by what is said today that they are about."""
    supposition.drop(
        SealedTag, SealedTag.objects.filter(article__in=pieces).values_list("pk", flat=True)
    )
    tags = Article.tags.through.objects.filter(article__in=pieces).values_list(
        "article_id", "tag_id"
    )
    for number, (article, tag) in enumerate(tags, start=1):
        supposition.add(SealedTag(pk=-number, article_id=article, tag_id=tag))


def _suppose_listed(supposition: Supposition, pieces: Collection[int]) -> None:
    """Suppose that pieces are listed by what is supposed of them; in truth triggers see to it."""
    keys = list(pieces)
    if not keys:
        return
    stored = Listing.objects.filter(article__in=keys).values_list("pk", flat=True)
    with Supposing(supposition):
        listings = listings_of(keys)
    supposition.drop(Listing, stored)
    for number, listing in enumerate(listings, start=1):
        listing.pk = -number
        supposition.add(listing)


def _missing(found: Expectation, placed: list[Placement]) -> list[Article]:
    """Return the pieces that would not show: asked of the same condition as every page."""
    if not placed:
        return []
    keys = [placement.article_id for placement in placed]
    with Supposing(found.supposition):
        there = set(Article.objects.live(found.at).with_keys(keys).values_list("pk", flat=True))
    return [each.article for each in placed if each.article_id not in there]


# What is lent to somebody outside: one thing as it stands, and of all else what is out now


@dataclass
class Excerpt:
    """A piece, an issue or a page as it stands, and nothing else that is not out."""

    expectation: Expectation
    drawn: list[Drawn]


def excerpt_of_piece(article: Article) -> Excerpt:
    """Return a piece as it stands, as if it went out by itself when its hour comes."""
    now = clock.now()
    hour = article.release.publish_at if article.release else None
    found = _only_what_is_out(max(now, hour or now))
    if not article.is_live(now):
        found.supposition.add(Release(pk=-1, publish_at=found.at, alone=True))
        found.supposition.change(Article, article.pk, release_id=-1)
    drawn = suppose_signed(found, [article], now)
    _suppose_listed(found.supposition, [article.pk])
    return Excerpt(found, drawn)


def excerpt_of_issue(issue: Issue, page: int | None = None) -> Excerpt:
    """Return an issue, or one page of it, as it stands, as if it went out at its time."""
    now = clock.now()
    hour = issue.release.publish_at or issue.planned_time
    found = _only_what_is_out(max(now, hour or now))
    if not issue.is_live(now):
        found.coming = [Coming(issue, found.at)]
        _suppose_out(found, now)
    if page is not None:
        elsewhere = Q(page__issue=issue) & ~Q(page__number=page)
        found.supposition.only(Page.objects.exclude(Q(issue=issue) & ~Q(number=page)))
        found.supposition.only(Placement.objects.exclude(elsewhere))
    placed = Placement.objects.lent(issue, page).select_related("article__release")
    for placement in placed:
        if not placement.article.is_live(now):
            found.supposition.change(Article, placement.article_id, release_id=issue.release_id)
    drawn = suppose_signed(found, [each.article for each in placed], now)
    _suppose_listed(found.supposition, [each.article_id for each in placed])
    return Excerpt(found, drawn)


def _only_what_is_out(at: datetime) -> Expectation:
    """Return an instant at which nothing has come out that is not out now."""
    found = Expectation(at)
    found.supposition.only(Release.objects.due())
    return found
