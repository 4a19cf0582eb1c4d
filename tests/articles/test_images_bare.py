"""Nothing a file says of where, when and by whom it was made leaves the newsroom, in any format.

Each trace is put where cameras, phones and agencies put it, and every file made of the picture is
searched for its bytes and asked for it by name.
"""

import io

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from articles import images, renditions
from articles.images import develop, negative, rendered
from tests.articles.test_images import drawn, encoded
from tests.articles.test_photo_notes import XMP, photoshop_segment

SECRET = b"tangxi-secret"
GPS = {1: "N", 2: (39.0, 7.0, 30.0), 3: "E", 4: (117.0, 12.0, 0.0), 29: "2023:12:08"}
# What must not stand in any file, as it is written in the formats that are made.
MARKS = (
    SECRET, b"Exif\0", b"EXIF", b"eXIf", b"http://ns.adobe.com", b"XMP ", b"<x:xmpmeta",
    b"<rdf:RDF", b"Photoshop 3.0", b"8BIM", b"ICCP", b"iCCP", b"ICC_PROFILE", b"acsp", b"ducky",
    b"Adobe\0",
    b"MPF\0", b"JFXX", b"tEXt", b"iTXt", b"zTXt", b"application/rdf+xml", b"\xff\xfe\0",
)  # fmt: skip


def camera_notes():
    exif = Image.Exif()
    exif[0x010E] = exif[0x013B] = exif[0x0131] = SECRET.decode()
    exif[0x8769] = {0x9003: "2023:12:08 07:15:00", 0x927C: SECRET, 0x9286: SECRET, 0xA430: "owner"}
    exif[0x8825] = GPS
    return exif


def srgb():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile + SECRET


def talkative(name):
    """A picture that tells all it can in its format."""
    xmp = XMP.replace("石桥街道菜场", SECRET.decode()).encode()
    told = {"exif": camera_notes(), "icc_profile": srgb()}
    if name == "GIF":
        return encoded(drawn(), name, comment=SECRET)
    if name == "PNG":
        said = PngImagePlugin.PngInfo()
        said.add_text("Comment", SECRET.decode())
        said.add_text("Author", SECRET.decode(), zip=True)
        said.add_itxt("XML:com.adobe.xmp", xmp.decode())
        return encoded(drawn(), name, pnginfo=said, **told)
    if name == "JPEG":
        data = encoded(drawn(), name, comment=SECRET, xmp=xmp, quality=95, **told)
        segment = photoshop_segment({120: SECRET, 90: SECRET, 92: SECRET})
        # A small picture of its own, as cameras keep one: it can show what was cropped away.
        thumbnail = b"JFXX\0\x10" + encoded(Image.new("RGB", (16, 16)), comment=SECRET)
        extension = b"\xff\xe0" + (len(thumbnail) + 2).to_bytes(2, "big") + thumbnail
        return data[:20] + extension + segment + data[20:] + SECRET
    return encoded(drawn(), name, xmp=xmp, **told)


FORMATS = ["JPEG", "PNG", "WEBP", "AVIF", "GIF", *(["HEIF"] if images.TAKES_HEIC else [])]


@pytest.mark.parametrize("name", FORMATS)
def test_the_picture_does_tell_before_it_is_developed(name):
    assert SECRET in talkative(name)


@pytest.mark.parametrize("name", FORMATS)
def test_no_file_made_of_a_picture_tells_anything(name):
    data = talkative(name)
    pixels = negative(data)
    files = {each: rendered(pixels, each) for each in renditions.names(pixels.width)}
    assert len(files) == 6
    for each, file in {**files, **develop(data).files}.items():
        found = [mark for mark in MARKS if mark in file]
        assert found == [], f"{each} of a {name}"
        opened = Image.open(io.BytesIO(file))
        assert not opened.getexif()
        told = {"exif", "xmp", "icc_profile", "comment", "photoshop", "gps", "adobe"}
        assert told.isdisjoint(opened.info), f"{each} of a {name}"
        assert near_enough(opened.convert("RGB"))


def near_enough(picture):
    red, green, blue = picture.getpixel((10, 10))
    return red > 150 and max(green, blue) < 90
