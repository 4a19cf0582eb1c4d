"""Photographs in templates: ``{% picture photo %}`` and ``{% figure photo %}``.

``desk=True`` takes the address below the desk, which also answers before publication.
"""

from django import template

from articles.figures import COLUMN, address, desk_address, figure_html, picture_html

register = template.Library()


@register.simple_tag
def picture(photo, sizes=COLUMN, lead=False, desk=False):
    """Return a photo as an image; one without a file as nothing."""
    return picture_html(photo, sizes=sizes, lead=lead, address_of=desk_address if desk else address)


@register.simple_tag
def figure(photo, size="full", lead=False, desk=False):
    """Return a photo with its caption and credit; one without a file as nothing."""
    return figure_html(photo, size=size, lead=lead, address_of=desk_address if desk else address)
