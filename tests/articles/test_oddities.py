"""What looks odd in a text, and what only looks so."""

import pytest

from articles.oddities import doubled_characters, half_width_marks, open_prompts, unpaired_marks


@pytest.mark.parametrize(
    "text",
    [
        "首日进馆 1,326 人次，14:30 开门。",
        "见 https://example.org/a,b?c=1。",
        "占 3.2%，比分 3:2。",
        "“好。”他说（2023 年）。",
        "Hello, world. OK?",
        "版本2.0正式启用。",
    ],
)
def test_numbers_times_addresses_and_english_are_left_alone(text):
    assert half_width_marks([text]) == []


@pytest.mark.parametrize(
    "text", ["开门了,欢迎", "时间:14:30", "真的吗?", "开门了.", "石桥(东)", '他说"好"']
)
def test_half_width_marks_among_chinese_are_found(text):
    assert half_width_marks([text])


@pytest.mark.parametrize("text", ["的的确确", "是是非非", "地地道道", "等等……", "天天向上", "——"])
def test_what_is_said_twice_on_purpose_is_left_alone(text):
    assert doubled_characters([text]) == []


@pytest.mark.parametrize("text", ["图书馆的的灯", "开门。。", "来了，，走", "也也是"])
def test_what_was_typed_twice_is_found(text):
    assert doubled_characters([text])


def test_a_speech_over_paragraphs_is_closed_once():
    assert unpaired_marks(["他说：“第一段。", "“第二段。”"]) == []
    assert unpaired_marks(["他说：“第一段。", "第二段。”"]) == ["他说：“第一段。", "第二段。”"]
    assert unpaired_marks(["读《棠溪时讯的人"]) == ["读《棠溪时讯的人"]


def test_what_a_template_still_asks_for_is_found():
    assert open_prompts(["［月日］，［单位］开会。", "已经填好。"]) == ["［月日］", "［单位］"]
    assert open_prompts(["【记者手记】", "［", "］［］"]) == []
