"""Read datelines: 本报讯, 新华社天津12月5日电, 东南网2月15日讯."""

import re

from .characters import HAN
from .vocabulary import AGENCIES, DATELINE_OUTLETS, OWN_PAPER

_D = "[0-9０-９]"
_N = "[一二三四五六七八九十]"
_DAY = f"(?:{_D}{{1,2}}月{_D}{{1,2}}日|{_N}{{1,2}}月{_N}{{1,3}}日|{_N}{{1,3}}日)"
_DATELINE = re.compile(
    f"[【［]?\\s*((?:据)?(?P<source>{AGENCIES}|{OWN_PAPER}|[{HAN}]{{2,8}}?{DATELINE_OUTLETS})"
    f"[{HAN}]{{0,8}}?{_DAY}?[{HAN}]{{0,3}}?(?:专?[讯电]|消息))\\s*[】］]?"
)
_AFTER = re.compile(r"[\s　（(】:：/]|$")
_OWN_LEAD = re.compile(f"(?:{OWN_PAPER})(?:{_DAY})?讯")


def split(text):
    """Split a dateline off: (dateline, agency or None, rest). No dateline: (None, None, text)."""
    match = _DATELINE.match(text)
    if not match:
        return None, None, text
    dateline, rest = match.group(1), text[match.end() :]
    closed = match.group()[-1] in "】］" or match.group()[-1].isspace() or _AFTER.match(rest)
    own_lead = _OWN_LEAD.fullmatch(dateline) and rest[:1] not in "员号息录"
    if not (closed or own_lead):
        return None, None, text
    source = match.group("source")
    own = re.fullmatch(OWN_PAPER, source)
    return dateline, None if own else source, rest.lstrip(" 　:：")
