"""Pictures whose every file is there, as after the worker has been."""

from dataclasses import replace

from articles import darkroom, renditions
from articles.images import Developed, develop, negative, rendered


def finished(data: bytes) -> Developed:
    """Return a picture with all its files, and none of them stored."""
    developed, pixels = develop(data), negative(data)
    return replace(
        developed,
        files={name: rendered(pixels, name) for name in renditions.names(developed.width)},
    )


def kept(data: bytes) -> Developed:
    """Store every file of a picture."""
    developed = finished(data)
    darkroom.keep(developed)
    return developed
