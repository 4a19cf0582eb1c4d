"""Where a query stands in a text, and what of it is shown."""

import pytest

from articles import wishes
from articles.hits import WIDTH, marked, snippet, spans


def hits(pieces) -> list[str]:
    return [piece.text for piece in pieces if piece.hit]


@pytest.mark.parametrize(
    ("text", "pattern", "expected"),
    [("供熱站", "供热", ["供熱"]), ("Ｗｉ－Ｆｉ通了", "wi|fi", ["Ｗｉ－Ｆｉ"]),
     ("ﬁne供热", "fine供", ["ﬁne供"]),
     ("㎏供热", "供热", ["供热"]), ("甲。乙", "甲|乙", ["甲。乙"]),
     ("供热供热", "供热", ["供热", "供热"]), ("", "供热", [])],
)  # fmt: skip
def test_the_text_itself_is_marked_whatever_its_writing(text, pattern, expected):
    pieces = marked(text, (pattern,))
    assert hits(pieces) == expected
    assert "".join(piece.text for piece in pieces) == text


def test_a_snippet_begins_at_the_sentence_and_shows_every_word():
    text = "开头一句。" * 60 + "管线在供热。" + "中间一句。" * 60 + "末尾有灯会。"
    pieces = snippet(text, ("供热", "灯会"))
    assert hits(pieces) == ["供热", "灯会"]
    assert "管线在" in [piece.text for piece in pieces]
    assert sum(len(piece.text) for piece in pieces) < 3 * WIDTH


def test_without_a_hit_a_snippet_is_the_beginning():
    assert snippet("短", ("供热",))[0].text == "短"
    assert len(snippet("长" * 500, ())[0].text) == WIDTH + 2


def test_a_long_text_of_marks_alone_is_read_at_once():
    text = ("甲" + "，" * 2000) * 25
    assert spans(text, ("甲|乙",)) == []
    assert len(spans(text, ("甲|甲",))) == 12
    assert len(snippet("供热" * 50_000, ("供热",))) > 1


def test_what_was_typed_is_read():
    wish = wishes.read("“街道 办” -会议 １２月５日 -不锈钢管")
    assert [term.pattern for term in wish.wanted] == ["街道|办", "12月5日"]
    assert [term.pattern for term in wish.unwanted] == ["会议", "不锈钢管"]
    assert "!'会议'" in wish.lexemes
    assert wish.shunned == ["%不锈钢管%"]
    assert len(wishes.read("字 " * 90).terms) == 1
    assert len(wishes.read(" ".join(map(chr, range(0x4E00, 0x4E40)))).terms) == 12
