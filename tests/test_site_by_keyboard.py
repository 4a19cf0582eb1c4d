"""Every type of public page by keyboard alone, in a browser without scripts."""

import pytest

from tests.test_leaks import DOORS, FILES, address
from tests.test_site_for_all import piece  # noqa: F401 - the fixture

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
NO_PAGE = FILES | {"readers:shelf", "issues:map", "readers:offline"}
PHONE = {"width": 390, "height": 844}
# What can be reached; of radio buttons of one name the browser offers the chosen or the first one.
# A field for a date is several stops.
STOPS = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
  .filter((each) => each.type !== "hidden" && !each.disabled && each.tabIndex >= 0
    && (each.type !== "radio" || each === (document.querySelector(
      `[type=radio][name="${each.name}"]:checked`)
      ?? document.querySelector(`[type=radio][name="${each.name}"]`)))
    && (each.closest("details:not([open])")
      ? each.matches("details:not([open]) > summary") : each.checkVisibility()))
  .map((each) => { each.dataset.stop = "ahead"; return 1 }).length"""
# Where the focus is now: what is wrong with it there, and whether the page has been left.
HERE = """() => {
  const it = document.activeElement
  if (it === document.body) { return "left" }
  const shown = it.matches("input.vh") ? it.nextElementSibling ?? it : it
  const rings = [shown, ...(it.labels ?? [])].map((each) => getComputedStyle(each).outlineStyle)
  const wrong = []
  if (!rings.includes("solid")) { wrong.push("no ring") }
  const where = shown.getBoundingClientRect()
  if (where.bottom < 0 || where.top > innerHeight) { wrong.push("out of sight") }
  it.dataset.stop = "seen"
  return wrong.map((each) => `${each}: ${it.outerHTML.slice(0, 120)}`).join("; ")
}"""
MISSED = """() => [...document.querySelectorAll("[data-stop=ahead]")]
  .map((each) => `never reached: ${each.outerHTML.slice(0, 120)}`)"""


def faults(page) -> list[str]:
    """Walk through a page by the Tab key to its end; return what is wrong on the way."""
    many = page.evaluate(STOPS)
    said = []
    for _step in range(3 * many + 10):
        page.keyboard.press("Tab")
        here = page.evaluate(HERE)
        if here == "left":
            break
        said += [here] if here else []
    else:
        said.append("the focus never leaves the page")
    return said + page.evaluate(MISSED)


def test_every_page_is_walked_through_and_left_without_a_script(browser, live_server, piece):  # noqa: F811
    wrong = []
    with browser.new_context(java_script_enabled=False, viewport=PHONE, locale="zh-CN") as context:
        page = context.new_page()
        for door in DOORS:
            if door in NO_PAGE:
                continue
            assert page.goto(live_server.url + address(door, piece)).status == 200, door
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.textContent") == "跳到正文", door
            page.keyboard.press("Enter")
            assert page.evaluate("document.activeElement.id") == "main", door
            page.goto(live_server.url + address(door, piece))
            wrong += [f"{door}: {each}" for each in faults(page)]
        assert context.cookies() == []
    assert "\n".join(wrong) == ""
