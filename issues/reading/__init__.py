"""Read the raw text of a newspaper edition and turn it into structured pieces."""

from .accounting import invented_characters, lost_characters
from .decoding import UnreadableEditionError, decode
from .edition import read_edition
from .pieces import Caption, Credit, Edition, PageHead, Piece, ReadingWarning, Titles

__all__ = [
    "Caption",
    "Credit",
    "Edition",
    "PageHead",
    "Piece",
    "ReadingWarning",
    "Titles",
    "UnreadableEditionError",
    "decode",
    "invented_characters",
    "lost_characters",
    "read_edition",
]
