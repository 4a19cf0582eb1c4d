"""The environment, read strictly: what is wrong stops the start with a sentence naming it."""

import secrets
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

TRUE = {"true", "on", "yes", "1"}
FALSE = {"false", "off", "no", "0"}
S3 = {
    "endpoint_url": "S3_ENDPOINT",
    "region_name": "S3_REGION",
    "access_key": "S3_ACCESS_KEY",
    "secret_key": "S3_SECRET_KEY",
    "location": "S3_PREFIX",
}
"""Options of the object store, and the variables that name them."""
MAIL_SCHEMES = {"smtp", "smtp+tls", "smtp+ssl"}


class EnvironmentProblemError(ImproperlyConfigured):
    """What is wrong with the environment, as a sentence that names the variable."""


class Environment(environ.Env):
    """django-environ with booleans that refuse to guess (its own reads “maybe” as False)."""

    def bool(self, var: str, default: bool | environ.NoValue = environ.Env.NOTSET) -> bool:
        """Return the boolean in ``var``; raise EnvironmentProblemError for anything else."""
        raw = str(self.str(var, default=default)).strip().lower()
        if raw not in TRUE | FALSE:
            raise EnvironmentProblemError(
                f"The environment variable {var} must be one of "
                f"true, false, yes, no, on, off, 1, 0; it is “{raw}”."
            )
        return raw in TRUE

    def mail(self, var: str, default: str = "") -> dict:
        """Return Django's settings for the mail server in ``var``, an smtp:// address or nothing.

        Raises EnvironmentProblemError for any other address; a mistyped one would lose letters.
        """
        raw = self.str(var, default=default).strip()
        if not raw:
            return {}
        scheme, name = raw.partition("://")[0], urlsplit(raw).hostname
        if scheme not in MAIL_SCHEMES or not name:
            raise EnvironmentProblemError(
                f"The environment variable {var} must name a mail server as "
                "smtp://, smtp+tls:// or smtp+ssl://user:password@host:port."
            )
        return self.email_url_config(raw)

    def files(self) -> dict:
        """Return Django's storage for photographs and attached files: a folder, or a bucket.

        Raises EnvironmentProblemError where a bucket is named and the extra is not installed, or
        half a key is.
        """
        bucket = self.str("S3_BUCKET", default="").strip()
        if not bucket:
            return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
        if find_spec("storages") is None or find_spec("boto3") is None:
            raise EnvironmentProblemError(
                "The environment variable S3_BUCKET needs what requirements-s3.txt installs."
            )
        named = {option: self.str(var, default="").strip() for option, var in S3.items()}
        if bool(named["access_key"]) != bool(named["secret_key"]):
            raise EnvironmentProblemError(
                "The environment variables S3_ACCESS_KEY and S3_SECRET_KEY go together."
            )
        given = {option: value for option, value in named.items() if value}
        return {
            "BACKEND": "newsroom.object_store.ObjectStorage",
            "OPTIONS": {"bucket_name": bucket} | given,
        }

    def required(self, var: str) -> str:
        """Return the value of ``var``; raise EnvironmentProblemError when there is none."""
        value = self.str(var, default="").strip()
        if not value:
            raise EnvironmentProblemError(
                f"The environment variable {var} is missing. "
                "With DATABASE_URL set this is a production start, and it cannot do without."
            )
        return value


def kept_secret(file: Path) -> str:
    """Return the secret kept in ``file``, making it on first use, readable by its owner only.

    Only for development, demo and tests on the embedded database; production names its own.
    Raises EnvironmentProblemError when the file can be neither read nor written.
    """
    try:
        return _kept(file)
    except OSError as error:
        raise EnvironmentProblemError(
            f"The secret of this installation cannot be kept in {file} ({error.strerror}). "
            "Name a writable folder in NEWSROOM_DATA, or the secret itself in SECRET_KEY."
        ) from error


def _kept(file: Path) -> str:
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50), encoding="ascii")
        try:
            # A hard link fails when another process was faster: then its secret is the secret.
            file.hardlink_to(draft)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return file.read_text(encoding="ascii").strip()
