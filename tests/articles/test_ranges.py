"""Parts of files, as browsers, downloaders and attackers ask for them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.ranges import OutsideError, part_of


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-9", (0, 10)),
        ("bytes=10-", (10, 100)),
        ("bytes=-10", (90, 100)),
        ("bytes=-1000", (0, 100)),
        ("bytes=90-1000", (90, 100)),
        ("bytes=99-99", (99, 100)),
    ],
)
def test_one_part_is_given(header, part):
    assert part_of(header, 100) == part


@pytest.mark.parametrize(
    "header",
    ["", "bytes=-", "bytes=", "bytes=9-3", "bytes=0-1,5-6", "lines=0-9", "bytes=a-b", "bytes=0x1-2",
     "bytes=٣-٤", "bytes=" + "9" * 5000 + "-", "bytes=0-0," * 5000, "bytes = 0-9"],
)  # fmt: skip
def test_whatever_is_no_single_part_gets_the_whole(header):
    assert part_of(header, 100) is None


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_there_is_nothing_behind_the_end(header):
    with pytest.raises(OutsideError):
        part_of(header, 100)


def test_an_empty_file_has_no_parts():
    with pytest.raises(OutsideError):
        part_of("bytes=0-", 0)


@given(st.text(alphabet="bytes=0123456789-, ", max_size=30), st.integers(0, 1000))
def test_a_part_always_lies_in_the_file(header, size):
    try:
        part = part_of(header, size)
    except OutsideError:
        return
    assert part is None or 0 <= part[0] < part[1] <= size
