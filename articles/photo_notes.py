"""What a camera or an agency wrote into a picture: proposals for its words, never more."""

import re
from contextlib import suppress
from datetime import datetime

from PIL import ExifTags, IptcImagePlugin

from articles.images import DAMAGE, opened

_IPTC_CAPTION, _IPTC_BYLINE = (2, 120), (2, 80)
_LONGEST_CAPTION, _LONGEST_CREDIT = 300, 80
_HAN = re.compile("[\u4e00-\u9fff]")
_CREDITED = re.compile(r"(?:摄|供图|摄影报道)$")


def proposals(data: bytes) -> dict[str, str]:
    """Return ``caption``, ``credit`` and ``date`` (YYYY-MM-DD) as far as a picture knows them.

    They are for a person to accept: what is empty or not believable is left out. Raises
    UnusablePictureError.
    """
    image = opened(data)
    exif, iptc, taken = {}, {}, {}
    with suppress(*DAMAGE):
        exif = image.getexif()
        taken = exif.get_ifd(ExifTags.IFD.Exif)
    with suppress(*DAMAGE):
        iptc = IptcImagePlugin.getiptcinfo(image) or {}
    tags = ExifTags.Base
    found = {
        "caption": _caption(iptc.get(_IPTC_CAPTION) or exif.get(tags.ImageDescription)),
        "credit": _credit(iptc.get(_IPTC_BYLINE) or exif.get(tags.Artist)),
        "date": _date(taken.get(tags.DateTimeOriginal) or exif.get(tags.DateTime)),
    }
    return {name: text for name, text in found.items() if text}


def _caption(value) -> str:
    """Leave out the maker's name, which many cameras write here: it has no Han character."""
    text = _text(value)
    return text[:_LONGEST_CAPTION] if _HAN.search(text) else ""


def _credit(value) -> str:
    """Return the photographer as newspapers print one: the name, a space, 摄."""
    text = _text(value)
    if not text or _CREDITED.search(text):
        return text[:_LONGEST_CREDIT]
    return f"{text[: _LONGEST_CREDIT - 2]} 摄"


def _date(value) -> str:
    try:
        return datetime.strptime(_text(value)[:10], "%Y:%m:%d").date().isoformat()
    except ValueError:
        return ""


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
