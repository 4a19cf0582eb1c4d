"""The private database, on real servers in folders made for one test each."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

import psutil
import psycopg
import pytest
from django.core.management import call_command
from django.db import OperationalError, connection, connections

from newsroom.embedded import base, home
from newsroom.embedded.cluster import Cluster, check_alphabet
from newsroom.embedded.problem import ClusterError

ROOT = os.geteuid() == 0
PROJECT = Path(__file__).resolve().parents[2]
START = (
    "import os, sys; from newsroom.embedded.cluster import Cluster; Cluster(sys.argv[1]).start()"
)


@pytest.fixture
def ground():
    """A folder anybody may enter; pytest's own are closed to the server's user."""
    folder = Path(tempfile.mkdtemp(prefix="newsroom-test-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def cluster(ground):
    fresh = Cluster(ground / "postgres", options={"shared_buffers": "16MB"})
    yield fresh
    fresh.home.folder.parent.chmod(0o755)
    fresh.remove()


@pytest.fixture(scope="module")
def shared():
    """One server for the tests that leave it as they found it: making one costs a second."""
    folder = Path(tempfile.mkdtemp(prefix="newsroom-test-", dir="/tmp"))
    folder.chmod(0o755)
    made = Cluster(folder / "postgres", options={"shared_buffers": "16MB"})
    yield made
    made.remove()
    shutil.rmtree(folder)


@pytest.fixture
def running(shared):
    shared.start()
    return shared


def query(cluster, statement, database="newsroom"):
    with psycopg.connect(**cluster.parameters, dbname=database, autocommit=True) as opened:
        done = opened.execute(statement)
        return done.fetchall() if done.description else None


def server_pid(cluster):
    return int((cluster.home.data / "postmaster.pid").read_text().split("\n")[0])


def kill(cluster):
    """Kill the server as a crash would, and wait until it is gone."""
    pid = server_pid(cluster)
    os.kill(pid, signal.SIGKILL)
    while psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
        time.sleep(0.01)


def start_elsewhere(folder, **options):
    """Start a cluster from a process of its own."""
    return subprocess.Popen([sys.executable, "-c", START, folder], cwd=PROJECT, **options)


def manage(*arguments, **environment):
    return subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=PROJECT, capture_output=True, text=True,
        check=False, env=os.environ | {"DJANGO_SETTINGS_MODULE": "newsroom.settings"} | environment,
    )  # fmt: skip


# Starting and stopping


def test_starting_and_stopping_twice_is_harmless(cluster):
    assert not cluster.stop()
    cluster.start()
    pid = server_pid(cluster)
    cluster.start()
    assert server_pid(cluster) == pid
    assert cluster.status().running
    assert query(cluster, "SELECT current_database()") == [("newsroom",)]
    assert cluster.stop()
    assert not cluster.stop()
    assert not cluster.status().running


@pytest.mark.exhaustive
def test_several_processes_may_start_one_cluster_at_once(cluster):
    starters = [start_elsewhere(cluster.wanted) for _ in range(3)]
    assert [starter.wait(60) for starter in starters] == [0, 0, 0]
    assert query(cluster, "SELECT 1") == [(1,)]


def test_two_clones_do_not_meet(running, cluster):
    cluster.start()
    query(cluster, "CREATE TABLE only_here ()")
    assert query(running, "SELECT to_regclass('only_here')") == [(None,)]


def test_a_database_dropped_by_hand_is_made_again(running):
    query(running, "DROP DATABASE newsroom", database="postgres")
    running.start()
    assert query(running, "SELECT 1") == [(1,)]


def test_looking_at_the_status_makes_nothing(cluster):
    status = cluster.status()
    assert not status.running
    assert status.size == 0
    assert "18" in status.version
    assert not cluster.wanted.exists()


# After accidents


def test_what_was_committed_survives_a_killed_server(running):
    query(running, "SET synchronous_commit = on; CREATE TABLE kept (x int)")
    kill(running)
    assert not running.status().running
    running.start()
    assert query(running, "SELECT count(*) FROM kept") == [(0,)]


def test_a_process_that_got_the_dead_servers_number_is_no_obstacle(running):
    kill(running)
    with subprocess.Popen(["/bin/sleep", "60"], **running.home.switch) as stranger:
        file = running.home.data / "postmaster.pid"
        lines = file.read_text().split("\n")
        file.write_text("\n".join([str(stranger.pid), *lines[1:]]))
        lock = running.home.socket / ".s.PGSQL.5432.lock"
        lock.write_text("\n".join([str(stranger.pid), *lines[1:]]))
        running.start()
        assert stranger.poll() is None
        stranger.kill()
    assert query(running, "SELECT 1") == [(1,)]


def test_a_server_whose_socket_was_swept_away_is_started_anew(running):
    (running.home.socket / home.SOCKET_NAME).unlink()
    running.start()
    assert query(running, "SELECT 1") == [(1,)]


@pytest.mark.exhaustive
def test_a_first_start_that_was_interrupted_is_done_again(cluster):
    starter = start_elsewhere(cluster.wanted, start_new_session=True)
    unfinished = cluster.wanted / "data.unfinished"
    while not unfinished.exists():
        assert starter.poll() is None
        time.sleep(0.005)
    os.killpg(starter.pid, signal.SIGKILL)
    starter.wait()
    assert not cluster.home.data.exists()
    cluster.start()
    assert query(cluster, "SELECT 1") == [(1,)]
    assert not unfinished.exists()


# Chinese


def test_chinese_has_letters_whatever_the_shells_language(running):
    assert query(running, "SELECT datctype FROM pg_database WHERE datname = 'newsroom'") == [
        ("C.UTF-8",)
    ]
    assert query(running, "SELECT cardinality(show_trgm('政府工作')) > 0", "postgres") == [(True,)]
    assert query(running, "SHOW server_encoding") == [("UTF8",)]


def test_a_server_without_chinese_letters_is_refused(running):
    query(running, "CREATE DATABASE mute TEMPLATE template0 LOCALE 'C' LOCALE_PROVIDER libc")
    refused = pytest.raises(ClusterError, match="knows no Chinese letters")
    with closing(psycopg.connect(**running.parameters, dbname="mute")) as mute, refused:
        check_alphabet(mute)


# Places


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", ["with space, comma and 'quote'", "长" * 60])
def test_any_name_of_a_folder_will_do(ground, name):
    awkward = Cluster(ground / name / "postgres", options={"shared_buffers": "16MB"})
    awkward.start()
    try:
        assert query(awkward, "SELECT 1") == [(1,)]
        assert awkward.home.data == ground / name / "postgres" / "data"
    finally:
        awkward.remove()
    assert not awkward.home.socket.exists()


@pytest.mark.exhaustive
@pytest.mark.skipif(not ROOT, reason="only root may hand files to another user")
def test_root_below_a_closed_home_keeps_the_database_elsewhere(ground, capsys):
    closed = ground / "home"
    closed.mkdir(mode=0o700)
    hidden = Cluster(closed / "project" / "var" / "postgres")
    try:
        hidden.start()
        assert query(hidden, "SELECT 1") == [(1,)]
        assert hidden.home.folder.parent == home.elsewhere(hidden.wanted)
        assert str(hidden.home.folder.parent) in capsys.readouterr().err
        assert closed.stat().st_mode & 0o777 == 0o700
        assert list(closed.iterdir()) == []
    finally:
        hidden.remove()
    assert not hidden.home.folder.parent.exists()


@pytest.mark.exhaustive
@pytest.mark.skipif(not ROOT, reason="only root may hand files to another user")
def test_a_database_that_got_out_of_reach_is_not_replaced_by_an_empty_one(cluster, ground):
    cluster.start()
    cluster.stop()
    ground.chmod(0o700)
    with pytest.raises(ClusterError, match="can't be reached by the user"):
        Cluster(cluster.wanted).start()


@pytest.mark.exhaustive
@pytest.mark.skipif(not ROOT, reason="only root may become another user")
def test_an_ordinary_users_database_stays_in_the_project(ground):
    nobody = home.user()
    if not nobody.can(home.installed_programs() / "bin" / "postgres", "--version"):
        pytest.skip("the programs are out of an ordinary user's reach")
    os.chown(ground, nobody.uid, nobody.gid)
    # The interpreter may be out of that user's reach too, so it changes once it has started.
    change = f"os.setgroups([]); os.setgid({nobody.gid}); os.setuid({nobody.uid}); Cluster("
    command = [sys.executable, "-c", START.replace("Cluster(", change), ground / "postgres"]
    assert subprocess.run(command, cwd=PROJECT, check=False).returncode == 0
    as_root = Cluster(ground / "postgres")
    assert as_root.home.owner == nobody
    assert query(as_root, "SELECT 1") == [(1,)]
    assert (ground / "postgres" / "data").stat().st_uid == nobody.uid
    as_root.remove()


# Refusals are sentences


def test_a_file_in_the_way_is_named(cluster):
    cluster.wanted.write_text("")
    with pytest.raises(ClusterError, match="postgres is in the way"):
        cluster.start()
    cluster.wanted.unlink()


def test_files_of_another_version_are_left_alone(cluster):
    cluster.home.make()
    cluster.home.data.mkdir()
    (cluster.home.data / "PG_VERSION").write_text("15\n")
    with pytest.raises(ClusterError, match=r"are of PostgreSQL 15, but the project uses 18"):
        cluster.start()


def test_files_that_are_no_database_are_left_alone(cluster):
    cluster.home.make()
    cluster.home.data.mkdir()
    (cluster.home.data / "diary.txt").write_text("dear")
    with pytest.raises(ClusterError, match="holds files that are no database"):
        cluster.start()
    assert (cluster.home.data / "diary.txt").exists()


def test_a_folder_that_may_not_be_written_is_named(cluster):
    cluster.home.make()
    cluster.home.folder.chmod(0o500)
    with pytest.raises(ClusterError, match=r"not allowed to read or write|can't write in"):
        cluster.start()
    cluster.home.folder.chmod(0o700)


@pytest.mark.skipif(not ROOT, reason="only root may hand files to another user")
def test_a_socket_folder_of_somebody_else_is_refused(ground):
    squatted = Cluster(ground / ("l" * 120) / "postgres")
    squatted.home.socket.mkdir()
    os.chown(squatted.home.socket, 1, 1)
    with pytest.raises(ClusterError, match="belongs to another user"):
        squatted.start()
    squatted.home.socket.rmdir()


@pytest.mark.exhaustive
@pytest.mark.skipif(not ROOT, reason="only root may become another user")
def test_an_ordinary_user_is_told_whose_database_it_is(running):
    drop = "os.setgroups([]); os.setgid(1); os.setuid(1); Cluster("
    command = [sys.executable, "-c", START.replace("Cluster(", drop), running.wanted]
    # That user may not write what measures the coverage of the tests.
    env = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    done = subprocess.run(
        command, cwd=PROJECT, check=False, capture_output=True, text=True, env=env
    )
    assert "belongs to another user" in done.stderr.splitlines()[-1]


def test_missing_programs_are_named(ground, monkeypatch):
    monkeypatch.setattr(home, "PACKAGE", "embedded-postgres-that-is-not-installed")
    with pytest.raises(ClusterError, match="programs are missing"):
        Cluster(ground / "postgres").start()


def test_a_server_that_will_not_start_says_why(running):
    running.stop()
    broken = Cluster(running.wanted, options={"shared_buffers": "16 elephants"})
    with pytest.raises(ClusterError, match=r"elephants.*its log is"):
        broken.start()


# As Django's engine


@pytest.mark.django_db
def test_the_tests_run_on_the_private_server():
    if not hasattr(connection, "cluster"):
        pytest.skip("DATABASE_URL names another server")
    assert connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('shared_preload_libraries')")
        assert cursor.fetchone() == ("pg_stat_statements",)


@pytest.mark.parametrize("options", [{}, {"pool": True}])
def test_a_connection_brings_a_killed_server_back(running, settings, options, django_db_blocker):
    settings.EMBEDDED_POSTGRES = {"folder": running.wanted}
    described = connection.settings_dict | {"NAME": "newsroom", "HOST": "", "OPTIONS": options}
    base.project_cluster.cache_clear()
    engine = connections["embedded-test"] = base.DatabaseWrapper(described, "embedded-test")
    with django_db_blocker.unblock():
        try:
            answer(engine)
            kill(running)
            for _ in range(10):
                try:
                    answer(engine)
                    break
                except OperationalError:  # a pool hands out what it believes to be alive
                    engine.close()
            assert answer(engine) == (1,)
        finally:
            engine.close_pool()
            del connections["embedded-test"]
            base.project_cluster.cache_clear()


def answer(engine):
    with closing(engine), engine.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone()


def test_a_refusal_reaches_the_reader_as_one_sentence(ground):
    (ground / "postgres").write_text("")
    (ground / "secret_key").write_text("x" * 50)
    done = manage("migrate", NEWSROOM_DATA=str(ground), DATABASE_URL="")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert str(ground / "postgres") in done.stderr.splitlines()[-1]


def test_a_command_that_needs_no_database_starts_none(ground):
    done = manage("check", NEWSROOM_DATA=str(ground), DATABASE_URL="")
    assert done.returncode == 0, done.stderr
    assert not (ground / "postgres").exists()


def test_the_status_names_folder_and_version(capsys):
    if not hasattr(connection, "cluster"):
        pytest.skip("DATABASE_URL names another server")
    call_command("database", "status")
    told = capsys.readouterr().out
    assert str(connection.cluster.home.folder) in told
    assert "18" in told


@pytest.mark.exhaustive
def test_a_database_named_by_the_environment_is_not_ours():
    done = manage(
        "database", "stop", DATABASE_URL="postgres://x@127.0.0.1:9/x",
        SECRET_KEY="x" * 50, ALLOWED_HOSTS="paper.example",
    )  # fmt: skip
    assert done.returncode == 1
    assert "DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr
