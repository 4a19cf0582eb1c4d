"""Days in the texts that cannot be: not in the calendar, on another weekday, not come yet.

A day after that of the issue is announced rightly (12月10日起…), so it is told only where the
sentence reports it: it speaks of 昨日, 日前 or something done, or the day is the head of the news
or of a caption, and nothing in the sentence speaks of what is to come. A dateline always reports.
"""

import re
from collections.abc import Iterator
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.kinds import Kind
from issues.dryrun.facts import Facts, Found, Piece, about
from issues.dryrun.mentions import Mention, mentions

_DONE = (
    "举行|召开|举办|开展|完成|启动|开通|揭牌|开幕|闭幕|落成|投用|"
    "结束|发生|收到|接到|发布|走进|来到|签订|签署"
)
_REPORTS = re.compile(
    "昨日|昨天|昨晚|昨夜|昨早|前日|前天|日前|近日|上周|上月|不久前|刚刚|此前|"
    f"已于|已在|已经|曾于|曾在|(?:{_DONE})了|[讯电]$"
)
_ANNOUNCES = re.compile(
    "将|拟于|拟在|定于|定在|计划|预计|预报|预告|届时|即将|有望|截止|截至|为止|明日|明天|明早|明晚|后天|"
    "下周|下月|明年|来年|请于|请在|请到|可于|可在|可到|可以|敬请|欢迎|报名|报到|征集|开始受理|提前|有效期"
)
# What follows a day at once and makes it one to come.
_FROM_THEN = re.compile(
    r"\s*(?:（[^（）]*）)?\s*(?:起|前|之前|以前|后|之后|以后|止|截止|开始|至|到|—|－|～)"
)
# 本报讯（记者 …） and the like stand before the news begins.
_LEAD = re.compile(r"^\s*(?:【[^】]*】|本报讯|[^，。]{0,12}[讯电])?\s*(?:（[^）]{0,40}）)?\s*$")
_DATELINE = re.compile(
    r"^[^，。！？]{0,24}?[0-9０-９一二三四五六七八九十]{1,3}[日号][^，。！？]{0,4}?[讯电]"
)
_ANNOUNCING = (Kind.NOTICE, Kind.CORRECTION_NOTICE)


def impossible(issue: Facts) -> Iterator[Found]:
    """Find days that no calendar has, and spans that end before they begin."""
    for piece, mention in _all(issue):
        if not mention.exists:
            said = _("“{title}” names “{words}”, which no calendar has.")
            yield about(piece, said, words=mention.words, detail=mention.words)
        elif mention.runs_backwards:
            said = _("“{title}” names “{words}”, which ends before it begins.")
            yield about(piece, said, words=mention.words, detail=mention.words)


def wrong_weekday(issue: Facts) -> Iterator[Found]:
    """Find days with a weekday beside them that is not theirs."""
    for piece, mention in _all(issue):
        if mention.date and mention.weekday and mention.date.isoweekday() != mention.weekday:
            said = _("“{title}” says “{words}”; {day} is a {weekday}.")
            yield about(
                piece,
                said,
                words=_quoted(mention),
                day=_in_words(mention.date),
                weekday=date_format(mention.date, "l"),
                detail=mention.words,
            )


def not_come_yet(issue: Facts) -> Iterator[Found]:
    """Find days after that of the issue of which a text speaks as of something past."""
    for piece in issue.pieces:
        for text, is_head in _texts(piece):
            for mention in mentions(text, issue.day):
                if _is_later(mention, issue.day) and _reports(mention, is_head, piece.words.kind):
                    said = _("“{title}” reports “{words}”, after the issue's {day}.")
                    words, day = _quoted(mention), _in_words(issue.day)
                    yield about(piece, said, words=words, day=day, detail=mention.words)


def _all(issue: Facts) -> Iterator[tuple[Piece, Mention]]:
    for piece in issue.pieces:
        for text in piece.reads:
            for mention in mentions(text, issue.day):
                yield piece, mention


def _texts(piece: Piece) -> Iterator[tuple[str, bool]]:
    """Yield what a piece reads, and whether a day at its beginning is when it happened."""
    if piece.dateline:
        yield f"{piece.dateline}电", True
    yield piece.words.headline.replace("|", ""), False
    for number, text in enumerate(piece.words.paragraphs):
        yield text, number == 0
    for picture in piece.words.pictures:
        yield picture.caption, True


def _is_later(mention: Mention, day: date) -> bool:
    return mention.date is not None and mention.date > day


def _reports(mention: Mention, is_head: bool, kind: str) -> bool:
    """Say whether a sentence speaks of a day as of one that has been."""
    if is_head and _DATELINE.match(mention.sentence[: mention.end + 6]):
        return True
    if _FROM_THEN.match(mention.after) or mention.until or _ANNOUNCES.search(mention.sentence):
        return False
    if _REPORTS.search(mention.sentence):
        return True
    return is_head and kind not in _ANNOUNCING and bool(_LEAD.match(mention.before))


def _quoted(mention: Mention) -> str:
    """Return the words of a day, with a weekday that stands before them."""
    return (
        f"{mention.before[-5:]}{mention.words}"
        if mention.before.endswith(("（", "("))
        else (mention.words)
    )


def _in_words(day: date) -> str:
    # Translators: a date format of Django's: month and day.
    return date_format(day, _("j M"))
