"""May this person watch what residents get?"""

from django.utils.translation import gettext as _

from issues.permissions import may_plan
from newsroom.people.models import User
from newsroom.people.permissions import may_administer
from newsroom.people.verdicts import YES, Verdict


def may_watch(user: User) -> Verdict:
    """Whoever publishes, and whoever keeps the machines."""
    allowed = user.is_active and (may_plan(user) or may_administer(user))
    return (
        YES
        if allowed
        else Verdict(
            _("Only issue editors, chief editors and administrators watch what residents get.")
        )
    )
