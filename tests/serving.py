"""A server of the running test's database in a process of its own, which can be killed.

``python -m tests.serving PORT DATABASE``
"""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]


def free_port() -> int:
    """Return a port nobody listens at."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


def start(port: int, database: str) -> subprocess.Popen:
    """Start a server and wait until it answers, half a minute at most."""
    command = [sys.executable, "-m", "tests.serving", str(port), database]
    server = subprocess.Popen(command, cwd=PROJECT, stderr=subprocess.DEVNULL)
    for _time in range(300):
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return server
        time.sleep(0.1)
    server.kill()
    raise TimeoutError("The server did not begin to listen.")


def _serve(port: int, database: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    from django.conf import settings  # noqa: PLC0415 - settings are named above

    settings.DATABASES["default"]["NAME"] = database
    import django  # noqa: PLC0415

    django.setup()
    from django.contrib.staticfiles.handlers import StaticFilesHandler  # noqa: PLC0415
    from django.core.servers.basehttp import run  # noqa: PLC0415
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415

    handler = StaticFilesHandler(get_wsgi_application())
    run("127.0.0.1", port, handler, threading=True)


if __name__ == "__main__":
    _serve(int(sys.argv[1]), sys.argv[2])
