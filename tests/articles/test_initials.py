"""Under which letter a name is looked up."""

import pytest

from articles.initials import OTHER, in_order, initial


@pytest.mark.parametrize(
    ("name", "letter"),
    [("苗青禾", "M"), ("棠溪", "T"), ("阿里", "A"), ("座谈会", "Z"), ("单田", "S"), ("翟青", "Z"),
     ("ofo", "O"), ("龘", OTHER), ("3路车", OTHER), ("", OTHER), ("😀", OTHER)],
)  # fmt: skip
def test_a_name_stands_under_the_letter_it_sounds_with(name, letter):
    assert initial(name) == letter


def test_what_has_no_letter_comes_last():
    assert sorted(["龘", "周", "安", "翟", "朱"], key=in_order) == ["安", "翟", "周", "朱", "龘"]
