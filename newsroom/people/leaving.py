"""Verbs of an account's end: leave, and come back. What somebody wrote is the desk's to settle."""

from datetime import timedelta

import pghistory
from django.db import transaction
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

from newsroom.people import barring, second_factor, sessions
from newsroom.people.access import AccountEvent
from newsroom.people.models import Deputy, User
from newsroom.people.permissions import may_dismiss, may_take_back
from newsroom.people.refusals import as_refusals
from newsroom.people.roles import Role
from newsroom.people.verdicts import demand, first_objection


def leave(person: User, *, by: User, reason: str) -> None:
    """Close an account at once, everywhere, for good: sessions, factors, password, deputyships.

    Roles stay noted; the person cannot use them. Raises RefusalError.
    """
    reason = reason.strip()
    with as_refusals(), transaction.atomic(), pghistory.context(user=by.pk, verb="leave"):
        # Two administrators who close each other's accounts meet here, one after the other.
        administrators = User.objects.holding(Role.ADMINISTRATOR).order_by("pk")
        held = set(
            administrators.select_for_update(no_key=True, of=("self",)).values_list("pk", flat=True)
        )
        row = User.objects.select_for_update(no_key=True).get(pk=person.pk)
        demand(may_dismiss(by, row))
        demand(
            first_objection(
                (not reason, _("Say why the account is closed.")),
                (held == {row.pk}, _("The last administrator stays until there is another one.")),
            )
        )
        row.is_active = False
        row.set_unusable_password()
        row.save(update_fields=["is_active", "password"])
        sessions.end_all(row)
        second_factor.strip(row, by=by)
        barring.open_again(row)
        _end_deputies(row)
        AccountEvent.objects.create(
            kind=AccountEvent.Kind.LEFT, person=row, by=by, detail=reason[:200]
        )
    person.refresh_from_db()


def _end_deputies(person: User) -> None:
    """End what somebody does for others; who acts for them may finish the day's work."""
    today = timezone.localdate()
    yesterday = today - timedelta(days=1)
    acting = Deputy.objects.filter(deputy=person, ends_on__gte=today)
    acting.filter(starts_on__gte=today, used_until=None).delete()
    # Who has signed something as a deputy stays on record for that day.
    acting.update(ends_on=Greatest(Coalesce("used_until", yesterday), yesterday))
    Deputy.objects.filter(principal=person, starts_on__gt=today).delete()
    Deputy.objects.filter(principal=person, ends_on__gt=today).update(ends_on=today)


def come_back(person: User, *, by: User) -> None:
    """Open an account again. It has no password yet, and the former roles. Raises RefusalError."""
    with as_refusals(), transaction.atomic(), pghistory.context(user=by.pk, verb="come_back"):
        row = User.objects.select_for_update(no_key=True).get(pk=person.pk)
        demand(may_take_back(by, row))
        row.is_active = True
        row.save(update_fields=["is_active"])
        AccountEvent.objects.create(kind=AccountEvent.Kind.REJOINED, person=row, by=by)
    person.refresh_from_db()
