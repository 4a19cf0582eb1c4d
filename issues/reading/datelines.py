"""Read datelines: 本报讯, 新华社天津12月5日电, 东南网2月15日讯."""

import re

from .characters import HAN

_DAY = "(?:[0-9０-９]{1,2}月[0-9０-９]{1,2}日|[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日|[一二三四五六七八九十]{1,3}日)"
_AGENCY = "新华社|新华网|中新社|中新网|中国新闻网|人民网|央视网|央广网|光明网|中国网|台海网|中国青年网|新华每日电讯"
_OWN = "本报|本网|本台|本刊|本社|本中心"
_OUTLET = f"[{HAN}]{{2,8}}?(?:网|融媒体?|融媒体中心|发布|客户端|日报|晚报|时报|时讯|在线|新闻网|广播电视台|新闻|传媒)"
_DATELINE = re.compile(
    f"[【［]?\\s*((?:据)?(?P<source>{_AGENCY}|{_OWN}|{_OUTLET})[{HAN}]{{0,8}}?"
    f"{_DAY}?[{HAN}]{{0,3}}?(?:专?[讯电]|消息))\\s*[】］]?"
)
_AFTER = re.compile(r"[\s　（(】:：/]|$")
_OWN_LEAD = re.compile(f"(?:{_OWN})(?:{_DAY})?讯")


def split(text):
    """Split a dateline off: (dateline, agency or None, rest). No dateline: (None, None, text)."""
    match = _DATELINE.match(text)
    if not match:
        return None, None, text
    dateline, rest = match.group(1), text[match.end() :]
    closed = match.group().rstrip()[-1] in "】］"
    if not (closed or _AFTER.match(rest) or match.group()[-1].isspace()):
        if not _OWN_LEAD.fullmatch(dateline) or rest[:1] in "员号息录":
            return None, None, text
    source = match.group("source")
    own = re.fullmatch(_OWN, source)
    return dateline, None if own else source, rest.lstrip(" 　:：")
