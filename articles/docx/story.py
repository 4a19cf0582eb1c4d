"""From the tree of a Word file to a manuscript: titles, names, text, pictures in their places."""

import re
from dataclasses import dataclass, field

from mammoth import documents

from articles.docx.heads import Head, Line, read_head
from articles.docx.names import Named, read_credit, read_names, read_tail
from articles.docx.rebuilding import SAFE_LINKS

LONGEST_CAPTION, LONGEST_CREDIT, LONGEST_ALTERNATIVE = 300, 80, 200
SHORT_CAPTION = 100  # characters of a centred paragraph below a picture

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff\ue000-\uf8ff\x00]")
_BLANK = re.compile(r"[\s\u00a0\u3000]+")
_MARKED = re.compile(
    r"[▲▼△▽◀▶←→↑↓]|[上下左右]?图(?:[一二三四五六七八九十\d]{0,2}|片)?(?:为|[:：])|图片说明"
    r"|图\s?\d{1,2}[\s　]"
)
_MARK = re.compile(r"^(?:[▲▼△▽◀▶←→↑↓]\s*|图片说明[:：]\s*|图\s?\d{1,2}[\s　:：]+|图片?[:：]\s*)")
_MADE_BY_MACHINE = re.compile(r"自动生成|^图片\s*\d*$|^图形|[\\/]|\.\w{3,4}$|^IMG|^wps", re.I)
_HAN = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True)
class Picture:
    """A picture as it came, its number among them, and proposals for its words."""

    data: bytes
    caption: str = ""
    credit: str = ""
    alternative_text: str = ""


@dataclass
class _Place:
    """Where a picture stands, and what is said of it."""

    number: int
    alternative_text: str
    caption: str = ""
    credit: str = ""


@dataclass
class Story:
    """What is read from the tree on its way through the converter."""

    pictures: list[bytes]
    head: Head = field(default_factory=Head)
    names: list[Named] = field(default_factory=list)
    places: list[_Place] = field(default_factory=list)

    def take(self, document):
        """Return the tree without titles, names and captions; pictures are marks in it."""
        blocks = [block for child in document.children for block in self._cleaned(child)]
        blocks = self._without_head(blocks)
        blocks = self._with_captions(blocks)
        return document.copy(children=self._without_signature(blocks), notes=_NO_NOTES, comments=[])

    # Cleaning

    def _cleaned(self, block) -> list:
        """Return a block, and after it the pictures that stood in it."""
        before = len(self.places)
        rebuilt = self._rebuilt(block)
        marks = [_paragraph(mark(number)) for number in range(before, len(self.places))]
        return [*(each for each in rebuilt if not marks or words_of(each).strip()), *marks]

    def _rebuilt(self, element) -> list:
        if isinstance(element, documents.Text):
            return [documents.text(_UNSEEN.sub("", element.value).replace("\u00a0", " "))]
        if isinstance(element, documents.Image):
            self._place(element)
            return []
        if isinstance(element, documents.Checkbox):
            return [documents.text("☑" if element.checked else "□")]
        if isinstance(element, documents.Tab):
            return [documents.text(" ")]
        if not isinstance(element, documents.HasChildren):
            return [element] if element == documents.line_break else []
        children = [new for child in element.children for new in self._rebuilt(child)]
        if isinstance(element, documents.Hyperlink):
            safe = (element.href or "").lower().startswith(SAFE_LINKS)
            return [element.copy(children=children)] if safe and children else children
        if isinstance(element, documents.Paragraph):
            children = _without_indent(children)
        return [element.copy(children=children)]

    def _place(self, image) -> None:
        with image.open() as content:
            number = int(content.read())
        self.places.append(_Place(number, _alternative(image.alt_text or "")))

    # Reading

    def _without_head(self, blocks: list) -> list:
        filled = [block for block in blocks if words_of(block).strip()]
        lines = []
        for block in filled:
            if not _is_plain(block):
                break
            lines.append(_line(block))
        self.head = read_head(lines)
        self.names += self.head.names
        return filled[self.head.lines :]

    def _with_captions(self, blocks: list) -> list:
        left, above = [], []
        for block in blocks:
            number = _number_of(block)
            if number >= 0:
                above.append(self.places[number])
            elif above and _is_caption(block):
                words = _MARK.sub("", _flat(words_of(block)))
                caption, credit = read_credit(words)
                above[0].caption = caption[:LONGEST_CAPTION]
                above[0].credit = credit[:LONGEST_CREDIT]
                above = []
                continue
            else:
                above = []
            left.append(block)
        return left

    def _without_signature(self, blocks: list) -> list:
        """Take names off the end of the text: a line of their own, or in brackets."""
        at = next((at for at in reversed(range(len(blocks))) if _number_of(blocks[at]) < 0), None)
        if at is None or self.names or not _is_plain(blocks[at]):
            return blocks
        words = words_of(blocks[at]).strip()
        if at and (own := read_names(words)):
            self.names += own
            return [*blocks[:at], *blocks[at + 1 :]]
        rest, self.names = read_tail(words)
        cut = _cut(blocks[at], len(words) - len(rest)) if self.names else blocks[at]
        return [*blocks[:at], cut, *blocks[at + 1 :]]


