"""A file that somebody prepared is refused in a sentence, whatever is wrong with it."""

import io
import struct
import warnings
import zipfile
import zlib

import pytest

from issues.archiving import unpacking
from issues.archiving.packing import MANIFEST, Packer
from issues.archiving.unpacking import Container, UnreadableArchiveError


def archive() -> bytes:
    file = io.BytesIO()
    packer = Packer(file)
    packer.put("index.html", b"<p>a</p>")
    packer.put("text/1.txt", "棠溪".encode() * 1000)
    packer.finish()
    return file.getvalue()


def rebuilt(**changes) -> bytes:
    """Return the archive with files changed, added (bytes) or left out (None); _entry by entry."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive())) as old, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        files = {name: old.read(name) for name in old.namelist()} | changes
        with zipfile.ZipFile(file, "w") as new:
            for name, content in files.items():
                if content is not None:
                    new.writestr(name, content)
    return file.getvalue()


def with_entry(entry: zipfile.ZipInfo, content=b"x") -> bytes:
    file = io.BytesIO(archive())
    with warnings.catch_warnings(), zipfile.ZipFile(file, "a") as held:
        warnings.simplefilter("ignore")
        held.writestr(entry, content)
    return file.getvalue()


def link() -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo("style.css")
    entry.create_system, entry.external_attr = 3, 0o120777 << 16
    return entry


def folder() -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo("articles/")
    entry.create_system, entry.external_attr = 3, 0o040755 << 16
    return entry


NAMES = [
    "../index.html", "/etc/passwd", "articles/../../x.html", "articles\\1.html", "C:\\x.txt",
    "text/1.txt\x00.html", "photos/" + "a" * 64 + ".svg", "articles/１.html", "evil.js",
    "INDEX.HTML", "articles/1.html/", "files/" + "A" * 64 + ".pdf", "paper/../x.pdf",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_names_that_an_archive_never_has(name):
    entry = zipfile.ZipInfo("x")
    entry.filename = name
    with pytest.raises(UnreadableArchiveError, match="存档|同名"):
        Container(io.BytesIO(with_entry(entry)))


@pytest.mark.parametrize("entry", [link(), folder()], ids=["link", "folder"])
def test_links_and_folders(entry):
    with pytest.raises(UnreadableArchiveError):
        Container(io.BytesIO(with_entry(entry, b"/etc/passwd")))


def test_two_files_of_one_name():
    with pytest.raises(UnreadableArchiveError, match="同名"):
        Container(io.BytesIO(with_entry(zipfile.ZipInfo("index.html"))))


def test_a_file_the_manifest_does_not_name():
    with pytest.raises(UnreadableArchiveError, match="style.css"):
        Container(io.BytesIO(with_entry(zipfile.ZipInfo("style.css"))))


def test_a_file_that_is_missing():
    with pytest.raises(UnreadableArchiveError, match="text/1.txt"):
        Container(io.BytesIO(rebuilt(**{"text/1.txt": None})))


def test_one_changed_byte_anywhere_in_a_file():
    with pytest.raises(UnreadableArchiveError, match="index.html"):
        Container(io.BytesIO(rebuilt(**{"index.html": b"<p>b</p>"}))).verify()
    with pytest.raises(UnreadableArchiveError, match="index.html"):
        Container(io.BytesIO(rebuilt(**{"index.html": b"<p>b</p>"}))).read("index.html")


def test_every_beginning_of_the_file_is_refused():
    whole = archive()
    for length in range(0, len(whole), 97):
        with pytest.raises(UnreadableArchiveError):
            Container(io.BytesIO(whole[:length])).verify()


def test_flipped_bytes_are_never_taken_for_the_archive():
    whole = archive()
    for place in range(0, len(whole), 41):
        changed = bytearray(whole)
        changed[place] ^= 0xFF
        try:
            container = Container(io.BytesIO(bytes(changed)))
            container.verify()
        except UnreadableArchiveError:
            continue
        # What no checksum covers: dates and rights of the container itself.
        assert container.read("index.html") == b"<p>a</p>"
        assert container.read("text/1.txt") == "棠溪".encode() * 1000


@pytest.mark.parametrize(
    "data", [b"", b"PK", b"%PDF-1.7", b"\xff\xd8\xff", b"PK\x05\x06" + bytes(18)],
    ids=["nothing", "a beginning", "a PDF", "a picture", "an empty ZIP"],
)  # fmt: skip
def test_other_files(data):
    with pytest.raises(UnreadableArchiveError, match="不是期次存档"):
        Container(io.BytesIO(data))


@pytest.mark.parametrize(
    "manifest", [b"", b"\xff\xfe", b"no digest  index.html\n", b"a" * 2_000_000],
    ids=["empty", "no text", "no digests", "too long"],
)  # fmt: skip
def test_a_manifest_that_is_none(manifest):
    with pytest.raises(UnreadableArchiveError):
        Container(io.BytesIO(rebuilt(**{MANIFEST: manifest})))


def test_a_bomb_goes_off_for_nobody():
    """A file that unpacks to far more than it says is not unpacked beyond what a file may be."""
    bomb, zeros = zlib.compressobj(9, zlib.DEFLATED, -15), bytes(1024 * 1024)
    packed = b"".join(bomb.compress(zeros) for _ in range(80)) + bomb.flush()
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as held:
        held.writestr("index.html", b"x")
        held.writestr(MANIFEST, f"{'a' * 64}  index.html\n")
    data = bytearray(file.getvalue())
    # The directory says the file is small; the stream is not.
    start = data.find(b"index.html") + len(b"index.html")
    forged = data[:start] + packed + data[start + 3 :]
    shift = len(packed) - 3
    centre = forged.find(b"PK\x01\x02")
    struct.pack_into("<I", forged, 18, len(packed))
    struct.pack_into("<I", forged, centre + 20, len(packed))
    second = forged.find(b"PK\x01\x02", centre + 4)
    struct.pack_into(
        "<I", forged, second + 42, struct.unpack_from("<I", forged, second + 42)[0] + shift
    )
    end = forged.find(b"PK\x05\x06")
    struct.pack_into("<I", forged, end + 16, struct.unpack_from("<I", forged, end + 16)[0] + shift)
    with pytest.raises(UnreadableArchiveError):
        Container(io.BytesIO(bytes(forged))).verify()


def test_what_says_that_it_is_too_big_is_not_opened(monkeypatch):
    monkeypatch.setattr(unpacking, "LARGEST", 1000)
    with pytest.raises(UnreadableArchiveError, match="容量"):
        Container(io.BytesIO(archive()))
    monkeypatch.setattr(unpacking, "LARGEST", 10_000_000)
    monkeypatch.setattr(unpacking, "LARGEST_FILE", 1000)
    with pytest.raises(UnreadableArchiveError, match=r"text/1\.txt"):
        Container(io.BytesIO(archive()))


def test_too_many_files(monkeypatch):
    monkeypatch.setattr(unpacking, "MOST_FILES", 2)
    with pytest.raises(UnreadableArchiveError, match="容量"):
        Container(io.BytesIO(archive()))


def test_a_locked_file():
    data = bytearray(archive())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + offset] |= 1
    with pytest.raises(UnreadableArchiveError):
        Container(io.BytesIO(bytes(data)))


def test_packed_anew_by_another_program_it_is_still_the_archive():
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive())) as old, \
         zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:  # fmt: skip
        for name in old.namelist():
            new.writestr(name, old.read(name))
    Container(file).verify()
