"""Old addresses from a table: what its columns mean, what each row would do, then all of it.

Nothing is written before somebody has seen that; and then every row or none. The same table a
second time changes nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from newsroom.people.models import User
from newsroom.people.verdicts import RefusalError, demand, first_objection
from newsroom.readers import old_addresses, targets
from newsroom.readers.models import Redirect, RedirectImport
from newsroom.readers.old_addresses import UnusableAddressError
from newsroom.readers.permissions import may_keep_addresses
from newsroom.readers.spreadsheets import UnreadableTableError, read_table
from newsroom.readers.targets import Known, Target, UnknownTargetError
from newsroom.readers.workflow.redirecting import Done, Line, lead_all_on

# How columns are called by those who bring them, in lower case.
_OLD = ("旧", "原", "old", "from", "source")
_TARGET = ("新", "目标", "指向", "target", "new", "to")
_NOTE = ("备注", "说明", "note", "remark")
SHOWN = 20
"""Rows that are shown before an import; of errors five times as many."""
Say = Callable[[int, int], None]


@dataclass(frozen=True)
class Row:
    """A row of the table, its number as the spreadsheet counts, and what it would do."""

    number: int
    old: str
    target: str
    address: str = ""
    leads_to: str = ""
    state: str = ""
    error: str = ""


@dataclass
class Look:
    """What importing a table would do."""

    rows: list[Row] = field(default_factory=list)
    errors: list[Row] = field(default_factory=list)
    wrong: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    lines: list[Line] = field(default_factory=list)

    @property
    def changes_nothing(self) -> bool:
        """Whether all of it stands already."""
        return not self.new and not self.changed

    def refuse(self, row: Row) -> None:
        """Note what is wrong with a row; of very many only the first are kept."""
        self.wrong += 1
        if len(self.errors) < 5 * SHOWN:
            self.errors.append(row)


def take_in(name: str, data: bytes, *, by: User) -> RedirectImport:
    """Keep a table until somebody has looked through it. Raises RefusalError."""
    demand(may_keep_addresses(by))
    try:
        table = read_table(name, data)
    except UnreadableTableError as problem:
        raise RefusalError(str(problem)) from problem
    return RedirectImport.objects.create(
        file_name=name[:200], uploaded_by=by, table=table, rows=len(table), **columns_of(table)
    )


def columns_of(table: list[list[str]]) -> dict:
    """Return which columns hold what, as far as the heading says, else in their order."""
    heading = [cell.lower() for cell in table[0]]
    headed = not any(cell.startswith(("/", "http")) for cell in heading)

    def called(names, otherwise):
        places = [place for place, cell in enumerate(heading) if cell.startswith(names)]
        return places[0] if headed and places else otherwise

    note = called(_NOTE, 2 if len(heading) > 2 else None)
    return {
        "has_heading": headed, "old_column": called(_OLD, 0),
        "target_column": called(_TARGET, 1), "note_column": note,
    }  # fmt: skip


def look_through(record: RedirectImport, say: Say | None = None) -> Look:
    """Return what importing a table would do; ``say`` hears how many rows of all are read."""
    look, seen, read = Look(), {}, []
    for number, cells in enumerate(record.table, start=1):
        if number % 5000 == 0 and say:
            say(number, len(record.table))
        if number == 1 and record.has_heading or not any(cells):
            continue
        row = _row(number, cells, record)
        try:
            address, wanted = old_addresses.read(row.old), targets.read(row.target)
            _once(seen, address, wanted, number)
        except (UnusableAddressError, UnknownTargetError) as problem:
            look.refuse(_with(row, error=str(problem)))
        else:
            note = _cell(cells, record.note_column)[:200]
            read.append((row, address, wanted, " ".join(note.split())))
    _aim(look, read)
    return look


def _once(seen: dict, address: str, wanted, number: int) -> None:
    before = seen.setdefault(address, (wanted, number))
    if before[0] != wanted:
        raise UnusableAddressError(
            _("Row {number} leads the same address to something else.").format(number=before[1])
        )


def _aim(look: Look, read: list) -> None:
    """Set what each row would do, asking the database for all of them together."""
    known = Known(wanted for _row, _address, wanted, _note in read)
    standing = Redirect.objects.at([address for _row, address, _wanted, _note in read])
    taken = set()
    for row, address, wanted, note in read:
        try:
            target = known.target(wanted)
        except UnknownTargetError as problem:
            look.refuse(_with(row, error=str(problem)))
            continue
        if address in taken:
            continue
        taken.add(address)
        line = Line(address, target, note)
        state = _state(line, standing.get(address))
        setattr(look, state, getattr(look, state) + 1)
        look.lines.append(line)
        if len(look.rows) < SHOWN:
            look.rows.append(_with(row, address=address, leads_to=_told(wanted), state=state))


def _state(line: Line, there: Redirect | None) -> str:
    if there is None:
        return "new"
    held = Target(there.article_id, there.issue_id, there.page_number, there.section_id, there.path)
    return "same" if (held, there.note) == (line.target, line.note) else "changed"


def _told(wanted) -> str:
    if wanted.article:
        return f"/articles/{wanted.article}/"
    if wanted.issue:
        return f"/issues/{wanted.issue}/" + (f"{wanted.page}/" if wanted.page else "")
    return f"/sections/{wanted.section}/" if wanted.section else wanted.path


def import_all(record: RedirectImport, *, by: User, say: Say | None = None) -> Done:
    """Import every row, or none. Raises RefusalError where one cannot be, or it was done before."""
    demand(may_keep_addresses(by))
    with transaction.atomic():
        record = RedirectImport.objects.select_for_update(no_key=True).get(pk=record.pk)
        demand(first_objection((record.imported_at is not None, _("It was imported before."))))
        look = look_through(record, say)
        demand(
            first_objection(
                (look.wrong > 0, _("Nothing was imported: mend the rows that are wrong first."))
            )
        )
        done = lead_all_on(look.lines, by=by)
        record.imported_at, record.table = timezone.now(), []
        record.new, record.changed, record.same = done.new, done.changed, done.same
        record.save()
    return done


def choose_columns(record: RedirectImport, *, by: User, **columns) -> None:
    """Say which columns hold what, and whether the first row is a heading."""
    demand(may_keep_addresses(by))
    RedirectImport.objects.filter(pk=record.pk, imported_at=None).update(**columns)


def _row(number: int, cells: list[str], record: RedirectImport) -> Row:
    return Row(number, _cell(cells, record.old_column), _cell(cells, record.target_column))


def _cell(cells: list[str], place: int | None) -> str:
    return cells[place] if place is not None and place < len(cells) else ""


def _with(row: Row, **more) -> Row:
    return Row(**{**row.__dict__, **more})
