"""What the publication calendar wants, what is planned already, and what does not fit it."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.utils import timezone

from issues.models import Issue, Schedule, SpecialDay
from issues.models.issues import FIRST_DAY, LAST_DAY
from issues.models.schedules import Hours
from issues.rhythm import FARTHEST, ONE_DAY, Edition, Why, editions, in_force
from issues.statuses import Status
from newsroom.people.models import SiteSettings


@dataclass(frozen=True)
class Wanted:
    """An issue the calendar wants: its day, and the rule that says when and with which pages."""

    edition: Edition
    schedule: Schedule | None

    @property
    def day(self) -> date:
        """The day it is dated."""
        return self.edition.day

    @property
    def hours(self) -> Hours | None:
        """When it goes out and by when it is ready; None where no rule is in force."""
        return self.schedule.hours_on(self.day) if self.schedule else None

    @property
    def pages(self) -> list[tuple]:
        """The pages it begins with."""
        if self.schedule is None:
            return []
        return self.schedule.template.as_pages


class Outlook:
    """The calendar from one day up to another, which is not included."""

    def __init__(self, first: date, end: date):
        """Ask nothing yet."""
        self.first, self.end = first, end

    @cached_property
    def schedules(self) -> list[Schedule]:
        """The rules that may matter, with their templates' pages."""
        found = Schedule.objects.between(self.first - FARTHEST, self.end)
        return list(found.select_related("template").prefetch_related("template__pages"))

    @cached_property
    def special(self) -> dict[date, SpecialDay]:
        """What was decided for single days."""
        found = SpecialDay.objects.between(self.first - FARTHEST, self.end)
        return {each.day: each for each in found}

    @cached_property
    def wanted(self) -> dict[date, Wanted]:
        """Every issue the calendar wants, by its day."""
        by_key = {schedule.pk: schedule for schedule in self.schedules}
        decided = {
            day: each.appears == SpecialDay.Appears.YES for day, each in self.special.items()
        }
        rules = [schedule.rule for schedule in self.schedules]
        return {
            each.day: Wanted(each, by_key.get(each.rule.key) if each.rule else None)
            for each in editions(rules, decided, self.first, self.end)
        }

    @cached_property
    def issues(self) -> list[Issue]:
        """The issues that fill its days or stand on them, cancelled ones too."""
        return list(Issue.objects.in_slots(self.first, self.end))

    @property
    def missing(self) -> list[Wanted]:
        """What is wanted and not there, in order; a cancelled issue does not come back."""
        filled = {issue.slot for issue in self.issues} | {issue.date for issue in self.issues}
        return [wanted for day, wanted in self.wanted.items() if day not in filled]

    @property
    def misfits(self) -> list[Issue]:
        """Issues in planning for a day on which none is wanted any more, or was decided against."""
        planned = [each for each in self.issues if each.status == Status.PLANNING]
        return [issue for issue in planned if self._does_not_fit(issue)]

    def _does_not_fit(self, issue: Issue) -> bool:
        special = self.special.get(issue.date)
        if special is not None and special.appears == SpecialDay.Appears.NO:
            return issue.kind != Issue.Kind.EXTRA
        inside = issue.slot is not None and self.first <= issue.slot < self.end
        return inside and issue.slot not in self.wanted


def ahead(today: date | None = None) -> Outlook:
    """Return the days for which issues are planned by themselves, from today on."""
    today = today or timezone.localdate(timezone=timezone.get_default_timezone())
    return Outlook(today, today + timedelta(days=SiteSettings.current().issues_ahead_days + 1))


def on(day: date) -> Wanted | None:
    """Return what the calendar wants on a day, or None; nothing on days no issue may be dated."""
    if not FIRST_DAY <= day <= LAST_DAY:
        return None
    return Outlook(day, day + ONE_DAY).wanted.get(day)


def usual_on(day: date) -> Wanted | None:
    """Return how an issue of a day would be made: as wanted, or by the rule in force then."""
    if not FIRST_DAY <= day <= LAST_DAY:
        return None
    outlook = Outlook(day, day + ONE_DAY)
    if day in outlook.wanted:
        return outlook.wanted[day]
    rules = {schedule.rule: schedule for schedule in outlook.schedules}
    rule = in_force(rules, day, weekday=True) or in_force(rules, day)
    return Wanted(Edition(day, rule, Why.DECIDED), rules[rule]) if rule else None
