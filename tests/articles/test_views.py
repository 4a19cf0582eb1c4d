"""The pages of articles and of lists of them: what they show, and what they never show."""

import re
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import workflow
from articles.models import Article, Byline, Correspondent, Section, Tag
from articles.public_pages import PER_PAGE
from newsroom.people.models import SiteSettings
from tests import factories

MODULE = r'<script type="module" src="/static/site/[a-z_]+\.js"(?: async)?>'


@pytest.fixture
def cast(db):
    return factories.Cast()


def meta(response) -> dict[str, str]:
    text = response.content.decode()
    return dict(re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', text))


def statements(client, address) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in asked.captured_queries]


def sealed_and_out(cast, article, *signers) -> Article:
    workflow.submit(article, by=cast.writer)
    factories.signed_by(cast, article, *(signers or (cast.editor, cast.desk_head, cast.chief)))
    return workflow.publish_alone(article, by=cast.chief)


# An article


def test_an_article_shows_what_was_sealed(client, cast):
    article = factories.draft(
        cast,
        kicker="春节之前",
        headline="一条旧管线|换来满屋暖",
        deck="46公里管线换新",
        column_label="民生连线",
        dateline="本报讯",
        source="棠溪融媒",
        body="<p>楼道里热了。</p><h2>先算账</h2><p>账本摊在桌上。</p>",
    )
    page = client.get(sealed_and_out(cast, article).get_absolute_url()).content.decode()
    assert '<span class="ph">一条旧管线</span><wbr><span class="ph">换来满屋暖</span>' in page
    assert '<span class="dateline">本报讯</span>\u3000楼道里热了。' in page
    assert '<span class="nb">46公里</span>管线换新' in page
    for words in ("春节之前", "民生连线", "来源：棠溪融媒", "<h2>先算账</h2>"):
        assert words in page


def test_an_article_is_one_statement_beyond_masthead_and_print(client, cast):
    article = factories.draft(cast)
    factories.with_photo(article)
    live = sealed_and_out(cast, article)
    asked = statements(client, live.get_absolute_url())
    assert len(asked) == 3  # the masthead, the piece with all its rows, where it stands in print


def test_the_working_copy_never_shows(client, cast):
    article = factories.live_alone(cast, headline="原来的标题", summary="原来的提要")
    workflow.revise(article, by=cast.chief)
    Article.objects.filter(pk=article.pk).update(
        headline="改了的|标题", kicker="改引题", deck="改副题", body="<p>改正文</p>",
        summary="改提要", source="改来源", column_label="改栏题", dateline="改电头",
        section=Section.objects.create(name="改栏目", slug="changed"),
    )  # fmt: skip
    Byline.objects.filter(article=article).update(name="改署名")
    factories.with_photo(article, caption="改图说")
    for address in (article.get_absolute_url(), "/", "/sections/minsheng/"):
        page = client.get(address).content.decode()
        assert "原来的" in page
        assert "改" not in page


def test_break_marks_of_a_changed_headline_are_not_taken_over(client, cast):
    article = factories.live_alone(cast, headline="灯下坐满了，六张长桌")
    page = article.get_absolute_url()
    Article.objects.filter(pk=article.pk).update(headline="灯下|坐满了，六张长桌")
    assert "灯下</span><wbr>" in client.get(page).content.decode()
    Article.objects.filter(pk=article.pk).update(headline="灯下|坐满了，七张长桌")
    assert "灯下</span><wbr>" not in client.get(page).content.decode()


def test_a_piece_without_a_headline_goes_by_its_first_words(client, cast):
    words = "暮色里的听雨巷，老门牌和新门牌钉在一处，放学的孩子在巷口跳房子。"
    article = factories.live_alone(cast, headline="", kind="photo_story", body=f"<p>{words}</p>")
    page = client.get(article.get_absolute_url())
    assert meta(page)["ArticleTitle"] == "暮色里的听雨巷，老门牌和新门牌钉在一处……"


