"""Where the files of photographs are kept, under the digest of what they show.

They lie in the default storage without an address of their own; ``picture_views`` decides who may
see one.
"""

import hashlib
import re
from collections.abc import Iterator
from datetime import datetime

from django.core.files.base import File
from django.core.files.storage import default_storage

from articles import renditions
from articles.images import Developed
from articles.storing import write_whole

_RENDITION = re.compile(rf"[1-9]\d{{0,4}}\.(?:{'|'.join(renditions.FORMATS)})", re.ASCII)


def path(digest: str, name: str) -> str:
    """Return the name in storage of a rendition, such as ``960.avif``."""
    return f"photos/{digest[:2]}/{digest}/{name}"


def original_path(digest: str) -> str:
    """Return the name in storage of a file as it was sent. No door leads there."""
    return f"originals/{digest[:2]}/{digest}"


def keep(developed: Developed) -> None:
    """Store what was made of a picture at once; what is there already is left as it is.

    The master comes last: where it stands, all stand. Raises OSError when storage is full.
    """
    master = renditions.master_name(developed.width)
    for name in sorted(developed.files, key=lambda name: name == master):
        put(path(developed.digest, name), developed.files[name])


def keep_original(data: bytes) -> str:
    """Store a file as it was sent and return its digest. Raises OSError when storage is full."""
    digest = hashlib.sha256(data).hexdigest()
    put(original_path(digest), data)
    return digest


def put(name: str, content: bytes) -> None:
    """Store a file whole; one that is there already is left as it is. Raises OSError."""
    if not default_storage.exists(name):
        write_whole(name, content)


def has(digest: str, name: str) -> bool:
    """Say whether a rendition is there."""
    return default_storage.exists(path(digest, name))


def present(digest: str) -> list[str]:
    """Return the renditions of a picture that are there, whatever anybody has written down."""
    return [name for name in names(digest) if _RENDITION.fullmatch(name)]


def make_anew(name: str, content: bytes) -> None:
    """Store a file whole in place of the one that is there. Raises OSError."""
    write_whole(name, content)


def names(digest: str) -> list[str]:
    """Return the files that lie under a picture's digest, strays among them."""
    return sorted(_names_in(f"photos/{digest[:2]}/{digest}", files=True))


def has_original(digest: str) -> bool:
    """Say whether a file as it was sent is there."""
    return default_storage.exists(original_path(digest))


def everything() -> Iterator[tuple[str, str]]:
    """Yield what lies in storage for pictures: the digest it lies under, and its name there."""
    for group in _names_in("photos", files=False):
        for digest in _names_in(f"photos/{group}", files=False):
            for name in _names_in(f"photos/{group}/{digest}", files=True):
                yield digest, f"photos/{group}/{digest}/{name}"
    for group in _names_in("originals", files=False):
        for name in _names_in(f"originals/{group}", files=True):
            yield name, f"originals/{group}/{name}"


def _names_in(folder: str, *, files: bool) -> list[str]:
    try:
        return sorted(default_storage.listdir(folder)[files])
    except FileNotFoundError:
        return []


def is_older(name: str, than: datetime) -> bool:
    """Say whether a file was written before an instant; one that is gone meanwhile was not."""
    try:
        return default_storage.get_modified_time(name) < than
    except FileNotFoundError:
        return False


def throw_away(name: str) -> None:
    """Remove a file."""
    default_storage.delete(name)


def open(digest: str, name: str) -> File:
    """Open a rendition for reading. Raises FileNotFoundError."""
    return default_storage.open(path(digest, name))


def open_original(digest: str) -> File:
    """Open a file as it was sent. Raises FileNotFoundError."""
    return default_storage.open(original_path(digest))
