"""How files are put into storage: whole, or not at all."""

import os
from tempfile import NamedTemporaryFile

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage


def write_whole(name: str, content: bytes) -> None:
    """Write a file so that it is there whole or not at all. Raises OSError when storage is full."""
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
