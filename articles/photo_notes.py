"""What a camera or an agency wrote into a picture: proposals for its words, never more.

Where it was taken is read as words only, as IPTC and XMP have it. Coordinates are never read.
"""

import re
from contextlib import suppress
from datetime import datetime
from xml.etree import ElementTree

from PIL import ExifTags, Image, IptcImagePlugin

from articles.images import DAMAGE, opened

_IPTC = {
    "caption": (2, 120), "credit": (2, 80), "date": (2, 55), "sublocation": (2, 92),
    "city": (2, 90), "province": (2, 95),
}  # fmt: skip
_DC = "{http://purl.org/dc/elements/1.1/}"
_PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
_XMP = {
    "caption": (f"{_DC}description",),
    "credit": (f"{_DC}creator",),
    "date": (f"{_PHOTOSHOP}DateCreated", "{http://ns.adobe.com/exif/1.0/}DateTimeOriginal",
             "{http://ns.adobe.com/xap/1.0/}CreateDate"),
    "sublocation": ("{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}Location",),
    "city": (f"{_PHOTOSHOP}City",),
    "province": (f"{_PHOTOSHOP}State",),
}  # fmt: skip
_WANTED = {element for elements in _XMP.values() for element in elements}
_ITEM = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}li"
_LARGEST_XMP = 1024**2  # bytes
_PLACES = ("province", "city", "sublocation")  # as Chinese says them, the widest first
_LONGEST_CAPTION, _LONGEST_CREDIT, _LONGEST_PLACE = 300, 80, 100
_HAN = re.compile("[\u4e00-\u9fff]")
_LETTER = re.compile(r"[^\W\d_]")
_CREDITED = re.compile(r"(?:摄|供图|摄影报道)$")
_COORDINATES = re.compile(r"\d[\d.,]*\s*[°度]|\d+\.\d{3,}")


def proposals(data: bytes) -> dict[str, str]:
    """Return ``caption``, ``credit``, ``date`` (YYYY-MM-DD) and ``place`` as far as they are told.

    They are for a person to accept: what is empty or not believable is left out. Raises
    UnusablePictureError.
    """
    image = opened(data)
    sources = (_from_agency(image), _from_xmp(image.info.get("xmp")), _from_camera(image))

    def first(name: str, read) -> str:
        return next(filter(None, (read(source.get(name)) for source in sources)), "")

    found = {
        "caption": first("caption", _caption),
        "credit": first("credit", _credit),
        "date": first("date", _date),
        "place": _joined([first(part, _place) for part in _PLACES]),
    }
    return {name: text for name, text in found.items() if text}


def _from_agency(image: Image.Image) -> dict:
    """Return what stands in IPTC's fields."""
    with suppress(*DAMAGE):
        fields = IptcImagePlugin.getiptcinfo(image) or {}
        return {name: fields.get(number) for name, number in _IPTC.items()}
    return {}


def _from_camera(image: Image.Image) -> dict:
    """Return what stands in EXIF's tags, and what a PNG says of itself."""
    tags, found = ExifTags.Base, {}
    with suppress(*DAMAGE):
        exif = image.getexif()
        taken = exif.get_ifd(ExifTags.IFD.Exif).get(tags.DateTimeOriginal)
        found = {
            "caption": exif.get(tags.ImageDescription),
            "credit": exif.get(tags.Artist),
            "date": taken or exif.get(tags.DateTime),
        }
    told = {"caption": image.info.get("Description"), "credit": image.info.get("Author")}
    return {name: found.get(name) or told.get(name) for name in (*told, "date")}


def _from_xmp(packet) -> dict:
    """Return what stands in Adobe's XML. One that declares entities of its own is not read."""
    if isinstance(packet, str):
        packet = packet.encode()
    packet = packet.strip(b"\0 \n") if isinstance(packet, bytes) else b""
    if len(packet) > _LARGEST_XMP or b"<!" in packet or b"\0" in packet:
        return {}
    try:
        root = ElementTree.fromstring(packet)  # noqa: S314 - it declares no entities
    except ElementTree.ParseError:
        return {}
    told: dict[str, str] = {}
    for element in root.iter():
        for name, value in ((element.tag, None), *element.attrib.items()):
            if name in _WANTED and name not in told:
                told[name] = _worded(element) if value is None else value
    return {
        name: next((told[each].encode() for each in elements if told.get(each, "").strip()), None)
        for name, elements in _XMP.items()
    }


def _worded(element) -> str:
    """Return the text of an element, or of the first item of its list."""
    item = next(element.iter(_ITEM), element)
    return item.text or ""


def _caption(value) -> str:
    """Leave out the maker's name, which many cameras write here: it has no Han character."""
    text = _text(value)
    return text[:_LONGEST_CAPTION] if _HAN.search(text) else ""


def _credit(value) -> str:
    """Return the photographer as newspapers print one: the name, a space, 摄.

    Some cameras answer with a question mark for each character they do not know.
    """
    text = _text(value)
    if not _LETTER.search(text):
        return ""
    if _CREDITED.search(text):
        return text[:_LONGEST_CREDIT]
    return f"{text[: _LONGEST_CREDIT - 2]} 摄"


def _date(value) -> str:
    """Read 2023:12:08, 2023-12-08 or 20231208, with or without an hour behind it."""
    digits = re.sub(r"[:\-]", "", _text(value)[:10])[:8]
    try:
        return datetime.strptime(digits, "%Y%m%d").date().isoformat()
    except ValueError:
        return ""


def _place(value) -> str:
    """Return a place in words; whatever looks like coordinates is left out."""
    text = _text(value)
    return "" if _COORDINATES.search(text) else text


def _joined(places: list[str]) -> str:
    """Return places as one, each that the next repeats left out."""
    kept: list[str] = []
    for place in filter(None, places):
        if kept and place.startswith(kept[-1]):
            kept.pop()
        kept.append(place)
    between = "" if _HAN.search("".join(kept)) else ", "
    return between.join(kept)[:_LONGEST_PLACE]


def _text(value) -> str:
    """Read bytes in the encodings in use here; EXIF text was taken for Latin-1 when it was read."""
    if isinstance(value, list):
        value = value[0] if value else b""
    if isinstance(value, str):
        with suppress(UnicodeEncodeError):
            value = value.encode("latin-1")
    if isinstance(value, bytes):
        try:
            value = value.decode("utf-8")
        except UnicodeDecodeError:
            value = value.decode("gb18030", errors="replace")
    if not isinstance(value, str):
        return ""
    return " ".join(value.replace("\x00", " ").split())
