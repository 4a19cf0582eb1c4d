"""Find where one piece ends and the next begins."""

import re
from dataclasses import dataclass, field

from . import kinds
from .blocks import FRAME, Kind, deck_dashes, is_numbered, typical_gap
from .characters import bigrams, count_han, ends_sentence, squeeze, width
from .drafts import Draft
from .headlines import is_briefs_label, is_label, is_picture_label
from .pieces import PageHead, ReadingWarning
from .roles import UNIT

_NEWS_OPENING = re.compile(
    r"(?:日前|近日|昨日|昨天|前天|今天|今日|昨晚|连日来|近期|近段时间|这几天|(?:\d{4}年)?\d{1,2}月\d{1,2}日|\d{1,2}日|记者|为(?:进一步|深入|贯彻|切实|了)|"
    r"[\u4e00-\u9fff]{0,12}(?:近日|日前|昨日))"
)
_NEWS_LEAD = re.compile(
    r"日前|近日|昨日|昨天|前天|今天|连日来|近期|近段时间|\d{1,2}月\d{1,2}日|\d{1,2}日|获悉|了解到|(?:召开|举行|举办|开展|启动)"
)
_WARNING_OF = {
    Kind.FOLIO: "folio",
    Kind.PAGE_NUMBER: "page_number",
    Kind.SEPARATOR: "separator",
    Kind.GUIDE: "guide",
}
_VERSE_RUN = 5
# Subheadings of real pieces weigh -2 and less, titles without a byline 3 and more.
_ENOUGH = 1


