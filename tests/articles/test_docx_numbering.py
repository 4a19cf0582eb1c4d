"""Numbers that Word counts by itself stand in the piece as they stand on the sheet."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.docx import read
from articles.docx.numbering import counted
from tests.articles.word_files import DECLARED, HEADER, packed, para, parts

TEXT = "石桥河边添了三处台阶，每处都铺了防滑砖，居民说夜里下河洗菜放心多了。"


def numbering(*levels: tuple[str, str], style: str = "", start: int = 1, extra: str = "") -> str:
    """Return a part with one list, number 7, whose levels are formats with their texts."""
    rows = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>'
        + (f'<w:pStyle w:val="{style}"/>' if style and not depth else "")
        + f'<w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (kind, text) in enumerate(levels)
    )
    return (
        f'{HEADER}<w:numbering {DECLARED}><w:abstractNum w:abstractNumId="4">{rows}'
        f'</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="4"/></w:num>{extra}'
        "</w:numbering>"
    )


def body_of(numbers: str, *blocks: str) -> str:
    """Return the body of a piece whose text follows a headline."""
    file = parts(para("石桥河边添了台阶", style="a3"), para(TEXT), *blocks)
    return read(packed(file | {"word/numbering.xml": numbers})).body


def test_han_numerals_are_written_out():
    body = body_of(
        numbering(("chineseCountingThousand", "%1、")),
        para("开工要早。", list_of=7), para("用料要好。", list_of=7),
    )  # fmt: skip
    assert body.endswith("<p>一、开工要早。</p><p>二、用料要好。</p>")


def test_a_lower_level_counts_anew_below_each_upper_one():
    body = body_of(
        numbering(("chineseCounting", "%1、"), ("chineseCounting", "（%2）")),
        para("甲", list_of=7), para("乙", list_of=7, level=1), para("丙", list_of=7, level=1),
        para("丁", list_of=7), para("戊", list_of=7, level=1),
    )  # fmt: skip
    assert body.endswith("<p>一、甲</p><p>（一）乙</p><p>（二）丙</p><p>二、丁</p><p>（一）戊</p>")


def test_articles_of_a_rule_keep_their_words():
    body = body_of(numbering(("japaneseCounting", "第%1条　")), para("居民自愿。", list_of=7))
    assert "<p>第一条　居民自愿。</p>" in body


def test_a_style_may_bring_the_number():
    body = body_of(
        numbering(("chineseCountingThousand", "%1、"), style="2"), para("为什么修", style="2")
    )
    assert "一、为什么修" in body
    assert "<ol>" not in body


def test_a_number_of_a_number_names_both():
    body = body_of(
        numbering(("decimal", "%1."), ("decimal", "%1.%2 ")),
        para("甲", list_of=7), para("乙", list_of=7, level=1),
    )  # fmt: skip
    assert "1.1 乙" in body


def test_what_begins_at_five_begins_at_five():
    body = body_of(numbering(("decimal", "（%1）"), start=5), para("甲", list_of=7))
    assert "<p>（5）甲</p>" in body


def test_a_second_list_of_its_own_counts_from_the_beginning():
    own = (
        '<w:num w:numId="8"><w:abstractNumId w:val="4"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    body = body_of(
        numbering(("chineseCounting", "%1、"), extra=own),
        para("甲", list_of=7), para("乙", list_of=8),
    )  # fmt: skip
    assert body.endswith("<p>一、甲</p><p>一、乙</p>")


@pytest.mark.parametrize(
    ("kind", "text"), [("decimal", "%1."), ("decimal", "%1、"), ("bullet", "●")]
)
def test_what_a_list_can_show_stays_a_list(kind, text):
    body = body_of(numbering((kind, text)), para("甲", list_of=7), para("乙", list_of=7))
    listed = "ul" if kind == "bullet" else "ol"
    assert f"<{listed}><li><p>甲</p></li><li><p>乙</p></li></{listed}>" in body.replace(
        "<li>甲</li><li>乙</li>", "<li><p>甲</p></li><li><p>乙</p></li>"
    )


@pytest.mark.parametrize(
    ("number", "kind", "printed"),
    [
        (3, "chineseCounting", "三"), (10, "chineseCounting", "十"),
        (12, "chineseCounting", "十二"), (40, "chineseCounting", "四十"),
        (40, "ideographDigital", "四〇"), (21, "chineseLegalSimplified", "贰拾壹"),
        (99, "japaneseCounting", "九十九"),
        (2, "ideographTraditional", "乙"), (4, "decimalEnclosedCircle", "④"),
        (3, "upperLetter", "C"), (7, "lowerLetter", "g"), (8, "decimal", "8"),
        (30, "decimalEnclosedCircle", "30"), (11, "ideographTraditional", "11"),
    ],
)  # fmt: skip
def test_a_number_is_printed_as_word_prints_it(number, kind, printed):
    assert counted(number, kind) == printed


KINDS = st.sampled_from(["chineseCounting", "decimal", "x", ""])


@settings(max_examples=30)
@given(
    st.lists(st.tuples(KINDS, st.text("%1239、a&<", max_size=6)), max_size=9),
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=12),
)
def test_no_numbering_loses_a_paragraph(levels, rows):
    escaped = [(kind, text.replace("&", "&amp;").replace("<", "&lt;")) for kind, text in levels]
    blocks = [
        para(f"第{place}行", list_of=number, level=depth)
        for place, (number, depth) in enumerate(rows)
    ]
    body = body_of(numbering(*escaped), *blocks)
    assert all(f"第{place}行" in body for place in range(len(rows)))
