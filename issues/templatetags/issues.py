"""What an issue adds to the pages of other things."""

from django import template
from django.utils.translation import pgettext

from articles.prepared import Question
from issues import printing
from issues.models import Placement
from issues.statuses import IssueKind
from newsroom.people.models import LateChange, SiteSettings

register = template.Library()

AROUND = Question(
    lambda at, number: Placement.objects.live(at).around(number, at).for_list().with_issue()
)
HAN = ("", *"一二三四五六七八九")


@register.inclusion_tag("issues/_printed.html")
def printed(article, at):
    """Show where a piece stands in print, what stands around it and what is akin; one statement.

    A piece that was printed again is shown in the first of its issues.
    """
    akin = getattr(article, "kin", [])  # a preview of what is not out has none
    page = AROUND.all(at, article.pk)
    if not page:
        return {"kin": akin}
    where = next(number for number, place in enumerate(page) if place.article_id == article.pk)
    here = page[where]
    return {
        "place": here,
        "before": page[where - 1] if where else None,
        "after": page[where + 1] if where + 1 < len(page) else None,
        "kin": akin,
        "others": _others(page, {article.pk, *(piece.pk for piece in akin)}),
    }


def _others(page: list, known: set[int]) -> list:
    """Return what else stands on a page and is not named beside it already."""
    return [place for place in page if place.article_id not in known][:4]


@register.simple_tag
def printed_in(pieces, at) -> dict:
    """Return where live pieces stand in issues that are out, by their keys; one statement.

    A piece that was printed again stands in the first of its issues.
    """
    placed = Placement.objects.live(at).of_articles([piece.pk for piece in pieces])
    return {place.article_id: place for place in placed}


@register.filter
def of_key(found: dict, key):
    """Return what a mapping has for a key."""
    return found.get(key)


@register.simple_tag
def places_in_print(article) -> list[str]:
    """Return where a piece stands in print, a line for each issue."""
    return printing.places_in_print(article)


@register.simple_tag
def where_printed(article) -> str:
    """Return where a piece was printed first, in words for its correction."""
    return printing.where_printed(article)


@register.simple_tag
def correction_in_print(correction) -> str:
    """Return what becomes of a correction in print, in a sentence."""
    return printing.in_print(correction)


@register.simple_tag
def late_change() -> str:
    """Return what becomes of a scheduled issue when a piece of it is taken up again, in words."""
    return LateChange(SiteSettings.current().on_late_change).label


@register.filter
def in_han(number: int) -> str:
    """Return a number up to 99 in Han numerals, as headings count pages (今日四版, 今日两版)."""
    if not 0 < number < 100:
        return str(number)
    if number == 2:
        return "两"
    tens, ones = divmod(number, 10)
    ten = f"{HAN[tens] if tens > 1 else ''}十" if tens else ""
    return ten + HAN[ones]


@register.filter
def beside_first(issue) -> str:
    """Return how a later issue of a day is told from its first, in two characters of a cell."""
    if issue.kind == IssueKind.EXTRA:
        return pgettext("calendar", "extra")
    return f"·{issue.sequence}"
