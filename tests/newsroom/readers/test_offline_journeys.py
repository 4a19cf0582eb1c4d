"""A reader keeps the latest issue on the device, loses the network, and reads on."""

import pytest

from articles import workflow
from newsroom.people.models import SiteSettings
from tests import factories

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

NAMES = "caches.open('latest-issue').then((s) => s.keys()).then((k) => k.map((r) => r.url).join())"
GONE = "navigator.serviceWorker.getRegistration().then((r) => r === undefined)"


def test_offline_it_is_read_what_is_withdrawn_goes_and_switched_off_all_goes(page, live_server):
    cast = factories.Cast()
    stays = factories.approved(cast, headline="留下的题目")
    goes = factories.approved(cast, headline="撤下的题目")
    factories.live_issue(cast, stays, goes)
    address = live_server.url + stays.get_absolute_url()

    page.goto(live_server.url)
    page.get_by_role("button", name="存到本机").click()
    page.get_by_text("本机已存").wait_for()

    page.context.set_offline(True)
    page.goto(address)
    assert "现在没有网络" in page.get_by_role("status").first.inner_text()
    assert page.locator("h1").inner_text() == "留下的题目"
    assert page.evaluate("getComputedStyle(document.body).display") == "flex"  # it is dressed
    page.goto(live_server.url)
    assert page.get_by_text("撤下的题目").count()
    page.goto(f"{live_server.url}/corrections/")
    assert "这一页也没有存在本机" in page.locator("h1").inner_text()

    page.context.set_offline(False)
    workflow.withdraw(goes, by=cast.chief, reason="失实。")
    assert page.goto(live_server.url + goes.get_absolute_url()).status == 410
    page.wait_for_function(f"{NAMES}.then((n) => !n.includes('{goes.get_absolute_url()}'))")
    page.wait_for_function(f"{NAMES}.then((n) => n.includes('{stays.get_absolute_url()}'))")
    page.context.set_offline(True)
    for path in ("/", goes.get_absolute_url(), address.removeprefix(live_server.url)):
        page.goto(live_server.url + path)
        assert not page.get_by_text("撤下的题目").count()

    page.context.set_offline(False)
    SiteSettings.objects.update_or_create(pk=1, defaults={"offline_reading": False})
    page.goto(live_server.url)
    page.wait_for_function(GONE)
    page.wait_for_function("caches.keys().then((names) => !names.length)")
