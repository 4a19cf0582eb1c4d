"""The server of the demo."""

import signal
import socket
import subprocess
import sys

import pytest
from django.core.management.base import CommandError
from django.db.migrations.exceptions import InconsistentMigrationHistory
from django.db.migrations.recorder import MigrationRecorder

from newsroom.demo import serving


def test_a_port_in_use_is_named_in_a_sentence():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=str(port)):
            serving.demand_free(port)
    serving.demand_free(port)


@pytest.mark.parametrize("port", [70000, -1])
def test_an_impossible_port_is_refused(port):
    with pytest.raises(CommandError, match="PORT=8080"):
        serving.demand_free(port)


def test_the_demo_fills_no_database_of_others(settings):
    settings.EMBEDDED = False
    with pytest.raises(CommandError, match="DATABASE_URL"):
        serving.prepare()


@pytest.mark.django_db
def test_a_database_with_another_history_is_named_with_how_to_remove_it():
    steps = MigrationRecorder.Migration.objects
    steps.filter(app="articles", name="0002_search").delete()
    with pytest.raises(InconsistentMigrationHistory):
        serving.prepare()
    steps.create(app="articles", name="0002_of_another_state")
    with pytest.raises(CommandError, match=r"newsroom\.embedded remove .*postgres-test"):
        serving.prepare()


def test_a_process_that_does_not_listen_is_ended_all_the_same(monkeypatch):
    monkeypatch.setattr(serving, "PATIENCE", 0.2)
    deaf = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        "print('deaf', flush=True); time.sleep(60)"
    )
    child = subprocess.Popen([sys.executable, "-c", deaf], stdout=subprocess.PIPE)
    child.stdout.readline()
    serving.end(child)
    child.stdout.close()
    assert child.returncode == -signal.SIGKILL
