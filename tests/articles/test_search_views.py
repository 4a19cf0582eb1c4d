"""The public search: what it finds, what it says, what it never tells."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from io import StringIO
from random import Random

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import finding, workflow
from articles.finding import Ask, find
from articles.models import Article, Correspondent, PublicEntry, Release
from articles.search import searchable
from articles.wishes import read
from issues import workflow as issue_workflow
from tests import bench_search, factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


def keys(words: str, **how) -> list[int]:
    return [piece.pk for piece in find(Ask(read(words), timezone.now(), **how)).rows]


def page(client, **asked) -> str:
    return client.get(reverse("articles:search"), asked).content.decode()


def test_a_word_is_found_and_marked(client, cast):
    factories.live_alone(cast, headline="供热热线接起来", body="<p>甲。供熱站<b>搬</b>新楼。</p>")
    shown = page(client, q="供热")
    assert "<mark>供热</mark>热线接起来" in shown
    assert "<mark>供熱</mark>站搬新楼" in shown
    assert "<strong>1</strong>" in shown


@pytest.mark.parametrize(
    "words",
    ["糖画", "糖畫", "街口的糖画摊", "画摊 街口", "“街口的糖”", "２０２３年", "2023年12",
     "ｗｉ-ｆｉ", "Wi Fi", "苗青禾", "青禾", "摊", "糖画 -图书馆", "开了，下"],
)  # fmt: skip
def test_what_a_resident_tries_finds_it(cast, words):
    article = factories.live_alone(
        cast, headline="街口的糖画摊", body="<p>2023年12月8日，Wi-Fi开了，下雨。</p>"
    )
    assert keys(words) == [article.pk]


@pytest.mark.parametrize("words", ["画糖", "糖画 -街口", "“糖 摊”", "023年", "糖画 图书馆", "口画"])
def test_what_is_not_there_is_not_found(cast, words):
    factories.live_alone(
        cast, headline="街口的糖画摊", body="<p>2023年12月8日，Wi-Fi开了，下雨。</p>"
    )
    assert keys(words) == []


TEXT = "芮棠溪区２０２３年臺灣Ab，乐乐，乐a乐。的的的"


@given(st.data())
@settings(max_examples=20, suppress_health_check=list(HealthCheck), deadline=None)
def test_every_substring_and_nothing_else_is_found(cast, data):
    """A number or a Latin word at the beginning is whole from there on."""
    article = Article.objects.first() or factories.live_alone(cast, body=f"<p>{TEXT}</p>")
    text = searchable(TEXT)
    start = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(start + 2, len(text)))
    part = text[start:end]
    if part.strip("|") and not re.search("[0-9a-z]$", text[:start]) and part[0] != "|":
        assert keys(part) == [article.pk]
    other = "".join(data.draw(st.permutations(part)))
    whole = searchable(f"{article.sealed.headline}|{TEXT}|民生|苗青禾|{article.sealed.body}")
    for term in read(other).terms if " " not in other and "-" not in other else ():
        if term.pattern not in whole:
            found = find(Ask(read(other), timezone.now()))
            assert found.parted or not found.rows


def test_it_finds_what_is_live_by_the_one_rule(cast):
    """By hit, by count, by section and by age alike."""
    out = factories.live_alone(cast, headline="灯会开幕")
    factories.scheduled_alone(cast, headline="灯会预告")
    factories.approved(cast, headline="灯会存稿")
    factories.draft(cast, headline="灯会草稿")
    withdrawn = factories.live_alone(cast, headline="灯会撤下")
    workflow.withdraw(withdrawn, by=cast.chief, reason="失实。")
    issue_workflow.hold(
        factories.scheduled_issue(cast, factories.approved(cast, headline="灯会暂缓")),
        by=cast.chief,
        because="缓",
    )
    for moment in (timezone.now(), timezone.now() + timedelta(hours=2)):
        truth = set(Article.objects.live(moment).values_list("pk", flat=True))
        for words, newest in (("灯会", True), ("灯会", False), ("灯会开", False)):
            found = find(Ask(read(words), moment, newest=newest))
            there = truth if words == "灯会" else {out.pk}
            assert {piece.pk for piece in found.rows} == there
            assert found.count == len(there) == sum(found.sections.values())
            assert found.spans == {"": len(there), "month": len(there), "year": len(there),
                                   "older": 0}  # fmt: skip


def test_a_replaced_version_is_found_no_more(client, cast):
    article = factories.mended(cast, headline="改后的题目")
    old = article.sealed.headline
    workflow.submit(article, by=cast.writer, change_note="改了。")
    assert keys(old) == [article.pk]
    assert keys("改后的题目") == []
    factories.signed_by(cast, article, cast.editor, cast.desk_head, cast.chief)
    assert keys(old) == []
    assert keys("改后的题目") == [article.pk]


def test_nobody_learns_who_writes_under_a_pen_name(client, cast):
    article = factories.draft(cast, headline="灯会")
    hidden = Correspondent.objects.create(name="真名字")
    article.bylines.update(correspondent=hidden, name="笔名人")
    workflow.submit(article, by=cast.writer)
    factories.signed_by(cast, article, cast.editor, cast.desk_head, cast.chief)
    workflow.publish_alone(article, by=cast.chief)
    assert keys("灯会", by="真名字") == keys("真名字") == []
    assert keys("灯会", by="笔 名 人") == [article.pk]
    assert "真名字" not in page(client, q="真名人")


def strewn(count: int) -> list[tuple[int, str]]:
    """Fill the archive with invented texts; return their keys and what they say, newest first."""
    bench_search.fill(count)
    PublicEntry.objects.write_again(1, count)
    return bench_search.texts_themselves()[::-1]


def test_one_row_costs_what_twenty_cost(client):
    texts = strewn(21)
    alone = next(
        name for _key, text in texts for name in text.split("|")[-2:]
        if len(name) > 2 and sum(name in other for _key, other in texts) == 1
    )  # fmt: skip
    costs = []
    for words, rows, order in ((alone, 1, ""), ("的", 20, ""), ("的", 20, "newest")):
        with CaptureQueriesContext(connection) as asked:
            shown = page(client, q=words, order=order)
        assert shown.count("<li><article>") == rows
        costs.append(len(asked))
    assert costs == [4, 4, 4]
    with CaptureQueriesContext(connection) as asked:
        page(client, q="不存在")
    assert len(asked) <= 3


def test_a_search_by_date_finds_what_looking_through_all_texts_finds():
    """Any stretch of any text, by the truth of the texts themselves: none missing, none wrong."""
    texts = strewn(60)
    chance, tried = Random(2023), 0
    for _time in range(60):
        _key, text = chance.choice(texts)
        start = chance.randrange(len(text) - 9)
        part = text[start : start + chance.choice((1, 2, 2, 3, 3, 4, 6, 9))].strip("|")
        if not part or part[0].isascii():
            continue
        tried += 1
        asked = finding.Ask(read(f"“{part}”"), bench_search.LAST, newest=True)
        there = bench_search.truth(texts[::-1], f"“{part}”")
        found = find(asked)
        assert [piece.pk for piece in found.rows] == there[:20], part
        assert found.count == len(there), part
    assert tried > 40


def lasting(words: str, **how) -> list[str]:
    return [each.slug for each in find(Ask(read(words), timezone.now(), **how)).lasting]


def test_a_topic_is_found_beside_the_news_and_not_counted(client, cast):
    factories.lasting_live(cast, factories.topic(cast))
    assert lasting("古橋") == lasting("三百天 修一座") == ["guqiao"]
    shown = page(client, q="古桥")
    assert f'href="{reverse("articles:topic", args=["guqiao"])}"' in shown
    assert "<mark>古桥</mark>修缮三百天" in shown
    assert "<mark>三百天</mark>里" in page(client, q="三百天")
    assert find(Ask(read("古桥"), timezone.now())).count == 0
    factories.live_alone(cast, headline="古桥下")
    assert find(Ask(read("古桥"), timezone.now())).count == 1
    assert lasting("古桥") == ["guqiao"]


@pytest.mark.parametrize("words", ["围堰", "古桥 -棠溪", "古桥 -三百天里", "古桥 食堂", "-古桥"])
def test_below_its_first_heading_a_topic_says_too_much_to_be_found_by(cast, words):
    factories.lasting_live(cast, factories.topic(cast))
    assert lasting(words) == []


def test_titles_come_first_and_three_are_enough(cast):
    factories.lasting_live(cast, factories.page(cast, "contact", headline="怎样投稿"))
    for number in range(3):
        body = "<p>投稿之后，由编辑审读。</p>"
        made = factories.page(cast, f"page-{number}", headline="别的", body=body)
        factories.lasting_live(cast, made)
    assert lasting("投稿") == ["contact", "page-2", "page-1"]


def test_topics_and_pages_stand_on_the_first_page_of_an_unfiltered_search(cast):
    factories.lasting_live(cast, factories.page(cast))
    assert lasting("本报") == ["about"]
    assert lasting("本报", page=2) == lasting("本报", when="month") == []
    assert lasting("本报", sections=(cast.section.pk,)) == lasting("本报", by="苗青禾") == []


def test_topics_and_pages_are_live_by_the_one_rule(cast):
    kept = factories.lasting_live(cast, factories.page(cast, "kept", headline="本报"))
    gone = factories.lasting_live(cast, factories.page(cast, "gone", headline="本报"))
    workflow.withdraw(gone, by=cast.chief, reason="失实。")
    later = timezone.now() + timedelta(hours=1)
    for slug, held in (("later", False), ("held", True)):
        made = factories.page(cast, slug, headline="本报")
        workflow.submit(made, by=made.filed_by)
        factories.signed_by(cast, made, cast.editor, cast.desk_head, cast.chief)
        workflow.publish_alone(made, by=cast.chief, at=later)
        if held:
            workflow.hold(made, by=cast.chief, because="缓")
    factories.page(cast, "draft", headline="本报")
    for moment, there in ((timezone.now(), {kept.slug}), (later, {kept.slug, "later"})):
        found = find(Ask(read("本报"), moment)).lasting
        truth = Article.objects.public(moment).lasting().values_list("slug", flat=True)
        assert {each.slug for each in found} == set(truth) == there


def test_filters_narrow_and_count(client, cast):
    article = factories.live_alone(cast, headline="灯会")
    assert keys("灯会", sections=(cast.section.pk,)) == [article.pk]
    assert keys("灯会", sections=(cast.section.pk + 1,)) == []
    assert keys("灯会", when="older") == []
    assert "灯会" in page(client, q="灯会", when="month", section="minsheng", order="newest")
    day = timezone.localtime().date().isoformat()
    assert "<mark>" in page(client, q="灯会", **{"from": day, "to": day})
    assert "<mark>" not in page(client, q="灯会", to="2001-01-01")


def test_words_are_marked_and_never_markup(client, cast):
    factories.live_alone(cast, headline="<b>灯会</b>", body="<p>&lt;script&gt;灯会</p>")
    shown = page(client, q='灯会"><script>alert(1)</script>')
    assert "<script>alert" not in shown
    shown = page(client, q="灯会")
    assert "&lt;b&gt;<mark>灯会</mark>&lt;/b&gt;" in shown
    assert "<script>灯" not in shown


@pytest.mark.parametrize(
    "asked",
    [{"from": "昨天"}, {"from": "0001-01-01"}, {"section": "不存在"}, {"when": "always"},
     {"order": "random"}, {"page": "0"}, {"page": "51"}, {"page": "x"}, {"by": "名" * 41},
     {"page": "99999"}, {"page": "-1"}, {"page": "１"}, {"page": "1.5"}, {"by": "\x00"},
     {"from": "2023-13-01"}, {"to": "9999-12-31"}, {"section": "\x00"}, {"when": "\x00"},
     {"from": "2023-02-02", "to": "2023-01-01"}],
)  # fmt: skip
def test_what_cannot_be_read_is_said_and_kept_by_nobody(client, cast, asked):
    response = client.get(reverse("articles:search"), {"q": "灯会", **asked})
    assert response.status_code == 400
    assert response.headers["Cache-Control"] == "no-store"
    shown = response.content.decode()
    assert 'value="灯会"' in shown
    assert "found__wrong" in shown
    assert "only marks" not in shown
    assert "标点" not in shown
    assert 'class="filter"' in shown or asked.keys() & {"page", "order"}


@pytest.mark.parametrize(
    "words",
    ["", " ", '"', "“”", "-", "-灯会", "！？", "\x00", "%_\\'", "'' | !''", "灯" * 500,
     "a " * 300, "😀", "社区养老服务中心" * 20, "-" * 99, "((((", "'灯':*", "\u202e灯会",
     "灯会" * 5000, "灯 会 " * 3000, '""', "AND AND", "OR", "灯会 -", "-- 灯会", "“灯会", "-“灯会”",
     "灯会 -灯会", "﹣灯会", "—", "*", "灯:*&!|", "\ud7ff", "a" * 10_000],
)  # fmt: skip
def test_no_query_is_an_error(client, cast, words):
    factories.live_alone(cast)
    response = client.get(reverse("articles:search"), {"q": words})
    assert response.status_code == 200
    assert b"\x00" not in response.content


def test_a_page_beyond_the_last_says_so(client, cast):
    factories.live_alone(cast, headline="灯会")
    response = client.get(reverse("articles:search"), {"q": "灯会", "page": "9"})
    assert response.status_code == 404
    assert 'href="?q=' in response.content.decode()


def test_the_words_of_a_long_phrase_are_found_where_the_phrase_is_not(client, cast):
    article = factories.live_alone(cast, body="<p>社区里的养老，也是服务。</p>")
    found = find(Ask(read("社区养老服务"), timezone.now()))
    assert [piece.pk for piece in found.rows] == [article.pk]
    assert found.parted
    assert "社区" in page(client, q="社区养老服务")


def test_nothing_found_helps_on(client, cast):
    factories.live_alone(cast, headline="灯会")
    assert "苗青禾" in page(client, q="苗青木")
    assert 'href="?q=%E7%81%AF%E4%BC%9A"' in page(client, q="灯会麒")


def test_a_search_that_takes_too_long_is_stopped_in_words(client, cast, monkeypatch):
    factories.live_alone(cast, headline="灯会")
    monkeypatch.setattr(finding, "_SEARCH", "SET LOCAL statement_timeout = {patience};"
                        "SELECT pg_sleep(1), %s, %s, %s")  # fmt: skip
    monkeypatch.setattr(finding, "PATIENCE", 20)
    response = client.get(reverse("articles:search"), {"q": "灯会"})
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "30"
    assert response.headers["Cache-Control"] == "no-store"


def test_texts_left_unread_are_said_and_can_be_gone_on_to(client, cast):
    older = factories.live_alone(cast, headline="社会议题")
    for n in range(2):
        factories.live_alone(cast, headline=f"区社会，会议题{n}")
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # what is out is not moved
        Release.objects.filter(pk=older.release_id).update(
            publish_at=datetime(2020, 5, 5, 4, tzinfo=UTC)
        )
        cursor.execute("SET session_replication_role = DEFAULT")
        PublicEntry.objects.write_again(older.pk, older.pk)
        cursor.execute("SELECT pg_get_functiondef('articles_public_newest'::regproc)")
        cursor.execute(cursor.fetchone()[0].replace("2000", "2"))
    found = find(Ask(read("社会议"), timezone.now(), newest=True))
    assert (found.rows, found.searched_to is not None) == ([], True)
    shown = page(client, q="社会议", order="newest")
    assert older.get_absolute_url() not in shown
    onwards = unescape(re.search(r'class="further">.*?href="([^"]+)"', shown, re.DOTALL)[1])
    shown = client.get(reverse("articles:search") + onwards).content.decode()
    assert older.get_absolute_url() in shown


def test_results_are_cached_as_every_page_and_one_page_to_search_engines(client, cast):
    factories.live_alone(cast, headline="灯会")
    address = reverse("articles:search")
    response = client.get(address, {"q": "灯会"})
    assert response.headers["Cache-Control"].startswith("public, max-age=0, s-maxage=")
    assert f'<link rel="canonical" href="http://testserver{address}">' in response.content.decode()
    assert "noindex" not in response.content.decode()
    assert not response.cookies


@pytest.mark.parametrize(
    "asked",
    [{"q": "无此一词"}, {"q": "灯会", "from": "2020-01-01"}, {"page": "0"}],
)
def test_what_is_not_found_and_what_is_narrowed_is_indexed_by_nobody(client, cast, asked):
    factories.live_alone(cast, headline="灯会")
    assert "noindex" in client.get(reverse("articles:search"), asked).content.decode()


def test_the_rebuild_writes_what_is_missing_or_old_while_readers_read(cast):
    article = factories.live_alone(cast, headline="灯会")
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("DELETE FROM articles_publicentry")
        cursor.execute("SET session_replication_role = DEFAULT")
    assert keys("灯会") == []
    call_command("search", "rebuild", stdout=StringIO())
    assert keys("灯会") == [article.pk]
    call_command("search", "rebuild", stdout=StringIO())
    assert keys("灯会") == [article.pk]