@dataclass
class Segmenter:
    """Walks over the items of an edition and deals them out to drafts and pages."""

    items: list
    pages: list[PageHead] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    warnings: list[ReadingWarning] = field(default_factory=list)
    current: Draft | None = None
    host: Draft | None = None
    page: int = 1
    briefs: str | None = None
    briefs_printed: bool = False
    jump_from: int | None = None

    def run(self):
        """Deal out every item; the result is in `pages`, `drafts` and `warnings`."""
        self.gap = typical_gap(self.items)
        self.spaced = _titles_stand_apart(self.items, self.gap)
        position = 0
        while position < len(self.items):
            item = self.items[position]
            if item.kind in (Kind.TITLE, Kind.DECK):
                end = self._group_end(position)
                self.upcoming = self.items[end : end + 4]
                self._titles(self.items[position:end], self._after(end))
                position = end
                continue
            self._one(item, position)
            position += 1
        return self

    def _one(self, item, position):
        if item.kind is Kind.HEAD:
            self._turn_page(item)
        elif item.kind in FRAME:
            self.warnings.append(ReadingWarning(_WARNING_OF[item.kind], item.text))
        elif item.kind is Kind.BODY:
            self._body(item)
        elif item.kind is Kind.BYLINE:
            self._byline(item, self._after(position + 1))
        elif item.kind is Kind.JUMP:
            self._jump(item)
        elif item.kind is Kind.SOURCE:
            self._source(item)
        elif item.kind is Kind.DATE:
            self._date(item)

    # Frame ---------------------------------------------------------------------------------

    def _turn_page(self, item):
        head = item.head
        if head.folio:
            self.warnings.append(ReadingWarning("folio", head.folio))
        self.briefs = None
        known = [page for page in self.pages[-200:] if page.label == head.label]
        if known:
            self.page = known[0].number
            self.warnings.append(ReadingWarning("folio", head.raw))
            return
        number = head.number
        if any(page.number == number for page in self.pages[-200:]) or number < 1:
            number = max((page.number for page in self.pages), default=0) + 1
            self.warnings.append(ReadingWarning("page_renumbered", head.raw))
        self.page = number
        self.pages.append(PageHead(number, head.name, head.label, head.raw))

    def _after(self, position):
        """Give the next item that is not part of the frame, and not beyond this page."""
        for item in self.items[position : position + 4]:
            if item.kind is Kind.HEAD:
                return None
            if item.kind not in FRAME:
                return item
        return None

    # Pieces --------------------------------------------------------------------------------

    def _open(self, **values):
        if self.current and (self.current.titled or self.current.bylines):
            self.host = self.current
        self.current = Draft(self.page, **values)
        self.current.jump_from, self.jump_from = self.jump_from, None
        self.drafts.append(self.current)
        return self.current

    def _open_headless(self):
        draft = self._open()
        draft.label, draft.label_shared = self.briefs, self.briefs_printed
        self.briefs_printed = True
        return draft

    def _open_titled(self, group):
        lines = [item.text for item in group if item.kind is Kind.TITLE]
        if len(lines) > 1 and is_briefs_label(lines[0]):
            self.briefs, self.briefs_printed = lines[0], True
        elif not (self.briefs and len(lines) == 1):
            self.briefs = None
        draft = self._open(lines=lines)
        for item in group:
            if item.kind is Kind.DECK:
                dashes = deck_dashes(item.text)
                draft.lifted.append(dashes)
                draft.decks.append(item.text[len(dashes) :].strip())
        return draft

    def _body(self, item):
        lifted = item.lifted
        if self._resumes_host(lifted, item):
            self.current = self.host
        if self._is_caption(lifted):
            self.current.add_caption(lifted)
            return
        if self.current is None or self._starts_piece(lifted, item):
            self._open_headless()
        current = self.current
        if self.jump_from:
            current.jump_from, self.jump_from = self.jump_from, None
        text = self._drop_bullet(lifted, current)
        current.add_paragraph(text, item.block)
        current.take_ends(lifted)

    def _drop_bullet(self, lifted, current):
        if lifted.bullet and not current.body and not current.lines:
            current.lifted.append(lifted.bullet)
            return lifted.text.removeprefix(lifted.bullet).strip()
        return lifted.text

    def _is_caption(self, lifted):
        """Say whether a paragraph belongs under a picture of the current piece."""
        current = self.current
        if current is None or not (current.body or current.titled or current.captions):
            return False
        if re.search("[图①-⑳]", lifted.mark):
            return True
        return lifted.said and bool(current.body) and self._shares_topic(lifted, 0.08)

    def _shares_topic(self, lifted, share):
        pairs = bigrams(lifted.text[:200])
        return len(pairs & self.current.topic()) >= share * len(pairs)

    def _starts_piece(self, lifted, item):
        """Say whether a paragraph without a title of its own opens a new piece."""
        current = self.current
        if not current.body:
            return False
        if item.block.continues and not ends_sentence(current.body[-1].text):
            return False
        if current.closed or lifted.jump_from or self.jump_from:
            return True
        if lifted.dateline or lifted.head or lifted.mark:
            return True
        if lifted.bullet and self.briefs and current.label == self.briefs:
            return True
        if lifted.signed and current.bylines:
            return True
        return lifted.credited and not (lifted.said and self._shares_topic(lifted, 0.08))

    def _resumes_host(self, lifted, item):
        """Say whether plain text after a picture set into a column takes the column up again."""
        host, current = self.host, self.current
        if not (host and current and current.is_insert and current.closed and current is not host):
            return False
        if host.closed or host.page != self.page or not host.body or self.briefs:
            return False
        return not (lifted.tail or lifted.mark or lifted.dateline or lifted.jump_from)

    # Titles --------------------------------------------------------------------------------

    def _group_end(self, position):
        end = position
        while end < len(self.items) and self.items[end].kind in (Kind.TITLE, Kind.DECK):
            end += 1
        return end

    def _titles(self, group, after):
        rest = self._continue_list(group)
        group = rest if len(rest) < len(group) else self._continue_verse(group, after)
        if not group:
            return
        if self._is_inscription(group, after):
            for item in group:
                self.current.add_paragraph(item.text, item.block, heading=True)
        elif after is None:
            self._trailing(group)
        elif self._is_briefs_column(group, after):
            self.briefs, self.briefs_printed = group[0].text, False
            self._open_headless()
        elif len(group) == 1 and is_picture_label(group[0].text):
            self._open(label=group[0].text)
        elif self._opens_piece(group, after):
            self._open_titled(group)
        else:
            for item in group:
                self.current.add_paragraph(item.text, item.block, heading=True)
                if count_han(item.text) > 8:
                    last = len(self.current.body) - 1
                    self.current.warnings.append(ReadingWarning("heading_unsure", item.text, last))

    def _continue_list(self, group):
        """Give the short lines of a list to its piece, up to a wider gap before a title."""
        current = self.current
        if current is None or current.closed or not current.body or group[0].block.gap > self.gap:
            return group
        for position in range(len(group) - 1, 2, -1):
            if group[position].block.gap > self.gap:
                for item in group[:position]:
                    current.add_paragraph(item.text, item.block, heading=True)
                return group[position:]
        return group

    def _continue_verse(self, group, after):
        """Give the lines of a poem to its piece; return the lines left for the next title."""
        current = self.current
        waits = current is not None and not current.closed and (current.titled or current.bylines)
        versed = waits and (not current.body or all(line.heading for line in current.body[-3:]))
        if len(group) < _VERSE_RUN and not (versed and current.headings > 2):
            return group
        if not versed:
            if len(group) < _VERSE_RUN or (after and after.kind is Kind.BYLINE and len(group) < 8):
                return group
            self._open_titled(group[:1])
            group = group[1:]
        titled = after is not None and after.kind in (Kind.BYLINE, Kind.BODY)
        keep = _title_lines_at_end(group) if titled else 0
        for item in group[: len(group) - keep]:
            self.current.add_paragraph(item.text, item.block, heading=True)
        return group[len(group) - keep :]

    def _is_inscription(self, group, after):
        """Recognise the signing unit under a notice: a date, or a new title, follows it."""
        current = self.current
        if current is None or not current.body or current.closed or len(group) > 4:
            return False
        units = all(_is_unit(item.text) for item in group)
        if after is not None and after.kind is Kind.DATE:
            return _is_unit(group[-1].text) or len(group) == 1
        return units and after is None and len(group) == 1

    def _trailing(self, group):
        """Keep title lines that no text follows: an inscription, or a title without its text."""
        current = self.current
        short = all(count_han(item.text) <= 8 for item in group)
        if current and not current.closed and current.body and short:
            for item in group:
                current.add_paragraph(item.text, item.block, heading=True)
            return
        self._open_titled(group)

    def _is_briefs_column(self, group, after):
        if len(group) != 1 or after.kind is not Kind.BODY or not is_label(group[0].text):
            return False
        signed = after.lifted.tail or after.lifted.bullet or after.lifted.dateline
        return is_briefs_label(group[0].text) or bool(signed and after.lifted.signed)

    def _opens_piece(self, group, after):
        current = self.current
        if current is None or after.kind in (Kind.BYLINE, Kind.JUMP):
            return True
        host = self.host if current.is_insert and self.host and not self.host.closed else None
        if current.closed and not host:
            return True
        if current.jump_from is not None and not current.body:
            return False
        if len(group) > 1 and is_label(group[0].text, group[1].text):
            return True
        if current.captions or not (current.body or current.bylines):
            return True
        if after.kind is not Kind.BODY or after.lifted.dateline or after.lifted.head:
            return True
        if any(kinds.is_notice(item.text) or kinds.is_correction(item.text) for item in group):
            return True
        score = self._score(group, after, host or current)
        if host and score < _ENOUGH:
            self.current = host
        return score + (2 if host else 0) >= _ENOUGH

    def _score(self, group, after, current):
        """Weigh a title against a subheading, by print, length, wording and what follows."""
        title = max((item.text for item in group), key=len)
        length = count_han(title)
        score = 0
        if self.spaced:
            score += 5 if group[0].block.gap > self.gap else -2
        score += 4 * (len(group) > 1)
        score += (length >= 13) + (length >= 18) - (length <= 10) - (length <= 7)
        score -= 4 * (
            is_numbered(title) or title[0] in "一二三四五六七八九十" and "、" in title[:3]
        )
        opening = _NEWS_OPENING.match(after.text)
        score += 4 if opening else bool(_NEWS_LEAD.search(after.text[:45]))
        score += 3 * any(
            item.lifted and re.search("[图①-⑳]", item.lifted.mark) for item in self.upcoming
        )
        score += _told_in(title, after.text[:150])
        score -= (current.headings > 0 and len(group) == 1) * 2 + bool(current.bylines) + (not current.body) * 6
        return score

    # Lines of their own --------------------------------------------------------------------

    def _byline(self, item, after):
        current, named = self.current, item.byline
        if named.is_photo_only and self._is_picture_text():
            text = current.body.pop()
            current = self._open()
            current.body.append(text)
        if current is not None and not current.closed and not current.body:
            self._credit(item)
        elif self._ends_current(named, after):
            self._credit(item, default="作者")
            current.closed = True
        else:
            self._open_headless()
            self._credit(item)

    def _ends_current(self, named, after):
        """Say whether a byline on its own line signs the piece above it."""
        current = self.current
        if current is None:
            return False
        if named.is_photo_only or not (named.explicit or current.closed):
            return True
        if current.closed or (current.bylines and named.raw[0] not in "（("):
            return False
        return named.raw[0] in "（(" or after is None or after.kind is not Kind.BODY

    def _is_picture_text(self):
        """Say whether the last paragraph is a picture's text set below a finished piece."""
        current = self.current
        if current is None or len(current.body) < 2 or current.captions or current.closed:
            return False
        last = current.body[-1]
        pairs = bigrams(last.text[:200])
        shared = len(pairs & current.topic())
        news = _NEWS_OPENING.match(last.text) and not last.heading
        return bool(news) and len(current.body) > 3 - bool(current.bylines) and 4 * shared < len(pairs)

    def _credit(self, item, default="作者"):
        self.current.credit(item.byline, default=default)
        self.current.lifted.append(item.text)

    def _jump(self, item):
        direction, number = item.jump
        if direction == "to" and self.current:
            self.current.jump_to = number
            self.current.closed = True
            self.current.lifted.append(item.text)
        elif direction == "from" and self.current and self.current.titled and not self.current.body:
            self.current.jump_from = number
            self.current.lifted.append(item.text)
        else:
            self.jump_from = number if direction == "from" else None
            self.warnings.append(ReadingWarning("folio", item.text))

    def _source(self, item):
        if self.current is None:
            self._open_headless()
        self.current.lifted.append(item.text)
        self.current.source = self.current.source or squeeze(
            re.sub("^.*?(?:来源|原载|转自|摘自|选自|据)[：:]?", "", item.text.strip("（）() "))
        )
        self.current.closed = bool(self.current.body)

    def _date(self, item):
        """A date on its own closes a notice; elsewhere it belongs to the page."""
        if self.current and self.current.body:
            self.current.add_paragraph(item.text, item.block, heading=True)
            self.current.closed = True
        else:
            self.warnings.append(ReadingWarning("folio", item.text))


def _titles_stand_apart(items, gap):
    """Say whether the edition sets titles off with more blank lines than paragraphs."""
    apart = sum(
        item.kind is Kind.TITLE and before.kind is Kind.BODY and item.block.gap > gap
        for before, item in zip(items, items[1:], strict=False)
    )
    return apart >= 2


def _is_unit(text):
    return width(text) <= 24 and bool(UNIT.fullmatch(squeeze(text)))


def _told_in(title, lead):
    """Grade how much of a title its lead repeats: news does, a chapter under a heading less."""
    pairs = bigrams(title)
    share = len(pairs & bigrams(lead)) / len(pairs) if pairs else 0
    return (share >= 0.2) + (share >= 0.4)


def _title_lines_at_end(group):
    """Count the lines before a byline that stand apart from the verse above them."""
    labelled = len(group) > 1 and is_label(group[-2].text)
    for count in range(1, min(4, len(group))):
        item = group[-count]
        if item.block.gap > group[-1].block.gap or (
            count == 1 and item.block.gap > min(line.block.gap for line in group)
        ):
            return count
    return 1 + labelled
