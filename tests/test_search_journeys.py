"""The search by keyboard alone, without scripts, and in every state it can be in: in a browser."""

import pytest
from django.urls import reverse

from articles import finding
from tests import factories
from tests.test_site_for_all import ALL, COLOURS, DARKEST, DESKTOP, NUMBERS, OPENED, ZOOMED, faults

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
# What has the focus, or nothing where that cannot be seen.
FOCUSED = """() => {
  const at = document.activeElement, style = getComputedStyle(at)
  const drawn = style.outlineStyle !== "none" && parseFloat(style.outlineWidth)
  const seen = at.checkVisibility() && drawn
  const called = at.id || at.name || at.textContent.trim() || at.tagName
  return seen ? called : `unseen ${at.outerHTML.slice(0, 120)}`
}"""


@pytest.fixture
def archive(browser):
    """A topic, a page, and pieces enough for two pages of results."""
    cast = factories.Cast()
    factories.lasting_live(cast, factories.topic(cast, headline="灯会三十年"))
    factories.lasting_live(cast, factories.page(cast, headline="灯会期间的投稿"))
    for number in range(3):
        factories.live_alone(cast, headline=f"灯会第{number}夜", body="<p>石桥头的灯会。</p>")
    return cast


def tabbed(page, until: str, most: int = 40) -> list[str]:
    """Press Tab until something has the focus; return what had it on the way."""
    way = []
    while until not in way and len(way) < most:
        page.keyboard.press("Tab")
        way.append(page.evaluate(FOCUSED))
    assert until in way, way
    assert [each for each in way if each.startswith("unseen")] == []
    return way


def test_by_keyboard_alone_something_is_found_narrowed_and_opened(page, live_server, archive):
    page.goto(live_server.url + reverse("issues:front"))
    tabbed(page, "find")
    page.keyboard.type("灯会")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    way = tabbed(page, "灯会三十年")
    order = [way.index(name) for name in ("q", "检索", "when", "应用筛选", "灯会期间的投稿")]
    assert order == sorted(order)
    assert tabbed(page, "灯会第2夜")[0] == "按相关程度"
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles/*/")
    page.go_back()
    tabbed(page, "when")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**when=month*")
    assert page.locator("[name=when]:checked").get_attribute("value") == "month"
    assert page.locator(".hits > li").count() == 3
    assert page.locator(".lasting").count() == 0


def test_without_scripts_all_of_it_works(browser, live_server, archive, monkeypatch):
    monkeypatch.setattr(finding, "PER_PAGE", 2)
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(live_server.url + reverse("articles:search"))
    page.fill("#q", "燈會")
    page.press("#q", "Enter")
    assert page.locator(".hits > li").count() == 2
    page.get_by_role("link", name="下一页").click()
    assert page.locator(".hits > li").count() == 1
    page.get_by_role("link", name="按时间").click()
    page.locator(".sift > summary").click()
    page.get_by_label("民生").check()
    page.get_by_role("button", name="应用筛选").click()
    assert page.locator(".hits > li").count() == 2
    assert "section=minsheng" in page.url
    page.goto(f"{live_server.url}{reverse('articles:search')}?q=灯会&to=2001-01-01")
    page.get_by_role("link", name="取消筛选再找").click()
    assert page.locator(".hits > li").count() == 2
    context.close()


STATES = {
    "": 200, "?q=灯会": 200, "?q=灯会三十": 200, "?q=苗青木": 200, "?q=灯会麒麟楼台": 200,
    "?q=灯会&when=older": 200, "?q=灯会&from=2023-02-02&to=2023-01-01": 400, "?q=灯会&page=9": 404,
    "?q=-灯会": 200,
}  # fmt: skip


def test_every_state_of_the_search_is_usable_by_all(page, live_server, archive):
    wrong = []
    for question, status in STATES.items():
        for look in ("plain", "large"):
            path = reverse("articles:search") + question
            path = path if look == "plain" else f"/large{path}"
            page.emulate_media(color_scheme="light")
            for width in (ZOOMED, DESKTOP):
                page.set_viewport_size({"width": width, "height": 800})
                assert page.goto(live_server.url + path).status == status
                page.evaluate(OPENED)
                wrong += [f"{path} {width}: {said}" for said in faults(page, ALL, NUMBERS[look])]
            page.emulate_media(color_scheme="dark")
            wrong += [f"{path} dark: {said}" for said in faults(page, COLOURS)]
        page.goto(live_server.url + DARKEST + reverse("articles:search") + question)
        wrong += [f"{question} yellow: {said}" for said in faults(page, COLOURS, NUMBERS["large"])]
    assert "\n".join(wrong) == ""
