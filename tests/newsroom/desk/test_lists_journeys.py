"""The list of pieces in a browser: narrow it, choose, do something to many, keep the view."""

import pytest
from django.urls import reverse

from articles.models import Article
from newsroom.desk.models import SavedView
from tests import factories
from tests.newsroom.desk.test_site_journeys import (  # noqa: F401 - fixtures
    WINDOWS,
    cast,
    findings,
    opened,
)

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
LIST = reverse("admin:articles_article_changelist")


@pytest.mark.parametrize("window", WINDOWS, ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_editor_narrows_the_list_and_claims_what_was_chosen(cast, opened, window, scheme):  # noqa: F811
    for number in range(3):
        factories.submitted(cast, headline=f"早市搬家{number}")
    factories.submitted(cast, headline="别的一篇")
    page = opened(cast.editor, LIST, window, scheme)
    page.fill("#searchbar", "早市")
    if window == WINDOWS[1]:
        assert not page.locator("#filter-state").is_visible(), "filters fold on a phone"
        page.get_by_text("筛选条件").click()
    page.select_option("#filter-state", "in_review")
    page.get_by_role("button", name="筛选", exact=True).click()
    page.wait_for_url("**/?*state=in_review*")
    assert "round=" not in page.url, "empty fields are left out"
    assert page.locator(".chip").count() == 2
    assert not page.locator(".bulk").is_visible()
    page.get_by_role("checkbox", name="选中《早市搬家0》").check()
    page.get_by_role("checkbox", name="选中《早市搬家2》").check()
    assert page.locator("#chosen-count").inner_text() == "2"
    assert findings(page) == []
    page.get_by_role("button", name="转交…").click()
    page.wait_for_load_state("networkidle")
    assert findings(page) == []
    page.get_by_role("link", name="回到列表").click()
    if window == WINDOWS[0]:
        page.locator("#pick-all").check()
    else:
        for box in page.locator("input[name=piece]").all():
            box.check()
    page.get_by_role("button", name="认领").click()
    page.get_by_text("认领了 3 篇").wait_for()
    assert Article.objects.filter(claimed_by=cast.editor).count() == 3
    page.get_by_text("保存这个视图").click()
    page.fill("#view-name", "早市")
    assert findings(page) == []
    page.get_by_role("button", name="保存视图").click()
    page.get_by_text("已存为“早市”").wait_for()
    assert SavedView.objects.of(cast.editor).count() == 1
    page.get_by_role("link", name="我的视图").click()
    page.wait_for_load_state("networkidle")
    assert findings(page) == []
