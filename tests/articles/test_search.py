"""Search of working copies: any two characters, wherever they stand and whoever wrote them."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from articles import search, workflow
from articles.models import Article, Byline, SearchEntry
from articles.search import read
from tests import factories, traces

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


def found(words: str) -> list[str]:
    """Return the headlines of what a query finds."""
    return sorted(Article.objects.containing(read(words)).values_list("headline", flat=True))


def in_the_database(text: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT articles_lexemes(articles_searchable(%s))", [text])
        return set(cursor.fetchone()[0])


@pytest.mark.parametrize(
    "text",
    [
        "老厂房里开出“家门口”图书馆", "２０２３年１２月８日 ＡＢＣ", "Wi-Fi 6上线", "二〇二三年々",
        "", "！？", "a" * 90 + "字", "𠮷野家", "ﬁne Straße", "第12期|要闻", "\u3000李\u3000四",
    ],
)  # fmt: skip
def test_the_database_cuts_a_text_as_a_query_is_cut(text):
    assert in_the_database(text) == search.lexemes(text)


@given(st.text(alphabet="棠溪区灯会aB1２，。 |'\\:&!<>", max_size=60))
def test_any_text_is_cut_alike(text):
    assert in_the_database(text) == search.lexemes(text)


@pytest.mark.parametrize("place", ["kicker", "headline", "deck", "column_label", "body"])
def test_two_characters_are_found_wherever_they_stand(cast, place):
    words = "<p>街口的<strong>糖</strong>画摊</p>" if place == "body" else "街口的糖画摊"
    article = factories.draft(cast, **{place: words})
    factories.draft(cast, headline="别的一篇")
    assert found("糖画") == [article.headline]


def test_two_characters_are_found_in_names(cast):
    article = factories.draft(cast, headline="甲")
    Byline.objects.create(article=article, name="方\u3000念", role="摄影")
    Byline.objects.create(article=article, name="John Smith", role="翻译")
    assert found("方念") == found("青禾") == found("smith") == ["甲"]
    article.bylines.filter(role="摄影").delete()
    assert found("方念") == []


def test_a_new_name_of_a_correspondent_is_found_at_once(cast):
    factories.draft(cast, headline="甲")
    cast.correspondent.name = "苗穗"
    cast.correspondent.save()
    assert found("苗穗") == ["甲"]
    assert found("青禾") == []


def test_a_bulk_update_and_raw_sql_pass_nothing_by(cast):
    articles = [factories.draft(cast, headline=f"第{number}篇") for number in range(3)]
    Article.objects.update(deck="副题里的灯会")
    assert len(found("灯会")) == 3
    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_article SET body = '<p>鲤鱼灯</p>' WHERE id = %s",
                       [articles[0].pk])  # fmt: skip
        cursor.execute("UPDATE articles_byline SET article_id = %s", [articles[1].pk])
    assert found("鲤鱼") == ["第0篇"]
    assert found("青禾") == ["第1篇"]


def test_a_verb_rewrites_no_words(cast):
    article = factories.submitted(cast)
    with connection.cursor() as cursor:
        cursor.execute("SELECT xmin FROM articles_searchentry")
        before = cursor.fetchall()
        workflow.claim(article, by=cast.editor)
        cursor.execute("SELECT xmin FROM articles_searchentry")
        assert cursor.fetchall() == before


def test_longer_stretches_are_found_as_they_stand(cast):
    factories.draft(cast, headline="社会上的会议", body="<p>老社区</p>")
    factories.draft(cast, headline="社会议题", body="<p>新社区</p>")
    assert found("社会议") == ["社会议题"]
    assert len(found("社会 会议")) == 2
    assert found("议题老") == []


def test_letters_and_numbers_are_found_from_their_beginning_whatever_their_width(cast):
    factories.draft(cast, headline="ＷｉＦｉ覆盖112个摊位")
    for words in ("wifi", "WIFI", "112", "11", "１１２个", "wi"):
        assert found(words) == ["ＷｉＦｉ覆盖112个摊位"], words
    assert found("12个") == []


def test_a_piece_is_found_by_its_number(cast):
    article, other = factories.draft(cast, headline="甲"), factories.draft(cast, headline="乙")
    Article.objects.filter(pk=other.pk).update(deck=f"共{article.pk}家")
    assert found(f"#{article.pk}") == found(f"＃{article.pk}") == ["甲"]
    assert found(str(article.pk)) == ["乙", "甲"]


def test_one_character_is_enough_and_none_finds_nothing(cast):
    factories.draft(cast, headline="小桥")
    assert found("桥") == ["小桥"]
    for words in ("", " ", "，。", "'", "%"):
        assert found(words) == []


@pytest.mark.parametrize(
    "words",
    ["'", "\\", "a' | 'b", "棠溪:*", "!棠", "(((", "%_%", "字" * 5000, "a " * 5000, "\x00棠\x00溪",
     "9" * 200, "\ud7ff\ufffd", "<->", "::tsquery", "$1", "x" * 3000],
)  # fmt: skip
def test_no_query_is_an_error(cast, words):
    factories.draft(cast)
    assert isinstance(found(words), list)


@given(st.text(max_size=300))
def test_no_text_at_all_is_an_error(words):
    assert found(words) == []


def test_a_very_long_text_of_ever_different_characters_is_taken(cast):
    text = "".join(chr(0x4E00 + (n * 7919) % 20000) for n in range(120_000))
    article = factories.draft(cast, body=f"<p>{text}</p>")
    assert found(text[500:503]) == [article.headline]


def test_what_pieces_are_found_by_is_never_emptied(cast):
    with pytest.raises(Exception, match="never emptied"), connection.cursor() as cursor:
        cursor.execute("TRUNCATE articles_searchentry")


def test_every_piece_has_its_entry(cast):
    factories.draft(cast, headline="", body="")
    traces.speak_now()
    assert SearchEntry.objects.count() == Article.objects.count()
