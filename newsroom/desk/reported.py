"""Who is told of what readers report: every editor of a new one, and of time that runs out."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from django.utils import timezone

from newsroom.desk import audiences
from newsroom.desk.kinds import Kind
from newsroom.desk.telling import Telling
from newsroom.people.models import SiteSettings, User
from newsroom.people.working_time import is_working_day, working_day_after
from newsroom.readers.models import ErrorReport, ReportAct
from newsroom.readers.permissions import may_see_reports

# What a notice tells of, by the beginning of its occasion.
SOON, LATE = "report soon", "report late"


def editors() -> list[User]:
    """Everybody who may answer a report."""
    people = audiences.active(User.objects.of_the_newsroom())
    return [person for person in people if may_see_reports(person)]


def of_act(act: ReportAct) -> list[Telling]:
    """Return whom an act on a report is told: a new one everybody, one handed over its holder."""
    report = act.report
    if act.verb == "hand_over":
        people = [act.to]
    elif act.verb in ("leave_report", "reopen") and report.is_open:
        people = editors()
    elif act.verb in ("change_report", "take_back_report") and report.taken_by:
        people = [report.taken_by]
    else:
        people = []
    return [_telling(person, report) for person in people if person.pk != act.by_id]


def due_soon(now: datetime) -> Iterator[tuple[str, partial]]:
    """Yield the reports that are due on the next working day, once each, from its eve's morning."""
    last = _end_of_the_next_working_day(now)
    for report in _with_people(ErrorReport.objects.due_between(now, last)):
        yield f"{SOON} {report.pk}", partial(_having_it_or_all, report)


def overdue(now: datetime, since: datetime) -> Iterator[tuple[str, partial]]:
    """Yield the reports whose time has run out since an instant, once each."""
    for report in _with_people(ErrorReport.objects.due_between(since, now)):
        yield f"{LATE} {report.pk}", partial(_all_and_above, report)


def _with_people(reports):
    return reports.select_related("article", "taken_by").oldest_first()


def _end_of_the_next_working_day(now: datetime) -> datetime:
    """Return up to when what is due is due soon: in the night nobody is told of tomorrow yet."""
    here, hours = timezone.localtime(now), SiteSettings.current().hours
    day = here.date()
    if is_working_day(day) and here < hours.on(day, here.tzinfo)[0]:
        day -= timedelta(days=1)
    return hours.on(working_day_after(day, 1), here.tzinfo)[1]


def _having_it_or_all(report: ErrorReport) -> list[Telling]:
    people = [report.taken_by] if report.taken_by else editors()
    return [_telling(person, report) for person in people if may_see_reports(person)]


def _all_and_above(report: ErrorReport) -> list[Telling]:
    """Tell who has it, and the heads of the desk; where nobody has it, everybody."""
    people = [report.taken_by, *audiences.desk_heads()] if report.taken_by else editors()
    told = {person.pk: person for person in people}
    return [_telling(person, report) for person in told.values() if may_see_reports(person)]


def _telling(person: User, report: ErrorReport) -> Telling:
    facts = {"article": report.article, "report": report, "hour": report.due_at}
    return Telling(person, Kind.REPORT, **facts)
