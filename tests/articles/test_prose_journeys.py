"""The text editor in a browser: typing, tidying, finding, photographs, and the list beside it."""

import re
from io import BytesIO

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.urls import reverse
from PIL import Image

from articles import darkroom
from articles.images import develop
from articles.models import Article
from tests import factories

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PHONE, DESK = (390, 844), (1280, 900)
BODY = '<p>石桥的老闸口开放了,欢迎来.</p><p>老人说"好",又说"走"。</p>'


@pytest.fixture
def cast(browser):
    """The cast, after the browser: its loop would take a second connection to the database."""
    return factories.Cast()


@pytest.fixture
def form(page, live_server):
    """Open the form of a piece, or of a new one; a broken policy fails the test."""
    broken = []

    def hear(said):
        # What axe does to the page has no address; it is no script of ours.
        if "Policy" in said.text and said.location["url"]:
            broken.append(said.text)

    page.on("console", hear)
    # What is typed is kept elsewhere; a request under way would meet the emptying of the tables.
    page.route(re.compile("/keep/"), lambda route: route.abort())

    def go(user, piece=None, window=DESK, scheme="light"):
        client = Client()
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
        )
        page.set_viewport_size({"width": window[0], "height": window[1]})
        page.emulate_media(color_scheme=scheme)
        name, args = ("change", [piece.pk]) if piece else ("add", [])
        page.goto(live_server.url + reverse(f"admin:articles_article_{name}", args=args))
        page.locator(".statusline").wait_for()
        return page

    yield go
    page.goto("about:blank")
    page.wait_for_timeout(200)
    assert broken == []


def end_of_text(page):
    """Put the cursor at the end of the text."""
    page.locator(".ProseMirror > p").last.click()
    page.keyboard.press("Control+End")


def words(page) -> str:
    return page.locator(".ProseMirror").inner_text()


def lines(page) -> list[str]:
    return page.locator("#checks li.stop, #checks li.warn").all_inner_texts()


def photographed(piece, **fields):
    """Put a photograph with a file on a piece."""
    raw = BytesIO()
    Image.new("RGB", (960, 640), "teal").save(raw, "JPEG")
    developed = develop(raw.getvalue())
    darkroom.keep(developed)
    return factories.with_photo(piece, developed.digest, **fields)


# The checklist


def test_the_list_follows_the_typing_and_leads_to_the_field(form, cast):
    page = form(cast.writer)
    assert any("主题" in line for line in lines(page))
    page.fill("[name=headline]", "老厂房里开出一座“家门口”图书馆")
    page.select_option("[name=section]", label=cast.section.name)
    end_of_text(page)
    page.keyboard.insert_text("石桥开门了,")
    page.locator("#checks li", has_text="半角").wait_for()
    assert not any("还没有主题" in line or "栏目" in line for line in lines(page))
    assert "拦" not in page.locator("#checks .counts").inner_text()
    assert "提醒" in page.locator("#checks-said").inner_text()
    page.locator("#checks a", has_text="半角").click()
    assert page.evaluate("document.activeElement.matches('.ProseMirror')")
    page.locator("#checks a", has_text="单位审核人").click()
    assert page.evaluate("document.activeElement.id") == "id_unit_head"
    page.fill("[name=unit_head]", "陶然")
    page.locator("#checks li", has_text="没有单位审核人").wait_for(state="detached")
    assert not Article.objects.exists()


def test_on_a_phone_the_list_is_one_line_that_opens(form, cast):
    page = form(cast.writer, window=PHONE)
    summary = page.locator("#checks summary")
    assert "3 拦" in summary.inner_text()
    assert not page.locator("#checks ul").is_visible()
    assert summary.bounding_box()["height"] >= 44
    page.locator(".dock a", has_text="3 拦").click()
    page.locator("#checks a", has_text="栏目").click()
    assert page.evaluate("document.activeElement.id") == "id_section"


def test_without_an_answer_the_list_says_so_and_typing_goes_on(form, cast):
    page = form(cast.writer)
    page.route("**/check/", lambda route: route.abort())
    page.fill("[name=headline]", "题")
    page.locator("#checks.stale").wait_for()
    page.unroute("**/check/")
    page.fill("[name=headline]", "题目")
    page.locator("#checks.stale").wait_for(state="detached")


