"""Assignments in the desk: asking, offering, answering, beginning; what each page shows whom."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import workflow as writing
from articles.models import Article
from issues import assigning
from issues.models import Assignment, Placement
from tests import factories
from tests.articles.desk_pages import signed_in, text

LIST = "admin:issues_assignment_changelist"


@pytest.fixture
def cast(db):
    return factories.Cast()


def page_of(assignment) -> str:
    return reverse("admin:issues_assignment_change", args=[assignment.pk])


def act(user, assignment, verb, **posted):
    address = reverse("admin:issues_assignment_act", args=[assignment.pk, verb])
    return signed_in(user).post(address, posted)


def wanted(cast, **changes) -> dict:
    """Return what the form of a new assignment posts."""
    day = timezone.localdate() + timedelta(days=3)
    return {
        "topic": "冬至民俗", "who": f"person-{cast.writer.pk}", "due_at_0": f"{day}",
        "due_at_1": "17:00", "kind": "feature", "length": "800", "section": cast.section.pk,
        "brief": "写三位手艺人。", "issue": "", "page": "",
    } | changes  # fmt: skip


def add(user, posted):
    return signed_in(user).post(reverse("admin:issues_assignment_add"), posted)


def handed_in(cast, **fields):
    made = assigning.take_up(factories.asked(cast, **fields), by=cast.writer)
    made.article.body = "<p>写好了。</p>"
    made.article.section = cast.section
    made.article.save()
    writing.submit(made.article, by=cast.writer)
    return Assignment.objects.get(pk=made.pk)


# Asking and offering


def test_an_editor_asks_for_a_piece(cast):
    issue = factories.issue(cast)
    answer = add(cast.editor, wanted(cast, issue=issue.pk, page=1))
    made = Assignment.objects.get()
    assert answer.url == page_of(made)
    assert (made.person, made.unit, made.issue, made.page) == (cast.writer, None, issue, 1)
    assert (made.asked_by, made.length, made.kind) == (cast.editor, 800, "feature")
    assert timezone.localtime(made.due_at).hour == 17


def test_a_whole_unit_is_asked(cast):
    add(cast.editor, wanted(cast, who=f"unit-{cast.unit.pk}"))
    assert Assignment.objects.get().unit == cast.unit


@pytest.mark.parametrize(
    "changes",
    [{"topic": ""}, {"who": ""}, {"who": "person-0"}, {"due_at_0": "2020-01-01"}, {"page": "2"},
     {"issue": "999999"}, {"length": "-1"}, {"due_at_1": ""}, {"who": "unit-x"}],
)  # fmt: skip
def test_what_cannot_be_asked_is_said_and_nothing_typed_is_lost(cast, changes):
    answer = add(cast.editor, wanted(cast, **changes))
    assert answer.status_code == 400
    assert "写三位手艺人。" in text(answer)
    assert "errorlist" in text(answer) or "banner stop" in text(answer)
    assert not Assignment.objects.exists()


def test_a_correspondent_gets_the_form_of_an_offer_and_cannot_ask(cast):
    page = text(signed_in(cast.writer).get(reverse("admin:issues_assignment_add")))
    assert "报选题" in page
    assert 'name="who"' not in page
    add(cast.writer, wanted(cast, who=f"person-{cast.other_writer.pk}"))
    made = Assignment.objects.get()
    assert (made.state, made.person, made.offered_by) == ("offered", cast.writer, cast.writer)


def test_an_administrator_neither_asks_nor_offers(cast):
    address = reverse("admin:issues_assignment_add")
    assert signed_in(cast.administrator).get(address).status_code == 403
    assert signed_in(cast.administrator).post(address, wanted(cast)).status_code == 403


def test_an_offer_is_answered(cast):
    first, second = factories.offered(cast), factories.offered(cast)
    day = timezone.localdate() + timedelta(days=4)
    assert act(
        cast.editor, first, "accept_offer", due_at_0=f"{day}", due_at_1="12:00"
    ).status_code == 302  # fmt: skip
    assert act(cast.editor, second, "decline_offer", note="").status_code == 409
    act(cast.editor, second, "decline_offer", note="上周刊发过。")
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("open", "declined")
    assert "上周刊发过。" in text(signed_in(cast.writer).get(reverse("admin:index")))


# Beginning


def test_beginning_leads_to_the_draft_which_says_what_it_is_for(cast):
    made = factories.asked(cast, brief="写三位手艺人。")
    assert "动笔" in text(signed_in(cast.writer).get(reverse("admin:index")))
    answer = act(cast.writer, made, "take_up")
    article = Article.objects.get()
    assert answer.url == reverse("admin:articles_article_change", args=[article.pk])
    draft = text(signed_in(cast.writer).get(answer.url))
    assert "应约" in draft
    assert "写三位手艺人。" in draft
    assert "接着写" in text(signed_in(cast.writer).get(reverse("admin:index")))


def test_the_second_click_begins_nothing_more(cast):
    made = factories.asked(cast)
    act(cast.writer, made, "take_up")
    assert act(cast.writer, made, "take_up").status_code == 409
    assert Article.objects.count() == 1


def test_who_loses_the_race_in_a_unit_is_told_who_writes_it_and_sees_it_no_more(cast):
    colleague = factories.person("何小满", "correspondent", unit=cast.unit)
    made = factories.asked(cast, unit=cast.unit)
    slow = signed_in(cast.writer)
    act(colleague, made, "take_up")
    address = reverse("admin:issues_assignment_act", args=[made.pk, "take_up"])
    told = slow.post(address, follow=True)
    assert told.redirect_chain[-1][0] == reverse("admin:index")
    assert "何小满已经动笔了" in text(told)
    assert Article.objects.count() == 1
    assert made.topic not in text(slow.get(reverse("admin:index")))
    assert signed_in(cast.other_writer).post(address).status_code == 404


# Privacy


def test_nobody_sees_what_was_asked_of_others(cast):
    made = factories.asked(cast, person=cast.other_writer)
    client = signed_in(cast.writer)
    assert client.get(page_of(made)).status_code in (302, 404)
    assert made.topic not in text(client.get(reverse(LIST)))
    assert act(cast.writer, made, "take_up").status_code == 404
    assert act(cast.writer, made, "drop").status_code == 404
    assert signed_in(cast.other_writer).get(page_of(made)).status_code == 200


def test_who_offered_a_topic_does_not_answer_it(cast):
    made = factories.offered(cast)
    page = text(signed_in(cast.writer).get(page_of(made)))
    assert "采纳选题" not in page
    assert "取消约稿" in page
    assert (
        act(cast.writer, made, "accept_offer", due_at_0="2030-01-01", due_at_1="12:00").status_code
        == 409
    )


# The list


@pytest.mark.parametrize(
    ("stage", "make"),
    [
        ("", factories.asked),
        ("offered", factories.offered),
        ("filed", handed_in),
        ("over", lambda cast: assigning.drop(factories.asked(cast), by=cast.editor)),
    ],
)
def test_each_stage_has_its_list(cast, stage, make):
    made = make(cast)
    seen = {
        each: made.topic in text(signed_in(cast.editor).get(reverse(LIST) + f"?stage={each}"))
        for each in ("filed", "over", "late", "offered")
    }
    assert {name for name, holds in seen.items() if holds} == {stage} - {""}
    usual = made.topic in text(signed_in(cast.editor).get(reverse(LIST)))
    assert usual == (stage in ("", "offered"))


def test_the_list_costs_the_same_for_one_and_for_twenty(cast):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            signed_in(cast.editor).get(reverse(LIST))
        return len(captured)

    factories.asked(cast)
    assigning.take_up(factories.asked(cast), by=cast.writer)
    one = cost()
    for _number in range(9):
        factories.asked(cast, unit=cast.unit)
        assigning.take_up(factories.asked(cast), by=cast.writer)
    assert cost() == one


# On the board, on the piece, on the workbench


def board(user, issue) -> str:
    return text(signed_in(user).get(reverse("admin:issues_issue_change", args=[issue.pk])))


def test_the_empty_slot_says_what_is_wanted_and_the_piece_is_placed_with_one_click(cast):
    issue = factories.issue(cast, pages=[(1, "要闻"), (2, "民生")])
    made = handed_in(cast, issue=issue, page=2)
    waiting = factories.asked(cast, issue=issue, page=1)
    page = board(cast.issue_editor, issue)
    assert f"约稿：{waiting.topic}" in page
    assert "苗青禾" in page
    assert "放到这一版" in page
    place = reverse("admin:issues_issue_act", args=[issue.pk, "place"])
    signed_in(cast.issue_editor).post(place, {"article": made.article_id, "page": 2})
    assert Placement.objects.get().page.number == 2
    page = board(cast.issue_editor, issue)
    assert f"约稿：{made.topic}" not in page
    assert f"约稿：{waiting.topic}" in page


def test_what_is_wanted_for_no_page_in_particular_lies_in_the_tray(cast):
    issue = factories.issue(cast)
    made = factories.asked(cast, issue=issue)
    assert made.topic in board(cast.editor, issue).partition('id="tray"')[2]


def test_a_board_costs_the_same_for_one_assignment_and_for_ten(cast):
    issue = factories.issue(cast)

    def cost():
        with CaptureQueriesContext(connection) as captured:
            board(cast.issue_editor, issue)
        return len(captured)

    handed_in(cast, issue=issue, page=1)
    one = cost()
    for _number in range(5):
        handed_in(cast, issue=issue, page=1)
        factories.asked(cast, issue=issue)
    assert cost() == one


def test_the_reading_page_says_what_the_piece_answers(cast):
    made = handed_in(cast)
    address = reverse("admin:articles_article_read", args=[made.article_id])
    assert "应约" in text(signed_in(cast.editor).get(address))
    plain = reverse("admin:articles_article_read", args=[factories.submitted(cast).pk])
    assert "应约" not in text(signed_in(cast.editor).get(plain))


def test_a_new_piece_answers_nothing(cast):
    answer = signed_in(cast.writer).get(reverse("admin:articles_article_add"))
    assert "应约" not in text(answer)


def test_a_writer_answers_with_a_piece_they_have_and_sees_only_their_own(cast):
    piece = factories.draft(cast, headline="桥头修伞摊")
    factories.draft(cast, filed_by=cast.editor, headline="编辑自己的稿")
    made = factories.asked(cast)
    page = signed_in(cast.writer).get(page_of(made)).content.decode()
    assert "桥头修伞摊" in page
    assert "编辑自己的稿" not in page
    answer = act(cast.writer, made, "answer_with", article=piece.pk)
    assert answer.status_code == 302
    assert Assignment.objects.get(pk=made.pk).article == piece


def test_a_piece_that_is_not_theirs_is_no_choice(cast):
    others = factories.draft(cast, filed_by=cast.editor)
    answer = act(cast.writer, factories.asked(cast), "answer_with", article=others.pk)
    assert answer.status_code == 409
    assert not Assignment.objects.filter(article=others).exists()
