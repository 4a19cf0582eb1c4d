"""Recognise what frames a page: page heads, mastheads, page-foot lines, page numbers."""

import re
from dataclasses import dataclass

from . import roles
from .characters import HAN, read_number, squeeze
from .names import could_be_name, is_name
from .vocabulary import CONTACTS, PAGE_NAMES, PAPERS

_D = "[0-9０-９]"
_NUMERAL = f"(?:{_D}{{1,3}}|[一二三四五六七八九十]{{1,3}})"
_NAME = f"[{HAN}A-Za-z0-9·•、—/&“”《》]{{1,16}}"
_SEP = r"[\s　：:·•|｜／/—\-]*"
_HEAD = re.compile(
    rf"[■□●▌【\[]?\s*第?\s*(?P<label>[A-Za-zＡ-Ｚ]?{_NUMERAL})\s*版(?![面权本式图画])[】\]]?"
    rf"{_SEP}(?P<rest>.*)"
)
_BETWEEN = " \t\u3000|｜·•:："
_INNER_HEAD = re.compile(
    rf"[\s　|｜·•](?:第\s*)?(?P<label>[A-Za-zＡ-Ｚ]?{_NUMERAL})\s*版(?![面权本式图画次])"
    r"(?P<rest>(?:[\s　:：|｜·•—-].*)?)$"
)
_LETTER_HEAD = re.compile(rf"(?P<label>[A-TＡ-Ｔ]{_D}{{1,2}})[\s　：:·|｜]+(?P<rest>{_NAME}.*)")
_PAGE_NAME = re.compile(f"[{HAN}·]{{0,4}}{PAGE_NAMES}")
_BARE_HEAD = re.compile(
    r"(?P<label>0?[1-9]|[1-4][0-9]|０?[１-９])[\s　·•|｜:：]+"
    rf"(?P<rest>{_PAGE_NAME.pattern}(?:\s.*)?)"
)
_NAME_FIRST = re.compile(
    rf"(?P<name>[{HAN}·]{{2,8}})[\s　：:·|｜]*"
    rf"(?:第\s*(?P<label>[A-Za-zＡ-Ｚ]?{_NUMERAL})\s*版|(?P<bare>{_D}{{1,2}})\s*版)"
)
_PAGE_NUMBER = re.compile(
    rf"[-—–·•.\s]*(?:第\s*)?{_D}{{1,3}}\s*(?:页)?[-—–·•.\s]*(?:/\s*{_D}{{1,3}})?"
)
_SEPARATOR = re.compile(r"[\s　\-—–_=*＊~～·.…※☆★◆◇○●■□#＃＋+|｜/\\]{3,}")
_PAPER = re.compile(f"[《]?[{HAN}]{{1,10}}{PAPERS}[》]?")
_Y = "[〇○零一二三四五六七八九]"
_N = f"(?:{_D}{{1,2}}|[一二三四五六七八九十]{{1,3}})"
_DATE = (
    rf"(?:{_D}{{4}}|{_Y}{{4}})\s*年\s*{_N}\s*月\s*{_N}\s*日"
    rf"|{_D}{{4}}[-./]{_D}{{1,2}}[-./]{_D}{{1,2}}"
)
_WHOLE_DATE = re.compile(f"{_DATE}|{_N}月{_N}日")
_INVITATION = re.compile(
    r"(?:请?扫(?:描|码)|扫一扫|长按|识别)[^。]{2,40}|更多(?:新闻|内容)[^。]{2,30}(?:关注|扫码|扫描|登录)[^。]{0,30}"
)
_WEATHER = re.compile(
    r"(?:[今明][日天晚]|本区|市区)?天气(?:预报|提示|预告)?[：:][^。]{4,80}"
    r"|(?:[今明][日天晚]|本区|[我全]区)[^。]{0,4}(?:晴|阴|多云|[雨雪雾霾风])[^。]{0,40}[\d零]\s*(?:℃|度|级)[^。]{0,20}"
)
_ISSUE = (
    rf"总?第?\s*{_D}{{1,6}}\s*期|总第\s*{_D}{{1,6}}\s*[期号]"
    rf"|[(（]总{_D}{{1,6}}期[)）]|第\s*{_D}{{1,6}}\s*号"
)
_REGISTER = (
    r"(?:国内)?统一(?:连续出版物|刊)号[：:]?\s*[A-Z\s]*[\d\-—/（）()A-Z]+"
    rf"|CN\s*{_D}{{2}}[-—]{_D}{{4}}(?:/[A-Z])?|准印证号?[：:]?\s*\S{{1,24}}"
    r"|(?:邮发)?代号[：:]?\s*[\d\-—]+"
)
_PUBLISHER = (
    rf"(?:[{HAN}]{{2,16}})?(?:主管主办|主管|主办|承办|协办|出版)(?=[\s　]|$)"
    rf"|(?:主管|主办|承办|协办|出版|印刷|发行|编印|监制|指导)(?:单位)?[：:]\s*\S+"
    rf"|[{HAN}]{{2,14}}(?:主办|出版|编印)"
    r"|内部资料[\s　，,·]*(?:免费交流|注意保存)?|(?:免费|内部)?(?:赠阅|交流|发放|赠送)(?=[\s　]|$)"
)
_CONTACT = (
    r"(?:新闻|爆料|采编|广告|发行|服务|投诉|读者|监督)?(?:热线|专线|电话|传真)(?:电话)?[：:]?\s*"
    r"[\d\-—（）() 转]+"
    rf"|{CONTACTS}[：:]\s*[^\s　]+|\S{{0,8}}(?:www\.|https?://)[\x21-\x7e]+"
)
_ONE_CONTACT = re.compile(_CONTACT)
_DAY = (
    rf"(?:星期|周)[一二三四五六日天]|农历[{HAN}]{{2,14}}?(?=[\s　]|$)"
    rf"|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年[{HAN}]{{2,8}}"
    rf"|(?:最高|最低)?气温[：:]?[\d\-—~～℃/]+|天气[：:][{HAN}]{{1,8}}"
)
_PAGES = rf"(?:今日|本期|今天)\s*(?:共|出版)?\s*{_NUMERAL}\s*个?版"
_STRONG = re.compile(f"{_DATE}|{_DAY}|{_PAGES}|{_ISSUE}|{_REGISTER}|{_PUBLISHER}|{_CONTACT}")
_GUIDE_ENTRY = re.compile(
    r".{2,40}?[\s　.…·—\-（(]*(?:详见|见|刊|▶|→|>>)?\s*"
    rf"(?:第?\s*[A-Z]?{_NUMERAL}\s*[—\-至、]*\s*{_NUMERAL}?\s*版|[A-Z]\d{{2}})[）)]?"
)
_STAFF = re.compile(rf"({roles.STAFF_ROLE})[：:\s　/]*")
_STAFF_NAME = re.compile(r"([^\s　、，/|｜：:]+)[\s　、，]*")
_GUIDE_ENTRY_PAGE_FIRST = re.compile(
    rf"[▶►●◆■·\s　【（(\[]*(?:第?[A-Z]?{_D}{{1,2}}版|[A-Z]{_D}{{2}})[】）)\]\s　:：·]*\S"
)
_GUIDE_HEAD = re.compile(
    r"[【《]?(?:今日)?(?:本期|今日|版面|新闻|精彩|要闻|内容)?(?:导\s*读|看\s*点|提\s*要|要\s*目|目\s*录|导\s*览|索\s*引|导\s*航)[】》]?"
)


