"""Moving what stands on the calendar: who may, what will change, in words, and the verb for it.

The same questions are asked when a move is shown and when it is confirmed.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from hashlib import sha256

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import workflow as writing
from articles.models import Article
from articles.permissions import may_reschedule_alone
from issues import assigning, planning, workflow
from issues.models import FIRST_DAY, LAST_DAY, Assignment, Issue, Placement
from issues.permissions import may_change_assignment, may_lay_out, may_reschedule
from issues.wording import day_and_hour, state_of
from newsroom.desk.calendar import issue_name, short_day
from newsroom.people import working_time
from newsroom.people.models import User
from newsroom.people.verdicts import RefusalError, Verdict, first_objection


@dataclass(frozen=True)
class Line:
    """One thing that a move changes, or that should be known before."""

    words: str
    warns: bool = False


@dataclass(frozen=True)
class Target:
    """Where something is to go: a day, and an hour where one is named."""

    day: date
    hour: time | None = None

    @property
    def moment(self) -> datetime | None:
        """The instant in the newspaper's time zone, or None without an hour."""
        zone = timezone.get_current_timezone()
        return datetime.combine(self.day, self.hour, zone) if self.hour else None


class Move(ABC):
    """Something on the calendar that may be moved; ``user`` looks at an instant."""

    needs_hour = True

    def __init__(self, subject, *, user: User, at: datetime):
        """Take what is to be moved as it stands now."""
        self.subject, self.user, self.at = subject, user, at

    @property
    @abstractmethod
    def title(self) -> str:
        """What is moved, as a sentence names it."""

    @property
    @abstractmethod
    def stands(self):
        """Where it stands now, as the verb compares it."""

    @property
    @abstractmethod
    def place(self) -> Target:
        """Where it stands on the calendar."""

    @abstractmethod
    def may(self) -> Verdict:
        """Say whether this person may move it at all."""

    @abstractmethod
    def lines(self, to: Target) -> list[Line]:
        """Say in words what will change."""

    @abstractmethod
    def run(self, to: Target) -> None:
        """Do it. Raises RefusalError."""

    def may_to(self, to: Target) -> Verdict:
        """Say whether it may be moved there: the same question before asking and before doing."""
        past = to.moment is not None and to.moment <= self.at and self.needs_hour
        return self.may() and first_objection(
            (self.needs_hour and to.hour is None, _("Name an hour, too.")),
            (past, _("That hour has passed.")),
            (not FIRST_DAY <= to.day <= LAST_DAY, _("Look at the year once more.")),
            (to == self.place, _("It stands there already.")),
        )

    def all_lines(self, to: Target) -> list[Line]:
        """Return what will change, and what is special about the day."""
        return self.lines(to) + _about(to.day)

    def token(self, to: Target) -> str:
        """Return what was shown, in short; another token means that something has changed since."""
        said = repr((self.stands, to, self.all_lines(to)))
        return sha256(said.encode()).hexdigest()[:32]

    def confirm(self, to: Target, seen: str) -> None:
        """Do what was shown, or refuse where it would not be the same any more."""
        verdict = self.may_to(to)
        if not verdict:
            raise RefusalError(verdict.reason)
        if seen != self.token(to):
            raise RefusalError(_("Something has changed since. Look again, then decide."))
        self.run(to)

    def hour(self, moment: datetime | None) -> str:
        """Return an instant as the desk says it."""
        return day_and_hour(moment, self.at) if moment else _("no time")


def _about(day: date) -> list[Line]:
    """Say what is special about a day."""
    if not working_time.is_announced(day.year):
        words = _("The holidays of {year} have not been announced yet.").format(year=day.year)
        return [Line(words)]
    if name := working_time.holiday(day):
        return [Line(_("{day} is a holiday: {name}.").format(day=short_day(day), name=name), True)]
    if not working_time.is_working_day(day):
        return [Line(_("{day} is no working day.").format(day=short_day(day)), True)]
    if working_time.makes_up(day):
        return [Line(_("{day} is a make-up working day.").format(day=short_day(day)))]
    return []


