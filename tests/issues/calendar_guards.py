"""Ways around the verbs of the publication calendar and of running numbers, each refused."""

from datetime import date, time, timedelta

from django.utils import timezone

from articles.models import Release
from issues.models import Issue, PageTemplate, Placement, SpecialDay
from tests import factories

HOUR = timedelta(hours=1)


def update(row, **fields):
    type(row).objects.filter(pk=row.pk).update(**fields)


def planned(cast, **fields):
    return factories.issue(cast, **fields)


def numbered_twice(cast):
    """The second number of a combined issue, given again."""
    combined = planned(cast, kind="combined", combines=2, number=1287)
    update(planned(cast, day=date(2023, 12, 9)), number=combined.number + 1)


def slot_twice(cast):
    first, second = planned(cast), planned(cast, day=date(2023, 12, 9))
    for issue in (first, second):
        update(issue, slot=date(2023, 12, 8))


def special(cast, **fields):
    facts = {"day": date(2026, 10, 1), "appears": "no", "reason": "国庆", "decided_by": cast.chief}
    return SpecialDay.objects.create(**(facts | fields))


CONSTRAINTS = {
    "no_running_number_is_in_two_issues": numbered_twice,
    "running_numbers_count_from_one": lambda cast: update(planned(cast), number=0),
    "combined_issue_takes_several_numbers": lambda cast: update(planned(cast), kind="combined"),
    "only_an_extra_goes_without_number": lambda cast: update(planned(cast), numbered=False),
    "cancelled_issue_has_no_number": lambda cast: update(factories.cancelled_issue(cast), number=9),
    "day_of_the_calendar_is_filled_once": slot_twice,
    "copy_is_due_before_the_issue_is_closed": lambda cast: update(
        planned(cast), copy_due_at=timezone.now() + HOUR, closes_by=timezone.now()
    ),
    "issue_is_closed_before_it_goes_out": lambda cast: update(
        planned(cast), planned_time=timezone.now(), closes_by=timezone.now() + HOUR
    ),
    "deadlines_stand_in_the_calendar": lambda cast: update(
        planned(cast), copy_due_at=timezone.now().replace(year=202)
    ),
    "page_template_has_a_name": lambda cast: PageTemplate.objects.create(name=""),
    "page_number_is_unique_in_its_template": lambda cast: factories.page_template().pages.create(
        number=1
    ),
    "pages_of_templates_count_from_one": lambda cast: factories.page_template().pages.create(
        number=0
    ),
    "rule_has_weekdays": lambda cast: factories.weekly(),
    "rule_ends_after_it_starts": lambda cast: factories.weekly(1, ends_on=date(2019, 12, 31)),
    "rule_stands_in_the_calendar": lambda cast: factories.weekly(1, starts_on=date(202, 1, 1)),
    "deadlines_lie_two_weeks_before_at_most": lambda cast: factories.weekly(1, copy_days_before=15),
    "copy_is_due_before_closing": lambda cast: factories.weekly(
        1, copy_at=time(21), closing_at=time(20)
    ),
    "closing_comes_before_going_out": lambda cast: factories.weekly(
        1, closing_days_before=0, closing_at=time(7)
    ),
    "special_day_stands_in_the_calendar": lambda cast: special(cast, day=date(202, 1, 1)),
    "special_day_says_why": lambda cast: special(cast, reason=""),
}

SENTENCES = {
    "a cancelled issue holds no piece": lambda cast: update(
        factories.issue(cast, factories.draft(cast)), status="cancelled"
    ),
    "a cancelled issue takes no piece": lambda cast: Placement.objects.create(
        page=factories.cancelled_issue(cast).pages.get(), article=factories.draft(cast), position=0
    ),
    "number once given is kept": lambda cast: update(
        planned(cast, kind="combined", combines=2, number=7), combines=3
    ),
    "live changes only by correction and": lambda cast: update(
        factories.live_issue(cast), kind="extra"
    ),
    "Invalid transition of field .status.": lambda cast: update(
        factories.cancelled_issue(cast), status="closed", number=8, closed_at=timezone.now()
    ),
    "issue begins in planning": lambda cast: Issue.objects.create(
        date=date(2024, 1, 1), status="cancelled", release=Release.objects.create()
    ),
}
