"""Where the pieces of a photograph lie until all have come: private, in storage, one file a piece.

They have no address. Each is written whole or not at all, so a process may be killed at any point,
and any process of any machine goes on.
"""

from collections.abc import Iterator
from uuid import UUID

from django.core.files.storage import default_storage

from articles.storing import write_whole

PIECE = 256 * 1024
"""Bytes of a piece; the last one of a file may be shorter."""


def path(key: UUID, at: int) -> str:
    """Return the name in storage of the piece that begins at a byte of the file."""
    return f"staged/{key}/{at}"


def length(size: int, at: int) -> int:
    """Return how long the piece is that begins at byte ``at`` of a file of ``size`` bytes."""
    return max(0, min(PIECE, size - at))


def keep(key: UUID, at: int, data: bytes) -> None:
    """Store a piece; one that came before and was not counted is replaced. Raises OSError."""
    write_whole(path(key, at), data)


def joined(key: UUID, size: int) -> bytes:
    """Return the whole file. Raises FileNotFoundError where a piece is gone."""
    whole = bytearray()
    for name in _names(key, size):
        with default_storage.open(name) as piece:
            whole += piece.read()
    return bytes(whole)


def clear(key: UUID, size: int) -> None:
    """Delete every piece of a file; those that are gone already are no matter."""
    for name in _names(key, size):
        default_storage.delete(name)


def _names(key: UUID, size: int) -> Iterator[str]:
    return (path(key, at) for at in range(0, size, PIECE))
