"""The rules of Chinese punctuation, of counting and of finding, run in a browser from a table."""

import pytest

from articles.markup import count_characters

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

# As typed, and as it should stand.
PUNCTUATION = [
    ("图书馆开放了,欢迎来.", "图书馆开放了，欢迎来。"),
    ("首日进馆 1,326 人次,14:30 开门.", "首日进馆 1,326 人次，14:30 开门。"),
    ("时间:14:30,地点:石桥", "时间：14:30，地点：石桥"),
    ("比分3:2,赢了!", "比分3:2，赢了！"),
    ("占3.2%,约4", "占3.2%，约4"),
    ("有多少GDP?", "有多少GDP？"),
    ("见 https://example.org/a,b?c=1,欢迎", "见 https://example.org/a,b?c=1，欢迎"),
    ("写信到 a.b@example.org, 谢谢", "写信到 a.b@example.org，谢谢"),
    ("文件a.docx,见附件", "文件a.docx，见附件"),
    ("版本2.0,正式", "版本2.0，正式"),
    ("Hello, world. It's OK!", "Hello, world. It's OK!"),
    ("I love 北京, and Shanghai.", "I love 北京, and Shanghai."),
    ("1. 今天开门", "1. 今天开门"),
    ("A、B两家;C家?", "A、B两家；C家？"),
    ("开放 , 欢迎", "开放，欢迎"),
    ("注意!!", "注意！！"),
    ("𠮷野家,开门", "𠮷野家，开门"),
    ('他说"好",又说"走".', "他说“好”，又说“走”。"),
    ("他说”好“，走。", "他说“好”，走。"),
    ('他说:"第一段', '他说："第一段'),  # an odd quote: nobody knows where its partner belongs
    ('屏幕12",很大', '屏幕12"，很大'),
    ("'家门口'图书馆", "‘家门口’图书馆"),
    ("他说“这叫‘家门口’图书馆”。", "他说“这叫‘家门口’图书馆”。"),
    ("don't 这样", "don't 这样"),
    ("世界卫生组织(WHO)说", "世界卫生组织（WHO）说"),
    ("他说 (真的) 好", "他说（真的）好"),
    ("(1)今天", "（1）今天"),
    ("f(x)是函数", "f(x)是函数"),
    ("报纸<<棠溪时讯>>和<晚报>", "报纸《棠溪时讯》和《晚报》"),
    ("a<b且c>d", "a<b且c>d"),
    ("等等...", "等等……"),
    ("等等。。。", "等等……"),
    ("等等…", "等等……"),
    ("等等……", "等等……"),
    ("他--一个老人--说", "他——一个老人——说"),
    ("北京—上海", "北京—上海"),
    ("1949-2019年", "1949-2019年"),
    ("", ""),
]


@pytest.fixture
def run(page, live_server):
    """Run a module of the editor: its name, a function of it, its argument."""
    page.goto(f"{live_server.url}/static/desk/prose/prose.css")

    def call(module, script, argument=None):
        source = f"{live_server.url}/static/desk/prose/{module}.js"
        return page.evaluate(
            f"async ([source, argument]) => {{ const m = await import(source); {script} }}",
            [source, argument],
        )

    return call


def test_punctuation_becomes_full_width_where_it_stands_among_chinese(run):
    typed, wanted = zip(*PUNCTUATION, strict=True)
    assert run("punctuation", "return argument.map(m.tidy)", list(typed)) == list(wanted)


def test_tidying_again_changes_nothing_and_never_touches_a_letter(run):
    """Twenty thousand paragraphs of marks and letters, the same ones each time."""
    wrong = run(
        "punctuation",
        """
        const alphabet = [...argument];
        let seed = 20231209;
        const random = (below) => (seed = (seed * 48271) % 2147483647) % below;
        const letters = (text) => text.replace(/[^中文字ab12]/g, "");
        for (let n = 0; n < 20000; n++) {
          const one = () => alphabet[random(alphabet.length)];
          const text = Array.from({ length: random(15) }, one).join("");
          const tidied = m.tidy(text);
          if (m.tidy(tidied) !== tidied || letters(tidied) !== letters(text)) return [text, tidied];
        }
        return null;
        """,
        "中文字ab1 2,.:;?!()\"'<>-…—。“”‘’《》（），",
    )
    assert wrong is None


@pytest.mark.parametrize(
    ("before", "typed", "after", "quote"),
    [
        ("他说", '"', "", "“"),
        ("他说“好", '"', "", "”"),
        ("他说“这叫", "'", "", "‘"),
        ("他说“这叫‘家门口", "'", "", "’"),
        ("", '"', "", "“"),
        ("He said ", '"', "", ""),
        ("don", "'", "", ""),
        ("屏幕12", '"', "", ""),
        ("他说“第12", '"', "号", "”"),
    ],
)
def test_a_typed_quote_opens_or_closes_by_what_stands_before_it(run, before, typed, after, quote):
    script = "return m.quoteFor(argument.typed, argument.before, argument.after)"
    found = run("punctuation", script, {"typed": typed, "before": before, "after": after})
    assert found == quote


@pytest.mark.parametrize(
    "words",
    ["一二 三，\u3000四\u00a0五。", "a b\tc\u2003d", "𠮷野家\u200b\ufeff", "x\x1cy\x85z\u2028", ""],
)
def test_characters_are_counted_as_the_server_counts_them(run, words):
    assert run("counting", "return m.characters(argument)", words) == count_characters(
        f"<p>{words}</p>"
    )


def test_words_are_counted_as_word_does(run):
    words = {"阅读灯亮了。": 6, "GDP 增长 3.2%": 4, "": 0, "一 two 三": 3}
    assert run("counting", "return argument.map(m.words)", list(words)) == list(words.values())


@pytest.mark.parametrize(
    ("text_", "wanted", "exact", "places"),
    [
        ("石桥的石桥", "石桥", False, [[0, 2], [3, 5]]),
        ("GDP gdp", "gdp", False, [[0, 3], [4, 7]]),
        ("GDP gdp", "gdp", True, [[4, 7]]),
        ("a.c abc", "a.c", False, [[0, 3]]),
        ("𠮷野家(一)", "(一)", False, [[4, 7]]),
        ("哈哈哈", "哈哈", False, [[0, 2]]),
        ("石桥", "", False, []),
    ],
)
def test_words_are_found_as_they_stand_and_not_as_a_pattern(run, text_, wanted, exact, places):
    asked = {"text": text_, "wanted": wanted, "exact": exact}
    script = "return m.places(argument.text, argument.wanted, argument.exact)"
    assert run("finding", script, asked) == places
