"""Prepare the demo's database and files, and run the production server in front of them."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from urllib.error import URLError
from urllib.request import urlopen

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection
from django.db.migrations.exceptions import InconsistentMigrationHistory
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from newsroom.people.queueing import later

PATIENCE = 40  # seconds until a server that does not answer is given up


def demand_free(port: int) -> None:
    """Raise CommandError when something listens on the port already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as error:
            raise CommandError(
                _(
                    "Port {port} cannot be used ({error}). Choose another: make demo PORT=8080"
                ).format(port=port, error=error)
            ) from error


def prepare() -> None:
    """Bring database and static files up to date."""
    if not settings.EMBEDDED:
        raise CommandError(_("The demo fills the embedded database only; DATABASE_URL is set."))
    bring_up_to_date()
    call_command("collectstatic", interactive=False, verbosity=0)


def bring_up_to_date() -> None:
    """Migrate; raise CommandError where the database knows another history and cannot go on."""
    try:
        call_command("migrate", verbosity=0)
    except (DatabaseError, InconsistentMigrationHistory) as problem:
        known = MigrationLoader(connection)
        if known.applied_migrations.keys() <= known.disk_migrations.keys():
            raise
        raise CommandError(
            _(
                "The database in {folder} was made by another state of this project and cannot be "
                "brought up to date. Remove it and start again: "
                "{python} -m newsroom.embedded remove {folder}"
            ).format(folder=settings.EMBEDDED_POSTGRES["folder"], python=sys.executable)
        ) from problem


def serve(port: int, *, announce: Callable[[], None]) -> None:
    """Run gunicorn and a worker until interrupted; ``announce`` is called once it answers."""
    environment = {"SITE_URL": f"http://localhost:{port}", **os.environ}
    command = [
        sys.executable, "-m", "gunicorn", "newsroom.wsgi",
        "--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4",
        "--worker-class", "gthread", "--log-level", "warning", "--no-control-socket",
    ]  # fmt: skip
    server = subprocess.Popen(command, env={**environment, "DATABASE_POOL": "true"})
    worker = start_worker(environment)
    signal.signal(signal.SIGTERM, lambda *_args: server.terminate())
    try:
        _wait_for(port, server)
        later("watch_now", after="watch")  # else its page is empty for the first minutes
        announce()
        server.wait()
    except KeyboardInterrupt:
        server.terminate()
        server.wait()
    finally:
        end(worker)


def start_worker(environment: dict[str, str]) -> subprocess.Popen:
    """Start a worker that ends with this process, however this process ends."""
    command = [sys.executable, "manage.py", "worker", "--beside", str(os.getpid())]
    return subprocess.Popen(command, env=environment, cwd=settings.BASE_DIR)


def end(process: subprocess.Popen) -> None:
    """Stop a process and wait for it; one that does not listen is killed."""
    process.terminate()
    try:
        process.wait(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _wait_for(port: int, server: subprocess.Popen) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise CommandError(_("The server did not start; its reason stands above."))
        try:
            urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2).close()
            return
        except (URLError, OSError):
            time.sleep(0.2)
    server.terminate()
    raise CommandError(
        _("The server did not answer within {seconds} seconds.").format(seconds=PATIENCE)
    )
