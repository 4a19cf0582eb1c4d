"""The application as gunicorn serves it to a test: by a clock that is off, in another time zone.

``SERVED_DATABASE`` names the test's database where the settings alone do not, ``CLOCK_OFF`` the
seconds by which this machine's clock is wrong. Each worker imports this for itself.
"""

import os
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta

from tests.serving import PROJECT, free_port


@contextmanager
def fleet(*machines: dict, workers: int = 1):
    """Run a server for each machine, given by its environment; yield their addresses."""
    with ExitStack() as stack:
        ports = [free_port() for _machine in machines]
        running = [
            stack.enter_context(_gunicorn(port, machine, workers))
            for port, machine in zip(ports, machines, strict=True)
        ]
        yield [f"127.0.0.1:{port}" for port in ports]
        assert [server.poll() for server in running] == [None] * len(running)


@contextmanager
def _gunicorn(port: int, environment: dict, workers: int):
    command = [
        sys.executable, "-m", "gunicorn", "tests.served:application", "--bind", f"127.0.0.1:{port}",
        "--worker-class", "gthread", "--workers", str(workers), "--threads", "4",
        "--log-level", "critical", "--no-control-socket", "--graceful-timeout", "2",
    ]  # fmt: skip
    server = subprocess.Popen(
        command, cwd=PROJECT, env={**os.environ, **environment}, stderr=subprocess.DEVNULL
    )
    try:
        yield server
    finally:
        server.terminate()
        server.wait(20)


def _application():
    off = float(os.environ.get("CLOCK_OFF", "0"))
    if off:
        import time_machine  # noqa: PLC0415 - a process with a right clock needs none

        wrong = datetime.now(UTC) + timedelta(seconds=off)
        time_machine.travel(wrong, tick=True).start()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    from django.conf import settings  # noqa: PLC0415 - by the clock that has been set

    if "SERVED_DATABASE" in os.environ:
        settings.DATABASES["default"]["NAME"] = os.environ["SERVED_DATABASE"]
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415

    return get_wsgi_application()


def __getattr__(name: str):
    """Make the application when gunicorn asks for it, not when a test imports this."""
    if name == "application":
        return _application()
    raise AttributeError(name)
