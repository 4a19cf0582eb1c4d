"""A picture that residents know goes into another piece: found, chosen, checked, saved."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client

from articles import darkroom, workflow
from articles.images import develop
from articles.models import Article
from tests import factories
from tests.articles.desk_pages import address
from tests.articles.test_workflow_uploading import jpeg

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

WORDS = {"caption": "居民放河灯。", "credit": "许宁 摄", "alternative_text": "石栏边的一排河灯"}


def sign_in(page, url, user):
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": url}])


def published(cast):
    """Make a live piece with a picture whose file is there."""
    developed = develop(jpeg())
    darkroom.keep(developed)
    picture = factories.picture(developed.digest, width=developed.width, height=developed.height)
    article = factories.draft(cast)
    factories.with_photo(article, picture.digest, **WORDS)
    workflow.submit(article, by=cast.writer)
    factories.signed_by(cast, article, cast.editor, cast.desk_head, cast.chief)
    workflow.publish_alone(article, by=cast.chief)
    return picture


@pytest.mark.parametrize("width", [390, 1280])
def test_a_picture_is_chosen_by_the_keyboard_and_its_words_are_checked(page, live_server, width):
    cast = factories.Cast()
    picture = published(cast)
    article = factories.draft(cast)
    page.set_viewport_size({"width": width, "height": 844})
    sign_in(page, live_server.url, cast.writer)
    page.goto(live_server.url + address(article))

    page.get_by_role("link", name="从图片库选").press("Enter")
    dialog = page.get_by_role("dialog", name="从图片库选")
    dialog.get_by_role("searchbox").fill("没有的字")
    page.keyboard.press("Enter")
    dialog.get_by_text("没有符合条件的图片").wait_for()
    dialog.get_by_role("button", name="关闭").press("Enter")
    assert not dialog.is_visible()
    assert page.url.endswith(address(article))

    page.get_by_role("link", name="从图片库选").press("Enter")
    dialog.get_by_role("searchbox").fill("河灯")
    page.keyboard.press("Enter")
    dialog.get_by_text("1 张", exact=True).wait_for()
    found = Axe().run(page, context=".dialog.pick", options={"resultTypes": ["violations"]})
    assert [each["id"] for each in found.response["violations"]] == []
    dialog.get_by_role("button", name="居民放河灯").press("Enter")
    row = page.locator(".inline-related.photo:not(.empty-form)").last
    for name, words in WORDS.items():
        row.locator(f"[data-propose={name}]").click()
        assert row.locator(f"[name$='-{name}']").input_value() == words
    page.get_by_role("button", name="保存", exact=True).first.click()
    page.locator(".messagelist").wait_for()
    photo = Article.objects.get(pk=article.pk).photos.get()
    assert (photo.digest, photo.caption) == (picture.digest, WORDS["caption"])
