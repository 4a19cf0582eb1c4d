"""What cameras and agencies wrote is proposed, not believed."""

import io

import pytest
from PIL import Image, PngImagePlugin

from articles.images import UnusablePictureError
from articles.photo_notes import _from_xmp, proposals

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


XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:exif="http://ns.adobe.com/exif/1.0/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 xmlns:core="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
 photoshop:City="棠溪区" photoshop:DateCreated="2023-12-08T07:15:00+08:00"
 exif:GPSLatitude="30,12.345N" exif:GPSLongitude="120,9.876E">
 <dc:description><rdf:Alt><rdf:li xml:lang="x-default">早市上的 Café。</rdf:li></rdf:Alt>
 </dc:description>
 <dc:creator><rdf:Seq><rdf:li>梁序</rdf:li><rdf:li>别人</rdf:li></rdf:Seq></dc:creator>
 <core:Location>石桥街道菜场</core:Location>
</rdf:Description></rdf:RDF></x:xmpmeta>"""


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_the_words_of_adobe_are_proposed_and_no_coordinates(name):
    file = io.BytesIO()
    options = {"xmp": XMP.encode()}
    if name == "PNG":
        options = {"pnginfo": PngImagePlugin.PngInfo()}
        options["pnginfo"].add_itxt("XML:com.adobe.xmp", XMP)
    Image.new("RGB", (300, 200)).save(file, name, **options)
    assert proposals(file.getvalue()) == {
        "caption": "早市上的 Café。",
        "credit": "梁序 摄",
        "date": "2023-12-08",
        "place": "棠溪区石桥街道菜场",
    }


@pytest.mark.parametrize(
    "hostile",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><x>&a;</x>',
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x [<!ENTITY a "b">]><x/>'.encode(
            "utf-16"
        ),
        b"<x>" * 50_000,
        b'<d xmlns="http://purl.org/dc/elements/1.1/">' + b"<description>" * 60_000,
        b"no XML at all",
        b"<x>" + bytes(2 * 1024**2),
    ],
    ids=["entities", "entities in UTF-16", "deep", "deep and wanted", "none", "long"],
)
def test_hostile_xml_proposes_nothing_and_takes_no_time(hostile):
    assert _from_xmp(hostile) == {}


def test_a_nest_of_wanted_elements_is_read_once():
    nest = b"<description>" * 20_000 + b"</description>" * 20_000
    packet = b'<d xmlns="http://purl.org/dc/elements/1.1/">' + nest + b"</d>"
    assert not any(_from_xmp(packet).values())


def test_the_place_is_said_in_words_from_the_widest_to_the_nearest():
    data = picture(iptc={90: "棠溪区".encode(), 95: "江南省".encode(), 92: "柳岸街道".encode()})
    assert proposals(data) == {"place": "江南省棠溪区柳岸街道"}
    data = picture(iptc={90: b"Tangxi", 92: b"Stone Bridge", 55: b"20231208"})
    assert proposals(data) == {"place": "Tangxi, Stone Bridge", "date": "2023-12-08"}
    data = picture(iptc={95: "棠溪区".encode(), 90: "棠溪区石桥街道".encode()})
    assert proposals(data) == {"place": "棠溪区石桥街道"}


@pytest.mark.parametrize("where", ["30.12345, 120.98765", "北纬30度12分", "30°12'3\"N"])
def test_coordinates_are_no_place_even_where_words_belong(where):
    assert proposals(picture(iptc={92: where.encode()})) == {}


def test_where_a_camera_was_is_not_read():
    assert proposals(picture({0x8825: {1: "N", 2: (30.0, 12.0, 3.0), 29: "2023:12:08"}})) == {}


def test_what_a_png_says_of_itself_is_proposed():
    said, file = PngImagePlugin.PngInfo(), io.BytesIO()
    said.add_itxt("Description", "老厂房里的阅读灯。")
    said.add_itxt("Author", "梁序")
    Image.new("RGB", (300, 200)).save(file, "PNG", pnginfo=said)
    assert proposals(file.getvalue()) == {"caption": "老厂房里的阅读灯。", "credit": "梁序 摄"}


@pytest.mark.parametrize("never", ["0000:00:00 00:00:00", "2023:13:08", "yesterday", "", " "])
def test_a_date_that_is_none_is_left_out(never):
    assert proposals(picture({CHANGED: never})) == {}


@pytest.mark.parametrize("nobody", ["????????", "0", "--"])
def test_a_name_without_a_letter_is_nobodys(nobody):
    assert proposals(picture({ARTIST: nobody})) == {}


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
