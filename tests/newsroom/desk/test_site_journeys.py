"""The desk in a browser: everybody can use it, nobody loses a word, no policy is broken."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from articles.models import Article
from tests import factories

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WINDOWS = [(1280, 900), (390, 844)]


@pytest.fixture
def cast():
    return factories.Cast()


@pytest.fixture
def opened(page, live_server):
    """Sign somebody in and open one of the desk's pages; a broken policy fails the test."""
    broken = []
    page.on("console", lambda said: broken.append(said.text) if "Policy" in said.text else None)

    def go(user, url, window=WINDOWS[0], scheme="light"):
        page.set_viewport_size({"width": window[0], "height": window[1]})
        page.emulate_media(color_scheme=scheme)
        page.goto(live_server.url + reverse("admin:login"))
        page.fill("[name=username]", user.username)
        page.fill("[name=password]", factories.PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url(live_server.url + reverse("admin:index"))
        page.goto(live_server.url + url)
        page.wait_for_load_state("networkidle")
        assert broken == []
        return page

    return go


def findings(page) -> list:
    """Return what axe finds on a page, and by how much the page is too wide."""
    found = [
        (each["id"], each["nodes"][0]["html"][:200])
        for each in Axe().run(page).response["violations"]
    ]
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return found + ([("too wide", wide)] if wide > 0 else [])


@pytest.mark.parametrize("window", WINDOWS, ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_editors_pages_are_usable_by_all(cast, opened, live_server, window, scheme):
    article = factories.submitted(cast)
    factories.with_photo(article)
    factories.issue(cast)
    addresses = [
        reverse("admin:index"),
        reverse("admin:articles_article_changelist"),
        reverse("admin:articles_article_read", args=[article.pk]),
        reverse("admin:articles_article_compare", args=[article.pk]),
        reverse("admin:articles_article_add"),
    ]
    page = opened(cast.editor, addresses[0], window, scheme)
    for url in addresses:
        page.goto(live_server.url + url)
        page.wait_for_load_state("networkidle")
        assert findings(page) == [], url


def test_a_correspondent_writes_and_submits_on_a_phone(cast, opened):
    page = opened(cast.writer, reverse("admin:articles_article_add"), WINDOWS[1])
    page.fill("#id_headline", "手机上写的一篇")
    page.locator(".ProseMirror").click()
    page.keyboard.type("第一段。")
    page.keyboard.press("Enter")
    page.keyboard.type("第二段。")
    page.select_option("#id_section", label=cast.section.name)
    page.get_by_role("button", name="保存并送审").click()
    page.wait_for_url("**" + reverse("admin:index"))
    article = Article.objects.get()
    assert article.status == Article.Status.IN_REVIEW
    assert article.body == "<p>第一段。</p><p>第二段。</p>"
    assert article.bylines.get().correspondent == cast.correspondent


def test_a_photograph_in_the_text_survives_the_editor(cast, opened):
    article = factories.draft(cast)
    photo = factories.with_photo(article)
    figure = f'<figure data-photo="{photo.pk}" data-size="half"></figure>'
    article.body = f"<p>前文。</p>{figure}<p>后文。</p>"
    article.save()
    page = opened(cast.writer, reverse("admin:articles_article_change", args=[article.pk]))
    page.locator(".ProseMirror p").first.click()
    page.keyboard.press("End")
    page.keyboard.type("加一句。")
    page.get_by_role("button", name="保存", exact=True).click()
    page.locator(".messagelist").wait_for()
    article.refresh_from_db()
    assert article.body == f"<p>前文。加一句。</p>{figure}<p>后文。</p>"


def test_leaving_with_unsaved_words_asks_first(cast, opened):
    article = factories.draft(cast)
    page = opened(cast.writer, reverse("admin:articles_article_change", args=[article.pk]))
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.fill("#id_deck", "没有存的副题")
    page.get_by_role("link", name="我的稿件").first.click()
    page.wait_for_url("**" + reverse("admin:index"))
    assert asked == ["beforeunload"]


def test_the_menu_of_the_text_speaks_chinese(cast, opened):
    article = factories.draft(cast)
    page = opened(cast.writer, reverse("admin:articles_article_change", args=[article.pk]))
    bar = page.locator(".prose-menubar")
    names = bar.locator("button").evaluate_all("all => all.map(b => b.getAttribute('aria-label'))")
    shown = [name for name in names if name]
    assert "小标题" in shown
    assert [name for name in shown if name.isascii()] == []
