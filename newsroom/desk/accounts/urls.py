"""The addresses of accounts, all below the desk's: its cookies go nowhere else.

Those of allauth that are not listed do not exist: nobody signs up, nobody keeps e-mail addresses.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from django.urls import path, re_path

from newsroom.desk.accounts import invitations, views
from newsroom.desk.accounts.views import dressed

RESET = r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[-\w]+)/$"
PAGES = {
    "account_login": ("login/", account.login),
    "mfa_login_webauthn": ("login/passkey/", keys.login_webauthn),
    "mfa_authenticate": ("login/code/", mfa.authenticate),
    "account_logout": ("logout/", account.logout),
    "account_inactive": ("inactive/", account.account_inactive),
    "account_reauthenticate": ("confirm/", account.reauthenticate),
    "mfa_reauthenticate": ("confirm/code/", mfa.reauthenticate),
    "mfa_reauthenticate_webauthn": ("confirm/passkey/", keys.reauthenticate_webauthn),
    "account_change_password": ("password/", account.password_change),
    "account_reset_password": ("password/reset/", account.password_reset),
    "account_reset_password_done": ("password/reset/sent/", account.password_reset_done),
    "account_reset_password_from_key_done": (
        "password/reset/done/",
        account.password_reset_from_key_done,
    ),
    "mfa_index": ("", views.security),
    "account_accept": ("invitation/", invitations.accept),
    "account_invitation": ("invitation/<str:token>/", invitations.arrive),
    "account_end_sessions": ("sessions/end/", views.end_sessions),
    "mfa_activate_totp": ("app/add/", totp.activate_totp),
    "mfa_deactivate_totp": ("app/remove/", totp.deactivate_totp),
    "mfa_view_recovery_codes": ("codes/", codes.view_recovery_codes),
    "mfa_download_recovery_codes": ("codes/download/", codes.download_recovery_codes),
    "mfa_generate_recovery_codes": ("codes/new/", codes.generate_recovery_codes),
    "mfa_list_webauthn": ("passkeys/", views.security),
    "mfa_add_webauthn": ("passkeys/add/", views.add_passkey),
    "mfa_edit_webauthn": ("passkeys/<int:pk>/name/", keys.edit_webauthn),
    "mfa_remove_webauthn": ("passkeys/<int:pk>/remove/", views.remove_passkey),
}

urlpatterns = [
    *(path(where, dressed(view), name=name) for name, (where, view) in PAGES.items()),
    re_path(
        RESET, dressed(account.password_reset_from_key), name="account_reset_password_from_key"
    ),
]