def test_government_tags_stand_in_their_exact_case_and_only_when_filled(client, cast):
    article = factories.live_alone(cast, headline="一条旧管线|换来满屋暖", summary="暖气提前十天。")
    tags = meta(client.get(article.get_absolute_url()))
    assert tags["SiteName"] == "棠溪时讯"
    assert tags["ColumnName"] == "民生"
    assert tags["ColumnType"] == "工作动态"
    assert tags["ArticleTitle"] == "一条旧管线换来满屋暖"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", tags["PubDate"])
    assert tags["ContentSource"] == "棠溪时讯"
    assert tags["Author"] == "苗青禾"
    assert tags["Description"] == "暖气提前十天。"
    assert tags["Url"].endswith(article.get_absolute_url())
    assert not {"SiteIDCode", "SiteDomain", "ColumnKeywords", "ColumnDescription"} & tags.keys()


def test_footer_items_appear_when_they_are_filled(client, cast):
    article = factories.live_alone(cast).get_absolute_url()
    empty = client.get(article).content.decode()
    for item in ("beian", "conac", "zfwzgl", "主办：", "网站标识码"):
        assert item not in empty
    SiteSettings.objects.update(
        organiser="某单位", site_id_code="4403920006", icp_number="某ICP备1号",
        police_number="某公网安备12345号", party_mark_id="A1",
    )  # fmt: skip
    full = client.get(article).content.decode()
    for item in ("recordcode=12345", "conac.cn", "site_code=4403920006", "主办：", "beian.miit"):
        assert item in full


def test_known_names_lead_to_their_page_and_pen_names_do_not(client, cast):
    article = factories.draft(cast)
    other = Correspondent.objects.create(name="何青杉")
    Byline.objects.create(article=article, correspondent=other, name="青衫客", position=1)
    page = client.get(sealed_and_out(cast, article).get_absolute_url()).content.decode()
    assert f'<a href="/correspondents/{cast.correspondent.pk}/">苗青禾</a>' in page
    assert "青衫客" in page
    assert f"/correspondents/{other.pk}/" not in page
    assert client.get(f"/correspondents/{other.pk}/").status_code == 404


def test_a_name_set_wide_is_the_same_name(client, cast):
    article = factories.draft(cast)
    other = Correspondent.objects.create(name="李四")
    Byline.objects.create(article=article, correspondent=other, name="李\u3000四", position=1)
    page = client.get(sealed_and_out(cast, article).get_absolute_url()).content.decode()
    assert f'href="/correspondents/{other.pk}/"' in page
    assert client.get(f"/correspondents/{other.pk}/").status_code == 200


def test_who_signed_stands_below_the_text(client, cast):
    page = client.get(factories.live_alone(cast).get_absolute_url()).content.decode()
    hands = re.search(r'<p class="hands">(.*?)</p>', page, re.DOTALL)[1]
    assert re.findall(r'item">(.*?)<', hands) == [
        "责任编辑\u3000沈予安", "复审\u3000罗嘉言", "终审签发\u3000温以恒",
    ]  # fmt: skip


def test_a_voided_signature_is_not_printed(client, cast):
    article = factories.submitted(cast)
    workflow.sign(article, by=cast.editor)
    workflow.claim(article, by=cast.desk_head)
    rewritten = f"<p>{'新写' * 60}</p>"
    piece = Article.objects.filter(pk=article.pk)
    workflow.save(article, by=cast.desk_head, write=lambda: piece.update(body=rewritten))
    workflow.sign(article, by=cast.desk_head)
    factories.signed_by(cast, article, cast.second_editor, cast.chief)
    workflow.publish_alone(article, by=cast.chief)
    page = client.get(article.get_absolute_url()).content.decode()
    assert cast.second_editor.name in page
    assert cast.editor.name not in page


