"""The pages of accounts: allauth's views in the desk's dress, and what it has none for."""

import ipaddress
from functools import wraps

from allauth.account.decorators import reauthentication_required
from allauth.mfa.base.views import IndexView
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.urls import reverse, reverse_lazy
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from newsroom.people import sessions
from newsroom.people.access import AccountEvent
from newsroom.people.adapters import record
from newsroom.people.second_factor import may_remove, passkeys_of

SHOWN = 10
TITLES = {
    "account_login": gettext_lazy("Sign in"),
    "mfa_authenticate": gettext_lazy("Second factor"),
    "account_logout": gettext_lazy("Log out"),
    "account_accept": gettext_lazy("Invitation"),
    "account_inactive": gettext_lazy("Account closed"),
    "account_reauthenticate": gettext_lazy("Confirm that it is you"),
    "mfa_reauthenticate": gettext_lazy("Confirm that it is you"),
    "mfa_reauthenticate_webauthn": gettext_lazy("Confirm that it is you"),
    "account_change_password": gettext_lazy("Change password"),
    "account_reset_password": gettext_lazy("Forgotten password"),
    "account_reset_password_done": gettext_lazy("Forgotten password"),
    "account_reset_password_from_key": gettext_lazy("New password"),
    "account_reset_password_from_key_done": gettext_lazy("New password"),
    "mfa_activate_totp": gettext_lazy("Add an authenticator app"),
    "mfa_deactivate_totp": gettext_lazy("Remove the authenticator app"),
    "mfa_view_recovery_codes": gettext_lazy("Recovery codes"),
    "mfa_generate_recovery_codes": gettext_lazy("New recovery codes"),
    "mfa_add_webauthn": gettext_lazy("Add a passkey"),
    "mfa_edit_webauthn": gettext_lazy("Rename a passkey"),
    "mfa_remove_webauthn": gettext_lazy("Remove a passkey"),
}


def dressed(view):
    """Return the view with what stands around every page of the desk, kept out of caches."""

    @wraps(view)
    def page(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        if getattr(response, "context_data", None) is not None and not response.is_rendered:
            name = request.resolver_match.url_name
            name = {"login": "account_login", "logout": "account_logout"}.get(name, name)
            title = TITLES.get(name, _("Log-in and security"))
            around = admin.site.each_context(request) | {"title": title}
            response.context_data = around | response.context_data
        patch_cache_control(response, private=True, no_store=True)
        return response

    return page


class SecurityView(IndexView):
    """One page for whoever is signed in: factors, password, log-ins, sessions."""

    def get_context_data(self, **kwargs):
        """Add the latest log-ins, and where to go on once all is set up."""
        events = AccountEvent.objects.about(self.request.user).sign_ins().newest_first()
        return super().get_context_data(**kwargs) | {
            "events": events[:SHOWN],
            "passkeys": passkeys_of(self.request.user),
            "second_factor": self.request.second_factor,
        }


security = SecurityView.as_view()


class AddPasskeyView(AddWebAuthnView):
    """Every key added here is a passkey: it knows its owner, and so is both factors in one."""

    def get_context_data(self, **kwargs):
        """Ask the browser for a key that checks its owner, and say where none can be made."""
        context = super().get_context_data(**kwargs)
        context["js_data"] = {"creation_options": auth.begin_registration(self.request.user, True)}
        context["by_number"] = _is_address(self.request.get_host())
        return context


add_passkey = AddPasskeyView.as_view()


class RemovePasskeyView(RemoveWebAuthnView):
    """Take a passkey away, but not the last second factor of somebody who needs one."""

    success_url = reverse_lazy("mfa_index")

    def get_context_data(self, **kwargs):
        """Bring the reason why it stays, beside the button."""
        verdict = may_remove(self.request.user, self.object)
        return super().get_context_data(**kwargs) | {"verdict": verdict}

    def form_valid(self, form):
        """Remove it, or say why not."""
        verdict = may_remove(self.request.user, self.object)
        if not verdict:
            messages.error(self.request, verdict.reason)
            return HttpResponseRedirect(self.get_success_url())
        return super().form_valid(form)


remove_passkey = RemovePasskeyView.as_view()


@require_POST
@reauthentication_required(app="newsroom.desk")
def end_sessions(request):
    """Log somebody out everywhere but here."""
    sessions.end_others(request)
    record(request, AccountEvent.Kind.SESSIONS_ENDED, request.user)
    messages.success(request, _("All your other devices are logged out."))
    return HttpResponseRedirect(reverse("mfa_index"))


def _is_address(host: str) -> bool:
    """Say whether a host is named by its number; passkeys need a name."""
    try:
        ipaddress.ip_address(host.rpartition(":")[0].strip("[]") or host)
    except ValueError:
        return False
    return True
