"""Pictures with something to be seen in them, drawn from a seed; no two seeds look alike."""

from random import Random

from PIL import Image, ImageDraw

SIZE = (900, 600)


def scene(seed: int, size: tuple[int, int] = SIZE) -> Image.Image:
    """Return a picture as uneven as a photograph: light above, stains, and some things in it."""
    chance = Random(seed)
    light = Image.linear_gradient("L").transpose(Image.Transpose.FLIP_TOP_BOTTOM).resize(size)
    painted = Image.merge("RGB", [Image.blend(light, _stains(chance, size), 0.6)] * 3)
    draw = ImageDraw.Draw(painted)
    wide, high = size
    for _thing in range(chance.randrange(3, 12)):
        x, y = chance.randrange(wide), chance.randrange(high)
        reach = chance.randrange(wide // 30, wide // 3)
        shape = draw.ellipse if chance.random() < 0.5 else draw.rectangle
        colour = tuple(chance.randrange(256) for _channel in range(3))
        shape((x, y, x + reach, y + reach * chance.uniform(0.4, 1.8)), fill=colour)
    return painted


def _stains(chance: Random, size: tuple[int, int]) -> Image.Image:
    """Return greys that change from place to place, coarsely and finely."""
    mixed = None
    for fine in (2, 4, 8, 16):
        across, down = fine * 3, fine * 2
        grains = Image.frombytes("L", (across, down), chance.randbytes(across * down))
        grown = grains.resize(size, Image.Resampling.BICUBIC)
        mixed = grown if mixed is None else Image.blend(mixed, grown, 0.35)
    return mixed
