"""Recognise Chinese personal names, also when they are padded to three characters' width."""

import re

from .characters import HAN
from .words import is_word

_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁"
    "任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫雷段龙黎史贺陶顾毛郝龚邵万覃武钱戴严"
    "莫孔向常汤康易乔赖文施洪季樊辛管祝耿牛柴梅骆安齐庞尚温葛舒米宁穆柳邢殷俞翁聂焦单岑翟左章盛童靳欧"
    "项屈祁甘路尤毕涂鲁蓝詹裴纪凌霍成卞符倪关阮华阎滕饶包仲丛柯岳苗车解晏池滑鲍瞿冉冷卓房娄褚丘游喻"
    "连甄应艾蒲窦谷景荣桂宗苑郎古原边辜巩粟慕查师糜隋邸祖伍佟臧明计伏云时皮戚党宫席屠强闵井巫焉车宓"
    "蓬全郗班秋伊栾暴厉戎束幸韶蓟薄宿怀索咸籍卜卫乐楚植刁海双帅匡寇敖冀浦鞠敬占展先练诸楼相封储麦简"
    "水战隗山谈茅诺木扈燕堵官习迟修商由由亓竺权仇旷门经步佘佘缪干应昝阳阴骈种衣初鄢言勾支尉揭邬邝谌"
    "甯晋从兰芦洛桑辛奚代柏苇"
)
_COMPOUND = frozenset(
    """欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 长孙 宇文 司徒 夏侯 端木 轩辕 南宫 独孤
    呼延 第五 西门 钟离 闻人 澹台 濮阳 淳于 太史 申屠 公冶 宗政 赫连 万俟 司空 亓官 仲孙 梁丘
    左丘 东门 拓跋 百里 东郭 南门 羊舌 公羊 段干 完颜 纳兰 叶赫 鲜于 闾丘 乐正 漆雕 巫马 公西
    颛孙""".split()
)
_HAN_NAME = re.compile(f"[{HAN}]{{2,4}}")
_ANY_NAME = re.compile(f"[{HAN}]{{2,4}}|[{HAN}]{{1,8}}(?:·[{HAN}]{{1,8}}){{1,3}}")
_NOT_NAMES = frozenset(
    """手记 观察 调查 来信 连线 节目 论坛 方案 时间 安全 金牌 全文 略图 完 上 中 下 待续 资料 图片
    上图 下图 高清 综合 整理 报道 全景 水上 成果 强调 指出 海报 明日 相关 关注 连载 应急 路上
    成长 向上 平安 时评 明天 解读 通知 公告 启事 言论 简讯 简介 言说 文化 文明 文艺 文学 文旅
    时政 经济 管理 安居 华章 先锋 展望 展示 相册""".split()
)


def is_surname(character):
    """Say whether one character is a surname."""
    return character in _SURNAMES


def is_compound_surname(text):
    """Say whether two characters are a surname: 欧阳."""
    return text in _COMPOUND


def could_be_name(text):
    """Accept anything a person printed behind a role could be called."""
    return bool(_ANY_NAME.fullmatch(text)) and text not in _NOT_NAMES


def is_name(text):
    """Recognise a name that nothing announces: it needs a known surname."""
    if "·" in text:
        # 七律·登高 is a poem.
        first = text.partition("·")[0]
        return bool(_ANY_NAME.fullmatch(text)) and not (len(first) < 3 and is_word(first))
    if not _HAN_NAME.fullmatch(text) or text in _NOT_NAMES:
        return False
    if text[:2] in _COMPOUND:
        return len(text) > 2
    return len(text) < 4 and text[0] in _SURNAMES


def may_sign(text):
    """Recognise a name in brackets after a full stop, where a rare surname is no bar."""
    if is_name(text):
        return True
    odd = set("的为是有均见待续图版略注据详下上同另文完") & set(text)
    return could_be_name(text) and not odd and not is_word(text)


def is_pen_name(text):
    """Recognise the likes of 听雨 under a title: two characters that make no other word."""
    return (
        bool(re.fullmatch(f"[{HAN}]{{2}}", text)) and text not in _NOT_NAMES and not is_word(text)
    )


def is_bare_name(text):
    """Recognise a name standing alone: it must not be an everyday word."""
    joined = "".join(text.split())
    return is_name(joined) and not (len(joined) == 2 and is_word(joined))


def unpad(tokens):
    """Put names padded with spaces together again: 李 四 is 李四, 欧阳 雪 is 欧阳雪.

    Single characters are read in pairs; three or five of them stay as they are, because
    nothing says which belong together.
    """
    names, singles = [], []
    for token in [*tokens, ""]:
        if len(token) == 1:
            singles.append(token)
            continue
        if len(singles) == 1 and len(token) == 2 and singles[0] in _SURNAMES and not is_name(token):
            names.append(singles.pop() + token)
            continue
        names.extend(_pair_singles(names, singles))
        singles = []
        if token:
            names.append(token)
    return names


def _pair_singles(names, singles):
    for position in range(len(singles) - 2):
        compound = "".join(singles[position : position + 2]) in _COMPOUND
        if compound and position % 2 == 0:
            before = _pair_singles(names, singles[:position])
            name = "".join(singles[position : position + 3])
            return [*before, name, *_pair_singles([name], singles[position + 3 :])]
    if len(singles) % 2 and names and names[-1] in _COMPOUND:
        return [names.pop() + singles[0], *_pair_singles([], singles[1:])]
    if len(singles) % 2 == 0:
        return ["".join(pair) for pair in zip(singles[::2], singles[1::2], strict=True)]
    if len(singles) == 1 and names and len(names[-1]) == 2:
        return [names.pop() + singles[0]]
    return singles
