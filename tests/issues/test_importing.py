"""Bringing an edition in, and bringing it in again."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection

from articles import workflow as writing
from articles.kinds import Credit
from articles.models import Article, Byline, Correspondent, Gap, Photo, Section
from issues import workflow
from issues.drafting import fields_of, title_of
from issues.importing import import_edition, importer
from issues.matching import beginning_of
from issues.models import EditionImport, ImportedPiece, Issue, Placement
from issues.naming import Directory, one_character_off
from issues.reading import Caption, Edition, PageHead, Piece, ReadingWarning
from issues.reading import Credit as Printed
from newsroom.people.models import User
from newsroom.people.roles import Role
from newsroom.people.verdicts import RefusalError
from tests import factories

DAY = date(2023, 12, 8)
LEAD = Piece(
    page=1,
    kicker="全区民生实事推进会召开",
    headline="把好事办到居民心坎上",
    deck="二十件实事已完成十七件",
    dateline="本报讯",
    bylines=(Printed("通讯员", "陶念秋"), Printed("记者", "韩松", ("text", "photo"))),
    paragraphs=("棠溪区日前召开民生实事推进会。", "会议指出，要把居民满意作为尺子。"),
    warnings=(ReadingWarning("text_lost", "推进会〔此处缺文〕会议", 0),),
)
BRIEF = Piece(page=1, kind="brief", paragraphs=("石桥街道夜校本周开课。",))
SECOND = Piece(
    page=2,
    headline="早市搬进新棚",
    bylines=(Printed("通讯员", "苗青禾"),),
    photo_credits=(Printed("摄", "梁序", ("photo",), "梁序 摄"),),
    captions=(Caption("图①", "早市新棚内的菜摊。"), Caption("▲", "摊主在理货。", "陆青 摄")),
    paragraphs=("112个摊位全部进棚。",),
)
PICTURE = Piece(
    page=2,
    kind="photo_story",
    photo_credits=(
        Printed("摄", "梁序", ("photo",), "梁序 摄"),
        Printed("供图", "区图书馆", ("photo",), "区图书馆供图"),
    ),
    paragraphs=("南湖湿地迎来越冬候鸟。",),
)
EDITION = Edition(
    pages=(PageHead(1, "要闻"), PageHead(2, "民生")),
    pieces=(LEAD, BRIEF, SECOND, PICTURE),
    warnings=(ReadingWarning("folio", "2023年12月8日 星期五"),),
)


@pytest.fixture
def cast(db):
    return factories.Cast()


def bring_in(cast, edition=EDITION, **how):
    how.setdefault("by", cast.issue_editor)
    how.setdefault("date", DAY)
    return import_edition(edition, **how)


def article_of(headline):
    return Article.objects.get(headline=headline)


def with_first(piece):
    return replace(EDITION, pieces=(piece, *EDITION.pieces[1:]))


class TestWhatBecomesOfIt:
    def test_each_piece_is_a_draft_on_its_page(self, cast):
        report = bring_in(cast, text="原文", number=512)
        assert (report.created, report.matched) == (4, 0)
        assert report.issue.number == 512
        assert list(report.issue.acts.values_list("verb", "by")) == [
            ("import", cast.issue_editor.pk),
            ("plan", cast.issue_editor.pk),
        ]
        assert [str(page.name) for page in report.issue.pages.all()] == ["要闻", "民生"]
        places = Placement.objects.of_issue(report.issue)
        assert list(places.values_list("page__number", "weight", "article__kind")) == [
            (1, "lead", "news"),
            (1, "brief", "brief"),
            (2, "lead", "news"),
            (2, "normal", "photo_story"),
        ]
        drafts = Article.objects.filter(pk__in=places.values("article"))
        assert set(drafts.values_list("status", "filed_by")) == {("draft", cast.issue_editor.pk)}

    def test_titles_text_and_dateline_are_taken_over(self, cast):
        bring_in(cast)
        article = article_of("把好事办到居民心坎上")
        assert article.kicker == LEAD.kicker
        assert article.deck == LEAD.deck
        assert article.dateline == "本报讯"
        assert tuple(article.paragraphs) == LEAD.paragraphs

    def test_people_become_bylines_with_what_they_did(self, cast):
        bring_in(cast)
        lead, second, picture = (
            [
                (byline.role, byline.printed_name, byline.credit)
                for byline in Byline.objects.filter(article=article)
            ]
            for article in (
                article_of("把好事办到居民心坎上"),
                article_of("早市搬进新棚"),
                Article.objects.get(kind="photo_story"),
            )
        )
        assert lead == [("通讯员", "陶念秋", Credit.TEXT), ("记者", "韩松", Credit.BOTH)]
        assert second == [("通讯员", "苗青禾", Credit.TEXT), ("摄", "梁序", Credit.PHOTO)]
        assert picture == [("摄", "梁序", Credit.PHOTO)]

    def test_captions_and_credits_become_photographs_still_to_come(self, cast):
        bring_in(cast)
        found = Photo.objects.order_by("article__kind", "position")
        assert list(found.values_list("digest", "caption", "credit")) == [
            ("", "图①早市新棚内的菜摊。", "梁序 摄"),
            ("", "摊主在理货。", "陆青 摄"),
            ("", "", "梁序 摄　区图书馆 供图"),
        ]

    def test_a_warning_of_the_reading_waits_on_the_draft(self, cast):
        report = bring_in(cast)
        gap = Gap.objects.get()
        assert gap.article == article_of("把好事办到居民心坎上")
        assert (gap.code, gap.paragraph) == ("text_lost", 0)
        assert "〔此处缺文〕" in gap.quote
        assert any("2023年12月8日 星期五" in warning for warning in report.warnings)

    def test_what_is_too_long_for_its_field_is_cut_and_kept_beside_it(self, cast):
        headline = "长" * 200
        bring_in(cast, with_first(replace(LEAD, headline=headline)))
        article = article_of("长" * 120)
        assert article.gaps.get(code="cut").quote == headline

    def test_a_planned_issue_of_the_day_is_taken(self, cast):
        planned = factories.issue(cast, day=DAY, pages=[(1, "头版")])
        report = bring_in(cast)
        assert report.issue == planned
        names = planned.pages.order_by("number").values_list("number", "name")
        assert list(names) == [(1, "头版"), (2, "民生")]

    def test_a_lead_that_stands_already_keeps_its_place(self, cast):
        standing = factories.draft(cast)
        issue = factories.issue(cast, standing, day=DAY)
        bring_in(cast)
        assert Placement.objects.get(page__issue=issue, page__number=1, weight="lead").article == (
            standing
        )

    def test_a_piece_printed_twice_is_imported_once_and_told(self, cast):
        report = bring_in(cast, replace(EDITION, pieces=(LEAD, BRIEF, LEAD)))
        assert report.created == 2
        assert any("把好事办到居民心坎上" in warning for warning in report.warnings)


class TestDrafting:
    def test_a_piece_without_a_headline_is_called_by_its_beginning(self):
        assert title_of(LEAD) == beginning_of(LEAD) == "把好事办到居民心坎上"
        assert title_of(PICTURE).startswith("南湖湿地迎来越冬候鸟")
        assert beginning_of(PICTURE) == "南湖湿地迎来越冬候鸟。"

    def test_markup_in_the_text_is_text(self):
        fields = fields_of(replace(LEAD, paragraphs=("用<b>标签</b>写的&字",)))
        assert fields["body"] == "<p>用&lt;b&gt;标签&lt;/b&gt;写的&amp;字</p>"


class TestNames:
    def test_an_exact_name_is_the_correspondent(self, cast):
        bring_in(cast)
        byline = Byline.objects.get(article__headline="早市搬进新棚", credit="text")
        assert byline.correspondent == cast.correspondent

    def test_an_unknown_name_stays_a_plain_name(self, cast):
        report = bring_in(cast)
        assert Byline.objects.get(name="陶念秋").correspondent is None
        assert report.correspondents_created == []

    def test_an_unknown_name_becomes_a_correspondent_when_asked(self, cast):
        report = bring_in(cast, create_correspondents=True)
        assert report.correspondents_created == ["陶念秋", "韩松", "梁序"]
        assert Byline.objects.filter(correspondent__name="陶念秋", name="").exists()
        assert not Correspondent.objects.named("区图书馆").exists()

    def test_a_near_name_is_proposed_and_not_taken(self, cast):
        near = Correspondent.objects.create(name="陶念仁", unit=cast.unit)
        report = bring_in(cast, create_correspondents=True)
        assert [(match.name, match.correspondent) for match in report.near_matches] == [
            ("陶念秋", near.pk)
        ]
        assert Byline.objects.get(name="陶念秋").correspondent is None
        assert "陶念秋" not in report.correspondents_created

    def test_a_person_decides_about_a_near_name(self, cast):
        near = Correspondent.objects.create(name="陶念仁")
        report = bring_in(cast, names={"陶念秋": near.pk})
        assert report.near_matches == []
        byline = Byline.objects.get(article__headline="把好事办到居民心坎上", position=0)
        assert (byline.correspondent, byline.printed_name) == (near, "陶念仁")

    def test_a_person_may_decide_that_it_is_nobody_known(self, cast):
        Correspondent.objects.create(name="陶念仁")
        report = bring_in(cast, names={"陶念秋": 0})
        assert report.near_matches == []
        assert Byline.objects.get(name="陶念秋").correspondent is None

    def test_of_two_namesakes_neither_is_taken(self, cast):
        namesakes = {Correspondent.objects.create(name="陶念秋").pk for _ in range(2)}
        report = bring_in(cast)
        assert {match.correspondent for match in report.near_matches} == namesakes
        assert Byline.objects.get(name="陶念秋").correspondent is None

    @pytest.mark.parametrize(
        ("printed", "known", "near"),
        [
            ("陆知秋", "陆知萩", True),
            ("李四", "李思四", True),
            ("欧阳雪梅", "欧阳雪", True),
            ("陆知秋", "陆之萩", False),
            ("苗青禾", "禾青苗", False),
            ("区融媒体中心", "区融媒体中央", False),
        ],
    )
    def test_near_means_one_character_of_a_short_name(self, db, printed, known, near):
        Correspondent.objects.create(name=known)
        if near:
            assert one_character_off(printed, known)
            assert one_character_off(known, printed)
        assert bool(Directory().near(printed)) == near


class TestAgain:
    def test_the_same_text_changes_nothing(self, cast):
        first = bring_in(cast, text="原文")
        counts = [
            model.objects.count()
            for model in (Article, Byline, Photo, Gap, Placement, EditionImport, ImportedPiece)
        ]
        revisions = list(Article.objects.values_list("pk", "revision", "changed_at"))
        again = bring_in(cast, text="原文")
        assert (again.created, again.updated, again.unchanged) == (0, 0, 4)
        assert not again.changed
        assert "4" in again.sentence()
        assert again.issue == first.issue
        assert counts == [
            model.objects.count()
            for model in (Article, Byline, Photo, Gap, Placement, EditionImport, ImportedPiece)
        ]
        assert revisions == list(Article.objects.values_list("pk", "revision", "changed_at"))

    def test_a_changed_text_updates_the_draft_it_belongs_to(self, cast):
        bring_in(cast, text="原文")
        before = article_of("把好事办到居民心坎上")
        mended = replace(
            LEAD,
            paragraphs=("棠溪区日前召开民生实事推进会，部署年底工作。",),
            bylines=(Printed("通讯员", "陶念秋"),),
            warnings=(),
        )
        report = bring_in(cast, with_first(mended), text="改过的原文")
        assert (report.created, report.updated, report.unchanged) == (0, 1, 3)
        after = article_of("把好事办到居民心坎上")
        assert after.pk == before.pk
        assert tuple(after.paragraphs) == mended.paragraphs
        assert after.bylines.get().name == "陶念秋"
        assert not after.gaps.filter(cleared_at=None).exists()

    def test_a_changed_headline_is_recognised_by_the_text(self, cast):
        bring_in(cast)
        pk = article_of("把好事办到居民心坎上").pk
        report = bring_in(cast, with_first(replace(LEAD, headline="实事办到心坎上")))
        assert report.updated == 1
        assert article_of("实事办到心坎上").pk == pk

    def test_an_edited_draft_is_left_alone_and_told(self, cast):
        bring_in(cast)
        article = article_of("把好事办到居民心坎上")

        def edit():
            article.deck = "十七件已经办完"
            article.save()

        writing.save(article, by=cast.editor, write=edit)
        report = bring_in(cast, with_first(replace(LEAD, paragraphs=("另一段文字。",))))
        assert (report.left_alone, report.updated) == (1, 0)
        assert any("把好事办到居民心坎上" in warning for warning in report.warnings)
        article.refresh_from_db()
        assert article.deck == "十七件已经办完"
        assert tuple(article.paragraphs) == LEAD.paragraphs

    def test_a_piece_in_review_is_left_alone(self, cast):
        bring_in(cast)
        article = article_of("把好事办到居民心坎上")
        Article.objects.filter(pk=article.pk).update(section=cast.section)
        article.refresh_from_db()
        writing.submit(article, by=cast.issue_editor)
        report = bring_in(cast, with_first(replace(LEAD, paragraphs=("另一段文字。",))))
        assert report.left_alone == 1

    def test_going_back_to_an_earlier_text_is_an_update_like_any_other(self, cast):
        changed = with_first(replace(LEAD, paragraphs=("另一段文字。",)))
        bring_in(cast, text="甲")
        bring_in(cast, changed, text="乙")
        assert bring_in(cast, with_first(replace(LEAD, deck=None)), text="丙").updated == 1
        assert bring_in(cast, changed, text="丁").updated == 1
        assert article_of("把好事办到居民心坎上").paragraphs == ["另一段文字。"]

    def test_a_new_piece_comes_in_beside_the_others(self, cast):
        bring_in(cast)
        more = replace(
            EDITION, pieces=(*EDITION.pieces, replace(BRIEF, paragraphs=("新的一则。",)))
        )
        report = bring_in(cast, more)
        assert (report.created, report.unchanged) == (1, 4)

    def test_what_an_editor_laid_out_stays_where_it_is(self, cast):
        issue = bring_in(cast).issue
        article = article_of("把好事办到居民心坎上")
        workflow.place(issue, by=cast.issue_editor, article=article, page=2)
        bring_in(cast, with_first(replace(LEAD, paragraphs=("另一段文字。",))))
        assert Placement.objects.get(article=article).page.number == 2

    def test_pieces_that_begin_alike_are_told_apart(self, cast):
        first = Piece(headline="领读", paragraphs=("第八个读书节到来之际，区里选出领读人。",))
        second = Piece(kind="photo_story", paragraphs=("第八个读书节到来之际，学校开展晨读。",))
        bring_in(cast, Edition((PageHead(1),), (first, second)))
        mended = replace(second, paragraphs=("第八个读书节到来之际，学校开展了晨读。",))
        report = bring_in(cast, Edition((PageHead(1),), (first, mended)))
        assert report.unchanged == 1
        assert article_of("领读").paragraphs == list(first.paragraphs)


class TestRefusals:
    def test_a_closed_issue_takes_no_import(self, cast):
        factories.closed_issue(cast, factories.approved(cast), day=DAY)
        with pytest.raises(RefusalError):
            bring_in(cast)
        assert Article.objects.count() == 1

    def test_a_live_issue_takes_no_import(self, cast):
        factories.live_issue(cast, day=DAY)
        with pytest.raises(RefusalError, match="2023-12-08"):
            bring_in(cast)

    @pytest.mark.parametrize("role", ["correspondent", "editor", "desk head", "administrator"])
    def test_only_planners_import(self, cast, role):
        with pytest.raises(RefusalError):
            bring_in(cast, by=cast.by_role[role])
        assert not Issue.objects.exists()

    def test_a_running_number_is_not_given_twice(self, cast):
        bring_in(cast, number=512)
        factories.issue(cast, day=date(2023, 12, 15))
        for day in (date(2023, 12, 15), date(2023, 12, 22)):
            with pytest.raises(RefusalError, match="512"):
                bring_in(cast, date=day, number=512)

    def test_a_text_without_a_piece_is_refused(self, cast):
        with pytest.raises(RefusalError):
            bring_in(cast, Edition((PageHead(1),)))
        assert not Issue.objects.exists()


class TestWhoImports:
    def test_the_first_issue_editor(self, cast):
        assert importer() == (cast.issue_editor, False)

    def test_else_an_account_nobody_can_log_in_with(self, db):
        factories.furnishings()
        account, made = importer()
        assert made
        assert account.holds(Role.ISSUE_EDITOR)
        assert not account.has_usable_password()
        assert not account.is_staff
        assert importer() == (account, False)
        assert User.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_make_one_issue():
    factories.furnishings()
    by = factories.person("贺知秋", Role.ISSUE_EDITOR)

    def once(_turn):
        try:
            return import_edition(EDITION, by=User.objects.get(pk=by.pk), date=DAY, text="原文")
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        reports = list(pool.map(once, range(4)))
    assert sorted(report.created for report in reports) == [0, 0, 0, 4]
    assert Issue.objects.count() == 1
    assert Article.objects.count() == 4


def test_a_piece_is_put_in_the_section_its_page_is_named_after(cast):
    """And in the first section otherwise: a piece without any could not be handed in."""
    edition = Edition(pages=(PageHead(1, "综合"), PageHead(2, "民生")), pieces=(LEAD, SECOND))
    issue = import_edition(edition, by=cast.issue_editor, date=DAY).issue
    lead, second = (placed.article for placed in Placement.objects.of_issue(issue))
    assert second.section == cast.section
    assert lead.section == Section.objects.in_use().order_by("position", "pk").first()