# Punctuation


def test_tidying_is_one_step_that_can_be_undone(form, cast):
    page = form(cast.writer, factories.draft(cast, body=BODY))
    end_of_text(page)
    page.keyboard.insert_text("后来呢")
    page.get_by_role("button", name="全角标点").click()
    assert "改好 6 处标点" in page.locator(".said").inner_text()
    assert "石桥的老闸口开放了，欢迎来。" in words(page)
    assert "老人说“好”，又说“走”。后来呢" in words(page)
    page.keyboard.press("Control+z")
    assert "石桥的老闸口开放了,欢迎来." in words(page)
    assert '老人说"好",又说"走"。后来呢' in words(page)
    page.keyboard.press("Control+Shift+z")
    page.get_by_role("button", name="全角标点").click()
    assert "没有要改的" in page.locator(".said").inner_text()


def test_tidying_keeps_the_cursor_and_the_look_of_every_word(form, cast):
    body = "<p>石桥,<strong>老,闸口</strong>开放了<br>,欢 , 迎.后来</p>"
    page = form(cast.writer, factories.draft(cast, body=body))
    end_of_text(page)
    for _key in "后来":
        page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(500)  # the browser tells of a moved cursor a moment later
    page.get_by_role("button", name="全角标点").click()
    page.keyboard.insert_text("啦")
    assert page.input_value("[name=body]") == (
        "<p>石桥，<strong>老，闸口</strong>开放了<br>，欢，迎。啦后来</p>"
    )


def test_only_what_is_selected_is_tidied(form, cast):
    page = form(cast.writer, factories.draft(cast, body=BODY))
    page.locator(".ProseMirror > p").first.click(click_count=3)
    page.get_by_role("button", name="全角标点").click()
    assert "开放了，欢迎来。" in words(page)
    assert '老人说"好",又说"走"。' in words(page)


def test_quotes_pair_while_typing_unless_somebody_turns_it_off(form, cast):
    page = form(cast.writer, factories.draft(cast, body="<p>他</p>"))
    end_of_text(page)
    page.keyboard.type('说"好"')
    assert "他说“好”" in words(page)
    page.keyboard.press("Control+z")
    assert words(page).strip().endswith('“好"')
    page.get_by_role("button", name="自动引号").click()
    page.keyboard.type('又"')
    assert words(page).strip().endswith('又"')
    page.reload()
    page.locator(".statusline").wait_for()
    assert page.get_by_role("button", name="自动引号").get_attribute("aria-pressed") == "false"


def test_an_input_method_is_not_disturbed(form, cast):
    page = form(cast.writer, factories.draft(cast, body="<p>石桥</p>"))
    end_of_text(page)
    keys = page.context.new_cdp_session(page)
    for typed in ("n", "ni", "ni'", "ni'h", "ni'hao", '"', "ni'hao"):
        keys.send(
            "Input.imeSetComposition",
            {"text": typed, "selectionStart": len(typed), "selectionEnd": len(typed)},
        )
        assert words(page).strip() == f"石桥{typed}"
        assert page.locator(".counted b").inner_text() == "2"
    keys.send("Input.insertText", {"text": "你好"})
    page.wait_for_function("document.querySelector('.counted b').textContent === '4'")
    assert words(page).strip() == "石桥你好"
    assert "你好" in page.input_value("[name=body]")


def test_an_input_method_goes_on_while_places_are_marked(form, cast):
    page = form(cast.writer, factories.draft(cast, body="<p>石桥和石桥</p>"))
    end_of_text(page)
    page.keyboard.press("Control+f")
    page.keyboard.insert_text("石桥")
    assert page.locator(".ProseMirror .found").count() == 2
    end_of_text(page)
    keys = page.context.new_cdp_session(page)
    for typed in ("s", "shi", "shi'q", "shi'qiao"):
        where = {"selectionStart": len(typed), "selectionEnd": len(typed)}
        keys.send("Input.imeSetComposition", {"text": typed, **where})
    assert words(page).strip() == "石桥和石桥shi'qiao"
    keys.send("Input.insertText", {"text": "石桥"})
    page.wait_for_function("document.querySelectorAll('.ProseMirror .found').length === 3")
    assert words(page).strip() == "石桥和石桥石桥"


