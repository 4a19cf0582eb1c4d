"""Open an archive without trusting it: which files it holds, and that they are as they were."""

import hashlib
import re
import stat
import zipfile
import zlib
from typing import BinaryIO

from django.utils.translation import gettext as _

from issues.archiving.packing import MANIFEST, PIECE

MEGABYTE = 1024 * 1024
MOST_FILES = 5000
LARGEST = 4096 * MEGABYTE  # of all files together, unpacked
LARGEST_FILE = 64 * MEGABYTE  # no photo and no attachment is larger
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1
# Files that an archive may hold, named with nothing that a file system could misread.
_NAME = re.compile(
    r"(?:README\.txt|index\.html|issue\.json|style\.css|manifest\.sha256"
    r"|articles/\d{1,18}\.html|text/\d{1,18}\.txt|photos/[0-9a-f]{64}\.(?:webp|jpg)"
    r"|files/[0-9a-f]{64}\.[a-z]{3,4}|paper/[a-z0-9-]{1,40}\.pdf)",
    re.ASCII,
)
_LINE = re.compile(r"([0-9a-f]{64}) [ *]([^\n]{1,200})", re.ASCII)
# What zipfile answers a broken container with, depending on where it breaks.
_DAMAGE = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, OSError, EOFError, ValueError,
    NotImplementedError, RuntimeError, LookupError, OverflowError, MemoryError,
)  # fmt: skip


class UnreadableArchiveError(ValueError):
    """A file that cannot be taken as an archive; the message says why."""


class Container:
    """The files in an archive, each checked against the manifest before anything is believed."""

    def __init__(self, file: BinaryIO):
        """Take an open file, which may be anything. Raises UnreadableArchiveError."""
        try:
            self._zip = zipfile.ZipFile(file)
            entries = self._zip.infolist()
        except _DAMAGE:
            raise _no_archive() from None
        _demand_plain(entries)
        self._entries = {entry.filename: entry for entry in entries}
        self._digests = self._manifest()

    @property
    def names(self) -> set[str]:
        """The files, the manifest left out."""
        return set(self._digests)

    def __contains__(self, name: str) -> bool:
        """Say whether there is such a file."""
        return name in self._digests

    def read(self, name: str, most: int = LARGEST_FILE) -> bytes:
        """Return a file of at most so many bytes that is as the manifest has it."""
        content = b"".join(self._pieces(name, most))
        if name != MANIFEST and hashlib.sha256(content).hexdigest() != self._digests[name]:
            raise _changed(name)
        return content

    def verify(self, say=lambda done, of: None) -> None:
        """Compare every file with the manifest. Raises UnreadableArchiveError.

        ``say`` is told how many files have been looked at, and of how many.
        """
        for done, name in enumerate(sorted(self._digests), start=1):
            digest = hashlib.sha256()
            for piece in self._pieces(name, LARGEST_FILE):
                digest.update(piece)
            if digest.hexdigest() != self._digests[name]:
                raise _changed(name)
            say(done, len(self._digests))

    def _pieces(self, name: str, most: int):
        """Yield a file piece by piece; what a header says of its size is not believed."""
        left = most
        try:
            with self._zip.open(self._entries[name]) as file:
                while piece := file.read(min(PIECE, left + 1)):
                    left -= len(piece)
                    if left < 0:
                        raise _too_big(name)
                    yield piece
        except UnreadableArchiveError:
            raise
        except _DAMAGE:
            raise _damaged(name) from None

    def _manifest(self) -> dict[str, str]:
        if MANIFEST not in self._entries:
            raise _no_archive()
        try:
            lines = self.read(MANIFEST, MEGABYTE).decode().splitlines()
        except UnicodeDecodeError:
            raise _damaged(MANIFEST) from None
        matches = [_LINE.fullmatch(line) for line in lines]
        if not all(matches):
            raise _damaged(MANIFEST)
        found = {match[2]: match[1] for match in matches}
        lost = sorted(found.keys() - self._entries.keys())
        added = sorted(self._entries.keys() - found.keys() - {MANIFEST})
        if lost or len(found) != len(matches):
            name = lost[0] if lost else MANIFEST
            raise UnreadableArchiveError(
                _("The archive is not whole: {name} is missing.").format(name=name)
            )
        if added:
            raise UnreadableArchiveError(
                _("The archive holds a file that its manifest does not name: {name}.").format(
                    name=added[0]
                )
            )
        return found


def _demand_plain(entries: list[zipfile.ZipInfo]) -> None:
    """Refuse what no archive of ours holds: other names, links, locked files, far too much."""
    if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > LARGEST:
        raise UnreadableArchiveError(_("The file holds more than an issue can hold."))
    if len({entry.filename for entry in entries}) != len(entries):
        raise UnreadableArchiveError(_("The file holds two files of one name."))
    for entry in entries:
        mode = entry.external_attr >> 16
        odd = stat.S_IFMT(mode) not in (0, stat.S_IFREG) or entry.flag_bits & _ENCRYPTED
        if odd or entry.compress_type not in _METHODS or not _NAME.fullmatch(entry.filename):
            raise UnreadableArchiveError(
                _("The file holds something that no archive of an issue holds: {name}.").format(
                    name=ascii(entry.filename[:60])
                )
            )
        if entry.file_size > LARGEST_FILE:
            raise _too_big(entry.filename)


def _no_archive() -> UnreadableArchiveError:
    return UnreadableArchiveError(
        _("This is not an archive of an issue, or only part of one. Fetch the file again.")
    )


def _changed(name: str) -> UnreadableArchiveError:
    return UnreadableArchiveError(
        _("{name} is not as it was archived. Nothing of this file is restored.").format(name=name)
    )


def _damaged(name: str) -> UnreadableArchiveError:
    return UnreadableArchiveError(
        _("{name} cannot be read: the file is damaged. Fetch it again.").format(name=name)
    )


def _too_big(name: str) -> UnreadableArchiveError:
    return UnreadableArchiveError(_("{name} is larger than such a file can be.").format(name=name))
