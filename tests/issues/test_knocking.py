"""Other people's pages are asked for; our own network never is."""

import _socket
import socket
import threading
import time
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address

import pytest

from issues import knocking
from issues.knocking import Problem, is_public, knock


class Stranger(BaseHTTPRequestHandler):
    """Somebody else's server: a path for each way to answer."""

    asked: list[tuple[str, str, str]] = []

    def answer(self):
        Stranger.asked.append((self.command, self.path, self.headers.get("Cookie", "")))
        first, _slash, rest = self.path.strip("/").partition("/")
        if first == "to":
            self.send_response(302)
            self.send_header("Location", rest)
        elif first == "head-unknown" and self.command == "HEAD":
            self.send_response(404)
        elif first == "drip":
            with suppress(OSError):  # they have hung up
                for byte in b"HTTP/1.1 200 OK\r\n" + b"X" * 60:
                    self.wfile.write(bytes([byte]))
                    time.sleep(0.05)
            return
        elif first == "nonsense":
            self.wfile.write(b"\x00\x01 not HTTP\r\n\r\n")
            return
        else:
            self.send_response(int(first) if first.isdigit() else 200)
        self.end_headers()

    do_GET = do_HEAD = answer  # noqa: N815 - named by http.server

    def log_message(self, *_arguments):
        return


@contextmanager
def serving():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Stranger)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def port():
    with serving() as port:
        yield port


@pytest.fixture(autouse=True)
def _nobody_asked_yet(monkeypatch):
    """Let numbers be read as addresses; names are looked up by nobody here."""
    Stranger.asked.clear()

    def read(host, port, family=0, type=0):
        number = {"localhost": "127.0.0.1"}.get(host, host)
        return _socket.getaddrinfo(number, port, family, type, 0, socket.AI_NUMERICHOST)

    monkeypatch.setattr(socket, "getaddrinfo", read)


def ask(port, path, **more):
    more.setdefault("patience", 5)
    return knock(
        f"http://127.0.0.1:{port}{path}", allowed=lambda _address: True,
        ports=frozenset({port}), **more,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("path", "status", "answered"),
    [
        ("/", 200, True), ("/204", 204, True), ("/404", 404, False), ("/410", 410, False),
        ("/500", 500, False), ("/403", 403, True), ("/429", 429, True),
        ("/head-unknown", 200, True), ("/to//200", 200, True), ("/to//to//404", 404, False),
    ],
)  # fmt: skip
def test_what_a_page_answers(port, path, status, answered):
    came = ask(port, path)
    assert (came.status, came.problem, came.is_answered) == (status, "", answered)


def test_a_circle_ends(port):
    assert ask(port, "/to//to//to//to//to//to//to//200").problem == Problem.CIRCLE
    assert len(Stranger.asked) == knocking.MOST_REDIRECTS + 1


def test_an_answer_that_drips_is_cut_off(port):
    began = time.monotonic()
    assert ask(port, "/drip", patience=0.4).problem == Problem.SILENT
    assert time.monotonic() - began < 3  # it would drip for longer


def test_nonsense_is_told_as_such(port):
    assert ask(port, "/nonsense").problem == Problem.GARBLED


def test_chinese_in_an_address_and_a_second_line_are_escaped(port):
    assert ask(port, "/灯会?月=十二\r\nCookie: a=b").status == 200
    ((_method, path, cookie),) = Stranger.asked
    assert path.isascii()
    assert cookie == ""


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


def test_nor_by_way_of_a_redirect(port):
    """The first server is allowed here; what it points at is looked at like any other."""
    allowed = {ip_address("127.0.0.1")}
    for inside in ("http://10.0.0.8/", f"http://[::1]:{port}/", "http://127.0.0.1:22/"):
        came = knock(
            f"http://127.0.0.1:{port}/to/{inside}", ports=frozenset({port, 80}), patience=5,
            allowed=allowed.__contains__,
        )  # fmt: skip
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
