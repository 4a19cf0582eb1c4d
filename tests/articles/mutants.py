"""Pictures of every format with wounds: the same ones each time, drawn from a seed."""

import io
from collections.abc import Callable, Iterator
from random import Random

from PIL import Image, PngImagePlugin

from articles.gamuts import profile
from articles.images import TAKES_HEIC
from tests.scenes import scene

P3 = 12


def _encoded(image: Image.Image, name: str, **options) -> bytes:
    file = io.BytesIO()
    image.save(file, name, **options)
    return file.getvalue()


def wholes() -> dict[str, bytes]:
    """Return a whole file of every kind that is taken, by its name."""
    seen = scene(7, (420, 280))
    notes, exif = PngImagePlugin.PngInfo(), Image.Exif()
    notes.add_itxt("Description", "晨雾里的石桥。")
    exif[0x010E], exif[0x0112], exif[0x8825] = "晨雾", 6, {1: "N", 2: (30.0, 12.0, 3.0)}
    told = {"exif": exif.tobytes(), "icc_profile": profile(P3), "xmp": b"<x><y>z</y></x>"}
    deep = Image.new("I;16", seen.size)
    deep.putdata([value * 257 for value in seen.convert("L").tobytes()])
    frames = {"save_all": True, "append_images": [scene(8, seen.size)], "duration": 40}
    painted = {**frames, "append_images": [seen.quantize(9)]}
    files = {
        "JPEG": _encoded(seen, "JPEG", **told),
        "JPEG progressive": _encoded(seen, "JPEG", progressive=True),
        "JPEG grey": _encoded(seen.convert("L"), "JPEG"),
        "JPEG four inks": _encoded(seen.convert("CMYK"), "JPEG"),
        "PNG": _encoded(seen, "PNG", pnginfo=notes, icc_profile=profile(P3), exif=exif),
        "PNG transparent": _encoded(seen.convert("RGBA"), "PNG"),
        "PNG palette": _encoded(seen.quantize(64), "PNG", transparency=3),
        "PNG 16 bits": _encoded(deep, "PNG"),
        "GIF": _encoded(seen.quantize(64), "GIF"),
        "GIF moving": _encoded(seen.quantize(64), "GIF", **painted),
        "WebP": _encoded(seen, "WEBP", **told),
        "WebP lossless": _encoded(seen.convert("RGBA"), "WEBP", lossless=True),
        "WebP moving": _encoded(seen, "WEBP", **frames),
        "AVIF": _encoded(seen, "AVIF", **told),
        "AVIF moving": _encoded(seen, "AVIF", **frames),
    }  # fmt: skip
    if TAKES_HEIC:
        files["HEIC"] = _encoded(seen, "HEIF", **told)
    return files


def _bits(data: bytearray, chance: Random) -> None:
    for _wound in range(chance.choice((1, 2, 8, 64))):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _head(data: bytearray, chance: Random) -> None:
    """Wound the first bytes, where sizes and lengths stand."""
    for _wound in range(chance.choice((1, 2, 4))):
        data[chance.randrange(min(len(data), 400))] = chance.choice((0, 1, 0x7F, 0x80, 0xFF))


def _number(data: bytearray, chance: Random) -> None:
    """Put a number as programmers fear them somewhere, in either order of bytes."""
    value = chance.choice((0, 1, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 7745, 60_000))
    place = chance.randrange(min(len(data), 2000))
    length = chance.choice((2, 4))
    data[place : place + length] = (value % 256**length).to_bytes(
        length, chance.choice(("big", "little"))
    )


def _cut(data: bytearray, chance: Random) -> None:
    del data[chance.randrange(len(data)) :]


def _hole(data: bytearray, chance: Random) -> None:
    start = chance.randrange(len(data))
    del data[start : start + chance.randrange(1, 2000)]


def _twice(data: bytearray, chance: Random) -> None:
    start = chance.randrange(len(data))
    piece = data[start : start + chance.randrange(1, 2000)]
    place = chance.randrange(len(data))
    data[place:place] = piece * chance.choice((1, 1, 30))


def _noise(data: bytearray, chance: Random) -> None:
    start = chance.randrange(len(data))
    data[start : start + 300] = chance.randbytes(300)


WOUNDS: tuple[Callable[[bytearray, Random], None], ...] = (
    _bits, _head, _number, _cut, _hole, _twice, _noise
)  # fmt: skip


def mutants(count: int, seed: int = 2023) -> Iterator[tuple[str, bytes]]:
    """Yield ``count`` wounded files, each with what it was; the kinds take turns."""
    chance, files = Random(seed), wholes()
    files |= {f"{name} as {other}": _crossed(files[name], files[other], chance)
              for name, other in zip(files, [*files][1:], strict=False)}  # fmt: skip
    for number in range(count):
        name = [*files][number % len(files)]
        data = bytearray(files[name])
        for _time in range(chance.choice((1, 1, 1, 2, 3))):
            chance.choice(WOUNDS)(data, chance)
            if not data:
                break
        yield f"{number}: {name}", bytes(data)


def _crossed(one: bytes, other: bytes, chance: Random) -> bytes:
    """Return the beginning of one file with the end of another."""
    return one[: chance.randrange(12, len(one))] + other[chance.randrange(len(other)) :]
