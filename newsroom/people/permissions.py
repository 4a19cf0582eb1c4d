"""May this person …? Who keeps the people, the settings and the standing lists."""

from django.utils.translation import gettext as _

from newsroom.people.models import User
from newsroom.people.roles import Role
from newsroom.people.verdicts import YES, Verdict

NEWSROOM = (
    Role.EDITOR,
    Role.DESK_HEAD,
    Role.CHIEF_EDITOR,
    Role.ISSUE_EDITOR,
    Role.ADMINISTRATOR,
)


def works_in_newsroom(user: User) -> Verdict:
    """Everybody but correspondents, who know only their own work."""
    allowed = user.is_active and (user.is_superuser or user.holds(*NEWSROOM))
    return YES if allowed else Verdict(_("This is for the newsroom."))


def may_administer(user: User) -> Verdict:
    """Administrators keep people, roles, deputies, units, settings. That gives no right to sign."""
    allowed = user.is_active and (user.is_superuser or user.holds(Role.ADMINISTRATOR))
    return YES if allowed else Verdict(_("Only an administrator changes this."))


def may_keep_lists(user: User) -> Verdict:
    """Desk heads and chief editors keep sections, tags and correspondents; so do administrators."""
    if may_administer(user):
        return YES
    allowed = user.is_active and user.holds(Role.DESK_HEAD, Role.CHIEF_EDITOR)
    return (
        YES
        if allowed
        else Verdict(_("Only a desk head, a chief editor or an administrator changes this."))
    )


def nobody(user: User) -> Verdict:
    """Some things are not done by hand at all."""
    return Verdict(_("This is not changed by hand."))
