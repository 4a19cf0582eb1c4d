"""Pictures are decoded before they are believed, and nothing but pixels is kept of them."""

import hashlib
import io
import struct
import zlib
from contextlib import suppress

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

from articles import images, renditions
from articles.images import UnusablePictureError, develop

RED, GREEN, BLUE = (200, 30, 30), (30, 160, 60), (30, 60, 190)
EXIF_MAKE, EXIF_ORIENTATION, EXIF_GPS = 0x010F, 0x0112, 0x8825
HEADERS = {
    "JPEG": b"\xff\xd8\xff\xe0",
    "PNG": b"\x89PNG\r\n\x1a\n",
    "GIF": b"GIF89a",
    "WebP": b"RIFF\x10\x00\x00\x00WEBPVP8 ",
    "AVIF": b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00avifmif1miaf",
}


def encoded(image, name="JPEG", **options):
    file = io.BytesIO()
    image.save(file, name, **options)
    return file.getvalue()


def drawn(width=600, height=400, mode="RGB"):
    """A picture whose upper left quarter is red, on green."""
    picture = Image.new("RGB", (width, height), GREEN)
    ImageDraw.Draw(picture).rectangle((0, 0, width // 2 - 1, height // 2 - 1), fill=RED)
    return picture.convert(mode)


def master(developed):
    return Image.open(io.BytesIO(developed.files[f"{developed.width}.webp"]))


def near(found, wanted, tolerance=12):
    return all(abs(one - other) <= tolerance for one, other in zip(found, wanted, strict=True))


def chunk(name, content):
    return (
        struct.pack(">I", len(content))
        + name
        + content
        + struct.pack(">I", zlib.crc32(name + content))
    )


@pytest.fixture(autouse=True, scope="module")
def _in_english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_every_accepted_format_becomes_webp_and_keeps_its_picture(name):
    developed = develop(encoded(drawn(), name))
    picture = master(developed)
    assert picture.format == "WEBP"
    assert (developed.width, developed.height) == picture.size == (600, 400)
    assert near(picture.getpixel((100, 100)), RED)
    assert near(picture.getpixel((500, 300)), GREEN)


def test_a_wide_picture_comes_in_all_widths_and_none_is_enlarged():
    developed = develop(encoded(drawn(3000, 2000)))
    assert developed.widths == [480, 960, 1600, 2400]
    assert (developed.width, developed.height) == (2400, 1600)
    for name, file in developed.files.items():
        width = renditions.parts(name)[0]
        assert Image.open(io.BytesIO(file)).size == (width, round(width * 2 / 3))
    assert develop(encoded(drawn(1200, 800))).widths == [480, 960, 1200]
    assert develop(encoded(drawn(300, 200))).widths == [300]


def test_a_very_tall_picture_is_made_to_fit():
    developed = develop(encoded(drawn(600, 24_000), "PNG"))
    assert developed.height == images.MASTER_HEIGHT
    assert developed.width == 400


def test_the_same_file_has_the_same_digest_and_another_file_another():
    data = encoded(drawn())
    once, again = develop(data), develop(data)
    assert once == again
    assert once.digest == hashlib.sha256(once.files["600.webp"]).hexdigest()
    assert develop(encoded(drawn(602, 400))).digest != once.digest


def test_a_phone_picture_is_upright_and_does_not_say_where_it_was_taken():
    exif = Image.Exif()
    exif[EXIF_ORIENTATION] = 6
    exif[EXIF_MAKE] = "棠溪相机".encode()
    exif[EXIF_GPS] = {1: "N", 2: (39.0, 7.0, 30.0), 3: "E", 4: (117.0, 12.0, 0.0)}
    lying = drawn(600, 400).transpose(Image.Transpose.ROTATE_90).transpose(
        Image.Transpose.ROTATE_180
    )  # fmt: skip
    upright = lying.transpose(Image.Transpose.ROTATE_270)
    developed = develop(encoded(lying, exif=exif, comment=b"Tangxi, third floor", quality=95))
    assert (developed.width, developed.height) == upright.size
    picture = master(developed)
    for point in ((50, 50), (550, 50), (50, 350), (550, 350)):
        assert near(picture.getpixel(point), upright.getpixel(point))
    for file in developed.files.values():
        assert not Image.open(io.BytesIO(file)).getexif()
        for trace in (b"EXIF", b"XMP ", b"ICCP", b"Tangxi", "棠溪".encode()):
            assert trace not in file


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_ends_upright(orientation):
    exif = Image.Exif()
    exif[EXIF_ORIENTATION] = orientation
    undone = {5: 5, 6: 8, 7: 7, 8: 6}.get(orientation, orientation)
    stored = drawn()
    if undone in images._TURNS:
        stored = stored.transpose(images._TURNS[undone])
    for name in ("JPEG", "PNG", "WEBP", "AVIF"):
        picture = master(develop(encoded(stored, name, exif=exif)))
        assert picture.size == (600, 400)
        assert near(picture.getpixel((100, 100)), RED)
        assert near(picture.getpixel((500, 300)), GREEN)


def test_words_hidden_in_a_png_are_gone():
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", "a name nobody asked for")
    words.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>where</x:xmpmeta>")
    developed = develop(encoded(drawn(), "PNG", pnginfo=words))
    for file in developed.files.values():
        assert b"nobody" not in file
        assert b"xmpmeta" not in file


def cmyk_profile():
    """A CMYK profile of a strange press: its cyan ink prints red."""
    paper, red, black = (255, 128, 128), (138, 208, 195), (0, 128, 128)
    corners = [
        black if ink & 1 else red if ink & 8 else paper  # cyan is the highest bit, black the lowest
        for ink in range(16)
    ]
    straight = bytes(range(256))
    identity = struct.pack(">9i", *(65536 if place % 4 == 0 else 0 for place in range(9)))
    table = (
        b"mft1" + bytes(4) + bytes([4, 3, 2, 0]) + identity
        + straight * 4 + bytes(sum(corners, ())) + straight * 3
    )  # fmt: skip
    d50 = struct.pack(">3i", 63190, 65536, 54061)
    head = (
        b"lcms" + bytes([2, 0x40, 0, 0]) + b"prtrCMYKLab " + bytes(12) + b"acsp" + bytes(28)
        + d50 + bytes(48)
    )  # fmt: skip
    tags = struct.pack(">I4sII", 1, b"A2B0", 128 + 16, len(table))
    return struct.pack(">I", 144 + len(table)) + head + tags + table


def swapped_profile():
    """A profile of a screen whose red and blue are exchanged."""
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return srgb.replace(b"rXYZ", b"....").replace(b"bXYZ", b"rXYZ").replace(b"....", b"bXYZ")


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_the_colours_of_a_profile_are_converted(name):
    data = encoded(Image.new("RGB", (300, 200), (255, 0, 0)), name, icc_profile=swapped_profile())
    assert near(master(develop(data)).getpixel((150, 100)), (0, 0, 255), 20)


def test_a_cmyk_picture_is_shown_as_its_profile_says():
    picture = Image.new("CMYK", (300, 200), (255, 0, 0, 0))
    naive = master(develop(encoded(picture, quality=95)))
    assert near(naive.getpixel((150, 100)), (0, 255, 255), 20)
    managed = master(develop(encoded(picture, quality=95, icc_profile=cmyk_profile())))
    red, green, blue = managed.getpixel((150, 100))
    assert red > 180
    assert max(green, blue) < 90


@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_a_profile_of_another_kind_is_passed_over(mode):
    picture = Image.new(mode, (300, 200), "white")
    data = encoded(picture, "PNG", icc_profile=cmyk_profile())
    assert near(master(develop(data)).getpixel((150, 100)), (255, 255, 255))


def test_a_broken_profile_is_passed_over():
    picture = drawn(mode="CMYK")
    developed = develop(encoded(picture, icc_profile=b"not a profile at all", quality=95))
    assert master(developed).mode == "RGB"
    assert near(master(developed).getpixel((100, 100)), RED, 20)


def test_grey_in_sixteen_bits_keeps_its_middle_tones():
    picture = Image.new("I;16", (300, 200), 0x8000)
    found = master(develop(encoded(picture, "PNG"))).getpixel((150, 100))
    assert near(found, (128, 128, 128), 4)


@pytest.mark.parametrize("mode", ["P", "LA", "RGBA", "1", "L"])
def test_what_is_transparent_lies_on_white_paper(mode):
    if mode == "P":
        picture = Image.new("P", (300, 200), 0)
        picture.putpalette([0, 0, 0, *BLUE])
        ImageDraw.Draw(picture).rectangle((0, 0, 149, 199), fill=1)
        data = encoded(picture, "PNG", transparency=0)
        left = BLUE
    elif mode in {"LA", "RGBA"}:
        picture = Image.new(mode, (300, 200))
        ImageDraw.Draw(picture).rectangle((0, 0, 149, 199), fill="black")
        data, left = encoded(picture, "PNG"), (0, 0, 0)
    else:
        picture = Image.new(mode, (300, 200), "white")
        ImageDraw.Draw(picture).rectangle((0, 0, 149, 199), fill="black")
        data, left = encoded(picture, "PNG"), (0, 0, 0)
    found = master(develop(data))
    assert found.mode == "RGB"
    assert near(found.getpixel((50, 100)), left)
    assert near(found.getpixel((250, 100)), (255, 255, 255))


def test_of_a_phone_picture_with_another_behind_it_the_first_is_kept():
    """Phones append a small or a brighter one, and a table that says where."""
    frames = [Image.new("RGB", (300, 200), colour) for colour in (BLUE, RED)]
    developed = develop(encoded(frames[0], "MPO", save_all=True, append_images=frames[1:]))
    assert developed.source == "JPEG"
    assert near(master(developed).getpixel((150, 100)), BLUE, 20)
    assert all(b"MPF" not in file for file in developed.files.values())


def test_of_an_animation_the_first_frame_is_kept():
    frames = [Image.new("RGB", (300, 200), colour) for colour in (BLUE, RED, GREEN)]
    for name in ("GIF", "PNG", "WEBP", "AVIF"):
        data = encoded(frames[0], name, save_all=True, append_images=frames[1:], duration=50)
        assert near(master(develop(data)).getpixel((150, 100)), BLUE, 20)


@pytest.mark.filterwarnings("ignore")
@settings(max_examples=60)
@given(
    name=st.sampled_from(["JPEG", "PNG", "WEBP", "GIF", "AVIF"]),
    wounds=st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 255)), min_size=1, max_size=20),
)
def test_no_wound_of_a_file_brings_anything_but_a_picture_or_a_sentence(name, wounds):
    data = bytearray(WHOLE[name])
    for place, value in wounds:
        data[place % len(data)] = value
    # Anything else that is raised fails the test.
    with suppress(UnusablePictureError):
        assert develop(bytes(data)).width >= images.LEAST_WIDTH


WHOLE = {name: encoded(drawn(240, 160), name) for name in ("JPEG", "PNG", "WEBP", "GIF", "AVIF")}
