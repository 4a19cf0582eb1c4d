"""Photographs come in by a browser: many at once, cut off and gone on, described, put in order."""

from io import BytesIO

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.sessions.models import Session
from django.urls import reverse

from articles import staging
from articles.models import Article, Autosave, Picture, Upload
from tests import factories
from tests.articles.desk_pages import address
from tests.articles.test_attachment_journey import sign_in
from tests.articles.test_keeping_journeys import cast, window  # noqa: F401 - fixtures
from tests.articles.test_workflow_uploading import jpeg
from tests.scenes import scene

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PUT = "**/photos/*/?at=*"
# Where things stand is asked at the moment of dropping: above it the page may still settle.
DROP = """async ([where, files, onto]) => {
  const sent = new DataTransfer();
  for (const [name, bytes] of files)
    sent.items.add(new File([new Uint8Array(bytes)], name, { type: "image/jpeg" }));
  const place = document.querySelector(where);
  const target = onto ? document.querySelector(onto) : place;
  target.scrollIntoView({ block: "center", behavior: "instant" });
  const { x, y } = target.getBoundingClientRect();
  const at = { clientX: x + 60, clientY: y + 2 };
  const more = { bubbles: true, cancelable: true, dataTransfer: sent, ...at };
  for (const name of ["dragenter", "dragover", "drop"])
    place.dispatchEvent(new DragEvent(name, more));
}"""


@pytest.fixture
def form(window, live_server):  # noqa: F811
    """Open the form of a piece, or of a new one."""

    def go(user, piece=None, width=1280, scheme="light"):
        page = window.new_page()
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        sign_in(page, live_server.url, user)
        new = reverse("admin:articles_article_add")
        page.goto(live_server.url + (address(piece) if piece else new))
        page.locator(".statusline").wait_for()
        return page

    return go


def chosen(data: bytes, name: str = "IMG_1.jpg") -> dict:
    return {"name": name, "mimeType": "image/jpeg", "buffer": data}


def grainy(seed: int = 4) -> bytes:
    """Return a photograph of more than two pieces."""
    raw = BytesIO()
    scene(seed, (2400, 1600)).save(raw, "PNG")
    assert len(raw.getvalue()) > 2 * staging.PIECE
    return raw.getvalue()


def rows(page):
    return page.locator("#photos-group .inline-related.photo:not(.empty-form)")


def arrived(page, count: int):
    page.locator("#photos-group .photo .focus img").nth(count - 1).wait_for()
    return rows(page)


def save(page):
    page.get_by_role("button", name="保存", exact=True).first.click()
    page.locator(".messagelist").wait_for()


def drop(page, where: str, *files, onto: str = ""):
    told = [[name, list(data)] for name, data in files]
    page.evaluate(DROP, [where, told, onto])


def test_many_are_chosen_described_put_in_order_and_saved(form, cast):  # noqa: F811
    page = form(cast.writer, factories.draft(cast), width=390)
    files = [chosen(jpeg(1), "a.jpg"), chosen(b"no picture", "合同.jpg"), chosen(jpeg(2), "b.jpg")]
    page.set_input_files("#photos-more", files)
    arrived(page, 2)
    refused = page.locator(".transfers li", has_text="合同.jpg")
    assert "不是可用的图片" in refused.inner_text()
    assert rows(page).count() == 2
    for at, words in enumerate(("甲", "乙")):
        rows(page).nth(at).locator("[name$=caption]").fill(words)
    first = rows(page).nth(0)
    first.get_by_role("button", name="采用").click()
    assert first.locator("[name$=credit]").input_value() == "苗青禾 摄"
    first.get_by_role("button", name="下移").click()
    assert [rows(page).nth(at).locator("[name$=caption]").input_value() for at in (0, 1)] == list(
        "乙甲"
    )
    box = rows(page).nth(0).locator(".focus img").bounding_box()
    rows(page).nth(0).locator(".focus").click(
        position={"x": box["width"] / 4, "y": box["height"] / 2}
    )
    left = rows(page).nth(0).locator(".crops img").first
    assert left.evaluate("image => image.style.objectPosition").startswith("25% 50")
    save(page)
    photos = list(Article.objects.get().photos.all())
    assert [photo.caption for photo in photos] == ["乙", "甲"]
    assert photos[0].focal_x == pytest.approx(0.25, abs=0.02)
    assert photos[1].credit == "苗青禾 摄"
    assert not any(photo.alternative_text for photo in photos)


