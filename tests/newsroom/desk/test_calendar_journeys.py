"""The calendar in a browser: with a mouse, with keys alone, without a script; usable by all."""

from datetime import datetime, time, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone

from articles.models import Article
from issues import planning
from tests import factories

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WINDOWS = [(1280, 900), (390, 844)]


@pytest.fixture
def cast(browser):
    # The browser first: its loop gives this thread a database connection of its own.
    return factories.Cast()


@pytest.fixture
def at(page, live_server):
    """Sign somebody in and go to an address; a broken policy fails the test."""
    broken = []

    def go(user, url, by=page, window=WINDOWS[0]):
        by.on("console", lambda said: broken.append(said.text) if "Policy" in said.text else None)
        by.set_viewport_size({"width": window[0], "height": window[1]})
        by.goto(live_server.url + reverse("admin:login"))
        by.fill("[name=username]", user.username)
        by.fill("[name=password]", factories.PASSWORD)
        by.press("[name=password]", "Enter")
        by.wait_for_url(live_server.url + reverse("admin:index"))
        by.goto(live_server.url + url)
        by.wait_for_load_state("networkidle")
        assert broken == []
        return by

    return go


def findings(page) -> list:
    """Return what axe finds on a page, and by how much the page is too wide."""
    found = [
        (each["id"], each["nodes"][0]["html"][:200])
        for each in Axe().run(page).response["violations"]
    ]
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return found + ([("too wide", wide)] if wide > 0 else [])


def next_month(day: int):
    """Return a day of the month after this one."""
    first = timezone.localdate().replace(day=1) + timedelta(days=31)
    return first.replace(day=day)


def planned(cast, day):
    issue = factories.issue(cast, factories.draft(cast), day=day)
    hour = timezone.make_aware(datetime.combine(day, time(6)))
    return planning.replan(issue, by=cast.chief, title="", planned_time=hour)


def month(day) -> str:
    return f"{reverse('admin:calendar')}?month={day:%Y-%m}"


def cell(page, day):
    return page.locator(f'[data-day="{day}"]')


def test_an_issue_is_dragged_to_another_day_and_moves_once_that_is_confirmed(cast, at):
    issue, to = planned(cast, next_month(10)), next_month(12)
    page = at(cast.issue_editor, month(to))
    cell(page, issue.date).locator("[data-move]").drag_to(cell(page, to))
    asking = page.locator("dialog #asking")
    asking.wait_for()
    assert f"{to.month}月{to.day}日 06:00" in asking.inner_text()
    issue.refresh_from_db()
    assert issue.date == next_month(10)
    asking.get_by_role("button", name="改到").click()
    page.locator(".messagelist").wait_for()
    issue.refresh_from_db()
    assert issue.date == to
    assert timezone.localtime(issue.planned_time).time() == time(6)
    assert cell(page, to).locator(".k-issue").count() == 1


def test_what_is_left_alone_stays(cast, at):
    issue, to = planned(cast, next_month(10)), next_month(12)
    page = at(cast.issue_editor, month(to))
    cell(page, issue.date).locator("[data-move]").drag_to(cell(page, to))
    page.locator("dialog [data-close]").first.click()
    assert not page.locator("dialog[open]").count()
    issue.refresh_from_db()
    assert issue.date == next_month(10)


def test_keys_alone_do_the_same(cast, at):
    issue = planned(cast, next_month(10))
    other = planned(cast, next_month(11))
    page = at(cast.issue_editor, month(issue.date))
    cell(page, other.date).locator(".ti").focus()
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.closest('[data-day]').dataset.day") == str(
        issue.date
    )
    page.keyboard.press("m")
    asking = page.locator("dialog #asking")
    asking.wait_for()
    to = next_month(20)
    # What a date input takes from a keyboard depends on the language of the browser.
    asking.locator("[name=day]").fill(str(to))
    asking.locator("[name=day]").press("Enter")
    page.locator("dialog [name=seen]").wait_for(state="attached")
    page.locator("dialog .btn.default").focus()
    page.keyboard.press("Enter")
    page.locator(".messagelist").wait_for()
    issue.refresh_from_db()
    assert issue.date == to


def test_escape_closes_the_question_and_letters_turn_the_pages(cast, at):
    issue = planned(cast, next_month(10))
    page = at(cast.issue_editor, month(issue.date))
    cell(page, issue.date).locator(".ti").focus()
    page.keyboard.press("m")
    page.locator("dialog #asking").wait_for()
    page.keyboard.press("Escape")
    assert not page.locator("dialog[open]").count()
    page.keyboard.press("t")
    page.locator("#today").wait_for()


def test_all_of_it_works_without_a_script(cast, at, browser):
    made, to = factories.asked(cast), timezone.localdate() + timedelta(days=3)
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = at(cast.editor, month(timezone.localtime(made.due_at)), by=context.new_page())
    page.locator(".k-assignment .mv").click()
    page.fill("[name=day]", str(to))
    page.fill("[name=hour]", "09:30")
    page.get_by_role("button", name="看会改动什么").click()
    page.get_by_role("button", name="改到").click()
    page.wait_for_selector(".messagelist")
    made.refresh_from_db()
    assert timezone.localdate(made.due_at) == to
    context.close()


def test_a_lost_connection_leads_to_the_page_of_its_own(cast, at):
    issue = planned(cast, next_month(10))
    page = at(cast.issue_editor, month(issue.date))
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('offline')) }")
    cell(page, issue.date).locator(".mv").click()
    page.wait_for_url("**/calendar/move/**")
    assert page.locator("#asking [name=day]").count()


def test_a_correspondent_begins_what_was_asked_on_a_phone(cast, at):
    made = factories.asked(cast, brief="写三位手艺人。")
    page = at(cast.writer, reverse("admin:index"), window=WINDOWS[1])
    page.get_by_role("button", name="动笔").click()
    page.wait_for_url("**/change/")
    article = Article.objects.get()
    assert article.headline == made.topic
    assert "写三位手艺人。" in page.inner_text(".answered")


@pytest.mark.parametrize(
    ("window", "scheme"),
    [(WINDOWS[0], "light"), (WINDOWS[1], "dark")],
    ids=["desktop", "phone"],
)
def test_the_calendar_and_its_questions_are_usable_by_all(cast, at, live_server, window, scheme):
    issue = planned(cast, timezone.localdate() + timedelta(days=1))
    made, offer = factories.asked(cast, issue=issue, page=1), factories.offered(cast)
    factories.scheduled_alone(cast)
    factories.live_issue(cast, day=timezone.localdate())
    move = reverse("admin:calendar_move", args=["issue", issue.pk])
    addresses = [
        reverse("admin:calendar"),
        f"{reverse('admin:calendar')}?by=pieces",
        f"{reverse('admin:calendar')}?week={timezone.localdate():%G-W%V}",
        move,
        f"{move}?day={timezone.localdate() + timedelta(days=5)}",
        reverse("admin:issues_assignment_changelist"),
        reverse("admin:issues_assignment_add"),
        reverse("admin:issues_assignment_change", args=[made.pk]),
        reverse("admin:issues_assignment_change", args=[offer.pk]),
        reverse("admin:issues_issue_change", args=[issue.pk]),
        reverse("admin:index"),
    ]
    page = at(cast.chief, addresses[0], window=window)
    page.emulate_media(color_scheme=scheme)
    for url in addresses:
        page.goto(live_server.url + url)
        page.wait_for_load_state("networkidle")
        assert findings(page) == [], url
