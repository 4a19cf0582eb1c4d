"""Judge title lines: do they open a piece, head a chapter of one, or belong to its text?"""

import re

from . import kinds
from .blocks import Kind, is_numbered, is_verse_title
from .characters import bigrams, count_han, ends_sentence, squeeze, width
from .headlines import is_briefs_label, is_label
from .roles import UNIT

# How a news item begins, and what its first words are likely to hold.
NEWS_OPENING = re.compile(
    r"日前|近日|昨[日天晚]|前天|今[天日]|连日来|近期|近段时间|这几天|(?:\d{4}年)?\d{1,2}月\d{1,2}日"
    r"|\d{1,2}日|记者(?:从|了解|获悉|近日|日前|昨|今|\d)|为(?:进一步|深入|贯彻|切实|了)|[\u4e00-\u9fff]{0,12}(?:近日|日前|昨日)"
)
_NEWS_WORDS = re.compile(
    r"日前|近日|昨日|昨天|前天|今天|连日来|近期|近段时间|\d{1,2}月\d{1,2}日|\d{1,2}日"
    r"|获悉|了解到|召开|举行|举办|开展|启动"
)
# 可是谁又知道呢？ is said by somebody; 钱从哪里来？ may head a chapter.
_EXCLAIMS = re.compile(
    "^(?:可是|但是?|然而|于是|那么|原来|果然|后来|[我你他她它])|[呢吧啊呀嘛啦呗哦][？！]"
)
_VERSE_RUN = 5
_LONGEST_SUBHEADING = 22
# No line of an advertisement is longer.
_LONG_LINE = 40
# More than this, in cells, no paper sets over one piece.
_LONGEST_TITLES = 100
# Subheadings of real pieces weigh -2 and less, titles without a byline 3 and more.
ENOUGH = 1


def titles_stand_apart(items, gap):
    """Say whether the edition sets titles off with more blank lines than paragraphs."""
    apart = sum(
        item.kind is Kind.TITLE and before.kind is Kind.BODY and item.block.gap > gap
        for before, item in zip(items, items[1:], strict=False)
    )
    return apart >= 2


def is_inscription(group, after, current):
    """Recognise the signing unit under a notice: a date, or the end of the page, follows it."""
    if current is None or not current.body or current.closed or len(group) > 4:
        return False
    if after is not None:
        return after.kind is Kind.DATE and (len(group) == 1 or _is_unit(group[-1].text))
    return len(group) == 1 and _is_unit(group[0].text)


def _is_unit(text):
    return width(text) <= 24 and bool(UNIT.fullmatch(squeeze(text)))


def runs_into_jump(after, current):
    """Say whether （下转第2版） follows, so that the line before it is text."""
    jumps = after is not None and after.kind is Kind.JUMP and after.jump[0] == "to"
    return jumps and current is not None and not current.closed


def is_over_briefs(line, after):
    """Say whether a lone line is the label of the briefs that follow it."""
    if after.kind is not Kind.BODY or not is_label(line):
        return False
    return is_briefs_label(line) or after.lifted.signed


def count_list_lines(group, current, gap):
    """Count the short lines that end a list in the current piece: a wider gap comes after."""
    if current is None or current.closed or not current.body or group[0].block.gap > gap:
        return 0
    for position in range(len(group) - 1, 2, -1):
        if group[position].block.gap > gap:
            return position
    return 0


def count_advert_lines(group, after):
    """Count the bare lines of an advertisement before those that head the next piece."""
    headed = after is not None and (
        after.kind is Kind.BYLINE or (after.kind is Kind.BODY and len(after.text) > _LONG_LINE)
    )
    return len(group) - count_title_lines(group) if headed and group else len(group)


def opens_verse(group, after, current):
    """Say whether so many short lines are a poem under the first of them."""
    length = sum(width(item.text) for item in group)
    if _waits_for_verse(current) or (len(group) < _VERSE_RUN and length <= _LONGEST_TITLES):
        return False
    return after is None or after.kind is not Kind.BYLINE or len(group) >= 8


