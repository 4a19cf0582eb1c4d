"""Full-width marks come back between Han characters and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issues.reading.characters import fold
from issues.reading.punctuation import restore, restore_quotes


@pytest.mark.parametrize(
    ("printed", "wanted"),
    [
        ("日前,区里召开会议:研究供暖;部署安全!", "日前，区里召开会议：研究供暖；部署安全！"),
        ("真的吗?真的!", "真的吗？真的！"),
        ("建设委(房管局)介绍", "建设委（房管局）介绍"),
        ("2023年,全区共有1,500户", "2023年，全区共有1,500户"),
        ("增长8.7%,占比过半", "增长8.7%，占比过半"),
        ("同比增长8.7%,", "同比增长8.7%，"),
        ("每天8:10到校,17:30放学", "每天8:10到校，17:30放学"),
        ("以3:1获胜", "以3:1获胜"),
        ("登录https://a.example.cn/x?y=1,z查询", "登录https://a.example.cn/x?y=1,z查询"),
        ("发到news@a.example.cn,注明姓名", "发到news@a.example.cn，注明姓名"),
        ("Good morning, everyone!", "Good morning, everyone!"),
        ("他说Good morning!大家都笑了", "他说Good morning！大家都笑了"),
        ("f(x)与g(y)", "f(x)与g(y)"),
        ("智能水表(NB-IoT)", "智能水表（NB-IoT）"),
        ("(1)加强领导", "（1）加强领导"),
        ("“小餐桌”,真方便", "“小餐桌”，真方便"),
        ("召开会议, 研究工作", "召开会议，研究工作"),
        ("", ""),
    ],
)
def test_marks_follow_the_text_around_them(printed, wanted):
    assert restore(printed) == wanted


@pytest.mark.parametrize(
    ("printed", "wanted"),
    [
        ('再造一个"蓝色棠溪"', "再造一个“蓝色棠溪”"),
        ('"好!"他说,"走吧。"', "“好!”他说,“走吧。”"),
        ("他说'好'", "他说‘好’"),
        ("it's 5\" wide", "it's 5\" wide"),
        ('他接着说:"明天', "他接着说:“明天"),
    ],
)
def test_straight_quotes_become_pairs(printed, wanted):
    assert restore_quotes(printed) == wanted


@given(st.text(alphabet="甲乙,:;!?()\"' 1.aA，（）“”/@", max_size=60))
def test_restoring_twice_changes_nothing_more(text):
    once = restore(text)
    assert restore(once) == once
    assert fold(once) == fold(text)


@given(st.text(max_size=80))
def test_no_character_is_lost(text):
    assert fold(restore_quotes(restore(text))) == fold(text)