def test_what_is_cut_off_goes_on_where_it_stopped(form, cast):  # noqa: F811
    page = form(cast.writer, factories.draft(cast))
    sent = []

    def cut(route):
        sent.append(route.request.url)
        if len(sent) in (2, 3):
            route.abort()
        else:
            route.continue_()

    page.route(PUT, cut)
    page.set_input_files("#photos-more", [chosen(grainy(), "big.png")])
    page.locator(".transfers .state.warn", has_text="连不上").wait_for()
    page.get_by_role("button", name="现在重试").click()
    arrived(page, 1)
    starts = [int(url.split("at=")[1]) for url in sent]
    assert starts.count(0) == 1
    assert starts[1] == starts[2] == starts[3] == staging.PIECE
    assert Upload.objects.get().digest == Picture.objects.get().digest


def test_an_ended_session_is_said_and_gone_on_from(form, cast, live_server):  # noqa: F811
    page = form(cast.writer, factories.draft(cast))
    page.route(PUT, lambda route: route.abort())
    page.set_input_files("#photos-more", [chosen(grainy(), "big.png")])
    page.locator(".transfers .state.warn", has_text="连不上").wait_for()
    Session.objects.all().delete()
    page.unroute(PUT)
    page.locator(".transfers .state.warn", has_text="登录过期").wait_for()
    sign_in(page, live_server.url, cast.writer)
    arrived(page, 1)
    assert Upload.objects.get().person == cast.writer


def test_one_dropped_into_the_text_stands_where_it_was_dropped(form, cast):  # noqa: F811
    piece = factories.draft(cast, body="<p>第一段。</p><p>第二段。</p>")
    page = form(cast.writer, piece)
    second = ".ProseMirror > p:nth-of-type(2)"
    page.locator(second).wait_for()
    drop(page, ".ProseMirror", ("a.jpg", jpeg(1)), onto=second)
    page.locator(".ProseMirror figure img").wait_for()
    save(page)
    piece.refresh_from_db()
    photo = piece.photos.get()
    assert piece.body.index("第一段") < piece.body.index(f'data-photo="{photo.pk}"')
    assert piece.body.index(f'data-photo="{photo.pk}"') < piece.body.index("第二段")


def test_the_tab_closes_before_saving_and_nothing_is_lost(form, cast):  # noqa: F811
    page = form(cast.writer)
    drop(page, "#photos-group", ("a.jpg", jpeg(1)))
    arrived(page, 1).nth(0).locator("[name$=caption]").fill("灯会开幕")
    page.locator("#saved-line[data-state=kept]").wait_for()
    page.close(run_before_unload=False)
    assert Autosave.objects.get().content["photos-0-taken"] == [str(Upload.objects.get().key)]
    page = form(cast.writer)
    page.get_by_role("button", name="取回到表单").or_(
        page.locator(".offer [name=_take]")
    ).first.click()
    arrived(page, 1)
    assert page.locator("[name=photos-0-caption]").input_value() == "灯会开幕"
    assert page.locator(".waiting").count() == 0


def test_one_like_it_is_shown_and_used_instead(form, cast):  # noqa: F811
    other = factories.draft(cast, headline="去年的灯会")
    page = form(cast.writer, other)
    page.set_input_files("#photos-more", [chosen(jpeg(5))])
    arrived(page, 1).nth(0).locator("[name$=caption]").fill("灯会开幕")
    save(page)
    raw = BytesIO()
    scene(5).resize((600, 400)).save(raw, "JPEG", quality=60)
    page = form(cast.writer, factories.draft(cast))
    page.set_input_files("#photos-more", [chosen(raw.getvalue(), "small.jpg")])
    warning = page.locator(".photo .double")
    warning.wait_for()
    assert "去年的灯会" in warning.inner_text()
    assert warning.locator("img").count() == 2
    warning.get_by_role("button", name="用已有的那张").click()
    warning.wait_for(state="detached")
    page.locator(".proposal", has_text="灯会开幕").get_by_role("button").click()
    save(page)
    photo = Article.objects.exclude(pk=other.pk).get().photos.get()
    assert photo.digest == other.photos.get().digest
    assert photo.caption == "灯会开幕"


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_the_form_with_photographs_is_readable_for_everybody(form, cast, width, scheme):  # noqa: F811
    page = form(cast.writer, factories.draft(cast), width=width, scheme=scheme)
    page.set_input_files("#photos-more", [chosen(jpeg(1)), chosen(b"x", "合同.jpg")])
    arrived(page, 1).nth(0).locator(".facts summary").click()
    found = Axe().run(page, context="#photos-group").response["violations"]
    assert [(each["id"], [n["html"][:120] for n in each["nodes"]]) for each in found] == []
    if width == 390:
        small = page.evaluate(
            """() => [...document.querySelectorAll('#photos-group button, #photos-group summary')]
            .map(each => [each.textContent.trim(), each.getBoundingClientRect()])
            .filter(([, box]) => box.height && (box.height < 43.5 || box.width < 43.5))
            .map(([words, box]) => `${words} ${box.width}×${box.height}`)"""
        )
        assert small == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
