"""The sign-off sheet says what happened, on one page, and prints what was typed as it stands."""

import re
import shutil
import subprocess
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from articles import sheet_pages, sheets, typeset, workflow
from articles.models import Round, Route
from articles.templatetags import paper
from newsroom.people.models import Deputy
from newsroom.people.roles import Role
from tests import factories
from tests.articles.desk_pages import address, signed_in

pytestmark = pytest.mark.django_db

EVIL = '#eval("panic()") ] [ $x$ *b* _i_ <lab> @ref \\ // “引”'


@pytest.fixture
def cast():
    return factories.Cast()


def sheet(article, cast, printed=()):
    article.refresh_from_db()
    return sheets.piece_sheet(article, by=cast.chief, at=timezone.now(), printed=list(printed))


def pages(pdf: bytes) -> list[str]:
    """Return the text of a PDF, page by page, as another program reads it."""
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("needs pdftotext (poppler) to read what was typeset")
    command = [program, "-layout", "-", "-"]
    said = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()
    return said.split("\f")[:-1]


def flat(text: str) -> str:
    """Return a text without the white space of its lines."""
    return re.sub(r"\s", "", text)


def on_paper(made: typeset.Sheet) -> list[str]:
    return pages(typeset.typeset(made, at=timezone.now()))


class TestThePiece:
    def test_every_round_stands_with_its_name_time_version_and_fingerprint(self, cast):
        article = factories.approved(cast)
        made = sheet(article, cast)
        rows = [row.cells for row in made.tables[0].rows]
        assert [cells[:2] for cells in rows] == [
            ["送审", "苗青禾"], ["初审", "沈予安"], ["复审", "罗嘉言"], ["终审签发", "温以恒"],
        ]  # fmt: skip
        short = sheets.grouped(article.sealed.fingerprint, 12)
        assert {cells[4] for cells in rows} == {short}
        (page,) = on_paper(made)
        assert flat(article.sealed.fingerprint) in flat(page)
        assert "沈予安" in page

    def test_returns_carry_their_reason_and_note(self, cast):
        article = factories.submitted(cast)
        workflow.return_(article, by=cast.editor, note="请补时间。", reason="facts")
        cells = sheet(article, cast).tables[0].rows[-1].cells
        assert cells[0] == "初审 退改"
        assert cells[-1] == "事实要核；请补时间。"

    def test_void_signatures_are_struck(self, cast):
        article = factories.signed_by(cast, factories.submitted(cast), cast.editor)
        workflow.claim(article, by=cast.desk_head)
        article.body = "<p>" + "整段重写。" * 30 + "</p>"
        workflow.save(article, by=cast.desk_head, write=article.save)
        workflow.sign(article, by=cast.desk_head)
        struck = [row.cells[:2] for row in sheet(article, cast).tables[0].rows if row.struck]
        assert struck == [["初审", "沈予安"]]

    def test_a_deputy_stands_with_whom_they_sign_for(self, cast):
        deputy, today = factories.person("代签", username="deputy"), timezone.localdate()
        Deputy.objects.create(principal=cast.editor, deputy=deputy, starts_on=today, ends_on=today)
        article = factories.signed_by(cast, factories.submitted(cast), deputy)
        assert sheet(article, cast).tables[0].rows[-1].cells[1] == "代签（代沈予安）"

    def test_an_emergency_shows_its_reason_and_what_is_owed(self, cast):
        article = workflow.publish_at_once(
            factories.submitted(cast), by=cast.chief, reason="暴雨红色预警。"
        )
        made = sheet(article, cast)
        assert [row.cells[0] for row in made.tables[1].rows] == ["初审", "复审"]
        assert {row.cells[3] for row in made.tables[1].rows} == {"尚未补签"}
        assert "暴雨红色预警。" in dict(made.notes)["封存"]

    def test_what_came_after_it_went_out_stands_below(self, cast):
        article = factories.live_alone(cast)
        factories.signed_correction(cast, article)
        workflow.withdraw(article, by=cast.chief, reason="失实。")
        workflow.reinstate(article, by=cast.chief, reason="核实无误。")
        rows = [row.cells for row in sheet(article, cast).tables[-1].rows]
        assert [cells[0] for cells in rows] == ["更正", "已撤稿", "恢复刊发"]
        assert [cells[3] for cells in rows] == ["“周三”→“周四”", "失实。", "核实无误。"]

    def test_where_it_was_printed_comes_from_the_issues(self, cast):
        article = factories.approved(cast)
        factories.live_issue(cast, article)
        page = signed_in(cast.editor).get(address(article, "sheet")).content.decode()
        assert "2023年12月8日（总第1期）第1版 要闻" in page

    def test_a_revision_that_was_given_up_is_said_to_be(self, cast):
        article = workflow.revise(factories.approved(cast), by=cast.editor)
        workflow.drop_revision(article, by=cast.editor)
        steps = [row.cells[0] for row in sheet(article, cast).tables[0].rows]
        assert steps[-2:] == ["再改", "放弃改稿"]

    def test_the_same_number_of_statements_for_long_and_short_histories(
        self, cast, django_assert_num_queries, django_assert_max_num_queries
    ):
        article = factories.approved(cast)
        with django_assert_max_num_queries(20) as few:
            sheet(article, cast)
        for _time in range(5):
            workflow.revise(article, by=cast.editor)
            article.deck = f"副题{_time}"
            workflow.save(article, by=cast.editor, write=article.save)
            workflow.submit(article, by=cast.writer)
            factories.signed_by(cast, article, cast.second_editor, cast.desk_head, cast.chief)
        with django_assert_num_queries(len(few)):
            sheet(article, cast)