def goes_on_as_verse(group, after, current):
    """Say whether short lines go on with, or begin, the text of a piece that is open."""
    if not _waits_for_verse(current):
        return False
    if after is None and current.bylines and len(group) > 1:
        return True
    if not current.body and any(map(is_verse_title, current.lines)):
        return True
    return len(group) >= _VERSE_RUN or current.alone > 2


def _waits_for_verse(current):
    if current is None or current.closed or not (current.titled or current.bylines):
        return False
    return not current.body or all(line.alone for line in current.body[-3:])


def reads_as_prose(text):
    """Say whether a line kept in a text is a sentence, or the start of one, and no subheading."""
    if text[-1] in "？！":
        return bool(_EXCLAIMS.search(text))
    return width(text) > _LONGEST_SUBHEADING and "，" in text


def count_title_lines(group):
    """Count the lines at the end of verse that are the next piece's title."""
    last = group[-1].block.gap
    for count in range(1, min(4, len(group))):
        gap = group[-count].block.gap
        if gap > last or (count == 1 and gap > min(line.block.gap for line in group)):
            return count
    return 2 if len(group) > 1 and is_label(group[-2].text) else 1


def surely_opens(group, after, current, host):
    """Say whether what stands before or after title lines leaves no doubt."""
    if current is None or (current.closed and not host) or _is_finished_correction(current):
        return True
    if after.kind in (Kind.BYLINE, Kind.JUMP):
        return True
    if surely_continues(current):
        return False
    empty = not (current.body or current.bylines)
    lead = after.kind is not Kind.BODY or after.lifted.dateline or after.lifted.head
    return bool(empty or current.captions or lead) or _says_so(group)


def _is_finished_correction(current):
    """A correction has no chapters."""
    titled = any(kinds.is_correction(line) for line in current.lines)
    return titled and bool(current.body) and ends_sentence(current.body[-1].text)


def _says_so(group):
    if len(group) > 1 and is_label(group[0].text, group[1].text):
        return True
    return any(kinds.is_notice(item.text) or kinds.is_correction(item.text) for item in group)


def surely_continues(current):
    """Say whether the current piece is the second half of one, its text still to come."""
    return current.jump_from is not None and not current.body


def weigh(group, after, upcoming, current):
    """Weigh a title against a subheading, by length, wording and what follows."""
    title = max((item.text for item in group), key=len)
    length = count_han(title)
    score = (length >= 13) + (length >= 18) - (length <= 10) - (length <= 7)
    # Two short lines in a row are hardly a subheading.
    score += 4 * (len(group) > 1)
    numbered = is_numbered(title) or (title[0] in "一二三四五六七八九十" and "、" in title[:3])
    score -= 4 * (numbered + reads_as_prose(title))
    opening = NEWS_OPENING.match(after.text)
    score += 4 if opening else bool(_NEWS_WORDS.search(after.text[:45]))
    pictures = (item.lifted and re.search("[图①-⑳]", item.lifted.mark) for item in upcoming)
    score += 3 * any(pictures)
    score += 2 * is_label(title)
    score += 4 * (bool(current.body) and current.body[-1].row)
    score += _told_in(title, after.text[:150])
    return score - _has_chapters(group, current)


def _has_chapters(group, current):
    """Weigh what makes chapters likely in the current piece."""
    chapters = 2 * (current.alone > 0 and len(group) == 1)
    return chapters + bool(current.bylines) + 6 * (not current.body)


def _told_in(title, lead):
    """Grade how much of a title its lead repeats: news does, a chapter under a heading less."""
    pairs = bigrams(title)
    share = len(pairs & bigrams(lead)) / len(pairs) if pairs else 0
    return (share >= 0.2) + (share >= 0.4)
