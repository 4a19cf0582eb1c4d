"""The workbench: what waits for whom."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import workflow
from articles.models import Article
from newsroom.desk.dashboard import by_due, issue_cards, workbench
from tests import factories
from tests.worker import work

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


def test_pieces_are_grouped_by_when_they_are_due(cast):
    now = timezone.now().replace(hour=2)
    names = []
    for hours in (-30, 1, 24, 72):
        article = factories.submitted(cast)
        Article.objects.filter(pk=article.pk).update(due_at=now + timedelta(hours=hours))
    groups = by_due(list(Article.objects.in_review().longest_waiting_first()), now)
    names = [(group.name, len(group.articles)) for group in groups]
    assert names == [("已逾期", 1), ("今天到期", 1), ("明天到期", 1), ("以后", 1)]


def test_the_title_says_how_many_are_overdue(cast):
    assert "篇已逾期" not in shown(cast.editor)
    for _number in range(2):
        factories.submitted(cast)
    Article.objects.update(due_at=timezone.now() - timedelta(hours=1))
    page = shown(cast.editor)
    assert "2 篇已逾期" in page
    assert page.count('<li class="late">') == 2


def test_one_button_of_the_workbench_is_filled(cast):
    for _number in range(3):
        factories.submitted(cast)
    Article.objects.filter(pk=Article.objects.last().pk).update(
        due_at=timezone.now() - timedelta(hours=1)
    )
    assert len(re.findall(r'class="btn default"', shown(cast.editor))) == 1


def test_an_author_reads_why_a_piece_came_back(cast):
    workflow.return_(factories.submitted(cast), by=cast.editor, note="补读数", reason="facts")
    page = shown(cast.writer)
    assert "补读数" in page
    assert "事实要核" in page
    assert "初审" in page


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
    work()
    assert [notice.kind for notice in workbench(cast.writer)["notices"]] == ["signed"]
    assert workbench(cast.other_writer)["notices"] == []
    assert f"{cast.editor.name}签了《{article.title}》" in shown(cast.writer)


def test_a_workbench_costs_the_same_for_one_piece_and_for_twenty(cast):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            shown(cast.editor)
        return len(captured)

    factories.submitted(cast)
    work()
    one = cost()
    for _number in range(19):
        factories.submitted(cast)
    work()
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
