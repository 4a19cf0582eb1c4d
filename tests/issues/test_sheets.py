"""The sign-off sheet of an issue: every piece with who signed it, on one page where that fits."""

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import typeset, workflow
from issues import workflow as issue_workflow
from issues.sheets import issue_sheet
from tests import factories
from tests.articles.desk_pages import signed_in
from tests.articles.test_sheets import on_paper, pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


def sheet(issue, cast):
    return issue_sheet(issue, by=cast.chief, at=timezone.now())


def full(cast, pieces, pages_=4, **fields):
    """Return an issue in planning with signed pieces, dealt out over its pages."""
    made = issue_workflow.plan(
        by=cast.issue_editor,
        date=timezone.localdate(),
        pages=[(n + 1, "综合") for n in range(pages_)],
    )
    for number in range(pieces):
        issue_workflow.place(
            made, by=cast.issue_editor, article=factories.approved(cast, **fields),
            page=number % pages_ + 1,
        )  # fmt: skip
    return made


def test_every_piece_stands_with_its_signers(cast):
    first, second = factories.approved(cast), factories.approved(cast)
    issue = factories.live_issue(cast, first, second, pages=[(1, "要闻")])
    (table,) = sheet(issue, cast).tables
    assert [row.cells[2:5] for row in table.rows] == [["沈予安", "罗嘉言", "温以恒"]] * 2
    assert [row.cells[1] for row in table.rows] == [f"{first.title}（头条）", second.title]
    assert table.rows[0].cells[-1].replace(" ", "") == first.sealed.fingerprint[:8]


def test_facts_say_who_closed_and_scheduled_it(cast):
    issue = factories.live_issue(cast)
    facts = dict(sheet(issue, cast).facts)
    assert facts["已封版"].startswith("贺知秋")
    assert facts["已定时"].startswith("贺知秋")
    assert facts["已签发"] == "1 / 1"


def test_what_is_not_signed_says_where_it_stands(cast):
    issue = factories.issue(cast, factories.submitted(cast))
    (table,) = sheet(issue, cast).tables
    assert table.rows[0].cells[2:] == ["—", "—", "—", "", "初审", ""]


def test_a_withdrawn_piece_is_struck(cast):
    article = factories.approved(cast)
    issue = factories.live_issue(cast, article)
    workflow.withdraw(article, by=cast.chief, reason="误。")
    (table,) = sheet(issue, cast).tables
    assert table.rows[0].struck
    assert "撤下" in table.rows[0].cells[1]


def test_an_empty_issue_has_a_sheet(cast):
    (page,) = on_paper(sheet(factories.issue(cast), cast))
    assert "此版尚无稿件" in page


def test_a_usual_issue_fits_on_one_page_and_a_giant_one_runs_on(cast):
    issue = full(cast, 20, headline="老厂房里开出家门口的图书馆 居民下楼就能借书还书")
    made = sheet(issue, cast)
    (page,) = on_paper(made)
    assert "第1页，共1页" in page.replace(" ", "")
    # The sheet is plain data: ten such issues on end are a giant one.
    giant = typeset.Sheet(**{**vars(made), "tables": made.tables * 10})
    many = on_paper(giant)
    assert len(many) > 2
    assert f"第2页，共{len(many)}页" in many[1].replace(" ", "")


def test_it_costs_the_same_for_one_piece_and_for_twenty(
    cast, django_assert_num_queries, django_assert_max_num_queries
):
    one = full(cast, 1, pages_=1)
    with django_assert_max_num_queries(12) as few:
        sheet(one, cast)
    for _piece in range(6):
        issue_workflow.place(one, by=cast.issue_editor, article=factories.approved(cast), page=1)
    with django_assert_num_queries(len(few)):
        sheet(one, cast)


def test_correspondents_do_not_read_it(cast):
    issue = factories.live_issue(cast)
    for door in ("sheet", "sheet_pdf"):
        address = reverse(f"admin:issues_issue_{door}", args=[issue.pk])
        assert signed_in(cast.writer).get(address).status_code == 403
        assert signed_in(cast.editor).get(address).status_code == 200
        assert (
            signed_in(cast.editor).get(address.replace(str(issue.pk), "999999")).status_code == 404
        )


def test_the_pdf_is_one_page(cast):
    issue = factories.live_issue(cast)
    address = reverse("admin:issues_issue_sheet_pdf", args=[issue.pk])
    response = signed_in(cast.issue_editor).get(address)
    assert response.headers["Content-Type"] == "application/pdf"
    assert len(pages(response.content)) == 1
