"""Where previews begin: on the board of an issue."""

from django import template

from newsroom.desk.previews.doors import address, moment_of

register = template.Library()


@register.simple_tag
def preview_of(issue) -> str:
    """Return where an issue is shown as residents will see it, at its hour or as if it were now."""
    return address(moment_of(issue), issue.get_absolute_url())
