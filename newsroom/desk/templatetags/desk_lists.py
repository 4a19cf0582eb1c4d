"""A changelist in our own dress: what its stock template tags would have prepared."""

from django import template
from django.contrib.admin.templatetags.admin_list import result_headers
from django.contrib.admin.views.main import PAGE_VAR

from articles.permissions import sees_everything
from issues.printing import first_places
from newsroom.desk import placing
from newsroom.desk.models import SavedView

register = template.Library()


@register.filter
def headers(changelist) -> list[dict]:
    """Return the column heads of a changelist, with their addresses for sorting."""
    return list(result_headers(changelist))


@register.filter
def choices_in(spec, changelist) -> list[dict]:
    """Return the choices of a filter."""
    return list(spec.choices(changelist))


@register.filter
def leaf(paginator, number: int):
    """Return one page of a paginator."""
    return paginator.get_page(number)


@register.filter
def leaf_address(changelist, number: int) -> str:
    """Return the query of another page of a changelist."""
    return changelist.get_query_string({PAGE_VAR: number})


@register.simple_tag
def places_of(articles) -> dict[int, str]:
    """Return where pieces stand in issues, by their keys."""
    return placing.places_of(articles)


@register.simple_tag(takes_context=True)
def places_told(context, articles) -> dict[int, str]:
    """Return where pieces stand in issues: plans for the newsroom, for others what is printed."""
    told = placing.places_of if sees_everything(context["request"].user) else first_places
    return told(articles)


@register.filter
def place(places: dict[int, str], key: int) -> str:
    """Return where one of several pieces stands."""
    return places.get(key, "")


@register.simple_tag(takes_context=True)
def kept_views(context) -> dict:
    """Return the reader's own tabs, and what of the list could be kept as another."""
    changelist = context["cl"]
    if not hasattr(changelist, "kept_views"):  # two places of the page ask
        changelist.kept_views = _kept_views(context["request"], changelist.model_admin)
    return changelist.kept_views


def _kept_views(request, admin) -> dict:
    here = admin.said(request, request.GET.urlencode())
    tabs = [
        {"name": view.name, "query": query, "current": query == here}
        for view in SavedView.objects.of(request.user)
        if (query := admin.said(request, view.query))
    ]
    known = any(tab["current"] for tab in tabs)
    return {"tabs": tabs, "here": "" if known else here}
