"""The list as a table: what was asked for, harmless to a spreadsheet, the newsroom's only."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.admin.export import CHUNK, harmless
from articles.models import Article
from tests import factories
from tests.articles.desk_pages import signed_in

pytestmark = pytest.mark.django_db
CSV = reverse("admin:articles_article_csv")


@pytest.fixture
def cast():
    return factories.Cast()


def table(user, query="") -> list[dict]:
    answer = signed_in(user).get(f"{CSV}?{query}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    sent = b"".join(answer.streaming_content).decode()
    assert sent.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(sent.removeprefix("\ufeff"), newline="")))


def test_what_the_list_shows_is_in_the_table(cast):
    article = factories.submitted(cast, headline="早市|搬家")
    factories.draft(cast, headline="别的")
    issue = factories.issue(cast, article)
    [row] = table(cast.editor, "q=早市")
    assert row["编号"] == str(article.pk)
    assert row["主题"] == "早市搬家"
    assert (row["状态"], row["栏目"], row["单位"]) == ("待初审", "民生", "石桥街道")
    assert row["署名"] == row["交稿人"] == "苗青禾"
    assert row["版面"] == f"{issue.date.month}月{issue.date.day}日 · 1版"
    assert row["字数"] == str(article.characters)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@a", "\t=1", "\r=1", "\n=1", "＝1", "＠a"])
def test_no_cell_is_a_formula(cast, cell):
    assert harmless(cell) == f"'{cell}"
    Article.objects.filter(pk=factories.draft(cast).pk).update(headline=cell, kicker=cell)
    [row] = table(cast.editor)
    assert row["引题"] == f"'{cell}"
    assert row["主题"].startswith("'")


def test_numbers_and_words_stay_as_they_are():
    assert [harmless(cell) for cell in (12, None, "灯会", "")] == ["12", "", "灯会", ""]


def test_the_table_speaks_the_language_of_who_asks(cast):
    cast.editor.language = "en"
    cast.editor.save()
    factories.draft(cast)
    [row] = table(cast.editor)
    assert row["State"] == "Draft"


def test_authors_get_no_table(cast):
    assert signed_in(cast.writer).get(CSV).status_code == 403


@pytest.mark.parametrize("query", ["body__regex=x", "q=%00&state=%00"])
def test_a_table_answers_no_other_question(cast, query):
    assert signed_in(cast.editor).get(f"{CSV}?{query}").status_code == 400


def test_a_long_table_costs_statements_by_the_chunk_not_by_the_row(cast):
    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            table(cast.editor)
        return len(asked)

    for _number in range(2):
        factories.submitted(cast)
    statements()  # the first one also asks what is asked once in a process
    few = statements()
    Article.objects.bulk_create(
        Article(headline=f"{number}", filed_by=cast.writer) for number in range(CHUNK - 2)
    )
    assert statements() <= few
    Article.objects.bulk_create([Article(headline="多一篇", filed_by=cast.writer)])
    assert len(table(cast.editor)) == CHUNK + 1
