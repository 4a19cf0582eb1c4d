"""Read bylines, credits and signatures: who is named, in what role, and what they did."""

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache

from . import datelines, roles
from .characters import HAN, count_han, is_han
from .names import (
    could_be_name,
    is_compound_surname,
    is_name,
    is_surname,
    may_sign,
    unpad,
)
from .pieces import Credit
from .punctuation import restore

LONGEST = 160
_MARKERS = "□◇■◎○口●◆△▲▼★☆*＊|｜丨▍▌│ 　"
_SPACE = re.compile(r"[\s　、，；]+")
# An institution can be the giver of a picture or a text.
_GIVING = frozenset(("供图", "供稿", "提供"))
# 记者 李明 摄影 王芳: these stand before a name as well as after it.
_AS_ROLES = frozenset(("摄影", "图片", "照片", "文字", "撰文", "视频"))
_STAFF_GROUP = re.compile(rf"\s*[/|｜]?\s*({roles.STAFF_ROLE})[：:\s　]*([^：:/|｜]*)")
# 记者/江帆: here the slash parts a role from a name, not a name from a deed.
_ROLE_SLASH = re.compile("(记者|通讯员|作者|评论员|实习生|撰稿|撰文)/(?![文图摄视])")
_GENERIC = re.compile(
    rf"(?:本报|本网|本刊)?(?:综合|编辑部|评论员)(?:报道|消息|整理)?|(?:据|综合)[{HAN}]{{1,10}}(?:电|报道|消息)"
)
_ABOUT_AUTHOR = re.compile("作者(?:系|为|是|单位|简介|地址|电话|曾|现|：?[^：]{0,4}单位)")
_AGENCY = re.compile(f"（([{HAN}]{{2,8}})）$")


@dataclass(frozen=True)
class Attribution:
    """A byline as read. `explicit` is false when only the look of a name speaks for it."""

    raw: str
    is_byline: bool = False
    dateline: str | None = None
    source: str | None = None
    people: tuple[Credit, ...] = ()
    explicit: bool = False
    unsure: bool = False

    @property
    def is_photo_only(self):
        """Whether everybody named gave pictures and nobody wrote."""
        return bool(self.people) and not any(credit.writes for credit in self.people)


@dataclass
class _Reader:
    """Collects people token by token; a role holds until the next, a verb looks back."""

    role: str = ""
    source: str | None = None
    explicit: bool = False
    leading: tuple[str, ...] | None = None
    groups: list = field(default_factory=list)
    names: list = field(default_factory=list)
    role_is_weak: bool = False

    def set_role(self, role, *, weak=False):
        """Hold a role for the names that follow; a unit (weak) alone proves no byline."""
        if self.names:
            self.close()
            self.leading = None
        self.role, self.role_is_weak = role, weak
        self.explicit = self.explicit or not weak

    def close(self, does=None, *, last_only=False, verb=""):
        """Give the names so far their deeds; a slash verb may mean only the last of them."""
        names = unpad(self.names)
        for position, name in enumerate(names):
            mine = does if not last_only or position == len(names) - 1 else None
            self.groups.append([self.role, name, mine or self.leading, verb if mine else ""])
        self.names = []

    def apply_verb(self, verb, *, glued=False):
        """Close the names with what they did; also those before, while nothing claimed them."""
        does = roles.VERBS[verb]
        self.explicit = True
        if not self.names and not self.groups:
            self.leading = does
            return
        self.close(does, last_only=glued and verb == "图", verb=verb)
        if glued and verb != "摄":
            return
        for group in reversed(self.groups):
            if group[3] and group[2] != does:
                break
            group[2], group[3] = does, verb


@lru_cache(maxsize=4096)
def parse_byline(raw):
    """Read a byline, credit or signature printed on its own.

    Return an Attribution; `is_byline` is false for jump lines, source tags, notes about the
    author and the names of editors (who are still given in `people`).
    """
    text = restore(raw.strip())
    if not text or len(text) > LONGEST:
        return Attribution(raw)
    staff = parse_staff(text)
    if staff:
        return Attribution(raw, people=staff)
    dateline, source, text = datelines.split(text)
    text = _unwrap(text)
    if dateline and not text:
        return Attribution(raw, True, dateline, source, explicit=True)
    if _ABOUT_AUTHOR.match(text) or any(mark in text for mark in "。！？《》“”"):
        return Attribution(raw)
    if _GENERIC.fullmatch(text):
        return Attribution(raw, True, dateline, source or text, explicit=True)
    reader = _read(text)
    if reader is None:
        return Attribution(raw)
    return _attribute(raw, reader, dateline, source)


