"""The command that brings editions in."""

import json
from datetime import date

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from articles.models import Article, Byline, Gap, Photo
from issues.batches import EditionFile, edition_files
from issues.models import Issue
from issues.reading.decoding import MAX_BYTES
from newsroom.people.models import User
from tests import factories

HEXI = settings.BASE_DIR.parent / "shared" / "editions" / "hexi.txt"
EXPECTED = HEXI.with_name("hexi.expected.json")
REAL = pytest.mark.skipif(not HEXI.exists(), reason="the real edition is not beside the project")
TEXT = """石桥早市搬进新棚

通讯员 苗青禾

12月6日，石桥早市112个摊位全部搬进新棚。摊主们说，冬天再也不怕刮风下雪了。

记者了解到，新棚由街道与商户共同出资，设有公平秤和热水间，预计全年开放。

末班公交延后四十分钟

通讯员 陶念秋

从本周六起，12路公交车的末班车从21时延后到21时40分，方便夜校学员回家。

公交公司表示，试行一个月后将根据客流调整班次，并在站牌上公布。
"""


@pytest.fixture
def edition(tmp_path):
    path = tmp_path / "2023-12-08.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def run(*arguments):
    return call_command("import_edition", *map(str, arguments))


class TestDryRun:
    """These tests have no database: a query would fail them."""

    def test_json_is_one_object_of_pages_articles_and_warnings(self, edition, capsys):
        run(edition, "--dry-run", "--format", "json")
        answer = json.loads(capsys.readouterr().out)
        assert set(answer) == {"pages", "articles", "warnings"}
        assert [article["headline"] for article in answer["articles"]] == [
            "石桥早市搬进新棚",
            "末班公交延后四十分钟",
        ]
        assert answer["articles"][0]["bylines"] == [{"role": "通讯员", "name": "苗青禾"}]

    def test_json_leaves_chinese_readable(self, edition, capsys):
        run(edition, "--dry-run", "--format", "json")
        assert "石桥早市" in capsys.readouterr().out

    def test_text_lists_the_pieces_for_a_person(self, edition, capsys):
        run(edition, "--dry-run")
        assert "石桥早市搬进新棚（苗青禾，2）" in capsys.readouterr().out

    def test_a_folder_gives_one_object_by_file(self, edition, capsys):
        run(edition.parent, "--dry-run", "--format", "json")
        assert set(json.loads(capsys.readouterr().out)) == {"2023-12-08.txt"}

    @REAL
    def test_the_real_edition_has_the_shape_that_is_expected(self, capsys):
        run(HEXI, "--dry-run", "--format", "json")
        answer = json.loads(capsys.readouterr().out)
        expected = json.loads(EXPECTED.read_text(encoding="utf-8"))
        assert len(answer["articles"]) == expected["expected_article_count"]
        for got, wanted in zip(answer["articles"], expected["articles"], strict=True):
            for name in ("headline", "kicker", "deck", "column_label"):
                assert got[name] == wanted[name]
            assert [set(person) for person in got["bylines"]] == [
                {"role", "name"} for _ in wanted["bylines"]
            ]


def test_a_file_name_may_carry_date_and_sequence(tmp_path):
    path = tmp_path / "2023-12-08-2.txt"
    assert edition_files(path) == [EditionFile(path, date(2023, 12, 8), 2)]
    assert edition_files(path, day=date(2023, 12, 9), sequence=1)[0].day == date(2023, 12, 9)


