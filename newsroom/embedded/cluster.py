"""Start, stop and look after the private PostgreSQL server of one folder."""

import fcntl
import os
import re
import shlex
import shutil
import socket
import subprocess
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

from newsroom.embedded import home
from newsroom.embedded.problem import ClusterError, gettext_noop

ROLE = "newsroom"
PORT = "5432"
START_SECONDS = 60
ORPHAN_SECONDS = 15
LONGEST_LOG = 5_000_000  # bytes
SETTINGS = {
    "listen_addresses": "",  # the socket only: no port to clash with, nobody else on the machine
    "port": PORT,
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_preload_libraries": "pg_stat_statements",
    # A crash may cost the last moment's commits, never the database: fsync stays on.
    "synchronous_commit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
}
# Each written out: the builtin provider alone follows the shell's LANG, and with a C character
# type pg_trgm finds no letters in Chinese, so that a search silently finds nothing.
LOCALE = (
    "--locale=C.UTF-8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--encoding=UTF8",
)
# The server's own words (in English, LC_ALL=C) and the sentence the user reads instead.
REASONS = (
    (
        "No space left on device",
        gettext_noop("There is no space left on the disk for the database in %(folder)s."),
    ),
    (
        "Read-only file system",
        gettext_noop("The database can't be started: %(folder)s is on a read-only disk."),
    ),
    (
        "database files are incompatible",
        gettext_noop("The files in %(folder)s are of another version of PostgreSQL."),
    ),
    (
        "Address already in use",
        gettext_noop("Another server is using the database's socket in %(folder)s."),
    ),
    (
        "Permission denied",
        gettext_noop("The database's user is not allowed to read or write %(folder)s."),
    ),
)


@dataclass(frozen=True)
class Status:
    """What ``manage.py database status`` tells."""

    folder: Path
    version: str
    running: bool
    size: int  # bytes


