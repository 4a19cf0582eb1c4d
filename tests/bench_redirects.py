"""What 100,000 old addresses cost: ``pytest -n 0 -s -m rehearsal tests/bench_redirects.py``.

From CSV and from a workbook; to 20,000 pieces; the first time, and once more.
"""

import io
import resource
import zipfile
from time import perf_counter

import pytest
from django.db import connection

from articles.models import Article
from newsroom.readers.importing import import_all, look_through, take_in
from newsroom.readers.models import Redirect
from tests import factories

pytestmark = [pytest.mark.rehearsal, pytest.mark.django_db(transaction=True)]

ROWS, PIECES = 100_000, 20_000
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData>{}</sheetData></worksheet>"
)


@pytest.fixture
def cast():
    return factories.Cast()


def pieces(cast) -> list[int]:
    """Return the numbers of many pieces, written past the triggers: only that they are counts."""
    draft = factories.draft(cast)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        some = (Article(**{**plain(draft), "headline": f"旧稿{n}"}) for n in range(PIECES))
        made = Article.objects.bulk_create(some, batch_size=2000)
        cursor.execute("SET session_replication_role = DEFAULT")
    return [each.pk for each in made]


def plain(row) -> dict:
    fields = row._meta.concrete_fields
    return {field.attname: getattr(row, field.attname) for field in fields if not field.primary_key}


def rows_of(keys: list[int]) -> list[tuple]:
    return [
        (f"/html/{2000 + n // 5000}-{n % 12 + 1:02}/{n % 28 + 1:02}/content_{n}.htm?div=-1",
         f"/articles/{keys[n % PIECES]}/", "从旧站搬来")
        for n in range(ROWS)
    ]  # fmt: skip


def csv(rows) -> bytes:
    return "\n".join(map(",".join, [("旧地址", "目标", "备注"), *rows])).encode()


def workbook(rows) -> bytes:
    cells = ("".join(f"<c t='str'><v>{cell}</v></c>" for cell in row) for row in rows)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        sheet = SHEET.format("".join(f"<row>{each}</row>" for each in cells))
        book.writestr("xl/worksheets/sheet1.xml", sheet)
    return file.getvalue()


def timed(name: str, work):
    began = perf_counter()
    found = work()
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{name}: {perf_counter() - began:.1f} s, {megabytes} MB at most so far")  # noqa: T201
    return found


def test_a_hundred_thousand_old_addresses(cast, client):
    rows = rows_of(pieces(cast))
    timed("before", int)
    book = timed("workbook taken in", lambda: take_in("旧.xlsx", workbook(rows), by=cast.chief))
    assert book.rows == ROWS
    record = timed("CSV taken in", lambda: take_in("旧.csv", csv(rows), by=cast.issue_editor))
    look = timed("looked through", lambda: look_through(record))
    assert (look.new, look.wrong) == (ROWS, 0)
    steps = []
    done = timed(
        "imported",
        lambda: import_all(
            record, by=cast.issue_editor, say=lambda *_: steps.append(perf_counter())
        ),
    )
    assert done.new == ROWS == Redirect.objects.count()
    longest = max(b - a for a, b in zip(steps, steps[1:], strict=False))
    print(f"  longest step {longest:.1f} s")  # noqa: T201
    again = take_in("旧.csv", csv(rows), by=cast.issue_editor)
    done = timed("imported again", lambda: import_all(again, by=cast.issue_editor))
    assert done.same == ROWS
    client.get("/nowhere")
    asked = timed("asked for", lambda: client.get(rows[77][0]))
    assert asked.status_code == 404  # its piece is a draft
