"""Letters about accounts: an invitation, a link to a new password, a word about a change."""

from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from newsroom.desk.letters import LONGEST_SUBJECT, absolute, one_line
from newsroom.desk.models import Invitation
from newsroom.people.access import AccountEvent
from newsroom.people.models import SiteSettings, User


def send_invitation(invitation: Invitation) -> None:
    """Mail the link; nothing where the invitation is open no more or has no address."""
    if invitation.state != Invitation.State.OPEN or not invitation.email:
        return
    link = absolute(reverse("account_invitation", args=[invitation.token]))
    paper = SiteSettings.current().paper_name
    with override(invitation.invited_by.language):
        _send(
            invitation.email,
            _("{by} invites you to {paper}").format(by=invitation.invited_by, paper=paper),
            _("Hello {name},").format(name=invitation.name),
            _("{by} invites you to work with {paper} as {roles}. Make your account here:").format(
                by=invitation.invited_by, paper=paper, roles=invitation.role_names
            ),
            link,
            _("The link works once, until {time}. Give it to nobody else.").format(
                time=_in_words(invitation.expires_at)
            ),
        )


def send_password_link(person: User) -> None:
    """Mail the link; nothing to whom has left or has no address."""
    if not (person.is_active and person.email):
        return
    key = default_token_generator.make_token(person)
    where = {"uidb36": user_pk_to_url_str(person), "key": key}
    with override(person.language):
        _send(
            person.email,
            _("A new password"),
            _("Hello {name},").format(name=person),
            _("here you set a new password for the user name {username}:").format(
                username=person.username
            ),
            absolute(reverse("account_reset_password_from_key", kwargs=where)),
            _("The link works once, for two hours. You did not ask for it? Then do nothing."),
        )


def send_account_change(event: AccountEvent) -> None:
    """Tell what has changed and when, so that a stranger's doing is noticed."""
    person = event.person
    if not (person.is_active and person.email):
        return
    with override(person.language):
        what = f"{event.get_kind_display()} {event.detail}".strip()
        _send(
            person.email,
            _("Your account has changed"),
            _("Hello {name},").format(name=person),
            f"{_in_words(event.at)}  {what}",
            _("Was that not you? Set a new password at once, and tell an administrator:"),
            absolute(reverse("account_reset_password")),
        )


def _in_words(instant) -> str:
    return date_format(timezone.localtime(instant), "Y-m-d H:i")


def _send(to: str, subject: str, *blocks: str) -> None:
    paper = SiteSettings.current().paper_name
    EmailMessage(
        subject=one_line(f"【{paper}】{subject}")[:LONGEST_SUBJECT],
        body="\n\n".join(blocks),
        to=[to],
        headers={"Auto-Submitted": "auto-generated"},
    ).send()
