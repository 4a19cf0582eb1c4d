"""What a form and a page of a piece offer their reader back: typing that was not saved."""

from django import template

from articles.unsaved import offers

register = template.Library()


@register.inclusion_tag("articles/desk/_offers.html", takes_context=True)
def unsaved_typing(context, article=None):
    """Offer what the reader left unsaved, with its difference, to take or to drop."""
    request, keeping = context["request"], context.get("keeping", {})
    besides = [keeping.get("page", ""), keeping.get("takes", "").partition(":")[0]]
    return {
        "offers": offers(request.user, article or None, besides),
        "article": article,
        "csrf_token": context.get("csrf_token"),
        "request": request,
    }
