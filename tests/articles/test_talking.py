"""Talking about a piece: who says what to whom, who is named with an @, and who is told."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import permissions, workflow
from articles.admin.remarks import open_remarks, remarks_on
from articles.models import Article, Byline, Comment, Correspondent
from newsroom.desk.kinds import Kind
from newsroom.desk.models import Notice
from newsroom.desk.phrasing import address as address_of_notice
from newsroom.desk.phrasing import sentence
from newsroom.desk.telling import of_act
from newsroom.people.roles import Role
from newsroom.people.verdicts import RefusalError
from tests import factories
from tests.articles.desk_pages import address, signed_in, text

pytestmark = pytest.mark.django_db
BODY = "<p>石桥的早市挪了新家。</p><p>112 个摊位全数进棚。</p>"


@pytest.fixture
def cast():
    return factories.Cast()


@pytest.fixture
def article(cast):
    return factories.submitted(cast, body=BODY)


def said(article, by, note="谁去过现场？", **how) -> Comment:
    workflow.say(article, by=by, note=note, **how)
    return Comment.objects.latest("pk")


def answered(begun, by, note="我去过。") -> Comment:
    workflow.answer(begun.article, by=by, comment=begun.pk, note=note)
    return Comment.objects.latest("pk")


def read(article, user) -> str:
    return text(signed_in(user).get(address(article, "read")))


def told(comment) -> dict:
    return {telling.recipient.name: telling.kind for telling in of_act(comment.act)}


class TestWhoReads:
    """The newsroom's own stays with the newsroom; everything else is the author's too."""

    def test_the_newsroom_alone_reads_what_is_for_it(self, cast, article):
        said(article, cast.chief, "这条线索先压一压", inside=True)
        for who in (cast.editor, cast.desk_head, cast.issue_editor, cast.administrator):
            assert "这条线索先压一压" in read(article, who)
        assert "这条线索先压一压" not in read(article, cast.writer)
        assert signed_in(cast.other_writer).get(address(article, "read")).status_code == 404

    def test_an_author_reads_the_rest_in_any_state(self, cast):
        for state in (factories.draft, factories.submitted, factories.live_alone):
            piece = state(cast)
            said(piece, cast.issue_editor, "摊位数谁核的", paragraph=0)
            assert "摊位数谁核的" in read(piece, cast.writer)

    def test_an_author_does_not_speak_to_the_newsroom_alone(self, cast, article):
        with pytest.raises(RefusalError, match="编辑部"):
            said(article, cast.writer, inside=True)

    def test_nor_answers_what_they_do_not_read(self, cast, article):
        begun = said(article, cast.chief, inside=True)
        for verb in (workflow.resolve, workflow.reopen_comment):
            with pytest.raises(RefusalError, match="没有这条"):
                verb(article, by=cast.writer, comment=begun.pk)
        with pytest.raises(RefusalError, match="没有这条"):
            answered(begun, cast.writer)

    def test_an_answer_has_the_readers_of_what_it_answers(self, cast, article):
        begun = said(article, cast.chief, inside=True)
        answered(begun, cast.editor, "先等街道回话")
        assert "先等街道回话" not in read(article, cast.writer)
        assert "先等街道回话" in read(article, cast.desk_head)

    def test_who_reads_a_comment_is_who_may_see_the_piece(self, cast, article):
        """The list of names and the predicate are one rule, said twice."""
        factories.person("无职", username="roleless")
        factories.person("江源", username="root", is_superuser=True)
        entry = Correspondent.objects.create(name="方念", user=cast.other_writer)
        for named in (False, True):
            if named:
                Byline.objects.create(article=article, correspondent=entry, position=1)
            everybody = type(cast.chief).objects.all()
            seeing = {who.name for who in everybody if permissions.may_see(who, article)}
            inside = {who.name for who in everybody if permissions.sees_everything(who)}
            listed = [{who.name for who in permissions.readers(article, inside=only)}
                      for only in (False, True)]  # fmt: skip
            assert listed == [seeing, inside]

    def test_the_history_does_not_say_that_the_newsroom_talks(self, cast, article):
        said(article, cast.chief, inside=True)
        assert "温以恒" not in read(article, cast.writer).partition("历史")[2].partition("</ul>")[0]

    def test_what_was_typed_into_a_refused_comment_stays(self, cast, article):
        sent = {"say-note": "请@不存在的人看", "say-paragraph": "1", "say-readers": "author"}
        page = text(
            signed_in(cast.chief).post(address(article, "do", verb="say"), sent, follow=True)
        )
        assert "请@不存在的人看" in page
        assert "没有“不存在的人看”" in page
        assert not Comment.objects.exists()

    def test_so_does_an_answer(self, cast, article):
        begun = said(article, cast.chief)
        sent = {"answer-comment": begun.pk, "answer-note": "请@没这人看"}
        browser = signed_in(cast.editor)
        page = text(browser.post(address(article, "do", verb="answer"), sent, follow=True))
        assert ">请@没这人看</textarea>" in page

    @pytest.mark.parametrize(
        ("who", "inside"), [("chief", True), ("issue_editor", True), ("writer", False)]
    )
    def test_without_a_choice_it_is_the_safest(self, cast, article, who, inside):
        browser = signed_in(getattr(cast, who))
        browser.post(address(article, "do", verb="say"), {"say-note": "好"})
        assert Comment.objects.get().inside is inside

    def test_a_reviewer_collects_unless_they_choose_otherwise(self, cast, article):
        browser = signed_in(cast.editor)
        browser.post(address(article, "do", verb="say"), {"say-note": "补来源"})
        assert Comment.objects.get().act is None
        sent = {"say-note": "现在就说", "say-readers": "author"}
        browser.post(address(article, "do", verb="say"), sent)
        assert Comment.objects.latest("pk").act.verb == "talk"


class TestThreads:
    """One question, its answers, and whether it is done."""

    def test_answers_stand_under_their_question(self, cast, article):
        begun = said(article, cast.chief, paragraph=1)
        answered(begun, cast.writer, "陶然带我去的")
        remark = remarks_on(article, cast.editor)[0]
        assert [each.comment.note for each in remark.answers] == ["陶然带我去的"]
        page = read(article, cast.editor)
        assert page.index("谁去过现场") < page.index("陶然带我去的")

    def test_an_answer_to_an_answer_is_refused(self, cast, article):
        begun = said(article, cast.chief)
        with pytest.raises(RefusalError, match="没有这条"):
            answered(answered(begun, cast.writer), cast.chief)

    def test_authors_answer_a_reviewer_and_the_reviewer_opens_it_again(self, cast, article):
        workflow.note_down(article, by=cast.editor, note="补来源", paragraph=1)
        workflow.return_(article, by=cast.editor, note="")
        begun = Comment.objects.get()
        answered(begun, cast.writer, "已补")
        workflow.resolve(article, by=cast.writer, comment=begun.pk)
        assert open_remarks(remarks_on(article, cast.editor)) == 0
        workflow.reopen_comment(article, by=cast.editor, comment=begun.pk)
        assert open_remarks(remarks_on(article, cast.editor)) == 1

    def test_who_has_nothing_to_do_with_it_does_not_say_that_it_is_done(self, cast, article):
        begun = said(article, cast.editor)
        with pytest.raises(RefusalError, match=r"\S"):
            workflow.resolve(article, by=cast.writer, comment=begun.pk)
        workflow.resolve(article, by=cast.second_editor, comment=begun.pk)
        begun.refresh_from_db()
        assert begun.resolved_by == cast.second_editor

    def test_ones_own_words_are_taken_back_until_somebody_answers(self, cast, article):
        begun = said(article, cast.chief, "说错了的一句")
        with pytest.raises(RefusalError, match="不是你的"):
            workflow.take_back_note(article, by=cast.editor, comment=begun.pk)
        answered(begun, cast.chief, "自己接一句")
        answered(begun, cast.editor)
        with pytest.raises(RefusalError, match="已有人回复"):
            workflow.take_back_note(article, by=cast.chief, comment=begun.pk)
        other = said(article, cast.chief, "另一句说错了的")
        workflow.take_back_note(article, by=cast.chief, comment=other.pk)
        assert "另一句说错了的" not in read(article, cast.editor)
        assert "另一句说错了的" not in read(article, cast.chief)

    def test_it_follows_its_paragraph(self, cast, article):
        said(article, cast.chief, paragraph=1)
        Article.objects.filter(pk=article.pk).update(
            body="<p>新加的开头。</p><p>112 个摊位都进棚。</p><p>石桥的早市挪了新家。</p>"
        )
        remark = remarks_on(Article.objects.get(pk=article.pk), cast.editor)[0]
        assert (remark.number, remark.spot.same) == (1, False)

    def test_a_paragraph_that_moved_under_the_writers_hand_is_chosen_again(self, cast, article):
        with pytest.raises(RefusalError, match="重新选段落"):
            said(article, cast.chief, paragraph=1, seen=article.revision + 1)
        assert said(article, cast.chief, seen=article.revision + 1).paragraph is None

    def test_a_second_click_says_it_once(self, cast, article):
        begun = said(article, cast.chief)
        said(article, cast.chief)
        answered(begun, cast.editor)
        answered(begun, cast.editor)
        assert Comment.objects.count() == 2

    @pytest.mark.parametrize("note", ["", " \n "])
    def test_nothing_is_not_said(self, cast, article, note):
        with pytest.raises(RefusalError, match="写下"):
            said(article, cast.chief, note)

    def test_its_text_is_text(self, cast, article):
        said(article, cast.chief, "<script>alert(1)</script>", paragraph=0)
        assert "<script>alert(1)" not in read(article, cast.editor)


class TestNaming:
    """An @ with a name tells a colleague, if they may read it; never oneself."""

    def test_the_named_are_told_and_no_others_of_the_newsroom(self, cast, article):
        made = said(article, cast.chief, "请@沈予安核实，@罗嘉言 看一眼", inside=True)
        assert told(made) == {"沈予安": Kind.MENTION, "罗嘉言": Kind.MENTION}

    def test_whoever_speaks_in_it_hears_the_answers(self, cast, article):
        begun = said(article, cast.chief, "@沈予安 核实一下", inside=True)
        assert told(answered(begun, cast.desk_head)) == {
            "温以恒": Kind.COMMENT,
            "沈予安": Kind.COMMENT,
        }

    def test_authors_hear_what_they_may_read_and_the_reviewer_hears_the_author(self, cast, article):
        begun = said(article, cast.chief)
        assert told(begun) == {"苗青禾": Kind.COMMENT}
        assert told(said(article, cast.chief, "内部", inside=True)) == {}
        workflow.claim(article, by=cast.editor)
        assert told(said(article, cast.writer, "图还要吗")) == {"沈予安": Kind.COMMENT}

    def test_a_question_of_the_author_reaches_whoever_signed_or_returned_the_piece(self, cast):
        piece = factories.live_alone(cast)
        signers = {"沈予安", "罗嘉言", "温以恒"}
        assert set(told(said(piece, cast.writer, "为什么换了标题"))) == signers
        back = workflow.return_(factories.submitted(cast), by=cast.second_editor, note="补")
        assert told(said(back, cast.writer, "补哪一段")) == {"邓可": Kind.COMMENT}

    def test_nobody_is_told_of_their_own_words(self, cast, article):
        assert "温以恒" not in told(said(article, cast.chief, "@温以恒 记一下"))

    @pytest.mark.parametrize("name", ["方念", "赵无名", "离职"])
    def test_a_name_of_no_reader_is_refused(self, cast, article, name):
        factories.person("离职", *Role, username="gone", is_active=False)
        with pytest.raises(RefusalError, match=name):
            said(article, cast.chief, f"请@{name} 看")
        assert not Comment.objects.exists()

    def test_an_author_named_in_what_is_for_the_newsroom_is_refused(self, cast, article):
        with pytest.raises(RefusalError, match="苗青禾看不到"):
            said(article, cast.chief, "@苗青禾 补一句", inside=True)

    def test_an_address_of_e_mail_names_nobody(self, cast, article):
        assert told(said(article, cast.chief, "寄到 desk@example.cn", inside=True)) == {}

    def test_who_has_lost_the_right_meanwhile_is_not_told(self, cast, article):
        made = said(article, cast.chief, "@沈予安 核实", inside=True)
        cast.editor.groups.clear()
        assert told(made) == {}

    def test_the_notice_leads_to_the_words_and_does_not_repeat_them(self, cast, article):
        made = said(article, cast.chief, "@沈予安 别外传", inside=True)
        notice = Notice(recipient=cast.editor, kind=Kind.MENTION, article=article, act=made.act)
        assert "温以恒" in sentence(notice)
        assert "别外传" not in sentence(notice)
        anchor = address_of_notice(notice).partition("#")[2]
        assert f'id="{anchor}"' in read(article, cast.editor)


def test_a_page_costs_the_same_for_one_conversation_and_for_twenty(cast, article):
    workflow.claim(article, by=cast.editor)
    for user in (cast.writer, cast.editor, cast.chief):
        browser = signed_in(user)
        answered(said(article, cast.chief, f"@沈予安 一{user}"), cast.writer)
        browser.get(address(article, "read"))
        with CaptureQueriesContext(connection) as one:
            browser.get(address(article, "read"))
        for number in range(10):
            begun = said(article, cast.chief, f"@沈予安 第{number}问{user}", paragraph=number % 2)
            answered(begun, cast.writer, f"第{number}答")
        with CaptureQueriesContext(connection) as many:
            browser.get(address(article, "read"))
        assert len(many) == len(one)
