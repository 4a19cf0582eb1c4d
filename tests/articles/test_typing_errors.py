"""What is a typing error, and what is more."""

import pytest

from articles.typing_errors import beyond_typing_errors

OLD = {
    "headline": "老厂房里开出图书馆",
    "summary": "一句摘要。",
    "body": "<p>周三起开放260个座位。</p>",
    "photos": [],
}


def sentences(limit=10, **new):
    return beyond_typing_errors(OLD, OLD | new, limit)


def test_a_few_characters_of_text_are_one():
    assert sentences(body="<p>周三起开放260张座位。</p>") == []
    assert sentences(summary="一句话摘要。") == []
    assert sentences(body="<p>周三起<strong>开放</strong>260个座位。</p>") == []


def test_the_note_for_residents_is_no_part_of_it():
    assert sentences(change_note="改字。") == []


@pytest.mark.parametrize(
    ("new", "word"),
    [
        ({"headline": "换题"}, "标题"),
        ({"photos": [["a" * 64, "", "", ""]]}, "图片"),
        ({"body": "<p>周三起开放216个座位。</p>"}, "数字"),
        ({"body": '<p>周三起<a href="https://example.cn/">开放</a>260个座位。</p>'}, "链接"),
        ({"body": "<p>自周三上午九点开馆之时起正式对外开放260个座位。</p>"}, "字"),
    ],
)
def test_what_is_more_is_said(new, word):
    (said,) = sentences(**new)
    assert word in said


def test_both_places_count_together():
    assert sentences(limit=1, summary="二句摘要。", body="<p>周四起开放260个座位。</p>")


def test_all_that_is_more_is_said_at_once():
    assert len(sentences(headline="换题", body="<p>9</p>", limit=3)) == 3


def test_without_a_limit_there_is_no_short_way():
    assert sentences(limit=0)
