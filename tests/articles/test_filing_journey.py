"""Beginning a piece in a browser: Word files with progress, what is pasted, what is offered."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.urls import reverse

from articles.models import Article
from tests import factories
from tests.articles.word_files import drawing, para, picture, word

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PROSE = "初冬的早晨，棠溪河边雾气散去，散步的人多了起来。"
# What Word, WPS and a browser put on the clipboard lies beside; this is what it becomes.
CLIPBOARDS = {
    "word_text": f"<h2>棠溪一河两岸变了样</h2><p>{PROSE}</p>"
    "<p>软连<strong>字符</strong><u>线</u><s>删</s>。坏链"
    '<a href="https://example.cn/" rel="noopener">好链</a></p>',
    "word_lists": "<p>办三件事：</p><ol><li><p>清淤</p><ol><li><p>三公里</p></li></ol></li>"
    "<li><p>截污</p></li></ol><p>还有：</p><ul><li><p>补绿</p></li></ul><p>一、认识要到位</p>",
    "word_table": '<table><tbody><tr><td colspan="2"><p>项目</p></td></tr><tr><td><p>清淤</p></td>'
    "<td><p>3公里</p></td></tr></tbody></table><p>表后的话。</p>",
    "wps_text": f"<p>{PROSE}</p><p><strong>街道补种水杉。</strong></p>",
    "wps_lists": "<ul><li><p>清淤</p></li><li><p>截污</p></li></ul>",
    "web_page": f"<p>{PROSE}</p><p>完。</p>",
}
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PASTE = """([html, text]) => {
  const data = new DataTransfer()
  if (html) data.setData("text/html", html)
  data.setData("text/plain", text)
  const said = { clipboardData: data, bubbles: true, cancelable: true }
  document.querySelector(".ProseMirror").dispatchEvent(new ClipboardEvent("paste", said))
}"""


@pytest.fixture
def cast():
    return factories.Cast()


@pytest.fixture
def desk(page, live_server, cast):
    """Sign the writer in; return how a page of the desk is opened."""
    client = Client()
    client.force_login(cast.writer)
    name = settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
    page.context.add_cookies([cookie])
    return lambda address: page.goto(live_server.url + address)


def manuscript(headline: str = "棠溪一河两岸变了样") -> bytes:
    return word(
        para(headline),
        para(PROSE),
        para(inside=drawing()),
        para("图为河边。孟小满 摄", centred=True),
        pictures={"a.jpeg": picture()},
    )


def sent(name: str, data: bytes) -> dict:
    return {"name": name, "mimeType": DOCX, "buffer": data}


@pytest.mark.parametrize("width", [390, 1280])
def test_files_come_in_one_by_one_and_each_says_what_became_of_it(desk, page, cast, width):
    page.set_viewport_size({"width": width, "height": 844})
    desk(reverse("admin:articles_article_word"))
    files = [
        sent("治水.docx", manuscript()),
        sent("老稿.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")),
        sent("再一篇.docx", manuscript("社区食堂开饭了")),
    ]
    page.set_input_files("#id_files", files)
    page.get_by_role("button", name="上传").click()
    page.get_by_text("3 个文件，2 个已经在采编台里。").wait_for(state="attached")
    assert page.locator(".outcomes > li.filed").count() == 2
    assert "另存为" in page.inner_text(".outcomes > li.refused")
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    assert Axe().run(page).response["violations"] == []
    page.set_input_files("#id_files", files[:1])
    page.get_by_role("button", name="上传").click()
    page.get_by_text("这份文件交过了").wait_for()
    assert Article.objects.count() == 2
    page.get_by_role("link", name="去核对").first.click()
    page.wait_for_url("**/change/")
    assert page.input_value("#id_headline") == "棠溪一河两岸变了样"
    page.locator(".ProseMirror").get_by_text(PROSE).wait_for()


def test_files_come_in_without_a_script_too(browser, live_server, cast):
    client = Client()
    client.force_login(cast.writer)
    name = settings.SESSION_COOKIE_NAME
    with browser.new_context(java_script_enabled=False, locale="zh-CN") as context:
        cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
        context.add_cookies([cookie])
        page = context.new_page()
        page.goto(live_server.url + reverse("admin:articles_article_word"))
        files = [sent("一.docx", manuscript()), sent("二.docx", manuscript("社区食堂开饭了"))]
        page.set_input_files("#id_files", files)
        page.get_by_role("button", name="上传").click()
        page.get_by_role("link", name="社区食堂开饭了").first.wait_for()
        assert page.locator(".outcomes > li.filed").count() == 2


@pytest.mark.parametrize("name", CLIPBOARDS)
def test_what_is_pasted_is_clean(desk, page, cast, name):
    html = (Path(__file__).parent / "clipboards" / f"{name}.html").read_text("utf-8")
    refused = []
    page.on("console", lambda line: refused.append(line.text) if "Policy" in line.text else None)
    article = factories.draft(cast, body="")
    desk(reverse("admin:articles_article_change", args=[article.pk]))
    page.locator(".ProseMirror").click()
    page.evaluate(PASTE, [html, "（只有字）"])
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_text("已保存").first.wait_for()
    article.refresh_from_db()
    assert article.body == CLIPBOARDS[name]
    assert refused == []


def test_plain_words_lose_their_indents_and_the_editors_own_stay(desk, page, cast):
    article = factories.draft(cast, body="<p>一<strong>二</strong>三</p>")
    desk(reverse("admin:articles_article_change", args=[article.pk]))
    page.locator(".ProseMirror").click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.evaluate(PASTE, ["", f"　　{PROSE}\n\n    完。"])
    page.keyboard.press("Enter")
    slice_of = '<p data-pm-slice="1 1 []">甲<strong>乙</strong></p>'
    page.evaluate(PASTE, [slice_of, "甲乙"])
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_text("已保存").first.wait_for()
    article.refresh_from_db()
    assert article.body == (
        f"<p>一<strong>二</strong>三</p><p>{PROSE}</p><p>完。</p><p>甲<strong>乙</strong></p>"
    )


def test_a_piece_begins_from_a_template(desk, page, cast):
    desk(reverse("admin:articles_article_add"))
    templates = page.get_by_role("navigation", name="从模板写")
    templates.get_by_role("link", name="通知").click()
    page.locator(".ProseMirror").get_by_text("小区、路段、人群").wait_for()
    assert page.input_value("#id_headline") == "［什么事］［起止日期］"
    assert templates.get_by_role("link", name="通知").get_attribute("aria-current") == "true"
    assert "居民只问四件事" in page.inner_text(".hints")
