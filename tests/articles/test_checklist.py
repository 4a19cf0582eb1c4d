"""What each check finds in the words of a piece, and what it does there."""

import pytest

from articles.checklist import CHECKS, Level, Picture, Words, checked, missing
from articles.kinds import Kind

TEXT = f"<p>{'柳岸街道的老厂房亮起阅读灯，' * 30}</p>"
WHOLE = {
    "headline": "柳岸老厂房里开出一座“家门口”图书馆",
    "body": TEXT,
    "has_section": True,
    "names": ("苗青禾",),
    "unit_head": "陶然",
}
PHOTO = {"caption": "居民看书。", "credit": "梁序 摄", "alternative_text": "三位读者", "number": 7}


def found(**words) -> list[str]:
    """Return the keys of the checks that find something in a whole piece with other words."""
    piece = Words(**WHOLE | words)
    return [key for key, check in CHECKS.items() if key != "summary" and list(check.find(piece))]


def test_a_whole_piece_is_in_order():
    assert found() == []
    assert found(pictures=(Picture(**PHOTO),), body=TEXT) == []


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ({"headline": " | "}, ["headline"]),
        ({"headline": "", "kind": Kind.BRIEF, "body": "<p>" + "短" * 80 + "</p>"}, []),
        ({"headline": "十四个字的题目还差一个才够"}, ["headline_length"]),
        ({"headline": "题" * 15}, []),
        ({"headline": "题" * 12 + "|" + "题" * 11}, []),
        ({"headline": "题" * 24}, ["headline_length"]),
        ({"body": "<p> </p>"}, ["content"]),
        ({"has_section": False}, ["section"]),
        ({"names": ()}, ["byline"]),
        ({"unit_head": " ", "from_outside": True}, ["unit_head"]),
        ({"unit_head": "", "from_outside": False}, []),
        ({"body": "<p>太短。</p>"}, ["length"]),
        ({"body": TEXT * 3}, ["length"]),
        ({"body": TEXT * 3, "kind": Kind.FEATURE}, []),
        ({"pictures": (Picture(**PHOTO | {"alternative_text": " "}),)}, ["alternative_text"]),
        ({"pictures": (Picture(**PHOTO | {"caption": ""}),)}, ["caption"]),
        ({"pictures": (Picture(**PHOTO | {"credit": ""}),)}, ["credit"]),
        ({"pictures": (Picture(is_there=False),)}, ["waiting_picture"]),
        ({"pictures": (Picture(**PHOTO, digest="a"),) * 2}, ["same_picture"]),
        ({"pictures": (Picture(**PHOTO, digest="a"), Picture(**PHOTO, digest="b"))}, []),
        ({"body": TEXT + '<figure data-photo="8"></figure>'}, ["lost_picture"]),
        ({"body": TEXT + "<p>（来源：棠溪发布）</p>"}, ["source"]),
        ({"body": TEXT + "<p>（来源：棠溪发布）</p>", "source": "棠溪发布"}, []),
        ({"gaps": ("此处缺文",)}, ["gaps"]),
        ({"body": TEXT + "<p>图书馆开放了,欢迎来。</p>"}, ["half_width"]),
        ({"body": TEXT + "<p>他说：“今天开门。</p>"}, ["pairs"]),
        ({"body": TEXT + "<p>大家的的确确高兴，，真的的。</p>"}, ["doubled"]),
    ],
)
def test_each_check_finds_what_it_is_for_and_no_other_does(words, keys):
    assert found(**words) == keys


def test_every_finding_says_where_to_go():
    bare = Words(pictures=(Picture(row=2),), from_outside=True, gaps=("缺",))
    places = {f.field for check in CHECKS.values() for f in check.find(bare)}
    assert {"id_headline", "id_section", "bylines-group", "id_unit_head", "gaps"} <= places
    assert {"id_photos-2-caption", "id_photos-2-alternative_text", "id_photos-2-credit"} <= places


def test_before_review_a_missing_alternative_text_reminds_before_a_signature_it_stops():
    piece = Words(**WHOLE, pictures=(Picture(**PHOTO | {"alternative_text": ""}),))
    early, late = (checked(piece, {}, before=step) for step in (Level.REVIEW, Level.SIGN))
    assert [line.waits_for_signature for line in early.reminding] == [True]
    assert early.stopping == []
    assert [line.level for line in late.stopping] == [Level.SIGN]
    assert missing(piece, {}, before=Level.REVIEW) == []
    assert len(missing(piece, {}, before=Level.SIGN)) == 1


def test_the_newsroom_chooses_what_a_check_does():
    piece = Words(**WHOLE | {"names": ()})
    for level, stops, shown in [("off", 0, 0), ("warn", 0, 1), ("sign", 0, 1), ("review", 1, 1)]:
        listed = checked(piece, {"byline": level}, before=Level.REVIEW)
        assert (len(listed.stopping), len(listed.lines)) == (stops, shown)
        assert len(missing(piece, {"byline": level}, before=Level.REVIEW)) == stops
    assert missing(piece, {"byline": "sign"}, before=Level.SIGN)


def test_what_stops_comes_first_and_what_is_in_order_is_named():
    listed = checked(
        Words(**WHOLE | {"has_section": False, "headline": "短题"}), {}, before="review"
    )
    assert [line.stops for line in listed.lines] == [True, False]
    assert "署名" in listed.passed
    assert "摘要" not in listed.passed
