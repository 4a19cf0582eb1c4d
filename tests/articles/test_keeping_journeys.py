"""Whatever ends while somebody types, nothing is lost: clicked and cut off in a browser.

``pytest -m journey -s tests/articles/test_keeping_journeys.py`` prints what was lost, and how long
the server waited for it.
"""

import contextlib
import os
import signal
import sys
import time

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.urls import reverse
from playwright.sync_api import Error as PlaywrightError

from articles.markup import paragraphs
from articles.models import Article, Autosave
from tests import factories, serving
from tests.conftest import CHROMIUM, CHROMIUM_FLAGS
from tests.test_journey_of_an_issue import cast  # noqa: F401 - a fixture

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WORDS = "石桥街口的修车铺门前多了一盏灯"
MORE = "，拍一拍手就会亮起来。"
PROMISE = 5.0  # seconds within which typing is on the server
WINDOW = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai"}


@pytest.fixture
def window(browser):
    """A window with a session of its own; a broken script fails the test."""
    context = browser.new_context(**WINDOW, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(10_000)
    broken = []
    context.on("weberror", lambda error: broken.append(error.error))
    yield context
    context.close()
    assert not broken, broken


@pytest.fixture
def article(cast):  # noqa: F811 - the fixture above
    return factories.draft(cast, headline="", body="<p></p>")


def sign_in(page, base, user):
    page.goto(f"{base}/{settings.ADMIN_PATH}/")
    page.fill("[name=username]", user.username)
    page.fill("[name=password]", factories.PASSWORD)
    page.press("[name=password]", "Enter")
    page.get_by_text(user.name).first.wait_for()


def form_at(base, article):
    if article is None:
        return base + reverse("admin:articles_article_add")
    return base + reverse("admin:articles_article_change", args=[article.pk])


def begin(window, base, user, article):
    """Sign in, open the form, and put the cursor into the text."""
    page = window.new_page()
    sign_in(page, base, user)
    page.goto(form_at(base, article))
    page.locator(".ProseMirror").first.click()
    return page


def on_the_server(user) -> str:
    """Return the text that is kept of somebody."""
    row = Autosave.objects.of(user).unsaved().order_by("-kept_at").first()
    return "".join(paragraphs(row.content["body"][0])) if row else ""


def waited_for(words, user, longest=PROMISE + 3) -> float:
    """Return after how many seconds the server had some words."""
    began = time.monotonic()
    while on_the_server(user) != words:
        assert time.monotonic() - began < longest, (on_the_server(user), words)
        time.sleep(0.05)
    return time.monotonic() - began


def state(page):
    return page.locator("#saved-line").get_attribute("data-state")


def copies(page) -> int:
    """Return how many copies of typing this browser holds."""
    names = page.evaluate("Object.keys(localStorage)")
    return sum(name.startswith("newsroom-typing:") for name in names)


def told(occasion, lost="0 characters", waited=None):
    late = "" if waited is None else f", on the server after {waited:.1f} s"
    sys.stdout.write(f"\n{occasion}: lost {lost}{late}\n")


def test_typing_is_on_the_server_within_five_seconds(window, live_server, cast, article):  # noqa: F811
    page = begin(window, live_server.url, cast.writer, article)
    page.keyboard.type(WORDS)
    waited = waited_for(WORDS, cast.writer)
    told("typing and pausing", waited=waited)
    assert waited < PROMISE
    page.locator("#saved-line[data-state=kept]").wait_for()
    page.keyboard.type("一" * 60, delay=100)  # six seconds without a pause
    assert len(on_the_server(cast.writer)) > len(WORDS)
    waited = waited_for(WORDS + "一" * 60, cast.writer)
    told("typing without a pause for six seconds", waited=waited)


def test_the_network_is_cut(window, live_server, cast, article):  # noqa: F811
    page = begin(window, live_server.url, cast.writer, article)
    page.keyboard.type(WORDS)
    waited_for(WORDS, cast.writer)
    window.set_offline(True)
    page.keyboard.type(MORE)
    page.locator("#saved-line[data-state=unsaved]").wait_for()
    page.locator("#keeping-banner .banner.stop").wait_for()
    assert copies(page) == 1
    window.set_offline(False)
    told("the network is cut", waited=waited_for(WORDS + MORE, cast.writer, 12))
    page.locator("#saved-line[data-state=kept]").wait_for()
    assert page.locator("#keeping-banner .banner").count() == 0
    assert copies(page) == 0


def test_the_session_ends_and_goes_on_in_place(window, live_server, cast, article):  # noqa: F811
    page = begin(window, live_server.url, cast.writer, article)
    page.keyboard.type(WORDS)
    waited_for(WORDS, cast.writer)
    Session.objects.all().delete()
    page.keyboard.type(MORE)
    banner = page.locator("#keeping-banner .banner.warn")
    banner.wait_for()
    page.locator("button[name=_save]").first.click()  # is held back, nothing leaves the page
    with window.expect_page() as opened:
        banner.get_by_role("link").click()
    door = opened.value
    door.fill("[name=username]", cast.writer.username)
    door.fill("[name=password]", factories.PASSWORD)
    door.press("[name=password]", "Enter")
    door.get_by_text("已重新登录").first.wait_for()
    began = time.monotonic()
    told("the session ends", waited=waited_for(WORDS + MORE, cast.writer))
    assert time.monotonic() - began < PROMISE
    page.locator("#saved-line[data-state=kept]").wait_for()
    page.locator("button[name=_save]").first.click()
    page.locator(".messagelist").wait_for()
    article.refresh_from_db()
    assert WORDS + MORE in article.body


def test_somebody_else_signs_in_there(window, live_server, cast, article):  # noqa: F811
    page = begin(window, live_server.url, cast.writer, article)
    page.keyboard.type(WORDS)
    waited_for(WORDS, cast.writer)
    window.clear_cookies()
    sign_in(window.new_page(), live_server.url, cast.other_writer)
    page.bring_to_front()
    page.keyboard.type(MORE)
    page.locator("#keeping-banner .banner.stop").wait_for()
    time.sleep(1)
    assert not Autosave.objects.of(cast.other_writer).exists()
    assert on_the_server(cast.writer) == WORDS
    window.clear_cookies()
    sign_in(window.new_page(), live_server.url, cast.writer)
    told("somebody else signs in", waited=waited_for(WORDS + MORE, cast.writer, 10))


def test_the_server_is_killed_and_comes_back(window, cast, article, transactional_db):  # noqa: F811
    port = serving.free_port()
    base = f"http://127.0.0.1:{port}"
    server = serving.start(port, connection.settings_dict["NAME"])
    try:
        page = begin(window, base, cast.writer, article)
        page.keyboard.type(WORDS)
        waited_for(WORDS, cast.writer)
        server.send_signal(signal.SIGKILL)
        server.wait()
        page.keyboard.type(MORE)
        page.locator("#saved-line[data-state=unsaved]").wait_for()
        server = serving.start(port, connection.settings_dict["NAME"])
        told("the server is killed", waited=waited_for(WORDS + MORE, cast.writer, 20))
        page.locator("#saved-line[data-state=kept]").wait_for()
    finally:
        server.kill()
        server.wait()


@pytest.mark.parametrize("new", [False, True], ids=["piece", "new piece"])
def test_the_tab_is_closed(window, live_server, cast, article, new):  # noqa: F811
    target = None if new else article
    page = begin(window, live_server.url, cast.writer, target)
    page.keyboard.type(WORDS)
    page.close()
    told("the tab is closed at the last key", waited=waited_for(WORDS, cast.writer))
    again = window.new_page()
    again.goto(form_at(live_server.url, target))
    again.locator("#offers summary").first.click()
    assert WORDS in again.locator("#offers").inner_text().replace(" ", "")
    again.get_by_role("button", name="取用").click()
    again.locator(".banner.ok").first.wait_for()
    assert WORDS in again.locator(".ProseMirror").first.inner_text()
    assert Article.objects.filter(body__contains=WORDS).count() == 0
    again.locator("#saved-line[data-state=kept]").wait_for()
    again.locator("button[name=_save]").first.click()
    again.locator(".messagelist").wait_for()
    assert Article.objects.filter(body__contains=WORDS).count() == 1
    again.goto(f"{live_server.url}/{settings.ADMIN_PATH}/")
    assert again.locator("#unsaved-places .banner").count() == 0


def test_the_tab_is_closed_without_a_network(window, live_server, cast, article):  # noqa: F811
    page = begin(window, live_server.url, cast.writer, article)
    page.keyboard.type(WORDS)
    window.set_offline(True)
    time.sleep(0.6)
    page.close()
    window.set_offline(False)
    assert on_the_server(cast.writer) == ""
    again = window.new_page()
    again.goto(form_at(live_server.url, article))
    again.get_by_role("button", name="取用").wait_for()
    assert on_the_server(cast.writer) == WORDS
    assert again.locator(".ProseMirror").first.inner_text().strip() == ""
    told("the tab is closed without a network")


def test_the_browser_is_killed(browser, live_server, cast, article, tmp_path):  # noqa: F811
    """As a phone does it: without a word to the page."""

    def launch():
        return browser.browser_type.launch_persistent_context(
            tmp_path / "profile", executable_path=CHROMIUM, args=CHROMIUM_FLAGS, **WINDOW
        )

    window = launch()
    page = begin(window, live_server.url, cast.writer, article)
    page.keyboard.type(WORDS)
    waited_for(WORDS, cast.writer)
    page.keyboard.type(MORE)
    time.sleep(0.5)
    for process in _browsers(tmp_path / "profile"):
        os.kill(process, signal.SIGKILL)
    with contextlib.suppress(PlaywrightError):  # it may have learnt of its end already, or not
        window.close()
    window = launch()
    try:
        again = window.new_page()
        sign_in(again, live_server.url, cast.writer)
        again.goto(form_at(live_server.url, article))
        again.locator("#offers .offer").first.wait_for()
        time.sleep(0.5)
        found = on_the_server(cast.writer)
    finally:
        window.close()
    told("the browser is killed half a second after the last key",
         f"{len(WORDS + MORE) - len(found)} characters")  # fmt: skip
    assert found.startswith(WORDS)


def _browsers(profile):
    """Return the processes of the browser that was started with a profile."""
    own = f"--user-data-dir={profile}"
    for number in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{number}/cmdline", "rb") as line:
                if own.encode() in line.read():
                    yield int(number)
        except OSError:
            continue


def test_what_is_being_composed_is_not_sent_and_what_was_composed_is(
    window, live_server, cast, article  # noqa: F811
):  # fmt: skip
    page = begin(window, live_server.url, cast.writer, article)
    page.keyboard.type("灯亮了")
    waited_for("灯亮了", cast.writer)
    method = window.new_cdp_session(page)
    for letters in ("s", "sh", "shi", "shiq", "shiqi", "shiqiao"):
        place = {"text": letters, "selectionStart": len(letters), "selectionEnd": len(letters)}
        method.send("Input.imeSetComposition", place)
        time.sleep(0.1)
    time.sleep(4)
    assert on_the_server(cast.writer) == "灯亮了"
    method.send("Input.insertText", {"text": "石桥"})
    told("composed with an input method", waited=waited_for("灯亮了石桥", cast.writer))
