"""Editions as files on a disk: which there are, of what day, and what a terminal shows of them."""

import json
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from issues.drafting import title_of
from issues.importing import Report, import_edition, importer
from issues.reading import Edition, decode, read_edition
from issues.reading.decoding import MAX_BYTES
from newsroom.people.models import User
from newsroom.people.verdicts import RefusalError

_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:-(\d{1,2})\b)?")


@dataclass(frozen=True)
class EditionFile:
    """A file, and the issue it is of; a dry run asks for no date."""

    path: Path
    day: date | None = None
    sequence: int = 1

    def text(self) -> str:
        """Return what the file holds. Raises UnreadableEditionError and RefusalError."""
        try:
            with self.path.open("rb") as opened:
                return decode(opened.read(MAX_BYTES + 1))
        except OSError as problem:
            sentence = _("{file} cannot be read: {reason}.")
            raise RefusalError(sentence.format(file=self.path, reason=problem.strerror)) from None

    def read(self) -> Edition:
        """Return the edition that stands in the file."""
        return read_edition(self.text())

    def bring_in(self, *, by: User, number=None, create_correspondents=False, **_rest) -> Report:
        """Import what stands in the file."""
        text = self.text()
        return import_edition(
            read_edition(text),
            by=by,
            date=self.day,
            sequence=self.sequence,
            number=number,
            text=text,
            file_name=self.path.name,
            create_correspondents=create_correspondents,
        )


def edition_files(path: Path, *, day=None, sequence=None, undated=False) -> list[EditionFile]:
    """Return a file, or the files of a folder, all with their dates before the first is read.

    Names begin with the date, and the sequence from the second of a day on: 2023-12-08-2.txt.
    """
    if not path.is_dir():
        return [_dated(path, day, sequence, undated)]
    if day or sequence:
        raise RefusalError(
            _("A folder takes dates from its file names; leave --date and the like out.")
        )
    found = [_dated(file, None, None, undated) for file in sorted(path.glob("*.txt"))]
    if not found:
        raise RefusalError(_("There is no .txt file in {folder}.").format(folder=path))
    return found


def _dated(path: Path, day: date | None, sequence: int | None, undated: bool) -> EditionFile:
    named = _DAY.match(path.name)
    if undated:
        return EditionFile(path)
    try:
        day = day or date.fromisoformat(named[1])
    except (TypeError, ValueError):
        raise RefusalError(
            _("No date: give --date, or begin the name of {file} with one.").format(file=path.name)
        ) from None
    return EditionFile(path, day, sequence or int((named and named[2]) or 1))


def who_files(username: str | None) -> tuple[User, str]:
    """Return who files the drafts, and a sentence where that is an account made for it."""
    if username:
        person = User.objects.filter(username=username).first()
        if person is None:
            raise RefusalError(_("Nobody logs in as “{name}”.").format(name=username))
        return person, ""
    person, made = importer()
    notice = _("There is no issue editor yet: “importer”, who cannot log in, files the drafts.")
    return person, notice if made else ""


def told(done: dict[str, Edition | Report], *, as_json: bool, several: bool) -> str:
    """Return what became of some files, by their names: one JSON object, or lines to read."""
    if not as_json:
        return "\n".join(map(lines_of, done.values()))
    plain = {
        name: what.as_json() if isinstance(what, Edition) else what.as_dict()
        for name, what in done.items()
    }
    return json.dumps(
        plain if several else next(iter(plain.values())), ensure_ascii=False, indent=1
    )


def lines_of(what: Edition | Report) -> str:
    """Return an edition, or the report of its import, as a person looks through it."""
    if isinstance(what, Report):
        notes = [*map(str, what.near_matches), *what.warnings]
        return "\n".join([what.sentence(), *(f"  {note}" for note in notes)])
    lines = []
    for page in what.pages:
        lines.append(_("page {number} {name}").format(number=page.number, name=page.name).strip())
        for piece in what.pieces:
            if piece.page == page.number:
                people = "、".join(credit.name for credit in piece.bylines or piece.photo_credits)
                titles = " / ".join(piece.titles.parts()) or title_of(piece)
                lines.append(f"  {titles}（{people}，{len(piece.paragraphs)}）")
                lines += [f"    ! {warning.message}" for warning in piece.warnings]
    return "\n".join([*lines, *(f"! {warning.message}" for warning in what.warnings)])
