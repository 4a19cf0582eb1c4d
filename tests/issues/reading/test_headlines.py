"""Title lines split into label, kicker, headline and deck, other readings kept."""

import pytest

from issues.reading.headlines import is_briefs_label, is_label, resolve
from issues.reading.pieces import Titles


@pytest.mark.parametrize(
    ("lines", "decks", "wanted"),
    [
        (["老街添了新灯"], [], Titles(headline="老街添了新灯")),
        (
            ["棠溪区冬季供暖工作会召开", "把温度送到每一户"],
            [],
            Titles(kicker="棠溪区冬季供暖工作会召开", headline="把温度送到每一户"),
        ),
        (
            ["全区植树活动启动", "栽下一片绿", "三千名干部群众参加"],
            [],
            Titles("全区植树活动启动", "栽下一片绿", "三千名干部群众参加"),
        ),
        (
            ["栽下一片绿"],
            ["全区植树活动见闻"],
            Titles(headline="栽下一片绿", deck="全区植树活动见闻"),
        ),
        (
            ["新春走基层", "渡口上的灯"],
            [],
            Titles(headline="渡口上的灯", column_label="新春走基层"),
        ),
        (
            ["全区垃圾分类宣传活动启动 分一分 更干净"],
            [],
            Titles(kicker="全区垃圾分类宣传活动启动", headline="分一分 更干净"),
        ),
        (
            ["守住一条河 护好一座城"],
            [],
            Titles(headline="守住一条河 护好一座城"),
        ),
        (
            ["学新知 长本领 办实事 解民忧", "课堂搬到田埂上"],
            [],
            Titles(headline="课堂搬到田埂上", column_label="学新知 长本领 办实事 解民忧"),
        ),
        (["渡口（外一首）"], [], Titles(headline="渡口（外一首）")),
        (["渡口", "（组诗）"], [], Titles(headline="渡口（组诗）")),
        ([], [], Titles()),
    ],
)
def test_titles_are_read_as_an_editor_would(lines, decks, wanted):
    chosen, _others = resolve(lines, decks, None, "")
    assert chosen == wanted


def test_every_reading_holds_the_same_words():
    lines = ["全区植树活动启动", "栽下一片绿 留住一湾水", "三千名干部群众参加"]
    chosen, others = resolve(lines, [], None, "")
    words = sorted("".join(lines).replace(" ", ""))
    assert others
    for titles in [chosen, *others]:
        assert sorted("".join(titles.parts()).replace(" ", "")) == words


def test_a_longer_second_line_that_tells_the_news_is_the_deck():
    lead = "近日，棠溪区三十个社区食堂全部投入使用，老人用餐有补贴。"
    chosen, _others = resolve(["一碗热汤", "棠溪区三十个社区食堂投入使用"], [], None, lead)
    assert chosen == Titles(headline="一碗热汤", deck="棠溪区三十个社区食堂投入使用")


@pytest.mark.parametrize("label", ["简讯", "一周短讯", "社区动态", "【速览】"])
def test_labels_of_briefs(label):
    assert is_briefs_label(label)


@pytest.mark.parametrize("line", ["全区植树活动启动", "把温度送到每一户", "这个腊八"])
def test_a_title_is_no_label(line):
    assert not is_label(line, "一百口锅煮出一条街的热闹")
