"""Notices in templates: their words and where they lead."""

from datetime import timedelta

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from newsroom.desk import phrasing

register = template.Library()


@register.filter
def says(notice) -> str:
    """Return what a notice says."""
    return phrasing.sentence(notice)


@register.filter
def remark_for(notice, user) -> str:
    """Return what the actor added, as far as it is this person's to know."""
    return phrasing.remark(notice, user)


@register.filter
def day_heading(day) -> str:
    """Return a day as a heading: today, yesterday, or its date with the weekday."""
    today = timezone.localdate()
    if day == today:
        return _("Today")
    if day == today - timedelta(days=1):
        return _("Yesterday")
    # Translators: a date format of Django's: weekday, day and month.
    return date_format(day, _("l, j M"))
