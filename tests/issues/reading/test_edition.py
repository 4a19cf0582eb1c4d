"""Whole editions: nothing is lost, nothing depends on chance, nothing takes for ever."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from issues.reading import invented_characters, lost_characters, read_edition
from issues.reading.pieces import GAP_MARK

PIECES = [
    "棠溪区召开冬季供暖工作会\n\n把温度送到每一户\n\n记者 何静\n",
    "12月6日，棠溪区召开会议，研究冬季供暖工作。\n",
    "会议要求，各部门要把群众的事情放在心上，切实提升服\n\n务水平，当天的事当天办。\n",
    "第2版：民生\n",
    "本报讯（记者 李明 通讯员 王 芳）老街的新灯昨晚亮了。\n",
    "▲公园添了座椅。（方 圆）\n",
    "图①：清晨的渡口。 李明 摄\n",
    "简讯\n●区里办了夜校。（何静）\n●路灯修好了。（王芳）\n",
    "更正\n本报12月1日第2版《老街新灯》一文中，“120盏”应为“102盏”。\n",
    "责任编辑 李明 美术编辑 王芳 校对 何静\n",
    "（下转第2版）\n",
    "（上接第1版）\n",
    "　　缩进的一段话，\n没有说完\n",
    "渡口\n苇 叶\n船已经不在了\n缆桩还记得\n绳子的形状\n一圈一圈\n",
    "新华社北京1月11日电（记者 纪行）农村公路排查完成。\n",
    "关于道路封闭施工的通告\n现将有关事项通告如下：\n棠溪区城市管理局\n2023年12月5日\n",
    "——今年十八项工程已完工\n",
    '“停电了吗?”他问(小声地),"没有!"\n',
    "—————\n- 3 -\n",
    "\ufeff\u200b坏字\ufffd在此。\n",
    "甲 乙 丙\n\n\n",
    "\f",
    "金奖：《灯》（何静）\n银奖：《桥》\n",
    "旺铺招租\n棠溪路88号商铺\n电话：0000-28350000\n",
    "棠溪时讯 2023年12月8日 第2版 民生 编辑 何静\n",
    "三问路灯：\n谁来装 谁来修\n记者 何静\n",
    "编辑答复：已经报修。\n",
]
TEXTS = st.one_of(
    st.text(max_size=400),
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
    st.lists(
        st.text(alphabet="甲乙记者通讯员张三摄版第一2 　，。（）“”\n——▲●图①：:,()/文", max_size=40),
        max_size=12,
    ).map("\n".join),
)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_every_character_is_accounted_for(text):
    edition = read_edition(text)
    assert lost_characters(text, edition) == ""
    assert invented_characters(text, edition) == ""


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_reading_twice_gives_the_same(text):
    assert read_edition(text) == read_edition(text)


def test_a_lost_character_would_be_noticed():
    text = "老街添了新灯\n\n街坊们都来看热闹。"
    edition = read_edition(text)
    assert lost_characters(text + "漏", edition) == "漏"
    assert invented_characters("街坊", edition)


def test_the_gap_mark_is_the_only_thing_added():
    text = (
        "棠溪区部署文化工作\n\n记者 何静\n\n"
        "会议强调，要把各项工作落到实处，自觉做好文化建设、网络安\n\n"
        "传队伍建设各方面工作，守好阵地。"
    )
    edition = read_edition(text)
    assert GAP_MARK in edition.pieces[0].paragraphs[0]
    assert invented_characters(text, edition) == ""


def test_nothing_but_white_space_is_an_empty_edition():
    assert read_edition(" \n\u3000\n").pieces == ()


def test_damaged_characters_are_reported():
    edition = read_edition("老街添了新灯\n\n街坊们\ufffd来看热闹。")
    assert [warning.code for warning in edition.warnings] == ["damaged_character"]


HOSTILE = {
    "short lines": "甲\n",
    "titles": "棠溪区召开会议\n\n",
    "broken paragraphs": "棠溪区今年以来，全力推进各项工作落实落细，切实服\n\n",
    "opening brackets": "（",
    "half-width brackets": "(",
    "brackets in lines": "（" * 80 + "\n",
    "commas": ",甲",
    "quotes": '"甲',
    "figures": "1,",
    "addresses": "http://a.b/c",
    "page heads": "第3版：要闻\n甲乙丙丁。\n",
    "jumps": "棠溪区召开会议\n（下转第1版）\n（上接第1版）\n棠溪区召开会议。\n",
    "captions": "图①：清晨的桥。 李四 摄\n",
    "page feet": "责编 张三 美编 李四 ",
    "detached headlines": (
        "棠溪区召开会议研究工作\n北沚区开展安全检查\n通讯员 张三\n棠溪区召开会议研究工作。\n"
        "通讯员 李四\n北沚区开展安全检查。\n"
    ),
    "signatures": "●区里办了一件事。（张三）\n",
    "wrapped": "会议要求，各部门要把群众的事情放在心上，切\n",
    "spaces": "　甲 ",
    "sheets": "甲乙\f",
    "rows": "金奖：《灯》\n",
    "adverts": "旺铺招租\n面积120平方米\n",
    "speech": "“走吧！”\n",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_time_grows_no_faster_than_the_text(kind):
    unit = HOSTILE[kind]
    small, large = (unit * (size // len(unit)) for size in (5_000, 40_000))
    read_edition(small)

    def seconds(text):
        begun = time.process_time()
        read_edition(text)
        return time.process_time() - begun

    # Eight times the text; a quadratic step would take sixty-four times as long. The floor is
    # far above what a busy machine needs: only what would hold a process up fails.
    assert seconds(large) < 24 * max(seconds(small), 0.2)
