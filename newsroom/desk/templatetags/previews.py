"""Where previews begin, on the board of an issue, and what people outside said of a piece."""

from django import template

from newsroom.desk.models import PreviewLink
from newsroom.desk.previews.doors import address, moment_of
from newsroom.desk.previews.permissions import may_lend_piece, may_see_links
from newsroom.desk.previews.standing import answers_on

register = template.Library()


@register.simple_tag
def preview_of(issue) -> str:
    """Return where an issue is shown as residents will see it, at its hour or as if it were now."""
    return address(moment_of(issue), issue.get_absolute_url())


@register.inclusion_tag("desk/previews/_outside.html", takes_context=True)
def outside_answers(context, article) -> dict:
    """Show what people outside said of a piece, and the way to ask one; to the newsroom alone."""
    user = context["request"].user
    if not getattr(article, "pk", None) or not may_see_links(user):
        return {}
    return {
        "article": article,
        "answers": answers_on(article),
        "waiting": PreviewLink.objects.waiting_on(article),
        "may_lend": may_lend_piece(user, article),
    }
