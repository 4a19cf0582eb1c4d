"""Days that a text names: 12月8日（星期五）, 2023年2月30日, 十二月十日至十二日. Knows no issue.

A day without a year is that of the issue's own year; around New Year of the year next to it. A
sentence that has named a year goes on in it. Where a paragraph speaks of another year, or of 当年,
the year of a bare day is not known, and only what no year has is said of it. Days of the old
calendar (农历) are none of ours.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

_ONE = "[一二三四五六七八九]"
_NUM = f"[0-9０-９]{{1,2}}|廿{_ONE}?|三十一?|[一二]?十{_ONE}?|{_ONE}"
_WEEK = "(?:星期|周|礼拜)([一二三四五六日天])(?![福边围刊])"
_DAY = re.compile(
    r"(?P<old>农历|阴历|旧历|夏历)?"
    r"(?:(?P<year>(?<![0-9])[0-9]{4}|[〇○零一二三四五六七八九]{4})年"
    r"|(?P<about>今年|本年|去年|前年|明年|后年|当年|那年|同年|次年|翌年))?"
    rf"\s*(?<![0-9一二三四五六七八九十第])(?P<month>{_NUM})月(?:份)?(?P<day>{_NUM})[日号](?!楼|线|院|门|店)"
    rf"(?:\s*{_WEEK}|\s*[（(][^（）()]{{0,12}}?{_WEEK}[^（）()]{{0,12}}[）)])?"
    rf"(?:(?:至|到|—{{1,2}}|－|–|-|~|～)(?P<until>{_NUM})[日号](?!楼|线))?"
)
_BEFORE = re.compile(rf"(?:^|[^、和及至到]){_WEEK}\s*[（(]\s*$")
_SENTENCE = re.compile(r"[^。！？；!?;]*[。！？；!?;]*")
_YEAR = re.compile(r"(?<![0-9])([12][0-9]{3})年")
_DIGITS = {numeral: str(value) for value, numeral in enumerate("〇一二三四五六七八九")}
_DIGITS |= {"零": "0", "○": "0"} | {chr(0xFF10 + value): str(value) for value in range(10)}
_BESIDE = {"今年": 0, "本年": 0, "去年": -1, "前年": -2, "明年": 1, "后年": 2}
# A bare day that would lie further from the issue than this is meant of the year beside it.
_FAR = 270
_LEAP, _PLAIN = 2000, 2001


@dataclass(frozen=True)
class Mention:
    """A day as a text names it, with the sentence it stands in; ``year`` 0 is not known."""

    words: str
    year: int
    month: int
    day: int
    until: int
    weekday: int
    sentence: str
    start: int
    end: int
    opens: bool = False

    @cached_property
    def date(self) -> date | None:
        """The day, where its year is known and the calendar has it."""
        return _real(self.year, self.month, self.day) if self.year else None

    @property
    def exists(self) -> bool:
        """Whether the calendar has it: in its year, or in any where that is not known."""
        year = self.year or _LEAP
        return _real(year, self.month, self.day) is not None and (
            not self.until or _real(year, self.month, self.until) is not None
        )

    @property
    def runs_backwards(self) -> bool:
        """Whether it is a span that ends before it begins: 12月12日至10日."""
        return bool(self.until) and self.until < self.day

    @property
    def before(self) -> str:
        """What its sentence says before it."""
        return self.sentence[: self.start]

    @property
    def after(self) -> str:
        """What its sentence says after it."""
        return self.sentence[self.end :]


def mentions(paragraph: str, issue: date) -> list[Mention]:
    """Return the days that a paragraph names, as an issue of a day would mean them."""
    return list(_mentions(paragraph, issue))


def _mentions(paragraph: str, issue: date) -> Iterator[Mention]:
    other_years = [year for year in map(int, _YEAR.findall(paragraph)) if year != issue.year]
    for number, sentence in enumerate(_SENTENCE.findall(paragraph)):
        named = 0
        for match in _DAY.finditer(sentence):
            if match["old"]:
                continue
            month, day = _number(match["month"]), _number(match["day"])
            named = _year_said(match, issue) or named
            known = named or (0 if other_years or _is_open(match) else _likely(issue, month, day))
            before = _BEFORE.search(sentence[: match.start()])
            weekday = next((w for w in (*match.groups()[5:7], before and before[1]) if w), "")
            yield Mention(
                words=match[0].strip(),
                year=known,
                month=month,
                day=day,
                until=_number(match["until"] or ""),
                weekday="一二三四五六日".find(weekday.replace("天", "日")) + 1 if weekday else 0,
                sentence=sentence,
                start=match.start(),
                end=match.end(),
                opens=number == 0 and not match.start(),
            )


def _is_open(match: re.Match) -> bool:
    """Say whether the words before a day point to a year without naming it: 当年, 次年."""
    return bool(match["about"]) and match["about"] not in _BESIDE


def _year_said(match: re.Match, issue: date) -> int:
    if match["year"]:
        return int("".join(_DIGITS.get(char, char) for char in match["year"]))
    if match["about"] in _BESIDE:
        return issue.year + _BESIDE[match["about"]]
    return 0


def _likely(issue: date, month: int, day: int) -> int:
    """Return the year that a day without one means."""
    same = _real(issue.year, month, day) or _real(issue.year, month, 28)
    if same is None or abs((same - issue).days) <= _FAR:
        # 2月29日 is that of a leap year, where one is near.
        near = (issue.year, issue.year + 1, issue.year - 1) if (month, day) == (2, 29) else ()
        return next((year for year in near if _real(year, month, day)), issue.year)
    return issue.year + (-1 if same > issue else 1)


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _number(text: str) -> int:
    """Read 8, ８, 八, 十八, 廿八 or 三十一; 0 where there is nothing."""
    text = "".join(_DIGITS.get(char, char) for char in text.replace("廿", "二十"))
    if not text or text.isdigit():
        return int(text or 0)
    tens, _ten, units = text.partition("十")
    return int(tens or 1) * 10 + int(units or 0)
