"""Page heads start pages; what frames a page is told from what stands on it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issues.reading.folios import (
    is_date,
    is_folio,
    is_guide_entry,
    is_page_number,
    is_separator,
    read_head,
)


@pytest.mark.parametrize(
    ("line", "number", "name"),
    [
        ("第2版：综合新闻", 2, "综合新闻"),
        ("第 2 版　综合新闻", 2, "综合新闻"),
        ("02版：要闻", 2, "要闻"),
        ("０２版：要闻", 2, "要闻"),
        ("第A02版:要闻", 2, "要闻"),
        ("A02 要闻", 2, "要闻"),
        ("02 民生", 2, "民生"),
        ("第11版 新棠溪", 11, "新棠溪"),
        ("第二版 民生", 2, "民生"),
        ("第十二版·副刊", 12, "副刊"),
        ("3版 时评·公告", 3, "时评·公告"),
        ("第4版", 4, ""),
        ("综合新闻 第2版", 2, "综合新闻"),
        ("要闻 2版", 2, "要闻"),
    ],
)
def test_page_heads(line, number, name):
    head = read_head(line)
    assert (head.number, head.name) == (number, name)


def test_a_page_head_may_carry_its_folio():
    head = read_head("第2版 民生 2023年12月8日 星期五 责编：李明 美编：王芳")
    assert (head.name, head.folio) == ("民生", "2023年12月8日 星期五 责编：李明 美编：王芳")
    assert head.raw + head.folio in head.raw + " " + head.folio or head.raw.endswith("民生")


@pytest.mark.parametrize(
    "line",
    [
        "第2版画作品展开幕了",
        "老街里的修表匠 2版",
        "版面不够用怎么办",
        "3版权纠纷",
        "今天看完第2版。",
    ],
)
def test_titles_are_no_page_heads(line):
    assert read_head(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "2023年12月8日　星期五　农历癸卯年十月廿六",
        "二〇二四年一月十二日　第389期",
        "总第512期　今日4版　棠溪区融媒体中心主办",
        "责任编辑　李明　美术编辑　王芳　校对　何静",
        "责编：李 明 美编：王芳　电话：0000-6688120",
        "本版编辑 李明",
        "编辑 李明 / 二审 王芳 / 三审 何静",
        "国内统一连续出版物号：CN 00-0512　社址：文华道18号　新闻热线：0000-28350000",
        "投稿邮箱：news@a.example.cn",
        "棠溪时讯 2023年12月8日 星期五",
        "今日天气：多云转晴，西北风3级，气温9℃～24℃",
    ],
)
def test_folios(line):
    assert is_folio(line)


@pytest.mark.parametrize(
    "line", ["天气预报", "责任编辑们的一天", "联系电话：0000-1234567", "工作通讯", "十二月八日，雪"]
)
def test_what_stands_on_a_page_is_no_folio(line):
    assert not is_folio(line)


def test_small_furniture():
    assert is_page_number("- 3 -")
    assert is_page_number("第3页")
    assert is_separator("————————")
    assert is_date("2023年12月8日")
    assert is_date("11月6日")
    assert is_guide_entry("冬季供暖这样报修 （见第2版）")
    assert not is_page_number("2023年")


@given(st.text(max_size=120).filter(str.strip))
def test_any_line_is_looked_at_without_failing(line):
    line = line.strip()
    read_head(line)
    is_folio(line)
    is_guide_entry(line)


@pytest.mark.parametrize(
    ("line", "number", "name"),
    [
        ("2023年12月8日 星期五 第2版 民生 编辑 何静 电话 5566120", 2, "民生"),
        ("棠溪时讯   2023年12月8日  星期五   A2版 社会", 2, "社会"),
        ("棠溪时讯 第3版 专版 2023年12月8日 星期五", 3, "专版"),
    ],
)
def test_a_head_between_date_and_editors_opens_its_page(line, number, name):
    head = read_head(line)
    assert (head.number, head.name, head.raw) == (number, name, line)


@pytest.mark.parametrize(
    "line",
    ["棠溪时讯 总第2915期 今日4版", "2023年12月8日 星期五 4版", "老街新灯 第2版 民生"],
)
def test_a_count_of_pages_is_no_head(line):
    assert read_head(line) is None
