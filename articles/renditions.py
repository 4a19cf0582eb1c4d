"""Which files belong to a picture, by the width of its master alone; and what is in each.

A rendition is called by its width in pixels and its format: ``960.avif``. The master, the file
whose digest names the picture, is the widest WebP.
"""

from collections.abc import Iterable

WIDTHS = (480, 960, 1600)
CONTENT_TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
FORMATS = tuple(CONTENT_TYPES)
MASTER_FORMAT = "webp"
# What every browser and every mail program can show, and wide enough for a phone.
ORDINARY_WIDTH = 960


def name(width: int, file_format: str) -> str:
    """Return what a rendition is called."""
    return f"{width}.{file_format}"


def parts(rendition: str) -> tuple[int, str]:
    """Return the width and the format of a rendition."""
    width, _dot, file_format = rendition.partition(".")
    return int(width), file_format


def content_type(rendition: str) -> str:
    """Return its exact media type."""
    return CONTENT_TYPES[parts(rendition)[1]]


def widths(master: int) -> list[int]:
    """Return the widths a picture is kept in, rising; the last is the master's own."""
    return [*(width for width in WIDTHS if width < master), master]


def names(master: int) -> list[str]:
    """Return every rendition of a picture, the narrowest first."""
    return [name(width, kind) for width in widths(master) for kind in FORMATS]


def master_name(master: int) -> str:
    """Return what the master is called."""
    return name(master, MASTER_FORMAT)


def quick_name(master: int) -> str:
    """Return the JPEG that is made at once, so that anybody can be shown something."""
    fitting = [width for width in widths(master) if width <= ORDINARY_WIDTH]
    return name(fitting[-1] if fitting else master, "jpg")


def missing(master: int, ready: Iterable[str]) -> list[str]:
    """Return the renditions that are still to be made."""
    have = set(ready)
    return [each for each in names(master) if each not in have]


def best(width: int, file_format: str, ready: Iterable[str]) -> str | None:
    """Return what there is in place of a rendition that may not be ready; None if there is nothing.

    First comes what whoever asks can show: a browser asks for the best format it knows. Then wider
    before narrower, near before far, the wanted format before others.
    """
    known = _SHOWN_WITH[file_format]

    def strangeness(rendition: str) -> tuple:
        other, kind = parts(rendition)
        order = known.index(kind) if kind in known else len(known)
        return kind not in known, other < width, abs(other - width), order

    return min(ready, key=strangeness, default=None)


# Who can show the first can show the others.
_SHOWN_WITH = {"avif": ("avif", "webp", "jpg"), "webp": ("webp", "jpg"), "jpg": ("jpg",)}
