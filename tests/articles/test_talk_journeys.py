"""Comments and versions in a browser: everybody can use the pages; a name after @ is completed."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from articles import workflow
from articles.models import Article, Comment
from tests import factories

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WINDOWS = {"desktop": (1280, 900), "phone": (390, 844)}
BODY = "<p>石桥的早市昨天挪了新家，摊位全数进棚。</p><p>卖豆花的老杜说好。</p>"


@pytest.fixture
def cast():
    return factories.Cast()


@pytest.fixture
def signed_in(page, live_server):
    def come(user, window="desktop", scheme="light"):
        width, height = WINDOWS[window]
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        page.context.clear_cookies()
        page.goto(live_server.url + reverse("admin:login"))
        page.fill("[name=username]", user.username)
        page.fill("[name=password]", factories.PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url(live_server.url + reverse("admin:index"))
        return page

    return come


@pytest.fixture
def claimed(cast):
    article = factories.submitted(cast, body=BODY)
    workflow.name_version(article, by=cast.writer, number=1, name="采访当天的稿")
    return workflow.claim(article, by=cast.editor)


def address(live_server, article, page):
    return live_server.url + reverse(f"admin:articles_article_{page}", args=[article.pk])


def findings(page) -> list:
    found = [
        (each["id"], each["nodes"][0]["html"][:200])
        for each in Axe().run(page).response["violations"]
    ]
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return found + ([("too wide", wide)] if wide > 0 else [])


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_are_usable_by_all(cast, signed_in, live_server, claimed, window, scheme):
    workflow.say(claimed, by=cast.chief, note="@沈予安 问一下", inside=True, paragraph=0)
    workflow.answer(claimed, by=cast.editor, comment=Comment.objects.get().pk, note="问过了")
    claimed.body = BODY.replace("全数", "都").replace("昨天", "前天")
    workflow.save(claimed, by=cast.editor, write=claimed.save)
    other = factories.live_alone(cast)
    page = signed_in(cast.editor, window, scheme)
    pages = [(claimed, name) for name in ("read", "versions", "compare", "change")]
    for article, name in [*pages, (other, "edited")]:
        page.goto(address(live_server, article, name))
        assert findings(page) == [], name
    page.goto(address(live_server, claimed, "read"))
    page.locator("#id_say-note").click()
    page.keyboard.type("请@罗")
    page.get_by_role("option", name="罗嘉言").wait_for()
    assert findings(page) == []


def test_a_comment_is_sent_beside_unsaved_text(cast, signed_in, live_server, claimed):
    page = signed_in(cast.editor)
    page.goto(address(live_server, claimed, "change"))
    page.fill("[name=deck]", "还没存的副题")
    page.locator("#id_say-note").click()
    page.keyboard.type("请@罗")
    option = page.get_by_role("option", name="罗嘉言")
    option.wait_for()
    page.keyboard.press("Enter")
    assert page.input_value("#id_say-note") == "请@罗嘉言 "
    page.keyboard.type("看一眼")
    page.get_by_label("只给编辑部，现在发出").check()
    page.locator("#verb-say").get_by_role("button").click()
    page.locator("#comments .comment", has_text="请@罗嘉言 看一眼").wait_for()
    assert page.input_value("[name=deck]") == "还没存的副题"
    made = Comment.objects.get()
    assert (made.inside, made.mentions.get().person) == (True, cast.desk_head)
    page.locator("#comments summary").click()
    page.locator("#comments [name=answer-note]").fill("@没有这人 在吗")
    page.locator("#comments .answering button").click()
    page.get_by_text("看得到这条批注的人里没有").wait_for()
    assert page.input_value("#comments [name=answer-note]") == "@没有这人 在吗"
    assert page.input_value("[name=deck]") == "还没存的副题"


def test_what_is_for_the_newsroom_proposes_no_author(cast, signed_in, live_server, claimed):
    page = signed_in(cast.chief, "phone")
    page.goto(address(live_server, claimed, "read"))
    page.locator("#id_say-note").click()
    page.keyboard.type("@苗")
    assert page.locator("#colleagues").is_hidden()
    page.get_by_label("作者也看得到，现在发出").check()
    page.locator("#id_say-note").press("End")
    page.keyboard.press("Backspace")
    page.keyboard.type("苗")
    page.get_by_role("option", name="苗青禾").click()
    assert page.input_value("#id_say-note") == "@苗青禾 "


def test_an_old_version_comes_back_with_two_clicks(cast, signed_in, live_server):
    piece = factories.mended(cast)
    page = signed_in(cast.writer, "phone")
    page.goto(address(live_server, piece, "versions"))
    row = page.locator("#version-1")
    row.get_by_text("恢复…").click()
    row.get_by_role("button", name="恢复第1版").click()
    page.get_by_text("已恢复").wait_for()
    restored = Article.objects.get(pk=piece.pk)
    assert restored.latest_version.reason == "restored"
    assert restored.body == restored.sealed.body
    page.get_by_role("button", name="比较选中的两版").click()
    page.wait_for_url("**/compare/**")


def test_j_and_k_go_from_change_to_change(cast, signed_in, live_server, claimed):
    claimed.body = BODY.replace("全数", "都").replace("老杜", "杜师傅")
    workflow.save(claimed, by=cast.editor, write=claimed.save)
    page = signed_in(cast.editor)
    page.goto(address(live_server, claimed, "compare") + "?from=1&to=now")
    for key, focused in (("j", "change-1"), ("j", "change-2"), ("k", "change-1")):
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.id") == focused
