"""Comments on a piece and its paragraphs: collected while reading, sent with an act, seen to."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import workflow
from articles.admin.remarks import remarks_on
from articles.models import Article, Byline, Comment, Correspondent
from articles.workflow.commenting import send_notes
from newsroom.people.verdicts import RefusalError
from tests import factories
from tests.articles.desk_pages import address, form_of, signed_in, text

pytestmark = pytest.mark.django_db
BODY = "<p>石桥的早市挪了新家。</p><p>112 个摊位全数进棚。</p><p>卖豆花的老杜说好。</p>"


@pytest.fixture
def cast():
    return factories.Cast()


@pytest.fixture
def article(cast):
    return factories.submitted(cast, body=BODY)


def note(article, by, words="请核实。", **where):
    workflow.note_down(article, by=by, note=words, **where)
    return Comment.objects.latest("pk")


def read(article, user) -> str:
    return text(signed_in(user).get(address(article, "read")))


class TestCollecting:
    """What is noted down is its writer's alone until it goes out with an act."""

    def test_it_keeps_the_paragraph_it_is_about(self, cast, article):
        made = note(article, cast.editor, paragraph=1)
        assert (made.paragraph, made.quote) == (1, "112 个摊位全数进棚。")
        assert made.version == article.latest_version
        assert made.round.name == "初审"

    def test_nobody_else_reads_it_yet(self, cast, article):
        note(article, cast.editor, "摊位数和照片对不上")
        assert "摊位数和照片对不上" in read(article, cast.editor)
        for who in (cast.writer, cast.second_editor, cast.chief, cast.administrator):
            assert "摊位数和照片对不上" not in read(article, who)

    def test_it_goes_out_with_the_return_which_then_needs_no_note(self, cast, article):
        note(article, cast.editor, "一", paragraph=0)
        note(article, cast.editor, "二", paragraph=2)
        workflow.return_(article, by=cast.editor, note="", reason="facts")
        act = article.acts.get(verb="return")
        assert act.reason == "facts"
        assert [each.note for each in act.comments.all()] == ["一", "二"]

    def test_without_any_a_return_needs_its_note(self, cast, article):
        note(article, cast.second_editor)
        with pytest.raises(RefusalError, match="写明"):
            workflow.return_(article, by=cast.editor, note=" ")
        assert not Comment.objects.sent().exists()

    @pytest.mark.parametrize(
        ("verb", "how"),
        [("sign", {}), ("reject", {"note": "重复。"}), ("hand_over", {}), ("comment", {})],
    )
    def test_it_goes_out_with_whatever_ends_the_reading(self, cast, article, verb, how):
        made = note(article, cast.editor)
        others = note(article, cast.second_editor)
        how = {"to": cast.second_editor} if verb == "hand_over" else how
        getattr(workflow, verb)(article, by=cast.editor, **how)
        assert [Comment.objects.get(pk=row.pk).act for row in (made, others)] == [
            article.acts.get(verb=verb),
            None,
        ]

    def test_sending_nothing_is_refused(self, cast, article):
        with pytest.raises(RefusalError, match="没有写"):
            workflow.comment(article, by=cast.editor)

    def test_a_second_click_says_nothing_new(self, cast, article):
        note(article, cast.editor, paragraph=1)
        note(article, cast.editor, paragraph=1)
        assert Comment.objects.count() == 1

    def test_it_can_be_taken_back_until_it_is_sent(self, cast, article):
        made = note(article, cast.editor)
        workflow.take_back_note(article, by=cast.editor, comment=made.pk)
        assert not Comment.objects.shown_to(cast.editor).exists()
        sent = note(article, cast.editor, "改短")
        workflow.comment(article, by=cast.editor)
        with pytest.raises(RefusalError, match="已经发出"):
            workflow.take_back_note(article, by=cast.editor, comment=sent.pk)

    def test_nobody_takes_back_another_ones(self, cast, article):
        made = note(article, cast.editor)
        with pytest.raises(RefusalError, match="不是你的"):
            workflow.take_back_note(article, by=cast.second_editor, comment=made.pk)

    def test_a_paragraph_is_one_of_the_text_that_was_read(self, cast, article):
        for number in (3, -1, 999):
            with pytest.raises(RefusalError, match="没有这一段"):
                note(article, cast.editor, paragraph=number)
        with pytest.raises(RefusalError, match="改动"):
            note(article, cast.editor, paragraph=1, seen=article.revision + 1)

    def test_an_act_on_one_piece_sends_no_comment_on_another(self, cast, article):
        other = factories.submitted(cast)
        made = note(other, cast.editor)
        workflow.sign(article, by=cast.editor)
        send_notes(article.acts.get(verb="sign"))
        assert Comment.objects.get(pk=made.pk).act is None


