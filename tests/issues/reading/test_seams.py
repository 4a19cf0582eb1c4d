"""Broken paragraphs are joined; where text was lost the gap is marked."""

import pytest

from issues.reading.pieces import GAP_MARK
from issues.reading.seams import Echo, Paragraph, find_overlap, rejoin

DICTIONARY = pytest.importorskip("rjieba")


def joined(*texts, echo=()):
    paragraphs = [Paragraph(text) for text in texts]
    found, _headings, warnings = rejoin(paragraphs, Echo([*texts, *echo]))
    return found, warnings


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("今年以来，全区不断完善便民措施，着力提升各类服", "务水平，群众满意度明显提高。"),
        ("今年以来，全区不断完善便民措施，着力解决群众难题，", "办成了一批实事好事。"),
        ("今年以来，全区不断完善便民措施，着力提升", "服务水平，群众满意度明显提高。"),
        ("会议研究了冬季供暖、安全生产、", "节日供应等工作，要求抓紧落实。"),
    ],
)
def test_a_clean_break_is_closed(left, right):
    texts, warnings = joined(left, right)
    assert texts == [left + right]
    assert [warning.code for warning in warnings] == ["rejoined"]


def test_a_loss_inside_a_sentence_is_marked_and_quoted():
    left = "会议强调，要把各项工作落到实处，自觉做好文化建设、网络安"
    texts, warnings = joined(left, "传队伍建设各方面工作，守好阵地。")
    assert GAP_MARK in texts[0]
    assert [warning.code for warning in warnings] == ["text_lost"]
    assert GAP_MARK in warnings[0].quote


def test_a_figure_is_not_joined_to_what_cannot_follow_it():
    texts, _warnings = joined(
        "园区去年引进企业一百八十六家，就业人数达到7100", "着安全帽的工人从车间走过。"
    )
    assert GAP_MARK in texts[0]


def test_a_measure_word_is_not_joined_without_its_figure():
    left = "退休以后，他带着望远镜跑遍了全区三十七所中小学，有一回他看见"
    texts, _warnings = joined(left, "颗新发现的小行星，高兴了一整夜。")
    assert GAP_MARK in texts[0]
    texts, _warnings = joined(f"{left}一", "颗新发现的小行星，高兴了一整夜。")
    assert GAP_MARK not in texts[0]


def test_a_name_known_from_elsewhere_is_joined():
    echo = ["记者找到了彭玉琢，彭玉琢正在调解。"]
    texts, _warnings = joined(
        "这件事很快有了结果，双方握手言和，调解员彭玉", "琢说，道理讲透就好。", echo=echo
    )
    assert GAP_MARK not in texts[0]


def test_finished_paragraphs_stay_apart():
    texts, warnings = joined("会议研究了供暖工作。", "会议还研究了其他事项。")
    assert len(texts) == 2
    assert not warnings


@pytest.mark.parametrize(
    "opening",
    [
        "，并作了讲话。区里有关部门负责同志参加。",
        "的热潮。区里有关部门负责同志参加。",
        "头作用，把矛盾化解在网格里。",
        "次，最多的一天跑了八趟。",
        "性的办法，一户一策。",
        "颗新发现的小行星有了名字。",
        "就行了。何静说得很轻。",
        "鉴价值、实践价值和示范价值。三个街道作了发言。",
    ],
)
def test_a_paragraph_that_lost_its_opening_is_reported(opening):
    texts, warnings = joined("会议由区长主持。", opening)
    assert texts[1] == opening
    assert [(warning.code, warning.paragraph) for warning in warnings] == [("opening_lost", 1)]


@pytest.mark.parametrize(
    "opening",
    [
        "近日，区里开会。",
        "据了解，小区已改造。",
        "区教育局提醒，注意安全。",
        "张明是司机。",
        "改小份，剩菜就少了。",
        "鸟多了，看鸟的人也多了。",
        "过渡的那几个月，摊主都熬过来了。",
        "水清了，鱼也回来了。",
        "着急的人先走了。",
    ],
)
def test_an_ordinary_opening_is_not_reported(opening):
    _texts, warnings = joined("会议由区长主持。", opening)
    assert not warnings


def test_words_printed_twice_are_kept_once_and_quoted():
    left = "要加强志愿服务保障，擦亮青年志愿服务"
    texts, warnings = joined(f"据介绍，下一步{left}", "保障，擦亮青年志愿服务品牌。")
    assert texts == [f"据介绍，下一步{left}品牌。"]
    assert [(warning.code, warning.quote) for warning in warnings] == [
        ("overlap", "保障，擦亮青年志愿服务")
    ]


def test_overlap_needs_four_characters():
    assert find_overlap("推动各类服务", "服务升级") == 0
    assert find_overlap("提升公共服务水平", "公共服务水平，") == 6


def test_a_last_paragraph_that_breaks_off_is_reported():
    text = "今年以来，全区不断完善便民措施，解决群众难题，" + "办成了一批实事好事，让群众满意度"
    _texts, warnings = joined(text)
    assert [warning.code for warning in warnings] == ["ending_lost"]


def test_verse_is_left_alone():
    lines = ["风把麦浪吹得更远", "布谷鸟在村口喊我", "我站在田埂上，", "像一株庄稼"]
    texts, warnings = joined(*lines)
    assert texts == lines
    assert not warnings
