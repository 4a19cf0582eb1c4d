"""Write an archive: a ZIP file without compression, the same bytes for the same content."""

import hashlib
import zipfile
from typing import BinaryIO

MANIFEST = "manifest.sha256"
PIECE = 256 * 1024  # bytes read and written at once
# Long ago, so that nothing in the file tells when it was made.
_NO_DAY = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = 0o100644 << 16
_UNIX = 3


class Packer:
    """Puts files into an archive one after the other, and at the end what they should hash to."""

    def __init__(self, target: BinaryIO):
        """Take the file to write to, open for writing bytes."""
        self._zip = zipfile.ZipFile(target, "w", zipfile.ZIP_STORED)
        self._digests: dict[str, str] = {}

    def __contains__(self, name: str) -> bool:
        """Say whether a file of this name has been put in."""
        return name in self._digests

    def put(self, name: str, content: bytes) -> None:
        """Put a file in."""
        self._zip.writestr(_entry(name, len(content)), content)
        self._digests[name] = hashlib.sha256(content).hexdigest()

    def copy(self, name: str, source: BinaryIO) -> str:
        """Put a file in piece by piece and return its SHA-256."""
        digest = hashlib.sha256()
        with self._zip.open(_entry(name), "w") as target:
            while piece := source.read(PIECE):
                digest.update(piece)
                target.write(piece)
        self._digests[name] = digest.hexdigest()
        return self._digests[name]

    def finish(self) -> None:
        """Write the manifest, as ``sha256sum -c`` reads it, and the directory of the ZIP file."""
        lines = [f"{digest}  {name}\n" for name, digest in sorted(self._digests.items())]
        self._zip.writestr(_entry(MANIFEST), "".join(lines).encode())
        self._zip.close()


def _entry(name: str, size: int = 0) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _NO_DAY)
    entry.create_system, entry.external_attr, entry.file_size = _UNIX, _PLAIN_FILE, size
    return entry