class PlannedIssue(Move):
    """An issue in planning goes to another day, which is its address."""

    needs_hour = False

    @property
    def title(self) -> str:
        """What is moved."""
        return _named(self.subject)

    @property
    def stands(self):
        """Its day, sequence and planned time."""
        return self.subject.date, self.subject.sequence, self.subject.planned_time

    @property
    def place(self) -> Target:
        """Its date, and the hour it is planned for."""
        planned = self.subject.planned_time
        return Target(self.subject.date, timezone.localtime(planned).time() if planned else None)

    def may(self) -> Verdict:
        """Whoever may lay it out."""
        return may_lay_out(self.user, self.subject)

    @cached_property
    def _pieces(self) -> int:
        return Placement.objects.of_issue(self.subject).count()

    def _planned(self, to: Target) -> datetime | None:
        """Keep as many days between the date and the planned time as there were."""
        if to.hour is None:
            return None
        planned = self.subject.planned_time
        ahead = timezone.localdate(planned) - self.subject.date if planned else timedelta(0)
        return Target(to.day + ahead, to.hour).moment

    def _sequence(self, to: Target) -> int:
        """Return its own sequence where it is free on that day, otherwise the next one."""
        others = Issue.objects.between(to.day, to.day + timedelta(days=1))
        used = set(others.exclude(pk=self.subject.pk).values_list("sequence", flat=True))
        free = (number for number in range(1, 101) if number not in used)
        own = self.subject.sequence
        return own if to.day == self.subject.date and own not in used else next(free)

    def lines(self, to: Target) -> list[Line]:
        """Say what becomes of its plan, its address and what was asked for it."""
        now, then = self.hour(self.subject.planned_time), self.hour(self._planned(to))
        pieces = ngettext(
            "{n} piece moves with it.", "{n} pieces move with it.", self._pieces
        ).format(n=self._pieces)
        found = [
            Line(_("Planned for: {now} → {then}.").format(now=now, then=then)),
            Line(pieces if self._pieces else _("There is no piece in the issue.")),
        ]
        if self.subject.copy_due_at or self.subject.closes_by:
            found.append(Line(_("Its deadlines move with it.")))
        sequence = self._sequence(to)
        moved = Issue(date=to.day, sequence=sequence)
        if moved.address != self.subject.address:
            words = _("Its date and address: {now} → {then}.")
            found.append(Line(words.format(now=self.subject.address, then=moved.address)))
        if sequence > 1 and to.day != self.subject.date:
            words = _("{day} has an issue already; this becomes number {n} of that day.")
            found.append(Line(words.format(day=short_day(to.day), n=sequence), True))
        if to.day < timezone.localdate(self.at):
            found.append(Line(_("{day} has passed.").format(day=short_day(to.day)), True))
        return found + self._asked(to)

    def _asked(self, to: Target) -> list[Line]:
        asked = list(Assignment.objects.not_handed_in().filter(issue=self.subject))
        if not asked:
            return []
        words = ngettext(
            "{n} assignment for it keeps its deadline.",
            "{n} assignments for it keep their deadlines.",
            len(asked),
        )
        found = [Line(words.format(n=len(asked)))]
        planned = self._planned(to)
        late = [each for each in asked if planned and each.due_at > planned]
        if late:
            words = _("“{topic}” is due only {hour}, after that.")
            found.append(Line(words.format(topic=late[0], hour=self.hour(late[0].due_at)), True))
        return found

    def run(self, to: Target) -> None:
        """Change its day and plan."""
        planning.redate(
            self.subject,
            by=self.user,
            day=to.day,
            sequence=self._sequence(to),
            planned_time=self._planned(to),
            seen=self.stands,
        )


class ScheduledIssue(Move):
    """A closed issue that waits for its hour gets another."""

    @property
    def title(self) -> str:
        """What is moved."""
        return _named(self.subject)

    @property
    def stands(self):
        """Its hour."""
        return self.subject.release.publish_at

    @property
    def place(self) -> Target:
        """Its hour, or its date where it has none."""
        hour = self.stands
        local = timezone.localtime(hour) if hour else None
        return Target(local.date(), local.time()) if local else Target(self.subject.date)

    def may(self) -> Verdict:
        """Whoever may schedule it, before its hour."""
        return may_reschedule(self.user, self.subject)

    def lines(self, to: Target) -> list[Line]:
        """Say what becomes of its hour, and what of its date."""
        count = Placement.objects.of_issue(self.subject).count()
        pieces = ngettext("{n} piece goes out then.", "{n} pieces go out then.", count)
        words = _("Goes live: {now} → {then}.")
        found = [
            Line(words.format(now=self.hour(self.stands), then=self.hour(to.moment))),
            Line(pieces.format(n=count)),
        ]
        if to.day != self.subject.date:
            words = _("Its date stays {day}; to change it, recall and reopen the issue first.")
            found.append(Line(words.format(day=self.subject.address), True))
        return found

    def run(self, to: Target) -> None:
        """Give it the other hour."""
        workflow.reschedule(self.subject, by=self.user, at=to.moment, seen=self.stands)


