"""Planning in the desk: a new issue filled in by the calendar, its numbers, templates, rules."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from issues import workflow
from issues.admin import schedules as _schedules  # noqa: F401 - the registers tried here
from issues.calendar_forms import ReplanForm
from issues.models import Issue, PageFormat, PageTemplate, Schedule
from issues.templatetags.planned import prospects
from newsroom.people import working_time
from tests import factories
from tests.articles.desk_pages import signed_in, text

pytestmark = pytest.mark.django_db

ADD = "admin:issues_issue_add"
SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = date(2026, 11, 30)


@pytest.fixture
def cast():
    return factories.Cast()


def told(issue):
    return "｜".join(fact.words for fact in prospects(issue)["facts"])


def moment(name, day, hour):
    return {f"{name}_0": day, f"{name}_1": hour}


def begin(cast, **data):
    facts = {"date": "2026-11-30", "sequence": 1, "kind": "regular"} | data
    return signed_in(cast.issue_editor).post(reverse(ADD), facts)


class TestANewIssue:
    def test_is_filled_in_by_the_rule_of_its_day(self, cast):
        factories.weekly(1, 3, 5)
        friday = factories.weekly(5, pages=2, starts_on=date(2020, 1, 2))
        page = signed_in(cast.chief).get(reverse(ADD) + "?date=2026-12-04")
        initial = page.context["form"].initial
        assert initial["template"] == friday.template_id
        assert initial["planned_time"] == datetime(2026, 12, 4, 6, tzinfo=SHANGHAI)
        assert initial["copy_due_at"] == datetime(2026, 12, 3, 17, tzinfo=SHANGHAI)
        assert initial["closes_by"] == datetime(2026, 12, 3, 20, tzinfo=SHANGHAI)

    def test_begins_with_the_next_day_that_wants_one(self, cast):
        tomorrow = timezone.localdate() + timedelta(days=1)
        factories.weekly(*range(1, 8), on_holiday="appear")
        factories.issue(cast, day=tomorrow)
        page = signed_in(cast.chief).get(reverse(ADD))
        assert page.context["form"].initial["date"] == tomorrow + timedelta(days=1)

    @pytest.mark.parametrize("day", ["", "2026-13-01", "nonsense", "9999-12-31", "0001-01-01"])
    def test_a_day_that_is_none_is_filled_in_as_tomorrow(self, cast, day):
        page = signed_in(cast.chief).get(reverse(ADD), {"date": day, "kind": "nonsense"})
        assert page.status_code == 200
        tomorrow = timezone.localdate() + timedelta(days=1)
        assert page.context["form"].initial["date"] == tomorrow

    def test_says_what_is_special_about_its_day(self, cast):
        factories.issue(cast, day=date(2026, 10, 1))
        page = text(signed_in(cast.chief).get(reverse(ADD) + "?date=2026-10-01"))
        assert "国庆节" in page
        assert "当日已有一期" in page
        year = next(year for year in range(2026, 2100) if not working_time.is_announced(year))
        page = text(signed_in(cast.chief).get(reverse(ADD) + f"?date={year}-03-01"))
        assert f"{year}年的放假安排尚未公布" in page or f"{year}" in page

    def test_takes_the_pages_of_a_template_with_their_formats(self, cast):
        template = factories.page_template(pages=2)
        size = PageFormat.objects.create(name="试验版", characters=5000)
        template.pages.filter(number=2).update(format=size)
        begin(cast, template=template.pk, **moment("planned_time", "2026-11-30", "06:00"))
        issue = Issue.objects.get()
        assert [page.format for page in issue.pages.order_by("number")] == [None, size]

    @pytest.mark.parametrize("pages", ["", "要闻"])
    def test_wants_a_template_or_names_and_not_both(self, cast, pages):
        template = factories.page_template()
        data = {"pages": pages} if not pages else {"pages": pages, "template": template.pk}
        answer = begin(cast, **data)
        assert answer.context["form"].errors["pages"]
        assert not Issue.objects.exists()

    def test_deadlines_after_the_hour_are_refused_in_a_sentence_and_nothing_is_lost(self, cast):
        answer = begin(
            cast,
            pages="要闻",
            title="元旦特刊",
            **moment("planned_time", "2026-11-30", "06:00"),
            **moment("closes_by", "2026-11-30", "09:00"),
        )
        assert "晚于上线时间" in text(answer)
        assert "元旦特刊" in answer.content.decode()
        assert not Issue.objects.exists()

    def test_an_extra_on_a_storm_day_goes_without_number_beside_the_days_issue(self, cast):
        factories.issue(cast, day=MONDAY)
        page = signed_in(cast.chief).get(reverse(ADD) + "?date=2026-11-30&kind=extra")
        initial = page.context["form"].initial
        assert (initial["sequence"], initial["unnumbered"]) == (2, True)
        begin(cast, kind="extra", unnumbered="on", sequence=2, pages="号外", title="暴雪红色预警")
        extra = Issue.objects.get(kind="extra")
        assert (extra.numbered, extra.slot, extra.address) == (False, None, "2026-11-30-2")
        assert "不编总期号" in told(extra)

    def test_only_an_extra_goes_without(self, cast):
        answer = begin(cast, unnumbered="on", pages="要闻")
        assert "只有号外" in text(answer)

    def test_a_combined_issue_takes_two(self, cast):
        begin(cast, kind="combined", combines=2, pages="要闻")
        issue = Issue.objects.get()
        assert issue.combines == 2
        assert "第1—2期" in told(issue)

    @pytest.mark.parametrize("combines", [1, 10])
    def test_a_combined_issue_of_one_or_of_ten_is_refused(self, cast, combines):
        answer = begin(cast, kind="combined", combines=combines, pages="要闻")
        assert "2 至 9" in text(answer)


class TestTheBoard:
    def test_says_the_number_to_come_the_deadlines_and_the_order(self, cast):
        hour = timezone.now() + timedelta(days=3)
        earlier = factories.issue(cast, day=MONDAY)
        issue = factories.issue(
            cast, day=MONDAY + timedelta(days=2), planned_time=hour,
            copy_due_at=timezone.now() - timedelta(hours=1), closes_by=hour,
        )  # fmt: skip
        page = text(
            signed_in(cast.editor).get(reverse("admin:issues_issue_change", args=[issue.pk]))
        )
        assert "现在封版即为第1期" in page
        assert "截稿" in page
        assert earlier.address in told(issue)
        late = {fact.tone for fact in prospects(issue)["facts"] if "截稿" in fact.words}
        assert late == {"stop"}

    def test_says_that_the_holidays_of_a_year_are_not_known(self, cast):
        year = next(year for year in range(2026, 2100) if not working_time.is_announced(year))
        issue = factories.issue(cast, day=date(year, 3, 1))
        assert f"{year}年放假安排尚未公布" in told(issue)

    def test_says_nothing_of_it_when_closed(self, cast):
        assert told(factories.closed_issue(cast, factories.approved(cast))) == ""

    def test_a_later_one_that_has_its_number_is_told(self, cast):
        factories.closed_issue(cast, factories.approved(cast), day=MONDAY)
        assert "已有期号" in told(factories.issue(cast))

    def test_kind_numbers_and_deadlines_are_changed_together(self, cast):
        issue = factories.issue(cast)
        form = ReplanForm(instance=issue)
        assert form.initial["unnumbered"] is False
        self.act(
            cast, issue, "replan", title="春节合刊", kind="combined", combines=2,
            **moment("planned_time", "2024-02-09", "06:00"),
            **moment("copy_due_at", "2024-02-08", "17:00"),
        )  # fmt: skip
        issue.refresh_from_db()
        assert (issue.kind, issue.combines, issue.title) == ("combined", 2, "春节合刊")
        assert issue.copy_due_at == datetime(2024, 2, 8, 17, tzinfo=SHANGHAI)

    def test_numbers_once_given_stay_as_many(self, cast):
        issue = workflow.reopen(
            factories.closed_issue(cast, factories.approved(cast)), by=cast.chief
        )
        answer = self.act(cast, issue, "replan", kind="combined", combines=2)
        issue.refresh_from_db()
        assert issue.combines == 1
        assert "总期号" in text(answer) or "期号" in text(answer)

    def test_is_cancelled_with_a_reason_and_brought_back(self, cast):
        issue = factories.issue(cast, factories.draft(cast))
        self.act(cast, issue, "cancel", because="印厂停电。")
        issue.refresh_from_db()
        assert issue.status == "cancelled"
        listed = text(signed_in(cast.editor).get(reverse("admin:issues_issue_changelist")))
        assert "已取消" in listed
        self.act(cast, issue, "bring_back")
        issue.refresh_from_db()
        assert issue.status == "planning"

    def test_its_pages_are_kept_as_a_template(self, cast):
        issue = factories.issue(cast, pages=[(1, "要闻"), (2, "副刊")])
        self.act(cast, issue, "keep_template", name="周末两版")
        assert PageTemplate.objects.get().as_pages == [(1, "要闻", None), (2, "副刊", None)]

    @staticmethod
    def act(cast, issue, verb, **data):
        address = reverse("admin:issues_issue_act", args=[issue.pk, verb])
        return signed_in(cast.issue_editor).post(address, data, follow=True)


class TestTheList:
    def test_tells_planners_of_a_number_that_nobody_has(self, cast):
        for days, number in enumerate((100, 103)):
            issue = factories.issue(
                cast, factories.approved(cast), day=MONDAY + timedelta(days=days), number=number
            )
            workflow.close(issue, by=cast.chief)
        address = reverse("admin:issues_issue_changelist")
        assert "101—102" in text(signed_in(cast.chief).get(address))
        assert "101—102" not in text(signed_in(cast.editor).get(address))


class TestRulesAndTemplates:
    RULE = {
        "weekdays": ["1", "3", "5"], "starts_on": "2026-11-01", "goes_out_at": "06:00",
        "copy_days_before": 1, "copy_at": "17:00", "closing_days_before": 1,
        "closing_at": "20:00", "on_holiday": "skip",
    }  # fmt: skip

    def test_a_planner_writes_a_rule(self, cast):
        data = {**self.RULE, "template": factories.page_template().pk}
        answer = signed_in(cast.issue_editor).post(reverse("admin:issues_schedule_add"), data)
        assert answer.status_code == 302
        assert Schedule.objects.get().weekdays == [1, 3, 5]

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"weekdays": []}, "至少选一个"),
            ({"copy_at": "21:00"}, "晚于封版"),
            ({"closing_days_before": 0, "copy_days_before": 1, "closing_at": "07:00"}, "晚于上线"),
            ({"ends_on": "2026-10-01"}, "早于"),
        ],
    )
    def test_a_rule_that_cannot_be_is_refused_in_a_sentence(self, cast, wrong, sentence):
        data = {**self.RULE, "template": factories.page_template().pk, **wrong}
        answer = signed_in(cast.issue_editor).post(reverse("admin:issues_schedule_add"), data)
        assert sentence in text(answer)
        assert not Schedule.objects.exists()

    def test_an_editor_looks_and_changes_nothing(self, cast):
        rule = factories.weekly(1)
        address = reverse("admin:issues_schedule_change", args=[rule.pk])
        browser = signed_in(cast.editor)
        assert browser.get(address).status_code == 200
        assert browser.post(address, self.RULE).status_code == 403

    def test_a_template_is_written_with_its_pages_in_one_form(self, cast):
        data = {
            "name": "平日两版", "is_offered": "on",
            "pages-TOTAL_FORMS": 2, "pages-INITIAL_FORMS": 0,
            "pages-0-number": 1, "pages-0-name": "要闻",
            "pages-1-number": 2, "pages-1-name": "副刊",
        }  # fmt: skip
        signed_in(cast.issue_editor).post(reverse("admin:issues_pagetemplate_add"), data)
        assert PageTemplate.objects.get().as_pages == [(1, "要闻", None), (2, "副刊", None)]

    def test_a_page_is_taken_out_of_a_template(self, cast):
        template = factories.page_template(pages=2)
        first, second = template.pages.all()
        data = {
            "name": template.name, "is_offered": "on",
            "pages-TOTAL_FORMS": 2, "pages-INITIAL_FORMS": 2,
            "pages-0-id": first.pk, "pages-0-number": 1, "pages-0-name": "要闻",
            "pages-1-id": second.pk, "pages-1-number": 2, "pages-1-DELETE": "on",
        }  # fmt: skip
        address = reverse("admin:issues_pagetemplate_change", args=[template.pk])
        signed_in(cast.issue_editor).post(address, data)
        assert [page[0] for page in template.as_pages] == [1]
