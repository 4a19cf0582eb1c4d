"""Read who wrote and who photographed from a line of a manuscript: proposals, for a person."""

import re
from dataclasses import dataclass

_HAN = "\u4e00-\u9fff"
_NAME = re.compile(f"[{_HAN}]{{2,4}}|[{_HAN}]{{1,8}}(?:·[{_HAN}]{{1,8}})+")
# The hundred surnames that nine people in ten have, and some more.
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁"
    "任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺顾毛郝龚邵万覃武钱戴严"
    "莫孔向常汤康易乔赖文施洪季樊辛管祝耿牛柴梅骆安齐庞尚温葛舒宁穆柳邢殷俞翁聂焦单岑翟左章盛童欧"
    "项屈祁甘路尤毕涂鲁蓝詹裴纪凌霍成卞符倪关阮华阎滕饶包仲丛柯岳苗车解"
)
_TEXT = "通讯员|记者|作者|撰文|供稿|撰稿|文字|文"
_PHOTO = "摄影报道|摄影|供图|图片|摄|图"
_BOTH = "文[/／、]?图|图[/／、]?文|文[/／]摄|文并摄|图文"
_GRADE = "(?:本报|本台|特约|见习|实习|首席|全媒体|融媒体)*"
_ROLE = re.compile(f"{_GRADE}(?:{_BOTH}|{_TEXT}|{_PHOTO}|责任编辑|责编|编辑)")
_GLUED_FRONT = re.compile(f"({_GRADE}(?:通讯员|记者|作者))[:：]?([{_HAN}·]{{2,9}})")
_GLUED_BACK = re.compile(f"([{_HAN}·]{{2,9}}?)[/／]?((?:{_BOTH}|摄影报道|摄影|供图|摄)(?:报道)?)")
_UNIT = re.compile(
    f"[{_HAN}（）()0-9]{{2,24}}(?:街道|镇|乡|局|委|办|院|校|所|队|站|部|处|科|社区|小学|中学|大学"
    "|幼儿园|公司|集团|中心|医院|银行|法院|检察院|公安分局|村|馆|联|会|团委|支行|园区)"
)
_SPACE = re.compile(r"[\s\u3000、，,；;|｜]+")
_BRACKETS = re.compile(r"[（(【\[]\s*(.*?)\s*[）)】\]]")
_TAIL = re.compile(r"[（(]([^（）()]{2,50})[）)]\s*$")
_CREDIT = re.compile(
    f"(?:^|[。！？；,，\\s\u3000（(])"
    f"({_GRADE}(?:记者|通讯员)?[\\s\u3000]*[{_HAN}·]{{2,24}}?(?:[\\s\u3000、]+[{_HAN}·]{{2,4}}){{0,3}})"
    r"[\s\u3000]*[/／]?[\s\u3000]*(摄影报道|摄影|摄|供图|/图|提供)[）)]?。?\s*$"
)
LONGEST = 60


@dataclass(frozen=True)
class Named:
    """Somebody under a piece: the role and name as printed, and what they did."""

    name: str
    role: str = "通讯员"
    credit: str = "text"


def read_names(line: str) -> list[Named]:
    """Return who a line of its own names; nothing where it is no author line."""
    line = line.strip()
    if not 2 <= len(line) <= LONGEST or line[-1] in "。！？；":
        return []
    whole = _BRACKETS.fullmatch(line)
    tokens = [token for token in _SPACE.split(_spaced(whole[1] if whole else line)) if token]
    return _read(tokens, bracketed=bool(whole))


def read_tail(text: str) -> tuple[str, list[Named]]:
    """Take （石桥街道 陆知秋） off the end of a text; the text as it is where nobody signed."""
    found = _TAIL.search(text)
    if found and (names := read_names(found[0].strip())) and text[: found.start()].strip():
        return text[: found.start()].rstrip(), names
    return text, []


def read_credit(caption: str) -> tuple[str, str]:
    """Take the photographer off the end of a caption: the caption, and 孟小满 摄 or nothing."""
    found = _CREDIT.search(caption)
    if not found:
        return caption, ""
    start = found.start(1)
    who = " ".join(_SPACE.split(found[1].strip()))
    did = {"摄影": "摄", "/图": "摄"}.get(found[2], found[2])
    return caption[:start].rstrip(" \u3000（(，,；"), f"{who} {did}"


def _spaced(line: str) -> str:
    """Part what is written together: roles from names, and what both did."""
    return re.sub(f"({_ROLE.pattern})[:：]", r"\1 ", line).replace("：", " ").replace(":", " ")


def _read(tokens: list[str], *, bracketed: bool) -> list[Named]:
    """Read roles, units and names; nothing when any word is none of these."""
    reader = _Reader()
    if not all(map(reader.take, _padded(tokens))):
        return []
    reader.close(reader.role)
    found = reader.found
    signed = reader.explicit or (reader.unit and found) or (bracketed and len(found) == 1)
    return found if signed else []


class _Reader:
    """Collects names word by word: a role holds for the names behind it, or ends those before."""

    def __init__(self):
        self.found: list[Named] = []
        self.waiting: list[str] = []
        self.role = ""
        self.explicit = self.unit = False

    def take(self, word: str) -> bool:
        """Take a word; False when it is no part of an author line."""
        if _ROLE.fullmatch(word):
            return self._take_role(word)
        if glued := _GLUED_FRONT.fullmatch(word):
            return self._take_role(glued[1], glued[2])
        if (glued := _GLUED_BACK.fullmatch(word)) and _NAME.fullmatch(glued[1]):
            self.waiting.append(glued[1])
            self.close(glued[2])
            self.explicit = True
            return True
        return self._take_name(word)

    def close(self, role: str) -> None:
        """Say what those named so far did."""
        self.found += [_named(name, role) for name in self.waiting]
        self.waiting = []

    def _take_role(self, role: str, name: str = "") -> bool:
        behind = bool(self.waiting) and not self.role and not name
        self.close(role if behind else self.role)
        self.role = "" if behind else role
        self.explicit = True
        self.waiting += [name] if name else []
        return True

    def _take_name(self, word: str) -> bool:
        is_unit = bool(_UNIT.fullmatch(word))
        if _is_name(word) or (self.role and _NAME.fullmatch(word) and not is_unit):
            self.waiting.append(word)
            return True
        self.unit = self.unit or is_unit
        return is_unit


def _padded(tokens: list[str]):
    """Yield the words; 李 四, padded to three characters' width, is one name."""
    rest = iter(tokens)
    for token in rest:
        if len(token) == 1 and token in _SURNAMES and not _ROLE.fullmatch(token):
            following = next(rest, "")
            if len(following) <= 2:
                yield token + following
                continue
            yield from (token, following)
        else:
            yield token


def _is_name(token: str) -> bool:
    return (
        len(token) in (2, 3)
        and token[0] in _SURNAMES
        and bool(_NAME.fullmatch(token))
        or ("·" in token and bool(_NAME.fullmatch(token)))
    )


def _named(name: str, role: str) -> Named:
    bare = re.sub(f"^{_GRADE}", "", role).removesuffix("报道") or "通讯员"
    if re.fullmatch(_BOTH, bare) or role == "摄影报道":
        return Named(name, "文/图", "both")
    if re.fullmatch(_PHOTO, bare):
        return Named(name, "供图" if bare == "供图" else "摄", "photo")
    if bare in ("编辑", "责编", "责任编辑"):
        return Named(name, "编辑", "editing")
    return Named(name, role if role.endswith(("通讯员", "记者")) else "通讯员", "text")
