"""Old addresses from tables: what is read, what each row would do, and all of it or nothing."""

import io
import zipfile
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from articles import workflow
from newsroom.people.verdicts import RefusalError
from newsroom.readers import importing
from newsroom.readers.importing import (
    begin,
    choose_columns,
    go_on,
    import_all,
    is_under_way,
    look_through,
    refused_rows,
    take_in,
)
from newsroom.readers.models import Redirect
from newsroom.readers.spreadsheets import UnreadableTableError, read_table
from newsroom.readers.workflow.redirecting import Done
from tests import factories, worker

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


@pytest.fixture
def cast(db):
    return factories.Cast()


def table(*rows) -> bytes:
    return "\n".join(",".join(map(str, row)) for row in rows).encode("utf-8-sig")


def workbook(sheet: str, *, shared: str = "", styles: str = "") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as book:
        rows = f"<worksheet {MAIN}><sheetData>{sheet}</sheetData></worksheet>"
        book.writestr("xl/worksheets/sheet1.xml", rows)
        if shared:
            book.writestr("xl/sharedStrings.xml", f"<sst {MAIN}>{shared}</sst>")
        if styles:
            book.writestr("xl/styles.xml", f"<styleSheet {MAIN}>{styles}</styleSheet>")
    return file.getvalue()


def test_a_table_is_imported_whole_and_a_second_time_changes_nothing(cast):
    one, other = factories.live_alone(cast), factories.live_alone(cast)
    factories.issue(cast, day=date(2023, 12, 8))
    data = table(
        ("备注", "旧地址", "目标"),
        ("", "/html/content_1.htm?div=-1", one.pk),
        ("第一版", "http://epaper.example.cn/html/node_1.htm", "2023-12-08/1"),
        ("", "/HTML/content_1.htm", one.get_absolute_url()),
    )
    record = take_in("旧.csv", data, by=cast.issue_editor)
    look = look_through(record)
    assert (look.new, look.changed, look.same, look.wrong) == (2, 0, 0, 0)
    assert not Redirect.objects.exists()
    import_all(record, by=cast.issue_editor)
    assert Redirect.objects.get(address="/html/node_1.htm").note == "第一版"
    with pytest.raises(RefusalError):
        import_all(record, by=cast.issue_editor)
    again = take_in("旧.csv", data, by=cast.administrator)
    assert look_through(again).changes_nothing
    done = import_all(again, by=cast.administrator)
    assert (done.new, done.changed, done.same) == (0, 0, 2)
    assert not Redirect.objects.exclude(made_by=cast.issue_editor).exists()
    moved = take_in("改.csv", table(("/html/content_1.htm", other.pk)), by=cast.issue_editor)
    done = import_all(moved, by=cast.issue_editor)
    assert (done.new, done.changed, done.same) == (0, 1, 0)


def test_wrong_rows_are_named_and_kept_and_the_others_imported(cast):
    article = factories.live_alone(cast)
    data = table(
        ("old", "new"),
        ("/html/1.htm", article.pk),
        ("/html/2.htm", "https://evil.example.com/"),
        ("/articles/1/", article.pk),
        ("/html/3.htm", 987654321),
        ("", ""),
        ("/html/1.htm", "/issues/"),
    )
    record = take_in("x.csv", data, by=cast.issue_editor)
    look = look_through(record)
    assert [row.number for row in look.errors] == [3, 4, 5, 7]
    assert all(row.error for row in look.errors)
    before = list(refused_rows(record))
    assert import_all(record, by=cast.issue_editor) == Done(new=1, changed=0, same=0)
    record.refresh_from_db()
    after = list(refused_rows(record))
    told = [(row.number, row.old, row.target, row.error) for row in look.errors]
    for rows in (before, after):
        assert [(row.number, row.old, row.target, row.error) for row in rows] == told
    assert Redirect.objects.get().article == article


def test_a_table_without_one_right_row_is_refused(cast):
    record = take_in("x.csv", table(("/html/2.htm", "//evil")), by=cast.issue_editor)
    with pytest.raises(RefusalError, match="没有一行"):
        import_all(record, by=cast.issue_editor)
    record.refresh_from_db()
    assert not record.is_settled


def test_an_interrupted_import_goes_on_where_it_was(cast, monkeypatch):
    """Rows stand some at a time; what stood before stays, and nothing is done twice."""
    one, other = factories.live_alone(cast), factories.live_alone(cast)
    rows = [(f"/html/{n}.htm", one.pk) for n in range(25)]
    again = [("/html/3.htm", other.pk), ("/html/4.htm", one.pk), ("/html/x.htm", "//evil")]
    record = take_in("x.csv", table(*rows, *again), by=cast.issue_editor)
    monkeypatch.setattr(importing, "TOGETHER", 10)

    class KilledError(Exception):
        pass

    def killed(done, of):
        if Redirect.objects.count() == 20:
            raise KilledError

    with pytest.raises(KilledError):
        import_all(record, by=cast.issue_editor, say=killed)
    record.refresh_from_db()
    assert (record.done, record.to_do, record.refused) == (20, 5, 2)
    with pytest.raises(RefusalError):
        choose_columns(record, by=cast.issue_editor, old_column=1)
    go_on(record.pk, cast.issue_editor.pk)
    record.refresh_from_db()
    assert (record.new, record.same, record.to_do, record.refused) == (25, 0, 0, 2)
    assert record.imported_at
    assert {each.article for each in Redirect.objects.all()} == {one}
    go_on(record.pk, cast.issue_editor.pk)  # the worker was told twice
    assert Redirect.objects.count() == 25


