"""Other people's pages are asked for; our own network never is."""

import _socket
import socket
import ssl
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from issues import knocking
from issues.knocking import Problem, is_public, knock
from tests.pretending import pretended
from tests.serving import free_port


@pytest.fixture
def site():
    """Somebody else's site; like some servers it knows no HEAD."""
    with pretended() as made:
        yield made


@pytest.fixture(autouse=True)
def _numbers_alone_are_addresses(monkeypatch):
    """Let numbers be read as addresses; names are looked up by nobody here."""

    def read(host, port, family=0, type=0):
        number = {"localhost": "127.0.0.1"}.get(host, host)
        return _socket.getaddrinfo(number, port, family, type, 0, socket.AI_NUMERICHOST)

    monkeypatch.setattr(socket, "getaddrinfo", read)


def ask(site, path="/", **more):
    ports = frozenset({int(site.url.rpartition(":")[2])})
    more = {"patience": 5, "allowed": lambda _address: True, "ports": ports} | more
    return knock(site.url + path, **more)


@pytest.mark.parametrize(
    ("status", "answered"),
    [(200, True), (204, True), (404, False), (410, False), (500, False), (403, True), (429, True)],
)
def test_what_a_page_answers(site, status, answered):
    site.says("/", status)
    came = ask(site)
    assert (came.status, came.problem, came.is_answered) == (status, "", answered)


def test_what_a_page_answers_after_redirects(site):
    site.says("/a", 302, b"", {"Location": "b?c=d"})
    site.says("/b?c=d", 308, b"", {"Location": f"{site.url}/e"})
    site.says("/e", 404)
    assert ask(site, "/a").status == 404


def test_a_circle_ends(site):
    site.says("/", 302, b"", {"Location": "/"})
    assert ask(site).problem == Problem.CIRCLE
    assert len(site.asked) == knocking.MOST_REDIRECTS + 1


def test_an_answer_that_drips_is_cut_off(site):
    """Each byte comes within every timeout of a socket; the whole does not."""
    site.says("/", 200, b"HTTP/1.1 200 OK\r\n" + b"X" * 100, drip=0.05, raw=True)
    began = time.monotonic()
    assert ask(site, patience=0.4).problem == Problem.SILENT
    assert time.monotonic() - began < 3  # it would drip for longer


def test_nonsense_is_told_as_such(site):
    site.says("/", 200, b"\x00\x01 not HTTP\r\n\r\n", raw=True)
    assert ask(site).problem == Problem.GARBLED


def test_a_site_that_is_not_there_is_said_to_be_so():
    port = free_port()
    came = knock(f"http://127.0.0.1:{port}/", allowed=lambda _: True, ports=frozenset({port}))
    assert came.problem == Problem.UNREACHABLE


def test_a_certificate_of_nobodys_is_not_trusted(secure_port):
    came = knock(
        f"https://127.0.0.1:{secure_port}/", allowed=lambda _: True,
        ports=frozenset({secure_port}), patience=5,
    )  # fmt: skip
    assert came.problem == Problem.CERTIFICATE


@pytest.fixture
def secure_port(tmp_path):
    """Return the port of a server whose certificate nobody has signed but itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now).not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    file = tmp_path / "both.pem"
    plain = (Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(certificate.public_bytes(Encoding.PEM) + key.private_bytes(*plain))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    with socket.create_server(("127.0.0.1", 0)) as server:

        def greet():
            with suppress(OSError):  # they hang up when they see the certificate
                context.wrap_socket(server.accept()[0], server_side=True)

        thread = threading.Thread(target=greet, daemon=True)
        thread.start()
        yield server.getsockname()[1]
        thread.join(5)


def test_chinese_in_an_address_and_a_second_line_are_escaped(site):
    assert ask(site, "/灯会?月=十二\r\nCookie: a=b").status == 200
    ((path, headers),) = site.asked
    assert path.isascii()
    assert "Cookie" not in headers


@pytest.mark.parametrize(
    "link",
    [
        "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://10.0.0.8/",
        "http://192.168.1.1/admin", "http://169.254.169.254/latest/", "http://[fe80::1]/",
        "http://[::ffff:10.0.0.8]/", "http://[64:ff9b::a00:8]/", "http://0.0.0.0/",
        "http://2130706433/", "http://0x7f.1/", "http://100.64.0.1/", "http://224.0.0.1/",
        "https://127.0.0.1:22/", "http://127.0.0.1:5432/", "http://8.8.8.8:25/",
    ],
)  # fmt: skip
def test_our_own_network_is_not_asked(link, monkeypatch):
    def refuse(*_arguments, **_options):
        raise AssertionError("A line was opened.")

    monkeypatch.setattr(socket, "create_connection", refuse)
    assert knock(link).problem in (Problem.INSIDE, Problem.UNKNOWN)


def test_nor_by_way_of_a_redirect(site):
    """The first server is allowed here; what it points at is looked at like any other."""
    port = int(site.url.rpartition(":")[2])
    for inside in ("http://10.0.0.8/", f"http://[::1]:{port}/", "http://127.0.0.1:22/"):
        site.says("/", 302, b"", {"Location": inside})
        allowed = {ip_address("127.0.0.1")}
        came = ask(site, allowed=allowed.__contains__, ports=frozenset({port, 80}))
        assert came.problem == Problem.INSIDE, inside


def test_a_name_with_one_address_inside_is_not_asked_at_all(monkeypatch):
    both = [(2, 1, 6, "", ("93.184.216.34", 80)), (2, 1, 6, "", ("10.0.0.8", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_options: both)
    assert knock("http://two-faced.example.org/").problem == Problem.INSIDE


@pytest.mark.parametrize(
    "link",
    ["ftp://example.org/", "http://", "http://[", "http://user:word@example.org/", "//", "",
     "file:///etc/passwd", "http://example.org:99999/"],
)  # fmt: skip
def test_what_is_no_address_of_a_page(link):
    assert knock(link).problem == Problem.NO_ADDRESS


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_the_public_internet_is_asked(address):
    assert is_public(ip_address(address))
