"""Old addresses from a table: what its columns mean, what each row would do, and doing it.

Nothing is written before somebody has seen that. What cannot be is named with its reason and kept;
the rest is led on a few thousand at a time, by the worker where there are many, and whoever is
interrupted goes on where it was. The same table a second time changes nothing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

import pghistory
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django.models import ProcrastinateJob

from newsroom.people.models import User
from newsroom.people.queueing import later
from newsroom.people.verdicts import RefusalError, demand, first_objection
from newsroom.readers import old_addresses, targets
from newsroom.readers.models import Redirect, RedirectImport
from newsroom.readers.old_addresses import UnusableAddressError
from newsroom.readers.permissions import may_keep_addresses
from newsroom.readers.spreadsheets import UnreadableTableError, read_table
from newsroom.readers.targets import Known, Target, UnknownTargetError, Wanted
from newsroom.readers.workflow.redirecting import Done, Line, lead_all_on

# How columns are called by those who bring them, in lower case.
_OLD = ("旧", "原", "old", "from", "source")
_TARGET = ("新", "目标", "指向", "target", "new", "to")
_NOTE = ("备注", "说明", "note", "remark")
SHOWN = 20
"""Rows of each sort that are shown before an import; of errors five times as many."""
AT_ONCE = 2000
"""Rows that are imported while somebody waits, in a second; more are left to the worker."""
TOGETHER = 5000
"""Rows that are judged, and led on, at a time: together or not at all."""
TASK = "import_redirects"
Say = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table, its number as the spreadsheet counts, and what it would do."""

    number: int
    old: str
    target: str
    note: str = ""
    address: str = ""
    wanted: Wanted | None = None
    line: Line | None = None
    state: str = ""
    before: str = ""
    error: str = ""

    @property
    def leads_to(self) -> str:
        """Where it would lead, as an address of ours."""
        return self.wanted.address if self.wanted else ""


@dataclass
class Look:
    """What importing a table would do."""

    wrong: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    errors: list[Row] = field(default_factory=list)
    fresh: list[Row] = field(default_factory=list)
    moved: list[Row] = field(default_factory=list)

    @property
    def changes_nothing(self) -> bool:
        """Whether all that can be imported stands already."""
        return not self.new and not self.changed

    def take(self, row: Row) -> None:
        """Count a row; of very many only the first are kept."""
        if row.error:
            self.wrong += 1
            kept, most = self.errors, 5 * SHOWN
        else:
            setattr(self, row.state, getattr(self, row.state) + 1)
            kept, most = {"new": self.fresh, "changed": self.moved}.get(row.state, []), SHOWN
        if len(kept) < most:
            kept.append(row)


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
    look = Look()
    for row in judged(record, say):
        look.take(row)
    held = Redirect.objects.for_display().filter(address__in=[row.address for row in look.moved])
    before = {each.address: each.target for each in held}
    look.moved = [replace(row, before=before[row.address]) for row in look.moved]
    return look


def judged(record: RedirectImport, say: Say | None = None) -> Iterator[Row]:
    """Yield the rows of a table, each with what it would do or what is wrong with it.

    Rows that say again what an earlier one says are passed over.
    """
    seen: dict[str, tuple[Wanted, int]] = {}
    rows = (_read(row, seen) for row in _rows(record))
    while some := list(islice(rows, TOGETHER)):
        if say:
            say(some[-1].number, len(record.table))
        yield from _aimed([row for row in some if row.error or row.address])


def _rows(record: RedirectImport) -> Iterator[Row]:
    places = (record.old_column, record.target_column, record.note_column)
    for number, cells in enumerate(record.table, start=1):
        if number == 1 and record.has_heading or not any(cells):
            continue
        old, target, note = (
            cells[place] if place is not None and place < len(cells) else "" for place in places
        )
        yield Row(number, old, target, " ".join(note.split())[:200])


def _read(row: Row, seen: dict) -> Row:
    """Return a row with its address and what is wanted there, neither where it is a repetition."""
    try:
        address, wanted = old_addresses.read(row.old), targets.read(row.target)
    except (UnusableAddressError, UnknownTargetError) as problem:
        return replace(row, error=str(problem))
    before, number = seen.setdefault(address, (wanted, row.number))
    if before != wanted:
        words = _("Row {number} leads the same address to something else.")
        return replace(row, error=words.format(number=number))
    return replace(row, address=address, wanted=wanted) if number == row.number else row