class ScheduledPiece(Move):
    """A piece that goes out by itself gets another hour."""

    @property
    def title(self) -> str:
        """What is moved."""
        return _("“{title}”").format(title=self.subject.title)

    @property
    def stands(self):
        """Its hour, or None where it has none of its own."""
        release = self.subject.release
        return release.publish_at if release is not None and release.alone else None

    @property
    def place(self) -> Target:
        """Its hour, or today where it has none."""
        local = timezone.localtime(self.stands or self.at)
        return Target(local.date(), local.time())

    def may(self) -> Verdict:
        """Whoever may publish, before its hour."""
        return may_reschedule_alone(self.user, self.subject)

    def lines(self, to: Target) -> list[Line]:
        """Say what becomes of its hour."""
        words = _("Goes live: {now} → {then}.")
        return [
            Line(words.format(now=self.hour(self.stands), then=self.hour(to.moment))),
            Line(_("It goes out by itself; its signatures stand.")),
        ]

    def run(self, to: Target) -> None:
        """Give it the other hour."""
        writing.reschedule_alone(self.subject, by=self.user, at=to.moment, seen=self.stands)


class Deadline(Move):
    """What is asked for is wanted by another hour."""

    @property
    def title(self) -> str:
        """What is moved."""
        return _("“{title}”").format(title=self.subject.topic)

    @property
    def stands(self):
        """Its deadline."""
        return self.subject.due_at

    @property
    def place(self) -> Target:
        """Its deadline."""
        local = timezone.localtime(self.subject.due_at)
        return Target(local.date(), local.time())

    def may(self) -> Verdict:
        """Editors, until the piece is in."""
        return may_change_assignment(self.user, self.subject)

    def lines(self, to: Target) -> list[Line]:
        """Say what becomes of the deadline, and of whom it is asked."""
        words = _("Wanted by: {now} → {then}.")
        who = self.subject.taken_by or self.subject.asked_of
        found = [
            Line(words.format(now=self.hour(self.stands), then=self.hour(to.moment))),
            Line(_("It is asked of {who}.").format(who=who)),
        ]
        issue = self.subject.issue
        planned = issue.planned_time if issue else None
        if planned and to.moment and to.moment > planned:
            words = _("{issue} is planned for {hour}, before that.")
            found.append(Line(words.format(issue=issue, hour=self.hour(planned)), True))
        return found

    def run(self, to: Target) -> None:
        """Move the deadline."""
        assigning.change_deadline(
            self.subject, by=self.user, due_at=to.moment, seen=self.subject.due_at
        )


def _named(issue: Issue) -> str:
    return f"{issue_name(issue)} {issue.address}"


def _issue(pk: int, *, user: User, at: datetime) -> Move | None:
    issue = Issue.objects.select_related("release").filter(pk=pk).first()
    if issue is None:
        return None
    planning_still = state_of(issue, at).name == "planning"
    return (PlannedIssue if planning_still else ScheduledIssue)(issue, user=user, at=at)


def _piece(pk: int, *, user: User, at: datetime) -> Move | None:
    article = Article.objects.select_related("release").filter(pk=pk).first()
    return ScheduledPiece(article, user=user, at=at) if article else None


def _assignment(pk: int, *, user: User, at: datetime) -> Move | None:
    found = Assignment.objects.for_desk().filter(pk=pk).first()
    return Deadline(found, user=user, at=at) if found else None


KINDS = {"issue": _issue, "piece": _piece, "assignment": _assignment}


def move_of(kind: str, pk: int, *, user: User, at: datetime) -> Move | None:
    """Return the move of something on the calendar, or None where there is no such thing."""
    return KINDS[kind](pk, user=user, at=at) if kind in KINDS else None
