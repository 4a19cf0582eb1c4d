"""What a piece may be begun from, for the pages on which one is begun."""

from django import template

from articles.models import PieceTemplate

register = template.Library()


@register.simple_tag
def templates_in_use() -> list[PieceTemplate]:
    """Return the templates a piece may be begun from."""
    return list(PieceTemplate.objects.in_use().only("name", "position"))
