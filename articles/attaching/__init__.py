"""Files on their way in beside a piece: what they are by their content, and whether they may stay.

The name of a file and the type a browser sends play no part. A file is never rewritten: what
residents get is, byte for byte, what was checked and signed.
"""

import hashlib
from dataclasses import dataclass

from articles.attaching import office, pdf
from articles.attaching.refusals import UnusableFileError, otherwise, sentence_of_size
from articles.kinds import FileKind

LARGEST_FILE = 50 * 1024 * 1024  # bytes

__all__ = ["LARGEST_FILE", "CheckedFile", "UnusableFileError", "examine"]


@dataclass(frozen=True)
class CheckedFile:
    """A file that may be offered: its kind, its SHA-256 and its bytes."""

    kind: FileKind
    digest: str
    content: bytes

    @property
    def size(self) -> int:
        """Its length in bytes."""
        return len(self.content)


def examine(data: bytes) -> CheckedFile:
    """Return what a file is, if residents may be given it. Raises UnusableFileError."""
    if not data:
        raise UnusableFileError(otherwise(data))
    if len(data) > LARGEST_FILE:
        raise UnusableFileError(sentence_of_size(LARGEST_FILE // 1024**2))
    if data.startswith(b"%PDF-"):
        pdf.demand_harmless(data)
        kind = FileKind.PDF
    elif data.startswith(b"PK\x03\x04"):
        kind = office.demand_harmless(data)
    else:
        raise UnusableFileError(otherwise(data))
    return CheckedFile(kind, hashlib.sha256(data).hexdigest(), data)
