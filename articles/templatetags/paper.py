"""What pages about sheets of paper need."""

from django import template

from articles import permissions

register = template.Library()


@register.filter
def sheet_for(article, user) -> bool:
    """Say whether somebody reads the sign-off sheet of a piece."""
    return bool(permissions.may_read_sheet(user, article))


@register.filter
def nth(items: list, place: int):
    """Return what stands in a place of a list, counted from 0."""
    return items[place]
