"""Rows of a form that stand beside a piece: ``{% if not form|typed_in %}``."""

from django import template

register = template.Library()


@register.filter
def typed_in(form) -> bool:
    """Say whether a row that is not saved yet holds what somebody has typed."""
    return form.is_bound and form.has_changed()
