"""Whether number, date and weekday of the issue agree, in its place among others and in words."""

import re
from collections.abc import Iterator
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from issues.dryrun.facts import Facts, Found, about
from issues.dryrun.mentions import mentions
from issues.reading.characters import read_number

_NUMERAL = "[0-9０-９]{1,6}|[一二三四五六七八九十]{1,3}"
_TITLE = re.compile(rf"第\s*({_NUMERAL})\s*期")
# In a text 第3期 may be a course; the paper's own is called 总第3期, or 本报 …第3期.
_TEXT = re.compile(rf"(?:总第|(?:本报|本刊|本期)[^。，；！？]{{0,24}}?第)\s*({_NUMERAL})\s*期")
_WEEKDAY = re.compile(r"(?:星期|周|礼拜)([一二三四五六日天])(?![福边围刊])")
_NOW = re.compile("本期|今天出版|今日出版|今天的报纸|今日本报")


def out_of_order(issue: Facts) -> Iterator[Found]:
    """Find a number that does not follow the dates: given, or to be given at closing."""
    if not issue.takes_number:
        return
    for day in issue.open_before if issue.number is None else ():
        said = _("{day} is still open; closed after this issue, it gets a higher number.")
        yield Found(said.format(day=day), detail=f"open {day}")
    before, after = issue.number_before, issue.number_after
    # One that has none yet gets a number above all that were given.
    if before is not None and issue.number is not None and before[0] > issue.number:
        said = _("This is No. {own}, but that of {day}, which is earlier, is No. {number}.")
        yield _disorder(issue, said, *before)
    if after is not None and (issue.number is None or after[0] < issue.number):
        said = _("This is No. {own}, but that of {day}, which is later, is No. {number}.")
        yield _disorder(issue, said, *after)


def _disorder(issue: Facts, said: str, number: int, day: date) -> Found:
    own = issue.number or issue.coming_number
    return Found(said.format(own=own, number=number, day=_day(day)), detail=f"{number}")


def planned_day(issue: Facts) -> Iterator[Found]:
    """Find an hour on a day after that of the issue, or more than one before it."""
    planned = issue.planned_day
    if planned is not None and not -1 <= (planned - issue.day).days <= 0:
        said = _("It is dated {day} and goes out on {planned}.")
        yield Found(said.format(day=_day(issue.day), planned=_day(planned)))


def misnamed(issue: Facts) -> Iterator[Found]:
    """Find numbers and days in the title of the issue, or numbers in its texts, that are off."""
    yield from _of_title(issue)
    for piece in issue.pieces:
        for text in piece.reads:
            for match in _TEXT.finditer(text):
                number = read_number(match[1])  # none in 总第十十期
                if number and (wrong := _wrong_number(issue, number, text)):
                    said = _("“{title}” says “{words}”: {wrong}")
                    yield about(piece, said, words=match[0], wrong=wrong, detail=match[0])


def _of_title(issue: Facts) -> Iterator[Found]:
    for match in _TITLE.finditer(issue.title):
        own = _own(issue)
        if own and read_number(match[1]) not in own:
            said = _("The issue is called “{title}”, but it is No. {own}.")
            yield Found(said.format(title=issue.title, own=own[0]), detail="number")
    named = mentions(issue.title, issue.day)
    weekdays = ["一二三四五六日".find(w.replace("天", "日")) for w in _WEEKDAY.findall(issue.title)]
    is_other_day = any(each.date != issue.day for each in named)
    is_other_weekday = any(each != issue.day.weekday() for each in weekdays)
    if is_other_day or is_other_weekday:
        said = _("The issue is called “{title}”, but it is of {day}, a {weekday}.")
        weekday = date_format(issue.day, "l")
        yield Found(
            said.format(title=issue.title, day=_day(issue.day), weekday=weekday), detail="day"
        )


def _own(issue: Facts) -> range:
    """Return the numbers that are the issue's own, or will be: none of an extra without one."""
    first = (issue.number or issue.coming_number) if issue.takes_number else None
    return range(first, first + issue.combines) if first else range(0)


def _wrong_number(issue: Facts, number: int, text: str) -> str:
    """Return what is wrong with a number in a text, by the days beside it; empty if nothing is."""
    own = _own(issue)
    known = {**issue.numbers, **dict.fromkeys(own, issue.day)}
    named = [each.date for each in mentions(text, issue.day) if each.date]
    if number not in known:
        return _("there is no such issue.") if number > max(own, default=number) else ""
    if own and number not in own and _NOW.search(text):
        return _("this is No. {own}.").format(own=own[0])
    if len(named) == 1 and named[0] != known[number]:
        said = _("No. {number} is of {day}.")
        return said.format(number=number, day=_day(known[number]))
    return ""


def numbers_named(issue: Facts) -> set[int]:
    """Return the running numbers that the texts of an issue name, so that they can be looked up."""
    texts = (text for piece in issue.pieces for text in piece.reads)
    found = (read_number(match[1]) for text in texts for match in _TEXT.finditer(text))
    return {number for number in found if number}


def _day(day) -> str:
    # Translators: a date format of Django's: day, month and year, as it is printed.
    return date_format(day, _("j F Y"))
