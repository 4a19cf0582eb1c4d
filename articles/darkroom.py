"""Where the files of photographs are kept, under the digest of what they show.

They lie in the default storage without an address of their own; ``picture_views`` decides who may
see one.
"""

import os
from tempfile import NamedTemporaryFile

from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, default_storage

from articles.images import Developed


def path(digest: str, width: int) -> str:
    """Return the name in storage of a rendition ``width`` pixels wide."""
    return f"photos/{digest[:2]}/{digest}/{width}.webp"


def keep(developed: Developed) -> None:
    """Store a photograph's files; those that are there already are left as they are.

    The master comes last: where it stands, all stand. Raises OSError when storage is full.
    """
    for width in developed.widths:
        name = path(developed.digest, width)
        if not default_storage.exists(name):
            _write(name, developed.renditions[width])


def open(digest: str, width: int) -> File:
    """Open a rendition for reading. Raises FileNotFoundError."""
    return default_storage.open(path(digest, width))


def _write(name: str, content: bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    if not isinstance(default_storage, FileSystemStorage):
        default_storage.save(name, ContentFile(content))  # object stores put a file whole
        return
    place = default_storage.path(name)
    folder = os.path.dirname(place)
    os.makedirs(folder, exist_ok=True)
    with NamedTemporaryFile(dir=folder, suffix=".part", delete=False) as file:
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            os.chmod(file.name, default_storage.file_permissions_mode or 0o644)
            os.replace(file.name, place)
        except BaseException:
            os.unlink(file.name)
            raise
