"""A text as it is compared with others: its runs of four characters, and a quarter of them.

Chinese has no words to go by. Unrelated texts of one district share few runs of four characters; a
story told again shares a third and more. To find what is worth comparing among thousands, a
quarter of the runs is enough, always the same quarter: those whose checksum says so.
"""

from array import array
from collections import Counter
from functools import cached_property
from itertools import chain
from zlib import crc32

from articles.search import normal

RUN = 4  # characters
ALIKE = 40  # per cent of the shorter text
SHORTEST = 40  # runs; of less nothing can be said
KEPT = 4  # one in so many runs is a mark
# What the marks share may lie this far below what the texts share, by chance.
DOUBT = 0.5
_WIDE = 4 * RUN  # bytes of a run in UTF-32


def plain(text: str) -> str:
    """Return the letters, digits and Chinese characters of a text, as they are compared."""
    return "".join(filter(str.isalnum, normal(text)))


class Print:
    """A text as it is compared with others."""

    def __init__(self, text: str, marks: frozenset[int] | None = None):
        """Take the text of a piece, and its marks where they are known."""
        self.text = text
        if marks is not None:
            self.marks = marks

    @cached_property
    def plain(self) -> str:
        """What of it is compared."""
        return plain(self.text)

    @cached_property
    def runs(self) -> set[str]:
        """Every run of its characters."""
        return {self.plain[at : at + RUN] for at in range(len(self.plain) - RUN + 1)}

    @cached_property
    def marks(self) -> frozenset[int]:
        """The checksums of those of its runs that stand for all."""
        wide = self.plain.encode("utf-32-le")
        sums = [crc32(wide[at : at + _WIDE]) for at in range(0, len(wide) - _WIDE + 1, 4)]
        return frozenset([each for each in sums if each % KEPT == 0])

    def share(self, other: "Print") -> int:
        """Return how many per cent of the shorter text stand in the other, too."""
        least = min(len(self.runs), len(other.runs))
        return 0 if least < SHORTEST else 100 * len(self.runs & other.runs) // least


def packed(marks: frozenset[int]) -> bytes:
    """Return marks as they are stored."""
    return array("I", sorted(marks)).tobytes()


def unpacked(stored: bytes) -> frozenset[int]:
    """Return marks as they were before they were stored."""
    return frozenset(array("I", bytes(stored)))


def may_be_alike(marks: frozenset[int], others: frozenset[int]) -> bool:
    """Say whether two texts are worth comparing, by their marks alone."""
    return is_much(len(marks & others), marks, others)


def is_much(shared: int, marks: frozenset[int], others: frozenset[int]) -> bool:
    """Say whether so many shared marks make two texts worth comparing."""
    return shared * 100 > min(len(marks), len(others)) * ALIKE * DOUBT


class Among:
    """The marks of some texts, so that each of thousands is compared with all of them at once."""

    def __init__(self, several: list[frozenset[int]]):
        """Take the marks of each."""
        self._several = several
        self._having: dict[int, list[int]] = {}
        for number, marks in enumerate(several):
            for mark in marks:
                self._having.setdefault(mark, []).append(number)
        self._any = frozenset(self._having)

    def near(self, marks: frozenset[int]) -> list[int]:
        """Return which of the texts, by their places, are worth comparing with one."""
        having = map(self._having.__getitem__, self._any & marks)
        counts = Counter(chain.from_iterable(having))
        return [at for at, shared in counts.items() if is_much(shared, self._several[at], marks)]
