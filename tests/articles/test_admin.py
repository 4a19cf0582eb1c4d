"""The list and the form of articles in the desk."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Correspondent
from tests import factories
from tests.articles.desk_pages import address, signed_in, text

pytestmark = pytest.mark.django_db
LIST = reverse("admin:articles_article_changelist")


@pytest.fixture
def cast():
    return factories.Cast()


def queries(browser, url: str) -> int:
    """Count the statements a page costs."""
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert browser.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize("role", ["editor", "correspondent"])
@pytest.mark.parametrize("state", ["draft", "submitted", "approved"])
def test_a_list_costs_the_same_for_one_row_and_for_twenty(cast, role, state):
    browser = signed_in(cast.by_role[role])
    getattr(factories, state)(cast)
    one = queries(browser, LIST)
    for _number in range(19):
        getattr(factories, state)(cast)
    assert queries(browser, LIST) == one


def test_the_list_is_narrowed_by_status_section_round_and_words(cast):
    waiting = factories.submitted(cast, headline="等审的一篇")
    factories.draft(cast, headline="还在写的一篇")
    browser = signed_in(cast.editor)
    for query in (
        "?queue=mine",
        "?state=in_review",
        f"?round={waiting.round.name}",
        "?q=等审",
    ):
        page = text(browser.get(LIST + query))
        assert "等审的一篇" in page
        assert "还在写的一篇" not in page
    by_name = text(browser.get(LIST + "?q=苗青禾"))
    assert by_name.count("还在写的一篇</a>") == 1


def test_what_was_put_aside_shows_only_where_it_is_asked_for(cast):
    article = factories.draft(cast, headline="放下的一篇")
    signed_in(cast.writer).post(address(article, "do", verb="discard"))
    browser = signed_in(cast.editor)
    assert "放下的一篇" not in text(browser.get(LIST))
    assert "放下的一篇" in text(browser.get(LIST + "?queue=discarded"))
    assert "放下的一篇" in text(browser.get(LIST + "?state=discarded"))


def test_pieces_that_wait_come_oldest_first(cast):
    for number in range(3):
        factories.submitted(cast, headline=f"第{number}篇等审")
    page = text(signed_in(cast.editor).get(LIST + "?queue=mine"))
    places = [page.index(f"第{number}篇等审") for number in range(3)]
    assert places == sorted(places)


def test_nothing_is_deleted_by_the_list(cast):
    article = factories.draft(cast)
    page = text(signed_in(cast.editor).get(LIST))
    assert "delete_selected" not in page
    chosen = {"action": "delete_selected", "_selected_action": [article.pk]}
    signed_in(cast.editor).post(LIST, chosen)
    article.refresh_from_db()


def test_a_correspondents_form_leaves_out_what_is_not_theirs_to_set(cast):
    article = factories.draft(cast)
    theirs = text(signed_in(cast.writer).get(address(article)))
    editors = text(signed_in(cast.editor).get(address(article)))
    for name in ("column_label", "source", "dateline", "tags"):
        assert f'name="{name}"' not in theirs
        assert f'name="{name}"' in editors


def test_a_correspondent_does_not_look_through_the_list_of_colleagues(cast):
    stranger = Correspondent.objects.create(name="素不相识", phone="13000000000")
    browser = signed_in(cast.writer)
    assert stranger.name not in text(browser.get(reverse("admin:articles_article_add")))
    listed = browser.get(reverse("admin:articles_correspondent_changelist"))
    assert listed.status_code == 403
    looked_up = browser.get(
        reverse("admin:autocomplete"),
        {
            "app_label": "articles",
            "model_name": "byline",
            "field_name": "correspondent",
            "term": "素",
        },
    )
    assert looked_up.status_code == 403


def test_the_editor_runs_under_the_strict_policy(cast):
    response = signed_in(cast.writer).get(address(factories.draft(cast)))
    page, policy = text(response), response.headers["Content-Security-Policy"]
    nonce = policy.split("'nonce-")[1].split("'")[0]
    assert (
        f'type="importmap" nonce="{nonce}"' in page or f'nonce="{nonce}" type="importmap"' in page
    )
    assert "unsafe" not in policy
    assert " style=" not in page
    assert " onclick=" not in page