def test_photos_outside_the_text_stand_around_it(client, cast):
    article = factories.draft(cast)
    inside = factories.with_photo(article, caption="文中的图", position=0)
    factories.with_photo(article, caption="文前的图", position=1)
    factories.with_photo(article, caption="文后的图", position=2)
    figure = f'<figure data-photo="{inside.pk}"></figure>'
    Article.objects.filter(pk=article.pk).update(body=f"<p>头</p>{figure}<p>尾</p>")
    article.refresh_from_db()
    page = client.get(sealed_and_out(cast, article).get_absolute_url()).content.decode()
    prose = page[page.index('<div class="prose">') :]
    marks = ["文前的图", "头</p>", "文中的图", "尾</p>", "文后的图"]
    assert sorted(marks, key=prose.index) == marks
    assert prose.count("文中的图") == 1


def test_only_signed_corrections_show(client, cast):
    article = factories.live_alone(cast)
    words = {"wrong": "每周二", "right": "每周三", "note": "谨致歉意。"}
    correction = factories.correction(cast, article, **words, printed_where="12月8日第2版")
    for signer in (cast.editor, cast.desk_head, cast.chief):
        for address in (article.get_absolute_url(), "/corrections/"):
            assert "每周三" not in client.get(address).content.decode()
        workflow.sign_correction(correction, by=signer)
    for address in (article.get_absolute_url(), "/corrections/"):
        page = client.get(address).content.decode()
        assert "<del>“每周二”</del>应为<ins>“每周三”</ins>。谨致歉意。" in page
        assert "原文刊于" in page


def test_words_are_escaped_wherever_they_come_from(client, cast):
    bad = "<script>alert(1)</script>"
    article = factories.draft(cast, headline=bad, kicker=bad, deck=bad, summary=bad, dateline=bad)
    live = sealed_and_out(cast, article)
    for address in (live.get_absolute_url(), "/", "/sections/minsheng/"):
        assert "<script>" not in client.get(address).content.decode()


def akin(client, piece) -> list[str]:
    """Return the headlines named beside a piece because they have something in common with it."""
    page = client.get(piece.get_absolute_url()).content.decode()
    found = re.search(r'<aside aria-labelledby="akin">.*?</aside>', page, re.DOTALL)
    return re.findall("<b>(.*?)</b>", found[0].replace("<wbr>", "")) if found else []


def tagged(cast, headline, *tags, make=None) -> Article:
    article = factories.draft(cast, headline=headline)
    article.tags.set(tags)
    workflow.submit(article, by=cast.writer)
    factories.signed_by(cast, article, cast.editor, cast.desk_head, cast.chief)
    return workflow.publish_alone(article, by=cast.chief, at=make)


def test_beside_a_piece_stand_live_ones_that_share_a_tag_before_those_of_its_section(client, cast):
    bridge, river = (Tag.objects.create(name=name) for name in ("石桥", "棠河"))
    piece = tagged(cast, "读这篇", bridge, river)
    tagged(cast, "两个都有", bridge, river)
    tagged(cast, "一个也有", river)
    tagged(cast, "只是同栏")
    tagged(cast, "明天才出", bridge, river, make=timezone.now() + timedelta(days=1))
    gone = tagged(cast, "已经撤下", bridge, river)
    workflow.withdraw(gone, by=cast.chief, reason="撤")
    plain = [re.sub("<.*?>", "", words) for words in akin(client, piece)]
    assert plain == ["两个都有", "一个也有", "只是同栏"]


def test_what_stands_beside_a_piece_costs_no_statement(client, cast):
    piece = tagged(cast, "读这篇")
    few = statements(client, piece.get_absolute_url())
    for number in range(5):
        tagged(cast, f"同栏{number}")
    assert len(statements(client, piece.get_absolute_url())) == len(few) <= 3
    assert len(akin(client, piece)) == 4


# What is not there