class TestRefusals:
    @pytest.mark.parametrize(
        "content", [b"", b"%PDF-1.7", b"PK\x03\x04", b"\x00\x01\x02", b" " * (MAX_BYTES + 1)]
    )
    def test_what_is_no_text_is_refused_in_a_sentence(self, tmp_path, content):
        path = tmp_path / "edition.txt"
        path.write_bytes(content)
        with pytest.raises(CommandError) as refused:
            run(path, "--dry-run")
        assert refused.value.returncode == 2
        assert str(refused.value).strip()
        assert "\n" not in str(refused.value)

    @pytest.mark.parametrize("name", ["missing.txt", "."])
    def test_a_missing_file_and_an_empty_folder_are_refused(self, tmp_path, name):
        with pytest.raises(CommandError) as refused:
            run(tmp_path / name, "--dry-run")
        assert refused.value.returncode == 2

    def test_a_file_without_a_date_is_refused(self, edition):
        undated = edition.rename(edition.with_name("edition.txt"))
        with pytest.raises(CommandError, match=r"edition\.txt") as refused:
            run(undated)
        assert refused.value.returncode == 2

    def test_nothing_is_imported_from_a_folder_with_an_undated_file(self, edition, cast):
        (edition.parent / "zz.txt").write_text(TEXT, encoding="utf-8")
        with pytest.raises(CommandError, match=r"zz\.txt"):
            run(edition.parent)
        assert not Issue.objects.exists()

    def test_an_unknown_name_after_by_is_refused(self, edition, cast):
        with pytest.raises(CommandError, match="nobody"):
            run(edition, "--by", "nobody")

    def test_somebody_who_may_not_plan_is_refused(self, edition, cast):
        with pytest.raises(CommandError):
            run(edition, "--by", cast.writer.username)
        assert not Issue.objects.exists()


@pytest.fixture
def cast(db):
    return factories.Cast()


class TestImport:
    def test_drafts_are_filed_by_the_issue_editor(self, edition, cast, capsys):
        run(edition, "--number", 512)
        issue = Issue.objects.get()
        assert (issue.date, issue.number) == (date(2023, 12, 8), 512)
        assert set(Article.objects.values_list("filed_by", flat=True)) == {cast.issue_editor.pk}
        assert "2" in capsys.readouterr().out

    def test_a_second_run_says_that_nothing_changed(self, edition, cast, capsys):
        run(edition)
        first = capsys.readouterr().out
        run(edition)
        assert Article.objects.count() == 2
        assert capsys.readouterr().out != first

    def test_by_names_who_files(self, edition, cast):
        run(edition, "--by", cast.chief.username)
        assert Article.objects.first().filed_by == cast.chief

    def test_an_empty_newsroom_gets_an_importer_and_is_told(self, edition, db, capsys):
        factories.furnishings()
        run(edition)
        assert "importer" in capsys.readouterr().err
        assert User.objects.get().username == "importer"

    def test_a_folder_is_imported_by_the_dates_of_its_files(self, edition, cast, capsys):
        for name in ("2023-12-08-2.txt", "2023-12-15 要闻.txt"):
            (edition.parent / name).write_text(TEXT, encoding="utf-8")
        run(edition.parent)
        assert list(Issue.objects.order_by("date", "sequence").values_list("date", "sequence")) == [
            (date(2023, 12, 8), 1),
            (date(2023, 12, 8), 2),
            (date(2023, 12, 15), 1),
        ]
        assert "3/3" in capsys.readouterr().err


@REAL
def test_the_real_edition_becomes_nine_drafts(cast):
    run(HEXI, "--date", "2023-12-08")
    wanted = json.loads(EXPECTED.read_text(encoding="utf-8"))["articles"]
    drafts = list(Article.objects.order_by("pk"))
    assert len(drafts) == 9
    for draft, expected in zip(drafts, wanted, strict=True):
        for name in ("headline", "kicker", "deck", "column_label"):
            assert getattr(draft, name) == (expected[name] or "")
        assert len(draft.paragraphs) == expected["paragraphs_count_after_rejoining"]
        writers = Byline.objects.filter(article=draft, credit="text")
        assert [{"role": each.role, "name": each.printed_name} for each in writers] == (
            expected["bylines"]
        )
    assert Photo.objects.get().credit == wanted[8]["photo_credits"][0]["raw"]
    assert Photo.objects.get().article == drafts[8]
    lost = Gap.objects.filter(code__in=["text_lost", "opening_lost"])
    assert list(lost.order_by("article").values_list("article", flat=True)) == [
        drafts[0].pk,
        drafts[5].pk,
    ]
