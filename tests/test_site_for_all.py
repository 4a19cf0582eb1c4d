"""Every public page in each look, narrow and wide, light and dark: usable by everybody.

The pages are the doors of the leak tests, so a new one is looked at without being named.
"""

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.template.loader import render_to_string
from django.test import RequestFactory

from articles import workflow
from articles.looks import Look
from articles.models import Article, Masthead
from articles.public_pages import show
from tests import factories
from tests.test_journeys_for_all import A_VOICE_COMES, PRETENDED
from tests.test_leaks import EVERY, FILES, LARGE, Piece, address, sign

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
ZOOMED, DESKTOP = 320, 1280  # a desktop at 400 per cent, and as it is
ALL = {"resultTypes": ["violations"]}
COLOURS = {"runOnly": ["color-contrast"]}
DARKEST = "/large/extra/yellow-on-black"
# 工信厅信管函〔2021〕67号: body of 18 pt, targets of 60 px for old readers and of 44 elsewhere.
NUMBERS = {"large": {"type": 24, "target": 60}, "plain": {"type": 12, "target": 44}}
MEASURED = """({type, target}) => {
  const shown = (each) => each.checkVisibility({visibilityProperty: true})
    && each.getBoundingClientRect().width > 1 && !each.closest(".skip, .vh, [aria-hidden=true]")
  const told = (each, what) => `${what}: ${each.outerHTML.slice(0, 120)}`
  const small = [...document.querySelectorAll("body *")].filter((each) => shown(each)
    && [...each.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim())
    && parseFloat(getComputedStyle(each).fontSize) < type)
  const tight = [...document.querySelectorAll("a[href], button, summary, select, input, label")]
    .filter((each) => shown(each) && !each.closest(".prose p, .prose li"))
    // a button inside its label is as large as that; the label of a field is no target
    .filter((each) => !(each.matches("input") && each.closest("label")))
    .filter((each) => !each.matches("label") || each.control?.matches("[type=radio]"))
    .filter((each) => {
      const { width, height } = each.getBoundingClientRect()
      return Math.min(width, height) < target - .5
    })
  return [...small.map((each) => told(each, "small")), ...tight.map((each) => told(each, "tight")),
    ...(document.documentElement.scrollWidth > innerWidth ? ["scrolls sideways"] : [])]
}"""

OPENED = "document.querySelectorAll('details').forEach((each) => { each.open = true })"


@pytest.fixture
def piece(browser):
    cast = factories.Cast()
    made = Piece(cast)
    article = sign(cast, made.write(cast))
    factories.live_issue(cast, article, factories.approved(cast))
    factories.signed_correction(cast, article, wrong="暗", right="明")
    made.chief = cast.chief
    return made


def faults(page, options, numbers=None) -> list:
    found = Axe().run(page, options=options).response["violations"]
    said = [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found]
    return said + (page.evaluate(MEASURED, numbers) if numbers else [])


def test_pages_that_refuse_are_usable_by_all(piece, page, live_server):
    """Not there, gone, too often, broken: in both looks, light and dark."""
    request, masthead = RequestFactory().get("/"), Masthead.objects.present()
    made = {
        "/429/": show(request, masthead, "readers/too_often.html").content,
        "/500/": render_to_string("500.html", {"look": Look()}).encode(),
    }
    page.route(
        lambda address: urlsplit(address).path in made,
        lambda route: route.fulfill(
            body=made[urlsplit(route.request.url).path], content_type="text/html"
        ),
    )
    own = piece.article.get_absolute_url()
    workflow.withdraw(Article.objects.get(pk=piece.article.pk), by=piece.chief, reason="失实。")
    wrong = []
    for path in ("/nothing/", "/large/nothing/", own, f"/large{own}", *made):
        for width in (ZOOMED, DESKTOP):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme="light")
            page.goto(live_server.url + path)
            look = "large" if path.startswith("/large") else "plain"
            wrong += [f"{path} {width}: {said}" for said in faults(page, ALL, NUMBERS[look])]
        page.emulate_media(color_scheme="dark")
        wrong += [f"{path} dark: {said}" for said in faults(page, COLOURS)]
    assert "\n".join(wrong) == ""


def test_every_public_page_is_usable_by_all(piece, page, live_server):
    broken, wrong = [], []
    page.on("console", lambda line: broken.append(line.text) if "Policy" in line.text else None)
    page.add_init_script(PRETENDED)
    no_page = FILES | {"readers:shelf"}
    doors = [door for door in EVERY if door.removeprefix(LARGE) not in no_page]
    for door in doors:
        look = "large" if door.startswith(LARGE) else "plain"
        page.emulate_media(color_scheme="light")
        for width in (ZOOMED, DESKTOP):
            page.set_viewport_size({"width": width, "height": 800})
            answer = page.goto(live_server.url + address(door, piece))
            assert answer.status == 200, door
            wrong += [f"{door}: {said}" for said in broken]  # before axe, which breaks the policy
            page.evaluate(OPENED)
            page.evaluate(A_VOICE_COMES)
            wrong += [f"{door} {width}: {said}" for said in faults(page, ALL, NUMBERS[look])]
            broken.clear()
        page.emulate_media(color_scheme="dark")
        wrong += [f"{door} dark: {said}" for said in faults(page, COLOURS)]
        if look == "large":
            page.goto(live_server.url + address(door, piece).replace("/large", DARKEST, 1))
            wrong += [f"{door} yellow: {said}" for said in faults(page, COLOURS, NUMBERS[look])]
            broken.clear()
    assert "\n".join(wrong) == ""
