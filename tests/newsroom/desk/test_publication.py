"""The publication calendar in the desk: rules beside the days they make, and what to decide."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from issues import issuing
from issues.models import Issue, Schedule, SpecialDay
from newsroom.desk import publication_views
from newsroom.desk.calendar import Calendar
from newsroom.desk.publication import Publication
from newsroom.desk.spans import month_around, week_around
from newsroom.people import working_time
from tests import factories
from tests.articles.desk_pages import signed_in, text

pytestmark = pytest.mark.django_db

PAGE = "admin:publication"
TODAY = timezone.localdate()


@pytest.fixture
def cast():
    return factories.Cast()


def do(user, verb, **data):
    return signed_in(user).post(reverse("admin:publication_do", args=[verb]), data, follow=True)


def shown(user):
    return text(signed_in(user).get(reverse(PAGE)))


def entries(calendar):
    return [(day.date, entry) for week in calendar.weeks for day in week for entry in day.entries]


def daily(**fields):
    return factories.weekly(*range(1, 8), on_holiday="appear", **fields)


class TestThePage:
    def test_without_a_rule_says_what_to_do(self, cast):
        assert "还没有出版规则" in shown(cast.chief)

    def test_previews_what_would_be_made_and_makes_it(self, cast):
        daily()
        page = shown(cast.chief)
        assert "有 15 期还没有建" in page
        assert "现在就建" in page
        assert not Issue.objects.exists()
        assert "已建 15 期" in text(do(cast.chief, "ahead"))
        assert Issue.objects.count() == 15
        assert "都已建好" in text(do(cast.chief, "ahead"))

    def test_an_editor_looks_and_decides_nothing(self, cast):
        daily()
        page = shown(cast.editor)
        assert "现在就建" not in page
        for verb in publication_views.VERBS:
            do(cast.editor, verb, day=TODAY, appears="no", reason="随便", issue=0)
        assert not Issue.objects.exists()
        assert not SpecialDay.objects.exists()

    def test_correspondents_stay_outside(self, cast):
        assert signed_in(cast.writer).get(reverse(PAGE)).status_code == 403
        assert do(cast.writer, "ahead").status_code == 403

    def test_a_verb_that_is_none_is_not_there(self, cast):
        assert do(cast.chief, "nonsense").status_code == 404
        assert do(cast.chief, "cancel", issue="nonsense").status_code == 404

    def test_costs_the_same_for_one_issue_and_for_many(self, cast):
        daily()
        issuing.plan_ahead(by=None, today=TODAY)
        browser = signed_in(cast.chief)
        browser.get(reverse(PAGE))
        with CaptureQueriesContext(connection) as few:
            browser.get(reverse(PAGE))
        for number in range(5):
            daily(starts_on=date(2020, 1, 2 + number))
            day = TODAY + timedelta(days=16 + number)
            issuing.decide_day(by=cast.chief, day=day, appears="no", reason="检修")
        issuing.plan_ahead(by=None, today=TODAY + timedelta(days=14))
        with CaptureQueriesContext(connection) as many:
            browser.get(reverse(PAGE))
        assert len(many) == len(few)


class TestSingleDays:
    def test_a_day_is_decided_again_and_again(self, cast):
        day = TODAY + timedelta(days=5)
        do(cast.chief, "day", day=day, appears="no", reason="印前设备检修")
        assert "印前设备检修" in shown(cast.editor)
        do(cast.chief, "day", day=day, appears="yes", reason="区两会特刊")
        assert SpecialDay.objects.get().appears == "yes"
        do(cast.chief, "day", day=day, appears="rule")
        assert "区两会特刊" not in shown(cast.editor)

    def test_a_decision_without_a_reason_is_asked_for_one_and_nothing_is_lost(self, cast):
        answer = do(cast.chief, "day", day="2026-12-24", appears="no")
        assert answer.status_code == 409
        assert "请写明原因" in text(answer)
        assert 'value="2026-12-24"' in answer.content.decode()


class TestMisfits:
    def test_an_empty_issue_is_cancelled_with_one_click(self, cast):
        rule = daily()
        issuing.plan_ahead(by=None, today=TODAY)
        Schedule.objects.filter(pk=rule.pk).update(weekdays=[TODAY.isoweekday()])
        (first, *_rest) = Publication(user=cast.chief, at=timezone.now()).misfits
        assert "按日历当日不出报" in shown(cast.chief)
        do(cast.chief, "cancel", issue=first.pk)
        first.refresh_from_db()
        assert first.status == "cancelled"

    def test_one_with_pieces_is_looked_at_first(self, cast):
        day = TODAY + timedelta(days=3)
        issue = factories.issue(cast, factories.draft(cast), day=day)
        Issue.objects.filter(pk=issue.pk).update(slot=day)
        page = signed_in(cast.chief).get(reverse(PAGE)).content.decode()
        assert "已上 1 篇稿" in page
        assert reverse("admin:publication_do", args=["cancel"]) not in page


class TestTheCalendar:
    """What the rules add to the newsroom's calendar."""

    NOW = datetime(2026, 11, 30, 10, tzinfo=ZoneInfo("Asia/Shanghai"))

    def at(self, span, cast):
        return Calendar(span, user=cast.chief, at=self.NOW)

    def test_issues_to_come_stand_on_their_days_and_none_on_days_passed(self, cast):
        factories.weekly(1, 3)
        found = entries(self.at(month_around(date(2026, 12, 1)), cast))
        days = [day for day, entry in found if entry.kind == "expected"]
        assert days[:3] == [date(2026, 11, 30), date(2026, 12, 2), date(2026, 12, 7)]
        first = next(entry for _day, entry in found if entry.kind == "expected")
        assert "date=2026-11-30" in first.url

    def test_a_day_without_an_issue_says_why(self, cast):
        factories.weekly(1)
        day = date(2026, 12, 7)
        issuing.decide_day(by=cast.chief, day=day, appears="no", reason="印前设备检修")
        found = entries(self.at(month_around(day), cast))
        assert [entry.title for on, entry in found if on == day] == ["印前设备检修"]

    def test_a_year_not_announced_is_said_on_each_issue_to_come(self, cast):
        year = next(year for year in range(2027, 2100) if not working_time.is_announced(year))
        factories.weekly(1)
        found = entries(self.at(month_around(date(year, 3, 1)), cast))
        notes = [note.words for _day, entry in found for note in entry.notes]
        assert "放假安排未公布" in notes

    def test_deadlines_stand_in_a_week_and_in_a_month_when_at_hand(self, cast):
        factories.weekly(3)
        issuing.plan_ahead(by=None, today=date(2026, 11, 30))
        week = entries(self.at(week_around(date(2026, 12, 2)), cast))
        due = [(day, entry.state) for day, entry in week if entry.kind == "deadline"]
        assert due == [(date(2026, 12, 1), "截稿时间"), (date(2026, 12, 1), "封版时间")]
        month = entries(self.at(month_around(date(2026, 12, 2)), cast))
        assert len([1 for _day, entry in month if entry.kind == "deadline"]) == 2

    def test_a_cancelled_issue_is_called_so_and_does_not_move(self, cast):
        issue = factories.cancelled_issue(cast, day=date(2026, 12, 2))
        found = entries(self.at(month_around(issue.date), cast))
        (entry,) = [entry for day, entry in found if day == issue.date]
        assert "已取消" in entry.state
        assert entry.move == ""


@time_machine.travel(datetime(2026, 11, 29, 17, tzinfo=ZoneInfo("UTC")), tick=False)
def test_today_is_the_newspapers_whatever_zone_the_server_is_in(cast):
    """01:00 on Monday in the newspaper's zone is still Sunday where servers often are."""
    factories.weekly(1)
    made = issuing.plan_ahead(by=None)
    assert made[0].date == date(2026, 11, 30)
