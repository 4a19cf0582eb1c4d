"""The workbench: what waits for whom."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import workflow
from newsroom.desk.dashboard import issue_cards, workbench
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


def shown(user) -> str:
    """Return the workbench as somebody sees it."""
    client = Client()
    client.force_login(user)
    return client.get(reverse("admin:index")).content.decode()


def test_what_waits_for_me_comes_oldest_first(cast):
    pieces = [factories.submitted(cast) for _number in range(3)]
    assert workbench(cast.editor)["waiting"] == pieces
    assert workbench(cast.chief)["waiting"] == []


def test_what_another_has_claimed_does_not_wait_for_me(cast):
    article = factories.submitted(cast)
    workflow.claim(article, by=cast.editor)
    assert workbench(cast.second_editor)["waiting"] == []
    assert workbench(cast.editor)["waiting"] == [article]


def test_claiming_is_one_press_from_the_workbench(cast):
    article = factories.submitted(cast)
    assert reverse("admin:articles_article_do", args=[article.pk, "claim"]) in shown(cast.editor)


def test_a_returned_piece_stands_first_with_its_note(cast):
    article = factories.submitted(cast)
    workflow.return_(article, by=cast.editor, note="请补上读数。")
    page = shown(cast.writer)
    assert "请补上读数。" in page
    assert page.index("请补上读数。") < page.index(reverse("admin:articles_article_add"), 3000)


def test_a_correspondent_sees_who_holds_the_piece_and_no_issue(cast):
    workflow.claim(factories.submitted(cast), by=cast.editor)
    factories.issue(cast)
    page = shown(cast.writer)
    assert cast.editor.name in page
    assert "去版面" not in page


def test_acts_of_others_on_my_pieces_are_told(cast):
    article = factories.submitted(cast)
    workflow.sign(article, by=cast.editor)
    assert [act.verb for act in workbench(cast.writer)["notices"]] == ["sign"]
    assert workbench(cast.other_writer)["notices"] == []


def test_a_workbench_costs_the_same_for_one_piece_and_for_twenty(cast):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            shown(cast.editor)
        return len(captured)

    factories.submitted(cast)
    one = cost()
    for _number in range(19):
        factories.submitted(cast)
    assert cost() == one


def test_issues_tell_their_hour_in_words(cast):
    factories.issue(cast, factories.draft(cast))
    factories.scheduled_issue(cast, factories.approved(cast), day=factories.date(2023, 12, 9))
    factories.live_issue(cast, day=factories.date(2023, 12, 7))
    planned, scheduled, live = issue_cards()
    assert planned.findings
    states = [card.state.name for card in (planned, scheduled, live)]
    assert states == ["planning", "scheduled", "live"]
    assert scheduled.when
    assert live.when
