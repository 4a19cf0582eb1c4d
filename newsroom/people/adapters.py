"""What django-allauth asks of the newsroom: who gets in, what is recorded, how mail is sent."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.internal.ratelimit import truncate_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import login, logout
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from newsroom.people import barring, ciphers, second_factor, sessions
from newsroom.people.access import AccountEvent, device
from newsroom.people.models import SiteSettings
from newsroom.people.queueing import later

Kind = AccountEvent.Kind
CHANGES = {
    "mfa/email/totp_activated": Kind.FACTOR_ADDED,
    "mfa/email/totp_deactivated": Kind.FACTOR_REMOVED,
    "mfa/email/webauthn_added": Kind.FACTOR_ADDED,
    "mfa/email/webauthn_removed": Kind.FACTOR_REMOVED,
    "mfa/email/recovery_codes_generated": Kind.CODES_MADE,
    "account/email/password_changed": Kind.PASSWORD_CHANGED,
    "account/email/password_reset": Kind.PASSWORD_RESET,
}
"""Of what allauth tells somebody by mail, what the record keeps."""


def record(request, kind: Kind, person, *, detail: str = "", by=None) -> AccountEvent:
    """Write down what happened to an account, from where; forget addresses that are old."""
    event = AccountEvent.objects.create(
        kind=kind,
        person=person,
        by=by,
        detail=detail[:200],
        address=address_of(request),
        device=device(request.headers.get("User-Agent", "")),
    )
    AccountEvent.objects.forget_addresses(SiteSettings.current().address_days)
    return event


def address_of(request) -> str:
    """Return the address somebody comes from; of IPv6 the network, which is one household's."""
    return truncate_ip(AccountAdapter(request).get_client_ip(request))


def ways_of(request, person) -> str:
    """Say by what somebody has shown who they are."""
    names = []
    for way in get_authentication_records(request, person):
        if way.get("passwordless"):
            names.append(_("passkey"))
        elif way.get("type"):
            names.append(str(Authenticator.Type(way["type"]).label))
        elif way["method"] == "password":
            names.append(_("password"))
    return " + ".join(dict.fromkeys(names))


def too_often(until) -> str:
    """Say until when nobody is let in."""
    at = date_format(timezone.localtime(until), "H:i")
    return _(
        "Too many wrong passwords. Log-in is closed for this account until {time}; colleagues "
        "are not affected. An administrator can open it, or set a new password by e-mail."
    ).format(time=at)


class AccountAdapter(DefaultAccountAdapter):
    """Passwords, sessions, mail."""

    def is_open_for_signup(self, request):
        """Nobody signs up; people are invited."""
        return False

    def is_safe_url(self, url):
        """Go on only to this very host."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts={context.request.get_host()})

    def authenticate(self, request, **credentials):
        """Check a password, unless it has been wrong too often."""
        attempt = barring.knock(credentials.get("username", ""), address=address_of(request))
        if attempt.locked_until:
            raise ValidationError(too_often(attempt.locked_until), code="locked")
        if attempt.person is not None:
            credentials["username"] = attempt.person.username
        found = super().authenticate(request, **credentials)
        if found is not None:
            attempt.succeeded()
            return found
        locks = attempt.failed()
        record(request, Kind.LOCKED if locks else Kind.FAILED, attempt.person)
        if locks:
            raise ValidationError(too_often(attempt.locked_until), code="locked")
        raise ValidationError(
            _("User name and password do not match. {left} more tries.").format(left=attempt.left),
            code="mismatch",
        )

    def pre_authenticate(self, request, **credentials):
        """Count nothing a second time: ``authenticate`` has."""

    def pre_login(self, request, user, **how):
        """Let in who works here."""
        if not user.is_staff:
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **how)

    def login(self, request, user):
        """Open the session and write it down."""
        ways = ways_of(request, user)
        user.backend = settings.AUTHENTICATION_BACKENDS[0]
        login(request, user)
        record(request, Kind.SIGNED_IN, user, detail=ways)

    def logout(self, request):
        """Close the session and write it down."""
        person = request.user
        logout(request)
        record(request, Kind.SIGNED_OUT, person)

    def is_reauthentication_required(self, *, app, **kwargs):
        """Ask again unless somebody has just shown who they are, by logging in."""
        request = context.request
        ways = get_authentication_records(request, request.user)
        fresh = timezone.now().timestamp() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        return not any(way["at"] > fresh for way in ways)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        """Tell somebody that their account has changed, and write it down."""
        if kind := CHANGES.get(template_prefix):
            what = template_prefix.rpartition("/")[2].partition("_")[0]
            names = {"totp": Authenticator.Type.TOTP.label, "webauthn": _("passkey")}
            event = record(self.request, kind, user, detail=str(names.get(what, "")))
            later("send_account_change", event=event.pk)
            if kind == Kind.FACTOR_ADDED:
                # Whoever came in before by a password alone has not shown the second factor.
                sessions.end_others(self.request)
        if template_prefix == "account/email/password_reset":
            barring.open_again(user)

    def send_password_reset_mail(self, user, email, context):
        """Have the worker mail the link: whether somebody has an account takes no time to tell."""
        later("send_password_link", person=user.pk)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Codes and passkeys."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy(
            "The code is wrong, or has been used already. A new one comes every 30 seconds."
        )
    }

    def get_totp_issuer(self):
        """Call the account in the telephone's app by the paper's name."""
        return SiteSettings.current().paper_name

    def _get_site_name(self):
        return SiteSettings.current().paper_name

    def _get_user_identifier(self, user):
        return user.username

    def encrypt(self, text):
        """Store no secret that can be read."""
        return ciphers.locked(text)

    def decrypt(self, encrypted_text):
        """Open what ``encrypt`` has locked."""
        return ciphers.opened(encrypted_text)

    def can_delete_authenticator(self, authenticator):
        """Keep the last second factor of somebody who needs one."""
        return bool(second_factor.may_remove(authenticator.user, authenticator))
