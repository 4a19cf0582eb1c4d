"""Secrets of second factors, unreadable in a stolen database: locked with the key of the site."""

import base64
import secrets
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


def _lock() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (sha256(b"newsroom.people.ciphers" + key.encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


def locked(text: str) -> str:
    """Return a secret as it is stored."""
    return _lock().encrypt(text.encode()).decode()


def opened(stored: str) -> str:
    """Return a stored secret. One whose key is gone is replaced by one that nobody knows."""
    try:
        return _lock().decrypt(stored.encode()).decode()
    except InvalidToken:
        return base64.b32encode(secrets.token_bytes(20)).decode()
