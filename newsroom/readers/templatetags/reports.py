"""What the desk says of readers' reports: their state, a banner for late ones, what waits."""

from django import template

from newsroom.people import clock
from newsroom.readers.models import ErrorReport
from newsroom.readers.permissions import may_see_reports
from newsroom.readers.report_wording import state_of

register = template.Library()
SHOWN = 5


@register.inclusion_tag("desk/_state.html")
def report_state(report: ErrorReport, at) -> dict:
    """Draw where a report stands: shape, word and colour."""
    return {"state": state_of(report, at)}


@register.inclusion_tag("desk/_reports.html", takes_context=True)
def reports_waiting(context) -> dict:
    """Show an editor the reports that wait, the most pressing first, and say how many are late."""
    return _waiting(context["request"].user)


@register.inclusion_tag("desk/_reports_banner.html", takes_context=True)
def reports_banner(context) -> dict:
    """Say loudly to editors that readers have waited too long."""
    return _waiting(context["request"].user)


@register.inclusion_tag("desk/_reports_watched.html", takes_context=True)
def reports_watched(context) -> dict:
    """Tell whoever watches how many readers have waited too long; what they wrote stays inside."""
    now = clock.now()
    return {
        "late": ErrorReport.objects.late(now).count(),
        "may_open": bool(may_see_reports(context["request"].user)),
    }


def _waiting(user) -> dict:
    if not may_see_reports(user):
        return {"reports": []}
    now = clock.now()
    waiting = list(ErrorReport.objects.open().for_desk().oldest_first()[: SHOWN + 1])
    return {
        "reports": waiting[:SHOWN],
        "more": len(waiting) > SHOWN,
        "late": [report for report in waiting if report.is_late(now)],
        "now": now,
    }
