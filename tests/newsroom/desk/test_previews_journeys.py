"""Walk through a preview on a phone, as an editor and as a bureau head, in Chromium."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone

from newsroom.desk.models import PreviewAnswer
from newsroom.desk.previews import lending
from tests import factories
from tests.test_desk_for_all import signed_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}


def findings(page) -> list:
    """Return what axe finds, and by how much the page is too wide."""
    found = [each["id"] for each in Axe().run(page).response["violations"]]
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return found + ([f"{wide} too wide"] if wide > 0 else [])


def test_an_issue_editor_looks_at_friday_morning_on_a_phone(page, live_server):
    cast = factories.Cast()
    factories.live_issue(cast)
    signed = factories.approved(cast, headline="渡口小学今秋扩班")
    unsigned = factories.submitted(cast, headline="水厂明年再建")
    hour = timezone.now() + timedelta(days=2)
    issue = factories.issue(cast, signed, unsigned, planned_time=hour, day=timezone.localdate(hour))
    signed_in(page.context, live_server.url, cast.issue_editor)
    page.set_viewport_size(PHONE)
    page.goto(f"{live_server.url}{reverse('admin:issues_issue_change', args=[issue.pk])}")
    page.get_by_role("link", name="预览", exact=True).click()
    bar = page.get_by_role("complementary", name="预览")
    bar.get_by_text("1 篇已上版，届时不会见报").click()
    assert bar.get_by_text("水厂明年再建").is_visible()
    assert findings(page) == []
    page.get_by_role("link", name="渡口小学今秋扩班").first.click()
    page.get_by_role("heading", level=1, name="渡口小学今秋扩班").wait_for()
    assert bar.is_visible()
    assert findings(page) == []
    bar.get_by_role("link", name="连同未签稿件（按现稿）").click()
    bar.get_by_text("1 篇未签发，按现稿显示").wait_for()
    assert f",issue-{issue.pk},unsigned/articles/{signed.pk}/" in page.url


def test_a_bureau_head_without_script_or_account_answers(browser, live_server):
    cast = factories.Cast()
    article = factories.submitted(cast, headline="渡口小学今秋扩班")
    lent = lending.lend(by=cast.editor, recipient="邱主任", article=article)
    context = browser.new_context(java_script_enabled=False, viewport=PHONE, locale="zh-CN")
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.goto(f"{live_server.url}{reverse('previews:home', args=[lent.token])}")
    page.get_by_role("link", name="去答复").click()
    page.get_by_label("有意见").check()
    page.get_by_label("意见：哪里不对，应是什么").fill("应为六个班。")
    page.get_by_label("八位验证码").fill("12")
    page.get_by_role("button", name="把答复交给编辑部").click()
    page.get_by_text("验证码不对").wait_for()
    assert page.get_by_label("意见：哪里不对，应是什么").input_value() == "应为六个班。"
    page.get_by_label("八位验证码").fill(f"{lent.code[:4]} {lent.code[4:]}")
    page.get_by_role("button", name="把答复交给编辑部").click()
    page.get_by_role("heading", name="谢谢，您的答复已交给编辑部。").wait_for()
    assert context.cookies() == []
    context.close()
    assert PreviewAnswer.objects.get().words == "应为六个班。"
