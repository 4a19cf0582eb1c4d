"""The publication calendar as planners see it: rules, the weeks to come, and what to decide."""

from datetime import timedelta
from functools import cached_property

from django.utils import timezone

from issues import outlook
from issues.models import Issue, Schedule, SpecialDay
from issues.outlook import Outlook
from newsroom.desk.calendar import Calendar
from newsroom.desk.spans import WEEK, Span, week_around
from newsroom.people import working_time
from newsroom.people.models import SiteSettings

WEEKS = 6
FAR = timedelta(days=400)  # so far ahead single days are listed


class ComingWeeks(Calendar):
    """Six weeks from this one: issues there are, issues to come, and days without."""

    def __init__(self, *, user, at):
        """Begin with the Monday of this week."""
        first = week_around(timezone.localdate(at)).first
        super().__init__(Span(first, first + WEEKS * WEEK, ""), user=user, at=at)

    def _entries(self):
        yield from self._issues()
        yield from self._expected()


class Publication:
    """What the page of the publication calendar shows to whoever looks at an instant."""

    def __init__(self, *, user, at):
        """Ask nothing yet."""
        self.today = timezone.localdate(at)
        self.calendar = ComingWeeks(user=user, at=at)

    @cached_property
    def schedules(self) -> list[Schedule]:
        """The rules, those that have ended too, the latest begun first."""
        return list(Schedule.objects.current_first())

    @cached_property
    def days(self) -> list[SpecialDay]:
        """What was decided for single days to come."""
        found = SpecialDay.objects.between(self.today, self.today + FAR)
        return list(found.select_related("decided_by"))

    @cached_property
    def ahead(self) -> Outlook:
        """The days for which issues are planned by themselves."""
        return outlook.ahead(self.today)

    @property
    def days_ahead(self) -> int:
        """How many they are."""
        return SiteSettings.current().issues_ahead_days

    @cached_property
    def misfits(self) -> list[Issue]:
        """Issues planned for days on which none is wanted any more, however far ahead."""
        return Outlook(self.today, self.today + FAR).misfits

    @property
    def unannounced(self) -> list[int]:
        """The years of the weeks shown whose holidays are not known."""
        years = {self.calendar.first.year, (self.calendar.end - timedelta(days=1)).year}
        return sorted(year for year in years if not working_time.is_announced(year))
