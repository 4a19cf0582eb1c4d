"""Photographs as files: which are accepted, and what is made of them."""

import hashlib
import io
import math
import re
import struct
import zlib
from dataclasses import dataclass
from threading import Lock
from typing import NoReturn

from django.utils.translation import gettext as _
from PIL import ExifTags, Image, ImageCms

from articles import gamuts, likeness, renditions

try:
    from pillow_heif import register_heif_opener
except ImportError:  # an optional extra, for its licence; without it HEIC is refused
    TAKES_HEIC = False
else:
    register_heif_opener(thumbnails=False)
    TAKES_HEIC = True

LARGEST_FILE = 40 * 1024 * 1024  # bytes
MOST_PIXELS = 60_000_000
LEAST_WIDTH = 200  # pixels; less is a thumbnail
# The master: wide enough for a whole page in print. WebP itself ends at 16,383 pixels a side.
MASTER_WIDTH, MASTER_HEIGHT = 2400, 16_000
# The placeholders of pages, each a class of the style sheet: what a picture is on the whole.
COLOURS = {
    "ink": (32, 33, 36), "charcoal": (64, 66, 70), "grey": (112, 114, 118),
    "silver": (160, 162, 164), "mist": (205, 206, 206), "paper": (240, 240, 236),
    "brown": (84, 62, 46), "clay": (140, 104, 78), "sand": (190, 168, 138),
    "brick": (140, 60, 48), "rose": (200, 150, 145), "gold": (190, 150, 70),
    "moss": (70, 84, 56), "leaf": (118, 136, 92), "pine": (40, 72, 62), "teal": (84, 124, 124),
    "navy": (40, 54, 84), "steel": (90, 112, 142), "sky": (160, 186, 210), "plum": (92, 68, 92),
}  # fmt: skip
_SAVED = {
    "avif": {"format": "AVIF", "quality": 60, "speed": 8},
    "webp": {"format": "WEBP", "quality": 80, "method": 2},
    "jpg": {"format": "JPEG", "quality": 82, "optimize": True, "progressive": True},
}

_SIGNATURES = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
)
_HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
# What a server or a browser would run, if it were ever taken for what it also is. Shorter words
# stand in large pictures by chance.
_PROGRAM = re.compile(rb"<script[\s>/]|<\?php\s|<!doctype html", re.IGNORECASE)
_END_OF_ZIP, _PDF = b"PK\x05\x06", b"%PDF-"
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")
_PDF_HEAD = 1024  # bytes in which readers look for the beginning of a PDF file
_COAT, _END = b"\xda", b"\xd9"
_MARKER = re.compile(rb"\xff([\xc0-\xcf\xd9-\xef\xfe])")
# A progressive JPEG may paint its whole surface again and again: pixels times coats.
_MOST_PAINT = 30 * MOST_PIXELS
# Pillow looks through the parts of a file one by one, and through what lies between them.
_MOST_PARTS = 20_000
_MOST_STUFFING = 4096  # bytes
# Pillow answers broken data with any of these, depending on where it breaks.
DAMAGE = (
    OSError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, AttributeError,
    RuntimeError, EOFError, MemoryError, struct.error, zlib.error,
)  # fmt: skip
_BOMB = (Image.DecompressionBombError, Image.DecompressionBombWarning)
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# Decoding takes memory by the size of the picture: that of one, however many threads there are.
_ONE_AT_A_TIME = Lock()
_LYING = {5, 6, 7, 8}  # orientations whose width is the stored height
_COLOUR_SPACES = {"RGB": "RGB", "CMYK": "CMYK", "L": "GRAY"}


class UnusablePictureError(ValueError):
    """A file that cannot be taken as a photograph; the message tells its sender why."""


@dataclass(frozen=True)
class Developed:
    """A picture as it is kept: its measures, and the files that are made at once, by their name."""

    digest: str
    width: int
    height: int
    colour: str
    fingerprint: int | None
    source: str
    files: dict[str, bytes]

    @property
    def widths(self) -> list[int]:
        """Widths of the renditions in pixels, rising."""
        return renditions.widths(self.width)


def develop(data: bytes) -> Developed:
    """Return the upright, sRGB, metadata-free files made of an uploaded picture.

    The pixels are decoded and encoded anew, so that nothing else in ``data`` is kept. ``digest``
    is the SHA-256 of the master, ``source`` the format of ``data``. Raises UnusablePictureError.
    """
    image = opened(data)
    with _ONE_AT_A_TIME:
        pixels = _upright(image)
    master, quick = renditions.master_name(pixels.width), renditions.quick_name(pixels.width)
    files = {name: rendered(pixels, name) for name in (quick, master)}
    return Developed(
        hashlib.sha256(files[master]).hexdigest(),
        pixels.width,
        pixels.height,
        colour(pixels),
        likeness.fingerprint(pixels),
        image.format,
        files,
    )


