"""The words a paper prints around a name: roles, what the person did, and for whom."""

import re

from .characters import HAN
from .vocabulary import GRADES, OUTLETS, ROLES, UNITS

_CORE = f"(?:{GRADES}*(?:记者|通讯员)|{ROLES})"
# 海峡导报记者, 本网见习记者, 区融媒体中心记者: any outlet may stand before the role.
ROLE = re.compile(f"[{HAN}A-Za-z]{{0,12}}?{_CORE}")
ROLE_AND_NAME = re.compile(f"([{HAN}A-Za-z]{{0,10}}?{_CORE})[：:]?([{HAN}·]{{2,9}})")
UNIT = re.compile(f"[{HAN}（）0-9]{{1,18}}?(?:{OUTLETS}|{UNITS})")

TEXT, PHOTO, VIDEO = "text", "photo", "video"
# What each word behind a name says the person did, longest first for matching.
VERBS = {
    "摄影报道": (TEXT, PHOTO),
    "文并摄": (TEXT, PHOTO),
    "文/图/视": (TEXT, PHOTO, VIDEO),
    "文/图/视频": (TEXT, PHOTO, VIDEO),
    "图/文/视频": (TEXT, PHOTO, VIDEO),
    "图/文": (TEXT, PHOTO),
    "文/图": (TEXT, PHOTO),
    "文/摄": (TEXT, PHOTO),
    "文/摄影": (TEXT, PHOTO),
    "图文报道": (TEXT, PHOTO),
    "文图": (TEXT, PHOTO),
    "图文": (TEXT, PHOTO),
    "摄影": (PHOTO,),
    "供图": (PHOTO,),
    "提供": (PHOTO,),
    "拍摄": (PHOTO,),
    "制图": (PHOTO,),
    "绘图": (PHOTO,),
    "摄": (PHOTO,),
    "图": (PHOTO,),
    "绘": (PHOTO,),
    "图片": (PHOTO,),
    "照片": (PHOTO,),
    "文字": (TEXT,),
    "视频": (VIDEO,),
    "视": (VIDEO,),
    "撰文": (TEXT,),
    "报道": (TEXT,),
    "供稿": (TEXT,),
    "整理": (TEXT,),
    "采写": (TEXT,),
    "翻译": (TEXT,),
    "编译": (TEXT,),
    "文": (TEXT,),
    "撰": (TEXT,),
}
_LONGEST_FIRST = "|".join(sorted(map(re.escape, VERBS), key=len, reverse=True))
GLUED_VERB = re.compile(f"(.+?)(/?)({_LONGEST_FIRST})")
LEADING_VERB = re.compile(f"({_LONGEST_FIRST})[/：:](.*)")
SENDER = re.compile(f"((?:[{HAN}]{{0,8}}(?:社|网|报|台)))发")
# 图片由区人民医院提供, 本组照片 本报记者 韩松 摄: words before a picture credit.
PICTURES = re.compile(
    "(?:本版|本组|本文|本栏|以上|文中|均)?(?:图片|照片|配图|组图|摄影)(?:除署名外)?(?:均|皆)?"
    "(?:由|为|系)?[：: 　]*(.+?)(提供|拍摄|供图|摄)"
)
PHOTO_ROLES = re.compile(".*(?:摄影|摄影爱好者|摄影师)$")

# Those who made the paper and did not write the piece.
STAFF = {
    "责任编辑": "edit",
    "责编": "edit",
    "本版编辑": "edit",
    "本版责编": "edit",
    "版面编辑": "edit",
    "值班编辑": "edit",
    "见习编辑": "edit",
    "编辑": "edit",
    "编审": "edit",
    "主编": "edit",
    "执行主编": "edit",
    "值班主任": "edit",
    "值班编委": "edit",
    "值班总编": "edit",
    "本期主编": "edit",
    "编委": "edit",
    "监制": "edit",
    "审稿": "edit",
    "审读": "edit",
    "审核": "edit",
    "签发": "edit",
    "初审": "review1",
    "一审": "review1",
    "复审": "review2",
    "二审": "review2",
    "终审": "review3",
    "三审": "review3",
    "美术编辑": "layout",
    "视觉设计": "layout",
    "版式设计": "layout",
    "版面设计": "layout",
    "本版美编": "layout",
    "美编": "layout",
    "版式": "layout",
    "组版": "layout",
    "排版": "layout",
    "制版": "layout",
    "设计": "layout",
    "制图": "layout",
    "一校": "proof",
    "二校": "proof",
    "三校": "proof",
    "本版校对": "proof",
    "责任校对": "proof",
    "校对": "proof",
    "检校": "proof",
}
STAFF_ROLE = "|".join(sorted(STAFF, key=len, reverse=True))
