"""Wide gamuts that a file names by a number of ITU-T H.273 instead of a profile."""

import re
import struct

# Red, green and blue as XYZ under D50: Display P3 and BT.2020.
_PRIMARIES = {
    12: ((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407)),
    9: ((0.67351, 0.27904, -0.00194), (0.16569, 0.67534, 0.02998), (0.12507, 0.04562, 0.79686)),
}
# Curves as sRGB's, near enough. Those of films in high contrast (PQ, HLG) are of another kind.
_LIKE_SRGB = {1, 6, 13, 14, 15}
_D50 = (0.96420, 1.0, 0.82491)
_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
_NAMED = (
    (re.compile(rb"colrnclx(.{4})", re.S), ">HH"),  # a box of AVIF and HEIC
    (re.compile(rb"\0\0\0\x04cICP(.{2})", re.S), ">BB"),  # a chunk of PNG
)
_HEAD = 64 * 1024  # bytes in which it stands


def named_profile(data: bytes) -> bytes | None:
    """Return the ICC profile of the wide gamut that a file names by number, if it names one."""
    for pattern, packed in _NAMED:
        if found := pattern.search(data, 0, _HEAD):
            primaries, curve = struct.unpack(packed, found[1])
            if primaries in _PRIMARIES and curve in _LIKE_SRGB:
                return profile(primaries)
    return None


def profile(primaries: int) -> bytes:
    """Return an ICC profile with these primaries, by their number, and the curve of sRGB."""
    curve = b"para" + bytes(4) + struct.pack(">HH", 3, 0) + _fixed(_CURVE)
    contents = {b"wtpt": _xyz(_D50)}
    contents |= dict(
        zip((b"rXYZ", b"gXYZ", b"bXYZ"), map(_xyz, _PRIMARIES[primaries]), strict=True)
    )
    contents |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve)
    table, body = struct.pack(">I", len(contents)), b""
    for tag, content in contents.items():
        place = 128 + 4 + 12 * len(contents) + len(body)
        table += tag + struct.pack(">II", place, len(content))
        body += content
    head = b"lcms" + bytes([4, 0x20, 0, 0]) + b"mntrRGB XYZ " + bytes(12) + b"acsp" + bytes(28)
    head += _fixed(_D50) + bytes(48)
    return struct.pack(">I", 4 + len(head) + len(table) + len(body)) + head + table + body


def _xyz(values) -> bytes:
    return b"XYZ " + bytes(4) + _fixed(values)


def _fixed(values) -> bytes:
    return b"".join(struct.pack(">i", round(value * 65536)) for value in values)
