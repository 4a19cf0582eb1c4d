"""Lift what stands before and after a text: datelines, signatures, credits, jump marks."""

import re
from dataclasses import dataclass, field, replace

from . import datelines, roles
from .bylines import Attribution, parse_byline, parse_staff
from .characters import HAN, STOPS, read_number
from .names import could_be_name, is_bare_name, may_sign

_PAGE = "(?:第\\s*)?([A-Za-zＡ-Ｚ]?[0-9０-９]{1,3}|[一二三四五六七八九十]{1,3})\\s*版"
_TO = re.compile(f"(?:紧接|下转|转|续见|下接)[{HAN}]{{0,4}}?\\s*{_PAGE}[^）)。]{{0,20}}")
_FROM = re.compile(f"(?:紧?上接|接|续|承接)[{HAN}]{{0,4}}?\\s*{_PAGE}[^）)。]{{0,20}}")
_FROM_OPEN = re.compile(f"[（【［]\\s*{_FROM.pattern}?[）】］]\\s*|上接\\s*{_PAGE}[\\s：:]*")
_SOURCE = re.compile(
    r"(?:稿件|文章|图文|图片|文字|本文)?(?:来源|原载|转自|摘自|选自|据)[：:\s]*(.{1,40})"
)
_TAIL_BRACKET = re.compile(r"\s*[（【]([^（）【】]{1,80})[）】]$")
_LEAD_BRACKET = re.compile(r"[（]([^（）]{1,120})[）]\s*[：:]?\s*")
_RUN_IN = re.compile(
    f"((?:{roles.ROLE.pattern})[\\s　]+(?:[{HAN}·]{{1,4}}[\\s　]+){{1,8}})(?=[^\\s　]{{12}})"
)
_NUMBER = "(?:[①-⑳]|[0-9０-９]{1,2}|[一二三四五六七八九十])"
_PICTURE_MARK = (
    r"[▲▼△▽◀▶←→↑↓◁▷]+|[上下左右中本题]图[一二三四①-⑳]?[：:]|[①-⑳](?=图)"
    rf"|[（(]?图\s*{_NUMBER}[）)]?[：:、\s]*"
)
MARK = re.compile(f"\\s*((?:{_PICTURE_MARK})+)\\s*[：:]?\\s*")
_SAYS_PICTURE = re.compile(
    "[▲▼△▽◀▶←→↑↓]*(?:[上下左右本]?图(?:[①-⑳一二三四]|片)?为|(?:图片|图)(?:显示|说明)"
    "|[上下左右]图[：:，])"
)
BULLET = re.compile(r"[●◆■★◇□○◎▶►☆※•·][\s　]*")
_STOP_OR_CLOSER = re.compile(f"[{re.escape(STOPS)}；][”’）》】]*|[\\s　]")


@dataclass
class Lifted:
    """A block with its ends taken off: `text` is what remains to be read as prose."""

    text: str
    dateline: str | None = None
    source: str | None = None
    jump_from: int | None = None
    jump_to: int | None = None
    head: list = field(default_factory=list)
    tail: list = field(default_factory=list)
    before: list = field(default_factory=list)
    after: list = field(default_factory=list)
    mark: str = ""
    bullet: str = ""
    said: bool = False

    @property
    def signed(self):
        """Whether somebody signed the end as its writer."""
        return any(not item.is_photo_only for item in self.tail)

    @property
    def credited(self):
        """Whether a picture credit stands at the end."""
        return any(item.is_photo_only for item in self.tail)

    @property
    def illustrated(self):
        """Whether the credit is for the pictures of a whole piece: （图片由区文联提供）."""
        return any(re.search("图片|照片|配图|组图|制图|绘图", item.raw) for item in self.tail)

    @property
    def is_caption(self):
        """Whether the block calls itself the text of a picture."""
        return self.said or bool(re.search("[图①-⑳]", self.mark))


def lift(text):
    """Take a block's dateline, lead bracket, signature, credits and jump marks off."""
    lifted = Lifted(text)
    lifted.said = bool(_SAYS_PICTURE.match(text))
    _lift_mark(lifted)
    _lift_jump(lifted)
    _lift_lead(lifted)
    for _attempt in range(4):
        if not (_lift_tail_bracket(lifted) or _lift_bare_tail(lifted)):
            break
    return lifted


def read_jump(text):
    """Read a line that is a jump mark and nothing else: ("to" or "from", page) or None."""
    bare = text.strip(" 　（）()【】［］")
    for direction, pattern in (("to", _TO), ("from", _FROM)):
        match = pattern.fullmatch(bare) if len(bare) <= 30 else None
        if match:
            number = _page_number(match.group(1))
            return (direction, number) if number else None
    return None


def read_source(text):
    """Read （来源：大众日报） or 来源：大众日报; None when it is no source tag."""
    match = _SOURCE.fullmatch(text.strip(" 　（）()【】"))
    if not match or (text[0] not in "（【" and "：" not in text) or "。" in text:
        return None
    return match.group(1).strip()


