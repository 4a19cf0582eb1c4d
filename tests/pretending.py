"""A site that answers as a test has it: stale, slow, broken, somewhere else, in a cupboard."""

import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Said:
    """One answer of the site."""

    status: int = 200
    body: bytes = b"<p>x</p>"
    headers: dict = field(default_factory=dict)
    wait: float = 0
    drip: float = 0  # seconds between two bytes
    raw: bool = False  # the body is all that is sent, drips and all

    def __post_init__(self):
        self.headers = {"Content-Type": "text/html; charset=utf-8"} | self.headers


class Pretender:
    """What the site says: to one path, or to every other. ``asked`` holds who asked for what."""

    def __init__(self, **answers):
        self.answers: dict[str, Said] = answers
        self.otherwise = Said()
        self.asked: list[tuple[str, dict]] = []
        self.url = ""

    def says(self, path: str, *args, **how) -> None:
        """Have a path answered."""
        self.answers[path] = Said(*args, **how)


@contextmanager
def pretended():
    """Run a pretender at a port of its own."""
    site = Pretender()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            site.asked.append((self.path, dict(self.headers)))
            said = site.answers.get(self.path, site.otherwise)
            time.sleep(said.wait)
            if not said.raw:
                self.send_response(said.status)
                for name, value in said.headers.items():
                    self.send_header(name, value)
                self.end_headers()
            try:
                for start in range(0, len(said.body), 1 if said.drip else 1 << 20):
                    self.wfile.write(said.body[start : start + (1 if said.drip else 1 << 20)])
                    self.wfile.flush()
                    time.sleep(said.drip)
            except OSError:
                return  # nobody listens any more

        def log_message(self, *_args):
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    site.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
