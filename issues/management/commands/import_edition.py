import json
import re
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from issues.drafting import title_of
from issues.importing import RefusalError, import_edition, importer
from issues.reading import UnreadableEditionError, decode, read_edition
from issues.reading.decoding import MAX_BYTES
from newsroom.people.models import User

_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:-(\d{1,2})\b)?")


class Command(BaseCommand):
    help = "Bring raw edition texts in: each becomes an issue in planning with drafts on its pages."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path, help="a text file, or a folder of 2023-12-08*.txt")
        parser.add_argument("--date", type=date.fromisoformat, help="of the issue: 2023-12-08")
        parser.add_argument("--sequence", type=int, help="2 for a day's second issue")
        parser.add_argument("--number", type=int, help="the running number, where it is known")
        parser.add_argument("--dry-run", action="store_true", help="only read; ask no database")
        parser.add_argument("--format", choices=["text", "json"], default="text")
        parser.add_argument("--create-correspondents", action="store_true")
        parser.add_argument("--by", metavar="USERNAME", help="who files the drafts")

    def handle(self, *, path, **options):
        try:
            files = list(_files(path, options))
            done = {}
            for position, (file, when) in enumerate(files, start=1):
                if path.is_dir():
                    self.stderr.write(f"{position}/{len(files)} {file.name}")
                text = decode(_bytes(file))
                edition = read_edition(text)
                if options["dry_run"]:
                    done[file.name] = edition.as_json(), _listing(edition)
                else:
                    done[file.name] = self._import(edition, text, file, when, options)
        except (UnreadableEditionError, RefusalError) as refusal:
            raise CommandError(str(refusal), returncode=2) from None
        self._answer(done, as_json=options["format"] == "json", several=path.is_dir())

    def _import(self, edition, text, file, when, options):
        report = import_edition(
            edition,
            by=self._person(options["by"]),
            text=text,
            file_name=file.name,
            number=options["number"],
            create_correspondents=options["create_correspondents"],
            **when,
        )
        notes = [*map(str, report.near_matches), *report.warnings]
        return report.as_dict(), "\n".join([report.sentence(), *(f"  {note}" for note in notes)])

    def _person(self, username):
        if username:
            person = User.objects.filter(username=username).first()
            if person is None:
                raise RefusalError(_("Nobody logs in as “{name}”.").format(name=username))
            return person
        person, made = importer()
        if made:
            self.stderr.write(
                _("There is no issue editor yet: “importer”, who cannot log in, files the drafts.")
            )
        return person

    def _answer(self, done, *, as_json, several):
        if as_json:
            found = {name: plain for name, (plain, _told) in done.items()}
            answer = found if several else next(iter(found.values()))
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(told for _plain, told in done.values()))


def _files(path: Path, options):
    """Yield each file with its date and sequence; all are known before the first is read."""
    found = sorted(path.glob("*.txt")) if path.is_dir() else [path]
    if not found:
        raise RefusalError(_("There is no .txt file in {folder}.").format(folder=path))
    if path.is_dir() and (options["date"] or options["number"] or options["sequence"]):
        raise RefusalError(
            _("A folder takes dates from its file names; leave --date and the like out.")
        )
    for file in found:
        yield file, {} if options["dry_run"] else _when(file, options)


def _when(file: Path, options) -> dict:
    named = _DAY.match(file.name)
    try:
        day = options["date"] or date.fromisoformat(named[1])
    except (TypeError, ValueError):
        raise RefusalError(
            _("No date: give --date, or begin the name of {file} with one.").format(file=file.name)
        ) from None
    return {"date": day, "sequence": options["sequence"] or int((named and named[2]) or 1)}


def _bytes(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except OSError as problem:
        raise RefusalError(
            _("{file} cannot be read: {reason}.").format(file=file, reason=problem.strerror)
        ) from None


def _listing(edition) -> str:
    """Return an edition as lines a person can look through."""
    lines = []
    for page in edition.pages:
        lines.append(_("Page {number} {name}").format(number=page.number, name=page.name).strip())
        for piece in edition.pieces:
            if piece.page == page.number:
                people = "、".join(credit.name for credit in piece.bylines or piece.photo_credits)
                titles = " / ".join(piece.titles.parts()) or title_of(piece)
                lines.append(f"  {titles}（{people}，{len(piece.paragraphs)}）")
                lines += [f"    ! {warning.message}" for warning in piece.warnings]
    return "\n".join([*lines, *(f"! {warning.message}" for warning in edition.warnings)])
