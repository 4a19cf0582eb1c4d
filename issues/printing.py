"""Where pieces stand in print, and which corrections still wait for the next issue.

Custom: a correction stands in the most recent issue, at the standing the error had.
"""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.models import Article
from issues.models import Issue, Placement


def name_of(issue: Issue) -> str:
    """Return how an issue is named in a sentence: its day, and its running number."""
    # Translators: a date format of Django's: day, month and year, as it is printed.
    day = date_format(issue.date, _("j F Y"))
    if issue.number:
        return _("{day}, No. {number}").format(day=day, number=issue.number)
    return issue.title or day


def places_in_print(article: Article) -> list[str]:
    """Return where a piece stands, issue by issue, the oldest first; plans say that they are."""
    placed = (
        Placement.objects.of_article(article)
        .select_related("page__issue__release")
        .order_by("page__issue__date", "page__issue__sequence")
    )
    now = timezone.now()
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


def where_printed(article: Article) -> str:
    """Return where a piece was printed, to be proposed for its correction; empty if nowhere."""
    place = first_printed(article)
    return _where(place) if place else ""


def _where(place: Placement) -> str:
    return _("{issue}, {page}").format(issue=name_of(place.page.issue), page=place.page)
