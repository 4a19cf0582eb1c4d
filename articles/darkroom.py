"""Where the files of photographs are kept, under the digest of what they show.

They lie in the default storage without an address of their own; ``picture_views`` decides who may
see one.
"""

from django.core.files.base import File
from django.core.files.storage import default_storage

from articles.images import Developed
from articles.storing import write_whole


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
            write_whole(name, developed.renditions[width])


def open(digest: str, width: int) -> File:
    """Open a rendition for reading. Raises FileNotFoundError."""
    return default_storage.open(path(digest, width))
