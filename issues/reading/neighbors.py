"""Say what each block of an edition is, from its neighbors as well as its own look."""

import re
from dataclasses import replace

from . import folios
from .blocks import (
    FORM_LINE,
    FRAME,
    LONGEST_TITLE,
    Item,
    Kind,
    is_title_like,
    is_verse_title,
    look_at,
)
from .bylines import parse_byline, parse_names
from .captions import Lifted, lift
from .characters import count_han, ends_sentence, squeeze
from .kinds import is_advert, is_correction, is_notice
from .names import is_bare_name, is_name, is_pen_name

# 金奖：《秋声》（何静）: the same few words, a colon and more, in line after line.
_ROW = re.compile("[\u4e00-\u9fff]{1,8}(?:（[^（）]{1,8}）)?[：:]\\s*\\S")
_PADDED = re.compile(r"[\u4e00-\u9fff][ \u3000]+[\u4e00-\u9fff]")


def classify(blocks):
    """Give an Item for every block, in order."""
    items = _see_rows([look_at(block) for block in blocks])
    papers = _paper_names(items)
    items = [_see_frame(items, position, papers) for position in range(len(items))]
    items = _see_guides(items)
    indented = _paragraphs_are_indented(items)
    if indented:
        items = [_short_paragraph(item) for item in items]
    items = _complete_bylines(items)
    items = [_see_contacts(items, position) for position in range(len(items))]
    items = [_see_qualifier(items, position) for position in range(len(items))]
    items = [_see_open_title(items, position, indented) for position in range(len(items))]
    return [_see_name(items, position) for position in range(len(items))]


def _paper_names(items):
    """Gather what the paper calls itself: the first line, when a folio follows it."""
    opening = [item for item in items[:4] if item.kind is Kind.TITLE or _is_bare_word(item)]
    if not opening or len(items) < 2:
        return frozenset()
    first = opening[0]
    position = items.index(first)
    after = items[position + 1].kind if position + 1 < len(items) else None
    framed = after in (Kind.FOLIO, Kind.DATE) or (position > 0 and items[0].kind is Kind.FOLIO)
    named = folios.is_paper_name(first.text) and after is Kind.HEAD
    short = count_han(first.text) <= 8
    return frozenset({squeeze(first.text)}) if (framed or named) and short else frozenset()


def _is_bare_word(item):
    """Say whether a byline is one word without a role: 棠溪报道 is some paper's name."""
    return item.kind is Kind.BYLINE and len(item.text) <= 8 and squeeze(item.text) == item.text


def _see_frame(items, position, papers):
    """Decide on dates and paper names, which are folios only next to other folios."""
    item = items[position]
    before = items[position - 1] if position else None
    titled = item.kind is Kind.TITLE or _is_bare_word(item)
    if titled and squeeze(item.text).strip("《》") in papers:
        return Item(Kind.FOLIO, item.block)
    if item.kind is not Kind.DATE:
        return item
    framed = before is None or before.kind in FRAME
    framed = framed or squeeze(before.text) in papers
    return Item(Kind.FOLIO if framed else Kind.DATE, item.block)


def _see_rows(items):
    """Take lines of one form, two or more in a row, for a list and not for titles."""
    seen, run = [], []
    for item in items:
        if _is_row(item):
            run.append(item)
            continue
        titles = len(run) == 2 and item.kind is Kind.BYLINE
        seen.extend(run if titles else _as_rows(run))
        seen.append(item)
        run = []
    return seen + _as_rows(run)


def _is_row(item):
    text = item.text
    short = item.kind in (Kind.TITLE, Kind.BODY) and len(text) <= 2 * LONGEST_TITLE
    return short and bool(_ROW.match(text)) and not ends_sentence(text)


def _as_rows(run):
    if len(run) < 2:
        return run
    return [Item(Kind.BODY, item.block, lifted=Lifted(item.text), is_row=True) for item in run]


def _see_open_title(items, position, indented):
    """Take 三问“预付卡”： over another title line for a title line that a colon leaves open."""
    item = items[position]
    if item.kind is not Kind.BODY or item.text[-1] != "：" or not is_title_like(item.text[:-1]):
        return item
    below, *next_below = [other.kind for other in items[position + 1 : position + 3]] or [None]
    flush = indented and item.block.indent < 1
    opens = below is Kind.TITLE and (flush or next_below in ([Kind.BYLINE], [Kind.DECK]))
    return Item(Kind.TITLE, item.block) if opens else item


def _see_contacts(items, position):
    """Take 电话：… under the lines of a notice for its text, and not for a page foot."""
    item = items[position]
    if item.kind is not Kind.FOLIO or not position or not folios.is_contact(item.text):
        return item
    before, after = items[position - 1], [*items[position + 1 : position + 2], None][0]
    framed = before.kind in FRAME or after is None or after.kind in FRAME
    if framed and not (before.kind is Kind.BODY and FORM_LINE.match(before.text)):
        return item
    return Item(Kind.BODY, item.block, lifted=Lifted(item.text), is_row=True)


