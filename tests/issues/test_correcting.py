"""A signed correction waits for the next issue, at the page where the error stood."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import workflow
from articles.models import Article
from issues import correcting, findings, printing
from issues import workflow as issue_workflow
from issues.models import CorrectionNotice, Issue, IssueAct, Placement
from newsroom.people.verdicts import RefusalError
from tests import factories, traces
from tests.articles.desk_pages import signed_in, text

pytestmark = pytest.mark.django_db

FOUR = [(number, "综合") for number in range(1, 5)]


@pytest.fixture
def cast():
    return factories.Cast()


def printed(cast, page=1):
    """Return a piece that was printed on a page of an issue."""
    article = factories.approved(cast)
    issue = factories.issue(cast, pages=[(number, "综合") for number in range(1, page + 1)])
    for number in range(1, page):
        issue_workflow.place(
            issue, by=cast.issue_editor, article=factories.approved(cast), page=number
        )
    issue_workflow.place(issue, by=cast.issue_editor, article=article, page=page)
    issue_workflow.close(issue, by=cast.issue_editor)
    issue_workflow.schedule(issue, by=cast.issue_editor)
    return article


def tomorrow(cast, days=1, pages=FOUR):
    return factories.issue(cast, day=timezone.localdate() + timedelta(days=days), pages=pages)


def waiting(issue):
    pages = list(issue.pages.values_list("number", flat=True))
    return [(each.correction, each.page) for each in printing.errata_for(issue, pages)]


def test_it_waits_at_the_page_where_the_error_stood(cast):
    made = factories.signed_correction(cast, printed(cast, page=2))
    assert waiting(tomorrow(cast)) == [(made, 2)]


@pytest.mark.parametrize(
    ("number", "pages", "page"),
    [(2, [1, 2, 3, 4], 2), (8, [1, 2, 3, 4], 4), (2, [1, 3], 1), (3, [], 1)],
)
def test_an_issue_without_that_page_has_one_of_like_standing(number, pages, page):
    assert printing.page_for(number, pages) == page


def test_only_the_next_issue_prints_it(cast):
    made = factories.signed_correction(cast, printed(cast))
    later, following = tomorrow(cast, days=2), tomorrow(cast)
    assert waiting(following) == [(made, 1)]
    assert waiting(later) == []


def test_what_is_not_signed_was_never_printed_or_is_withdrawn_does_not_wait(cast):
    factories.correction(cast, printed(cast))
    factories.signed_correction(cast)
    issue = tomorrow(cast)
    assert waiting(issue) == []
    article = Placement.objects.get().article
    made = factories.signed_correction(cast, article)
    assert waiting(issue) == [(made, 1)]
    workflow.withdraw(article, by=cast.chief, reason="失实。")
    assert waiting(issue) == []


def test_the_dry_run_warns_and_does_not_stop(cast):
    factories.signed_correction(cast, printed(cast, page=2))
    issue = tomorrow(cast)
    found = [each for each in findings.findings(issue) if each.code == "correction_waits"]
    assert [(each.page, each.blocking) for each in found] == [(2, False)]


def test_it_becomes_a_piece_in_its_words_handed_in_and_placed(cast):
    article = printed(cast, page=2)
    made = factories.signed_correction(cast, article, note="谨致歉意。", printed_where="当日第2版")
    issue = tomorrow(cast)
    notice = correcting.print_correction(issue, by=cast.issue_editor, correction=made.pk)
    assert notice.kind == Article.Kind.CORRECTION_NOTICE
    assert notice.paragraphs == [
        f"本报当日第2版《{article.title}》一文中，“周三”应为“周四”。谨致歉意。特此更正。"
    ]
    assert Article.objects.get(pk=notice.pk).status == Article.Status.IN_REVIEW
    assert Placement.objects.of_article(notice).get().page.number == 2
    assert waiting(issue) == []
    assert IssueAct.objects.filter(verb="print_correction", note=str(made)).exists()


def test_words_of_a_correction_are_no_markup(cast):
    made = factories.signed_correction(cast, printed(cast), wrong="<b>甲</b>", right="a & b")
    notice = correcting.print_correction(tomorrow(cast), by=cast.issue_editor, correction=made.pk)
    assert "<b>甲</b>" in notice.paragraphs[0]
    assert "a & b" in notice.paragraphs[0]


def test_a_second_click_makes_no_second_piece(cast):
    made = factories.signed_correction(cast, printed(cast))
    issue, press = tomorrow(cast), correcting.print_correction
    press(issue, by=cast.issue_editor, correction=made.pk)
    assert not traces.is_done(press, issue, by=cast.issue_editor, correction=made.pk)


def test_taken_off_it_waits_again_and_the_same_piece_comes_back(cast):
    made = factories.signed_correction(cast, printed(cast))
    issue = tomorrow(cast)
    notice = correcting.print_correction(issue, by=cast.issue_editor, correction=made.pk)
    issue_workflow.take_off(issue, by=cast.issue_editor, article=notice)
    assert waiting(issue) == [(made, 1)]
    again = correcting.print_correction(issue, by=cast.issue_editor, correction=made.pk)
    assert again.pk == notice.pk


def test_a_rejected_notice_is_made_anew(cast):
    made = factories.signed_correction(cast, printed(cast))
    issue = tomorrow(cast)
    notice = correcting.print_correction(issue, by=cast.issue_editor, correction=made.pk)
    workflow.reject(notice, by=cast.editor, note="重写。")
    assert waiting(issue) == [(made, 1)]
    again = correcting.print_correction(issue, by=cast.issue_editor, correction=made.pk)
    assert again.pk != notice.pk
    assert CorrectionNotice.objects.get().article == again


def test_not_needed_wants_a_reason_and_settles_it(cast):
    made = factories.signed_correction(cast, printed(cast))
    issue, skip = tomorrow(cast), correcting.skip_correction
    how = {"by": cast.issue_editor, "correction": made.pk}
    assert not traces.is_done(skip, issue, **how, because=" ")
    skip(issue, **how, because="当日已在头版说明。")
    assert waiting(issue) == []
    assert CorrectionNotice.objects.get().not_needed_because == "当日已在头版说明。"


def test_only_who_lays_out_decides(cast):
    made = factories.signed_correction(cast, printed(cast))
    issue = tomorrow(cast)
    for who in (cast.writer, cast.editor, cast.desk_head, cast.administrator):
        with pytest.raises(RefusalError, match=r"\S"):
            correcting.print_correction(issue, by=who, correction=made.pk)


def test_what_does_not_wait_for_this_issue_is_refused(cast):
    made = factories.signed_correction(cast, printed(cast))
    tomorrow(cast)
    later = tomorrow(cast, days=2)
    with pytest.raises(RefusalError, match=r"\S"):
        correcting.print_correction(later, by=cast.issue_editor, correction=made.pk)


def test_an_extra_issue_prints_none(cast):
    made = factories.signed_correction(cast, printed(cast))
    extra = tomorrow(cast)
    Issue.objects.filter(pk=extra.pk).update(kind=Issue.Kind.EXTRA)
    assert waiting(extra) == []
    assert waiting(tomorrow(cast, days=2)) == [(made, 1)]


def test_a_plan_whose_day_has_passed_has_printed_nothing(cast):
    made = factories.signed_correction(cast, printed(cast))
    issue, press = tomorrow(cast), correcting.print_correction
    press(issue, by=cast.issue_editor, correction=made.pk)
    Issue.objects.filter(pk=issue.pk).update(date=timezone.localdate() - timedelta(days=1))
    following = tomorrow(cast, days=2)
    assert waiting(following) == [(made, 1)]
    # It still stands in the old plan, which says so, until somebody takes it off there.
    assert not traces.is_done(press, following, by=cast.issue_editor, correction=made.pk)


def test_left_out_of_its_issue_it_waits_again(cast):
    made = factories.signed_correction(cast, printed(cast))
    issue = tomorrow(cast, pages=[(1, "要闻")])
    notice = correcting.print_correction(issue, by=cast.issue_editor, correction=made.pk)
    factories.signed_by(cast, notice, cast.editor, cast.desk_head, cast.chief)
    issue_workflow.place(issue, by=cast.issue_editor, article=factories.approved(cast), page=1)
    issue_workflow.close(issue, by=cast.issue_editor)
    issue_workflow.leave_out(issue, by=cast.issue_editor, article=notice, because="要改。")
    issue_workflow.schedule(issue, by=cast.issue_editor)
    following = tomorrow(cast, days=2)
    assert waiting(following) == [(made, 1)]
    again = correcting.print_correction(following, by=cast.issue_editor, correction=made.pk)
    assert again == notice
    assert waiting(following) == []


def test_signed_after_the_next_issue_was_closed_it_waits_for_the_one_after(cast):
    article = printed(cast)
    factories.closed_issue(
        cast, factories.approved(cast), day=timezone.localdate() + timedelta(days=1)
    )
    made = factories.signed_correction(cast, article)
    assert waiting(tomorrow(cast, days=2)) == [(made, 1)]


def test_reopened_with_its_notice_in_it_the_issue_asks_for_none(cast):
    made = factories.signed_correction(cast, printed(cast))
    issue = tomorrow(cast, pages=[(1, "要闻")])
    notice = correcting.print_correction(issue, by=cast.issue_editor, correction=made.pk)
    factories.signed_by(cast, notice, cast.editor, cast.desk_head, cast.chief)
    issue_workflow.close(issue, by=cast.issue_editor)
    assert waiting(issue) == []
    issue_workflow.reopen(issue, by=cast.issue_editor)
    assert waiting(issue) == []
    issue_workflow.take_off(issue, by=cast.issue_editor, article=notice)
    assert waiting(issue) == [(made, 1)]


def test_two_corrections_of_one_piece_are_two_notices_on_its_page(cast):
    article = printed(cast, page=2)
    made = [factories.signed_correction(cast, article, wrong=f"错{n}") for n in (1, 2)]
    issue = tomorrow(cast)
    for each in made:
        correcting.print_correction(issue, by=cast.issue_editor, correction=each.pk)
    placed = Placement.objects.of_issue(issue).on_page(2)
    assert len({place.article_id for place in placed}) == 2
    assert waiting(issue) == []


def test_a_note_ends_before_what_follows_it(cast):
    made = factories.signed_correction(cast, printed(cast), note="谨致歉意")
    notice = correcting.print_correction(tomorrow(cast), by=cast.issue_editor, correction=made.pk)
    assert notice.paragraphs[0].endswith("谨致歉意。特此更正。")


def test_its_page_says_what_becomes_of_it_in_print(cast):
    article = printed(cast, page=2)
    made = factories.correction(cast, article)
    assert printing.in_print(made) == ""
    for signer in (cast.editor, cast.desk_head, cast.chief):
        made = workflow.sign_correction(made, by=signer)
    door = reverse("admin:articles_correction_change", args=[made.pk])
    assert "下一期还没有建" in text(signed_in(cast.editor).get(door))
    issue = tomorrow(cast)
    assert "第 2 版" in text(signed_in(cast.editor).get(door))
    notice = correcting.print_correction(issue, by=cast.issue_editor, correction=made.pk)
    assert printing.in_print(made).startswith("更正将刊于")
    issue_workflow.take_off(issue, by=cast.issue_editor, article=notice)
    correcting.skip_correction(issue, by=cast.issue_editor, correction=made.pk, because="已说明。")
    assert printing.in_print(made) == "不刊登：已说明。"
    workflow.withdraw(article, by=cast.chief, reason="失实")
    made.article.refresh_from_db()
    assert printing.in_print(made) == ""


def test_what_stood_on_the_website_only_says_nothing_of_print(cast):
    assert printing.in_print(factories.signed_correction(cast)) == ""


def test_the_board_offers_both_on_the_page(cast):
    made = factories.signed_correction(cast, printed(cast, page=2))
    issue = tomorrow(cast)
    client = signed_in(cast.issue_editor)
    board = reverse("admin:issues_issue_change", args=[issue.pk])
    assert "已签发，待刊" in text(client.get(board))
    door = reverse("admin:issues_issue_act", args=[issue.pk, "print_correction"])
    client.post(door, {"correction": made.pk})
    page = text(client.get(board))
    assert "已签发，待刊" not in page
    assert Issue.objects.get(pk=issue.pk).pages.get(number=2).placements.count() == 1


def test_the_board_costs_the_same_for_one_correction_and_for_five(
    cast, django_assert_num_queries, django_assert_max_num_queries
):
    article = printed(cast)
    factories.signed_correction(cast, article)
    issue = tomorrow(cast)
    with django_assert_max_num_queries(6) as few:
        waiting(issue)
    for number in range(4):
        factories.signed_correction(cast, article, wrong=f"错{number}")
    with django_assert_num_queries(len(few)):
        assert len(waiting(issue)) == 5


def test_every_notice_says_why_or_what_prints_it(cast):
    made = factories.signed_correction(cast, printed(cast))
    with pytest.raises(Exception, match="printed_or_there_is_a_reason"):
        traces.committed(
            lambda: CorrectionNotice.objects.create(correction=made, decided_by=cast.editor)
        )
