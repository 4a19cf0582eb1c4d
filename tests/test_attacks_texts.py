"""Texts made up to hold the server up. Each of these took minutes of both processes once.

The limit is generous on purpose: what it tells apart are seconds and hours.
"""

import time
from contextlib import contextmanager

import pytest

from articles import markup
from articles.comparing import marked
from articles.differences import segments

MUCH = 100_000  # characters
LONGEST = 5  # seconds, on a busy machine


@contextmanager
def soon():
    started = time.monotonic()
    yield
    assert time.monotonic() - started < LONGEST


@pytest.mark.parametrize(
    "text",
    [
        "<p>" + " " * MUCH + "x</p>",
        "<p><br>" + "\n" * MUCH + "<p>",
        "<p></p>" * (MUCH // 7) + "x",
        '<figure data-photo="' + "<figure " * (MUCH // 8) + '"></figure>',
        "<b><i><p>" * (MUCH // 9) + "x",
        "<" * MUCH,
    ],
    ids=["spaces", "lines", "empty paragraphs", "figures", "misnested", "brackets"],
)
def test_cleaning_takes_seconds_whatever_is_sent(text):
    with soon():
        markup.paragraphs(markup.sanitise(text))


@pytest.mark.parametrize(
    "text",
    ["1" * MUCH, "," * MUCH, "1," * (MUCH // 2), "<" * MUCH, "<a " * (MUCH // 3), "1.年" * 999],
)
def test_rendering_takes_seconds_whatever_was_stored(text):
    with soon():
        markup.keep_numbers_whole(text)
        markup.paragraphs(text)
        markup.link_targets(text)
        markup.first_words(text)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("共12,000余人", '共<span class="nb">12,000余人</span>'),
        ("等,5年后", '等,<span class="nb">5年</span>后'),
        ("3.5公里、8%的", '<span class="nb">3.5公里</span>、8%的'),
        ("20231208期", '<span class="nb">20231208期</span>'),
        ("第1、2版", '第1、<span class="nb">2版</span>'),
    ],
)
def test_numbers_stay_with_their_units_as_before(written, shown):
    assert markup.keep_numbers_whole(written) == shown


def test_texts_of_one_character_are_compared_in_seconds():
    with soon():
        marked("啊" * MUCH, "啊" * (MUCH - 1) + "吧")
        marked("啊吧" * (MUCH // 2), "吧啊" * (MUCH // 2))
        segments(["啊"] * MUCH, ["吧", *["啊"] * MUCH])


def test_what_is_too_alike_to_compare_still_shows_both_texts_whole():
    old, new = "头" + "啊" * 5000 + "中" + "尾", "头" + "啊" * 5000 + "末" + "尾"
    parts = segments(old, new)
    assert "".join(before for _kind, before, _after in parts) == old
    assert "".join(after for _kind, _before, after in parts) == new
    assert ("replace", "中", "末") in parts
