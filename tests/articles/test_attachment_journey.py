"""A form goes with a notice: chosen in the browser, signed three times, saved by a resident."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from articles import workflow
from articles.models import Article
from articles.typeset import Sheet, typeset
from tests import factories
from tests.articles.desk_pages import address

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


LINK = re.compile("阅览证申请表 ?（PDF 文件，")


def sign_in(page, url, user):
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": url}])


@pytest.mark.parametrize("width", [390, 1280])
def test_a_form_travels_from_a_correspondent_to_a_resident(page, live_server, tmp_path, width):
    cast = factories.Cast()
    article = factories.draft(cast)
    document = tmp_path / "新建文档(3).pdf"
    document.write_bytes(typeset(Sheet("棠溪时讯", "附件", "1", "阅览证申请表"), at=timezone.now()))
    page.set_viewport_size({"width": width, "height": 844})
    sign_in(page, live_server.url, cast.writer)
    page.goto(live_server.url + address(article))
    group = page.locator("#attachments-group")
    group.locator(".addlink").click()
    group.locator("[name=attachments-1-title]").fill("阅览证申请表")
    group.locator("[name=attachments-1-upload]").set_input_files(document)
    page.get_by_role("button", name="保存", exact=True).first.click()
    page.locator(".messagelist").wait_for()
    assert page.get_by_role("link", name=LINK).is_visible()
    article = workflow.submit(Article.objects.get(pk=article.pk), by=cast.writer)
    factories.signed_by(cast, article, cast.editor, cast.desk_head, cast.chief)
    workflow.publish_alone(article, by=cast.chief)

    page.context.clear_cookies()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(live_server.url + article.get_absolute_url())
    with page.expect_download() as download:
        page.get_by_role("link", name=LINK).click()
    assert download.value.suggested_filename == "阅览证申请表.pdf"
    assert Path(download.value.path()).read_bytes() == document.read_bytes()
    assert {url.split("/")[2] for url in asked} == {live_server.url.split("/")[2]}
    assert page.context.cookies() == []
