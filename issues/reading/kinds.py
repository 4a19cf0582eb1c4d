"""Tell news from briefs, notices, picture stories and corrections."""

import re

from .characters import read_number, squeeze
from .headlines import is_briefs_label
from .vocabulary import ADVERTS, CORRECTIONS, NOTICES

_CORRECTION = re.compile(CORRECTIONS)
_WRONG = re.compile("应为|误[排写刊作植印登]?为|(?:排|印|写|刊登?)有误|系.{1,12}之误")
_SORRY = re.compile("更正|致歉|抱歉|歉意")
_NOTICE = re.compile(f"{NOTICES}$")
_ADVERT = re.compile(
    f"[\u4e00-\u9fff]{{0,4}}{ADVERTS}(?:信息|广告|启事|专栏)?|[\u4e00-\u9fff]{{0,4}}广告"
)
_FEATURE = re.compile(
    "走基层|人物|故事|特写|深度|专题|调查|通讯|纪实|访谈|专访|对话|手记|副刊|随笔"
)
_CORRECTS = re.compile(
    r"本[报刊网]?\s*于?\s*((?:\d{4}年)?\d{1,2}月\d{1,2}日)[^《第]{0,12}"
    r"第?\s*([A-Z]?\d{1,3}|[一二三四五六七八九十]{1,3})\s*版(?:[^《]{0,20}《([^》]{1,60})》)?"
)


def is_correction(headline):
    """Recognise 更正 and its relatives as a headline."""
    bare = squeeze(headline or "")
    return len(bare) <= 10 and bool(_CORRECTION.search(bare))


def is_notice(headline):
    """Recognise an official notice by its headline."""
    bare = squeeze(headline or "")
    return bool(_NOTICE.search(bare)) and (len(bare) > 1)


def is_advert(headline):
    """Recognise the two to eight characters over an advertisement: 旺铺招租."""
    return bool(_ADVERT.fullmatch(squeeze(headline or "").strip("【】■●★◆·！")))


def kind_of(titles, *, bylines, photo_credits, captions, paragraphs):
    """Choose one of pieces.KINDS."""
    headline, label = titles.headline, titles.column_label or ""
    if is_correction(headline) or _corrects(paragraphs):
        return "correction_notice"
    if is_notice(headline) or is_advert(headline):
        return "notice"
    pictures = photo_credits or captions
    shot = all(credit.photographs for credit in bylines) and (captions or not bylines)
    if pictures and shot and len(paragraphs) <= 2:
        return "photo_story"
    length = sum(map(len, paragraphs))
    if (headline is None or is_briefs_label(label)) and len(paragraphs) <= 2 and length <= 300:
        return "brief"
    return "feature" if _FEATURE.search(label) else "news"


def _corrects(paragraphs):
    text = "".join(paragraphs) if len(paragraphs) <= 3 else ""
    return len(text) < 600 and bool(_WRONG.search(text) and _SORRY.search(text))


def find_corrected(paragraphs):
    """Find what a correction corrects: its date, page and title, as far as they are named."""
    for paragraph in paragraphs:
        match = _CORRECTS.search(paragraph[:400])
        if match:
            page = read_number(re.sub("[A-Z]", "", match.group(2)))
            return {"date": match.group(1), "page": page, "title": match.group(3)}
    return None