@dataclass(frozen=True)
class Head:
    """A page head as printed: its label (2, A02), its name, and other words on its line."""

    label: str
    number: int
    name: str
    raw: str
    folio: str = ""


def read_head(text):
    """Read a page head such as 第2版：综合新闻, A02 要闻 or 第二版 民生; None when it is none."""
    if len(text) > 90 or text[-1] in "。！？；，":
        return None
    match = _HEAD.fullmatch(text) or _LETTER_HEAD.fullmatch(text) or _BARE_HEAD.fullmatch(text)
    if match:
        name, folio = _split_name(match.group("rest"))
        if name is not None:
            return _head(match.group("label"), name, text, folio)
    match = _NAME_FIRST.match(text)
    if match and (not text[match.end() :].strip() or is_folio(text[match.end() :])):
        bare = match.group("bare")
        if bare and not _PAGE_NAME.fullmatch(match.group("name")):
            return None
        label = match.group("label") or bare
        return _head(label, match.group("name"), text, text[match.end() :].strip())
    return _read_head_in_folio(text)


def _read_head_in_folio(text):
    """Read 棠溪时讯 2023年12月8日 第2版 民生 编辑 李明: a head between paper, date and editors."""
    match = _INNER_HEAD.search(text)
    before = text[: match.start()].strip() if match else ""
    if not before or not (is_folio(before) or is_paper_name(before)):
        return None
    rest = match.group("rest").strip(_BETWEEN)
    name, _folio = _split_name(rest)
    if name is None or not (name or match.group().strip(_BETWEEN).startswith("第")):
        return None
    # All the line frames the page, so the head keeps it whole.
    return _head(match.group("label"), name, text, "")


