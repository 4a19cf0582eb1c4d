"""The whole way, clicked: a piece is filed, signed by three, goes out by time, and is read."""

import re
import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from articles.models import Article
from issues import workflow as planning
from issues.models import Issue
from tests import factories

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
HEADLINE = "修车铺门前多了一盏声控灯"
WORDS = "石桥街口的修车铺门前，入夜后多了一盏拍手就亮的灯。"


@pytest.fixture
def cast(browser):
    """The cast, after the browser: its loop would take a second connection to the database."""
    return factories.Cast()


@pytest.fixture
def desk(browser, live_server):
    """Return a way in: a window of their own for each person who signs in."""
    windows = []

    def enter(user, width=1280):
        window = browser.new_context(
            locale="zh-CN", timezone_id="Asia/Shanghai", viewport={"width": width, "height": 900}
        )
        windows.append(window)
        page = window.new_page()
        page.goto(f"{live_server.url}/{settings.ADMIN_PATH}/")
        page.fill("[name=username]", user.username)
        page.fill("[name=password]", factories.PASSWORD)
        page.press("[name=password]", "Enter")
        page.get_by_text(user.name).first.wait_for()
        return page

    yield enter
    for window in windows:
        window.close()


def form_of(live_server, article):
    return f"{live_server.url}/{settings.ADMIN_PATH}/articles/article/{article.pk}/change/"


def file_a_piece(page, live_server, cast):
    """Write and submit on a phone, the way a correspondent does."""
    page.goto(f"{live_server.url}/{settings.ADMIN_PATH}/articles/article/add/")
    page.fill("[name=headline]", HEADLINE)
    page.locator(".ProseMirror:visible").first.click()
    page.keyboard.type(WORDS)
    page.select_option("[name=section]", label=cast.section.name)
    page.fill("[name=bylines-0-name]", "苗青禾")
    do(page, "submit")
    return Article.objects.get(headline=HEADLINE)


def do(page, verb):
    """Press the button of a verb, in the form or beside the reading view."""
    button = f"button[name=_verb][value={verb}], form[action*='/{verb}/'] button"
    page.locator(button).first.click()
    page.wait_for_load_state()


def sign(page, live_server, article):
    page.goto(form_of(live_server, article))
    do(page, "claim")
    page.goto(form_of(live_server, article))
    do(page, "sign")


def test_a_piece_goes_from_a_phone_to_the_paper(desk, page, live_server, cast):
    article = file_a_piece(desk(cast.writer, width=390), live_server, cast)
    assert article.status == Article.Status.IN_REVIEW
    assert WORDS in article.body
    for position, signer in enumerate([cast.editor, cast.desk_head, cast.chief], start=1):
        article.refresh_from_db()
        assert article.round.position == position
        sign(desk(signer), live_server, article)
    article.refresh_from_db()
    assert article.status == Article.Status.APPROVED

    issue = planning.plan(by=cast.issue_editor, date=timezone.localdate(), pages=[(1, "要闻")])
    planning.place(issue, by=cast.issue_editor, article=article, page=1, weight="lead")
    editor = desk(cast.issue_editor)
    editor.goto(f"{live_server.url}/{settings.ADMIN_PATH}/issues/issue/{issue.pk}/change/")
    editor.get_by_role("button", name=re.compile("封版")).first.click()
    editor.wait_for_load_state()
    issue.refresh_from_db()
    assert issue.status == Issue.Status.CLOSED
    # From here on nobody does anything: time publishes.
    planning.schedule(issue, by=cast.issue_editor, at=timezone.now() + timedelta(seconds=3))
    page.goto(live_server.url)
    assert HEADLINE not in page.content()
    assert page.goto(live_server.url + article.get_absolute_url()).status == 404
    time.sleep(3.2)
    page.goto(live_server.url)
    page.get_by_role("link", name=HEADLINE).first.click()
    page.wait_for_url(f"**{article.get_absolute_url()}")
    assert WORDS in page.inner_text("article, main")


def test_a_returned_piece_comes_back_to_its_author_with_the_reason(desk, live_server, cast):
    article = factories.submitted(cast)
    editor = desk(cast.editor)
    editor.goto(form_of(live_server, article))
    do(editor, "claim")
    editor.goto(form_of(live_server, article))
    editor.get_by_role("link", name="退改…").click()
    editor.locator("#verb-return_ textarea").fill("请补上报名方式。")
    do(editor, "return_")
    article.refresh_from_db()
    assert article.status == Article.Status.DRAFT
    writer = desk(cast.writer, width=390)
    assert "请补上报名方式。" in writer.inner_text("body")