class Cluster:
    """The private server of one folder, with one database of the given name in it."""

    def __init__(self, folder, database="newsroom", options=None):
        self.wanted = Path(folder)
        self.database = database
        self.options = SETTINGS | (options or {})

    @cached_property
    def home(self):
        return home.find(self.wanted)

    @property
    def parameters(self):
        """Return what a client needs to connect, without the database's name."""
        return {"host": str(self.home.socket), "port": PORT, "user": ROLE}

    def start(self):
        """Have the server running and the database made; harmless when they are.

        Raise ClusterError, a sentence, when that is impossible.
        """
        with self._locked():
            if not self._accepts():
                self._launch()
            self._settle()

    def revive(self):
        """Start the server if it is dead, and say whether it was.

        Raise ClusterError, a sentence, when that is impossible.
        """
        if self._accepts():
            return False
        self.start()
        return True

    def stop(self):
        """Stop the server if it runs, and say whether it did."""
        if not self.home.data.exists():
            return False
        with self._locked():
            if not self._server():
                return False
            done = self._run("pg_ctl", "stop", "-D", "data", "-m", "fast", "-w")
            if done.returncode:
                raise self._refusal(done.stderr)
            return True

    def remove(self):
        """Stop the server and delete its folder with all the data in it."""
        self.stop()
        base = self.home.folder.parent if self.home.copied_from else self.home.folder
        for folder in {base, self.home.socket}:
            shutil.rmtree(folder, ignore_errors=True)

    def status(self):
        """Return the server's Status; start nothing."""
        done = self._run("postgres", "--version", cwd="/")
        size = 0
        if self.home.data.exists():
            for folder, _folders, names in os.walk(self.home.folder):
                size += sum(_size(Path(folder, name)) for name in names)
        return Status(self.home.folder, done.stdout.strip(), bool(self._server()), size)

    def program(self, name):
        """Return the path of one of PostgreSQL's programs."""
        return self.home.programs / "bin" / name

    # Running

    @contextmanager
    def _locked(self):
        """Let one process at a time start or stop the server."""
        self.home.make()
        path = self.home.folder / "lock"
        try:
            with path.open("a") as lock:
                if self.home.owner:
                    os.chown(path, self.home.owner.uid, self.home.owner.gid)
                fcntl.flock(lock, fcntl.LOCK_EX)
                self.home.copy_programs()
                yield
        except OSError as problem:
            reason = problem.strerror or problem
            raise ClusterError(
                home.NOT_WRITABLE, folder=self.home.folder, reason=reason
            ) from problem

    def _run(self, program, *arguments, cwd=None):
        """Run one of the programs in the home folder as its owner, and return what it did.

        Paths are given relative to the home: pg_ctl puts them on a shell's command line.
        """
        environment = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
        try:
            return subprocess.run(
                [self.program(program), *arguments], cwd=cwd or self.home.folder, text=True,
                capture_output=True, check=False, env=environment, stdin=subprocess.DEVNULL,
                **self.home.switch,
            )  # fmt: skip
        except OSError as problem:
            raise ClusterError(
                gettext_noop("PostgreSQL's program %(program)s can't be run: %(reason)s."),
                program=program,
                reason=problem.strerror,
            ) from problem

    def _launch(self):
        """Start the server on its data, made first where there are none."""
        if not (self.home.data / "PG_VERSION").exists():
            self._make_data()
        self._check_version()
        self._clear_leftovers()
        options = self.options | {"unix_socket_directories": str(self.home.socket)}
        flags = shlex.join(f"--{name}={value}" for name, value in options.items())
        command = ("start", "-D", "data", "-l", "log", "-w", "-t", str(START_SECONDS), "-o", flags)
        patience = time.monotonic() + ORPHAN_SECONDS
        while True:
            told = _size(self.home.log)
            done = self._run("pg_ctl", *command)
            if done.returncode == 0:
                return
            words = done.stderr + self._log_since(told)
            # After a kill -9 of the server its workers need a moment to notice and go.
            if "is still in use" not in words or time.monotonic() > patience:
                raise self._refusal(words)
            time.sleep(0.2)

    def _make_data(self):
        """Make the data folder under another name first: an interrupted initdb leaves no half."""
        if self.home.data.exists() and any(self.home.data.iterdir()):
            raise ClusterError(
                gettext_noop("%(folder)s holds files that are no database; move them away."),
                folder=self.home.data,
            )
        unfinished = self.home.folder / "data.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        done = self._run(
            "initdb", "-D", unfinished.name, f"--username={ROLE}", "--auth=trust", *LOCALE
        )
        if done.returncode:
            raise self._refusal(done.stderr)
        unfinished.rename(self.home.data)

    def _check_version(self):
        found = (self.home.data / "PG_VERSION").read_text().strip()
        ours = re.search(r"\d+", self._run("postgres", "--version").stdout).group()
        if found != ours:
            raise ClusterError(
                gettext_noop(
                    "The files in %(folder)s are of PostgreSQL %(found)s, but the project uses "
                    "%(ours)s: move the folder away, or set DATABASE_URL."
                ),
                folder=self.home.folder,
                found=found,
                ours=ours,
            )

    def _clear_leftovers(self):
        """Remove what a killed server left behind and a new one would take for a living one."""
        if self._server():  # alive but not reachable: its socket was swept away
            self._run("pg_ctl", "stop", "-D", "data", "-m", "fast", "-w")
        elif psutil.pid_exists(self._recorded_pid() or -1):
            # The number is another process's by now, or still the dead one's in a container
            # where nobody collects the dead; PostgreSQL would take either for a living server.
            (self.home.data / "postmaster.pid").unlink()
        for name in (home.SOCKET_NAME, f"{home.SOCKET_NAME}.lock"):
            (self.home.socket / name).unlink(missing_ok=True)
        if _size(self.home.log) > LONGEST_LOG:
            self.home.log.unlink()

    def _settle(self):
        """Wait until the server answers, check its alphabet and make the database."""
        with closing(self._connect()) as connection:
            check_alphabet(connection)
            names = connection.execute("SELECT datname FROM pg_database").fetchall()
            if (self.database,) not in names:
                query = sql.SQL("CREATE DATABASE {} TEMPLATE template0")
                connection.execute(query.format(sql.Identifier(self.database)))

    def _connect(self):
        """Connect to the maintenance database, waiting while the server recovers."""
        patience = time.monotonic() + START_SECONDS
        while True:
            try:
                return psycopg.connect(**self.parameters, dbname="postgres", autocommit=True)
            except psycopg.OperationalError as problem:
                recovering = "starting up" in str(problem) or "not yet accept" in str(problem)
                if not recovering or time.monotonic() > patience:
                    raise self._refusal(str(problem)) from problem
                time.sleep(0.1)

    # Looking

    def _accepts(self):
        """Say whether a server listens on the socket."""
        with socket.socket(socket.AF_UNIX) as door:
            try:
                door.connect(str(self.home.socket / home.SOCKET_NAME))
            except OSError:
                return False
        return True

    def _recorded_pid(self):
        """Return the process number the server wrote into its folder, if any."""
        try:
            first_line = (self.home.data / "postmaster.pid").read_text().split("\n")[0]
            return int(first_line)
        except (OSError, ValueError):
            return None

    def _server(self):
        """Return the living server process of this very folder, or None."""
        try:
            process = psutil.Process(self._recorded_pid() or -1)
            ours = Path(process.cwd()) == self.home.data.resolve()
        except (psutil.Error, ValueError):
            return None
        return process if ours and process.name() == "postgres" else None

    def _log_since(self, position):
        """Return what the server has written to its log after a position in bytes."""
        try:
            with self.home.log.open("rb") as log:
                log.seek(position)
                return log.read(20_000).decode(errors="replace")
        except OSError:
            return ""

    def _refusal(self, words):
        """Return the ClusterError that says what the server's words mean."""
        for mark, text in REASONS:
            if mark in words:
                return ClusterError(text, folder=self.home.folder)
        lines = [line for line in words.splitlines() if line.strip()]
        telling = [line for line in lines if re.search(r"FATAL|PANIC|error", line)]
        return ClusterError(
            gettext_noop("The database could not be started (%(reason)s); its log is %(log)s."),
            reason=(telling or lines or ["?"])[-1].strip(),
            log=self.home.log,
        )


def check_alphabet(connection):
    """Refuse a server on which a search for Chinese would silently find nothing."""
    ctype = connection.execute(
        "SELECT datctype FROM pg_database WHERE datname = current_database()"
    ).fetchone()[0]
    connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    pieces = connection.execute("SELECT show_trgm('政府工作')").fetchone()[0]
    if ctype == "C" or not pieces:
        raise ClusterError(
            gettext_noop("The database's locale %(locale)s knows no Chinese letters."), locale=ctype
        )


def _size(path):
    """Return a file's size in bytes, 0 when it is gone."""
    try:
        return path.lstat().st_size
    except OSError:
        return 0
