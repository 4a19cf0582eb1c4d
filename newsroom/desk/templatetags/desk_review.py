"""What the desk says of a piece in review: when it is due, and what its reader has done before."""

from datetime import timedelta

from django import template
from django.utils import timezone

from articles import standing
from issues.wording import how_long

register = template.Library()


@register.inclusion_tag("desk/_due.html")
def due(article) -> dict:
    """Draw by when the round of a piece should be done, or how late it is."""
    return {"due": standing.due(article, timezone.now())}


@register.simple_tag
def is_late(article) -> bool:
    """Say whether the round of a piece should have been done by now."""
    return article.is_overdue(timezone.now())


@register.filter
def lasting(length: timedelta) -> str:
    """Return how long something lasts, in at most two units."""
    return how_long(length)


@register.filter
def signed_before(article, user) -> bool:
    """Say whether a later change has voided the reader's own signature."""
    return standing.signed_before(article, user)


@register.filter
def came_back(article) -> bool:
    """Say whether a piece was returned and has been handed in again."""
    return standing.came_back(article)


@register.filter
def about(remarks, place) -> list:
    """Return the remarks on one paragraph by its number, or on any of a range of paragraphs."""
    numbers = place if isinstance(place, range) else (place,)
    return [remark for remark in remarks if remark.number is not None and remark.number in numbers]


@register.filter
def first_of(numbers):
    """Return the first of a block's paragraphs, or nothing where it has none."""
    return next(iter(numbers), None)
