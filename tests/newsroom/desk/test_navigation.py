"""The tabs over every page."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db
LIST = reverse("admin:articles_article_changelist")


@pytest.fixture
def cast():
    return factories.Cast()


def tabs(user, url: str = "") -> list:
    """Return the tabs somebody sees on a page."""
    client = Client()
    client.force_login(user)
    return client.get(url or reverse("admin:index")).context["tabs"]


def test_every_tab_leads_to_a_page_that_opens(cast):
    for user in cast.by_role.values():
        client = Client()
        client.force_login(user)
        for tab in tabs(user):
            assert client.get(tab.url).status_code == 200, (user, tab.url)


def test_the_review_tab_counts_what_waits(cast):
    factories.submitted(cast)
    factories.submitted(cast)
    counts = {tab.label: tab.count for tab in tabs(cast.editor)}
    assert counts["审稿"] == 2
    assert not any(tab.count for tab in tabs(cast.chief))


def test_one_tab_is_marked_as_the_current_one(cast):
    for url in (reverse("admin:index"), LIST, LIST + "?queue=mine", reverse("admin:everything")):
        assert sum(tab.current for tab in tabs(cast.editor, url)) == 1, url


def test_a_correspondent_has_tabs_of_their_own(cast):
    assert [tab.label for tab in tabs(cast.writer)] == ["我的稿件", "写稿", "全部", "图片"]