# Counts


def test_the_line_counts_like_the_server_and_counts_what_is_selected(form, cast):
    body = (
        "<h2>小 标题</h2><p>一二三，<strong>四</strong>五&nbsp;六。</p>"
        "<ul><li><p>七</p></li></ul><table><tbody><tr><td><p>八 abc</p></td></tr></tbody></table>"
    )
    piece = factories.draft(cast, body=body)
    page = form(cast.writer, piece)
    assert page.locator(".counted b").inner_text() == str(piece.characters)
    assert "4 段" in page.locator(".counted").inner_text()
    page.locator(".ProseMirror h2").click(click_count=3)
    page.locator(".chosen", has_text="选中 3 字").wait_for()
    page.keyboard.press("Control+End")
    page.locator(".chosen", has_text="选中").wait_for(state="detached")
    page.keyboard.insert_text("九十")
    page.locator(".counted b", has_text=str(piece.characters + 2)).wait_for()


# Find and replace


def test_words_are_found_and_replaced_by_the_keyboard_alone(form, cast):
    page = form(cast.writer, factories.draft(cast, body=BODY + "<p>老街。</p>"))
    page.locator(".ProseMirror").focus()
    page.keyboard.press("Control+Home")
    page.keyboard.press("Control+f")
    page.keyboard.insert_text("老")
    count = page.locator(".prose-find .cnt")
    assert count.inner_text() == "第 1 处，共 3 处"
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert count.inner_text() == "第 3 处，共 3 处"
    page.keyboard.press("Shift+Enter")
    assert count.inner_text() == "第 2 处，共 3 处"
    page.locator("#find-instead").focus()
    page.keyboard.insert_text("旧")
    page.keyboard.press("Enter")
    assert "旧人说" in words(page)
    assert count.inner_text() == "第 2 处，共 2 处"
    page.get_by_role("button", name="全部替换").press("Enter")
    assert "旧闸口" in words(page)
    assert "旧街" in words(page)
    assert "替换了 2 处" in count.inner_text()
    page.keyboard.press("Control+z")
    assert "老闸口" in words(page)
    page.get_by_role("button", name="全部替换").press("Enter")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('.ProseMirror')")
    assert page.locator(".ProseMirror .found").count() == 0
    page.keyboard.type("又")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    assert "老闸口" in words(page)
    assert "老街" in words(page)
    assert "旧人说" in words(page)  # an own step


def test_looking_for_words_is_no_change_of_the_piece(form, cast):
    page = form(cast.writer, factories.draft(cast, body=BODY))
    page.evaluate(
        "document.forms.article_form.addEventListener('input', () => { window.typed = 1 })"
    )
    page.locator(".ProseMirror").focus()
    page.keyboard.press("Control+f")
    page.keyboard.insert_text("没有这句")
    assert page.locator(".prose-find .cnt").inner_text() == "没有找到"
    page.keyboard.press("Enter")
    assert page.evaluate("window.typed") is None
    assert re.search(r"/change/$", page.url)


# Photographs


def test_a_photo_is_put_in_sized_and_moved_by_the_keyboard(form, cast):
    piece = factories.draft(cast, body=BODY)
    photo = photographed(piece, caption="闸口边的牌子。")
    page = form(cast.writer, piece)
    end_of_text(page)
    page.get_by_role("button", name="插图").press("Enter")
    page.get_by_role("radio", name="半栏").check()
    page.get_by_role("dialog").get_by_role("button", name="闸口边的牌子。").press("Enter")
    shown = page.locator(".ProseMirror figure.prose-photo")
    assert shown.locator("figcaption").inner_text() == "闸口边的牌子。"
    assert shown.locator("img").evaluate("image => image.decode().then(() => image.naturalWidth)")
    page.keyboard.press("Alt+ArrowUp")
    saved = page.input_value("[name=body]")
    figure = f'<figure data-photo="{photo.pk}" data-size="half"></figure>'
    assert saved.index(figure) < saved.index("老人说")
    page.get_by_role("button", name="通栏").click()
    page.fill("[name=photos-0-caption]", "牌子会说话。")
    assert shown.locator("figcaption").inner_text() == "牌子会说话。"
    page.get_by_role("button", name="保存", exact=True).click()
    page.locator(".messagelist").wait_for()
    piece.refresh_from_db()
    assert f'<figure data-photo="{photo.pk}" data-size="full"></figure>' in piece.body
    page.locator(".ProseMirror figure.prose-photo").click()
    page.keyboard.press("Delete")
    assert "<figure" not in page.input_value("[name=body]")


