"""What a check has found, as words on a page."""

from django import template
from django.utils.translation import gettext as _

from newsroom.desk.models import Check
from newsroom.desk.watch import wording

register = template.Library()


@register.filter
def finding(found: dict) -> str:
    """Return a finding as a sentence."""
    return wording.sentence_of(found)


@register.filter
def advice(found: dict) -> str:
    """Return what to do about a finding."""
    return wording.advice_of(found)


@register.filter
def first_alarm(findings: list[dict]) -> dict:
    """Return the first of the worst findings."""
    return next(each for each in findings if each["state"] == Check.State.ALARM)


@register.filter
def seconds(milliseconds: int) -> str:
    """Return how long something took."""
    return _("{n} s").format(n=f"{milliseconds / 1000:.1f}")
