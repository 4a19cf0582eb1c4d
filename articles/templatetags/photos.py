"""Photographs in templates: ``{% picture photo %}`` and ``{% figure photo %}``.

``place`` says where it stands, as :data:`articles.figures.PLACES` has it. ``desk=True`` takes the
address below the desk, which also answers before publication.
"""

from django import template

from articles import renditions
from articles.figures import address, desk_address, figure_html, picture_html

register = template.Library()


@register.simple_tag
def picture(photo, place="column", sizes="", lead=False, desk=False):
    """Return a photo as a picture; one without a file as nothing."""
    where = desk_address if desk else address
    colour = getattr(photo, "colour", "")  # queries for public pages bring it along
    return picture_html(photo, place=place, sizes=sizes, lead=lead, colour=colour, address_of=where)


@register.simple_tag
def figure(photo, size="full", place="", lead=False, desk=False):
    """Return a photo with its caption and credit; one without a file as nothing."""
    where = desk_address if desk else address
    colour = getattr(photo, "colour", "")
    return figure_html(photo, size=size, place=place, lead=lead, colour=colour, address_of=where)


@register.simple_tag
def master(photo) -> str:
    """Return where the newsroom finds the whole picture, as it is kept."""
    return desk_address(photo.digest, renditions.master_name(photo.width))
