"""Two people at one piece, each in a browser of their own."""

import pytest
from django.urls import reverse

from articles import workflow
from articles.models import Lock, Unsaved
from tests import factories
from tests.test_desk_for_all import findings, signed_in
from tests.test_journey_of_an_issue import cast  # noqa: F401 - a fixture

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WINDOW = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai"}
PHONE = {"width": 390, "height": 844}
SECONDS = 8_000  # milliseconds within which one sees the other
BODY = "<p>柳岸街道的老厂房亮起阅读灯。</p><p>居民凭身份证就能借书，一次五册。</p>"


@pytest.fixture
def piece(cast):  # noqa: F811
    article = factories.draft(cast, body=BODY, headline="老厂房里开出图书馆", deck="")
    return workflow.save(article, by=cast.writer, write=article.save)


@pytest.fixture
def desks(browser, live_server, cast, piece):  # noqa: F811
    """The form of the piece in the writer's browser and in the editor's; on a phone the latter."""
    opened, broken = [], []
    for who, width in ((cast.writer, 1280), (cast.editor, 390)):
        context = browser.new_context(**WINDOW, viewport={"width": width, "height": 900})
        context.on("weberror", lambda error: broken.append(error.error))
        signed_in(context, live_server.url, who)
        page = context.new_page()
        page.goto(live_server.url + reverse("admin:articles_article_change", args=[piece.pk]))
        opened.append(page)
    yield opened
    for page in opened:
        page.context.close()
    assert not broken, broken


def press_save(page):
    page.locator("button[name=_save]").click()
    page.wait_for_load_state()


def type_at_end(page, number, words):
    page.locator(".ProseMirror p").nth(number).click()
    page.keyboard.press("End")
    page.keyboard.type(words)


def test_they_see_each_other_and_what_one_saved_is_brought_in(cast, desks, piece):  # noqa: F811
    writer, editor = desks
    for page, other in ((writer, cast.editor), (editor, cast.writer)):
        page.locator("#together-list").get_by_text(other.name).wait_for(timeout=SECONDS)
    type_at_end(writer, 0, "开馆首日人很多。")
    editor.fill("[name=deck]", "编辑加的副题")
    press_save(editor)
    newer = writer.locator("#together-newer")
    newer.wait_for(timeout=SECONDS)
    assert cast.editor.name in newer.inner_text()
    assert findings(writer, "light") == []
    press_save(writer)
    piece.refresh_from_db()
    assert piece.deck == "编辑加的副题"
    assert "开馆首日人很多。" in piece.body
    assert cast.editor.name in writer.locator(".messagelist").inner_text()
    editor.close()
    writer.locator("#together-list").get_by_text(cast.editor.name).wait_for(
        state="detached", timeout=SECONDS
    )


def test_one_paragraph_that_both_changed_is_chosen_by_keyboard_and_on_a_phone(desks, piece):
    writer, editor = desks
    type_at_end(writer, 1, "作者加的话。")
    press_save(writer)
    type_at_end(editor, 1, "编辑加的话。")
    press_save(editor)
    clash = editor.locator(".clash")
    assert clash.count() == 1
    assert "作者加的话" in clash.inner_text()
    assert "编辑加的话" in clash.inner_text()
    assert findings(editor, "light") == []
    clash.locator("input[type=radio]").first.focus()
    for _key in range(2):
        editor.keyboard.press("ArrowDown")
    press_save(editor)
    piece.refresh_from_db()
    one, other = piece.body.index("作者加的话"), piece.body.index("编辑加的话")
    assert one < other


def test_a_lock_is_seen_by_the_other_and_their_typing_kept(cast, desks, piece):  # noqa: F811
    writer, editor = desks
    type_at_end(writer, 0, "还没有存的话。")
    editor.locator("button[name=lock-minutes]").first.click()
    editor.wait_for_load_state()
    assert Lock.objects.live().get().holder == cast.editor
    writer.locator("#together-list .locked").wait_for(timeout=SECONDS)
    press_save(writer)
    assert cast.editor.name in writer.locator(".banner.stop").inner_text()
    assert "还没有存的话" in writer.content()


@pytest.mark.parametrize("width", [390, 1280])
def test_without_a_script_places_are_chosen_too(browser, live_server, cast, piece, width):  # noqa: F811
    context = browser.new_context(
        **WINDOW, java_script_enabled=False, viewport={"width": width, "height": 900}
    )
    signed_in(context, live_server.url, cast.writer)
    page = context.new_page()
    page.goto(live_server.url + reverse("admin:articles_article_change", args=[piece.pk]))
    page.fill("[name=deck]", "作者的副题")
    piece.deck = "编辑的副题"
    workflow.save(piece, by=cast.editor, write=piece.save)
    press_save(page)
    page.locator(".clash input[value=theirs]").check()
    press_save(page)
    piece.refresh_from_db()
    assert piece.deck == "编辑的副题"
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_was_changed_and_what_was_kept_can_be_read_by_all(
    browser,
    live_server,
    cast,  # noqa: F811
    piece,
    scheme,
):
    kept = Unsaved.objects.create(
        article=piece, by=cast.editor, reason="overlap", revision=1,
        places=[["第 2 段", "打的字", "已存的字"]], fingerprint="f",
    )  # fmt: skip
    context = browser.new_context(**WINDOW, color_scheme=scheme, viewport=PHONE)
    signed_in(context, live_server.url, cast.editor)
    page = context.new_page()
    for name, args in (("meanwhile", [piece.pk, 0]), ("unsaved", [piece.pk, kept.pk])):
        page.goto(live_server.url + reverse(f"admin:articles_article_{name}", args=args))
        assert findings(page, scheme) == []
    context.close()
