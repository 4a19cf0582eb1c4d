"""Attached files in templates: ``{% attached_file piece file %}``, a link that says what it is."""

from django import template

from articles import enclosures

register = template.Library()


@register.inclusion_tag("articles/_attached.html")
def attached_file(piece, file, desk=False):
    """Show a file by its name, kind and size; ``desk=True`` links to the newsroom's door."""
    where = enclosures.desk_address if desk else enclosures.address
    return {
        "address": where(piece.pk, file),
        "title": file.title,
        "particulars": enclosures.particulars(file),
    }
