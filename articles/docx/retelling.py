"""Write the XML of a Word file anew, with nothing in it that a piece has no use for.

What converts it afterwards sees only elements that stand here, in numbers that are bounded. A
document type or an entity is refused where it is declared, so none is ever expanded.
"""

from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from articles.docx.refusals import (
    UnreadableDocumentError,
    damaged,
    too_complicated,
    too_long,
    too_many_pictures,
)
from articles.markup import LONGEST_TEXT

MOST_NODES = 60_000  # elements and attributes kept, in all parts
MOST_EVENTS = 600_000  # elements read, in all parts
DEEPEST = 72
MOST_PICTURES = 30  # places in which pictures stand
LONGEST_ATTRIBUTE = 1_000

_OFFICE = "http://schemas.openxmlformats.org/"
_STRICT = "http://purl.oclc.org/ooxml/"
PREFIXES = {
    f"{_OFFICE}wordprocessingml/2006/main": "w",
    f"{_STRICT}wordprocessingml/main": "w",
    f"{_OFFICE}officeDocument/2006/relationships": "r",
    f"{_STRICT}officeDocument/relationships": "r",
    f"{_OFFICE}drawingml/2006/wordprocessingDrawing": "wp",
    f"{_STRICT}drawingml/wordprocessingDrawing": "wp",
    f"{_OFFICE}drawingml/2006/main": "a",
    f"{_STRICT}drawingml/main": "a",
    f"{_OFFICE}drawingml/2006/picture": "pic",
    f"{_STRICT}drawingml/picture": "pic",
    f"{_OFFICE}markup-compatibility/2006": "mc",
    "urn:schemas-microsoft-com:vml": "v",
}
_DECLARED = "".join(
    f' xmlns:{prefix}="{space}"' for space, prefix in PREFIXES.items() if _STRICT not in space
)
_WORDS = """
    document body p r t tab br sym noBreakHyphen pPr rPr pStyle rStyle numPr numId ilvl jc ind
    b i u strike vertAlign sz hyperlink fldChar instrText tbl tr tc tblPr trPr tblHeader tcPr
    gridSpan vMerge drawing pict ins del moveTo smartTag customXml sdt sdtContent txbxContent
    styles style name numbering abstractNum lvl numFmt lvlText start numStyleLink num abstractNumId
    lvlOverride
    footnoteReference endnoteReference
"""
ELEMENTS = {f"w:{name}" for name in _WORDS.split()} | {
    "wp:inline", "wp:anchor", "wp:docPr", "a:graphic", "a:graphicData", "a:blip", "pic:pic",
    "pic:blipFill", "mc:AlternateContent", "mc:Fallback", "v:group", "v:rect", "v:roundrect",
    "v:shape", "v:textbox", "v:imagedata",
}  # fmt: skip
_ATTRIBUTES = {
    "w:val", "w:type", "w:styleId", "w:numId", "w:abstractNumId", "w:ilvl", "w:fldCharType",
    "w:char", "w:font", "w:firstLine",
}  # fmt: skip
_NOTES = {"w:footnoteReference", "w:endnoteReference"}
_WITH_TEXT = {"w:t", "w:instrText"}
_OF_A_RELATION = {"Id", "Type", "Target"}
_NUMBERS = {"w:gridSpan", "w:sz"}


@dataclass
class Retold:
    """What is counted while the parts are written anew, and what they name outside themselves."""

    links: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)
    nodes: int = 0
    events: int = 0
    characters: int = 0
    notes: int = 0
    places: int = 0
    lost_pictures: int = 0


