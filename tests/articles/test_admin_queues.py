"""The queues in the desk: tabs, due times, names of who is waited for, and handing over."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import workflow
from articles.models import Article, Byline
from articles.standing import is_queue
from newsroom.people.models import Deputy
from newsroom.people.roles import Role
from tests import factories
from tests.articles.desk_pages import address, signed_in, text

pytestmark = pytest.mark.django_db
LIST = reverse("admin:articles_article_changelist")
LATE = "逾期"


@pytest.fixture
def cast():
    return factories.Cast()


def overdue(article):
    """Let the piece be late by a day and a bit."""
    late = timezone.now() - timedelta(days=1, minutes=3)
    Article.objects.filter(pk=article.pk).update(due_at=late)
    return article


def tabs(response) -> dict[str, int | None]:
    return {tab.display: tab.count for tab in response.context["views"]}


def listed(user, **query) -> list[Article]:
    response = signed_in(user).get(LIST, query)
    return list(response.context["cl"].result_list)


class TestTabs:
    """A tab for each queue, with how many stand in it, and each leads to exactly those."""

    @pytest.fixture
    def pieces(self, cast):
        first, second, third = (factories.submitted(cast) for _number in range(3))
        overdue(first)
        workflow.sign(second, by=cast.editor)
        workflow.claim(third, by=cast.second_editor)
        factories.draft(cast)
        return [first, second, third]

    def test_they_count(self, cast, pieces):
        found = tabs(signed_in(cast.editor).get(LIST))
        assert list(found)[:7] == [
            "等我处理", "全部在审", "初审", "复审", "终审签发", LATE, "无人认领",
        ]  # fmt: skip
        assert list(found.values())[:7] == [1, 3, 2, 1, 0, 1, 2]

    def test_each_leads_to_what_it_counts(self, cast, pieces):
        browser = signed_in(cast.editor)
        for tab in browser.get(LIST).context["views"]:
            page = browser.get(LIST + tab.query_string)
            chosen = [each.display for each in page.context["views"] if each.selected]
            assert chosen == [tab.display]
            if tab.count is not None:
                assert page.context["cl"].result_count == tab.count, tab.display

    def test_a_queue_is_read_from_its_longest_waiting_on(self, cast, pieces):
        workflow.recall(pieces[0], by=cast.writer)
        workflow.submit(pieces[0], by=cast.writer)
        assert listed(cast.editor, queue="round:初审") == [pieces[2], pieces[0]]
        assert listed(cast.chief, queue="review") == [pieces[2], pieces[1], pieces[0]]
        assert is_queue("review")
        assert not is_queue("own")

    def test_correspondents_have_none(self, cast, pieces):
        found = tabs(signed_in(cast.writer).get(LIST))
        assert LATE not in found
        assert set(found.values()) == {None}
        other = factories.person("另一位", Role.CORRESPONDENT, username="third")
        assert listed(other, queue="review") == []

    def test_a_round_of_another_name_holds_nothing(self, cast, pieces):
        assert listed(cast.editor, queue="round:五审") == []


def test_late_rows_are_marked_and_say_by_how_much(cast):
    late, early = overdue(factories.submitted(cast)), factories.submitted(cast)
    page = text(signed_in(cast.editor).get(LIST + "?queue=review"))
    assert page.count('class="late"') == 1
    assert "超时 1 天" in page
    assert page.index(late.title) < page.index("超时 1 天") < page.index(early.title)
    assert " 到期" in page


class TestWhoIsWaitedFor:
    """Everybody reads by name whom a piece waits for: only people who could really take it."""

    def test_the_author_reads_the_names_in_list_page_and_workbench(self, cast):
        article = factories.submitted(cast)
        browser = signed_in(cast.writer)
        for url in (LIST, address(article, "read"), reverse("admin:index")):
            assert f"等{cast.editor}、{cast.second_editor}" in text(browser.get(url)), url

    def test_an_editor_who_wrote_it_is_not_named(self, cast):
        article = factories.draft(cast)
        Byline.objects.create(article=article, name=cast.editor.name, position=1)
        workflow.submit(article, by=cast.writer)
        page = text(signed_in(cast.writer).get(address(article, "read")))
        assert f"等{cast.second_editor} " in page

    def test_a_deputy_is_named_and_told_for_whom(self, cast):
        today = timezone.localdate()
        Deputy.objects.create(
            principal=cast.chief, deputy=cast.other_writer, starts_on=today, ends_on=today
        )
        article = factories.submitted(cast)
        factories.signed_by(cast, article, cast.editor, cast.desk_head)
        page = text(signed_in(cast.writer).get(address(article, "read")))
        assert f"等{cast.chief}、{cast.other_writer}" in page
        theirs = text(signed_in(cast.desk_head).get(address(article, "read")))
        assert "轮到你" not in theirs

    def test_a_signer_whose_signature_a_change_voided_is_asked_again(self, cast):
        article = factories.signed_by(cast, factories.submitted(cast), cast.editor)
        workflow.claim(article, by=cast.desk_head)
        article.body = "<p>" + "全部重写。" * 20 + "</p>"
        workflow.save(article, by=cast.desk_head, write=article.save)
        workflow.sign(article, by=cast.desk_head)
        page = text(signed_in(cast.editor).get(reverse("admin:index")))
        assert "请你重签" in page
        assert "看改动" in page

    def test_what_came_back_changed_says_so(self, cast):
        article = workflow.return_(factories.submitted(cast), by=cast.editor, note="补时间")
        workflow.submit(article, by=cast.writer)
        page = text(signed_in(cast.editor).get(reverse("admin:index")))
        assert "已按意见改回" in page


class TestHandingOver:
    """A press and a name give the piece to a colleague."""

    def test_the_form_offers_who_could_take_it(self, cast):
        article = workflow.claim(factories.submitted(cast), by=cast.editor)
        page = text(signed_in(cast.editor).get(address(article, "read")))
        chooser = page.partition('name="hand_over-to"')[2].partition("</select>")[0]
        assert cast.second_editor.name in chooser
        assert cast.editor.name not in chooser
        assert cast.chief.name not in chooser

    def test_it_goes_to_the_colleague(self, cast):
        article = workflow.claim(factories.submitted(cast), by=cast.editor)
        posted = {"hand_over-to": cast.second_editor.pk, "hand_over-note": "我下午外出"}
        browser = signed_in(cast.editor)
        answer = browser.post(address(article, "do", verb="hand_over"), posted, follow=True)
        assert "已转交" in text(answer)
        article.refresh_from_db()
        assert article.claimed_by == cast.second_editor
        told = text(signed_in(cast.second_editor).get(address(article, "read")))
        assert "转交" in told
        assert "我下午外出" in told

    @pytest.mark.parametrize("to", ["writer", "chief", "", "0", "沈"])
    def test_nobody_else_can_be_posted(self, cast, to):
        article = workflow.claim(factories.submitted(cast), by=cast.editor)
        who = getattr(cast, to, None)
        answer = signed_in(cast.editor).post(
            address(article, "do", verb="hand_over"),
            {"hand_over-to": who.pk if who else to},
            follow=True,
        )
        assert "同事" in text(answer)
        article.refresh_from_db()
        assert article.claimed_by == cast.editor

    def test_a_correspondent_hands_nothing_over(self, cast):
        article = factories.submitted(cast)
        signed_in(cast.writer).post(
            address(article, "do", verb="hand_over"), {"hand_over-to": cast.editor.pk}
        )
        article.refresh_from_db()
        assert article.claimed_by is None
        stranger = signed_in(cast.other_writer).post(address(article, "do", verb="hand_over"))
        assert stranger.status_code == 404


@pytest.mark.parametrize("who", ["editor", "writer"])
@pytest.mark.parametrize("query", ["?queue=review", "?queue=overdue"])
def test_a_queue_costs_the_same_for_one_row_and_for_twenty(cast, who, query):
    browser = signed_in(getattr(cast, who))

    def cost():
        with CaptureQueriesContext(connection) as captured:
            browser.get(LIST + query)
        return len(captured)

    overdue(factories.submitted(cast))
    browser.get(LIST + query)
    one = cost()
    for number in range(19):
        article = factories.submitted(cast)
        if number % 2:
            workflow.claim(article, by=cast.second_editor)
        overdue(article)
    assert cost() == one
