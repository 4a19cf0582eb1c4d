"""A planner sets up a paper for three days a week, in a browser, and its issues come."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from issues.models import Issue
from tests import factories
from tests.test_desk_for_all import signed_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_from_a_template_and_a_rule_to_issues(page, live_server):
    cast = factories.Cast()
    signed_in(page.context, live_server.url, cast.issue_editor)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(live_server.url + reverse("admin:issues_pagetemplate_add"))
    page.get_by_label("名称", exact=False).first.fill("平日两版")
    for row, name in enumerate(("要闻", "副刊")):
        page.locator(f"#id_pages-{row}-number").fill(str(row + 1))
        page.locator(f"#id_pages-{row}-name").fill(name)
    page.get_by_role("button", name="保存", exact=True).click()
    page.goto(live_server.url + reverse("admin:publication"))
    expect(page.get_by_text("还没有出版规则")).to_be_visible()
    page.get_by_role("link", name="新规则").click()
    for day in ("星期一", "星期三", "星期五"):
        page.get_by_label(day).check()
    page.get_by_label("起始日").fill("2026-01-01")
    page.get_by_label("版面模板").select_option(label="平日两版")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page).to_have_url(re.compile(reverse("admin:publication")))
    expect(page.get_by_role("link", name="星期一、星期三、星期五", exact=True)).to_be_visible()
    page.get_by_role("button", name="现在就建").click()
    expect(page.get_by_text("按日历该有的期都已建好。")).to_be_visible()
    made = Issue.objects.planned()
    assert made
    assert {issue.date.isoweekday() for issue in made} <= {1, 3, 5}
    assert [page.name for page in made[0].pages.order_by("number")] == ["要闻", "副刊"]