def test_without_a_saved_photo_the_dialog_says_what_to_do(form, cast):
    page = form(cast.writer)
    page.get_by_role("button", name="插图").click()
    assert "拖进正文" in page.get_by_role("dialog").inner_text()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('.ProseMirror')")


# By the keyboard alone, and by everybody


def test_the_menu_is_one_stop_and_the_arrows_go_through_it(form, cast):
    page = form(cast.writer, factories.draft(cast, body="<p>石桥</p>"))
    end_of_text(page)
    page.keyboard.press("Alt+F10")
    assert page.evaluate("document.activeElement.title") == "正文"
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.title") == "小标题"
    page.keyboard.press("Enter")
    assert "<h2>石桥</h2>" in page.input_value("[name=body]")
    page.keyboard.press("Alt+F10")
    page.keyboard.press("End")
    assert page.evaluate("document.activeElement.textContent") == "全屏"
    page.keyboard.press("Enter")
    assert page.locator(".prose-editor.fullscreen").count() == 1
    page.keyboard.press("Escape")
    assert page.locator(".prose-editor.fullscreen").count() == 0
    page.keyboard.press("Alt+F10")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('.ProseMirror')")
    assert page.locator(".prose-menubar button[tabindex='0']").count() == 1


def test_a_table_is_asked_for_in_the_readers_language(form, cast):
    page = form(cast.writer, factories.draft(cast, body="<p>石桥</p>"))
    end_of_text(page)
    page.get_by_role("button", name="表格", exact=True).click()
    dialog = page.get_by_role("dialog")
    assert re.search("[A-Za-z]", dialog.inner_text()) is None
    dialog.get_by_label("行数").fill("2")
    dialog.get_by_role("button", name="插入表格").click()
    page.locator(".ProseMirror table").wait_for()
    saved = page.input_value("[name=body]")
    assert (saved.count("<tr>"), saved.count("<th"), saved.count("<td")) == (2, 3, 3)


def test_the_menu_says_at_once_what_can_be_pressed(form, cast):
    page = form(cast.writer, factories.draft(cast, body="<p>石桥</p>"))
    link = page.get_by_role("button", name="链接", exact=True)
    assert link.get_attribute("aria-disabled") == "true"
    page.locator(".ProseMirror > p").click(click_count=3)
    page.wait_for_function("element => element.ariaDisabled === 'false'", arg=link.element_handle())


def faults(page) -> list:
    """Return what axe finds on a page, and by how much the page is too wide."""
    found = [
        (each["id"], each["nodes"][0]["html"][:200])
        for each in Axe().run(page).response["violations"]
    ]
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return found + ([("too wide", wide)] if wide > 0 else [])


@pytest.mark.parametrize("window", [DESK, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_form_is_usable_by_all_with_everything_open(form, cast, window, scheme):
    piece = factories.draft(cast)
    photo = photographed(piece, alternative_text="")
    piece.body = f'{BODY}<figure data-photo="{photo.pk}" data-size="half"></figure><p>完。</p>'
    piece.save()
    page = form(cast.editor, piece, window, scheme)
    page.locator("#checks details").evaluate("details => { details.open = true }")
    page.locator(".ProseMirror").focus()
    page.keyboard.press("Control+f")
    page.keyboard.insert_text("老")
    assert faults(page) == []
    page.keyboard.press("Escape")
    page.locator("figure.prose-photo").click()
    assert faults(page) == []
    page.get_by_role("button", name="插图").click()
    assert faults(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="全屏").click()
    assert faults(page) == []


@pytest.mark.parametrize("window", [DESK, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_of_levels_is_usable_by_all(form, cast, live_server, window, scheme):
    page = form(cast.chief, None, window, scheme)
    page.goto(live_server.url + reverse("admin:articles_checklistrule_changelist"))
    assert faults(page) == []
