"""The demo paper's publication calendar: page templates, a rule, single days, issues ahead."""

from datetime import date, timedelta

from issues import issuing, outlook, planning
from issues.models import Issue, PageFormat, PageTemplate, Schedule, SpecialDay
from newsroom.people.models import User
from newsroom.people.working_time import is_working_day

TEMPLATES = {
    "平日四版": ["要闻", "民生", "街镇", "副刊"],
    "周末两版": ["要闻", "周末"],
    "特刊八版": ["要闻", "综合", "民生", "街镇", "文教", "专题", "图片", "副刊"],
}
MONDAY_TO_FRIDAY = [1, 2, 3, 4, 5]
SATURDAY = 6
FORMAT = "八开"


def keep_calendar(people: dict[str, User], today: date) -> None:
    """Say on which days the paper comes out, and plan its issues; once only."""
    templates = {name: _template(name, pages) for name, pages in TEMPLATES.items()}
    if not Schedule.objects.exists():
        Schedule.objects.create(
            weekdays=MONDAY_TO_FRIDAY,
            starts_on=today,
            template=templates["平日四版"],
            on_make_up_days=True,
        )
        Schedule.objects.create(
            weekdays=[SATURDAY], starts_on=today, template=templates["周末两版"]
        )
    if not SpecialDay.objects.exists():
        chief = people["chief"]
        issuing.decide_day(
            by=chief, day=_working_day(today, 8), appears="no", reason="印前设备检修"
        )
        sunday = today + timedelta(days=7 + (6 - today.weekday()))
        issuing.decide_day(by=chief, day=sunday, appears="yes", reason="区两会特刊")
    issuing.plan_ahead(by=None, today=today)
    for issue in Issue.objects.planned().filter(planned_time=None, date__gt=today):
        _give_hours(issue, people)


def _template(name: str, pages: list[str]) -> PageTemplate:
    template, made = PageTemplate.objects.get_or_create(name=name)
    size = PageFormat.objects.filter(name=FORMAT).first()
    for number, page in enumerate(pages if made else [], start=1):
        template.pages.create(number=number, name=page, format=size)
    return template


def _working_day(today: date, ahead: int) -> date:
    """Return the first working day that lies so many days ahead or more."""
    day = today + timedelta(days=ahead)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def _give_hours(issue: Issue, people: dict[str, User]) -> None:
    """Give an issue that was imported the hours of the rule for its day."""
    usual = outlook.usual_on(issue.date)
    if usual is not None:
        planning.replan(issue, by=people["issues"], title=issue.title, **vars(usual.hours))
