"""A file in storage is there whole or not at all, and readable by whoever serves it."""

import resource
import stat
from pathlib import Path

import pytest

from articles.storing import write_whole


def test_a_file_is_written_with_its_folders(settings):
    write_whole("files/ab/abc", b"content")
    place = Path(settings.MEDIA_ROOT, "files/ab/abc")
    assert place.read_bytes() == b"content"
    assert stat.S_IMODE(place.stat().st_mode) == 0o644


def test_where_the_disk_is_full_nothing_is_left_behind(settings):
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            write_whole("files/cd/full", b"x" * 100_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list(Path(settings.MEDIA_ROOT, "files/cd").iterdir()) == []
