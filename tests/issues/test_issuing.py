"""Issues come by themselves: once, whoever asks and however often, and what was cancelled stays."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from issues import calendar_questions, issuing, outlook, planning, workflow
from issues.models import Issue, IssueAct, PageFormat, Placement, Schedule, SpecialDay
from newsroom.desk import tasks
from newsroom.people import working_time
from newsroom.people.models import SiteSettings
from newsroom.people.verdicts import RefusalError
from tests import factories, traces
from tests.test_concurrency import at_once

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 30)
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def cast():
    return factories.Cast()


def plan_ahead(cast=None, today=MONDAY):
    return issuing.plan_ahead(by=cast and cast.issue_editor, today=today)


def planned_days():
    return sorted(Issue.objects.planned().values_list("date", flat=True))


class TestAhead:
    def test_two_weeks_of_a_paper_with_four_pages_on_three_days(self, cast):
        rule = factories.weekly(1, 3, 5)
        made = plan_ahead(cast)
        assert [issue.date for issue in made] == [
            MONDAY + timedelta(days=days) for days in (0, 2, 4, 7, 9, 11, 14)
        ]
        names = list(made[0].pages.order_by("number").values_list("number", "name"))
        assert names == [(page.number, page.name) for page in rule.template.pages.all()]
        assert {issue.number for issue in made} == {None}

    def test_the_hours_are_the_newspapers(self, cast):
        factories.weekly(1)
        issue = plan_ahead(cast)[0]
        assert issue.planned_time == datetime(2026, 11, 30, 6, tzinfo=SHANGHAI)
        assert issue.copy_due_at == datetime(2026, 11, 29, 17, tzinfo=SHANGHAI)
        assert issue.closes_by == datetime(2026, 11, 29, 20, tzinfo=SHANGHAI)

    def test_hours_do_not_follow_whose_zone_is_active(self, cast):
        factories.weekly(1)
        with timezone.override("America/New_York"):
            issue = plan_ahead(cast)[0]
        assert issue.planned_time == datetime(2026, 11, 30, 6, tzinfo=SHANGHAI)

    def test_pages_bring_their_format(self, cast):
        rule = factories.weekly(1, pages=1)
        size = PageFormat.objects.create(name="试验版", characters=5000)
        rule.template.pages.update(format=size)
        assert plan_ahead(cast)[0].pages.get().format == size

    def test_as_many_days_as_the_newsroom_says(self, cast):
        factories.weekly(*range(1, 8))
        SiteSettings.objects.update(issues_ahead_days=2)
        assert len(plan_ahead(cast)) == 3

    def test_a_second_time_changes_nothing(self, cast):
        factories.weekly(1, 3, 5)
        plan_ahead(cast)
        before = traces.everything()
        assert plan_ahead(cast) == []
        assert traces.everything() == before

    def test_the_worker_acts_for_nobody_and_the_record_says_automatically(self, cast):
        factories.weekly(*range(1, 8))
        tasks.plan_ahead(timestamp=0)
        act = IssueAct.objects.first()
        assert act.by is None
        assert act.actor == "自动"
        assert Issue.objects.count() == 15

    def test_only_planners_plan_ahead(self, cast):
        factories.weekly(1)
        for name, who in cast.by_role.items():
            if name in ("chief editor", "issue editor"):
                continue
            with pytest.raises(RefusalError, match=r"\S"):
                issuing.plan_ahead(by=who, today=MONDAY)

    def test_an_extra_of_the_day_leaves_the_days_issue_to_come(self, cast):
        factories.weekly(1)
        factories.issue(cast, day=MONDAY, kind="extra", numbered=False, title="号外")
        made = plan_ahead(cast)
        assert [(issue.date, issue.sequence) for issue in made][0] == (MONDAY, 2)

    def test_an_issue_made_by_hand_is_the_days_issue(self, cast):
        factories.weekly(1)
        by_hand = factories.issue(cast, day=MONDAY)
        assert by_hand.slot == MONDAY
        assert MONDAY not in [issue.date for issue in plan_ahead(cast)]

    def test_an_issue_moved_to_another_day_keeps_its_own(self, cast):
        factories.weekly(1)
        issue = plan_ahead(cast)[0]
        tuesday = MONDAY + timedelta(days=1)
        hour = issue.planned_time + timedelta(days=1)
        planning.redate(
            issue, by=cast.chief, day=tuesday, sequence=1, planned_time=hour,
            seen=(issue.date, issue.sequence, issue.planned_time),
        )  # fmt: skip
        assert plan_ahead(cast) == []
        assert issue.copy_due_at == datetime(2026, 11, 30, 17, tzinfo=SHANGHAI)
        assert issue.closes_by == datetime(2026, 11, 30, 20, tzinfo=SHANGHAI)

    def test_years_whose_holidays_are_not_announced_are_planned_by_weekdays(self, cast):
        year = next(year for year in range(2026, 2100) if not working_time.is_announced(year))
        factories.weekly(*range(1, 8))
        made = plan_ahead(cast, today=date(year, 1, 1))
        assert len(made) == 15
        wanted = outlook.ahead(date(year, 1, 1)).wanted.values()
        assert all(each.edition.is_provisional for each in wanted)
        assert all(issue.is_provisional for issue in made)


class TestCancelled:
    def test_it_does_not_come_back(self, cast):
        factories.weekly(1)
        issue = plan_ahead(cast)[0]
        workflow.cancel(issue, by=cast.chief, because="设备检修停刊一期。")
        assert plan_ahead(cast) == []
        assert MONDAY not in planned_days()

    def test_its_pieces_lie_in_the_tray_again(self, cast):
        piece = factories.approved(cast)
        issue = factories.issue(cast, piece)
        workflow.cancel(issue, by=cast.chief, because="停刊。")
        assert not Placement.objects.exists()
        other = factories.issue(cast, day=date(2023, 12, 9))
        workflow.place(other, by=cast.chief, article=piece, page=1)

    def test_its_date_is_free_for_another_and_then_it_stays_away(self, cast):
        issue = factories.cancelled_issue(cast)
        other = factories.issue(cast, day=issue.date)
        assert other.address == issue.address
        with pytest.raises(RefusalError, match=r"\S"):
            workflow.bring_back(issue, by=cast.chief)
        workflow.cancel(other, by=cast.chief, because="也不出。")
        workflow.bring_back(issue, by=cast.chief)
        assert issue.status == Issue.Status.PLANNING

    def test_it_is_not_told_as_late(self, cast):
        now = timezone.now()
        hour = now - timedelta(hours=1)
        factories.cancelled_issue(cast, planned_time=hour)
        assert not Issue.objects.missing_their_plan(now - timedelta(days=1), now).exists()

    def test_a_reason_is_asked_for(self, cast):
        with pytest.raises(RefusalError, match=r"\S"):
            workflow.cancel(factories.issue(cast), by=cast.chief, because=" ")


class TestChanges:
    """What is planned is never deleted by a rule, a decision or a holiday announced later."""

    def test_what_a_changed_rule_does_not_want_is_told_and_stays(self, cast):
        rule = factories.weekly(1, 3)
        made = plan_ahead(cast)
        Schedule.objects.filter(pk=rule.pk).update(weekdays=[1])
        misfits = outlook.ahead(MONDAY).misfits
        assert [issue.date.isoweekday() for issue in misfits] == [3, 3]
        assert len(planned_days()) == len(made)
        workflow.cancel(misfits[0], by=cast.chief, because="日历已改。")
        assert len(outlook.ahead(MONDAY).misfits) == 1

    def test_what_was_planned_for_a_day_that_became_a_holiday_is_told(self, cast):
        factories.weekly(4)
        holiday = date(2026, 10, 1)
        issue = factories.issue(cast, day=holiday)
        # As it was planned while nobody knew that the day is a holiday.
        Issue.objects.filter(pk=issue.pk).update(slot=holiday)
        assert outlook.ahead(holiday).misfits == [issue]

    def test_an_issue_beside_the_calendar_is_no_misfit(self, cast):
        factories.weekly(1)
        factories.issue(cast, day=MONDAY + timedelta(days=1))
        assert outlook.ahead(MONDAY).misfits == []

    def test_a_decided_day_gets_an_issue_with_the_hours_in_force(self, cast):
        factories.weekly(1)
        sunday = MONDAY + timedelta(days=6)
        issuing.decide_day(by=cast.chief, day=sunday, appears="yes", reason="区两会特刊")
        issue = next(issue for issue in plan_ahead(cast) if issue.date == sunday)
        assert issue.planned_time == datetime(2026, 12, 6, 6, tzinfo=SHANGHAI)
        assert issue.pages.count() == 4

    def test_a_day_decided_against_gets_none_until_that_is_taken_back(self, cast):
        factories.weekly(1)
        issuing.decide_day(by=cast.chief, day=MONDAY, appears="no", reason="停电检修")
        assert MONDAY not in [issue.date for issue in plan_ahead(cast)]
        issuing.decide_day(by=cast.chief, day=MONDAY, appears="rule")
        assert [issue.date for issue in plan_ahead(cast)] == [MONDAY]
        assert SpecialDay.objects.get().decided_by == cast.chief

    def test_deciding_is_for_planners_and_says_why(self, cast):
        how = {"day": MONDAY, "appears": "no"}
        with pytest.raises(RefusalError, match=r"\S"):
            issuing.decide_day(by=cast.editor, reason="随便", **how)
        with pytest.raises(RefusalError, match=r"\S"):
            issuing.decide_day(by=cast.chief, reason=" ", **how)

    def test_a_template_changed_later_leaves_planned_issues_alone(self, cast):
        rule = factories.weekly(1)
        issue = plan_ahead(cast)[0]
        rule.template.pages.filter(number=4).delete()
        assert issue.pages.count() == 4
        assert outlook.on(MONDAY).pages[-1][0] == 3


class TestTemplates:
    def test_the_pages_of_an_issue_are_kept(self, cast):
        size = PageFormat.objects.create(name="试验版", characters=5000)
        issue = factories.issue(cast, pages=[(1, "要闻", size.pk), (2, "副刊")])
        kept = issuing.keep_as_template(issue, by=cast.issue_editor, name=" 周末二版 ")
        assert kept.as_pages == [(1, "要闻", size.pk), (2, "副刊", None)]

    def test_a_name_is_given_once_and_an_issue_without_pages_keeps_none(self, cast):
        issue = factories.issue(cast)
        issuing.keep_as_template(issue, by=cast.chief, name="平日")
        bare = factories.issue(cast, day=date(2023, 12, 9), pages=[])
        for which, name in ((issue, "平日"), (issue, ""), (bare, "空")):
            with pytest.raises(RefusalError, match=r"\S"):
                issuing.keep_as_template(which, by=cast.chief, name=name)
        with pytest.raises(RefusalError, match=r"\S"):
            issuing.keep_as_template(issue, by=cast.editor, name="别的")


@pytest.mark.django_db(transaction=True)
def test_two_workers_and_a_planner_at_once_make_each_issue_once():
    cast = factories.Cast()
    factories.weekly(*range(1, 8))
    said = at_once(
        lambda: plan_ahead(),
        lambda: plan_ahead(),
        lambda: plan_ahead(cast),
        lambda: workflow.plan(by=cast.chief, date=MONDAY + timedelta(days=3)),
    )
    assert said[:3] == [None] * 3
    assert len(planned_days()) == len(set(planned_days())) == 15


def test_rules_that_end_before_or_begin_after_are_not_asked():
    kept = factories.weekly(1, starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 31))
    asked = Schedule.objects.between
    assert isinstance(Schedule.objects.all(), calendar_questions.ScheduleQuerySet)
    assert list(asked(date(2026, 1, 31), date(2026, 2, 1))) == [kept]
    assert not asked(date(2026, 2, 1), date(2026, 3, 1)).exists()
    assert not asked(date(2025, 12, 1), date(2026, 1, 1)).exists()
