"""What photographs cost a reader: bytes a phone fetches, what moves, how soon the largest is there.

``python -m pytest -n 0 -s -m journey tests/bench_photos.py`` (part of ``make bench``), in Chromium,
on a database of the tests and pictures made here: lines to compare on one machine, not to quote.
"""

import re

import pytest
from django.urls import reverse

from articles import renditions, workflow
from tests import factories
from tests.photographs import TALL, WIDE, hung, kept

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
# A slow mobile network, as page-speed tools have it: 1.6 Mbit a second, 150 ms there and back.
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 9e4}
PICTURE = re.compile(
    r'<picture>.*?<img[^>]* src="([^"]*/)\d+\.jpg"[^>]* width="(\d+)"[^>]*></picture>'
)
WATCH = """(() => {
  window.seen = { moved: 0, largest: 0, what: "" }
  new PerformanceObserver((list) => list.getEntries().forEach((each) => {
    if (!each.hadRecentInput) window.seen.moved += each.value
  })).observe({ type: "layout-shift", buffered: true })
  new PerformanceObserver((list) => list.getEntries().forEach((each) => {
    Object.assign(window.seen, { largest: each.startTime, what: each.element?.localName ?? "" })
  })).observe({ type: "largest-contentful-paint", buffered: true })
})()"""


@pytest.fixture
def addresses(browser):
    """An article with two photographs, as its lead and in its text, and the front it stands on."""
    cast = factories.Cast()
    lying, standing = kept(1, WIDE), kept(2, TALL)
    article = factories.draft(cast)
    hung(article, lying)
    inside = hung(article, standing)
    paragraph = "<p>棠溪区用一个夏秋换下老旧供热管线，三十二个小区提前十天送暖。</p>"
    figure = f'<figure data-photo="{inside.pk}" data-size="full"></figure>'
    article.body = paragraph * 6 + figure + paragraph * 10
    article.save()
    others = [factories.draft(cast) for _piece in range(5)]
    for other in others:
        hung(other, standing)
    for piece in (article, *others):
        workflow.submit(piece, by=cast.writer)
        factories.signed_by(cast, piece, cast.editor, cast.desk_head, cast.chief)
    factories.live_issue(cast, article)
    return {"front": reverse("issues:front"), "article": article.get_absolute_url()}


def in_the_largest_jpeg(html: str) -> str:
    """Return a page as it was before there were renditions: every picture its largest JPEG."""

    def plain(match):
        folder, width = match.groups()
        return f'<img src="{folder}{renditions.name(int(width), "jpg")}" width="{width}">'

    return PICTURE.sub(plain, html)


def read(browser, address, *, largest=False, slow=False, **window) -> tuple[dict, dict]:
    """Read a page to its end; return its photographs' files and bytes, and what was seen."""
    context = browser.new_context(**window)
    page = context.new_page()
    page.add_init_script(WATCH)
    if largest:
        page.route(
            address,
            lambda route: route.fulfill(
                body=in_the_largest_jpeg(route.fetch().text()), content_type="text/html"
            ),
        )
    tools = context.new_cdp_session(page)
    tools.send("Network.enable")
    asked, sizes = {}, {}
    tools.on(
        "Network.requestWillBeSent", lambda e: asked.update({e["requestId"]: e["request"]["url"]})
    )
    tools.on(
        "Network.loadingFinished",
        lambda e: sizes.update({asked.get(e["requestId"], ""): int(e["encodedDataLength"])}),
    )
    if slow:
        tools.send("Network.emulateNetworkConditions", SLOW)
        tools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(address)
    page.wait_for_load_state("networkidle")
    seen = page.evaluate("window.seen")  # before anybody scrolls, as it is defined
    for _screen in range(0, page.evaluate("document.body.scrollHeight"), 500):
        page.mouse.wheel(0, 500)
        page.wait_for_timeout(60)
    page.wait_for_load_state("networkidle")
    seen["moved"] = page.evaluate("window.seen.moved")
    context.close()
    photos = {url: size for url, size in sizes.items() if "/photos/" in url}
    return photos, seen


def test_bytes_a_phone_fetches(browser, live_server, addresses):
    address = live_server.url + addresses["article"]
    for dots in (3, 2):
        window = {"viewport": PHONE, "device_scale_factor": dots, "is_mobile": True}
        now, _seen = read(browser, address, **window)
        before, _seen = read(browser, address, largest=True, **window)
        names = [" ".join(sorted(url.split("/")[-1] for url in each)) for each in (now, before)]
        saved = 1 - sum(now.values()) / sum(before.values())
        print(  # noqa: T201 - what it is for
            f"\nphone, {dots} dots a pixel: {sum(now.values()):9,} bytes  {names[0]}"
            f"\n  as the largest JPEG:  {sum(before.values()):9,} bytes  {names[1]}"
            f"\n  saved: {saved:.1%}"
        )
        assert len(now) == len(before) == 2
        assert saved > 0.75


@pytest.mark.parametrize("slow", [False, True], ids=["as it is", "slow"])
@pytest.mark.parametrize("name", ["front", "article"])
def test_what_moves_and_when_the_largest_is_there(browser, live_server, addresses, name, slow):
    for label, window in (("phone", PHONE), ("desktop", DESKTOP)):
        dots = 2 if window is PHONE else 1
        _photos, seen = read(
            browser, live_server.url + addresses[name], slow=slow, viewport=window,
            device_scale_factor=dots, is_mobile=window is PHONE,
        )  # fmt: skip
        print(  # noqa: T201
            f"\n{name:8} {label:8} {'1.6 Mbit/s, CPU 4x' if slow else 'unthrottled':20}"
            f" CLS {seen['moved']:.4f}  LCP {seen['largest']:6.0f} ms <{seen['what']}>"
        )
        assert seen["moved"] == 0
