"""The public site with content that is not as one would wish it, in a browser."""

import os
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from django.urls import reverse

from articles import workflow
from articles.kinds import Kind
from articles.models import Byline, Correspondent, Section
from newsroom.people.models import SiteSettings
from tests import factories

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
NARROW = {"width": 360, "height": 740}
DAY = date(2023, 12, 8)
LONG = (
    "关于棠溪区二〇二三年冬季集中供热管网改造后首次全面升温期间居民家中"
    "暖气片排气及检修报修办法与各街镇值班电话的一份完整说明"
)
# What sticks out of the window, but for strips that scroll by themselves.
STICKING_OUT = """() => [...document.querySelectorAll("body *")].filter((one) => {
  const box = one.getBoundingClientRect()
  const seen = box.width && one.checkVisibility() && !one.closest(".strip, .skip, .vh")
  return seen && box.right > innerWidth + 1
}).map((one) => one.outerHTML.slice(0, 120))"""


@pytest.fixture
def cast(browser):
    """The cast, after the browser: its loop would take a second connection to the database."""
    return factories.Cast()


@pytest.fixture
def awkward(cast):
    """Addresses of a front page, an issue, a page and an article that are hard to set."""
    SiteSettings.objects.update(paper_name="棠溪时讯", organiser="", publisher="", address="")
    Section.objects.create(name="一个名字很长而且没有稿件的栏目", slug="empty", position=0)
    brief = {"headline": "", "kind": Kind.BRIEF, "source": ""}
    bare = factories.live_alone(cast, body=f"<p>{LONG}</p>", **brief)
    long = factories.draft(cast, headline=LONG, kicker=LONG[:30], deck=LONG, kind=Kind.FEATURE)
    long.body = f"<p>网址https://example.cn/{'a' * 90}</p><h2>{LONG}</h2><p>{LONG * 3}</p>"
    long.save()
    for number in range(30):
        one = Correspondent.objects.create(name=f"欧阳长名{number}号")
        Byline.objects.create(article=long, correspondent=one, role="通讯员", position=number + 1)
    workflow.submit(long, by=cast.writer)
    factories.signed_by(cast, long, cast.editor, cast.desk_head, cast.chief)
    notice = factories.approved(cast, headline=LONG[:40], kind=Kind.NOTICE)
    factories.live_issue(cast, long, notice, factories.approved(cast), day=DAY)
    for number in range(10):
        factories.signed_correction(cast, long, wrong=LONG[:20], right=f"{LONG[:20]}{number}")
    for number in range(5):
        factories.live_alone(cast, headline=f"{LONG[:20]}{number}")
    return {
        "front": reverse("issues:front"),
        "issue": reverse("issues:issue", args=[f"{DAY}"]),
        "page": reverse("issues:page", args=[f"{DAY}", 1]),
        "article": long.get_absolute_url(),
        "brief": bare.get_absolute_url(),
        "map": reverse("issues:map"),
        "missing": "/articles/987654321/",
    }


def test_awkward_pages_hold_on_the_narrowest_phone(page, live_server, awkward):
    page.set_viewport_size(NARROW)
    for (name, path), scheme in product(awkward.items(), ("light", "dark")):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.goto(live_server.url + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], name
        assert page.evaluate(STICKING_OUT) == [], name
        if folder := os.environ.get("KEEP_SHOTS"):
            page.screenshot(path=Path(folder) / f"{name}-{scheme}.png", full_page=True)
    page.goto(live_server.url + awkward["article"])
    assert page.locator(".facts .who a").count() == 31
    assert page.locator(".note h3").count() == 10
    assert page.locator("h1").inner_text().replace("\n", "") == LONG
