"""What cameras and agencies wrote is proposed, not believed."""

import io

import pytest
from PIL import Image

from articles.images import UnusablePictureError
from articles.photo_notes import proposals

DESCRIPTION, ARTIST, CHANGED, EXIF_IFD, TAKEN = 0x010E, 0x013B, 0x0132, 0x8769, 0x9003


def picture(exif=None, iptc=None, name="JPEG"):
    notes = Image.Exif()
    for tag, value in (exif or {}).items():
        notes[tag] = value
    file = io.BytesIO()
    Image.new("RGB", (300, 200)).save(file, name, exif=notes)
    data = file.getvalue()
    return data if iptc is None else data[:2] + photoshop_segment(iptc) + data[2:]


def photoshop_segment(fields):
    """The segment of a JPEG in which agencies write, by IPTC's numbers."""
    written = b"".join(
        bytes([0x1C, 2, number]) + len(text).to_bytes(2, "big") + text
        for number, text in fields.items()
    )
    block = b"8BIM\x04\x04\x00\x00" + len(written).to_bytes(4, "big") + written
    content = b"Photoshop 3.0\x00" + block + b"\x00" * (len(block) % 2)
    return b"\xff\xed" + (len(content) + 2).to_bytes(2, "big") + content


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP"])
def test_the_words_of_a_camera_are_proposed(encoding, name):
    data = picture(
        {
            DESCRIPTION: "  晨雾里的石桥。 ".encode(encoding),
            ARTIST: "梁序".encode(encoding),
            EXIF_IFD: {TAKEN: "2023:12:08 07:15:00"},
        },
        name=name,
    )
    assert proposals(data) == {
        "caption": "晨雾里的石桥。",
        "credit": "梁序 摄",
        "date": "2023-12-08",
    }


def test_the_words_of_an_agency_come_first():
    words = {120: "老人们在新食堂用餐。".encode(), 80: "石桥街道 供图".encode()}
    data = picture({DESCRIPTION: "别的话".encode(), ARTIST: "别人".encode()}, iptc=words)
    assert proposals(data) == {"caption": "老人们在新食堂用餐。", "credit": "石桥街道 供图"}


def test_the_name_of_a_camera_is_no_caption():
    assert proposals(picture({DESCRIPTION: "OLYMPUS DIGITAL CAMERA"})) == {}


@pytest.mark.parametrize("never", ["0000:00:00 00:00:00", "2023:13:08", "yesterday", "", " "])
def test_a_date_that_is_none_is_left_out(never):
    assert proposals(picture({CHANGED: never})) == {}


def test_long_words_are_cut_to_what_fits():
    found = proposals(picture({DESCRIPTION: ("桥" * 999).encode(), ARTIST: ("序" * 99).encode()}))
    assert len(found["caption"]) == 300
    assert len(found["credit"]) == 80


def test_a_picture_without_words_proposes_nothing():
    assert proposals(picture()) == {}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("broken", [b"Exif\0\0no header", b"Exif\0\0MM\0*\0\0\0\x08\xff\xff\0\1"])
def test_broken_notes_propose_nothing(broken):
    file = io.BytesIO()
    Image.new("RGB", (300, 200)).save(file, "JPEG", exif=broken)
    assert proposals(file.getvalue()) == {}


def test_what_is_no_picture_is_refused():
    with pytest.raises(UnusablePictureError):
        proposals(b"no picture")
