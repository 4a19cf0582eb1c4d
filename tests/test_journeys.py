"""What people do, clicked through the running site in a browser."""

import pytest
from django.conf import settings

from tests import factories

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}


@pytest.fixture
def cast():
    return factories.Cast()


def overflow(page):
    """Return by how many pixels a page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


@pytest.mark.parametrize("window", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_resident_reads_todays_lead(page, live_server, cast, window):
    lead = factories.approved(cast)
    factories.live_issue(cast, lead)
    page.set_viewport_size(window)
    page.goto(live_server.url)
    assert overflow(page) <= 0
    page.get_by_role("link", name=lead.headline).first.click()
    page.wait_for_url(f"**{lead.get_absolute_url()}")
    assert lead.headline in page.inner_text("h1")
    assert factories.SECRET in page.inner_text("body")
    assert overflow(page) <= 0
    assert page.context.cookies() == []


def test_a_resident_finds_nothing_of_what_is_not_out(page, live_server, cast):
    waiting = factories.approved(cast)
    factories.scheduled_issue(cast, waiting)
    page.goto(live_server.url)
    assert factories.SECRET not in page.content()
    assert page.goto(live_server.url + waiting.get_absolute_url()).status == 404


def test_somebody_signs_in_at_the_desk(page, live_server, cast):
    page.goto(f"{live_server.url}/{settings.ADMIN_PATH}/")
    page.fill("[name=username]", cast.editor.username)
    page.fill("[name=password]", factories.PASSWORD)
    page.press("[name=password]", "Enter")
    page.get_by_text(cast.editor.name).first.wait_for()
    cookie = {cookie["name"]: cookie for cookie in page.context.cookies()}["sessionid"]
    assert cookie["path"] == f"/{settings.ADMIN_PATH}/"
    assert cookie["httpOnly"]
