"""Every byline form a district paper prints parses as what it says."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issues.reading.bylines import parse_byline, parse_staff, with_default_roles

from .scoring import SHARED_EDITIONS

FORMS_FILE = SHARED_EDITIONS / "byline_forms.json"
FORMS = json.loads(FORMS_FILE.read_text(encoding="utf-8")) if FORMS_FILE.exists() else []


def people(raw):
    return [(who.role, who.name, who.does) for who in parse_byline(raw).people]


@pytest.mark.skipif(not FORMS, reason="the shared byline forms are not here")
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form["raw"])
def test_shared_form_parses_as_it_says(form):
    read = parse_byline(form["raw"])
    assert read.is_byline == form["is_byline"]
    assert [[who.role, who.name, list(who.does)] for who in read.people] == [
        [who["role"], who["name"], who["does"]] for who in form["people"]
    ]
    if form["dateline"] and form["dateline"] in form["raw"]:
        assert read.dateline == form["dateline"]


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("通讯员 何 静", [("通讯员", "何静", ("text",))]),
        (
            "记者 / 江 帆　摄影 / 蓝 天",
            [("记者", "江帆", ("text",)), ("", "蓝天", ("photo",))],
        ),
        ("记者 卓 文", [("记者", "卓文", ("text",))]),
        ("记者 王 芳 文", [("记者", "王芳", ("text",))]),
        ("记者 王 芳 文／图", [("记者", "王芳", ("text", "photo"))]),
        ("记者 欧 阳 雪", [("记者", "欧阳雪", ("text",))]),
        ("记者 欧阳 雪 李明", [("记者", "欧阳雪", ("text",)), ("记者", "李明", ("text",))]),
        ("记者｜李明 摄影｜王芳", [("记者", "李明", ("text",)), ("", "王芳", ("photo",))]),
        ("文字：李明 图片：王芳", [("", "李明", ("text",)), ("", "王芳", ("photo",))]),
        ("文/李明 图/王芳", [("", "李明", ("text",)), ("", "王芳", ("photo",))]),
        ("记者：李明 通讯员：王芳", [("记者", "李明", ("text",)), ("通讯员", "王芳", ("text",))]),
        ("区融媒体中心记者 李明", [("区融媒体中心记者", "李明", ("text",))]),
        ("◎ 本报记者 李明 文并摄", [("本报记者", "李明", ("text", "photo"))]),
        ("阿依古丽·买买提 摄", [("", "阿依古丽·买买提", ("photo",))]),
        ("图片由区档案馆提供", [("", "区档案馆", ("photo",))]),
        ("本版图片由本报记者李明摄", [("本报记者", "李明", ("photo",))]),
        ("（区委宣传部 李明）", [("区委宣传部", "李明", ("text",))]),
        ("读者 李明", [("读者", "李明", ("text",))]),
        ("李明/摄", [("", "李明", ("photo",))]),
    ],
)
def test_common_forms(raw, wanted):
    read = parse_byline(raw)
    assert read.is_byline
    assert people(raw) == wanted


@pytest.mark.parametrize(
    "raw",
    [
        "记者手记",
        "记者从区教育局获悉",
        "把好事办到居民心坎上",
        "（作者单位：棠溪区第二小学）",
        "（紧接第2版）",
        "（来源：区文旅局）",
        "无人机航拍摄",
        "责编：李明 校对：王芳",
        "图为活动现场。",
        "",
        "　",
    ],
)
def test_what_only_looks_like_a_byline_is_none(raw):
    assert not parse_byline(raw).is_byline


def test_editors_are_people_but_no_writers():
    staff = parse_staff("责编：李明 王芳 美编 何静 校对：陆一")
    assert [(who.role, who.name, who.does[0]) for who in staff] == [
        ("责编", "李明", "edit"),
        ("责编", "王芳", "edit"),
        ("美编", "何静", "layout"),
        ("校对", "陆一", "proof"),
    ]


@pytest.mark.parametrize(
    ("raw", "role"), [("（方 圆）", "作者"), ("李明 摄", "摄"), ("（区图书馆供图）", "供图")]
)
def test_people_without_a_role_get_the_word_printed_with_them(raw, role):
    assert [who.role for who in with_default_roles(parse_byline(raw))] == [role]


def test_three_single_characters_are_kept_and_asked_about():
    read = parse_byline("通讯员 甲 乙 丙 报道")
    assert [who.name for who in read.people] == ["甲", "乙", "丙"]
    assert read.unsure


@given(st.text(max_size=200))
def test_any_text_is_read_without_failing(text):
    parse_byline(text)
