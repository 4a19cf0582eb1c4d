"""Which part of a file somebody asks for with ``Range``."""

import re

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


class OutsideError(ValueError):
    """A part that begins behind the end of the file."""


def part_of(header: str, size: int) -> tuple[int, int] | None:
    """Return the first byte of the part asked for and the one after its last; None for the whole.

    Several parts at once, other units and nonsense get the whole file, as HTTP allows. Raises
    OutsideError where there is nothing of the part.
    """
    asked = _RANGE.fullmatch(header.strip())
    if asked is None or asked[0] == "bytes=-":
        return None
    first, last = asked.groups()
    if not first:  # so many bytes at the end
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), min(size, int(last) + 1) if last else size
        if last and int(last) < start:
            return None
    if start >= size:
        raise OutsideError
    return start, end
