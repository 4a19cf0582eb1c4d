"""Join paragraphs that columns and pages broke, and mark where text was lost.

A seam is judged by print (full lines, missing indents), by punctuation, by whether the two
sides make words of the dictionary, and by what follows the same words elsewhere in the edition.
"""

import re
from dataclasses import dataclass

from .characters import CLOSERS, HAN, ends_sentence, is_han, width
from .openings import CANNOT_OPEN, OPENERS, lacks_figure, opens_inside
from .pieces import GAP_MARK, ReadingWarning
from .words import spans_word, stranded_head, stranded_tail

_LONGEST_OVERLAP = 60
# A character that is half of a word more often than a word tells of a loss: measured on cut
# paragraphs, this finds about half of the losses and suspects one sound seam in sixteen. Where
# print shows that nothing but a column's end lies between, more must speak for a loss.
_LIMIT, _PROVEN_LIMIT = 0.5, 0.7
_LONGEST_MEMORY = 500_000
_EDGE = 120
_SEVERAL = "several"
_LISTED = re.compile(
    "(?:[0-9０-９]{1,2}[.．、）)]|[（(][一二三四五六七八九十0-9]{1,3}[）)]|[一二三四五六七八九十]{1,3}、"
    "|[①-⑳]|第[一二三四五六七八九十]+[条章]|[问答][：:]|[\u4e00-\u9fff]{2,6}(?:（[^（）]{1,8}）)?[：:])"
)
# What a figure that ends a line can be followed by: measure words and units.
_COUNTED = frozenset(
    "人名个家户座台辆件项次年月日时分秒点元角万亿千百十吨公里米平方立厘毫亩株棵所处条套层栋幢间张份册本篇幅部场期届级版"
    "号路度倍成岁支批只头匹口艘架艇门把块片段对双组组队班位余多至到以和与、天周克斤升瓦千伏兆字页章节款例种类类起宗笔"
    "轮集首曲顶杯碗盒袋桶箱包罐瓶颗粒滴行列排环圈趟遍回番步寸尺丈顷国省市县区镇乡村街楼室单栏城"
)


@dataclass(frozen=True)
class Paragraph:
    """Body text with what the layout says of its start.

    `alone`: a line of its own, such as one of a poem, which is never joined; so is a `heading`
    over a chapter and a `row` of a list.
    """

    text: str
    continues: bool = False
    truncated: bool = False
    alone: bool = False
    heading: bool = False
    row: bool = False


class Echo:
    """Remembers which characters stand together anywhere in the edition.

    Built lazily and once, so that any number of seams costs time linear in the text; what
    lies beyond _LONGEST_MEMORY characters is not listened to.
    """

    def __init__(self, texts):
        self._texts, self._triples = texts, None
        self._before, self._first = {}, set()

    def _listen(self):
        self._triples = set()
        room = _LONGEST_MEMORY
        for text in self._texts:
            room -= len(text)
            if room < 0:
                break
            for run in re.findall(f"[{HAN}]{{3,}}", text):
                # The text's own beginning is what is in question, so it is no evidence.
                if not text.startswith(run):
                    self._first.add(run[:2])
                self._hear(run)

    def _hear(self, run):
        for i in range(len(run) - 2):
            triple = run[i : i + 3]
            self._triples.add(triple)
            known = self._before.setdefault(triple[1:], triple[0])
            if known != triple[0]:
                self._before[triple[1:]] = _SEVERAL

    def precedes(self, text):
        """Say whether elsewhere one character always precedes a text's first two."""
        if self._triples is None:
            self._listen()
        return self._before.get(text[:2], _SEVERAL) != _SEVERAL and text[:2] not in self._first

    def confirms(self, left, right):
        """Say whether the characters at the seam stand together elsewhere."""
        if self._triples is None:
            self._listen()
        return left[-2:] + right[0] in self._triples or left[-1] + right[:2] in self._triples


def rejoin(paragraphs, echo):
    """Join broken paragraphs. Return (texts, indexes of the subheadings, warnings)."""
    joiner = _Joiner(echo)
    verse = is_verse(paragraphs)
    before, headings = None, []
    for paragraph in paragraphs:
        if before is None or verse or paragraph.alone or before.alone:
            joiner.add(paragraph.text)
        else:
            joiner.join_or_add(paragraph)
        if paragraph.heading:
            headings.append(len(joiner.texts) - 1)
        before = paragraph
    if before and not verse and not before.alone:
        joiner.check_ending()
    return ["".join(parts) for parts in joiner.texts], headings, joiner.warnings