_NO_NOTES = documents.notes([])


def mark(number: int) -> str:
    """Return what stands in a text for the place of a picture; no text of a file has it."""
    return f"\ue000{number}\ue001"


MARKS = re.compile("<p>(?:<[^<>]*>)*\ue000(\\d+)\ue001(?:<[^<>]*>)*</p>")


def words_of(element) -> str:
    """Return the plain words of an element."""
    if isinstance(element, documents.Text):
        return element.value
    if element == documents.line_break:
        return "\n"
    return "".join(words_of(child) for child in getattr(element, "children", ()))


def _number_of(block) -> int:
    words = words_of(block)
    return int(words[1:-1]) if words.startswith("\ue000") else -1


def _paragraph(words: str):
    return documents.paragraph([documents.run([documents.text(words)])])


def _flat(words: str) -> str:
    return _BLANK.sub(" ", words).strip()


def _line(block) -> Line:
    runs = [each for each in block.children if isinstance(each, documents.Run)]
    runs = [each for each in runs if words_of(each).strip()]
    indent = block.indent.first_line if block.indent else None
    return Line(
        words=_flat(words_of(block)),
        style=block.style_name or "",
        size=max((run.font_size or 0 for run in runs), default=0),
        bold=bool(runs) and all(run.is_bold for run in runs),
        centred=block.alignment == "center",
        indented=bool(indent and indent.isdigit() and int(indent)),
    )


def _is_plain(block) -> bool:
    """Say whether a block is words: neither a table, nor a list, nor a picture's place."""
    is_words = isinstance(block, documents.Paragraph) and not block.numbering
    return is_words and _number_of(block) < 0


def _is_caption(block) -> bool:
    """Say whether a paragraph below a picture looks like what is said of it."""
    if not _is_plain(block):
        return False
    words = _flat(words_of(block))
    if len(words) > LONGEST_CAPTION:
        return False
    named = (block.style_name or "").lower() in ("caption", "题注")
    return bool(
        named
        or _MARKED.match(words)
        or read_credit(words)[1]
        or (block.alignment == "center" and len(words) <= SHORT_CAPTION)
    )


def _alternative(text: str) -> str:
    """Return what somebody wrote about a picture; what programs write there is left out."""
    words = _flat(text)
    if not _HAN.search(words) or _MADE_BY_MACHINE.search(words):
        return ""
    return words[:LONGEST_ALTERNATIVE]


def _without_indent(children: list) -> list:
    """Take the blanks off the beginning of a paragraph: indents are the layout's."""
    return _stripped(children, [False])


def _stripped(children: list, begun: list[bool]) -> list:
    found = []
    for child in children:
        if begun[0]:
            found.append(child)
        elif isinstance(child, documents.Text):
            words = child.value.lstrip(" \t\u3000\u00a0\r\n")
            begun[0] = bool(words)
            found.append(documents.text(words))
        elif isinstance(child, documents.HasChildren):
            found.append(child.copy(children=_stripped(child.children, begun)))
        elif child != documents.line_break:
            found.append(child)
    return found


def _cut(element, most: int):
    """Return an element without so many of its last characters, blanks at the end not counted."""
    words = words_of(element)
    keep = len(words.rstrip()) - most
    return _kept(element, [keep])


def _kept(element, left: list[int]):
    if isinstance(element, documents.Text):
        kept = element.value[: max(0, left[0])]
        left[0] -= len(element.value)
        return documents.text(kept)
    if isinstance(element, documents.HasChildren):
        return element.copy(children=[_kept(child, left) for child in element.children])
    left[0] -= element == documents.line_break
    return element
