"""May this person …? Who keeps the people, the settings and the standing lists."""

from django.utils.translation import gettext as _

from newsroom.people.models import Deputy, User
from newsroom.people.roles import SIGNERS, Role
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


def may_invite(user: User, roles=(Role.CORRESPONDENT,)) -> Verdict:
    """Administrators invite to any role; desk heads and chief editors invite correspondents."""
    if set(roles) <= {Role.CORRESPONDENT}:
        return may_keep_lists(user)
    allowed = may_administer(user)
    return YES if allowed else Verdict(_("Only an administrator invites to this role."))


def may_unlock(user: User, person: User) -> Verdict:
    """Administrators let somebody in again. A superuser only by another one."""
    return may_administer(user) and first_objection(
        (person.is_superuser and not user.is_superuser, _("Only a superuser does this to one.")),
    )


def may_dismiss(user: User, person: User) -> Verdict:
    """Administrators close accounts, never their own."""
    return may_unlock(user, person) and first_objection(
        (user.pk == person.pk, _("Nobody closes their own account; ask another administrator.")),
        (not person.is_active, _("This account is closed already.")),
    )


def may_take_back(user: User, person: User) -> Verdict:
    """Administrators open a closed account again."""
    return may_unlock(user, person) and first_objection(
        (person.is_active, _("This account is open.")),
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


def names_deputies(user: User) -> Verdict:
    """Whoever may sign names a deputy for themselves, administrators for anybody."""
    allowed = user.is_active and user.holds(*SIGNERS)
    return (
        YES
        if allowed or may_administer(user)
        else Verdict(_("Only who signs, or an administrator, names deputies."))
    )


def may_name_deputy(user: User, principal: User, deputy: User) -> Verdict:
    """For oneself, or as an administrator for another; never oneself as another's deputy.

    Being administrator gives no right to sign, so nobody gives it to themselves this way.
    """
    return names_deputies(user) and first_objection(
        (
            user.pk != principal.pk and not may_administer(user),
            _("You name a deputy for yourself only."),
        ),
        (user.pk == deputy.pk, _("Nobody makes themselves a deputy.")),
        (
            not principal.holds(*SIGNERS),
            _("{name} signs nothing, so nobody can sign for them.").format(name=principal),
        ),
        (
            not deputy.holds(*SIGNERS),
            _("{name} has no role in the review; give them one first.").format(name=deputy),
        ),
        (principal.pk == deputy.pk, _("Nobody is their own deputy.")),
    )


def may_end_deputy(user: User, deputyship: Deputy) -> Verdict:
    """Whoever is acted for, or an administrator."""
    mine = user.is_active and user.pk == deputyship.principal_id
    return YES if mine else may_administer(user)


def nobody(user: User) -> Verdict:
    """Some things are not done by hand at all."""
    return Verdict(_("This is not changed by hand."))