def not_out_yet(cast) -> list[Article]:
    withdrawn_early = factories.scheduled_alone(cast)
    workflow.withdraw(withdrawn_early, by=cast.chief, reason="撤")
    held = workflow.hold(factories.scheduled_alone(cast), by=cast.chief, because="核实")
    in_issue = factories.approved(cast)
    factories.scheduled_issue(cast, in_issue)
    return [
        factories.draft(cast), factories.submitted(cast), factories.approved(cast),
        factories.scheduled_alone(cast), held, withdrawn_early, in_issue,
    ]  # fmt: skip


def test_a_piece_that_is_not_out_equals_one_that_never_was(client, cast):
    unknown = client.get("/articles/987654321/")
    assert unknown.status_code == 404
    assert unknown.headers["Cache-Control"] == "no-store"
    for article in not_out_yet(cast):
        answer = client.get(article.get_absolute_url())
        assert answer.status_code == 404
        assert answer.content == unknown.content
        assert answer.headers == unknown.headers


def test_what_is_not_out_shows_on_no_page_of_lists(client, cast):
    not_out_yet(cast)
    assert client.get(cast.correspondent.get_absolute_url()).status_code == 404
    for address in ("/", "/sections/minsheng/", "/corrections/", "/issues/"):
        page = client.get(address).content.decode()
        assert factories.SECRET not in page
        assert "老厂房里开出图书馆" not in page
        assert "民生</a>" not in page  # a section without a live piece is not in the navigation


def test_a_withdrawn_piece_leaves_title_date_and_note_and_nothing_else(client, cast):
    article = factories.draft(
        cast, headline="撤下的|标题", kicker="引题", deck="副题", summary="提要"
    )
    factories.with_photo(article, caption="图说")
    live = sealed_and_out(cast, article)
    workflow.withdraw(live, by=cast.chief, reason="内部原因", public_note="内容有误，已撤下。")
    answer = client.get(live.get_absolute_url())
    page = answer.content.decode()
    assert answer.status_code == 410
    assert answer.headers["Cache-Control"] == "no-store"
    for words in ("撤下的", "本文已撤下", "内容有误，已撤下。"):
        assert words in page
    for words in (
        "引题",
        "副题",
        "提要",
        "图说",
        factories.SECRET,
        "内部原因",
        "苗青禾",
        "/photos/",
    ):
        assert words not in page
    for address in ("/", "/sections/minsheng/", "/corrections/"):
        assert "撤下的" not in client.get(address).content.decode()


def test_a_withdrawn_piece_without_a_headline_lends_no_words_of_its_text(client, cast):
    live = factories.live_alone(cast, headline="", kind="photo_story")
    workflow.withdraw(live, by=cast.chief, reason="错")
    page = client.get(live.get_absolute_url()).content.decode()
    assert "柳岸街道" not in page


def test_corrections_of_withdrawn_pieces_are_gone(client, cast):
    article = factories.live_alone(cast)
    factories.signed_correction(cast, article, wrong="东", right="西北角")
    workflow.withdraw(article, by=cast.chief, reason="错")
    assert "西北角" not in client.get("/corrections/").content.decode()


def test_time_publishes_without_anybody(client, cast):
    article = factories.scheduled_alone(cast, hours=0.4 / 3600)
    assert client.get(article.get_absolute_url()).status_code == 404
    time.sleep(0.5)
    assert client.get(article.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    "address",
    ["/articles/0/", "/articles/01/", "/articles/1e3/", "/articles/999999999999999999999/",
     "/articles/999999999999999999/", "/correspondents/0/", "/sections/nowhere/"],
)  # fmt: skip
def test_mistyped_addresses_are_answered_kindly(client, cast, address):
    answer = client.get(address)
    assert answer.status_code == 404
    assert "这个网址没有对应的网页" in answer.content.decode()


# Lists


def addresses_of_lists(cast):
    return "/sections/minsheng/", f"/correspondents/{cast.correspondent.pk}/", "/corrections/"


def corrected(cast):
    factories.signed_correction(cast, wrong="甲", right="乙")


