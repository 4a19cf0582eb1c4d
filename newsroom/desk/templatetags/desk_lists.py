"""A changelist in our own dress: what its stock template tags would have prepared."""

from django import template
from django.contrib.admin.templatetags.admin_list import result_headers
from django.contrib.admin.views.main import PAGE_VAR
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from issues.models import Placement

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
    """Return where pieces stand in issues, by their keys, the latest issue first."""
    found = {}
    for placement in Placement.objects.of_articles(articles):
        page, issue = placement.page, placement.page.issue
        # Translators: a date format of Django's: month and day.
        called = issue.number or date_format(issue.date, _("j M"))
        told = _("{issue}, p. {page}").format(issue=called, page=page.number)
        found.setdefault(placement.article_id, []).append(told)
    return {key: "、".join(places) for key, places in found.items()}


@register.filter
def place(places: dict[int, str], key: int) -> str:
    """Return where one of several pieces stands."""
    return places.get(key, "")
