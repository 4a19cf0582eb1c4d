"""Who keeps the old addresses."""

from django.utils.translation import gettext as _

from issues.permissions import may_plan
from newsroom.people.models import User
from newsroom.people.permissions import may_administer
from newsroom.people.verdicts import YES, Verdict


def may_keep_addresses(user: User) -> Verdict:
    """Who plans issues knows what stood where; administrators move whole sites."""
    allowed = user.is_active and (may_plan(user) or may_administer(user))
    return (
        YES
        if allowed
        else Verdict(_("Only planners of issues and administrators keep old addresses."))
    )
