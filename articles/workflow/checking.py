"""The verb that says what the checks of a piece do: remind, or stop it."""

from collections.abc import Mapping

import pghistory
from django.db import transaction
from django.utils.translation import gettext as _

from articles import permissions
from articles.checklist import CHECKS, Level
from articles.models import ChecklistRule
from newsroom.people.models import User
from newsroom.people.verdicts import demand, first_objection


def set_levels(levels: Mapping[str, str], *, by: User) -> list[str]:
    """Let each check named do what is asked; return the keys of those that changed.

    From then on every submission and signature asks by it, also of pieces under way. Raises
    RefusalError.
    """
    with transaction.atomic(), pghistory.context(user=by.pk, verb="set_levels"):
        demand(permissions.may_set_checklist(by))
        for key, level in levels.items():
            demand(_is_possible(key, level))
        now = ChecklistRule.objects.chosen()
        changed = [key for key, level in levels.items() if level != CHECKS[key].level(now)]
        for key in sorted(changed):
            rule = ChecklistRule.objects.of_check(key)
            rule.level = levels[key]
            rule.save(update_fields=["level"])
    return changed


def _is_possible(key: str, level: str):
    check = CHECKS.get(key)
    known = check is not None and level in Level.values
    label = check.label if check else key
    return first_objection(
        (not known, _("There is no such check.")),
        (
            known and Level(level) not in check.choices,
            _("“{check}” cannot demand less: the house does not print without it.").format(
                check=label
            ),
        ),
    )
