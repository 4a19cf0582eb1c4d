"""What a picture looks like, as a number: near-identical pictures have near numbers.

Two grids lie over the greys of a picture, and each bit says whether one field is darker than its
neighbour: 36 times to the right, 28 times below. Knows no models. Why this one of six ways, with
what they were measured on, stands in ``docs/adr`` (“Pictures are known again by …”).
"""

from django.db.models import Func, SmallIntegerField
from PIL import Image

# Bits by which two numbers may differ and the pictures still count as near-identical.
NEAR = 7
# Greys, of 256, between the lightest and the darkest field: less is a wall, a sky, a blank sheet.
LEAST_CONTRAST = 6
_ACROSS = (7, 6)  # fields of the grid whose neighbours to the right are compared
_DOWN = (5, 7)  # fields of the grid whose neighbours below are compared
_BITS, _SIGN = 64, 1 << 63


def fingerprint(image: Image.Image) -> int | None:
    """Return the number of an upright picture, within a signed 64-bit integer.

    None for a picture without any drawing, which would be like every other such.
    """
    grey = image.convert("L")
    across, down = _fields(grey, _ACROSS), _fields(grey, _DOWN)
    if max(across) - min(across) < LEAST_CONTRAST:
        return None
    wide = _ACROSS[0]
    darker = [
        across[place] < across[place + 1] for place in range(len(across)) if (place + 1) % wide
    ]
    darker += [one < below for one, below in zip(down, down[_DOWN[0] :], strict=False)]
    number = sum(bit << place for place, bit in enumerate(darker[:_BITS]))
    return number - 2 * _SIGN if number >= _SIGN else number


def _fields(grey: Image.Image, size: tuple[int, int]) -> bytes:
    return grey.resize(size, Image.Resampling.LANCZOS).tobytes()


def apart(one: int, other: int) -> int:
    """Return by how many bits, of 64, two numbers differ; ``Apart`` says the same in SQL."""
    return ((one ^ other) % (2 * _SIGN)).bit_count()


class Apart(Func):
    """By how many bits two numbers differ; null where one is."""

    template = "bit_count((%(expressions)s)::bit(64))"
    arg_joiner = " # "
    output_field = SmallIntegerField()
