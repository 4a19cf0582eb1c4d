"""Find where one piece ends and the next begins."""

import re
from dataclasses import dataclass, field

from . import pictures, titling
from .blocks import FRAME, Kind, deck_dashes, typical_gap
from .characters import count_han, ends_sentence, squeeze
from .drafts import Draft
from .headlines import is_briefs_label, is_picture_label
from .kinds import is_advert
from .pieces import PageHead, ReadingWarning

# The paper's answer belongs to the letter, signed and dated, which it answers.
_REPLY = re.compile("[\u4e00-\u9fff]{0,8}(?:答复|回复|回音|回应|点评|按|的话)[：:]")
_WARNING_OF = {
    Kind.FOLIO: "folio",
    Kind.PAGE_NUMBER: "page_number",
    Kind.SEPARATOR: "separator",
    Kind.GUIDE: "guide",
}


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
    sheets: bool = False

    def run(self):
        """Deal out every item; the result is in `pages`, `drafts` and `warnings`."""
        self.gap = typical_gap(self.items)
        self.spaced = titling.titles_stand_apart(self.items, self.gap)
        self.sheets = all(item.kind is not Kind.HEAD for item in self.items)
        position = 0
        while position < len(self.items):
            item = self.items[position]
            if self._turns_sheet(item):
                self.page += 1
                self.briefs = None
                self.pages.append(PageHead(self.page))
            if item.kind in (Kind.TITLE, Kind.DECK):
                position = self._titles(position)
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

    def _turns_sheet(self, item):
        """Say whether a page begins here; where pages have heads, only those begin them."""
        return self.sheets and item.block.opens_sheet

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
            if item.kind is Kind.HEAD or self._turns_sheet(item):
                return None
            if item.kind not in FRAME:
                return item
        return None

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
        if pictures.is_caption(lifted, self.current):
            self.current.add_caption(lifted)
            return
        if self.current is None or self._starts_piece(lifted, item):
            self._open_headless()
        current = self.current
        if self.jump_from:
            current.jump_from, self.jump_from = self.jump_from, None
        text = self._drop_bullet(lifted, current)
        current.add_paragraph(text, item.block, row=item.is_row)
        current.take_ends(lifted)

    def _drop_bullet(self, lifted, current):
        if lifted.bullet and not current.body and not current.lines:
            current.lifted.append(lifted.bullet)
            return lifted.text.removeprefix(lifted.bullet).strip()
        return lifted.text

    def _starts_piece(self, lifted, item):
        """Say whether a paragraph without a title of its own opens a new piece."""
        current = self.current
        if not current.body or _REPLY.match(lifted.text):
            return False
        if item.block.continues and not ends_sentence(current.body[-1].text):
            return False
        turned = current.page != self.page and ends_sentence(current.body[-1].text)
        if turned or current.closed or lifted.jump_from or self.jump_from:
            return True
        if lifted.dateline or lifted.head or lifted.mark:
            return True
        if lifted.bullet and self.briefs and current.label == self.briefs:
            return True
        if lifted.signed and current.bylines:
            return True
        if lifted.illustrated:
            return False
        return lifted.credited and not (lifted.said and pictures.shares_topic(lifted, current))

    def _resumes_host(self, lifted, item):
        """Say whether plain text after a picture set into a column takes the column up again."""
        host, current = self.host, self.current
        if not (host and current and current.is_insert and current.closed and current is not host):
            return False
        if host.closed or host.page != self.page or not host.body or self.briefs:
            return False
        return not (lifted.tail or lifted.mark or lifted.dateline or lifted.jump_from)

    def _end_of_titles(self, position):
        end = position + 1
        while end < len(self.items) and self.items[end].kind in (Kind.TITLE, Kind.DECK):
            if is_advert(self.items[end].text) or self._turns_sheet(self.items[end]):
                break
            end += 1
        return end

    def _titles(self, position):
        """Deal out the run of title lines that starts here; return the position after it."""
        end = self._end_of_titles(position)
        if is_advert(self.items[position].text):
            return self._advertise(position, end)
        after, upcoming = self._after(end), self.items[end : end + 4]
        if after is not None and is_advert(after.text):
            after = None
        group = self._continue_text(self.items[position:end], after)
        if not group:
            return end
        if titling.is_inscription(group, after, self.current):
            self._keep_as_text(group)
        elif titling.runs_into_jump(after, self.current):
            self._keep_as_text(group, alone=False)
        elif after is None:
            self._trailing(group)
        elif not self._open_column(group, after):
            self._open_or_subhead(group, after, upcoming)
        return end

    def _keep_as_text(self, group, *, alone=True):
        for item in group:
            self.current.add_paragraph(item.text, item.block, alone=alone)

    def _keep_as_chapter(self, group):
        for item in group:
            heading = not titling.reads_as_prose(item.text)
            self.current.add_paragraph(item.text, item.block, heading=heading)

    def _continue_text(self, group, after):
        """Give lines of a list or a poem to their piece; return the lines of the next title."""
        listed = titling.count_list_lines(group, self.current, self.gap)
        if listed:
            self._keep_as_text(group[:listed])
            return group[listed:]
        if titling.opens_verse(group, after, self.current):
            self._open_titled(group[:1])
            group = group[1:]
        elif not titling.goes_on_as_verse(group, after, self.current):
            return group
        titled = after is not None and after.kind in (Kind.BYLINE, Kind.BODY)
        verse = len(group) - (titling.count_title_lines(group) if titled else 0)
        self._keep_as_text(group[:verse])
        return group[verse:]

    def _advertise(self, position, end):
        """Open a piece under an advertisement's title, with the bare lines below it as its text.

        Return the position of the first line that belongs to the next piece.
        """
        self._open_titled(self.items[position : position + 1])
        end = (
            position
            + 1
            + titling.count_advert_lines(self.items[position + 1 : end], self._after(end))
        )
        self._keep_as_text(self.items[position + 1 : end])
        return end

    def _trailing(self, group):
        """Keep title lines that no text follows: an inscription, or a title without its text."""
        current = self.current
        short = all(count_han(item.text) <= 8 for item in group)
        if current and not current.closed and current.body and short:
            self._keep_as_text(group)
        else:
            titles = 1 if len(group) > 2 else len(group)
            self._open_titled(group[:titles])
            self._keep_as_text(group[titles:])

    def _open_column(self, group, after):
        """Open a piece under a label alone: briefs, or a picture without a headline."""
        if len(group) > 1:
            return False
        label = group[0].text
        if titling.is_over_briefs(label, after):
            self.briefs, self.briefs_printed = label, False
            self._open_headless()
        elif is_picture_label(label):
            self._open(label=label)
        else:
            return False
        return True

    def _open_or_subhead(self, group, after, upcoming):
        current, host = self.current, self._open_host()
        turned = current is not None and current.page != self.page
        if turned or titling.surely_opens(group, after, current, host):
            self._open_titled(group)
            return
        if titling.surely_continues(current):
            self._keep_as_chapter(group)
            return
        score = titling.weigh(group, after, upcoming, host or current)
        if self.spaced:
            score += 7 if group[0].block.gap > self.gap else -2
        # After a picture set into a column, a new piece is likelier than a chapter of the old.
        if score + (2 if host else 0) >= titling.ENOUGH:
            self._open_titled(group)
            return
        self.current = host or current
        self._keep_as_chapter(group)
        if count_han(group[-1].text) > 8:
            last = len(self.current.body) - 1
            self.current.warnings.append(ReadingWarning("heading_unsure", group[-1].text, last))

    def _open_host(self):
        """Give the piece that the current one is set into, while it may still go on."""
        inserted = self.current is not None and self.current.is_insert
        return self.host if inserted and self.host and not self.host.closed else None

    def _byline(self, item, after):
        current, named = self.current, item.byline
        if named.is_photo_only and pictures.is_picture_text(current):
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
        if current.closed:
            return False
        # Nothing but its own text can follow the byline that opens a piece.
        return named.raw[0] in "（(" or after is None or after.kind is not Kind.BODY

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
            self.current.add_paragraph(item.text, item.block, alone=True)
            self.current.closed = True
        else:
            self.warnings.append(ReadingWarning("folio", item.text))