def _head(label, name, text, folio):
    number = read_number(label.lstrip("ABCDEFGHIJKLMNOPQRSTabcdefghijklmnopqrstＡＢＣＤＥＦＧＨ"))
    if number is None:
        return None
    raw = text.removesuffix(folio).strip() if folio else text
    return Head(squeeze(label), number, name.strip("：:·•|｜— 　【】"), raw, folio)


def _split_name(rest):
    """Split 综合新闻 2023年12月8日 责编：张三 into the page's name and its folio."""
    rest = rest.strip()
    if not rest:
        return "", ""
    if is_folio(rest):
        return "", rest
    name, _space, folio = rest.partition(" ") if " " in rest else rest.partition("　")
    if not re.fullmatch(_NAME, name):
        return None, ""
    folio = folio.strip()
    if not folio or is_folio(folio):
        return name, folio
    if re.fullmatch(f"[{HAN}]{{1,2}}", folio) and len(name) <= 2:
        return f"{name}{folio}", ""
    return None, ""


def is_folio(text):
    """Say whether a line is a masthead or page foot: dates, numbers, editors, addresses only."""
    if len(text) > 300:
        return False
    if _WEATHER.fullmatch(text) or _INVITATION.fullmatch(text):
        return True
    strong, position, text = False, 0, text.strip()
    while position < len(text):
        end, counts = _next_atom(text, position)
        if end is None:
            return False
        strong = strong or counts
        position = end
        while position < len(text) and text[position] in " 　\t|｜/·，,、；;（）()":
            position += 1
    return strong


def _next_atom(text, position):
    match = _STRONG.match(text, position)
    if match and match.end() > position:
        return match.end(), True
    staff = _staff_end(text, position)
    if staff:
        return staff, True
    for weak in (_PAPER, re.compile(rf"第?[A-Z]?{_NUMERAL}版")):
        match = weak.match(text, position)
        if match and (match.end() == len(text) or not re.match(f"[{HAN}]", text[match.end()])):
            return match.end(), False
    return None, False


def _staff_end(text, position):
    """Find where 责编 李四 王五 ends, when it stands here."""
    role = _STAFF.match(text, position)
    if not role:
        return None
    spaced = role.end() > role.end(1)
    end = role.end()
    for token in _STAFF_NAME.finditer(text, end):
        word = token.group(1)
        known = len(word) == 1 or (could_be_name(word) if spaced else is_name(word))
        if token.start() != end or not known or _STAFF.match(word):
            break
        if _STRONG.match(text, token.start()):
            break
        end = token.end()
    return end if end > role.end() else None


def is_contact(text):
    """Say whether a line is one address, number or web page and nothing else."""
    return bool(_ONE_CONTACT.fullmatch(text.strip()))


def is_paper_name(text):
    """Say whether a line could be the paper's name; its neighbors must confirm it."""
    return bool(_PAPER.fullmatch(text.replace(" ", "").replace("\u3000", ""))) and len(text) <= 16


def is_page_number(text):
    """Recognise - 3 -, 第3页, 03."""
    return len(text) <= 12 and bool(_PAGE_NUMBER.fullmatch(text))


def is_separator(text):
    """Recognise a line of dashes, stars or dots."""
    return bool(_SEPARATOR.fullmatch(text))


def is_date(text):
    """Recognise a line that is a date, or a month and day, and nothing else."""
    return len(text) <= 24 and bool(_WHOLE_DATE.fullmatch(text.strip()))


def is_guide_head(text):
    """Recognise the head of a list of pointers to inner pages (今日导读)."""
    return len(text) <= 12 and bool(_GUIDE_HEAD.fullmatch(text))


def is_guide_entry(text):
    """Recognise a pointer such as 冬季供暖这样报修 （见第2版）."""
    return len(text) <= 60 and bool(
        _GUIDE_ENTRY.fullmatch(text) or _GUIDE_ENTRY_PAGE_FIRST.match(text)
    )
