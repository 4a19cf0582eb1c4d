"""Traditional characters and the simplified ones they are searched as: a table, one for one.

One character becomes one character, so that places in a text stay where they are. What a
traditional character becomes by its company (乾坤, 乾燥) is left aside: text and query are folded
alike, so both are found by either writing. The table is OpenCC's (ADR 0043).
"""

from pathlib import Path

_FILE = Path(__file__).with_name("traditional.txt")
_PAIRS = "".join(line for line in _FILE.read_text("utf-8").splitlines() if not line.startswith("#"))

TRADITIONAL = _PAIRS[::2]
SIMPLIFIED = _PAIRS[1::2]
TABLE = dict(zip(map(ord, TRADITIONAL), map(ord, SIMPLIFIED), strict=True))


def simple(text: str) -> str:
    """Return a text in simplified characters; ``articles_simple`` does so in the database."""
    return text.translate(TABLE)