def master(data: bytes) -> Developed:
    """Return a master that was made here or elsewhere, as it is, with its measures.

    Its digest stands in what has been signed, so it is not encoded anew. It is decoded, and holds
    one picture in sRGB and nothing beside it: no profile, no notes. Raises UnusablePictureError.
    """
    image = opened(data)
    with _ONE_AT_A_TIME:
        pixels = _upright(image)
    if pixels.size != image.size or not _is_bare_webp(data):
        raise UnusablePictureError(_("This is not a picture as it is kept in an archive."))
    quick = renditions.quick_name(pixels.width)
    files = {quick: rendered(pixels, quick), renditions.master_name(pixels.width): data}
    return Developed(
        hashlib.sha256(data).hexdigest(),
        pixels.width,
        pixels.height,
        colour(pixels),
        likeness.fingerprint(pixels),
        image.format,
        files,
    )


def _is_bare_webp(data: bytes) -> bool:
    """Say whether a file is one chunk of pixels, from its first byte to its last."""
    length = int.from_bytes(data[16:20], "little")
    whole = length + length % 2 + 20 == len(data) == int.from_bytes(data[4:8], "little") + 8
    return data[:4] == b"RIFF" and data[8:16] == b"WEBPVP8 " and whole


def negative(data: bytes) -> Image.Image:
    """Return the pixels of a picture in the size of its master. Raises UnusablePictureError."""
    image = opened(data)
    with _ONE_AT_A_TIME:
        return _upright(image)


def rendered(pixels: Image.Image, name: str) -> bytes:
    """Return a rendition of upright sRGB pixels: the pixels and nothing else."""
    width, file_format = renditions.parts(name)
    height = max(1, round(pixels.height * width / pixels.width))
    file = io.BytesIO()
    bare = {"icc_profile": b"", "exif": b"", "xmp": b"", "comment": b""}
    _resized(pixels, (width, height)).save(file, **_SAVED[file_format], **bare)
    return file.getvalue()


def colour(pixels: Image.Image) -> str:
    """Return the colour of the palette that a picture comes nearest to on the whole."""
    found = pixels.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    return min(COLOURS, key=lambda name: math.dist(COLOURS[name], found))


def _recognize(data: bytes) -> str:
    """Return Pillow's name for the format; what a file calls itself plays no part."""
    if not data:
        raise UnusablePictureError(_("The file is empty."))
    if len(data) > LARGEST_FILE:
        raise UnusablePictureError(
            _("The file is larger than {limit} MB. Please send a smaller one.").format(
                limit=LARGEST_FILE // 1024**2
            )
        )
    name = _format_of(data) or _refuse_unknown(data)
    if _PROGRAM.search(data):
        raise UnusablePictureError(_("This picture has a program hidden in it and is not taken."))
    if _holds_another_file(data):
        raise UnusablePictureError(
            _("Another file is hidden in this picture, and it is not taken. Save it as JPEG anew.")
        )
    return name


def _holds_another_file(data: bytes) -> bool:
    """Say whether the file is also a PDF file or an archive; films that phones append are not."""
    end = data.rfind(_END_OF_ZIP, -65_557)  # where a ZIP ends with the longest possible note
    if end >= 0 and data[end + 20 : end + 22] == (len(data) - end - 22).to_bytes(2, "little"):
        return True
    return _PDF in data[:_PDF_HEAD] or any(each in data for each in _ARCHIVES)


def _format_of(data: bytes) -> str:
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            return name
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    brands = _brands(data)
    if brands & {b"avif", b"avis"}:
        return "AVIF"
    if brands & _HEIC and not TAKES_HEIC:
        raise UnusablePictureError(
            _("HEIC, the format of iPhones, cannot be used. Please save the picture as JPEG.")
        )
    return "HEIF" if brands & _HEIC else ""


def _brands(data: bytes) -> set[bytes]:
    """Return what an ISO media file declares itself to be: its major and compatible brands."""
    if data[4:8] != b"ftyp":
        return set()
    end = min(int.from_bytes(data[:4], "big"), 256)
    return {data[8:12], *(data[start : start + 4] for start in range(16, end, 4))}


def _refuse_unknown(data: bytes) -> NoReturn:
    if b"<svg" in data[:4096].lower():
        raise UnusablePictureError(
            _("An SVG drawing cannot be used as a photo. Please save it as PNG.")
        )
    raise UnusablePictureError(
        _("This file is not a picture we can use. Please send JPEG, PNG, WebP, AVIF or GIF.")
    )


