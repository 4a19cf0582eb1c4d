"""The pages of versions: all of them, two compared, and what editors changed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import workflow
from articles.models import Act, Article, Byline
from articles.sealing import snapshot
from tests import factories
from tests.articles.desk_pages import address, signed_in, text

pytestmark = pytest.mark.django_db
BODY = "<p>石桥的早市挪了新家。</p><p>112 个摊位全数进棚。</p><p>卖豆花的老杜说好。</p>"


@pytest.fixture
def cast():
    return factories.Cast()


@pytest.fixture
def article(cast):
    return factories.submitted(cast, body=BODY, headline="早市挪了新家")


def mend(article, by, **words):
    for name, value in words.items():
        setattr(article, name, value)
    workflow.save(article, by=by, write=article.save)


def signed_after_a_mend(cast, article, **words):
    words = words or {"body": BODY.replace("全数", "都"), "headline": "石桥早市挪了新家"}
    workflow.claim(article, by=cast.editor)
    mend(article, cast.editor, **words)
    return factories.signed_by(cast, article, cast.editor, cast.desk_head, cast.chief)


def shown(article, user, page, query="") -> str:
    return text(signed_in(user).get(address(article, page) + query))


def queries(article, user, page, query="") -> int:
    browser = signed_in(user)
    browser.get(address(article, page))
    with CaptureQueriesContext(connection) as captured:
        browser.get(address(article, page) + query)
    return len(captured)


def make_versions(article, count):
    for number in range(count):
        article.summary = f"第{number}次改"
        article.save()
        snapshot(article, by=article.filed_by, reason="sitting")


class TestTheList:
    """Every version with who, when, why, its length, its fingerprint and its signatures."""

    def test_it_tells_what_a_version_is(self, cast, article):
        signed_after_a_mend(cast, article)
        workflow.name_version(article, by=cast.chief, number=2, name="见报稿")
        page = shown(article, cast.writer, "versions")
        for words in ("版本1", "版本2", "见报稿", "初审 沈予安", "终审签发 温以恒", "已签发"):
            assert words in page
        version = article.versions.get(number=2)
        assert version.fingerprint[:4] in page
        assert f"{version.characters} 字" in page

    def test_restored_ones_say_which(self, cast):
        piece = factories.mended(cast)
        workflow.restore_version(piece, by=cast.writer, number=1)
        page = shown(piece, cast.writer, "versions")
        assert "恢复: 版本1" in page.replace("：", ": ")
        assert "恢复前保存" in page

    def test_a_version_is_restored_named_and_kept_from_the_page(self, cast):
        piece = factories.mended(cast)
        browser = signed_in(cast.writer)

        def do(verb, **typed):
            sent = {f"{verb}-{name}": value for name, value in typed.items()}
            answer = browser.post(address(piece, "do", verb=verb), sent, follow=True)
            assert answer.redirect_chain[-1][0] == address(piece, "versions")
            return text(answer)

        assert "补采之后" in do("keep_version", name="补采之后", seen=piece.revision)
        assert "初稿" in do("name_version", number=1, name="初稿")
        assert "另有一版" in do("name_version", number=1, name="补采之后")
        do("restore_version", number=1, seen=piece.revision)
        piece.refresh_from_db()
        assert piece.latest_version.reason == "restored"
        assert "改动" in do("restore_version", number=2, seen=0)

    def test_who_may_not_change_it_sees_why(self, cast, article):
        signed_after_a_mend(cast, article)
        page = shown(article, cast.writer, "versions")
        assert 'aria-describedby="why-restore"' in page
        assert 'id="why-restore"' in page
        assert "do/restore_version" not in page

    def test_it_costs_the_same_for_one_version_and_for_twenty(self, cast, article):
        few = {page: queries(article, cast.editor, page) for page in ("versions", "compare")}
        make_versions(article, 1)
        read = queries(article, cast.editor, "read")
        make_versions(article, 18)
        assert {page: queries(article, cast.editor, page) for page in few} == few
        assert queries(article, cast.editor, "read") == read

    def test_a_stranger_finds_no_door(self, cast, article):
        browser = signed_in(cast.other_writer)
        for page in ("versions", "compare", "edited"):
            assert browser.get(address(article, page)).status_code == 404


class TestComparing:
    """Any two, and any with the working copy, place by place."""

    def test_characters_are_marked_and_numbers_stay_whole(self, cast, article):
        workflow.claim(article, by=cast.editor)
        mend(article, cast.editor, body=BODY.replace("112", "121").replace("全数", "都"))
        page = shown(article, cast.editor, "compare", "?from=1&to=now")
        assert "<del>112</del>" in page
        assert "<ins>121</ins>" in page
        assert "<del>全数</del>" in page

    def test_changes_only_or_the_whole_text(self, cast, article):
        workflow.claim(article, by=cast.editor)
        mend(article, cast.editor, body=BODY.replace("全数", "都"))
        brief = shown(article, cast.editor, "compare", "?from=1&to=now")
        whole = shown(article, cast.editor, "compare", "?from=1&to=now&show=all")
        assert "卖豆花的老杜说好" not in brief
        assert "卖豆花的老杜说好" in whole
        assert '<span class="chgno">1</span>' in brief
        assert "change-2" not in brief
        assert 'id="change-1"' in brief

    def test_what_only_moved_is_told_as_moved(self, cast, article):
        workflow.claim(article, by=cast.editor)
        first, second, third = BODY.split("</p>")[:3]
        mend(article, cast.editor, body=f"{third}</p>{first}</p>{second}</p>")
        page = shown(article, cast.editor, "compare", "?from=1&to=now")
        assert "原第 3 段" in page
        assert '<span class="moved">卖豆花的老杜说好。</span>' in page
        assert "<del>" not in page.partition('class="diff"')[2]

    def test_a_changed_picture_is_shown_small_on_both_sides(self, cast):
        piece = factories.draft(cast)
        photo = factories.with_photo(piece)
        workflow.submit(piece, by=cast.writer)
        old = photo.digest
        workflow.recall(piece, by=cast.writer)
        piece.photos.update(digest="e" * 64, caption="另一张的说明")
        page = shown(piece, cast.writer, "compare", "?from=1&to=now")
        for digest in (old, "e" * 64):
            assert reverse("admin:photo", args=[digest, "480.webp"]) in page
        assert "图 1 说明" in page

    def test_a_name_or_a_side_that_is_the_same(self, cast, article):
        workflow.claim(article, by=cast.editor)
        Byline.objects.create(article=article, name="方念", position=1)
        assert "方念" in shown(article, cast.editor, "compare", "?from=1&to=now")
        assert "一字不差" in shown(article, cast.editor, "compare", "?from=1&to=1")

    @pytest.mark.parametrize("query", ["?from=99&to=x", "?from=now&to=now", "?from=&to=", ""])
    def test_nonsense_compares_something(self, cast, article, query):
        answer = signed_in(cast.editor).get(address(article, "compare") + query)
        assert answer.status_code == 200

    def test_a_piece_without_a_version_has_a_page_too(self, cast):
        piece = factories.draft(cast)
        for page in ("compare", "versions", "edited"):
            assert signed_in(cast.writer).get(address(piece, page)).status_code == 200

    def test_a_reader_compares_with_what_was_returned_whatever_was_kept_since(self, cast, article):
        workflow.return_(article, by=cast.editor, note="补")
        mend(article, cast.writer, body=BODY.replace("全数", "都"))
        workflow.keep_version(article, by=cast.writer, name="补采之后")
        mend(article, cast.writer, deck="副题")
        workflow.submit(article, by=cast.writer)
        page = shown(Article.objects.get(pk=article.pk), cast.editor, "read")
        assert "<del>全数</del>" in page


class TestCoaching:
    """Authors see what became of their words once these are signed, and the newsroom too."""

    def test_the_author_reads_what_was_changed_and_what_was_said(self, cast, article):
        workflow.note_down(article, by=cast.editor, note="“全数”查不实", paragraph=1)
        workflow.say(article, by=cast.chief, note="这篇压两天", inside=True)
        signed_after_a_mend(cast, article)
        page = shown(article, cast.writer, "edited")
        assert "标题换了" in page
        assert "<del>全数</del>" in page
        assert "“全数”查不实" in page
        assert "这篇压两天" not in page

    def test_figures_count_characters_of_the_text(self, cast, article):
        from_twelve_to_eleven = BODY.replace("全数", "都")
        signed_after_a_mend(cast, article, body=from_twelve_to_eleven)
        page = shown(article, cast.writer, "edited")
        assert "<dt>删去</dt><dd>2</dd>" in page
        assert "<dt>添上</dt><dd>1</dd>" in page
        assert "标题没动" in page

    def test_nothing_before_it_is_signed(self, cast, article):
        workflow.claim(article, by=cast.editor)
        mend(article, cast.editor, body="<p>编辑正在写的一稿。</p>")
        factories.signed_by(cast, article, cast.editor, cast.desk_head)
        page = shown(article, cast.writer, "edited")
        assert "终审签发以后" in page
        assert "编辑正在写的一稿" not in page

    def test_untouched_it_says_so(self, cast):
        piece = factories.live_alone(cast)
        assert "一字未改" in shown(piece, cast.writer, "edited")

    def test_first_or_last_as_handed_in(self, cast, article):
        workflow.return_(article, by=cast.editor, note="补")
        mend(article, cast.writer, body=BODY.replace("石桥的", "城南石桥的"))
        workflow.submit(article, by=cast.writer)
        signed_after_a_mend(cast, article, body=article.body.replace("全数", "都"))
        last = shown(article, cast.writer, "edited")
        first = shown(article, cast.writer, "edited", "?since=first")
        assert "<ins>城南</ins>" not in last
        assert "<ins>城南</ins>" in first

    def test_a_piece_no_author_handed_in_has_nothing_to_compare(self, cast):
        piece = workflow.submit(factories.draft(cast), by=cast.second_editor)
        factories.signed_by(cast, piece, cast.editor, cast.desk_head, cast.chief)
        assert "没有可比的" in shown(piece, cast.writer, "edited")
        assert not Act.objects.filter(article=piece, verb="submit", by=cast.writer).exists()

    def test_the_workbench_leads_there(self, cast):
        piece = factories.live_alone(cast)
        page = text(signed_in(cast.writer).get(reverse("admin:index")))
        assert address(piece, "edited") in page
        assert address(piece, "edited") in shown(piece, cast.writer, "read")
