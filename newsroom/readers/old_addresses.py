"""Addresses the newspaper had elsewhere, written in one way only, so that two spellings meet.

Those of e-papers carry a query (``content_123.htm?div=-1``), come in capitals, percent-encoded,
with a slash at the end or without.
"""

import re
import unicodedata
from functools import cache
from urllib.parse import parse_qsl, unquote, urlencode

from django.conf import settings
from django.urls import URLPattern, get_resolver, is_valid_path
from django.utils.translation import gettext as _

LONGEST = 300
"""Characters of an address that is kept; what is asked for with more is not looked up."""

# What such systems put behind an address without meaning another page (div=-1 of 方正).
_MEANINGLESS = {"div"}
_SITE = re.compile(r"https?://[^/?#]+", re.IGNORECASE)
# Control characters, blanks inside, backslashes: no browser sends them as they are.
_ODD = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\u3000\\#]")


class UnusableAddressError(ValueError):
    """No old address; the message is a sentence."""


def normalise(path: str, query: str = "") -> str:
    """Return the one way an address is kept; ``path`` is decoded, ``query`` is not.

    Nothing for what no old address looks like.
    """
    if len(path) + len(query) > 2 * LONGEST:
        return ""
    path = re.sub("/{2,}", "/", unicodedata.normalize("NFC", path).lower()).rstrip("/")
    if not path.startswith("/") or _ODD.search(path) or {".", ".."} & set(path.split("/")):
        return ""
    known = f"{path}?{asked}" if (asked := _query(query)) else path
    return known if len(known) <= LONGEST else ""


def candidates(path: str, query: str = "") -> tuple[str, str]:
    """Return what may be kept of an address somebody asks for: with its query, and without.

    Messengers and counters put words of their own behind addresses.
    """
    return normalise(path, query), normalise(path)


def read(text: str) -> str:
    """Return an address as it is kept, of what somebody typed or pasted.

    The name of the former site may stand before it. Raises UnusableAddressError.
    """
    text = _SITE.sub("", text.strip(), count=1)
    path, _mark, query = text.partition("#")[0].partition("?")
    if "\\" in text or not path.startswith("/") or path.startswith("//"):
        raise UnusableAddressError(_("An old address begins with / and has no backslash."))
    try:
        known = normalise(unquote(path, errors="strict"), query)
    except UnicodeDecodeError:
        known = ""
    if not known:
        raise UnusableAddressError(
            _("This is no address, or one with more than {count} characters.").format(count=LONGEST)
        )
    if is_ours(known.partition("?")[0]):
        raise UnusableAddressError(_("This site has a page of its own at this address."))
    return known


def is_ours(path: str) -> bool:
    """Say whether this site answers at an address itself, or might at any time."""
    first = path.split("/")[1] if "/" in path else ""
    if first in _taken():
        return True
    if first not in _beginnings():
        return False
    return is_valid_path(path) or is_valid_path(f"{path}/")


@cache
def _taken() -> frozenset[str]:
    """Return how addresses begin below which nothing else can stand."""
    files = (settings.STATIC_URL, settings.MEDIA_URL, settings.ADMIN_PATH)
    return frozenset({"", "large", "preview", *(each.strip("/").split("/")[0] for each in files)})


@cache
def _beginnings() -> frozenset[str]:
    """Return how addresses begin that have a pattern, so that others need not be tried."""
    return frozenset(_first_steps(get_resolver()))


def _first_steps(resolver):
    for pattern in resolver.url_patterns:
        step = str(pattern.pattern).removeprefix("/").split("/")[0]
        if step or isinstance(pattern, URLPattern):
            yield step
        else:
            yield from _first_steps(pattern)


def _query(query: str) -> str:
    try:
        asked = parse_qsl(query, keep_blank_values=True, max_num_fields=20)
    except ValueError:
        return ""
    kept = {(name.lower(), value.lower()) for name, value in asked}
    asked = sorted((name, value) for name, value in kept if name not in _MEANINGLESS)
    return urlencode(asked).lower()