def parse_names(raw):
    """Read a line of nothing but names, padded or not, perhaps behind □; None otherwise."""
    tokens = [token for token in _SPACE.split(raw.strip(_MARKERS)) if token]
    names = unpad(tokens)
    if not names or not all(map(could_be_name, names)):
        return None
    people = tuple(Credit("", name, (roles.TEXT,), raw) for name in names)
    return Attribution(raw, True, people=people)


def parse_staff(text):
    """Read 责编 X 美编 Y 校对 Z; an empty tuple when anything else stands in the line."""
    people, position = [], 0
    while position < len(text):
        match = _STAFF_GROUP.match(text, position)
        if not match or match.end() == position:
            return ()
        names = re.split(rf"(?={roles.STAFF_ROLE})", match.group(2), maxsplit=1)[0]
        tokens = unpad([token for token in _SPACE.split(names) if token])
        if not all(map(could_be_name, tokens)):
            return ()
        does = roles.STAFF[match.group(1)]
        people.extend(Credit(match.group(1), name, (does,), text) for name in tokens)
        position = match.start(2) + len(names)
    return tuple(people)


def _unwrap(text):
    """Take off markers and brackets around the whole; 新华社发（温良 摄） loses only the latter."""
    text = text.lstrip(_MARKERS).rstrip(" 　")
    agency = _AGENCY.search(text)
    if agency and agency.start() > 0 and not is_name(agency.group(1)):
        text = text[: agency.start()]
    pairs = {"（": "）", "【": "】", "［": "］", "(": ")"}
    while text and pairs.get(text[0]) == text[-1]:
        text = text[1:-1].strip(" 　")
    picture = roles.PICTURES.fullmatch(text)
    if picture:
        verb = "供图" if picture.group(2) in ("提供", "供图") else "摄"
        return f"{picture.group(1).strip()} {verb}"
    text = re.sub(r"发（(.*)）$", r"发 \1", text)
    return re.sub(r"^(?:作者|撰文|供稿)[：:]\s*(?=\S)", _keep_role_only_if_alone, text)


def _keep_role_only_if_alone(match):
    rest = match.string[match.end() :]
    return "" if roles.ROLE.match(rest) else "作者 " if match.group().startswith("作者") else ""


def _read(text):
    text = re.sub(r"\s*[/／]\s*", "/", text.replace("|", " ").replace("｜", " ")).replace("：", ":")
    text = re.sub(r"文、图|图、文", "文/图", text)
    text = _ROLE_SLASH.sub(r"\1 ", text)
    reader = _Reader()
    tokens = [token for token in _SPACE.split(text) if token]
    if not tokens:
        return None
    if len(tokens) == 2 and all(len(token) == 1 and is_han(token) for token in tokens):
        # 文 砚 is a padded name, though 文 alone would say what somebody did.
        tokens = ["".join(tokens)]
    tokens = [token.strip(":").rstrip("/") for token in tokens]
    looks_back = tokens[-1] in roles.VERBS or bool(roles.GLUED_VERB.fullmatch(tokens[-1]))
    for token in tokens:
        if token in _AS_ROLES and not looks_back:
            reader.close()
            reader.role, reader.leading, reader.explicit = "", roles.VERBS[token], True
        elif not _take(reader, token):
            return None
    reader.close()
    return reader if reader.groups else None