def _page_number(label):
    return read_number(re.sub("[A-Za-zＡ-Ｚ]", "", label))


def _lift_mark(lifted):
    match = MARK.match(lifted.text)
    if match and match.end() < len(lifted.text):
        lifted.mark = match.group(1)
        lifted.before.append(match.group().strip())
        lifted.text = lifted.text[match.end() :]
        return
    match = BULLET.match(lifted.text)
    if match and match.end() < len(lifted.text):
        lifted.bullet = match.group().strip()


def _lift_jump(lifted):
    match = _FROM_OPEN.match(lifted.text)
    if match:
        lifted.jump_from = _page_number(next(filter(None, match.groups())))
        lifted.before.append(match.group().strip())
        lifted.text = lifted.text[match.end() :]


def _lift_lead(lifted):
    bullet = BULLET.match(lifted.text) if lifted.bullet else None
    start = bullet.end() if bullet else 0
    dateline, source, rest = datelines.split(lifted.text[start:])
    bracket = _LEAD_BRACKET.match(rest)
    named = parse_byline(bracket.group(0).strip(" ：:")) if bracket else None
    if named and named.is_byline and (dateline or named.explicit) and bracket.end() < len(rest):
        rest = rest[bracket.end() :]
        lifted.head.append(named)
    else:
        reporter, rest = _lift_reported(rest)
        if reporter:
            lifted.head.append(reporter)
        elif not dateline:
            _lift_run_in(lifted)
            return
    taken = lifted.text[: len(lifted.text) - len(rest)].strip()
    lifted.dateline, lifted.source = dateline, source
    lifted.before.append(taken)
    lifted.text = rest.strip()
    if bullet:
        lifted.bullet = ""


def _lift_reported(text):
    """Split 记者张晓舟报道： off; (attribution, rest)."""
    start, colon, rest = text[:50].partition("：")
    named = parse_byline(start) if colon and len(start) >= 4 else None
    if named and named.is_byline and named.explicit and named.people and start.endswith("报道"):
        return named, text[len(start) + 1 :].lstrip()
    return None, text


def _lift_run_in(lifted):
    """Lift 每日新报记者 温良 尚文博 from before a first sentence it runs into."""
    match = _RUN_IN.match(lifted.text[:120])
    named = parse_byline(match.group(1)) if match else None
    if named and named.is_byline and all(could_be_name(who.name) for who in named.people):
        lifted.head.append(named)
        lifted.before.append(match.group(1).strip())
        lifted.text = lifted.text[match.end(1) :]


def _lift_tail_bracket(lifted):
    match = _TAIL_BRACKET.search(lifted.text[-90:])
    if not match:
        return False
    body = lifted.text[: len(lifted.text) - len(match.group())].rstrip()
    raw = match.group().strip()
    jump, source = read_jump(raw), read_source(raw)
    if jump and jump[0] == "to":
        lifted.jump_to = jump[1]
    elif source and body:
        lifted.source = source
    else:
        named = _read_signature(raw)
        if not (body and named.is_byline and _may_sign(named, body)):
            return False
        lifted.tail.insert(0, named)
    lifted.text = body
    lifted.after.insert(0, raw)
    return True


def _read_signature(raw):
    """Read a bracket; （编辑 何静） signs too, for want of another name."""
    staff = parse_staff(raw[1:-1])
    if staff and all(who.role == "编辑" for who in staff):
        people = tuple(replace(who, does=(roles.TEXT,)) for who in staff)
        return Attribution(raw, True, people=people, explicit=True)
    return parse_byline(raw)


def _may_sign(named, body):
    """A bracket signs after a full stop, or anywhere when it says it is a credit."""
    ended = body[-1] in STOPS + "”’；》" or _STOP_OR_CLOSER.match(body[-1])
    if named.people and not named.explicit and len(named.people) == 1:
        return bool(ended) and may_sign(named.people[0].name)
    return bool(ended) or named.explicit


def _lift_bare_tail(lifted):
    """Lift 。 宋知远 摄 or 。汤小荷/摄 from behind the last full stop or space."""
    window = lifted.text[-60:]
    start = len(lifted.text) - len(window)
    for stop in _STOP_OR_CLOSER.finditer(window):
        if start + stop.end() == 0:
            continue
        raw = window[stop.end() :].strip()
        named = parse_byline(raw) if 2 <= len(raw) <= 50 else None
        after_stop = window[: stop.end()].rstrip()[-1:] in tuple(STOPS + "”’）》】")
        if named and named.is_byline and not named.dateline and _is_bare_credit(named, after_stop):
            lifted.tail.insert(0, named)
            lifted.after.insert(0, raw)
            lifted.text = lifted.text[: start + stop.end()].rstrip()
            return True
    return False


def _is_bare_credit(named, after_stop):
    if named.explicit and named.people:
        roled = any(who.photographs for who in named.people) or after_stop
        return roled and all(len(who.name) > 1 for who in named.people)
    return after_stop and bool(named.people) and all(is_bare_name(who.name) for who in named.people)
