"""Say what a block of an edition is, from its own look."""

import re
from collections import Counter
from dataclasses import dataclass
from enum import Enum, auto

from . import folios
from .bylines import Attribution, parse_byline
from .captions import Lifted, lift, read_jump, read_source
from .characters import count_han, ends_sentence, width
from .layout import Block
from .vocabulary import FORM_FIELDS

LONGEST_TITLE = 50
_NUMBERED = re.compile(
    r"(?:[0-9０-９]{1,2}[.．、）)](?![0-9])|[（(][一二三四五六七八九十0-9]{1,3}[）)]|[①-⑳]|第[一二三四五六七八九十]{1,3}[条章节]"
    r"|[一二三四五六七八九十]{1,3}、)"
)
_SPEAKER = re.compile(r"(?:[问答QA]|记者|主持人|编者|网友|[\u4e00-\u9fff]{2,3})[：:]")
FORM_LINE = re.compile(f"[\u4e00-\u9fff]{{0,6}}{FORM_FIELDS}[：:]")
_DECK = re.compile(r"(?:—{1,3}|－{2}|-{2,3}|–{1,2}|―{1,2})\s*(?=\S)")
# “怎么还不回家？” and 她说：“走吧！” are speech on a line of its own.
_QUOTED_SPEECH = re.compile("(?:^|[：，])“[^“]*[？！…]”$")
_VERSE = re.compile("（(?:组诗|散文诗|诗歌?|外?[一二三四五六七八九十]首)[^（）]{0,6}）$")


class Kind(Enum):
    """What a block is."""

    HEAD = auto()
    FOLIO = auto()
    PAGE_NUMBER = auto()
    SEPARATOR = auto()
    GUIDE = auto()
    DATE = auto()
    JUMP = auto()
    SOURCE = auto()
    BYLINE = auto()
    TITLE = auto()
    DECK = auto()
    BODY = auto()


FRAME = frozenset({Kind.HEAD, Kind.FOLIO, Kind.PAGE_NUMBER, Kind.SEPARATOR, Kind.GUIDE})


@dataclass(frozen=True)
class Item:
    """A block with what was made of it."""

    kind: Kind
    block: Block
    byline: Attribution | None = None
    lifted: Lifted | None = None
    head: folios.Head | None = None
    jump: tuple | None = None
    is_row: bool = False

    @property
    def text(self):
        """The block's text."""
        return self.block.text


def typical_gap(items):
    """Count the blank lines that ordinarily stand between two paragraphs."""
    gaps = Counter(
        after.block.gap
        for before, after in zip(items, items[1:], strict=False)
        if before.kind is after.kind is Kind.BODY and ends_sentence(before.text)
    )
    gaps = gaps or Counter(item.block.gap for item in items[1:])
    return gaps.most_common(1)[0][0] if gaps else 0


def is_title_like(text):
    """Say whether a line could be a title: short, one breath, no full stop at its end."""
    cells = width(text[: 2 * LONGEST_TITLE])
    if cells > LONGEST_TITLE or len(text) > 2 * LONGEST_TITLE or not count_han(text):
        return len(text) < 40 and not count_han(text) and text[:1].isalpha() and "." not in text
    if text[-1] in "。；，、：,;:" or "。" in text or text[0] in "，。、；：）”":
        return False
    if _QUOTED_SPEECH.search(text):
        return False
    if re.search(r"\d{5}", text) or text[0] in "（(" and text[-1] in "）)":
        return False
    if cells > 24 and text.count("，") > 1 or cells > 34 and "，" in text:
        return False
    return not (_NUMBERED.match(text) or _speaks(text) or FORM_LINE.match(text))


def _speaks(text):
    return bool(_SPEAKER.match(text)) and (text[0] in "问答QA记主" or text[-1] in "？！")


def look_at(block):
    """Say what a block is from its own look."""
    text = block.text
    head = folios.read_head(text)
    if head:
        return Item(Kind.HEAD, block, head=head)
    if folios.is_date(text):
        return Item(Kind.DATE, block)
    for kind, recognises in (
        (Kind.PAGE_NUMBER, folios.is_page_number),
        (Kind.SEPARATOR, folios.is_separator),
        (Kind.FOLIO, folios.is_folio),
    ):
        if recognises(text):
            return Item(kind, block)
    jump = read_jump(text)
    if jump:
        return Item(Kind.JUMP, block, jump=jump)
    return _look_at_words(block)


def _look_at_words(block):
    text = block.text
    byline = parse_byline(text)
    if byline.people and not byline.is_byline:
        return Item(Kind.FOLIO, block)
    if byline.is_byline and (byline.explicit or _is_marked_name(text)):
        return Item(Kind.BYLINE, block, byline=byline)
    if len(text) <= 50 and read_source(text):
        return Item(Kind.SOURCE, block)
    if _DECK.match(text) and is_title_like(_DECK.sub("", text, count=1)):
        return Item(Kind.DECK, block)
    if is_title_like(text):
        return Item(Kind.TITLE, block)
    return Item(Kind.BODY, block, lifted=lift(text))


def _is_marked_name(text):
    return text[0] in "□◇■◎○（(" and parse_byline(text).is_byline


def deck_dashes(text):
    """Give the dashes a deck opens with."""
    match = _DECK.match(text)
    return match.group().strip() if match else ""


def is_verse_title(text):
    """Say whether a title calls what it heads verse: （外一首）."""
    return bool(_VERSE.search(text))


def is_numbered(text):
    """Say whether a line opens with a list number."""
    return bool(_NUMBERED.match(text))
