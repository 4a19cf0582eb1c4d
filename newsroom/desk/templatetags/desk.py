"""Tags of the desk: the parts its pages are made of. Any desk template may use them."""

from django import template
from django.utils.html import format_html

register = template.Library()

BANNERS = {
    "error": ("stop", "block"),
    "warning": ("warn", "warn"),
    "success": ("ok", "ok"),
}


@register.simple_tag
def icon(name: str):
    """Draw a symbol of ``desk/_sprite.html``, without its ``s-``; words beside it say the same."""
    return format_html(
        '<svg class="i" viewBox="0 0 16 16" aria-hidden="true"><use href="#s-{}"/></svg>', name
    )


@register.filter
def banner_tone(level: str) -> str:
    """Return the class of a banner for a message's level."""
    return BANNERS.get(level, ("", "info"))[0]


@register.filter
def banner_icon(level: str) -> str:
    """Return the symbol of a banner for a message's level."""
    return BANNERS.get(level, ("", "info"))[1]
