"""Who may bring back pieces from an archived issue."""

from django.utils.translation import gettext as _

from newsroom.people.models import User
from newsroom.people.roles import Role
from newsroom.people.verdicts import YES, Verdict

RESTORERS = (Role.CHIEF_EDITOR, Role.ADMINISTRATOR)


def may_restore_archive(user: User) -> Verdict:
    """Chief editors and administrators. What they restore was signed, and had been public."""
    allowed = user.is_active and (user.is_superuser or user.holds(*RESTORERS))
    return (
        YES
        if allowed
        else Verdict(_("Only a chief editor or an administrator restores an archive."))
    )
