"""Pictures as heavy as photographs, with every file that belongs to them."""

import io
from dataclasses import replace
from functools import cache
from random import Random

from PIL import Image

from articles import darkroom, renditions
from articles.images import Developed, develop, negative, rendered
from articles.models import Article, Photo
from tests import factories

WIDE, TALL = (2400, 1600), (1600, 2400)
FINER = 0.22  # how much of each finer grain is laid over: a JPEG of WIDE comes to about a megabyte


def photograph(seed: int, size: tuple[int, int] = WIDE) -> Image.Image:
    """Return coloured grain of every size, the coarse stronger than the fine, as in nature."""
    chance = Random(seed)
    painted = Image.new("RGB", size, tuple(chance.randrange(60, 200) for _channel in "rgb"))
    fine = 3
    while fine <= size[0]:
        grains = (fine, max(1, fine * size[1] // size[0]))
        noise = Image.frombytes("RGB", grains, chance.randbytes(grains[0] * grains[1] * 3))
        painted = Image.blend(painted, noise.resize(size, Image.Resampling.BICUBIC), FINER)
        fine *= 2
    return painted


@cache
def _developed(seed: int, size: tuple[int, int]) -> Developed:
    """Return a photograph with all its files, as the worker would have made them."""
    file = io.BytesIO()
    photograph(seed, size).save(file, "JPEG", quality=95)
    developed, pixels = develop(file.getvalue()), negative(file.getvalue())
    missing = set(renditions.names(developed.width)) - set(developed.files)
    made = {name: rendered(pixels, name) for name in missing}
    return replace(developed, files=developed.files | made)


def kept(seed: int, size: tuple[int, int] = WIDE) -> Developed:
    """Keep a photograph with all its files."""
    developed = _developed(seed, size)
    darkroom.keep(developed)
    return developed


def hung(article: Article, developed: Developed, **fields) -> Photo:
    """Put a kept picture on a draft."""
    return factories.with_photo(
        article,
        developed.digest,
        width=developed.width,
        height=developed.height,
        widths=developed.widths,
        **fields,
    )
