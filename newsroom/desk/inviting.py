"""Verbs of invitation: invite, send again, revoke, accept."""

from contextlib import contextmanager
from datetime import timedelta

import pghistory
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Correspondent
from newsroom.desk.models import Invitation
from newsroom.desk.models.invitations import new_mark
from newsroom.people.access import AccountEvent
from newsroom.people.models import SiteSettings, User
from newsroom.people.permissions import may_invite
from newsroom.people.queueing import later
from newsroom.people.refusals import as_refusals
from newsroom.people.verdicts import RefusalError, Verdict, demand, first_objection


def invite(invitation: Invitation, *, by: User) -> Invitation:
    """Keep a new invitation and mail its link, where there is an address. Raises RefusalError."""
    demand(may_be_sent(by, invitation))
    invitation.invited_by = by
    invitation.expires_at = _end()
    with as_refusals(), transaction.atomic(), pghistory.context(user=by.pk, verb="invite"):
        invitation.save()
        _mail(invitation)
    return invitation


def send_again(invitation: Invitation, *, by: User) -> Invitation:
    """Make a new link and mail it; the former one opens nothing any more. Raises RefusalError."""
    with _locked(invitation, by, "send_again") as row:
        row.mark, row.expires_at = new_mark(), _end()
        row.save(update_fields=["mark", "expires_at"])
        _mail(row)
    invitation.refresh_from_db()
    return invitation


def revoke(invitation: Invitation, *, by: User) -> Invitation:
    """Take an invitation back. Raises RefusalError."""
    with _locked(invitation, by, "revoke") as row:
        row.revoked_at = timezone.now()
        row.save(update_fields=["revoked_at"])
    invitation.refresh_from_db()
    return invitation


def accept(invitation: Invitation, *, username: str, name: str, password: str) -> User:
    """Make the account that was promised, once. Raises RefusalError.

    ``password`` has passed the validators: the form asks them.
    """
    with as_refusals(), transaction.atomic():
        row = Invitation.objects.select_for_update(no_key=True).get(pk=invitation.pk)
        demand(may_be_accepted(row))
        user = User.objects.create_user(
            username=username,
            password=password,
            name=name,
            email=row.email,
            unit=row.unit,
            is_staff=True,
        )
        with pghistory.context(user=user.pk, verb="accept"):
            user.groups.set(row.groups)
            row.accepted_at, row.user = timezone.now(), user
            row.save(update_fields=["accepted_at", "user"])
            _link(row, user)
            AccountEvent.objects.create(
                kind=AccountEvent.Kind.JOINED, person=user, by=row.invited_by
            )
    return user


def may_be_accepted(invitation: Invitation) -> Verdict:
    """Say whether a link opens an account now; its sender must still be one who may invite."""
    state = invitation.state
    return first_objection(
        (
            state == Invitation.State.ACCEPTED,
            _("This invitation has been accepted already. Sign in with the account you made."),
        ),
        (
            state == Invitation.State.REVOKED,
            _("This invitation was taken back. Ask the newsroom."),
        ),
        (
            state == Invitation.State.EXPIRED,
            _("This invitation has run out. Ask the newsroom to send it again."),
        ),
        (
            not may_invite(invitation.invited_by, invitation.roles),
            _("This invitation no longer counts. Ask the newsroom for a new one."),
        ),
    )


@contextmanager
def _locked(invitation: Invitation, by: User, verb: str):
    """Give the locked row of an invitation that nobody has accepted or taken back."""
    with as_refusals(), transaction.atomic(), pghistory.context(user=by.pk, verb=verb):
        row = Invitation.objects.select_for_update(no_key=True).get(pk=invitation.pk)
        demand(may_be_changed(by, row))
        yield row


def may_be_changed(user: User, invitation: Invitation) -> Verdict:
    """Whoever may invite to its roles sends it again or takes it back, until it is accepted."""
    return may_invite(user, invitation.roles) and first_objection(
        (invitation.accepted_at is not None, _("It has been accepted already.")),
        (invitation.revoked_at is not None, _("It has been taken back.")),
    )


def may_be_sent(user: User, invitation: Invitation) -> Verdict:
    """Say whether this person may invite to these roles, and nobody is invited twice."""
    taken = invitation.correspondent is not None and invitation.correspondent.user_id is not None
    email = invitation.email
    return may_invite(user, invitation.roles or ()) and first_objection(
        (taken, _("This correspondent has an account already.")),
        (
            bool(email) and Invitation.objects.open().addressed_to(email).exists(),
            _("An invitation to this address is open; send that one again."),
        ),
    )


def _end():
    return timezone.now() + timedelta(days=SiteSettings.current().invitation_days)


def _mail(invitation: Invitation) -> None:
    if invitation.email:
        later("send_invitation", invitation=invitation.pk)


def _link(invitation: Invitation, user: User) -> None:
    """Give the account the correspondent it was promised."""
    if invitation.makes_correspondent:
        Correspondent.objects.create(name=user.name, unit=invitation.unit, user=user)
    elif invitation.correspondent_id:
        free = Correspondent.objects.filter(pk=invitation.correspondent_id, user=None)
        if not free.update(user=user):
            raise RefusalError(_("This correspondent has an account already."))
