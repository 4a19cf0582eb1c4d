"""Issues come by themselves: the verbs of the publication calendar.

Planning ahead is done by the worker, or by a planner at once. It may run twice, and twice at the
same time: what is there is left alone, and what was cancelled does not come back.
"""

from datetime import date, timedelta

import pghistory
from django.db import connection, transaction
from django.utils.translation import gettext as _

from issues import outlook, permissions, workflow
from issues.models import Issue, PageTemplate, SpecialDay, TemplatePage
from issues.outlook import Wanted
from newsroom.people.models import User
from newsroom.people.refusals import as_refusals
from newsroom.people.verdicts import RefusalError, demand, first_objection

# Serialises the planning ahead; any constant that no other lock uses.
_PLANNING_AHEAD = 20_170_048
A_DAY = 100  # sequences; the database allows 99


def plan_ahead(*, by: User | None, today: date | None = None) -> list[Issue]:
    """Make the issues the calendar wants in the days to come, and return them.

    Without ``by`` the worker does it. A day on which somebody makes an issue at the same moment
    is left to them.
    """
    if by is not None:
        demand(permissions.may_plan(by))
    made = []
    with transaction.atomic():
        _wait_for_turn()
        for wanted in outlook.ahead(today).missing:
            try:
                made.append(_make(wanted, by=by))
            except RefusalError:
                continue
    return made


def _wait_for_turn() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_PLANNING_AHEAD])


def _make(wanted: Wanted, *, by: User | None) -> Issue:
    """Make one issue. Raises RefusalError where somebody has made the day's issue meanwhile."""
    of_the_day = Issue.objects.not_cancelled().between(wanted.day, wanted.day + timedelta(days=1))
    kinds = dict(of_the_day.values_list("sequence", "kind"))
    made = any(kind != Issue.Kind.EXTRA for kind in kinds.values())
    demand(first_objection((made, _("There is an issue of this date and sequence already."))))
    hours = wanted.hours
    return workflow.begin(
        by=by,
        date=wanted.day,
        sequence=next(number for number in range(1, A_DAY + 1) if number not in kinds),
        pages=wanted.pages,
        planned_time=hours and hours.planned_time,
        copy_due_at=hours and hours.copy_due_at,
        closes_by=hours and hours.closes_by,
    )


def decide_day(*, by: User, day: date, appears: str, reason: str = "") -> SpecialDay:
    """Say whether there is an issue on a day, whatever the rules say, and why.

    ``appears`` is one of ``SpecialDay.Appears``. What is planned already is left alone.
    """
    demand(permissions.may_plan(by))
    reason = reason.strip()
    said = appears == SpecialDay.Appears.BY_RULE or bool(reason)
    demand(first_objection((not said, _("Say why."))))
    with as_refusals(), transaction.atomic(), pghistory.context(user=by.pk, verb="decide_day"):
        decided, _made = SpecialDay.objects.update_or_create(
            day=day, defaults={"appears": appears, "reason": reason, "decided_by": by}
        )
    return decided


def keep_as_template(issue: Issue, *, by: User, name: str) -> PageTemplate:
    """Keep the pages of an issue as a template under a name that no other has."""
    demand(permissions.may_plan(by))
    name, pages = name.strip(), list(issue.pages.order_by("number"))
    demand(
        first_objection(
            (not name, _("Give the template a name.")),
            (not pages, _("The issue has no page yet.")),
            (
                PageTemplate.objects.filter(name=name).exists(),
                _("There is a template called “{name}” already.").format(name=name),
            ),
        )
    )
    with as_refusals(), transaction.atomic(), pghistory.context(user=by.pk, verb="keep_template"):
        template = PageTemplate.objects.create(name=name)
        TemplatePage.objects.bulk_create(
            TemplatePage(template=template, number=page.number, name=page.name, format=page.format)
            for page in pages
        )
    return template
