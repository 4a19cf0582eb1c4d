"""However a text was set in print, it reads the same."""

import pytest

from issues.reading import decode, lost_characters, read_edition
from issues.reading.characters import fold
from issues.reading.layout import lay_out

from .rewrapping import rewrap
from .scoring import OWN_EDITIONS

WRAPPED = """\
老街添了新灯
记者 何静
　　12月8日傍晚，棠溪老街的一百二十盏
新灯第一次亮起来。街坊们搬出板凳，坐在
自家门口看热闹。
先听听街坊怎么说
　　“以前走夜路要打手电，现在连台阶上
的花纹都看得清。”八十岁的魏大爷说。
　　据介绍，老街改造共更换路灯一百二十盏，
修补石板路三点六公里，新增座椅四十二把，
沿街的老字号也都亮起了招牌灯，夜里逛街的
人比往常多了三成。
"""


def texts(text):
    return [block.text for block in lay_out(text)]


def test_print_lines_become_paragraphs_and_titles_stay_lines():
    assert texts(WRAPPED) == [
        "老街添了新灯",
        "记者 何静",
        "12月8日傍晚，棠溪老街的一百二十盏新灯第一次亮起来。街坊们搬出板凳，坐在自家门口看热闹。",
        "先听听街坊怎么说",
        "“以前走夜路要打手电，现在连台阶上的花纹都看得清。”八十岁的魏大爷说。",
        "据介绍，老街改造共更换路灯一百二十盏，修补石板路三点六公里，新增座椅四十二把，"
        "沿街的老字号也都亮起了招牌灯，夜里逛街的人比往常多了三成。",
    ]


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\n\n", " \n", "\u3000\n"])
def test_line_ends_make_no_difference(newline):
    assert texts(WRAPPED.replace("\n", newline)) == texts(WRAPPED)


def test_a_title_as_wide_as_the_column_is_not_swallowed():
    text = WRAPPED.replace("先听听街坊怎么说", "街坊们都说这灯装得正是时候又好看")
    assert "街坊们都说这灯装得正是时候又好看" in texts(text)


def test_long_lines_are_left_alone():
    text = "老街添了新灯\n" + "街坊们搬出板凳，坐在自家门口看热闹。" * 5 + "\n又一段。"
    assert texts(text) == text.split("\n")


def test_a_paragraph_that_resumes_after_a_column_is_marked():
    text = WRAPPED.replace("盏\n新灯", "盏\n\n新灯")
    resumed = next(block for block in lay_out(text) if block.text.startswith("新灯"))
    assert resumed.continues


def test_latin_words_keep_a_space_where_the_line_broke():
    paragraph = "　　志愿队的新名字很快就定了下来，就叫Harbour\nWatch，街坊们都说好记。\n"
    text = "记者 何静\n" + paragraph * 6
    assert any("Harbour Watch" in block for block in texts(text))


PLAIN = OWN_EDITIONS / "dev-06.txt"


@pytest.mark.skipif(not PLAIN.exists(), reason="the invented editions are not here")
@pytest.mark.parametrize("indent", ["", "　　", "    "])
@pytest.mark.parametrize("blank", ["none", "piece", "block", "line"])
@pytest.mark.parametrize("columns", [(None,), (18,), (24,), (38,), (17, 21, 24)])
def test_an_edition_reads_the_same_in_any_columns(columns, blank, indent):
    plain = decode(PLAIN.read_bytes())
    text = rewrap(plain, columns=columns, indent=indent, blank=blank)
    wanted, got = read_edition(plain), read_edition(text)
    assert not lost_characters(text, got)
    wanted = [fold(piece.headline or "") for piece in wanted.pieces]
    found = [fold(piece.headline or "") for piece in got.pieces]
    # Without indents or blank lines a title as wide as its column cannot always be told.
    allowed = 0 if indent or blank == "block" else 2
    missing = [headline for headline in wanted if headline not in found]
    assert len(missing) <= allowed
