"""The addresses of accounts, all below the desk's: its cookies go nowhere else.

Those of allauth that are not listed do not exist: nobody signs up, nobody keeps e-mail addresses.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path, re_path
from django.utils.translation import gettext_lazy as _

from newsroom.desk.accounts import views
from newsroom.desk.accounts.views import dressed

urlpatterns = [
    path("login/", dressed(account.login, _("Sign in")), name="account_login"),
    path(
        "login/passkey/",
        dressed(webauthn.login_webauthn, _("Sign in")),
        name="mfa_login_webauthn",
    ),
    path("login/code/", dressed(mfa.authenticate, _("Second factor")), name="mfa_authenticate"),
    path("logout/", dressed(account.logout, _("Log out")), name="account_logout"),
    path(
        "inactive/", dressed(account.account_inactive, _("Account closed")), name="account_inactive"
    ),
    path(
        "confirm/",
        dressed(account.reauthenticate, _("Confirm that it is you")),
        name="account_reauthenticate",
    ),
    path(
        "confirm/code/",
        dressed(mfa.reauthenticate, _("Confirm that it is you")),
        name="mfa_reauthenticate",
    ),
    path(
        "confirm/passkey/",
        dressed(webauthn.reauthenticate_webauthn, _("Confirm that it is you")),
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "password/",
        dressed(account.password_change, _("Change password")),
        name="account_change_password",
    ),
    path(
        "password/reset/",
        dressed(account.password_reset, _("Forgotten password")),
        name="account_reset_password",
    ),
    path(
        "password/reset/sent/",
        dressed(account.password_reset_done, _("Forgotten password")),
        name="account_reset_password_done",
    ),
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[-\w]+)/$",
        dressed(account.password_reset_from_key, _("New password")),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/done/",
        dressed(account.password_reset_from_key_done, _("New password")),
        name="account_reset_password_from_key_done",
    ),
    path("", dressed(views.security, _("Log-in and security")), name="mfa_index"),
    path("sessions/end/", dressed(views.end_sessions), name="account_end_sessions"),
    path(
        "app/add/",
        dressed(totp.activate_totp, _("Add an authenticator app")),
        name="mfa_activate_totp",
    ),
    path(
        "app/remove/",
        dressed(totp.deactivate_totp, _("Remove the authenticator app")),
        name="mfa_deactivate_totp",
    ),
    path(
        "codes/",
        dressed(codes.view_recovery_codes, _("Recovery codes")),
        name="mfa_view_recovery_codes",
    ),
    path(
        "codes/download/",
        dressed(codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path(
        "codes/new/",
        dressed(codes.generate_recovery_codes, _("New recovery codes")),
        name="mfa_generate_recovery_codes",
    ),
    path("passkeys/", dressed(views.security, _("Log-in and security")), name="mfa_list_webauthn"),
    path(
        "passkeys/add/",
        dressed(views.add_passkey, _("Add a passkey")),
        name="mfa_add_webauthn",
    ),
    path(
        "passkeys/<int:pk>/name/",
        dressed(webauthn.edit_webauthn, _("Rename a passkey")),
        name="mfa_edit_webauthn",
    ),
    path(
        "passkeys/<int:pk>/remove/",
        dressed(views.remove_passkey, _("Remove a passkey")),
        name="mfa_remove_webauthn",
    ),
]
