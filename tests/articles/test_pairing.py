"""Which paragraphs of two texts belong together."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.pairing import pairs

LISTS = st.lists(
    st.sampled_from(["甲段文字", "乙段文字", "丙段文字有改", "丙段文字", "丁"]), max_size=8
)


def told(old: str, new: str) -> list[tuple]:
    """Return the pairs of two lists of single letters, with the letters and a mark for a move."""
    return [
        (
            old[pair.old] if pair.old is not None else "",
            new[pair.new] if pair.new is not None else "",
            *(["moved"] if pair.moved else []),
        )
        for pair in pairs(old, new)
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("abc", "abc", [("a", "a"), ("b", "b"), ("c", "c")]),
        ("abc", "ac", [("a", "a"), ("b", ""), ("c", "c")]),
        ("ac", "abc", [("a", "a"), ("", "b"), ("c", "c")]),
        ("abc", "axc", [("a", "a"), ("b", "x"), ("c", "c")]),
        ("abc", "cab", [("c", "c", "moved"), ("a", "a"), ("b", "b")]),
        ("abcd", "acdb", [("a", "a"), ("c", "c"), ("d", "d"), ("b", "b", "moved")]),
        ("abcd", "axcdb", [("a", "a"), ("", "x"), ("c", "c"), ("d", "d"), ("b", "b", "moved")]),
        ("aab", "baa", [("b", "b", "moved"), ("a", "a"), ("a", "a")]),
        ("", "a", [("", "a")]),
        ("a", "", [("a", "")]),
    ],
)
def test_the_same_the_moved_and_the_rest(old, new, expected):
    assert told(old, new) == expected


def test_a_changed_paragraph_finds_its_like_beside_a_new_one():
    old = ["石桥早市挪了新家，摊位全数进棚。", "结尾。"]
    new = ["另起一段，说的是别的事情。", "石桥早市挪了新家，摊位都进了棚。", "结尾。"]
    assert [(pair.old, pair.new) for pair in pairs(old, new)] == [(None, 0), (0, 1), (1, 2)]


@given(LISTS, LISTS)
def test_every_item_stands_in_one_pair_and_the_new_order_is_kept(old, new):
    found = pairs(old, new)
    assert [pair.new for pair in found if pair.new is not None] == list(range(len(new)))
    assert sorted(pair.old for pair in found if pair.old is not None) == list(range(len(old)))


@given(LISTS)
def test_where_nothing_changed_nothing_has_moved(items):
    assert [(pair.old, pair.new, pair.moved) for pair in pairs(items, items)] == [
        (at, at, False) for at in range(len(items))
    ]


@given(LISTS, LISTS)
def test_what_has_moved_crosses_something_that_has_not(old, new):
    """Or else it stands where it stood."""
    found = [pair for pair in pairs(old, new) if pair.old is not None and pair.new is not None]
    stays = [pair for pair in found if not pair.moved]
    for pair in found:
        if pair.moved:
            assert any((pair.old < one.old) != (pair.new < one.new) for one in stays)


def test_long_paragraphs_that_were_changed_outweigh_a_short_one_that_was_moved_before_them():
    old = ["钥匙是前年冬天挂上去的，抬手就拿，非常方便，受到好评。",
           "据不完全统计，今年借出约四百次，平板车借得最多。", "本子写满了就换一本。"]  # fmt: skip
    new = ["本子写满了就换一本。", "钥匙是前年冬天挂上去的，抬手就拿，没有丢过一次。",
           "登记本上，今年借出四百次，平板车借得最多。"]  # fmt: skip
    assert [(pair.old, pair.new, pair.moved) for pair in pairs(old, new)] == [
        (2, 0, True), (0, 1, False), (1, 2, False),
    ]  # fmt: skip


def test_a_paragraph_may_move_and_be_changed():
    old = ["石桥的早市昨天挪了新家，摊位全数进棚。", "槐荫里的修鞋摊守了三十年，摊主姓马。",
           "柳岸街道的老厂房开出了图书馆，凭身份证就能借书。"]  # fmt: skip
    new = [old[1], old[2], old[0].replace("昨天", "前天")]
    assert [(pair.old, pair.new, pair.moved) for pair in pairs(old, new)] == [
        (1, 0, False), (2, 1, False), (0, 2, True),
    ]  # fmt: skip


@given(st.lists(st.sampled_from(["石桥早市", "柳岸厂房", "槐荫里弄", "丁"]), max_size=8))
def test_turned_around_everything_is_there_and_nothing_put_in_or_taken_out(items):
    found = pairs(items, items[::-1])
    assert all(items[pair.old] == items[::-1][pair.new] for pair in found)


@pytest.mark.parametrize("shape", ["turned", "shuffled", "other", "same few"])
def test_ten_thousand_paragraphs_of_a_character_hold_nobody_up(shape):
    old = [chr(0x4E00 + at) for at in range(10_000)]
    new = {
        "turned": old[::-1],
        "shuffled": random.Random(7).sample(old, len(old)),
        "other": [each + "。" for each in old],
        "same few": [old[at % 3] for at in range(10_000)],
    }[shape]
    began = time.process_time()
    assert len(pairs(old, new)) >= 10_000
    assert time.process_time() - began < 3


def test_names_of_files_are_the_same_or_not():
    old, new = ["f" * 60 + "1", "a"], ["a", "f" * 60 + "2"]
    assert any(pair.old == 0 and pair.new == 1 for pair in pairs(old, new))
    found = pairs(old, new, alike=False)
    assert [(pair.old, pair.new) for pair in found if pair.old == 0] == [(0, None)]
