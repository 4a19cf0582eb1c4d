"""Headlines, first words and lines as residents read them."""

import time

import pytest

from articles import markup


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>雪后的清晨，18路头班车准点驶进槐荫里。上车了。</p>",
         "雪后的清晨，18路头班车准点驶进槐荫里……"),
        ("<p>区图书馆在全区所有的街道和镇里新增的二十三处通借通还点今天起启用。</p>",
         "区图书馆在全区所有的街道和镇里新增的……"),
        ("<p>下雪了。</p>", "下雪了……"),
        ("<p>闸口</p><p>第二段</p>", "闸口……"),
        ('<p>闸口有了牌子，<a href="https://exa', "闸口有了牌子……"),
        ("<p>。</p>", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_a_piece_without_a_headline_goes_by_its_first_clauses(html, words):
    assert markup.first_words(html) == words


@pytest.mark.parametrize(
    ("headline", "html"),
    [
        ("一条旧管线|换来满屋暖",
         '<span class="ph">一条旧管线</span><wbr><span class="ph">换来满屋暖</span>'),
        ("摊主一户不少 东市回迁", '<span class="ph">摊主一户不少 东市回迁</span>'),
        ("灯下坐满了六张长桌", '<span class="ph">灯下<wbr>坐满了<wbr>六张<wbr>长桌</span>'),
        ("热水、座椅", '<span class="ph">热水、座椅</span>'),
        ("老周一起跑步一起打球一起晒太阳 好", '<span class="ph">老周<wbr>一起<wbr>跑步<wbr>一起'
         '<wbr>打球<wbr>一起<wbr>晒太阳 <wbr>好</span>'),
        ("a<b>|c", '<span class="ph">a&lt;b&gt;</span><wbr><span class="ph">c</span>'),
    ],
)  # fmt: skip
def test_a_headline_breaks_by_marks_then_clauses_then_words(headline, html):
    assert markup.headline_html(headline) == html


def test_a_dateline_stands_at_the_head_of_a_first_paragraph_only():
    with_it = '<p><span class="dateline">本报讯</span>\u3000热了。</p>'
    assert markup.with_dateline("<p>热了。</p>", "本报讯") == with_it
    assert markup.with_dateline("<h2>热了。</h2>", "本报讯") == "<h2>热了。</h2>"
    assert markup.with_dateline("<p>热了。</p>", "") == "<p>热了。</p>"
    assert "<i>" not in markup.with_dateline("<p>热了。</p>", "<i>")


def test_a_line_of_plain_text_is_escaped_and_keeps_its_numbers_whole():
    assert markup.line_html("换下46公里<b>") == '换下<span class="nb">46公里</span>&lt;b&gt;'


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("<p>他说Practice makes perfect，又笑。</p>",
         '<p>他说<span lang="en">Practice makes perfect</span>，又笑。</p>'),
        ("<p>APP、Wi Fi与5G，A&amp;B shop</p>", None),
        ('<p><a href="https://a.cn/one two three" title="one two three">见此</a></p>', None),
        ("<p>A &amp; B &lt; C d</p>", None),
        ("<p>Well, this is “it”</p>", '<p><span lang="en">Well, this is</span> “it”</p>'),
    ],
)  # fmt: skip
def test_a_passage_in_latin_letters_is_marked_as_english(text, marked):
    assert markup.with_languages(text) == (marked or text)


def test_latin_letters_are_looked_for_once():
    started = time.monotonic()
    markup.with_languages("<p>" + "ab cd " * 20_000 + "&amp;" + "a" * 40_000 + " a" * 20_000)
    assert time.monotonic() - started < 2
