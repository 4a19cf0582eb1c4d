import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.phrases import phrases


@pytest.mark.parametrize(
    ("headline", "parts"),
    [
        ("家门口的验光车每周三来石桥", "家门口的/验光车/每周三/来石桥"),
        ("社区食堂添了“小份菜”", "社区/食堂添了/“小份菜”"),
        ("灯下坐满了六张长桌", "灯下/坐满了/六张/长桌"),
    ],
)
def test_a_headline_breaks_between_words(headline, parts):
    assert "/".join(phrases(headline)) == parts


@given(st.text(max_size=60))
def test_no_character_is_lost(headline):
    assert "".join(phrases(headline)) == headline


@given(st.text(alphabet="一二来在的车“”《》，。12ab——…… ", max_size=20))
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(headline):
    parts = phrases(headline)
    assert not any(part[0] in "”》，。—…" for part in parts[1:])
    assert not any(part[-1] in "“《" for part in parts[:-1])
