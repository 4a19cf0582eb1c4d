"""Attached files are kept whole, once, under their digest, and have no address of their own."""

from pathlib import Path

import pytest

from articles import cabinet

DIGEST = "ab" * 32


def test_a_file_lies_under_its_digest(settings):
    cabinet.keep(DIGEST, b"%PDF")
    assert (Path(settings.MEDIA_ROOT) / "files" / "ab" / DIGEST).read_bytes() == b"%PDF"
    with cabinet.open(DIGEST) as file:
        assert file.read() == b"%PDF"


def test_what_is_there_is_left_as_it_is():
    cabinet.keep(DIGEST, b"%PDF")
    cabinet.keep(DIGEST, b"other")
    with cabinet.open(DIGEST) as file:
        assert file.read() == b"%PDF"


def test_a_file_that_is_not_there_is_not_found():
    with pytest.raises(FileNotFoundError):
        cabinet.open("0" * 64)


def test_a_storage_without_folders_of_its_own_will_do(settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    }
    cabinet.keep(DIGEST, b"%PDF")
    with cabinet.open(DIGEST) as file:
        assert file.read() == b"%PDF"