class _Copy:
    """The handlers of one part."""

    def __init__(self, retold: Retold):
        self.retold, self.out = retold, []
        self.open: list[str] = []
        self.skipped = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.retold.events += 1
        if self.retold.events > MOST_EVENTS:
            raise too_complicated()
        short = _short(name)
        if self.skipped or short not in ELEMENTS or short in _NOTES:
            self.retold.notes += short in _NOTES and not self.skipped
            self.skipped += 1
            return
        kept = dict(self._kept(short, attributes))
        if short == "w:sym" and len(kept) < 2:  # a character of no font, or none of a font
            self.skipped += 1
            return
        self.retold.nodes += 1 + len(kept)
        if self.retold.nodes > MOST_NODES or len(self.open) >= DEEPEST:
            raise too_complicated()
        declared = "" if self.open else _DECLARED
        written = "".join(f" {key}={quoteattr(value)}" for key, value in kept.items())
        self.out.append(f"<{short}{declared}{written}>")
        self.open.append(short)

    def end(self, _name: str) -> None:
        if self.skipped:
            self.skipped -= 1
        else:
            self.out.append(f"</{self.open.pop()}>")

    def text(self, words: str) -> None:
        if not self.skipped and self.open and self.open[-1] in _WITH_TEXT:
            self.retold.characters += len(words)
            if self.retold.characters > LONGEST_TEXT:
                raise too_long()
            self.out.append(escape(words))

    def _kept(self, element: str, attributes: dict[str, str]):
        for name, value in attributes.items():
            short = _short(name)
            if short in ("r:id", "r:embed"):
                if number := self._named(element, value):
                    yield short, number
            elif self._is_kept(element, short, value):
                yield short, value[:LONGEST_ATTRIBUTE]
        if element == "a:blip" and not any(_short(name) == "r:embed" for name in attributes):
            self.retold.lost_pictures += 1

    def _named(self, element: str, key: str) -> str:
        """Return the key of something outside this part, if it is there to be had."""
        known = self.retold.links if element == "w:hyperlink" else self.retold.pictures
        if element in ("a:blip", "v:imagedata"):
            self.retold.places += 1
            self.retold.lost_pictures += key not in known
            if self.retold.places > MOST_PICTURES:
                raise too_many_pictures(MOST_PICTURES)
        return key if key in known else ""

    @staticmethod
    def _is_kept(element: str, name: str, value: str) -> bool:
        if element in _NUMBERS:
            return name == "w:val" and value.isascii() and value.isdigit() and len(value) < 4
        if element == "w:sym":
            return name == "w:font" or (name == "w:char" and _is_hexadecimal(value))
        return name in _ATTRIBUTES or (element == "wp:docPr" and name == "descr")


def retell(xml: bytes, retold: Retold) -> str:
    """Return a part of a Word file, written anew. Raises UnreadableDocumentError."""
    copy = _Copy(retold)
    parser = _parser()
    parser.StartElementHandler, parser.EndElementHandler = copy.start, copy.end
    parser.CharacterDataHandler = copy.text
    _run(parser, xml)
    if not copy.out:
        raise damaged()
    return "".join(copy.out)


def relations(xml: bytes) -> list[dict[str, str]]:
    """Return the relations a part of relations declares, each as its attributes."""
    found = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(" ")[2] == "Relationship" and set(attributes) >= _OF_A_RELATION:
            found.append(attributes)
        if len(found) > MOST_NODES // 10:
            raise too_complicated()

    parser = _parser()
    parser.StartElementHandler = start
    _run(parser, xml)
    return found


def _parser():
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.ExternalEntityRefHandler = None
    return parser


def _refuse(*_declared) -> None:
    raise damaged()


def _run(parser, xml: bytes) -> None:
    try:
        parser.Parse(xml, True)
    except UnreadableDocumentError:
        raise
    except (expat.ExpatError, ValueError, LookupError):
        raise damaged() from None


def _short(name: str) -> str:
    space, _blank, local = name.rpartition(" ")
    return f"{PREFIXES.get(space, '?')}:{local}" if space else local


def _is_hexadecimal(value: str) -> bool:
    return 0 < len(value) < 7 and all(char in "0123456789abcdefABCDEF" for char in value)
