"""Tables as people bring them: CSV in the encodings of China, and the workbooks of Excel.

Of a workbook the first sheet is read, its values only; nothing in it is calculated or followed.
"""

import csv
import io
import re
import zipfile
from datetime import date, timedelta
from xml.etree import ElementTree

from django.utils.translation import gettext as _

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 100_000
_MOST_UNPACKED = 200 * 1024 * 1024
_MOST_COLUMNS = 30
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_FIRST_DAY = date(1899, 12, 30)  # from which Excel counts days
_DAYS = {14, 15, 16, 17, 22, 27, 30, 31, 36, 50, 57}  # its own formats of dates
_SHEET = re.compile(r"xl/worksheets/sheet\d+\.xml")


class UnreadableTableError(ValueError):
    """No table; the message is a sentence."""


def read_table(name: str, data: bytes) -> list[list[str]]:
    """Return the rows of a file as texts, empty rows included. Raises UnreadableTableError."""
    if len(data) > MOST_BYTES:
        raise UnreadableTableError(_("The file is larger than 20 MB."))
    if data[:4] == b"\xd0\xcf\x11\xe0":
        raise UnreadableTableError(_("Save the table as .xlsx or CSV; the old .xls is not read."))
    rows = _workbook(data) if data[:4] == b"PK\x03\x04" else _csv(data)
    while rows and not any(rows[-1]):
        rows.pop()
    if not rows:
        raise UnreadableTableError(_("The table is empty."))
    if len(rows) > MOST_ROWS + 1:
        raise UnreadableTableError(
            _("The table has more than {count} rows; cut it in parts.").format(count=MOST_ROWS)
        )
    return rows


def _csv(data: bytes) -> list[list[str]]:
    text = _decoded(data)
    if "\0" in text:
        raise UnreadableTableError(_("This is neither CSV nor a workbook of Excel."))
    head = text[:2000].partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    try:
        found = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        return [[cell.strip() for cell in row[:_MOST_COLUMNS]] for row in found]
    except csv.Error as problem:
        raise UnreadableTableError(_("This is neither CSV nor a workbook of Excel.")) from problem


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableTableError(_("The file is neither in UTF-8 nor in GB18030."))


def _workbook(data: bytes) -> list[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            if sum(each.file_size for each in book.infolist()) > _MOST_UNPACKED:
                raise UnreadableTableError(_("The workbook is too large."))
            names = set(book.namelist())
            sheets = sorted(filter(_SHEET.fullmatch, names), key=lambda each: (len(each), each))
            shared = _shared(book) if "xl/sharedStrings.xml" in names else []
            dates = _date_styles(book) if "xl/styles.xml" in names else set()
            return _rows(book, sheets[0], shared, dates)
    except (zipfile.BadZipFile, ElementTree.ParseError, IndexError, KeyError, ValueError,
            NotImplementedError, RuntimeError, EOFError) as problem:  # fmt: skip
        if isinstance(problem, UnreadableTableError):
            raise
        raise UnreadableTableError(_("The workbook cannot be read.")) from problem


def _elements(book: zipfile.ZipFile, name: str, tag: str):
    """Yield the elements of a tag one by one, emptied when the next is wanted.

    A document that declares entities is refused: that is how small files grow without end.
    """
    with book.open(name) as file:
        if b"<!DOCTYPE" in file.read(1000).upper():
            raise ElementTree.ParseError
    with book.open(name) as file:
        for _event, element in ElementTree.iterparse(file):  # noqa: S314 - no entities, see above
            if element.tag == _MAIN + tag:
                yield element
                element.clear()


def _words(element) -> str:
    return "".join(each.text or "" for each in element.iter(f"{_MAIN}t"))


def _shared(book) -> list[str]:
    return [_words(each) for each in _elements(book, "xl/sharedStrings.xml", "si")]


def _date_styles(book) -> set[str]:
    """Return the styles, by their numbers, in which a number is a day."""
    days, styles = set(_DAYS), []
    with book.open("xl/styles.xml") as file:
        if b"<!DOCTYPE" in file.read(1000).upper():
            raise ElementTree.ParseError
    root = ElementTree.fromstring(book.read("xl/styles.xml"))  # noqa: S314 - no entities
    for each in root.iter(f"{_MAIN}numFmt"):
        if re.search("y", re.sub(r'"[^"]*"|\\.', "", each.get("formatCode", "")), re.IGNORECASE):
            days.add(int(each.get("numFmtId")))
    for formats in root.iter(f"{_MAIN}cellXfs"):
        styles = [int(each.get("numFmtId", 0)) for each in formats]
    return {str(number) for number, format_ in enumerate(styles) if format_ in days}


def _rows(book, sheet: str, shared: list[str], dates: set[str]) -> list[list[str]]:
    rows = []
    for row in _elements(book, sheet, "row"):
        number = int(row.get("r", len(rows) + 1))
        if not len(rows) < number <= MOST_ROWS + 2:
            raise UnreadableTableError(
                _("The table has more than {count} rows; cut it in parts.").format(count=MOST_ROWS)
            )
        rows += [[]] * (number - 1 - len(rows))
        cells = {}
        for place, cell in enumerate(row.iter(f"{_MAIN}c")):
            cells[_column(cell.get("r"), place)] = _value(cell, shared, dates)
        width = min(max(cells, default=-1) + 1, _MOST_COLUMNS)
        rows.append([cells.get(place, "").strip() for place in range(width)])
    return rows


def _column(reference: str | None, place: int) -> int:
    letters = re.match("[A-Z]{1,3}", reference or "")
    if letters is None:
        return place
    number = 0
    for letter in letters[0]:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _value(cell, shared: list[str], dates: set[str]) -> str:
    if cell.get("t") == "inlineStr":
        return _words(cell)
    value = cell.findtext(f"{_MAIN}v") or ""
    if cell.get("t") == "s":
        return shared[int(value)]
    if cell.get("t") is None and cell.get("s") in dates and value:
        return (_FIRST_DAY + timedelta(days=int(float(value)))).isoformat()
    return value.removesuffix(".0") if cell.get("t") in (None, "n") else value
