"""Tell titles and author lines from the text of a manuscript: proposals, for a person."""

import re
from dataclasses import dataclass, field

from articles.docx.names import Named, read_names

LONGEST_TITLE = 60  # characters of a line that may be a title
MOST_LINES = 8
LIMITS = {"kicker": 120, "headline": 120, "deck": 200}
_LABEL = re.compile(
    r"(标\s*题|主\s*题|主标题|题\s*目|引\s*题|肩\s*题|眉\s*题|副\s*题|副标题)\s*[:：]\s*(.+)"
)
_LABELS = {"引题": "kicker", "肩题": "kicker", "眉题": "kicker", "副题": "deck", "副标题": "deck"}
_STOP = re.compile(r"[。；;][”’）》]*$")
_DASH = re.compile(r"^\s*(?:——|--|—)")


@dataclass(frozen=True)
class Line:
    """A paragraph before the text, and what it looks like; ``size`` in points, 0 if unsaid."""

    words: str
    style: str = ""
    size: float = 0
    bold: bool = False
    centred: bool = False
    indented: bool = False


@dataclass
class Head:
    """What stands before the text: ``lines`` counts the paragraphs it takes up."""

    titles: dict[str, str] = field(default_factory=dict)
    names: list[Named] = field(default_factory=list)
    lines: int = 0


def read_head(lines: list[Line]) -> Head:
    """Read the lines a manuscript begins with, until the first that is text."""
    head, titles = Head(), []
    for line in lines[:MOST_LINES]:
        labelled = _LABEL.fullmatch(line.words)
        if labelled:
            kind = _LABELS.get(re.sub(r"\s", "", labelled[1]), "headline")
            head.titles.setdefault(kind, labelled[2])
        elif (names := read_names(line.words)) and (titles or head.titles):
            head.names += names
        elif not head.names and _looks_like_title(line, bool(titles or head.titles)):
            titles.append(line)
        else:
            break
        head.lines += 1
    if titles and "headline" not in head.titles:
        head.titles |= _parted(titles)
    too_long = any(len(words) > LIMITS[name] for name, words in head.titles.items())
    return Head(names=head.names) if too_long else head


def _looks_like_title(line: Line, later: bool) -> bool:
    """The first short line is a title; a later one has to look like one too."""
    if len(line.words) > LONGEST_TITLE or _STOP.search(line.words):
        return False
    if line.style.lower() in ("title", "subtitle", "标题", "副标题"):
        return True
    if later:
        return bool(_DASH.match(line.words)) or line.centred or line.style.lower() == "heading 1"
    return not line.indented or line.centred or line.bold


def _parted(lines: list[Line]) -> dict[str, str]:
    """Say which line is which: the largest is the headline, what begins with a dash its deck."""
    decks = [line for line in lines if _DASH.match(line.words) or line.style.lower() == "subtitle"]
    rest = [line for line in lines if line not in decks] or lines[:1]
    decks = [line for line in decks if line not in rest]
    weights = [_weight(line) for line in rest]
    first = weights.index(max(weights))
    last = first
    while last + 1 < len(rest) and weights[last + 1] == weights[first] and weights[first] > (0, 0):
        last += 1
    found = {
        "kicker": " ".join(line.words for line in rest[:first]),
        "headline": "|".join(line.words for line in rest[first : last + 1]),
        "deck": " ".join(line.words for line in [*rest[last + 1 :], *decks]),
    }
    return {name: words for name, words in found.items() if words}


def _weight(line: Line) -> tuple[int, float]:
    return int(line.style.lower() in ("title", "标题", "heading 1")), line.size
