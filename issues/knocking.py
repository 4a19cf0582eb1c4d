"""Whether a page of somebody else's site answers: asked politely, and never inside our own network.

A link is written by whoever writes a piece. Asked without care, it would let them look around in
the network of the newsroom: so only addresses of the public Internet are asked, on the ports of
the web; each redirect is looked at anew; and nothing of an answer is read but its status.
"""

import socket
import ssl
import time
from collections.abc import Callable
from contextlib import closing, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from threading import Timer
from urllib.parse import SplitResult, quote, urljoin, urlsplit

AGENT = "newsroom-links/1"
PATIENCE = 8.0  # seconds for one link with all its redirects
MOST_REDIRECTS = 4
PORTS = {"http": 80, "https": 443}

# These say what a program may not see, not what a reader finds.
_NOT_FOR_PROGRAMS = (401, 403, 405, 406, 407, 429, 451)
_REDIRECTS = (301, 302, 303, 307, 308)
# An IPv6 address that stands for one of IPv4, our own ones among them.
_TRANSLATED = ip_network("64:ff9b::/96")
# What an address may hold as it stands; all else is escaped, a second line among it.
_PLAIN = "/?&=%:@!$'()*+,;~-._[]"

Address = IPv4Address | IPv6Address


class Problem(StrEnum):
    """What stood in the way of an answer."""

    NO_ADDRESS = "no_address"
    INSIDE = "inside"
    UNKNOWN = "unknown"
    UNREACHABLE = "unreachable"
    SILENT = "silent"
    CERTIFICATE = "certificate"
    GARBLED = "garbled"
    CIRCLE = "circle"


@dataclass(frozen=True)
class Knock:
    """What came of asking: the status of the last answer, or what stood in the way."""

    status: int | None = None
    problem: str = ""

    @property
    def is_answered(self) -> bool:
        """Whether a reader who follows the link finds a page, as far as a program can tell."""
        return self.status is not None and (
            self.status < HTTPStatus.BAD_REQUEST or self.status in _NOT_FOR_PROGRAMS
        )


class _NotAnsweredError(Exception):
    """Nothing came; the argument is the problem."""


def is_public(address: Address) -> bool:
    """Say whether an address is one of the public Internet."""
    mapped = getattr(address, "ipv4_mapped", None) or address
    return mapped.is_global and not mapped.is_multicast and mapped not in _TRANSLATED


def knock(
    link: str,
    *,
    allowed: Callable[[Address], bool] = is_public,
    ports: frozenset[int] = frozenset(PORTS.values()),
    patience: float = PATIENCE,
) -> Knock:
    """Ask whether the page of a link answers, for ``patience`` seconds at most after its name.

    ``allowed`` says which addresses may be asked. Raises nothing: what goes wrong is the answer.
    """
    until = time.monotonic() + patience
    for _redirect in range(MOST_REDIRECTS + 1):
        try:
            status, onwards = _asked(link, allowed, ports, until)
        except _NotAnsweredError as failure:
            return Knock(problem=failure.args[0])
        if status not in _REDIRECTS or not onwards:
            return Knock(status)
        link = urljoin(link, onwards)
    return Knock(problem=Problem.CIRCLE)


def _asked(link: str, allowed, ports, until: float) -> tuple[int, str]:
    parts, port = _parts(link)
    if port not in ports:
        raise _NotAnsweredError(Problem.INSIDE)
    path = quote(parts.path or "/", safe=_PLAIN)
    path += f"?{quote(parts.query, safe=_PLAIN)}" if parts.query else ""
    addresses = _addresses(parts.hostname, port)
    if not all(map(allowed, addresses)):
        raise _NotAnsweredError(Problem.INSIDE)
    status, onwards = _answer(parts, port, addresses[0], "HEAD", path, until)
    if status >= HTTPStatus.BAD_REQUEST and status not in _NOT_FOR_PROGRAMS:
        # Some servers know no HEAD and say that the page is not there.
        status, onwards = _answer(parts, port, addresses[0], "GET", path, until)
    return status, onwards


def _parts(link: str) -> tuple[SplitResult, int]:
    try:
        parts = urlsplit(link.strip())
        if parts.scheme in PORTS and parts.hostname and parts.username is None:
            return parts, parts.port or PORTS[parts.scheme]
    except ValueError:  # http://[ or a port that is none
        pass
    raise _NotAnsweredError(Problem.NO_ADDRESS)


def _addresses(host: str, port: int) -> list[Address]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = [ip_address(entry[4][0].partition("%")[0]) for entry in found]
    except (OSError, UnicodeError) as error:
        raise _NotAnsweredError(Problem.UNKNOWN) from error
    # Not every machine has a way to IPv6.
    return sorted(addresses, key=lambda address: address.version)


def _answer(parts, port, address, method: str, path: str, until: float) -> tuple[int, str]:
    """Ask the very address that was looked at: a name may mean another the next time."""
    left = until - time.monotonic()
    if left <= 0:
        raise _NotAnsweredError(Problem.SILENT)
    try:
        with _line(parts, str(address), port, left) as line:
            door = HTTPConnection(parts.hostname, port if port not in PORTS.values() else None)
            door.sock = line
            headers = {"User-Agent": AGENT, "Accept": "*/*", "Connection": "close"}
            door.request(method, path, headers=headers)
            response = door.getresponse()
            return response.status, response.headers.get("Location", "")
    except ssl.SSLCertVerificationError as error:
        raise _NotAnsweredError(Problem.CERTIFICATE) from error
    except OSError as error:
        silent = isinstance(error, TimeoutError) or time.monotonic() >= until
        raise _NotAnsweredError(Problem.SILENT if silent else Problem.UNREACHABLE) from error
    except (HTTPException, ValueError) as error:
        silent = time.monotonic() >= until
        raise _NotAnsweredError(Problem.SILENT if silent else Problem.GARBLED) from error


@contextmanager
def _line(parts: SplitResult, address: str, port: int, left: float):
    """Give an open line that is cut when its time is over, however slowly an answer drips."""
    with closing(socket.create_connection((address, port), timeout=left)) as bare:
        cut = Timer(left, _cut, [bare])
        cut.daemon = True
        cut.start()
        try:
            if parts.scheme == "https":
                context = ssl.create_default_context()
                with closing(context.wrap_socket(bare, server_hostname=parts.hostname)) as line:
                    yield line
            else:
                yield bare
        finally:
            cut.cancel()


def _cut(line: socket.socket) -> None:
    try:
        line.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # gone already