def opened(data: bytes) -> Image.Image:
    """Return a picture of which the header has been read and no pixel.

    What would not fit into memory is refused here. Raises UnusablePictureError.
    """
    name = _recognize(data)
    coats = _coats(data) if name == "JPEG" else 0
    if name == "PNG":
        _refuse_many_chunks(data)
    try:
        image = Image.open(io.BytesIO(data), formats=[name])
    except _BOMB:
        raise _too_many_pixels() from None
    except DAMAGE:
        raise _damaged() from None
    image.format = name  # a JPEG with further pictures behind it is called otherwise
    if image.width * image.height > MOST_PIXELS:
        raise _too_many_pixels()
    if coats * image.width * image.height > _MOST_PAINT:
        raise _too_slow()
    if not image.info.get("icc_profile"):
        image.info["icc_profile"] = gamuts.named_profile(data)
    return image


def _coats(data: bytes) -> int:
    """Return how often a JPEG paints its surface, which costs time each time.

    Markers are found as libjpeg finds them, whatever is stuffed between them. Raises
    UnusablePictureError where looking for them would take Pillow too long.
    """
    coats, parts, place = 0, 0, 2
    found = _MARKER.search(data, place)
    while found and found[1] != _END:
        stuffed = not coats and found.start() - place > _MOST_STUFFING
        parts += 1
        if stuffed or parts > _MOST_PARTS:
            raise _too_slow()
        coats += found[1] == _COAT
        place = found.end() + int.from_bytes(data[found.end() : found.end() + 2], "big")
        found = _MARKER.search(data, place)
    return coats


def _refuse_many_chunks(data: bytes) -> None:
    """Refuse a PNG that is put together from more parts than pictures are."""
    place = 8
    for _chunk in range(_MOST_PARTS):
        if place >= len(data):
            return
        place += 12 + int.from_bytes(data[place : place + 4], "big")
    raise _too_slow()


def _too_slow() -> UnusablePictureError:
    return UnusablePictureError(
        _("It would take too long to open this picture. Please save it as JPEG anew.")
    )


def _too_many_pixels() -> UnusablePictureError:
    message = _("The picture has more than {limit} million pixels. Please send a smaller one.")
    return UnusablePictureError(message.format(limit=MOST_PIXELS // 1_000_000))


def _damaged() -> UnusablePictureError:
    return UnusablePictureError(
        _("The picture is damaged or arrived incomplete. Please send it again.")
    )


def _upright(image: Image.Image) -> Image.Image:
    """Return the pixels that are kept: at most the master's size, upright, opaque, in sRGB."""
    try:
        orientation = image.getexif().get(ExifTags.Base.Orientation, 1)
    except DAMAGE:
        orientation = 1
    lying, profile = orientation in _LYING, image.info.get("icc_profile")
    width, height = reversed(image.size) if lying else image.size
    if width < LEAST_WIDTH:
        message = _("The picture is only {width} pixels wide; at least {least} are needed.")
        raise UnusablePictureError(message.format(width=width, least=LEAST_WIDTH))
    scale = min(1, MASTER_WIDTH / width, MASTER_HEIGHT / height)
    target = tuple(max(1, round(side * scale)) for side in image.size)
    try:
        image.draft(None, target)
        image.load()
        pixels = _resized(_eight_bits(image), target)
    except DAMAGE:
        raise _damaged() from None
    if orientation in _TURNS:
        pixels = pixels.transpose(_TURNS[orientation])
    return _in_srgb(_on_white(pixels), profile)


def _eight_bits(image: Image.Image) -> Image.Image:
    """Return the picture as RGB, RGBA, CMYK or L."""
    if image.mode.startswith("I"):  # grey in 16 bits, which a plain conversion would clip
        return image.point(lambda value: value * (1 / 256)).convert("L")
    if image.mode in _COLOUR_SPACES and "transparency" not in image.info:
        return image
    if image.has_transparency_data:
        return image if image.mode == "RGBA" else image.convert("RGBA")
    return image.convert("L" if image.mode == "1" else "RGB")


def _resized(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    if image.size == size:
        return image
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3)


def _on_white(image: Image.Image) -> Image.Image:
    """Lay a transparent picture on paper."""
    if image.mode != "RGBA":
        return image
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A"))
    return paper


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Convert by the embedded profile; one that is broken or of another kind is passed over."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile or b""))
        if source.profile.xcolor_space.strip() == _COLOUR_SPACES[image.mode]:
            srgb = ImageCms.createProfile("sRGB")
            image = ImageCms.profileToProfile(image, source, srgb, outputMode="RGB")
    except (ImageCms.PyCMSError, *DAMAGE):
        pass
    return image.convert("RGB")
