"""Verbs of deputies: name somebody who acts for a colleague between two days, end it earlier."""

from datetime import date

import pghistory
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from newsroom.people.models import Deputy, User
from newsroom.people.permissions import may_end_deputy, may_name_deputy
from newsroom.people.refusals import as_refusals
from newsroom.people.verdicts import demand, first_objection


def name_deputy(
    principal: User, *, by: User, deputy: User, starts_on: date, ends_on: date
) -> Deputy:
    """Let a colleague act for somebody on the days from the first to the last, both included."""
    with as_refusals(), transaction.atomic(), pghistory.context(user=by.pk, verb="name_deputy"):
        # The same two people wait for one another here, so that nothing is named twice.
        User.objects.select_for_update(no_key=True).get(pk=principal.pk)
        demand(may_name_deputy(by, principal, deputy))
        named = Deputy.objects.filter(principal=principal, deputy=deputy)
        demand(
            first_objection(
                (ends_on < starts_on, _("The last day is before the first.")),
                (ends_on < timezone.localdate(), _("These days have passed.")),
                (
                    named.between(starts_on, ends_on).exists(),
                    _("{name} is the deputy on some of these days already.").format(name=deputy),
                ),
            )
        )
        return Deputy.objects.create(
            principal=principal, deputy=deputy, starts_on=starts_on, ends_on=ends_on
        )


def end_deputy(deputyship: Deputy, *, by: User, on: date) -> Deputy:
    """Let a deputy's last day be an earlier one; a day on which they signed stays covered."""
    with as_refusals(), transaction.atomic(), pghistory.context(user=by.pk, verb="end_deputy"):
        locked = Deputy.objects.select_for_update(no_key=True).get(pk=deputyship.pk)
        demand(may_end_deputy(by, locked))
        demand(
            first_objection(
                (on > locked.ends_on, _("It can end earlier, not later; name a deputy anew.")),
                (on < locked.starts_on, _("The last day is before the first.")),
                (
                    on < (locked.used_until or on),
                    _("Something was signed after that day; it cannot end before."),
                ),
            )
        )
        locked.ends_on = on
        locked.save(update_fields=["ends_on"])
    return locked