class _Joiner:
    """Puts paragraphs together; looks only at the edges, however long they grow."""

    def __init__(self, echo):
        self.echo, self.texts, self.warnings = echo, [], []

    def add(self, text):
        """Begin a new paragraph."""
        self.texts.append([text])

    def join_or_add(self, paragraph):
        """Take the next paragraph for a new one, or for the rest of the last."""
        left, right = self._edge(), paragraph.text
        if not (paragraph.continues or _is_open(left, right)):
            self.add(right)
            if not _LISTED.match(right) and self._lost_opening(paragraph):
                self._warn("opening_lost", right[:12])
            return
        overlap = find_overlap(left, right)
        if overlap:
            self._warn("overlap", right[:overlap])
            self.texts[-1].append(right[overlap:])
        elif is_clean(left, right, self.echo, proven=paragraph.continues):
            self._warn("rejoined", f"{left[-6:]}|{right[:6]}")
            self.texts[-1].append(f" {right}" if _are_latin_words(left, right) else right)
        else:
            self._warn("text_lost", f"{left[-8:]}{GAP_MARK}{right[:8]}")
            self.texts[-1].extend((GAP_MARK, right))

    def _lost_opening(self, paragraph):
        return paragraph.truncated or opens_inside(paragraph.text, self.echo.precedes)

    def check_ending(self):
        """Warn when the last paragraph breaks off."""
        edge = self._edge()
        if _breaks_off(edge):
            self._warn("ending_lost", edge[-12:])

    def _edge(self):
        edge = ""
        for part in reversed(self.texts[-1]):
            edge = part[-_EDGE:] + edge
            if len(edge) >= _EDGE:
                break
        return edge[-_EDGE:]

    def _warn(self, code, quote):
        self.warnings.append(ReadingWarning(code, quote, len(self.texts) - 1))


def _are_latin_words(left, right):
    return (left[-1] + right[0]).isascii() and left[-1].isalpha() and right[0].isalpha()


def is_verse(paragraphs):
    """Poems and lists of names: many short lines, hardly any sentence among them."""
    short = sum(width(paragraph.text[:40]) <= 18 for paragraph in paragraphs)
    return len(paragraphs) >= 4 and short > 0.75 * len(paragraphs)


def _is_open(left, right):
    """Say whether a paragraph stops in the middle of a sentence which the next may finish."""
    if ends_sentence(left) or left.rstrip(CLOSERS)[-1:] == "：" or left[-1] == "：":
        return False
    if left[-1] in "，、" or CANNOT_OPEN.match(right):
        return width(left[:30]) > 14
    if left[-1] == "；":
        return not (_LISTED.match(left) or _LISTED.match(right)) and "；" not in right
    if _LISTED.match(right) or left[-1] in CLOSERS:
        return False
    # A line without any inner punctuation may be a list entry, not a broken sentence.
    return len(left) > 24 or bool(re.search("[，。；]", left))


def _breaks_off(text):
    prose = len(text) > 36 and re.search("[，。]", text)
    return bool(prose) and (text[-1] in "，、" or (is_han(text[-1]) and not ends_sentence(text)))


def is_clean(left, right, echo, *, proven=False):
    """Say whether two halves fit without loss; `proven` when the layout vouches for them."""
    if CANNOT_OPEN.match(right) or left[-1] in "“‘（《—":
        return True
    if left[-1].isdigit() and is_han(right[0]):
        return right[0] in _COUNTED
    if is_han(left[-1]) and is_han(right[0]):
        return _make_words(left, right, echo, _PROVEN_LIMIT if proven else _LIMIT)
    return not OPENERS.match(right)


def _make_words(left, right, echo, limit):
    """Say whether the two sides make words together, or end and begin with whole ones."""
    if lacks_figure(left, right):
        return False
    tail, head = _last_run(left), _first_run(right)
    if spans_word(tail, head) or echo.confirms(tail, head) or left[-1] in "得不":
        return True
    stranded = max(stranded_tail(tail), stranded_head(head))
    return stranded <= limit and not OPENERS.match(right)


def _last_run(text):
    return re.search(f"[{HAN}]{{1,10}}$", text).group()


def _first_run(text):
    return re.match(f"[{HAN}]{{1,10}}", text).group()


def find_overlap(left, right):
    """Measure how much of the start of right repeats the end of left (4 characters or more)."""
    window = left[-_LONGEST_OVERLAP:]
    for size in range(min(len(window), len(right)), 3, -1):
        if window.endswith(right[:size]) and sum(map(is_han, right[:size])) >= 4:
            return size
    return 0
