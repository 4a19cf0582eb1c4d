"""What a form and a page of a piece offer their reader back: typing that was not saved."""

from django import template

from articles.models import Article, Autosave
from articles.permissions import sees_everything
from articles.unsaved import is_news, offers

register = template.Library()
SHOWN = 5


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


@register.inclusion_tag("articles/desk/_unsaved_places.html", takes_context=True)
def unsaved_places(context):
    """Name the forms in which the reader left something unsaved, the newest first."""
    person = context["request"].user
    seen = Article.objects.seen_by(person, sees_everything(person))
    rows = Autosave.objects.of(person).unsaved().standing_in(seen)
    return {
        "person": person,
        "places": [row for row in rows[:SHOWN] if is_news(row)],
    }
