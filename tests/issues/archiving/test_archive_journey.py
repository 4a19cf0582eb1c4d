"""An archive is read in a browser that has nothing but the unpacked file."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests import factories
from tests.issues.archiving import scenes

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_browser_reads_it_from_a_folder_without_any_network(page, tmp_path):
    archive = scenes.archived(scenes.rich_issue(factories.Cast()))
    folder = tmp_path / "unpacked"
    scenes.opened(archive).extractall(folder)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_viewport_size({"width": 390, "height": 844})
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.goto((folder / "index.html").as_uri())
        assert Axe().run(page).response["violations"] == []
        page.get_by_role("link", name="河畔旧厂").click()
        page.get_by_role("heading", level=1, name="河畔旧厂").wait_for()
        page.wait_for_load_state("load")
        assert Axe().run(page).response["violations"] == []
        assert page.evaluate("[...document.images].every((image) => image.naturalWidth > 0)")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert {url.partition(":")[0] for url in asked} == {"file"}
