"""Where attached files are kept, under their digest.

They lie in the default storage without an address of their own, as photographs do;
``attachment_views`` decides who may have one.
"""

from django.core.files.base import File
from django.core.files.storage import default_storage

from articles.storing import write_whole


def path(digest: str) -> str:
    """Return the name in storage of a file."""
    return f"files/{digest[:2]}/{digest}"


def keep(digest: str, content: bytes) -> None:
    """Store a file; one that is there already is left as it is. Raises OSError."""
    name = path(digest)
    if not default_storage.exists(name):
        write_whole(name, content)


def open(digest: str) -> File:
    """Open a file for reading. Raises FileNotFoundError."""
    return default_storage.open(path(digest))