def _aimed(rows: list[Row]) -> Iterator[Row]:
    """Yield rows with what each would do, asking the database for all of them together."""
    known = Known(row.wanted for row in rows if row.wanted)
    standing = Redirect.objects.held_at([row.address for row in rows if row.address])
    for row in rows:
        if row.error:
            yield row
            continue
        try:
            line = Line(row.address, known.target(row.wanted), row.note)
        except UnknownTargetError as problem:
            yield replace(row, error=str(problem))
        else:
            yield replace(row, line=line, state=_state(line, standing.get(row.address)))


def _state(line: Line, held: tuple | None) -> str:
    if held is None:
        return "new"
    return "same" if held == (*line.target, line.note) else "changed"


def choose_columns(record: RedirectImport, *, by: User, **columns) -> None:
    """Say which columns hold what, and whether the first row is a heading. Raises RefusalError."""
    demand(may_keep_addresses(by))
    with transaction.atomic():
        record = _locked(record)
        demand(_may_begin(record))
        RedirectImport.objects.filter(pk=record.pk).update(**columns)


def is_under_way(record: RedirectImport) -> bool:
    """Say whether a worker is to import a table, or is about it."""
    jobs = ProcrastinateJob.objects.filter(task_name=TASK, status__in=("todo", "doing"))
    return jobs.filter(args__table=record.pk).exists()


def begin(record: RedirectImport, *, by: User) -> Done | None:
    """Import a table now or, where it is long, have it imported by the worker; then return None.

    Raises RefusalError where none of its rows can be, or it is or was imported already.
    """
    if record.rows <= AT_ONCE:
        return import_all(record, by=by)
    demand(may_keep_addresses(by))
    with transaction.atomic():
        record = _locked(record)
        demand(_may_begin(record, again=True))
        later(TASK, after=TASK, table=record.pk, by=by.pk)
    return None


def go_on(number: int, by: int) -> None:
    """Import a table, or what an interrupted import has left of it; nothing where all is done."""
    record = RedirectImport.objects.get(pk=number)
    if record.imported_at is None:
        import_all(record, by=User.objects.get(pk=by))


def import_all(record: RedirectImport, *, by: User, say: Say | None = None) -> Done:
    """Import every row that can be; the others are kept in the record, each with its reason.

    Some thousand rows stand together or not at all; a second call goes on after them. Raises
    RefusalError where no row can be imported, or it was done before.
    """
    demand(may_keep_addresses(by))
    _settle(record, say)
    while (record := _lead_some_on(record, by)).imported_at is None:
        if say:
            say(record.done, record.rows)
    return Done(record.new, record.changed, record.same)


def _settle(record: RedirectImport, say: Say | None) -> None:
    """Write down, once, what each row of a table would do, so that going on needs no other look."""
    with transaction.atomic():
        record = _locked(record)
        demand(first_objection((record.imported_at is not None, _("It was imported before."))))
        if record.is_settled:
            return
        to_do, refused = [], []
        for row in judged(record, say):
            if row.line:
                to_do.append([row.address, *row.line.target, row.note])
            else:
                refused.append([row.number, row.old, row.target, row.note, row.error])
        demand(first_objection((not to_do, _("No row of this table can be imported."))))
        record.table = {"to_do": to_do, "refused": refused}
        record.save()


def _lead_some_on(record: RedirectImport, by: User) -> RedirectImport:
    """Lead the next rows on and take them out of the record, in one transaction."""
    with transaction.atomic(), pghistory.context(user=by.pk, verb=TASK):
        record = _locked(record)
        if record.imported_at is not None:  # by somebody else who went on with it
            return record
        to_do = record.table["to_do"]
        some = [Line(address, Target(*to), note) for address, *to, note in to_do[:TOGETHER]]
        done = lead_all_on(some, by=by)
        record.new, record.changed = record.new + done.new, record.changed + done.changed
        record.same += done.same
        record.table = record.table | {"to_do": to_do[TOGETHER:]}
        if not record.table["to_do"]:
            record.imported_at = timezone.now()
        record.save()
    return record


def refused_rows(record: RedirectImport) -> Iterator[Row]:
    """Yield the rows that cannot be imported or, once it was, were not."""
    if record.is_settled:
        yield from (
            Row(number, old, target, note, error=error)
            for number, old, target, note, error in record.table["refused"]
        )
    else:
        yield from (row for row in judged(record) if row.error)


def _locked(record: RedirectImport) -> RedirectImport:
    return RedirectImport.objects.select_for_update(no_key=True).get(pk=record.pk)


def _may_begin(record: RedirectImport, *, again: bool = False):
    return first_objection(
        (record.imported_at is not None, _("It was imported before.")),
        (is_under_way(record), _("It is being imported just now.")),
        (record.is_settled and not again, _("Some of its rows are imported already.")),
    )