class TestOutsiders:
    """Comments are for who may work in the round; authors and others have no such door."""

    @pytest.mark.parametrize("who", ["writer", "desk_head", "chief", "issue_editor"])
    def test_others_do_not_comment(self, cast, article, who):
        with pytest.raises(RefusalError, match=r"\S"):
            note(article, getattr(cast, who))
        posted = {"say-note": "插一句", "say-paragraph": "0", "say-readers": "later"}
        signed_in(getattr(cast, who)).post(address(article, "do", verb="say"), posted)
        assert not Comment.objects.exists()

    def test_a_stranger_finds_no_door(self, cast, article):
        made = note(article, cast.editor)
        workflow.comment(article, by=cast.editor)
        browser = signed_in(cast.other_writer)
        for verb in ("say", "answer", "comment", "take_back_note", "resolve", "reopen_comment"):
            posted = {f"{verb}-comment": made.pk, f"{verb}-note": "插一句"}
            answer = browser.post(address(article, "do", verb=verb), posted)
            assert answer.status_code == 404
        assert Comment.objects.count() == 1
        assert not Comment.objects.exclude(resolved_at=None).exists()

    def test_an_editor_named_in_it_does_not_comment(self, cast):
        article = factories.draft(cast)
        Byline.objects.create(article=article, name=cast.editor.name, position=1)
        workflow.submit(article, by=cast.writer)
        with pytest.raises(RefusalError, match="自己名字"):
            note(article, cast.editor)

    def test_a_comment_is_resolved_on_its_own_piece_only(self, cast, article):
        made = note(article, cast.editor)
        workflow.return_(article, by=cast.editor, note="")
        other = factories.draft(cast, filed_by=cast.other_writer)
        with pytest.raises(RefusalError, match="没有这条"):
            workflow.resolve(other, by=cast.other_writer, comment=made.pk)


