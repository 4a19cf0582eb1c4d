"""Photographs as residents meet them, in a browser: sharp, unmoved, one after the other."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from articles import workflow
from articles.kinds import Kind
from tests import factories
from tests.photographs import hung, kept

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
# Wide enough for a phone with three dots a pixel, and quickly made.
LYING, STANDING_UP = (1000, 667), (1000, 1500)
WINDOWS = [(390, 844), (768, 1024), (1280, 900), (1920, 1080)]
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}

STANDING = """() => [...document.querySelectorAll("main picture img")].flatMap((image) => {
  const box = image.getBoundingClientRect()
  const shown = box.width && image.checkVisibility()
  if (!shown) return []
  const ratio = image.getAttribute("width") / image.getAttribute("height")
  const cut = getComputedStyle(image).objectFit === "cover"
  // What a candidate with a width is drawn at: what sizes said.
  return [{ place: image.closest("[class]").className, said: image.naturalWidth,
            needed: cut ? Math.max(box.width, box.height * ratio) : box.width,
            file: image.currentSrc.split("/").pop(), whole: image.complete }]
})"""
SHIFTS = """() => {
  window.shifted = []
  new PerformanceObserver((list) => window.shifted.push(...list.getEntries().map((each) => [
    each.value, each.sources.map((source) => String(source.node?.outerHTML).slice(0, 200))])))
    .observe({ type: "layout-shift", buffered: true }) }"""


@pytest.fixture
def cast(browser):
    """The cast, after the browser: its loop would take a second connection to the database."""
    return factories.Cast()


@pytest.fixture
def paper(cast):
    """Addresses of a front page, an article, a photo story and a section, all with photographs."""
    pictures = [kept(1, LYING), kept(2, STANDING_UP), kept(1, LYING)]
    article = factories.draft(cast)
    hung(article, pictures[0])
    wide, half = (hung(article, picture) for picture in pictures[1:])
    article.body = (
        "<p>开头的一段话。</p>" * 5
        + f'<figure data-photo="{wide.pk}" data-size="full"></figure>'
        + "<p>中间的一段话，说得更长一些，好让半幅的图片旁边有字。</p>" * 4
        + f'<figure data-photo="{half.pk}" data-size="half"></figure>'
        + "<p>结尾的一段话。</p>" * 8
    )
    article.save()
    story = factories.draft(cast, kind=Kind.PHOTO_STORY)
    for number, picture in enumerate(pictures, 1):
        hung(story, picture, caption=f"第{number}幅：灯下的长桌。")
    others = [factories.draft(cast) for _piece in range(6)]
    for other in others:
        hung(other, pictures[0])
    pieces = [article, story, *others]
    for piece in pieces:
        workflow.submit(piece, by=cast.writer)
        factories.signed_by(cast, piece, cast.editor, cast.desk_head, cast.chief)
    factories.live_issue(cast, *pieces)
    return {
        "front": reverse("issues:front"),
        "article": article.get_absolute_url(),
        "story": story.get_absolute_url(),
        "section": reverse("articles:section", args=[cast.section.slug]),
    }


def scroll_through(page):
    """Scroll to the end as a reader does, so that everything is fetched that is ever shown."""
    height = page.evaluate("document.body.scrollHeight")
    for _screen in range(0, height, 500):
        page.mouse.wheel(0, 500)
        page.wait_for_timeout(40)
    page.wait_for_load_state("networkidle")


def test_pictures_are_asked_for_as_wide_as_they_stand_and_move_nothing(page, live_server, paper):
    """Layout and ``sizes`` are written in two places; here they meet."""
    page.add_init_script(f"({SHIFTS})()")
    wrong = []
    for window in WINDOWS:
        page.set_viewport_size(dict(zip(("width", "height"), window, strict=True)))
        for name, path in paper.items():
            page.goto(live_server.url + path)
            scroll_through(page)
            standing = page.evaluate(STANDING)
            assert standing, name
            for each in standing:
                far = abs(each["said"] - each["needed"]) / each["needed"]
                if far > 0.12 and not each["file"].startswith("480."):
                    wrong.append((name, window[0], each))
            shifted = page.evaluate("window.shifted")
            if shifted:
                wrong.append((name, window[0], shifted))
    assert wrong == []


def test_a_phone_fetches_the_file_that_fits_it(browser, live_server, paper):
    context = browser.new_context(viewport=PHONE, device_scale_factor=3, is_mobile=True)
    page = context.new_page()
    fetched = []
    page.on("response", lambda response: fetched.append((response.url, response.headers)))
    page.goto(live_server.url + paper["article"])
    scroll_through(page)
    photos = {url.split("/")[-1]: headers for url, headers in fetched if "/photos/" in url}
    context.close()
    assert set(photos) == {"480.avif", "960.avif"}
    assert {headers["content-type"] for headers in photos.values()} == {"image/avif"}


def test_a_gallery_is_whole_without_a_script(browser, live_server, paper):
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + paper["story"])
    pictures = page.locator(".gallery li")
    assert pictures.count() == 3
    assert [each.inner_text().split()[0] for each in pictures.all()] == [
        "第1幅：灯下的长桌。", "第2幅：灯下的长桌。", "第3幅：灯下的长桌。",
    ]  # fmt: skip
    assert "2 / 3" in pictures.nth(1).inner_text()
    assert not page.get_by_role("button", name="下一张").is_visible()
    page.locator(".gallery li").nth(2).scroll_into_view_if_needed()  # it scrolls by itself
    assert page.locator(".gallery li img").nth(2).is_visible()
    context.close()


@pytest.mark.parametrize("window", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_with_it_buttons_keys_and_the_full_screen_lead_through(page, live_server, paper, window):
    broken = []
    page.on("console", lambda said: broken.append(said.text) if said.type == "error" else None)
    page.set_viewport_size(window)
    page.goto(live_server.url + paper["story"])
    gallery = page.locator(".gallery")
    count = gallery.locator(".strip__at").first
    gallery.get_by_role("button", name="下一张").click()
    gallery.locator("li").nth(1).locator("img").wait_for()
    page.wait_for_timeout(500)  # it glides there
    assert page.evaluate("document.querySelector('.strip').scrollLeft") > 100
    assert count.inner_text().endswith("2 / 3")
    assert "第2张，共3张" in count.text_content()
    assert count.get_attribute("aria-live") == "polite"
    gallery.locator(".strip").first.focus()
    page.keyboard.press("ArrowRight")
    assert count.inner_text().endswith("3 / 3")
    opener = gallery.get_by_role("button", name="全屏看")
    opener.click()
    viewer = page.get_by_role("dialog", name="全屏看图")
    assert viewer.locator(".strip__at").inner_text().endswith("3 / 3")
    assert viewer.evaluate("dialog => dialog.contains(document.activeElement)")
    page.keyboard.press("Home")
    assert viewer.locator(".strip__at").inner_text().endswith("1 / 3")
    viewer.get_by_role("button", name="上一张").click()
    assert viewer.locator(".strip__at").inner_text().endswith("3 / 3")
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Escape")
    assert not viewer.is_visible()
    assert opener.evaluate("button => button === document.activeElement")
    assert count.inner_text().endswith("2 / 3")
    assert broken == []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []


def test_an_old_sealed_text_shows_its_pictures_from_the_new_doors(page, live_server, cast):
    """Before renditions had formats, sealed texts named WebP files in an ``img`` alone."""
    picture = kept(1, LYING)
    article = factories.draft(cast)
    photo = hung(article, picture)
    article.body = (
        f'<p>前。</p><figure data-photo="{photo.pk}" data-size="full"></figure><p>后。</p>'
    )
    article.save()
    workflow.submit(article, by=cast.writer)
    factories.signed_by(cast, article, cast.editor, cast.desk_head, cast.chief)
    workflow.publish_alone(article, by=cast.chief)
    article.refresh_from_db()
    html = article.sealed.html
    old = re.sub(r"<source[^>]*>", "", html).replace("<picture>", "").replace("</picture>", "")
    old = old.replace(".jpg", ".webp")

    def as_it_was(route):
        text = route.fetch().text()
        assert html in text
        route.fulfill(body=text.replace(html, old), content_type="text/html")

    page.route(f"**{article.get_absolute_url()}", as_it_was)
    page.set_viewport_size(DESKTOP)
    page.goto(live_server.url + article.get_absolute_url())
    image = page.locator(".prose figure img")
    image.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    assert image.evaluate("image => image.naturalWidth") > 0
    assert image.evaluate("image => image.currentSrc").endswith(".webp")
    assert round(image.bounding_box()["width"]) == 680