def _take(reader, token):
    """Take one token; False when it can be no part of a byline."""
    if len(token) == 1 and _awaits_given_name(reader.names):
        # 记者 卓 文 is a padded name, 记者 王 芳 文 is one and what she did.
        reader.names.append(token)
        return True
    if token in roles.VERBS:
        if token in _GIVING and not reader.names and not reader.groups and reader.role:
            reader.names, reader.role = [reader.role], ""
        reader.apply_verb(token)
        return True
    lead = roles.LEADING_VERB.fullmatch(token)
    if lead:
        reader.close()
        reader.leading, reader.explicit = roles.VERBS[lead.group(1)], True
        reader.role = "" if lead.group(1) in _AS_ROLES else reader.role
        if lead.group(1) in _GIVING and roles.UNIT.fullmatch(lead.group(2)):
            reader.names.append(lead.group(2))
            return True
        return not lead.group(2) or _take_person(reader, lead.group(2))
    return _take_role(reader, token) or _take_glued(reader, token) or _take_name(reader, token)


def _awaits_given_name(names):
    """Say whether a surname stands alone at the end, so that the next character belongs to it."""
    singles = 0
    while singles < len(names) and len(names[-1 - singles]) == 1:
        singles += 1
    before = names[-1 - singles] if singles < len(names) else ""
    return singles % 2 == 1 and is_surname(names[-1]) and not is_compound_surname(before)


def _take_role(reader, token):
    sender = roles.SENDER.fullmatch(token)
    if sender:
        reader.set_role(sender.group(1))
        reader.source = sender.group(1)
        return True
    if roles.ROLE.fullmatch(token):
        reader.set_role(token)
        if roles.PHOTO_ROLES.match(token):
            reader.leading = roles.VERBS["摄"]
        return True
    return False


def _take_glued(reader, token):
    """Take 赵青山/摄, 乔木森摄影报道, 区图书馆供图: a name with its verb attached."""
    glued = roles.GLUED_VERB.fullmatch(token)
    if not glued:
        return False
    name, slash, verb = glued.groups()
    giver = verb in _GIVING and 2 <= count_han(name) == len(name) <= 24
    if slash or giver or _looks_signed(name, verb):
        if giver and not roles.ROLE_AND_NAME.fullmatch(name):
            reader.names.append(name)
        elif not _take_person(reader, name):
            return False
        reader.apply_verb(verb, glued=bool(slash))
        return True
    return False


def _looks_signed(name, verb):
    """邹鲁生摄 is signed, 航拍摄 and 全图 are not."""
    if name.endswith("拍") or (len(verb) == 1 and verb != "摄"):
        return False
    return is_name(name) or bool(roles.ROLE_AND_NAME.fullmatch(name)) or len(name) == 1


def _take_person(reader, token):
    return _take_role(reader, token) or _take_name(reader, token)


def _take_name(reader, token):
    glued = roles.ROLE_AND_NAME.fullmatch(token)
    if glued and is_name(glued.group(2)):
        reader.set_role(glued.group(1))
        reader.names.append(glued.group(2))
        return True
    strong = reader.role and not reader.role_is_weak
    if len(token) == 1 and is_han(token):
        reader.names.append(token)
        return True
    if is_name(token) or (could_be_name(token) and (strong or not roles.UNIT.fullmatch(token))):
        reader.names.append(token)
        return True
    if roles.UNIT.fullmatch(token) and not reader.names:
        reader.set_role(token, weak=True)
        return True
    return False


def _attribute(raw, reader, dateline, source):
    people = tuple(
        Credit(role, name, tuple(does or (roles.TEXT,)), raw)
        for role, name, does, _verb in reader.groups
    )
    explicit = reader.explicit or bool(dateline)
    # Brackets make a signature of a name whose surname is rare.
    recognised = may_sign if raw.strip()[:1] in ("（", "(") else is_name
    if not explicit and not all(recognised(credit.name) for credit in people):
        return Attribution(raw)
    return Attribution(
        raw,
        True,
        dateline,
        source or reader.source,
        people,
        explicit=explicit,
        unsure=any(len(credit.name) == 1 for credit in people),
    )


def with_default_roles(attribution, *, default="作者"):
    """Give people named without a role the word a reader expects: 摄, 供图, or the default."""
    tail = attribution.raw.rstrip("）) 　")
    giving = tail.endswith(("供图", "提供")) or "供图" in attribution.raw
    photo = "供图" if giving else "摄"
    default = "供稿" if tail.endswith("供稿") else default
    return tuple(
        credit if credit.role else replace(credit, role=default if credit.writes else photo)
        for credit in attribution.people
    )
