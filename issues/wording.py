"""When an issue goes out, where it and an assignment stand, as the desk would say it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from issues.models import Assignment, Issue, LayoutMove, Placement
from issues.statuses import AssignmentState, Status
from newsroom.people import working_time
from newsroom.people.models import User


@dataclass(frozen=True)
class State:
    """Where an issue stands: a word, a shape, a colour. ``name`` is for code."""

    name: str
    label: str
    icon: str
    tone: str = ""


def state_of(issue: Issue, at: datetime) -> State:
    """Return where an issue stands at an instant."""
    release = issue.release
    if issue.status == Status.PLANNING:
        return State("planning", _("In planning"), "plan")
    if issue.status == Status.CANCELLED:
        return State("cancelled", _("Cancelled"), "gone")
    if release.held:
        return State("held", _("Held"), "lock", "stop")
    if release.publish_at is None:
        return State("closed", _("Closed, no hour yet"), "lock", "warn")
    if release.is_due(at):
        return State("live", _("Live"), "live", "ok")
    return State("scheduled", _("Scheduled"), "clock", "review")


def name_of(issue: Issue) -> str:
    """Return what an issue is called where others of any year stand beside it."""
    if issue.number is None:
        return str(issue)
    return _("No. {number}, {day}").format(number=issue.numbers, day=issue.address)


def day_and_hour(moment: datetime, at: datetime) -> str:
    """Return 12月8日 06:00, with the year where it is another one."""
    moment, at = timezone.localtime(moment), timezone.localtime(at)
    day = {"month": moment.month, "day": moment.day, "hour": f"{moment:%H:%M}"}
    if moment.year == at.year:
        return _("{month}/{day} {hour}").format(**day)
    return _("{year}/{month}/{day} {hour}").format(year=moment.year, **day)


def how_long(span: timedelta) -> str:
    """Return a length of time in its two largest units: 19 小时 36 分."""
    minutes = max(int(span.total_seconds() // 60), 0)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [
        (days, ngettext("{n} day", "{n} days", days)),
        (hours, ngettext("{n} hour", "{n} hours", hours)),
        (rest if not days else 0, ngettext("{n} minute", "{n} minutes", rest)),
    ]
    told = " ".join(words.format(n=n) for n, words in parts if n)
    return told or _("less than a minute")


def when_sentence(issue: Issue, at: datetime) -> str:
    """Return when the issue goes out, in a sentence: 12月8日 06:00 上线，还有 14 小时."""
    state, release = state_of(issue, at).name, issue.release
    if state == "planning":
        return _planned(issue, at)
    if state == "cancelled":
        return _("Cancelled. It does not come out.")
    if state == "closed":
        return _("Closed. It goes out when it is given an hour.")
    if state == "held":
        return _("Held: {reason}").format(reason=release.held_because)
    hour = day_and_hour(release.publish_at, at)
    if state == "live":
        return _("Live since {hour}.").format(hour=hour)
    return _("Goes live {hour}, in {span}.").format(
        hour=hour, span=how_long(release.publish_at - at)
    )


def _planned(issue: Issue, at: datetime) -> str:
    if issue.planned_time is None:
        return _("No time is planned yet.")
    hour = day_and_hour(issue.planned_time, at)
    if issue.planned_time <= at:
        return _("Was planned for {hour}; that has passed.").format(hour=hour)
    return _("Planned for {hour}, in {span}.").format(
        hour=hour, span=how_long(issue.planned_time - at)
    )


def about_day(day: date) -> list[str]:
    """Return what is special about a day: a holiday, no working day, or a year not announced."""
    short = _("{month}/{day}").format(month=day.month, day=day.day)
    if not working_time.is_announced(day.year):
        words = _("The holidays of {year} have not been announced yet.").format(year=day.year)
        return [words]
    if name := working_time.holiday(day):
        return [_("{day} is a holiday: {name}.").format(day=short, name=name)]
    if not working_time.is_working_day(day):
        return [_("{day} is no working day.").format(day=short)]
    if working_time.makes_up(day):
        return [_("{day} is a make-up working day.").format(day=short)]
    return []


def unsigned_sentence(unsigned: int) -> str:
    """Return how many pieces are not signed off."""
    if not unsigned:
        return _("All pieces are signed off.")
    return ngettext("{n} piece is not signed.", "{n} pieces are not signed.", unsigned).format(
        n=unsigned
    )


def missing_words(unsigned: int, without_lead: list[int], empty: list[int]) -> list[str]:
    """Return what an issue lacks before it can be closed, thing by thing, as things to do."""
    told = []
    if unsigned:
        words = ngettext("have {n} piece signed", "have {n} pieces signed", unsigned)
        told.append(words.format(n=unsigned))
    told += [_("find a lead for page {page}").format(page=page) for page in without_lead]
    told += [_("fill page {page}").format(page=page) for page in empty]
    return told


def reopened_sentence(reopened: int) -> str:
    """Return how many signed pieces are being changed again."""
    return ngettext(
        "{n} signed piece is being changed again.",
        "{n} signed pieces are being changed again.",
        reopened,
    ).format(n=reopened)


def missing_sentence(missing: list[str], blocking: int) -> str:
    """Return what is to be done before an issue in planning can be closed."""
    if missing:
        joined = _(", ").join(missing)
        return _("Before it can be closed: {missing}.").format(missing=joined)
    if blocking:
        words = ngettext(
            "The dry run found {n} thing to mend first.",
            "The dry run found {n} things to mend first.",
            blocking,
        )
        return words.format(n=blocking)
    return _("Nothing is missing; it can be closed.")


def stage_of(assignment: Assignment, at: datetime) -> State:
    """Return where an assignment stands at an instant; late ones are named so."""
    if assignment.state == AssignmentState.OFFERED:
        return State("offered", _("Topic offered"), "info", "review")
    if assignment.state in (AssignmentState.DECLINED, AssignmentState.DROPPED):
        return State(assignment.state, str(assignment.get_state_display()), "gone")
    if assignment.handed_in_at is not None:
        return State("filed", _("Handed in"), "ok", "ok")
    free = assignment.is_free
    if assignment.due_at < at:
        return State("late", _("Late, not begun") if free else _("Late, not in"), "late", "stop")
    if free:
        return State("open", _("Wanted"), "draft")
    return State("taken", str(assignment.get_state_display()), "pen")


def wanted_sentence(assignment: Assignment, at: datetime) -> str:
    """Return of whom it is wanted and by when: 苗青禾 12月8日 17:00 前交."""
    return _("{who}, by {hour}").format(
        who=assignment.taken_by or assignment.asked_of, hour=day_and_hour(assignment.due_at, at)
    )


def place_words(page: int | None, position: int | None) -> str:
    """Return what a place of the board is called: 第4版第 2 位; positions count from 0."""
    if page is None:
        return _("the tray")
    return _("page {page}, place {place}").format(page=page, place=position + 1)


def hour_of(moment: datetime, at: datetime) -> str:
    """Return 10:22, with the day where it is another one."""
    moment, at = timezone.localtime(moment), timezone.localtime(at)
    return f"{moment:%H:%M}" if moment.date() == at.date() else day_and_hour(moment, at)


def move_sentence(move: LayoutMove, reader: User, at: datetime) -> str:
    """Return who did what on the board: 罗嘉言 10:22 把《…》移到第4版第 2 位."""
    who = _("You") if move.by_id == reader.pk else str(move.by)
    words = {
        "who": who,
        "hour": hour_of(move.at, at),
        "title": move.article.title,
        "place": place_words(move.to_page, move.to_position),
        "weight": Placement.Weight(move.to_weight).label if move.to_weight else "",
    }
    return _kind_of(move).format(**words)


def _kind_of(move: LayoutMove) -> str:
    stayed = (move.from_page, move.from_position) == (move.to_page, move.to_position)
    cases = [
        (move.undoes_id, _("{who}, {hour}: took a move back, “{title}” is at {place} again")),
        (move.to_page is None, _("{who}, {hour}: took “{title}” off into the tray")),
        (move.from_page is None, _("{who}, {hour}: placed “{title}” at {place}")),
        (stayed, _("{who}, {hour}: “{title}” now counts as {weight}")),
    ]
    otherwise = _("{who}, {hour}: moved “{title}” to {place}")
    return next((words for holds, words in cases if holds), otherwise)


def moved_sentence(move: LayoutMove | None, reader: User) -> str:
    """Return why a piece that somebody else has moved meanwhile is left where it is."""
    if move is None:
        return _("It has changed meanwhile. Look again, then decide.")
    return _("{done}. Nothing was changed; look again, then decide.").format(
        done=move_sentence(move, reader, timezone.now())
    )
