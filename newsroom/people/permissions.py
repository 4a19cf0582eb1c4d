"""May this person …? Who keeps the people, the settings and the standing lists."""

from django.utils.translation import gettext as _

from newsroom.people.models import User
from newsroom.people.roles import Role
from newsroom.people.verdicts import YES, Verdict, first_objection

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


def may_unlock(user: User, person: User) -> Verdict:
    """Administrators let somebody in again. A superuser only by another one."""
    return may_administer(user) and first_objection(
        (person.is_superuser and not user.is_superuser, _("Only a superuser does this to one.")),
    )


def may_take_factors(user: User, person: User) -> Verdict:
    """Take a lost second factor off somebody's account: never off one's own."""
    return may_unlock(user, person) and first_objection(
        (user.pk == person.pk, _("Somebody else does this for you.")),
    )


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
