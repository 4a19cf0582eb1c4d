"""The admin door: who needs a second factor and has none is led to where one is set up."""

from django.conf import settings
from django.contrib import admin
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from articles.conflicts import words_typed
from newsroom.people.answers import asked_by_script, trouble
from newsroom.people.second_factor import standing_of

OPEN = {
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_generate_recovery_codes",
    "admin:login",
    "admin:logout",
    "admin:jsi18n",
}
"""What stays open without a second factor: the way to one, and the way out."""


class SecondFactorMiddleware:
    """Stand before every address below the desk's, whichever view answers it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Let through, lead to the set-up, or show what was typed and would be lost."""
        if not request.path_info.startswith(f"/{settings.ADMIN_PATH}/"):
            return None
        if not request.user.is_authenticated:
            return None
        request.second_factor = standing_of(request.user)
        if not request.second_factor.overdue or request.resolver_match.view_name in OPEN:
            return None
        return _led_to_set_up(request)


def _led_to_set_up(request):
    if asked_by_script(request):
        return trouble(403, "second_factor", _("Your role needs a second factor. Set it up first."))
    asks_for_a_page = "text/html" in request.headers.get("Accept", "text/html")
    if request.method == "GET" and asks_for_a_page:
        where = urlencode({"next": request.get_full_path()})
        response = HttpResponseRedirect(f"{reverse('mfa_index')}?{where}")
    else:
        response = admin.site.second_factor_first(request, words_typed(request.POST))
    patch_cache_control(response, private=True, no_store=True)
    return response