class TestReading:
    """The author reads each comment at its paragraph, in form and page, and ticks it off."""

    def returned(self, cast, article):
        note(article, cast.editor, "摊位数请附来源", paragraph=1)
        note(article, cast.editor, "题目再短些")
        return workflow.return_(article, by=cast.editor, note="", reason="facts")

    def test_beside_the_paragraph(self, cast, article):
        self.returned(cast, article)
        page = read(article, cast.writer)
        second, third = page.index("112 个摊位"), page.index("卖豆花的老杜")
        assert second < page.index("摊位数请附来源") < third
        assert "题目再短些" in page

    def test_in_the_form(self, cast, article):
        self.returned(cast, article)
        page = text(signed_in(cast.writer).get(address(article)))
        assert "批注 2 条未结" in page
        assert "摊位数请附来源" in page

    def test_the_workbench_says_how_many(self, cast, article):
        self.returned(cast, article)
        page = text(signed_in(cast.writer).get(reverse("admin:index")))
        assert "2 条批注" in page

    def test_done_from_the_form_saves_what_was_typed_too(self, cast, article):
        self.returned(cast, article)
        first = article.comments.open().first()
        typed = form_of(article, deck="新副题", **{"resolve-comment": first.pk})
        signed_in(cast.writer).post(address(article), typed)
        first.refresh_from_db()
        article.refresh_from_db()
        assert first.resolved_by == cast.writer
        assert article.deck == "新副题"
        assert "批注 1 条未结" in text(signed_in(cast.writer).get(address(article)))

    def test_done_twice_keeps_the_first(self, cast, article):
        self.returned(cast, article)
        first = article.comments.open().first()
        workflow.resolve(article, by=cast.writer, comment=first.pk)
        workflow.resolve(article, by=cast.editor, comment=first.pk)
        first.refresh_from_db()
        assert first.resolved_by == cast.writer

    def test_it_follows_its_paragraph_through_edits(self, cast, article):
        self.returned(cast, article)
        Article.objects.filter(pk=article.pk).update(
            body="<p>新加的开头。</p>" + BODY.replace("全数进棚", "都进棚")
        )
        article.refresh_from_db()
        remark = remarks_on(article, cast.writer)[-1]
        assert remark.number == 2
        assert not remark.spot.same
        page = read(article, cast.writer)
        assert "已有改动" in page

    def test_a_paragraph_that_has_gone_is_shown_by_its_quote(self, cast, article):
        self.returned(cast, article)
        Article.objects.filter(pk=article.pk).update(body="<p>卖豆花的老杜说好。</p>")
        page = read(Article.objects.get(pk=article.pk), cast.writer)
        assert "这一段已经不在" in page
        assert "112 个摊位全数进棚" in page
        assert "摊位数请附来源" in page

    def test_a_text_of_a_comment_is_text(self, cast, article):
        note(article, cast.editor, "<script>alert(1)</script>", paragraph=0)
        assert "<script>alert(1)" not in read(article, cast.editor)

    def test_a_co_author_reads_but_ticks_nothing_off(self, cast, article):
        entry = Correspondent.objects.create(name="方念", user=cast.other_writer)
        Byline.objects.create(article=article, correspondent=entry, position=1)
        self.returned(cast, article)
        assert "摊位数请附来源" in read(article, cast.other_writer)
        with pytest.raises(RefusalError, match=r"\S"):
            workflow.resolve(
                article, by=cast.other_writer, comment=article.comments.open().first().pk
            )

    def test_the_next_round_reads_what_was_said(self, cast, article):
        note(article, cast.editor, "数字已问过街道", paragraph=1)
        workflow.sign(article, by=cast.editor)
        assert "数字已问过街道" in read(article, cast.desk_head)


class TestTheDoor:
    """A link at each paragraph leads to a form that needs no script."""

    def test_the_link_chooses_the_paragraph(self, cast, article):
        page = text(signed_in(cast.editor).get(address(article, "read") + "?on=1"))
        assert 'href="?on=1#verb-say"' in page
        assert '<option value="1" selected>第 2 段：112 个摊位全数进棚。</option>' in page

    def test_a_comment_is_posted_and_the_page_comes_back(self, cast, article):
        posted = {
            "say-paragraph": "1", "say-note": "附来源", "say-seen": "0",
        }  # fmt: skip
        browser = signed_in(cast.editor)
        answer = browser.post(address(article, "do", verb="say"), posted)
        assert answer.headers["Location"] == address(article, "read") + "#comments"
        page = text(browser.get(address(article, "read")))
        assert "附来源" in page
        assert "还没发出" in page
        assert "发出批注" in page

    @pytest.mark.parametrize("number", ["7", "x", "-1", "1.5"])
    def test_nonsense_is_refused_and_what_was_typed_stays(self, cast, article, number):
        posted = {"say-paragraph": number, "say-note": "附来源在此"}
        answer = signed_in(cast.editor).post(
            address(article, "do", verb="say"), posted, follow=True
        )
        assert "附来源在此" in text(answer)
        assert not Comment.objects.exists()

    def test_the_form_of_the_piece_leads_to_the_reading_page_for_it(self, cast, article):
        workflow.claim(article, by=cast.editor)
        page = text(signed_in(cast.editor).get(address(article)))
        assert f"{address(article, 'read')}#verb-say" in page

    def test_a_page_costs_the_same_for_one_comment_and_for_twenty(self, cast, article):
        browser = signed_in(cast.writer)

        def cost():
            with CaptureQueriesContext(connection) as captured:
                browser.get(address(article, "read"))
            return len(captured)

        note(article, cast.editor)
        workflow.comment(article, by=cast.editor)
        one = cost()
        for number in range(19):
            note(article, cast.editor, f"第{number}条", paragraph=number % 3)
        workflow.comment(article, by=cast.editor)
        assert cost() == one
