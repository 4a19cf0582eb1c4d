"""How far two texts lie apart."""

import time

from hypothesis import given
from hypothesis import strategies as st

from articles.differences import changed_characters, segments

TEXTS = st.text(alphabet="的一是在不了有和人。，\n", max_size=40)


def test_a_character_changed_put_in_or_taken_out_counts_once():
    assert changed_characters("亮起阅读灯", "亮起台灯") == 2
    assert changed_characters("亮起阅读灯", "亮起了阅读灯") == 1
    assert changed_characters("亮起了阅读灯", "亮起阅读灯") == 1
    assert changed_characters("灯", "灯") == 0


@given(TEXTS, TEXTS)
def test_nothing_is_lost_between_two_texts(old, new):
    parts = segments(old, new)
    assert "".join(before for _kind, before, _after in parts) == old
    assert "".join(after for _kind, _before, after in parts) == new


@given(TEXTS, TEXTS)
def test_the_count_is_none_only_for_the_same_and_never_more_than_all(old, new):
    count = changed_characters(old, new)
    assert (count == 0) == (old == new)
    assert abs(len(old) - len(new)) <= count <= len(old) + len(new)


def test_pages_of_one_character_hold_nobody_up():
    started = time.monotonic()
    assert changed_characters("人" * 100_000, "大" + "人" * 60_000 + "大") >= 40_000
    assert time.monotonic() - started < 2
