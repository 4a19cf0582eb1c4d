"""A resident reports a mistake without a script; the desk makes a correction of it."""

from datetime import timedelta

import pgtrigger
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db.models import F
from django.urls import reverse
from playwright.sync_api import expect

from articles import workflow
from articles.models import Correction
from newsroom.readers.models import ErrorReport
from tests import factories

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def cast(browser):
    return factories.Cast()


def minutes_pass() -> None:
    """Let the ten minutes be over in which a reader may take a report back."""
    with pgtrigger.ignore():
        ErrorReport.objects.update(left_at=F("left_at") - timedelta(minutes=11))


def test_a_report_becomes_a_correction_and_the_correction_its_answer(browser, live_server, cast):
    article = factories.live_alone(cast, body="<p>灯在周三亮。</p><p>书架靠窗。</p>")
    with browser.new_context(java_script_enabled=False, viewport=PHONE, locale="zh-CN") as reader:
        page = reader.new_page()
        page.goto(live_server.url + article.get_absolute_url())
        page.get_by_role("link", name="报错").click()
        page.get_by_label("灯在周三亮").check()
        page.get_by_label("哪里不对").fill("周三")
        page.get_by_label("应该怎样").fill("周四")
        page.get_by_role("button", name="提交").click()
        if page.get_by_role("alert").is_visible():  # quicker than a person types
            expect(page.get_by_label("应该怎样")).to_have_value("周四")
            page.get_by_role("button", name="提交").click()
        expect(page.get_by_role("heading", name="收到了")).to_be_visible()
        receipt = page.url
        assert reader.cookies() == []

    minutes_pass()
    with browser.new_context(viewport=PHONE, locale="zh-CN") as desk:
        page = desk.new_page()
        page.goto(live_server.url + reverse("admin:login"))
        page.fill("[name=username]", cast.editor.username)
        page.fill("[name=password]", factories.PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url(live_server.url + reverse("admin:index"))
        page.goto(live_server.url + reverse("admin:readers_errorreport_changelist"))
        page.get_by_role("link", name="周三").first.click()
        page.get_by_role("button", name="认领").click()
        page.locator("#verb-draw_up summary").click()
        assert Axe().run(page).response["violations"] == []
        page.locator("#verb-draw_up button[type=submit]").click()
        expect(page.get_by_text("正在逐审签字")).to_be_visible()
        correction = Correction.objects.get()
        assert (correction.wrong, correction.right) == ("周三", "周四")

    for signer in (cast.second_editor, cast.desk_head, cast.chief):
        workflow.sign_correction(correction, by=signer)
    with browser.new_context(viewport=PHONE, locale="zh-CN") as reader:
        page = reader.new_page()
        page.goto(receipt)
        expect(page.get_by_role("heading", name="您说得对")).to_be_visible()
        assert Axe().run(page).response["violations"] == []
