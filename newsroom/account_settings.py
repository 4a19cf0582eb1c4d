"""How people sign in: what django-allauth is told. Nothing here comes from the environment.

``newsroom.settings`` takes these over; the decisions stand in ADR 0012.
"""

from datetime import timedelta

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
LOGOUT_REDIRECT_URL = "account_login"

ACCOUNT_ADAPTER = "newsroom.people.adapters.AccountAdapter"
ACCOUNT_FORMS = {"login": "newsroom.people.signing_in.SignInForm"}
# A user name, or an e-mail address that is one person's: the adapter looks that up itself.
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
# Addresses are kept with the person only; a second list would keep former ones alive.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_SESSION_REMEMBER = None
# Failed passwords are counted by newsroom.people.barring, which locks no office. What is limited
# by address here opens no door: a colleague's flood delays a mail, never a log-in.
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": "5/300s/key",
    "reset_password": "100/h/ip,3/h/key",
    "reset_password_from_key": "300/m/ip",
}

MFA_ADAPTER = "newsroom.people.adapters.SecondFactorAdapter"
MFA_FORMS = {"authenticate": "newsroom.people.signing_in.CodeForm"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1
# A signature over a challenge is not guessed; a limit by address would stop an office's morning.
MFA_RATE_LIMITS = {"webauthn_login": None}

PASSWORD_RESET_TIMEOUT = int(timedelta(hours=2).total_seconds())
# Shared by all processes: codes that have been used, and the limits above.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "people_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
