"""The board in a browser: a mouse, a keyboard, and two people who see each other's moves."""

import pytest
from django.urls import reverse

from issues.models import Placement
from tests import factories

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SLOW = 20_000  # milliseconds until somebody else's move must have come, on a busy machine


@pytest.fixture
def cast(browser):
    # The browser first: its loop gives this thread a database connection of its own.
    return factories.Cast()


@pytest.fixture
def issue(cast):
    """Page 1 holds 甲 (lead), 乙 and 丙, page 2 nothing; 丁 lies in the tray."""
    pieces = [factories.draft(cast, headline=name) for name in "甲乙丙"]
    factories.draft(cast, headline="丁")
    return factories.issue(cast, *pieces, pages=[(1, "要闻"), (2, "民生")])


@pytest.fixture
def board(browser, live_server, issue):
    """Open the board in a window of somebody's own; an error of a script fails the test."""
    windows, errors = [], []

    def enter(user):
        window = browser.new_context(
            locale="zh-CN", timezone_id="Asia/Shanghai", viewport={"width": 1280, "height": 900}
        )
        window.set_default_timeout(SLOW)
        windows.append(window)
        page = window.new_page()
        page.on("pageerror", lambda error: errors.append(error))
        page.goto(live_server.url + reverse("admin:login"))
        page.fill("[name=username]", user.username)
        page.fill("[name=password]", factories.PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url(live_server.url + reverse("admin:index"))
        page.goto(live_server.url + reverse("admin:issues_issue_change", args=[issue.pk]))
        page.locator("#board-saved[data-state=stored]").wait_for()
        return page

    yield enter
    for window in windows:
        window.close()
    assert not errors, errors


def card(page, name):
    return page.locator(f"#board .card[data-title={name}]")


def said(page, words):
    """Wait until the board has said something to those who listen."""
    page.locator("#board-said", has_text=words).wait_for(state="attached")


def stored(issue):
    return {
        number: "".join(
            Placement.objects.of_issue(issue).on_page(number).values_list(
                "article__headline", flat=True
            )
        )
        for number in (1, 2)
    }  # fmt: skip


def drag(page, name, onto):
    """Press on a card, go to the middle of something, let go; each step where things are then."""
    card(page, name).locator(".meta").hover()
    page.mouse.down()
    page.locator(onto).hover(force=True)
    page.locator(".slot.target").wait_for()
    page.locator(onto).hover(force=True)
    page.mouse.up()


def test_a_mouse_drags_between_pages_and_from_the_tray(board, cast, issue):
    page = board(cast.issue_editor)
    drag(page, "乙", "#page-2 > header")
    said(page, "《乙》在第2版")
    assert stored(issue) == {1: "甲丙", 2: "乙"}
    drag(page, "丁", "#page-2 > header")
    said(page, "《丁》在第2版")
    assert sorted(stored(issue)[2]) == ["丁", "乙"]
    drag(page, "甲", "#tray > .head")
    said(page, "《甲》在待排稿")
    assert stored(issue)[1] == "丙"
    page.get_by_role("button", name="撤销：《甲》").click()
    said(page, "撤销了")
    assert stored(issue)[1] == "甲丙"


def test_a_keyboard_does_all_of_it(board, cast, issue):
    page = board(cast.issue_editor)
    keys = page.keyboard
    card(page, "丙").locator(".grip").focus()
    keys.press("Space")
    said(page, "拿起《丙》。第1版，第 3 位，共 3 位")
    keys.press("ArrowUp")
    said(page, "第1版，第 2 位，共 3 位")
    keys.press("Escape")
    said(page, "放回了原处")
    keys.press("Space")
    said(page, "拿起《丙》")
    keys.press("ArrowRight")
    said(page, "第2版，第 1 位，共 1 位")
    keys.press("Space")
    said(page, "已存：《丙》在第2版，第 1 位")
    assert stored(issue) == {1: "甲乙", 2: "丙"}
    keys.press("l")
    said(page, "《丙》是头条了")
    assert Placement.objects.get(article__headline="丙").weight == "lead"
    for order in ({1: "甲乙", 2: "丙"}, {1: "甲乙丙", 2: ""}):
        page.evaluate("document.getElementById('board-said').textContent = ''")
        keys.press("Control+z")
        said(page, "撤销了")
        assert stored(issue) == order
    assert page.evaluate("document.activeElement.closest('.card').dataset.title") == "丙"


def test_two_people_see_each_other_and_overwrite_nothing(board, cast, issue):
    one, two = board(cast.issue_editor), board(cast.chief)
    one.locator("[data-part=company]", has_text="温以恒").wait_for()
    two.locator("[data-part=company]", has_text="贺知秋").wait_for()
    card(one, "乙").locator(".grip").focus()
    one.keyboard.press("Space")
    said(one, "拿起《乙》")
    card(two, "乙").locator(".grip").focus()
    two.keyboard.press("Space")
    two.keyboard.press("ArrowRight")
    two.keyboard.press("Space")
    said(two, "已存：《乙》在第2版")
    # It is not torn from the hand; what was decided on the older picture is refused in words.
    assert card(one, "乙").get_attribute("class").split().count("held") == 1
    one.keyboard.press("ArrowUp")
    one.keyboard.press("Space")
    one.locator("#board-refused", has_text="温以恒").wait_for()
    assert stored(issue) == {1: "甲丙", 2: "乙"}
    one.locator("#page-2 .card[data-title=乙]").wait_for()
    # Once it has been seen it may be moved, and the other one sees that without doing anything.
    one.keyboard.press("b")
    said(one, "《乙》是简讯了")
    two.locator("#page-2 .card.brief[data-title=乙]").wait_for()
    two.locator("[data-part=moved]", has_text="贺知秋").wait_for()
