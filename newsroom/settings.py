"""Settings, read from the environment and strict about it.

With ``DATABASE_URL`` the start is a production start: secret and hosts must be named. Without it,
development, demo and tests run on the embedded database. ``docs/operators.md`` lists the variables.
"""

from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _
from pghistory import ContextJSONField, ContextUUIDField

from newsroom.account_settings import *  # noqa: F403
from newsroom.environment import Environment, kept_secret

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment()
if env.str("NEWSROOM_ENV_FILE", default=""):
    env.read_env(env.str("NEWSROOM_ENV_FILE"))

DATA_DIR = Path(env.str("NEWSROOM_DATA", default=str(BASE_DIR / "var")))
EMBEDDED = not env.str("DATABASE_URL", default="")
DEBUG = env.bool("DEBUG", default=False)

# Who we are, who may ask

SECRET_KEY = (
    env.str("SECRET_KEY", default="") or kept_secret(DATA_DIR / "secret_key")
    if EMBEDDED
    else env.required("SECRET_KEY")
)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = (
    env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
    if EMBEDDED
    else [host.strip() for host in env.required("ALLOWED_HOSTS").split(",")]
)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# Rooms

INSTALLED_APPS = [
    "newsroom.desk",
    "newsroom.readers",
    "issues",
    "articles",
    "newsroom.people",
    "newsroom.desk.apps.NewsroomAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_prose_editor",
    "js_asset",
    "csp",
    "pghistory",
    "pgtrigger",
    "newsroom.people.apps.QueueConfig",
    *(["newsroom.demo"] if EMBEDDED else []),
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "articles.looks.LookMiddleware",
    "newsroom.people.middleware.PublicWithoutCookiesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "newsroom.people.middleware.DeskLanguageMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "newsroom.desk.middleware.SecondFactorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"
ADMIN_PATH = env.str("ADMIN_PATH", default="admin").strip("/")
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ],
        },
    },
]

# What is kept, and where

DATABASES = {
    "default": {"ENGINE": "newsroom.embedded", "NAME": "newsroom"}
    if EMBEDDED
    else env.db("DATABASE_URL", engine="django.db.backends.postgresql")
}
DATABASES["default"].setdefault("OPTIONS", {})
if env.bool("DATABASE_POOL", default=False):
    DATABASES["default"]["OPTIONS"]["pool"] = {
        "min_size": 1,
        "max_size": env.int("DATABASE_POOL_SIZE", default=8),
    }
    # A connection that a restarted server left dead is noticed before it is used.
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
EMBEDDED_POSTGRES = {"folder": DATA_DIR / "postgres"}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(DATA_DIR / "media")))
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(DATA_DIR / "static")))
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    # Photographs are served by a view that asks whether they are live; no address leads here.
    "default": env.files(),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# The proxy sends the files of photographs; who may have one is still asked here, each time.
X_ACCEL = env.bool("X_ACCEL", default=False)
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# History: every model, by triggers, append-only at the database (ADR 0004)

PGHISTORY_APPEND_ONLY = True
# The context stands in the event row itself, so that it is append-only with it.
PGHISTORY_CONTEXT_FIELD = ContextJSONField(null=True)
# Reading changes nothing; naming the reader would open the session of every public page.
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")
PGHISTORY_CONTEXT_ID_FIELD = ContextUUIDField(null=True)

# People

AUTH_USER_MODEL = "people.User"
SESSION_COOKIE_AGE = env.int("SESSION_HOURS", default=14 * 24) * 3600
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("PROXIES", default=0 if EMBEDDED else 1)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Language and time

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env.str("TIME_ZONE", default="Asia/Shanghai")
USE_TZ = True

# Letters: to a mail server, or where there is none, in development and demo, to a mailbox page

_mail = env.mail("EMAIL_URL", default="")
vars().update(_mail or {})
SENDS_MAIL = bool(_mail) or EMBEDDED
if not _mail:
    EMAIL_BACKEND = (
        "newsroom.desk.mailbox.MailboxBackend"
        if EMBEDDED
        else "django.core.mail.backends.dummy.EmailBackend"
    )
EMAIL_TIMEOUT = 10  # seconds; the worker waits for the mail server, nobody else does
_address = "http://127.0.0.1:8000" if EMBEDDED else f"https://{ALLOWED_HOSTS[0]}"
SITE_URL = (env.str("SITE_URL", default="") or _address).rstrip("/")
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", default="") or f"noreply@{urlsplit(SITE_URL).hostname}"
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# What the operator reads: warnings and errors with their reason, on the process's own stream

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    # A check asks on purpose for what must not be there.
    "filters": {
        "asked_by_us": {"()": "newsroom.people.quiet.NotAskedByTheWatch"},
        "secrets": {"()": "newsroom.people.quiet.SecretAddressesMasked"},
    },
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["asked_by_us", "secrets"],
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}

# Safety

HTTPS = env.bool("HTTPS", default=not EMBEDDED)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
# What watches over the process asks it directly, not through the proxy.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^watchz$"]
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31_536_000 if HTTPS else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
if env.bool("BEHIND_PROXY", default=not EMBEDDED):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "newsroom.desk.site.stale"
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = f"/{ADMIN_PATH}/"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SILENCED_SYSTEM_CHECKS: list[str] = []
