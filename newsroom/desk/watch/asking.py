"""How residents' pages are asked for: at ``SITE_URL`` and nowhere else, and never for long.

No redirect is followed, no proxy of the environment is used, no cookie is sent. An answer is read
up to a bound, and a server that drips its answer is left standing.
"""

import re
import ssl
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from newsroom.people.patience import cut_after
from newsroom.people.quiet import AGENT

PATIENCE = 8.0  # seconds for one answer
LONGEST = 2_000_000  # bytes of an answer that are read

# A path as the application writes it; no way to name another host or a second line.
PATH = re.compile(r"/(?!/)[!-~]*")
KEEPERS = ("X-Cache", "X-Cache-Status", "X-Proxy-Cache", "CF-Cache-Status")


class SiteError(Exception):
    """The site's address cannot be asked at all; the message says why, for operators."""


@dataclass(frozen=True)
class Site:
    """Where residents find the paper."""

    secure: bool
    host: str
    port: int | None
    prefix: str

    @classmethod
    def at(cls, url: str) -> "Site":
        """Read an address such as ``SITE_URL``. Raises SiteError."""
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port
        except ValueError as error:
            raise SiteError(f"SITE_URL is no address: {error}.") from error
        if parts.scheme not in ("http", "https") or not host:
            raise SiteError(f"SITE_URL must begin with http:// or https://; it is “{url}”.")
        return cls(parts.scheme == "https", host, port, parts.path.rstrip("/"))

    @property
    def name(self) -> str:
        """What it is called in a sentence."""
        return self.host if self.port is None else f"{self.host}:{self.port}"

    def door(self) -> HTTPConnection:
        """Return a connection that is not opened yet."""
        if self.secure:
            context = ssl.create_default_context()
            return HTTPSConnection(self.host, self.port, timeout=PATIENCE, context=context)
        return HTTPConnection(self.host, self.port, timeout=PATIENCE)


@dataclass(frozen=True)
class Answer:
    """What came back: a status with its text, or what stood in the way."""

    seconds: float
    status: int | None = None
    text: str = ""
    size: int = 0
    content_type: str = ""
    location: str = ""
    kept: bool = False  # came out of a cache
    age: int = 0  # seconds it lay there, where the cache says so
    trusted_until: datetime | None = None  # of the certificate
    site: str = ""  # host and port
    problem: str = ""  # unreachable, certificate, timeout, garbled
    reason: str = ""


def ask(site: Site, path: str, *, patience: float = PATIENCE) -> Answer:
    """Ask for one path of the site, for ``patience`` seconds at most. Raises ValueError."""
    if not PATH.fullmatch(path):
        raise ValueError(f"{path!r} is no path of the site.")
    began = time.monotonic()
    door = site.door()
    try:
        told = _answered(door, site.prefix + path, began, patience)
    except ssl.SSLCertVerificationError as error:
        told = {"problem": "certificate", "reason": plain(error.verify_message)}
    except TimeoutError:
        told = {"problem": "timeout"}
    except OSError as error:
        told = {"problem": "unreachable", "reason": plain(error.strerror or error)}
    except (HTTPException, ValueError) as error:
        told = {"problem": "garbled", "reason": plain(error)}
    finally:
        door.close()
    seconds = time.monotonic() - began
    if told.get("problem") and seconds >= patience:
        told = {"problem": "timeout"}  # the line was cut because it took too long
    return Answer(seconds=seconds, site=site.name, **told)


def _answered(door: HTTPConnection, path: str, began: float, patience: float) -> dict:
    door.timeout = patience
    door.connect()
    left = max(0.05, patience - (time.monotonic() - began))
    with cut_after(left, door.sock):
        certificate = door.sock.getpeercert() if isinstance(door.sock, ssl.SSLSocket) else None
        headers = {"User-Agent": AGENT, "Accept-Encoding": "identity", "Connection": "close"}
        door.request("GET", path, headers=headers)
        response = door.getresponse()
        body = response.read(LONGEST)
    if time.monotonic() - began >= patience:
        raise TimeoutError
    return _told(response, body) | {"trusted_until": _ends(certificate)}


def _told(response, body: bytes) -> dict:
    headers: Message = response.headers
    kind = headers.get_content_type()
    age = headers.get("Age", "")
    age = int(age) if age.isascii() and age.isdigit() and len(age) < 9 else 0
    hit = any("HIT" in headers.get(name, "").upper() for name in KEEPERS)
    return {
        "status": response.status,
        "text": body.decode("utf-8", "replace") if kind.startswith("text/") else "",
        "size": len(body),
        "content_type": kind,
        "location": plain(headers.get("Location", "")),
        "kept": hit or age > 0,
        "age": age,
    }


def _ends(certificate: dict | None) -> datetime | None:
    if not certificate or "notAfter" not in certificate:
        return None
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(certificate["notAfter"]), UTC)


def plain(words) -> str:
    """Return what a stranger's server said as one short line without anything unseen."""
    return "".join(c if c.isprintable() else " " for c in str(words))[:160].strip()
