"""Names are found with and without padding, and words are not taken for names."""

import pytest

from issues.reading.names import is_bare_name, is_name, is_pen_name, may_sign, unpad


@pytest.mark.parametrize(
    ("tokens", "names"),
    [
        (["李", "四"], ["李四"]),
        (["李", "四", "王", "五"], ["李四", "王五"]),
        (["李明", "王", "五"], ["李明", "王五"]),
        (["欧", "阳", "雪"], ["欧阳雪"]),
        (["欧", "阳", "雪", "李", "四"], ["欧阳雪", "李四"]),
        (["李", "四", "欧", "阳", "雪"], ["李四", "欧阳雪"]),
        (["上官", "云"], ["上官云"]),
        (["邵", "一丁"], ["邵一丁"]),
        (["甲", "乙", "丙"], ["甲", "乙", "丙"]),
        ([], []),
    ],
)
def test_padding_is_taken_out(tokens, names):
    assert unpad(tokens) == names


@pytest.mark.parametrize("name", ["李明", "欧阳雪", "阿依古丽·买买提", "上官婉儿"])
def test_names(name):
    assert is_name(name)


@pytest.mark.parametrize(
    "word", ["手记", "时间", "方案", "一个", "七律·登高", "李", "李明王芳何静"]
)
def test_words_are_no_names(word):
    assert not is_name(word)


def test_everyday_words_with_a_surname_are_no_bare_names():
    assert not is_bare_name("高原")
    assert is_bare_name("高远舟")


def test_a_rare_surname_may_sign_in_brackets():
    assert may_sign("古丽娜尔")
    assert not may_sign("未完待续")


def test_pen_names_make_no_other_word():
    assert is_pen_name("墨禾")
    assert not is_pen_name("引子")
