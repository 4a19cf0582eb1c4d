"""Where pieces stand in print, and which corrections still wait for the next issue.

Custom: a correction stands in the most recent issue, at the standing the error had.
"""

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.models import Article, Correction
from articles.reading import live_rule
from articles.statuses import Status
from issues.models import CorrectionNotice, Issue, Placement
from issues.statuses import Status as IssueStatus
from newsroom.people import clock


def name_of(issue: Issue) -> str:
    """Return how an issue is named in a sentence: its day, and its running number."""
    # Translators: a date format of Django's: day, month and year, as it is printed.
    day = date_format(issue.date, _("j F Y"))
    if issue.number:
        return _("{day}, No. {number}").format(day=day, number=issue.numbers)
    return issue.title or day


def places_in_print(article: Article) -> list[str]:
    """Return where a piece stands, issue by issue, the oldest first; plans say that they are."""
    placed = (
        Placement.objects.of_article(article)
        .select_related("page__issue__release")
        .order_by("page__issue__date", "page__issue__sequence")
    )
    now = clock.now()
    return [
        where if place.page.issue.is_live(now) else _("{where} (planned)").format(where=where)
        for place in placed
        for where in [_where(place)]
    ]


def first_printed(article: Article) -> Placement | None:
    """Return where residents first read a piece in print, or None."""
    return (
        Placement.objects.of_article(article)
        .filter(page__issue__in=Issue.objects.live())
        .select_related("page__issue")
        .order_by("page__issue__date", "page__issue__sequence")
        .first()
    )


def first_places(articles: list[Article]) -> dict[int, str]:
    """Return where residents first read each of some pieces in print; one statement."""
    placed = (
        Placement.objects.filter(article__in=articles, page__issue__in=Issue.objects.live())
        .select_related("page__issue")
        .order_by("-page__issue__date", "-page__issue__sequence")
    )
    return {place.article_id: _where(place) for place in placed}  # the first is the last to be seen


def where_printed(article: Article) -> str:
    """Return where a piece was printed, to be proposed for its correction; empty if nowhere."""
    place = first_printed(article)
    return _where(place) if place else ""


def _where(place: Placement) -> str:
    return _("{issue}, {page}").format(issue=name_of(place.page.issue), page=place.page)


# Corrections that wait for print


@dataclass(frozen=True)
class Erratum:
    """A signed correction that waits for print, and the page it should stand on."""

    correction: Correction
    page: int
    placement: Placement

    @property
    def printed_in(self) -> str:
        """Where the error was printed."""
        return _where(self.placement)


def next_issue() -> Issue | None:
    """Return the issue that goes out next of those still being laid out.

    An extra issue prints no corrections: it has no page of equal standing, and not every reader.
    """
    coming = Issue.objects.planned().filter(date__gte=timezone.localdate())
    return coming.exclude(kind=Issue.Kind.EXTRA).first()


def unprinted():
    """Return the public corrections of what was printed that neither stand in an issue nor need to.

    A notice whose piece was taken off, left out, rejected or withdrawn has not been printed, nor
    has one in a plan whose day has passed.
    """
    printed = Placement.objects.filter(
        article=OuterRef("article"), page__issue__in=Issue.objects.live()
    )
    standing = _standing().filter(article=OuterRef("article"))
    put_aside = Q(article__status__in=(Status.REJECTED, Status.DISCARDED))
    settled = CorrectionNotice.objects.filter(correction=OuterRef("pk")).filter(
        Q(article=None) | Exists(standing) & ~put_aside & Q(article__withdrawn_at=None)
    )
    return (
        Correction.objects.public()
        .filter(Exists(printed), ~Exists(settled), article__withdrawn_at=None, route__isnull=False)
        .select_related("article__sealed")
        .order_by("signed_at", "pk")
    )


def _standing():
    """Return places that have been printed or still will be."""
    planned = Q(page__issue__status=IssueStatus.PLANNING)
    to_come = planned & Q(page__issue__date__gte=timezone.localdate())
    taken_in = Q(article__left_out_of=None) | ~Q(article__left_out_of=F("page__issue__release"))
    out_since = live_rule(None, "article__")
    closed = Q(page__issue__status=IssueStatus.CLOSED)
    return Placement.objects.filter(to_come | closed & (taken_in | out_since))


def in_print(correction: Correction) -> str:
    """Return what becomes of a correction in print, in a sentence; empty where nothing does."""
    if correction.signed_at is None or correction.article.withdrawn_at is not None:
        return ""
    notice = CorrectionNotice.objects.filter(correction=correction).first()
    if notice and notice.article is None:
        return _("Not printed: {reason}").format(reason=notice.not_needed_because)
    if unprinted().filter(pk=correction.pk).exists():
        return _waiting(correction)
    if notice is None:
        return ""
    places = _standing().of_article(notice.article).select_related("page__issue__release")
    place = places.order_by("page__issue__date", "page__issue__sequence").first()
    if place is None:
        return ""
    out = place.page.issue.is_live(clock.now())
    said = _("Printed as a correction in {where}.") if out else _("To be printed in {where}.")
    return said.format(where=_where(place))


def _waiting(correction: Correction) -> str:
    """Return for which issue a correction waits, and for which page of it."""
    following = next_issue()
    if following is None:
        return _("It waits to be printed. No issue is planned yet; it goes into the next one.")
    pages = list(following.pages.values_list("number", flat=True))
    page = next(e.page for e in errata_for(following, pages) if e.correction.pk == correction.pk)
    return _("It waits to be printed in {issue}, page {page}.").format(
        issue=name_of(following), page=page
    )


def errata_for(issue: Issue, pages: list[int]) -> list[Erratum]:
    """Return what waits to be printed in an issue, each for the page on which the error stood.

    That is the issue that goes out next; all others have nothing to print. An issue without that
    page prints it on its last, or on its first.
    """
    following = next_issue()
    if following is None or following.pk != issue.pk:
        return []
    waiting = list(unprinted())
    printed = {}
    places = Placement.objects.filter(
        article__in=[each.article_id for each in waiting], page__issue__in=Issue.objects.live()
    ).select_related("page__issue")
    for place in places.order_by("-page__issue__date", "-page__issue__sequence"):
        printed[place.article_id] = place  # the first issue is the last to be seen
    found = [(each, printed[each.article_id]) for each in waiting]
    return [Erratum(each, page_for(place.page.number, pages), place) for each, place in found]


def page_for(number: int, pages: list[int]) -> int:
    """Return the page of an issue at the same standing as the page of a number in another."""
    if number in pages or not pages:
        return number if pages else 1
    return max(pages) if number > max(pages) else min(pages)
