"""Sheets of paper: data typeset as PDF by a template of the project's own.

Whatever the data says is printed as it stands: it reaches the template as JSON and is never
markup. No models are known here; a sheet is plain data, so that a page of the desk shows the same.
"""

import json
import unicodedata
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

import pylopdf_fonts_zh_cn as fonts
import typst

TEMPLATES = Path(__file__).resolve().parents[1] / "templates" / "typeset"
# What turns a line round or is not to be seen would let a name pass for another.
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}


class TypesettingError(Exception):
    """What should have been typeset could not be; the message says what typst said."""


@dataclass(frozen=True)
class Row:
    """A line of a table; ``struck`` ones no longer count and are crossed out."""

    cells: list[str]
    struck: bool = False


@dataclass(frozen=True)
class Table:
    """A table; ``widths`` are shares of the line, ``more`` says what was left out."""

    title: str
    heads: list[str]
    widths: list[int]
    rows: list[Row]
    more: str = ""
    codes: list[int] = field(default_factory=list)  # the columns that hold fingerprints


@dataclass(frozen=True)
class Sheet:
    """A sheet of paper as plain data: facts above, tables below, a line to sign by hand."""

    paper: str
    name: str  # what the sheet is: 审签单
    number: str
    title: str
    above: str = ""
    below: str = ""
    facts: list[tuple[str, str]] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    hands: list[str] = field(default_factory=list)  # what is signed by hand
    printed: str = ""
    language: str = "zh"
    pages: str = "{page} / {pages}"


def typeset(sheet: Sheet, *, at: datetime) -> bytes:
    """Return a sheet as PDF: one page if it fits at any readable size, else as many as needed.

    The same sheet at the same instant gives the same bytes. Raises TypesettingError.
    """
    job = json.dumps(_plain(asdict(sheet)), ensure_ascii=False)
    try:
        return typst.compile(
            TEMPLATES / "sheet.typ",
            root=TEMPLATES,
            font_paths=[fonts.sans_path().parent],
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"sheet": job},
            timestamp=at.replace(microsecond=0),
        )
    except RuntimeError as error:
        raise TypesettingError(str(error)) from error


def _plain(value):
    """Return data without characters that cannot be seen, which could reverse a line."""
    if isinstance(value, str):
        return "".join(each for each in value if unicodedata.category(each) not in UNSEEN)
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value
