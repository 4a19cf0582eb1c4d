"""Subheadings are the lines over prose; lines of poems, lists and inscriptions are none."""

from issues.reading import read_edition

PROSE = "老街的石板路修了三个月，如今终于走得通、站得稳，街坊们都说好。"


def headings(text):
    (piece,) = read_edition(text).pieces
    return [piece.paragraphs[index] for index in piece.headings]


def test_lines_over_chapters_are_subheadings():
    text = f"一条老街的三次修补\n\n记者 何静\n\n{PROSE}\n\n先补路\n\n{PROSE}\n\n再点灯\n\n{PROSE}\n"
    assert headings(text) == ["先补路", "再点灯"]


def test_numbered_lines_over_chapters_are_subheadings():
    text = f"关于整修老街的通告\n\n{PROSE}\n\n一、施工范围\n\n{PROSE}\n\n二、绕行办法\n\n{PROSE}\n"
    assert headings(text) == ["一、施工范围", "二、绕行办法"]


def test_a_broken_paragraph_before_a_subheading_moves_it():
    broken = "今年以来，全区不断完善便民措施，着力提升各类服\n\n务水平，群众满意度明显提高。"
    text = f"一条老街的三次修补\n\n记者 何静\n\n{broken}\n\n先补路\n\n{PROSE}\n"
    assert headings(text) == ["先补路"]


def test_lines_of_a_poem_are_no_subheadings():
    text = "渡口\n苇 叶\n船已经不在了\n缆桩还记得\n绳子的形状\n一圈一圈\n"
    assert headings(text) == []


def test_a_list_has_no_subheadings():
    text = f"获奖名单\n\n{PROSE}\n\n一、何静\n\n二、王芳\n\n三、李明\n"
    assert headings(text) == []


def test_the_unit_that_signs_a_notice_is_no_subheading():
    text = f"关于整修老街的通告\n\n{PROSE}\n\n棠溪区城市管理局\n\n2023年12月5日\n"
    assert headings(text) == []