class TestOnePage:
    def history(self, cast, times):
        """Return a piece that went through five rounds, returned many times, with long words."""
        route = Route.objects.create(name="五审", is_in_force=False)
        group = Group.objects.get(name="editor")
        for position in range(1, 6):
            Round.objects.create(
                route=route,
                position=position,
                name=f"第{position}轮审读",
                seal="一二三四五"[position - 1],
                group=group,
            )
        Route.objects.exclude(pk=route.pk).update(is_in_force=False)
        Route.objects.filter(pk=route.pk).update(is_in_force=True)
        signers = [factories.person(f"审读{n}", Role.EDITOR, username=f"r{n}") for n in range(5)]
        article = factories.draft(
            cast, headline=("标题" + EVIL + "长" * 120)[:120], kicker=EVIL * 2, deck=EVIL * 3
        )
        for time in range(times):
            workflow.submit(article, by=cast.writer)
            factories.signed_by(cast, article, *signers[:4])
            if time < times - 1:
                workflow.return_(article, by=signers[4], note=EVIL * 10, reason="facts")
                article.deck = f"{EVIL}{time}"
                workflow.save(article, by=cast.writer, write=article.save)
        workflow.sign(article, by=signers[4])
        return article

    def test_forty_versions_and_five_rounds_fit_on_one_page(self, cast):
        article = self.history(cast, 40)
        made = sheet(article, cast, ["2023年12月8日（总第1期）第1版 要闻"] * 3)
        (page,) = on_paper(made)
        assert "另有更早" in page
        assert "共40版" in flat(page)

    def test_markup_is_printed_as_it_was_typed(self, cast):
        article = self.history(cast, 1)
        (page,) = on_paper(sheet(article, cast))
        assert flat(EVIL) in flat(page)

    def test_marks_that_reverse_a_line_are_left_out(self, cast):
        article = factories.draft(cast, headline="甲\u202e乙\u0007丙")
        (page,) = on_paper(sheet(article, cast))
        assert "甲乙丙" in flat(page)

    def test_the_same_sheet_gives_the_same_bytes(self, cast):
        made, at = sheet(factories.approved(cast), cast), timezone.now()
        assert typeset.typeset(made, at=at) == typeset.typeset(made, at=at)

    def test_what_cannot_be_typeset_is_said(self, cast, tmp_path, monkeypatch):
        monkeypatch.setattr(typeset, "TEMPLATES", tmp_path)
        with pytest.raises(typeset.TypesettingError, match=r"\S"):
            typeset.typeset(sheet(factories.draft(cast), cast), at=timezone.now())


class TestDoors:
    def test_the_newsroom_reads_it_and_nobody_else(self, cast):
        article = factories.approved(cast)
        for door in ("sheet", "sheet_pdf"):
            answers = {
                who: signed_in(person).get(address(article, door)).status_code
                for who, person in vars(cast).items()
                if hasattr(person, "username")
            }
            # Their own piece: they learn that it is not for them. Another's: it is not there.
            assert answers.pop("writer") == 403
            assert answers.pop("other_writer") == 404
            assert set(answers.values()) == {200}

    def test_the_pdf_is_one_and_kept_by_nobody(self, cast):
        response = signed_in(cast.editor).get(address(factories.approved(cast), "sheet_pdf"))
        assert response.headers["Content-Type"] == "application/pdf"
        assert "no-store" in response.headers["Cache-Control"]
        assert len(pages(response.content)) == 1

    def test_words_are_escaped_on_the_screen(self, cast):
        article = factories.draft(cast, headline="<script>x</script>")
        page = signed_in(cast.editor).get(address(article, "sheet")).content.decode()
        assert "<script>x" not in page

    def test_a_withdrawn_piece_keeps_its_sheet(self, cast):
        article = workflow.withdraw(factories.live_alone(cast), by=cast.chief, reason="误。")
        assert signed_in(cast.editor).get(address(article, "sheet_pdf")).status_code == 200


def test_a_pdf_has_a_name_to_be_kept_by(cast):
    response = sheet_pages.pdf_response(sheet(factories.draft(cast), cast), "sheet-1.pdf")
    assert response.headers["Content-Disposition"] == 'inline; filename="sheet-1.pdf"'


def test_cells_are_named_by_their_column():
    assert paper.nth(["环节", "谁"], 1) == "谁"


def test_hours_are_those_of_the_paper(cast):
    assert sheets.moment(None) == ""
    midnight = timezone.now().replace(hour=16, minute=0, second=0, microsecond=0)
    midnight = midnight.astimezone(tz=None) if midnight.tzinfo is None else midnight
    assert sheets.moment(midnight).endswith("00:00")
    assert sheets.moment(midnight + timedelta(hours=1)).endswith("01:00")
