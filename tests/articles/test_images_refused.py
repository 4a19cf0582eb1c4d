"""What is no picture, or more than one, is refused with a sentence that says what to do."""

import io
import os
import struct
import threading
import zipfile
import zlib
from contextlib import suppress
from random import Random
from time import process_time

import pytest
from django.utils import translation
from PIL import Image

from articles import images
from articles.images import UnusablePictureError, develop
from tests.articles.test_images import EXIF_ORIENTATION, HEADERS, chunk, drawn, encoded


def refusal(data):
    with pytest.raises(UnusablePictureError) as caught:
        develop(data)
    return str(caught.value)


def png_of(width, height):
    """A PNG whose header claims a size, with hardly a pixel behind it."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    return HEADERS["PNG"] + header + pixels + chunk(b"IEND", b"")


@pytest.fixture(autouse=True, scope="module")
def _in_english():
    with translation.override("en"):
        yield


def test_an_empty_file_is_refused():
    assert refusal(b"") == "The file is empty."


@pytest.mark.parametrize(
    "data",
    [
        "一篇改名为 photo.jpg 的文章。".encode(),
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3",
        b"PK\x03\x04 a Word file",
        b"BM" + bytes(60),
        b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isommp41",
        b"<html><body>picture</body></html>",
        bytes(5000),
    ],
)
def test_what_is_no_picture_is_refused(data):
    assert refusal(data).startswith("This file is not a picture we can use.")


@pytest.mark.parametrize(
    "data",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- drawn -->\n<SVG onload="alert(1)"/>',
    ],
)
def test_a_drawing_in_svg_is_refused(data):
    assert refusal(data).startswith("An SVG drawing")


def test_a_picture_with_a_program_behind_it_is_refused():
    picture = encoded(drawn(), "GIF")
    for program in (b"<ScRiPt>alert(1)</script>", b"<?php system($_GET['c']); ?>"):
        assert refusal(picture + program).startswith("This picture has a program hidden in it")
    posing = b"GIF89a/*" + bytes(20) + b"*/=1;<script>alert(document.domain)</script>"
    assert refusal(posing).startswith("This picture has a program hidden in it")


def zipped():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("index.html", "hello")
        archive.comment = b"a note behind it"
    return file.getvalue()


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
@pytest.mark.parametrize(
    "other",
    [zipped(), b"Rar!\x1a\x07\x01\x00 and so on", b"7z\xbc\xaf\x27\x1c and so on"],
    ids=["zip", "rar", "7z"],
)
def test_a_picture_that_is_an_archive_too_is_refused(name, other):
    assert refusal(encoded(drawn(), name) + other).startswith("Another file is hidden")


def test_a_picture_that_is_a_pdf_file_too_is_refused():
    assert refusal(encoded(drawn(), comment=b"%PDF-1.7\n1 0 obj")).startswith("Another file")


def test_a_picture_that_is_a_page_too_is_refused():
    page = b"<!DOCTYPE html><body onload=alert(1)>"
    assert refusal(encoded(drawn(), comment=page)).startswith("This picture has a program hidden")


def test_forty_megabytes_of_chance_hide_nothing():
    """What is searched for must be too long to stand in a large photograph by chance."""
    noise = Random(1).randbytes(images.LARGEST_FILE - 100_000)
    assert images._PROGRAM.search(noise) is None
    assert not images._holds_another_file(noise)
    assert develop(encoded(drawn()) + noise).width == 600


def test_a_process_decodes_one_picture_at_a_time():
    """So that what a process needs does not grow with its threads."""
    taken = threading.Thread(target=develop, args=(encoded(drawn()),))
    with images._ONE_AT_A_TIME:
        taken.start()
        taken.join(0.3)
        assert taken.is_alive()
    taken.join(10)
    assert not taken.is_alive()


SPREAD = {
    "JPEG of empty segments": ("JPEG", 2, b"\xff\xe3\0\2"),
    "JPEG of empty comments": ("JPEG", 2, b"\xff\xfe\0\2"),
    "JPEG of filling": ("JPEG", 2, b"\xff"),
    "PNG of empty notes": ("PNG", 33, chunk(b"tEXt", b"a\0")),
    "PNG of unknown chunks": ("PNG", 33, chunk(b"teXt", b"")),
    "GIF of empty comments": ("GIF", 13, b"\x21\xfe\x01a\0"),
}


@pytest.mark.parametrize("name", SPREAD)
def test_a_file_put_together_from_millions_of_parts_costs_no_time(name):
    kind, place, part = SPREAD[name]
    data = encoded(drawn(mode="L"), kind)
    place += 768 if kind == "GIF" else 0
    begun = process_time()
    with suppress(UnusablePictureError):
        develop(data[:place] + part * (10_000_000 // len(part)) + data[place:])
    assert process_time() - begun < 5


def test_what_many_programs_write_is_not_many_parts():
    """A large PNG in pieces of 8 kB, a JPEG with its profile and notes in segments."""
    noise = Image.frombytes("RGB", (1200, 900), Random(2).randbytes(1200 * 900 * 3))
    assert develop(encoded(noise, "PNG")).width == 1200
    assert develop(encoded(noise, icc_profile=bytes(600_000), quality=99)).width == 1200


def test_a_film_that_a_phone_appends_does_no_harm():
    film = b"\x00\x00\x00\x18ftypmp42" + os.urandom(200_000)
    developed = develop(encoded(drawn()) + film)
    assert all(film[:100] not in file for file in developed.files.values())


def test_a_jpeg_that_paints_its_surface_without_end_is_refused_in_no_time():
    data = encoded(Image.new("RGB", (7000, 7000)), progressive=True)
    scan = data[data.rfind(b"\xff\xda") : -2]
    assert develop(data).width == 2400
    stuffed = b"\xff\xff" + scan[1:]  # bytes of filling, which decoders skip
    for coats in (scan * 5000, stuffed * 5000, (b"\0\0\0" + scan) * 5000):
        assert refusal(data[:-2] + coats + data[-2:]).startswith("It would take too long")


def test_what_follows_a_picture_is_not_kept():
    data = encoded(drawn()) + b"PK\x03\x04 a whole archive"
    assert all(b"archive" not in file for file in develop(data).files.values())


@pytest.mark.parametrize("brand", [b"heic", b"heix", b"mif1", b"hevc"])
def test_heic_is_refused_with_the_way_out_where_nothing_reads_it(brand, monkeypatch):
    monkeypatch.setattr(images, "TAKES_HEIC", False)
    data = b"\x00\x00\x00\x18ftyp" + brand + b"\x00\x00\x00\x00mif1heic" + bytes(100)
    assert "save the picture as JPEG" in refusal(data)


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
@pytest.mark.parametrize("share", [0.2, 0.6, 0.95])
def test_a_picture_that_arrived_in_part_is_refused(name, share):
    noise = Image.effect_noise((400, 300), 90).convert("RGB")
    data = encoded(noise, name)
    message = "The picture is damaged or arrived incomplete. Please send it again."
    assert refusal(data[: int(len(data) * share)]) == message


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS)
def test_a_header_alone_is_refused(header):
    assert refusal(header).startswith("The picture is damaged")


@pytest.mark.parametrize("size", [(8000, 8000), (12_000, 9000), (40_000, 40_000), (2**31 - 1, 9)])
def test_a_bomb_is_refused_before_a_pixel_is_decoded(size):
    assert refusal(png_of(*size)).startswith("The picture has more than 60 million pixels.")


def test_a_gif_that_claims_a_huge_screen_is_refused():
    data = bytearray(encoded(drawn(), "GIF"))
    data[6:10] = struct.pack("<HH", 60_000, 60_000)
    assert "million pixels" in refusal(bytes(data))


def test_a_png_whose_notes_unpack_to_gigabytes_is_refused():
    data = encoded(drawn(), "PNG")
    notes = chunk(b"zTXt", b"note\0\0" + zlib.compress(bytes(200 * 1024 * 1024)))
    assert refusal(data[:33] + notes + data[33:]).startswith("The picture is damaged")


def test_a_file_beyond_the_limit_is_refused():
    data = encoded(drawn()) + bytes(images.LARGEST_FILE)
    assert refusal(data) == "The file is larger than 40 MB. Please send a smaller one."


def test_a_thumbnail_is_refused_by_its_upright_width():
    assert refusal(encoded(drawn(199, 400))) == (
        "The picture is only 199 pixels wide; at least 200 are needed."
    )
    exif = Image.Exif()
    exif[EXIF_ORIENTATION] = 8
    assert "only 150 pixels" in refusal(encoded(drawn(400, 150), exif=exif))
    assert develop(encoded(drawn(150, 400), exif=exif)).width == 400


def test_broken_notes_of_a_camera_do_not_stop_a_picture():
    data = encoded(drawn(), exif=b"Exif\0\0this is no TIFF header at all")
    assert develop(data).width == 600
