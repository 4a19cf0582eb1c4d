"""The numbers that Word counts by itself and prints: 一、 （二） 第三条. A piece has them as text.

A list of a web page can count 1. 2. 3. and nothing else, so every other kind is written out where
it stands. Works on parts that were written anew, which are small and declare nothing.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from xml.etree import ElementTree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_DIGITS = "〇一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_LEGAL = str.maketrans("一二三四五六七八九十", "壹贰叁肆伍陆柒捌玖拾")
_HAN = {
    "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
    "taiwaneseCountingThousand",
}  # fmt: skip
# Digit by digit: 一〇 for ten.
_HAN_DIGITS = {"ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"}
_CIRCLES = {"decimalEnclosedCircle", "decimalEnclosedCircleChinese"}
_DECIMAL = {"decimal", "decimalZero", "decimalFullWidth", "decimalHalfWidth"}
# What a list of a web page shows by itself.
_AS_A_LIST = re.compile(r"^%\d+\s*[.．、]?\s*$")
_LEVELS = 9


@dataclass(frozen=True)
class _Level:
    """How one level of a list counts: the format, the text around, the number it begins with."""

    format: str = ""
    text: str = ""
    start: int = 1

    @property
    def is_list(self) -> bool:
        return (
            self.format in ("", "bullet", "none")
            or not self.text
            or (self.format in _DECIMAL and bool(_AS_A_LIST.match(self.text)))
        )


class _Counter:
    """Counts through a text as Word does: a level begins anew below one that went on."""

    def __init__(self, numbering: ElementTree.Element):
        self.lists = dict(_lists(numbering))
        self.by_style = _levels_by_style(numbering)
        self.counts: dict[str, dict[int, int]] = defaultdict(dict)

    def next(self, number: str, depth: int) -> str | None:
        """Return what is printed before a paragraph, or None where a list shows it itself."""
        key, levels = self.lists.get(number, ("", {}))
        level = levels.get(depth)
        if level is None:
            return None
        counts = self.counts[key]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        if level.is_list:
            return None
        return re.sub(r"%([1-9])", lambda found: self._one(levels, counts, found), level.text)

    @staticmethod
    def _one(levels, counts, found) -> str:
        depth = int(found[1]) - 1
        level = levels.get(depth, _Level())
        return counted(counts.get(depth, level.start), level.format)


def write_out(body: str, numbering: str) -> str:
    """Return the text of a Word file with the numbers written out that no list can show."""
    counter = _Counter(ElementTree.fromstring(numbering))  # noqa: S314 - written by ``retelling``
    document = ElementTree.fromstring(body)  # noqa: S314 - likewise
    found = False
    for paragraph in document.iter(f"{_W}p"):
        looks = paragraph.find(f"{_W}pPr")
        if looks is not None and (printed := _printed(looks, counter)):
            _take_out_of_its_list(looks)
            paragraph.insert(list(paragraph).index(looks) + 1, _run(printed))
            found = True
    return ElementTree.tostring(document, encoding="unicode") if found else body


def counted(number: int, kind: str) -> str:
    """Return a number as Word prints it in one of its formats."""
    if kind in _HAN:
        return _in_han(number)
    if kind == "chineseLegalSimplified":
        return _in_han(number).translate(_LEGAL)
    if kind in _HAN_DIGITS:
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    if kind in _CIRCLES and 1 <= number <= len(_CIRCLED):
        return _CIRCLED[number - 1]
    if kind == "ideographTraditional" and 1 <= number <= len(_STEMS):
        return _STEMS[number - 1]
    if kind in ("upperLetter", "lowerLetter") and 1 <= number <= 26:
        return chr(number + (64 if kind == "upperLetter" else 96))
    return str(number)


def _in_han(number: int) -> str:
    if number < 10:
        return _DIGITS[number]
    tens, ones = divmod(number, 10)
    if tens > 9:
        return str(number)  # no piece of a newspaper counts so far
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def _printed(looks: ElementTree.Element, counter: _Counter) -> str | None:
    own = looks.find(f"{_W}numPr")
    if own is not None:
        number, depth = _value(own, "numId"), _value(own, "ilvl") or "0"
    else:
        number, depth = counter.by_style.get(_value(looks, "pStyle"), ("", "0"))
    if not (number and depth.isascii() and depth.isdigit() and int(depth) < _LEVELS):
        return None
    return counter.next(number, int(depth))


def _take_out_of_its_list(looks: ElementTree.Element) -> None:
    """Give a paragraph the list that is none, so that its style puts it into no other either."""
    own = looks.find(f"{_W}numPr")
    if own is None:
        own = ElementTree.SubElement(looks, f"{_W}numPr")
    own.clear()
    for name in ("ilvl", "numId"):
        ElementTree.SubElement(own, f"{_W}{name}", {f"{_W}val": "0"})


def _run(words: str) -> ElementTree.Element:
    run = ElementTree.Element(f"{_W}r")
    text = ElementTree.SubElement(run, f"{_W}t", {_SPACE: "preserve"})
    text.text = words
    return run


def _lists(numbering: ElementTree.Element):
    """Yield each list's number with the key of what it counts by, and its levels by depth."""
    kept = {each.get(f"{_W}abstractNumId"): each for each in numbering.iter(f"{_W}abstractNum")}
    for each in numbering.iter(f"{_W}num"):
        key = _value(each, "abstractNumId")
        if key in kept:
            anew = each.find(f"{_W}lvlOverride") is not None
            number = each.get(f"{_W}numId", "")
            yield number, (f"{key}/{number}" if anew else key, dict(_levels(kept[key])))


def _levels(kept: ElementTree.Element):
    for each in kept.iter(f"{_W}lvl"):
        depth, start = each.get(f"{_W}ilvl", ""), _value(each, "start")
        if depth.isascii() and depth.isdigit() and int(depth) < _LEVELS:
            first = int(start) if start.isascii() and start.isdigit() and len(start) < 4 else 1
            yield int(depth), _Level(_value(each, "numFmt"), _value(each, "lvlText"), first)


def _levels_by_style(numbering: ElementTree.Element) -> dict[str, tuple[str, str]]:
    """Return the list and depth that a style of paragraphs brings with it."""
    styles = {
        kept.get(f"{_W}abstractNumId"): {
            style: level.get(f"{_W}ilvl", "0")
            for level in kept.iter(f"{_W}lvl")
            if (style := _value(level, "pStyle"))
        }
        for kept in numbering.iter(f"{_W}abstractNum")
    }
    return {
        style: (each.get(f"{_W}numId", ""), depth)
        for each in numbering.iter(f"{_W}num")
        for style, depth in styles.pop(_value(each, "abstractNumId"), {}).items()
    }


def _value(element: ElementTree.Element, name: str) -> str:
    child = element.find(f"{_W}{name}")
    return "" if child is None else child.get(f"{_W}val", "")
