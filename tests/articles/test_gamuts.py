"""Colours beyond sRGB come out as an eye sees them, whichever way a file names its gamut."""

import io
import struct
import zlib

import pytest
from PIL import Image, ImageCms

from articles import images
from articles.gamuts import named_profile, profile
from articles.images import negative
from tests.articles.test_images import HEADERS, chunk, drawn, encoded, near

P3, BT2020, SRGB = 12, 9, 1
SRGB_CURVE, PQ_CURVE = 13, 16
# Display P3's (200, 100, 50), as sRGB has it; and the same numbers taken for sRGB by mistake.
ORANGE, AS_SRGB = (200, 100, 50), (215, 93, 31)


def patched(data, primaries, curve):
    """The AVIF with another gamut named in its box."""
    place = data.index(b"colrnclx") + 8
    return data[:place] + struct.pack(">HH", primaries, curve) + data[place + 4 :]


def png_16(colour, named=b"", size=(300, 200)):
    """A PNG with 16 bits a channel."""
    width, height = size
    row = b"\0" + struct.pack(">3H", *(value * 257 for value in colour)) * width
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 16, 2, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(row * height))
    return HEADERS["PNG"] + header + named + pixels + chunk(b"IEND", b"")


def orange(name, **options):
    return encoded(Image.new("RGB", (300, 200), ORANGE), name, **options)


WIDE = {
    **{f"{name} with a profile": lambda name=name: orange(name, icc_profile=profile(P3))
       for name in ("JPEG", "PNG", "WEBP", "AVIF")},
    "AVIF by number": lambda: patched(orange("AVIF"), P3, SRGB_CURVE),
    "PNG by number": lambda: png_16(ORANGE, chunk(b"cICP", bytes([P3, SRGB_CURVE, 0, 1]))),
    "PNG of 16 bits with a profile": lambda: png_16(
        ORANGE, chunk(b"iCCP", b"P3\0\0" + zlib.compress(profile(P3)))
    ),
}  # fmt: skip
if images.TAKES_HEIC:
    WIDE["HEIC with a profile"] = lambda: orange("HEIF", icc_profile=profile(P3), quality=95)


@pytest.mark.parametrize("name", WIDE)
def test_a_wide_gamut_is_converted(name):
    found = negative(WIDE[name]()).getpixel((150, 100))
    assert near(found, AS_SRGB, 6)
    assert not near(found, ORANGE, 6)


def test_sixteen_bits_a_channel_keep_their_colours():
    assert near(negative(png_16(ORANGE)).getpixel((150, 100)), ORANGE, 1)


@pytest.mark.parametrize(("primaries", "curve"), [(SRGB, SRGB_CURVE), (P3, PQ_CURVE), (0xFFFF, 13)])
def test_what_is_named_otherwise_is_left_as_it_is(primaries, curve):
    data = patched(orange("AVIF"), primaries, curve)
    assert named_profile(data) is None
    assert near(negative(data).getpixel((150, 100)), ORANGE, 6)


def test_a_file_that_names_no_gamut_has_no_profile():
    assert named_profile(orange("JPEG")) is None
    assert named_profile(b"colrnclx") is None


@pytest.mark.parametrize("primaries", [P3, BT2020])
def test_the_profiles_leave_greys_grey(primaries):
    source = ImageCms.ImageCmsProfile(io.BytesIO(profile(primaries)))
    for value in (0, 64, 128, 255):
        grey = Image.new("RGB", (1, 1), (value,) * 3)
        seen = ImageCms.profileToProfile(
            grey, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
        assert near(seen.getpixel((0, 0)), (value,) * 3, 1)


@pytest.mark.skipif(not images.TAKES_HEIC, reason="pillow-heif is not installed")
def test_heic_is_taken_upright_where_something_reads_it():
    exif = Image.Exif()
    exif[0x0112] = 6
    stored = drawn().transpose(Image.Transpose.ROTATE_90)
    picture = negative(encoded(stored, "HEIF", exif=exif.tobytes(), quality=95))
    assert picture.size == (600, 400)
    assert near(picture.getpixel((100, 100)), (200, 30, 30), 20)
    assert near(picture.getpixel((500, 300)), (30, 160, 60), 20)


@pytest.mark.skipif(not images.TAKES_HEIC, reason="pillow-heif is not installed")
@pytest.mark.parametrize("share", [0.3, 0.8, 0.98])
def test_heic_that_arrived_in_part_is_refused(share):
    noise = Image.effect_noise((400, 300), 90).convert("RGB")
    data = encoded(noise, "HEIF")
    with pytest.raises(images.UnusablePictureError):
        negative(data[: int(len(data) * share)])
