"""What residents find pieces by: written by the database, whoever seals, moves or restores."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from articles import search, workflow
from articles.models import Article, PublicEntry, Release
from issues import workflow as issue_workflow
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


def month_of(moment: datetime) -> int:
    return int(moment.astimezone(UTC).strftime("%Y%m"))


def test_nothing_is_written_before_the_last_signature(cast):
    article = factories.submitted(cast)
    factories.signed_by(cast, article, cast.editor, cast.desk_head)
    assert not PublicEntry.objects.exists()
    factories.signed_by(cast, article, cast.chief)
    entry = PublicEntry.objects.get()
    assert entry.version == Article.objects.get().sealed
    assert factories.SECRET in entry.text
    assert (entry.month, entry.lexemes) == (None, None)


def test_what_is_sealed_is_folded_and_what_is_hidden_is_left_out(cast):
    article = factories.draft(
        cast, headline="棠溪區｜圖書館", deck="ＡＢＣ", body="<p>一<b>段</b></p><p>二&amp;三</p>"
    )
    factories.with_photo(article, caption="窗邊", credit="梁序 摄")
    article.bylines.create(name="方\u3000念", role="摄影", position=1)
    article.bylines.create(name="编者", role="编辑", credit="editing", position=2)
    workflow.submit(article, by=cast.writer)
    factories.signed_by(cast, article, cast.editor, cast.desk_head, cast.chief)
    entry = PublicEntry.objects.get()
    assert entry.headline == "棠溪区|图书馆"
    assert entry.deck == "|abc|"
    assert entry.names == ["苗青禾", "方念"]
    assert "一段|二|三" in entry.text
    assert "窗边|梁序|摄" in entry.text
    assert "编者" not in entry.text


def test_an_hour_makes_it_findable_and_another_month_moves_it(cast):
    article = factories.approved(cast)
    issue = factories.closed_issue(cast, article)
    soon = timezone.now() + timedelta(hours=1)
    issue_workflow.schedule(issue, by=cast.issue_editor, at=soon)
    assert PublicEntry.objects.get().month == month_of(soon)
    later = soon + timedelta(days=70)
    seen = Release.objects.get(pk=issue.release_id).publish_at
    issue_workflow.reschedule(issue, by=cast.issue_editor, at=later, seen=seen)
    entry = PublicEntry.objects.get()
    assert entry.month == month_of(later)
    assert f"'@{entry.month}'" in entry.lexemes
    issue_workflow.recall(issue, by=cast.issue_editor)
    assert PublicEntry.objects.get().lexemes is None


def test_moving_an_hour_within_its_month_rewrites_nothing(cast):
    soon = timezone.now().replace(day=1, hour=12) + timedelta(days=62)
    article = workflow.publish_alone(factories.approved(cast), by=cast.chief, at=soon)
    with connection.cursor() as cursor:
        cursor.execute("SELECT xmin FROM articles_publicentry")
        before = cursor.fetchall()
        Release.objects.filter(pk=article.release_id).update(publish_at=soon + timedelta(hours=1))
        cursor.execute("SELECT xmin FROM articles_publicentry")
        assert cursor.fetchall() == before


def test_a_new_seal_replaces_the_words(cast):
    article = factories.mended(cast, body="<p>改后的正文</p>", headline="改后的题目")
    assert PublicEntry.objects.get().headline != "改后的题目"
    workflow.submit(article, by=cast.writer, change_note="改了。")
    factories.signed_by(cast, article, cast.editor, cast.desk_head, cast.chief)
    entry = PublicEntry.objects.get()
    assert entry.headline == "改后的题目"
    assert factories.SECRET not in entry.text
    assert entry.month == month_of(timezone.now())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE articles_publicentry SET headline = '假', text = '假的话', month = 190001",
        "UPDATE articles_publicentry SET text = '', names = '{假}', section_id = NULL",
        "UPDATE articles_publicentry SET version_id = version_id + 1",
        "UPDATE articles_publicentry SET article_id = article_id + 1",
    ],
)
def test_nobody_writes_into_it_what_was_not_sealed(cast, statement):
    factories.live_alone(cast)
    before = PublicEntry.objects.values().get()
    with connection.cursor() as cursor:
        cursor.execute(statement)
    assert PublicEntry.objects.values().get() == before


@pytest.mark.parametrize("way", ["DELETE FROM", "TRUNCATE"])
def test_it_is_never_emptied(cast, way):
    factories.live_alone(cast)
    connection.check_constraints()
    with pytest.raises(DatabaseError, match="never"), transaction.atomic():
        connection.cursor().execute(f"{way} articles_publicentry")


def test_a_row_for_what_is_not_sealed_cannot_be_put_in(cast):
    article = factories.submitted(cast)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO articles_publicentry (article_id, version_id, headline, deck, names, text)"
            " SELECT %s, id, '', '', '{}', '抢先' FROM articles_version",
            [article.pk],
        )
    assert not PublicEntry.objects.exists()


def test_the_database_folds_as_queries_are_folded(cast):
    text = "臺灣發髮、乾坤𠀾２０２３ＡＢ，麵｜" + "".join(map(chr, range(0x4E00, 0x9FFF, 7)))
    with connection.cursor() as cursor:
        cursor.execute("SELECT articles_searchable(%s)", [text])
        assert cursor.fetchone()[0] == search.searchable(text)
