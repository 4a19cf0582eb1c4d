"""The files of photographs are kept whole, once, under what they show."""

import io
import resource
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.files.storage import InMemoryStorage, storages
from PIL import Image

from articles import darkroom
from tests.pictures import finished


@pytest.fixture
def developed():
    file = io.BytesIO()
    Image.effect_noise((1000, 500), 60).save(file, "PNG")
    return finished(file.getvalue())


@pytest.fixture
def files(settings):
    """What lies in storage, by its name there."""
    root = Path(settings.MEDIA_ROOT)
    return lambda: {
        str(file.relative_to(root)): file.read_bytes() for file in root.rglob("*") if file.is_file()
    }


@pytest.fixture
def full_disk():
    """A file may not grow beyond 4 kB, as on a disk that is nearly full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)

    def fill():
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))

    yield fill
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_picture_lies_under_its_digest_in_all_widths(developed, files):
    darkroom.keep(developed)
    digest = developed.digest
    assert files() == {
        f"photos/{digest[:2]}/{digest}/{name}": content for name, content in developed.files.items()
    }
    assert developed.widths == [480, 960, 1000]
    for name, content in developed.files.items():
        with darkroom.open(digest, name) as file:
            assert file.read() == content


def test_keeping_a_picture_again_changes_nothing(developed, files, settings):
    darkroom.keep(developed)
    before = files()
    stamps = {file: file.stat().st_mtime_ns for file in Path(settings.MEDIA_ROOT).rglob("*.webp")}
    other = dict.fromkeys(developed.files, b"other content")
    darkroom.keep(replace(developed, files=other))
    assert files() == before
    assert all(file.stat().st_mtime_ns == stamp for file, stamp in stamps.items())


def test_an_interrupted_write_leaves_nothing_half_and_can_be_made_good(developed, files, full_disk):
    full_disk()
    with pytest.raises(OSError, match="File too large"):
        darkroom.keep(developed)
    assert files() == {}


def test_a_picture_kept_in_part_is_completed(developed, files):
    in_part = {"480.webp": developed.files["480.webp"]}
    darkroom.keep(replace(developed, files=in_part))
    darkroom.keep(developed)
    assert sorted(files().values()) == sorted(developed.files.values())


def test_the_master_comes_last(developed, files):
    broken = {**developed.files, "1000.webp": None}
    with pytest.raises(TypeError):
        darkroom.keep(replace(developed, files=broken))
    names = {name.rpartition("/")[2] for name in files()}
    assert names == set(developed.files) - {"1000.webp"}


def test_other_programs_may_read_the_files(developed, settings):
    darkroom.keep(developed)
    assert all(
        file.stat().st_mode & 0o777 == 0o644 for file in Path(settings.MEDIA_ROOT).rglob("*.webp")
    )


def test_an_unknown_picture_cannot_be_opened():
    with pytest.raises(FileNotFoundError):
        darkroom.open("0" * 64, "480.webp")


def test_a_storage_without_folders_of_its_own_will_do(developed, settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    }
    assert isinstance(storages["default"], InMemoryStorage)
    darkroom.keep(developed)
    darkroom.keep(developed)
    with darkroom.open(developed.digest, "480.webp") as file:
        assert file.read() == developed.files["480.webp"]