def test_lists_cost_the_same_for_one_row_and_for_twenty(client, cast):
    corrected(cast)
    few = {address: statements(client, address) for address in addresses_of_lists(cast)}
    for _ in range(PER_PAGE - 1):
        corrected(cast)
    for address, asked in few.items():
        assert len(asked) <= 4
        assert len(statements(client, address)) == len(asked)


def test_unknown_words_in_the_query_are_ignored(client, cast):
    address = factories.live_alone(cast).get_absolute_url()
    assert client.get(address).content == client.get(address, {"utm": "<b>"}).content


def test_a_retired_correspondent_and_section_keep_their_addresses(client, cast):
    factories.live_alone(cast)
    Section.objects.update(retired=True)
    Correspondent.objects.update(retired=True, phone="13800000000", email="x@example.cn")
    assert client.get("/sections/minsheng/").status_code == 200
    page = client.get(cast.correspondent.get_absolute_url())
    assert "石桥街道" in page.content.decode()
    assert "13800000000" not in page.content.decode()
    assert "x@example.cn" not in page.content.decode()


def test_public_pages_need_no_cookie_and_look_at_nobody(client, cast):
    address = factories.live_alone(cast).get_absolute_url()
    anonymous = client.get(address)
    client.force_login(cast.chief)
    for page in (address, "/", "/issues/", "/corrections/", "/sections/minsheng/"):
        answer = client.get(page)
        assert not answer.cookies
        assert "Cookie" not in answer.headers.get("Vary", "")
        scripts = re.findall(r"<script[^>]*>", answer.content.decode())
        assert all(re.fullmatch(MODULE, script) for script in scripts), scripts
        assert " style=" not in answer.content.decode()
        assert "csrf" not in answer.content.decode()
    assert client.get(address).content == anonymous.content


# What changed once it was out


def hands(page: str) -> list[str]:
    """Return who is printed as having signed."""
    (line,) = re.findall(r'<p class="hands">(.*?)</p>', page)
    return re.findall(r"\u3000(\w+)</span>", line)


def changed(cast, article, note, **words):
    workflow.revise(article, by=cast.writer)
    for name, value in words.items():
        setattr(article, name, value)
    workflow.save(article, by=cast.writer, write=article.save)
    workflow.submit(article, by=cast.writer, change_note=note)
    return factories.signed_by(cast, article, cast.editor, cast.desk_head, cast.chief)


def test_residents_read_what_was_changed_the_newest_first(client, cast):
    article = factories.live_alone(cast)
    assert "更改" not in client.get(article.get_absolute_url()).content.decode()
    changed(cast, article, "补充了开放时间。", deck="每天开放")
    changed(cast, article, "订正了<开放>时间。", deck="每周开放")
    page = client.get(article.get_absolute_url()).content.decode()
    assert page.index("订正了&lt;开放&gt;时间。") < page.index("补充了开放时间。")
    assert len(re.findall(r"<li><time datetime=", page)) == 2
    assert page.count("更改：") == 1


def test_notes_cost_no_statement(client, cast):
    article = factories.live_alone(cast)
    few = statements(client, article.get_absolute_url())
    for number in range(3):
        changed(cast, article, f"第{number}次。", deck=f"副题{number}")
    assert len(statements(client, article.get_absolute_url())) == len(few) == 3


def test_an_emergency_prints_who_has_signed_and_nobody_else(client, cast):
    article = factories.out_at_once(cast)
    address = article.get_absolute_url()
    assert hands(client.get(address).content.decode()) == ["温以恒"]
    second = article.owed_signatures.order_by("round__position").last()
    workflow.sign_late(article, by=cast.desk_head, owed=second.pk)
    assert hands(client.get(address).content.decode()) == ["罗嘉言", "温以恒"]


def test_under_a_minor_change_stand_those_who_signed_the_rest(client, cast):
    article = workflow.sign_minor(factories.mended(cast), by=cast.chief)
    page = client.get(article.get_absolute_url()).content.decode()
    assert "亮了阅读灯" in page
    assert hands(page) == ["沈予安", "罗嘉言", "温以恒"]
    assert "更改" not in page
