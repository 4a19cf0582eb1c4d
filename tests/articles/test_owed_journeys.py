"""Owed signatures in a browser: everybody can use the pages, and a debt is settled by clicking."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from articles import workflow
from articles.models import Article, OwedSignature
from tests import factories

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WINDOWS = {"desktop": (1280, 900), "phone": (390, 844)}


@pytest.fixture
def cast():
    return factories.Cast()


@pytest.fixture
def signed_in(page, live_server):
    def come(user, window=WINDOWS["desktop"], scheme="light"):
        page.set_viewport_size({"width": window[0], "height": window[1]})
        page.emulate_media(color_scheme=scheme)
        page.context.clear_cookies()
        page.goto(live_server.url + reverse("admin:login"))
        page.fill("[name=username]", user.username)
        page.fill("[name=password]", factories.PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url(live_server.url + reverse("admin:index"))
        return page

    return come


def findings(page) -> list:
    found = [
        (each["id"], each["nodes"][0]["html"][:200])
        for each in Axe().run(page).response["violations"]
    ]
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return found + ([("too wide", wide)] if wide > 0 else [])


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_are_usable_by_all(cast, signed_in, live_server, window, scheme):
    article = factories.out_at_once(cast)
    first, second = article.owed_signatures.order_by("round__position")
    workflow.refuse_late(article, by=cast.desk_head, owed=second.pk, reason="水位数字不对。")
    revised = workflow.submit(factories.mended(cast), by=cast.writer, change_note="改了一个词。")
    addresses = [
        reverse("admin:index"),
        reverse("admin:articles_article_owed"),
        reverse("admin:articles_article_debt", args=[article.pk, first.pk]),
        reverse("admin:articles_article_debt", args=[article.pk, second.pk]),
        reverse("admin:articles_article_read", args=[article.pk]),
        reverse("admin:articles_article_read", args=[revised.pk]),
    ]
    page = signed_in(cast.editor, WINDOWS[window], scheme)
    for url in addresses:
        page.goto(live_server.url + url)
        page.wait_for_load_state("networkidle")
        assert findings(page) == [], url


def test_out_at_once_and_signed_by_the_others_from_a_phone(cast, signed_in, live_server):
    article = factories.submitted(cast)
    page = signed_in(cast.chief, WINDOWS["phone"])
    page.goto(live_server.url + reverse("admin:articles_article_read", args=[article.pk]))
    page.get_by_role("link", name="紧急签发…").click()
    asked = page.locator("#verb-publish_at_once")
    asked.get_by_label("为什么等不得").fill("水库泄洪，沿岸居民须马上转移。")
    asked.get_by_role("button", name="紧急签发").click()
    page.get_by_text("其余各审须在24小时内补签").first.wait_for()
    assert Article.objects.live().contains(article)
    for who in (cast.editor, cast.desk_head):
        page = signed_in(who, WINDOWS["phone"])
        page.locator(".banner").get_by_role("link", name=article.headline).click()
        page.get_by_role("button", name="补签第1版").click()
        page.get_by_text("已补签").first.wait_for()
    assert not OwedSignature.objects.open().exists()
