"""The dry run, clicked: P on the board makes one, its lines lead to where they are mended."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.urls import reverse

from issues.models import DryRun
from tests import factories
from tests.test_desk_for_all import signed_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_an_issue_editor_presses_p_and_goes_where_it_is_mended(browser, page, live_server):
    cast = factories.Cast()
    lacking = factories.draft(cast, headline="早市搬进新棚")
    factories.with_photo(lacking, alternative_text="")
    pieces = [lacking, factories.submitted(cast), factories.submitted(cast)]
    issue = factories.issue(cast, *pieces, pages=[(1, "要闻"), (2, "副刊")])
    signed_in(page.context, live_server.url, cast.issue_editor)
    page.goto(live_server.url + reverse("admin:issues_issue_change", args=[issue.pk]))
    page.locator("[data-rehearse] button").wait_for()
    page.keyboard.press("p")
    page.get_by_text("预检做好了").wait_for()
    assert page.url.endswith("#finds")
    assert DryRun.objects.get().by == cast.issue_editor
    group = page.locator("#finds details")
    group.locator("summary").click()
    group.get_by_text("早市搬进新棚").wait_for()
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert Axe().run(page).response["violations"] == []
    page.locator('#finds a[href$="alternative_text"]').click()
    page.wait_for_url(f"**/{settings.ADMIN_PATH}/articles/article/{lacking.pk}/**")
    assert page.url.endswith("#id_photos-0-alternative_text")
