"""Whom a text names with an @."""

import pytest

from articles.mentioning import named_in

NAMES = ["沈予安", "沈予", "罗嘉言", "Ada Byron"]


@pytest.mark.parametrize(
    ("text", "names", "unknown"),
    [
        ("请@沈予安核实", ("沈予安",), ()),
        ("请 @沈予 核实", ("沈予",), ()),
        ("＠罗嘉言，@罗嘉言", ("罗嘉言",), ()),
        ("@Ada Byron please", ("Ada Byron",), ()),
        ("寄到 a.b@example.cn", (), ()),
        ("@王某看看", (), ("王某看看",)),
        ("@，@ @@", (), ()),
        ("价格@ 每斤三元", (), ()),
    ],
)
def test_names_after_an_at(text, names, unknown):
    found = named_in(text, NAMES)
    assert (found.names, found.unknown) == (names, unknown)