def _see_guides(items):
    """Set the entries under 今日导读 aside, up to the first line that points nowhere."""
    out, guiding = [], False
    for item in items:
        if folios.is_guide_head(item.text):
            guiding = True
        elif guiding:
            entry = item.kind in (Kind.TITLE, Kind.DECK, Kind.HEAD, Kind.BODY)
            guiding = entry and folios.is_guide_entry(item.text)
        points = item.kind is Kind.TITLE and re.search(
            "[（(]?(?:详见|见|刊)第?.{1,3}版[）)]?$", item.text
        )
        out.append(Item(Kind.GUIDE, item.block) if guiding or points else item)
    return out


def _paragraphs_are_indented(items):
    """Say whether an indent of two cells tells paragraphs from titles in this edition."""
    prose = [item.block.indent for item in items if item.kind is Kind.BODY]
    titles = [item.block.indent for item in items if item.kind is Kind.TITLE]
    inset = sum(1 <= indent <= 2.5 for indent in prose)
    flush = sum(not 1 <= indent <= 2.5 for indent in titles)
    return bool(prose) and inset > 0.6 * len(prose) and 2 * flush >= len(titles)


def _short_paragraph(item):
    if item.kind is Kind.TITLE and 1 <= item.block.indent <= 2.5:
        return Item(Kind.BODY, item.block, lifted=lift(item.text))
    return item


def _complete_bylines(items):
    """Join a name that a narrow column broke: 通讯员 钟 / 离秋."""
    out = []
    for item in items:
        last = out[-1] if out else None
        broken = last is not None and last.kind is Kind.BYLINE and last.byline.unsure
        if broken and item.kind is Kind.TITLE and re.fullmatch("[\u4e00-\u9fff]{1,3}", item.text):
            whole = replace(last.block, text=last.text + item.text)
            byline = parse_byline(whole.text)
            if byline.is_byline and not byline.unsure:
                out[-1] = Item(Kind.BYLINE, whole, byline=byline)
                continue
        out.append(item)
    return out


def _see_qualifier(items, position):
    """Take （组诗）, right under a title, for a part of it."""
    item = items[position]
    before = items[position - 1].kind if position else None
    short = len(item.text) <= 10 and item.text[0] in "（(" and item.text[-1] in "）)"
    if item.kind is Kind.BODY and before is Kind.TITLE and short:
        return Item(Kind.TITLE, item.block)
    return item


def _see_name(items, position):
    """Read a bare name under a title, or under a finished text, as its author: 文 砚."""
    item = items[position]
    if item.kind is not Kind.TITLE or not position or len(item.text) > 14:
        return item
    if is_notice(item.text) or is_correction(item.text) or is_advert(item.text):
        return item
    before = items[position - 1].kind
    after = items[position + 1].kind if position + 1 < len(items) else None
    if before in (Kind.TITLE, Kind.DECK):
        byline = _name_under_title(items, position, after)
    elif before is Kind.BODY and after is not Kind.BODY and not _names_follow(items, position):
        byline = _bare_names(item.text)
    else:
        return item
    return Item(Kind.BYLINE, item.block, byline=byline) if byline else item


def _names_follow(items, position):
    """Say whether the next line is a name, so that this one, like a name itself, is a title."""
    text = items[position + 1].text if position + 1 < len(items) else ""
    return bool(text) and len(squeeze(text)) <= 4 and parse_names(text) is not None


def _name_under_title(items, position, after):
    text = items[position].text
    if after not in (Kind.BODY, Kind.TITLE, Kind.DECK):
        return None
    free = after is Kind.BODY or not _leads_to_byline(items, position)
    if free and (text[0] in "□◇■◎○●◆" or _PADDED.fullmatch(text)):
        return parse_names(text)
    byline = parse_byline(text)
    if byline.is_byline and byline.people[0].role:
        return byline
    if is_verse_title(items[position - 1].text) and len(text) <= 9:
        return parse_names(text)
    third = position > 1 and items[position - 2].kind in (Kind.TITLE, Kind.DECK)
    if after is Kind.BODY and (is_pen_name(text) or (third and len(text) == 2)):
        return parse_names(text)
    return _bare_names(text)


def _bare_names(text):
    """Read names nothing announces; padding speaks for one as a rare word would."""
    named = parse_names(text)
    if named is None:
        return None
    if not all(is_name(who.name) for who in named.people):
        return None
    sure = _PADDED.fullmatch(text) or any(is_bare_name(who.name) for who in named.people)
    return named if sure else None


def _leads_to_byline(items, position):
    """Say whether the title lines that follow end in a byline within four lines."""
    for item in items[position + 1 : position + 5]:
        if item.kind not in (Kind.TITLE, Kind.DECK):
            return item.kind is Kind.BYLINE
    return False