def test_a_long_table_is_left_to_the_worker_once(cast, monkeypatch):
    article = factories.live_alone(cast)
    monkeypatch.setattr(importing, "AT_ONCE", 1)
    record = take_in("x.csv", table(*((f"/{n}.htm", article.pk) for n in range(3))), by=cast.chief)
    assert begin(record, by=cast.issue_editor) is None
    assert is_under_way(record)
    for refused in (
        lambda: begin(record, by=cast.chief),
        lambda: choose_columns(record, by=cast.chief, old_column=1),
    ):
        with pytest.raises(RefusalError, match="正在导入"):
            refused()
    assert not Redirect.objects.exists()
    worker.work()
    record.refresh_from_db()
    assert (record.new, is_under_way(record)) == (3, False)
    assert {each.made_by for each in Redirect.objects.all()} == {cast.issue_editor}
    event = Redirect.objects.first().events.get()
    assert event.pgh_context["user"] == cast.issue_editor.pk


def test_columns_can_be_chosen(cast):
    article = factories.live_alone(cast)
    data = table((article.pk, "x", "/html/1.htm"))
    record = take_in("x.csv", data, by=cast.issue_editor)
    assert look_through(record).wrong
    choose_columns(
        record, by=cast.issue_editor, has_heading=False, old_column=2, target_column=0,
        note_column=None,
    )  # fmt: skip
    record.refresh_from_db()
    assert look_through(record).new == 1


def test_nobody_else_brings_tables(cast):
    for person in (cast.writer, cast.editor, cast.desk_head):
        with pytest.raises(RefusalError):
            take_in("x.csv", table(("/html/1.htm", "/")), by=person)


def test_a_target_that_goes_away_meanwhile_holds_the_import_back_no_longer_than_needed(cast):
    article = factories.live_alone(cast)
    record = take_in("x.csv", table(("/html/1.htm", article.pk)), by=cast.issue_editor)
    workflow.withdraw(article, by=cast.chief, reason="错")
    assert import_all(record, by=cast.issue_editor).new == 1


def test_the_command_says_how_far_it_is_and_names_wrong_rows(cast, tmp_path):
    article = factories.live_alone(cast)
    file = tmp_path / "旧.csv"
    file.write_bytes(table(*((f"/html/{n}.htm", article.pk) for n in range(5001))))
    out = io.StringIO()
    call_command("import_redirects", file, by="issues", stdout=out)
    assert "5000 of 5001" in out.getvalue()
    assert "new 5001" in out.getvalue()
    file.write_bytes(table(("/html/x.htm", "//evil")))
    err = io.StringIO()
    with pytest.raises(CommandError):
        call_command("import_redirects", file, by="issues", stdout=out, stderr=err)
    assert "1: /html/x.htm" in err.getvalue()


# Files


def test_csv_is_read_in_the_encodings_of_china_and_of_excel():
    rows = [["/html/要闻版面.htm", "/issues/"]]
    text = "/html/要闻版面.htm{}/issues/\r\n"
    for encoding, delimiter in (
        ("utf-8", ","),
        ("utf-8-sig", ";"),
        ("gb18030", ","),
        ("utf-16", "\t"),
    ):
        assert read_table("x.csv", text.format(delimiter).encode(encoding)) == rows, encoding


def test_a_workbook_is_read_with_its_days_numbers_and_shared_words():
    sheet = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c>'
        '<c r="C1" t="inlineStr"><is><t>新</t></is></c></row>'
        '<row r="3"><c r="A3" t="s"><v>1</v></c><c r="C3" s="1"><v>45268</v></c></row>'
        '<row r="4"><c r="A4" t="str"><v>/html/b.htm</v></c><c r="C4"><v>12.0</v></c></row>'
    )
    data = workbook(
        sheet,
        shared="<si><t>旧</t></si><si><r><t>/html/</t></r><r><t>a.htm</t></r></si>",
        styles='<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>',
    )
    assert read_table("x.xlsx", data) == [
        ["旧", "", "新"], [], ["/html/a.htm", "", "2023-12-08"], ["/html/b.htm", "", "12"],
    ]  # fmt: skip


BOMB = (
    f'<!DOCTYPE x [<!ENTITY a "{"a" * 100}"><!ENTITY b "{"&a;" * 100}">]>'
    f"<worksheet {MAIN}><sheetData><row><c t='str'><v>&b;</v></c></row></sheetData></worksheet>"
)


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as book:
        book.writestr("xl/worksheets/sheet1.xml", BOMB)
    return file.getvalue()


@pytest.mark.parametrize(
    "data",
    [b"", b"\n\n", b"PK\x03\x04 no zip", b"\xd0\xcf\x11\xe0 old", b"a\x00b,c", bomb(),
     workbook('<row r="9999999"><c t="str"><v>x</v></c></row>'),
     workbook('<row r="2"/><row r="1"/>'), workbook('<row><c t="s"><v>7</v></c></row>'),
     workbook("<row"), b"\xff\xfe\x00\xd8", b"x,y\n" * 100_002],
    ids=["nothing", "blank", "broken", "xls", "binary", "entities", "far", "backwards", "missing",
         "cut", "utf16", "long"],
)  # fmt: skip
def test_what_is_no_table_is_refused_in_a_sentence(data):
    with pytest.raises(UnreadableTableError, match=r"\w"):
        read_table("x", data)
