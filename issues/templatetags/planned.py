"""What the board says of an issue in planning: the number to come, its deadlines, its order."""

from dataclasses import dataclass

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from issues import numbering
from issues.models import Issue
from issues.statuses import Status
from issues.wording import day_and_hour, name_of

register = template.Library()
MOST = 99  # counted of the issues that are still open before one


@dataclass(frozen=True)
class Fact:
    """A line: its words, and how it is shown."""

    words: str
    icon: str = ""
    tone: str = ""


@register.inclusion_tag("admin/issues/issue/_prospects.html")
def prospects(issue: Issue) -> dict:
    """Say of an issue in planning which number it would get, and what it should be ready by."""
    if issue.status != Status.PLANNING:
        return {"issue": issue, "facts": []}
    now = timezone.now()
    facts = [_number(issue)]
    for moment, words in (
        (issue.copy_due_at, _("copy by {hour}")),
        (issue.closes_by, _("to be closed by {hour}")),
    ):
        if moment is not None:
            late = moment <= now
            told = words.format(hour=day_and_hour(moment, now))
            facts.append(Fact(told, "late" if late else "clock", "stop" if late else ""))
    if issue.is_provisional:
        words = _("The holidays of {year} have not been announced yet; planned by weekdays.")
        facts.append(Fact(words.format(year=issue.date.year), "info", "warn"))
    return {"issue": issue, "facts": facts + _order(issue)}


def _number(issue: Issue) -> Fact:
    if not issue.numbered:
        return Fact(_("goes without a running number"))
    would = Issue(number=numbering.next_for(issue), combines=issue.combines)
    words = _("keeps {number}") if issue.number else _("would be {number} if closed now")
    return Fact(words.format(number=would.called))


def _order(issue: Issue) -> list[Fact]:
    """Say what closing it now would put out of order."""
    if issue.number is not None or not issue.numbered:
        return []
    facts = []
    if earlier := list(Issue.objects.earlier_open(issue)[:MOST]):
        words = ngettext(
            "{issue}, dated earlier, is still open.",
            "{n} issues dated earlier are still open, the first is {issue}.",
            len(earlier),
        )
        told = words.format(issue=name_of(earlier[0]), n=len(earlier))
        facts.append(Fact(told, "warn", "warn"))
    if (later := Issue.objects.later_numbered(issue).first()) is not None:
        words = _("{issue}, dated later, has its number already.")
        facts.append(Fact(words.format(issue=name_of(later)), "warn", "warn"))
    return facts
