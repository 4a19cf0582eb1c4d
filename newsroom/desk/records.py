"""The record of people and settings: who changed what, from what to what, and who logged in.

Merged from the histories the database keeps (ADR 0004) and from the account events; read only.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import Group
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import ChecklistRule, Round, Section
from newsroom.desk.models import Invitation
from newsroom.people.access import AccountEvent
from newsroom.people.models import Deputy, Membership, SiteSettings, Unit, User
from newsroom.people.roles import Role

SIZE = 60
QUIET = ("pgh_", "id", "changed_at", "sessions_ended")


@dataclass(frozen=True)
class Change:
    """A field, as it was and as it is; empty where a row was made."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    """One line of the record. ``who`` is empty where the system itself or a command acted."""

    at: datetime
    who: str
    what: str
    about: str
    changes: tuple[Change, ...] = ()
    place: str = ""
    warns: bool = False


@dataclass(frozen=True)
class Source:
    """A kind of entries, as the filter names it, and how they are fetched."""

    label: str
    fetch: Callable[[datetime | None, int | None], Iterable[Entry]]


def entries(kind: str = "", *, before: datetime | None = None, person: int | None = None):
    """Return the latest entries before an instant, newest first, and whether there are more."""
    wanted = [SOURCES[kind]] if kind in SOURCES else SOURCES.values()
    found = [entry for source in wanted for entry in source.fetch(before, person)]
    found.sort(key=lambda entry: entry.at, reverse=True)
    # What happened in one instant is not parted: the next page begins before it.
    end = next((n for n in range(SIZE, len(found)) if found[n].at != found[n - 1].at), len(found))
    return found[:end], len(found) > end


def _account_events(before, person):
    events = AccountEvent.objects.newest_first()
    if before:
        events = events.before(before)
    if person:
        events = events.about(person)
    for event in events[: SIZE + 1]:
        kinds = AccountEvent.Kind
        yield Entry(
            event.at,
            str(event.by or event.person or _("somebody")),
            event.get_kind_display(),
            str(event.person or _("a name nobody has")),
            (),
            " · ".join(filter(None, (event.detail, event.device, event.address))),
            event.kind in (kinds.FAILED, kinds.LOCKED, kinds.CODE_FAILED),
        )


def _memberships(before, person):
    rows = _latest(Membership.pgh_event_model.objects, before)
    if person:
        rows = rows.filter(user_id=person)
    rows = list(rows[: SIZE + 1])
    names = _Names(rows, User, "user_id")
    groups = dict(Group.objects.values_list("pk", "name"))
    for row in rows:
        name = groups.get(row.group_id, "")
        role = str(Role(name).label) if name in Role.values else name
        given = row.pgh_label == "insert"
        yield Entry(
            row.pgh_created_at,
            names.actor(row),
            _("gave a role") if given else _("took a role away"),
            names.of(row.user_id),
            (Change("", "" if given else role, role if given else ""),),
        )


def _of(model, *, hidden: tuple[str, ...] = ()):
    """Return what fetches the changes of a model's rows from its history."""

    def fetch(before, person):
        rows = _latest(model.pgh_event_model.objects, before)
        if person:
            if model is not User:
                return
            rows = rows.filter(pgh_obj_id=person)
        rows = list(rows[: SIZE + 1])
        former = _former(model, rows)
        names = _Names(rows, User, None)
        about = {
            str(obj.pk): str(obj)
            for obj in model.objects.filter(pk__in={row.pgh_obj_id for row in rows})
        }
        for row in rows:
            changes = tuple(_changes(model, former.get(row.pk), row, hidden))
            if changes or row.pgh_label != "update":
                yield Entry(
                    row.pgh_created_at,
                    names.actor(row),
                    LABELS[row.pgh_label],
                    f"{model._meta.verbose_name} {about.get(str(row.pgh_obj_id), '')}".strip(),
                    changes if row.pgh_label == "update" else (),
                )

    return fetch


LABELS = {
    "insert": gettext_lazy("made"),
    "update": gettext_lazy("changed"),
    "delete": gettext_lazy("removed"),
}


def _latest(events, before):
    rows = events.order_by("-pgh_created_at", "-pgh_id")
    return rows.filter(pgh_created_at__lt=before) if before else rows


def _former(model, rows):
    """Return for each row the one before it of the same object, in one statement."""
    history = model.pgh_event_model.objects.filter(pgh_obj_id__in={r.pgh_obj_id for r in rows})
    found, latest = {}, {}
    for event in history.order_by("pgh_id"):
        found[event.pk] = latest.get(event.pgh_obj_id)
        latest[event.pgh_obj_id] = event
    return found


def _changes(model, former, row, hidden):
    if former is None:
        return
    for field in model._meta.concrete_fields:
        name = field.attname
        skipped = field.name.startswith(QUIET) or field.name in hidden or not hasattr(row, name)
        if skipped or getattr(former, name) == getattr(row, name):
            continue
        label = str(field.verbose_name)
        yield Change(label, _shown(field, former), _shown(field, row))


def _shown(field, row) -> str:
    value = getattr(row, field.attname)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else str(value)


class _Names:
    """Names of the people that rows mention, fetched once."""

    def __init__(self, rows, model, attribute):
        keys = {self._actor(row) for row in rows}
        if attribute:
            keys |= {getattr(row, attribute) for row in rows}
        self._known = {
            person.pk: str(person) for person in User.objects.filter(pk__in=keys - {None})
        }

    def of(self, key) -> str:
        return self._known.get(key, "")

    def actor(self, row) -> str:
        return self.of(self._actor(row))

    @staticmethod
    def _actor(row):
        return (row.pgh_context or {}).get("user")


SOURCES = {
    "accounts": Source(gettext_lazy("Log-ins and accounts"), _account_events),
    "roles": Source(gettext_lazy("Roles"), _memberships),
    "people": Source(gettext_lazy("People"), _of(User)),
    "settings": Source(gettext_lazy("Site settings"), _of(SiteSettings)),
    "deputies": Source(gettext_lazy("Deputies"), _of(Deputy)),
    "units": Source(gettext_lazy("Units"), _of(Unit)),
    "rounds": Source(gettext_lazy("Review rounds"), _of(Round)),
    "checklist": Source(gettext_lazy("Checklist"), _of(ChecklistRule)),
    "sections": Source(gettext_lazy("Sections"), _of(Section)),
    "invitations": Source(gettext_lazy("Invitations"), _of(Invitation)),
}
