"""The pages of issues in a browser: what the script adds, and that nothing needs it."""

import pytest
from django.urls import reverse

from articles.models import Article
from issues import proposals
from issues.models import Placement
from tests import factories
from tests.issues.test_import_edition import TEXT
from tests.issues.test_importing import DAY

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(browser):
    # The browser first: its loop gives this thread a database connection of its own.
    return factories.Cast()


@pytest.fixture
def at(cast, page, live_server):
    """Log the issue editor in, and go to a named address."""

    def go(name, *args, by=page):
        by.goto(live_server.url + reverse("admin:login"))
        by.fill("[name=username]", cast.issue_editor.username)
        by.fill("[name=password]", factories.PASSWORD)
        by.press("[name=password]", "Enter")
        by.wait_for_url(live_server.url + reverse("admin:index"))
        by.goto(live_server.url + reverse(name, args=args))
        return by

    return go


@pytest.fixture
def record(cast):
    return proposals.propose(TEXT, by=cast.issue_editor, date=DAY)


def test_a_mend_answers_in_place(at, record):
    page = at("admin:issues_editionimport_change", record.pk)
    page.evaluate("window.stayed = true")
    page.click("#piece-1 .foot button >> nth=1")
    page.wait_for_selector("#piece-1.out")
    assert page.evaluate("window.stayed")
    assert page.evaluate("document.activeElement.id") == "piece-1"


def test_a_mend_works_without_a_script(at, record, browser):
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = at("admin:issues_editionimport_change", record.pk, by=context.new_page())
    page.click("#piece-1 .foot button >> nth=1")
    page.wait_for_selector("#piece-1.out")
    assert page.url.endswith("#piece-1")
    context.close()


def test_a_lost_connection_falls_back_to_the_plain_form(at, record):
    page = at("admin:issues_editionimport_change", record.pk)
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('offline')) }")
    page.click("#piece-1 .foot button >> nth=1")
    page.wait_for_selector("#piece-1.out")
    assert page.url.endswith("#piece-1")


def test_a_piece_moves_on_the_board_without_a_script(at, cast, browser):
    pieces = [factories.draft(cast, headline=name) for name in ("甲", "乙")]
    issue = factories.issue(cast, *pieces)
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = at("admin:issues_issue_change", issue.pk, by=context.new_page())
    card = page.locator(f"#piece-{pieces[1].pk}")
    card.locator("summary").click()
    card.locator("[name=position]").first.click()
    page.wait_for_selector(".messagelist")
    order = Placement.objects.of_issue(issue).values_list("article__headline", flat=True)
    assert list(order) == ["乙", "甲"]
    assert Article.objects.count() == 2
    context.close()
