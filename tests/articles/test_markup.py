"""Text to safe HTML: hostile text loses its sting, honest text loses nothing."""

from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles.markup import (
    ATTRIBUTES,
    SIZES,
    TAGS,
    blocks,
    count_characters,
    first_words,
    from_paragraphs,
    headline_html,
    keep_numbers_whole,
    line_html,
    link_targets,
    paragraphs,
    photo_ids,
    sanitise,
    with_dateline,
    with_figures,
    without_breaks,
)

HOSTILE = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>点</text></a></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<img src=x onerror=alert(1)>",
    "<p onclick=alert(1) style='background:url(javascript:alert(1))'>点</p>",
    "<a href='javascript:alert(1)'>点</a>",
    "<a href='JaVaScRiPt&colon;alert(1)'>点</a>",
    "<a href='java\nscript:alert(1)'>点</a>",
    "<a href='&#106;avascript:alert(1)'>点</a>",
    "<a href=' \x01javascript:alert(1)'>点</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>点</a>",
    "<a href='vbscript:x'>点</a>",
    "<a href='//evil.example' target=_blank>点</a>",
    '<a title="x>3个<img src=x onerror=alert(1)>" href="https://a.cn">点</a>',
    "<iframe src=//evil.example></iframe>",
    "<object data=x></object><embed src=x>",
    "<form action=//evil.example><input name=q><button>送</button></form>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<base href=//evil.example>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>@import '//evil.example'</style>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><script>alert(1)</script></template>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><p>文</p>",
    "<p>文\x00字</p><scr\x00ipt>alert(1)</scr\x00ipt>",
    "<b<b>粗</b>",
    "<h1<h1 onclick=x>题</h1>",
    "<h9>题</h9><h1 id=x class=y>题</h1>",
    "<figure data-photo='1\" onerror=\"x'><img src=x></figure>",
    "<figure data-photo='3' data-size='huge'></figure>",
    "<p><p><p>" * 300,
    "<blockquote>" * 2000 + "深" + "</blockquote>" * 2000,
    "<strong>" * 500 + "粗",
    "<table><tr><td><table><tr><td>表中表",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;",
    "]]>\"'><script>alert(1)</script>",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
]
PIECES = st.sampled_from(
    [
        *HOSTILE,
        *(f"<{tag}>" for tag in sorted(TAGS)),
        *(f"</{tag}>" for tag in sorted(TAGS)),
        *("<b>", "</b>", "<i>", "</i>", "<h1>", "</h1>", "<h5>", "</h5>", "<", ">", '"', "'", "&"),
        *("棠溪区", "2023年12月8日", "3.5%", " ", "\n", "\u3000", "5个", "，", "。"),
        *('<figure data-photo="7"></figure>', '<figure data-photo="8" data-size="half"></figure>'),
        *('<a href="https://a.cn/?a=1&b=2">', "<p title=x>", "<!--", "-->", "<br>", "<hr/>"),
    ]
)
SOUP = st.lists(PIECES | st.text(max_size=12), max_size=14).map("".join)
KNOWN = {name: {*ATTRIBUTES.get(name, ()), *(("rel",) if name == "a" else ())} for name in TAGS}
KNOWN["figure"] |= {"data-size"}


class Reader(HTMLParser):
    """Everything a browser would take for more than text."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.tags, self.text, self.faults = [], [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag not in TAGS:
            self.faults.append(tag)
        for name, value in attrs:
            if name not in KNOWN.get(tag, ()):
                self.faults.append(f"{tag} {name}")
            if name == "href" and ":" in value.split("/")[0]:
                scheme = value.split(":")[0].lower()
                if scheme not in {"http", "https", "mailto", "tel"}:
                    self.faults.append(value)
            if name == "data-size" and value not in SIZES:
                self.faults.append(value)

    def handle_data(self, data):
        self.text.append(data)

    def handle_comment(self, data):
        self.faults.append(f"<!--{data}")

    def handle_decl(self, decl):
        self.faults.append(decl)

    handle_pi = unknown_decl = handle_decl


def text_of(html):
    return "".join(Reader(html).text)


@pytest.mark.parametrize("html", HOSTILE)
def test_what_the_editor_could_not_have_made_goes(html):
    clean = sanitise(f"<p>前文</p>{html}<p>后文</p>")
    assert Reader(clean).faults == []
    assert "前文" in clean
    assert sanitise(clean) == clean


@settings(max_examples=200)
@given(SOUP)
def test_sanitising_leaves_only_what_is_allowed_and_is_done_once(html):
    clean = sanitise(html)
    assert Reader(clean).faults == []
    assert sanitise(clean) == clean
    assert "\x00" not in clean


@settings(max_examples=150)
@given(SOUP)
@example('<p><a title="x>3个<img src=x>" href="https://a.cn">点</a></p>')
def test_keeping_numbers_whole_changes_no_word_and_no_tag(html):
    clean = sanitise(html)
    whole = keep_numbers_whole(clean)
    assert text_of(whole) == text_of(clean)
    added = Reader(whole)
    assert [tag for tag in added.tags if tag != "span"] == Reader(clean).tags
    assert whole.replace('<span class="nb">', "").replace("</span>", "") == clean


@settings(max_examples=100)
@given(SOUP)
def test_figures_take_no_word_away(html):
    clean = sanitise(html)
    drawn = with_figures(clean, lambda number, size: f"〔{number}{size}〕")
    assert text_of(with_figures(clean, lambda number, size: "")) == text_of(clean)
    assert drawn.count("〔") == len(photo_ids(clean))


@settings(max_examples=100)
@given(SOUP)
def test_counting_and_reading_agree(html):
    clean = sanitise(html)
    assert count_characters(clean) == sum(
        not char.isspace() for text in paragraphs(clean) for char in text
    )
    assert first_words(clean[:60]) is not None
    assert all(paragraphs(clean))


def test_headings_among_plain_paragraphs_are_escaped_like_them():
    html = from_paragraphs(["甲<b>", " ", "乙&丙", "丁"], headings=(2,))
    assert html == "<p>甲&lt;b&gt;</p><h2>乙&amp;丙</h2><p>丁</p>"
    assert sanitise(html) == html


@settings(max_examples=100)
@given(st.lists(st.text(min_size=1, max_size=30), max_size=5))
def test_plain_paragraphs_come_back_as_they_went_in(texts):
    clean = sanitise(from_paragraphs(texts))
    kept = [" ".join(text.replace("\x00", "").split()) for text in texts]
    found = [" ".join(text.split()) for text in paragraphs(clean)]
    assert " ".join(found).split() == " ".join(kept).split()


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00\r"), max_size=40))
def test_a_line_of_text_is_text_whatever_stands_in_it(text):
    for html in (line_html(text), headline_html(text)):
        reader = Reader(html)
        assert set(reader.tags) <= {"span", "wbr"}
    assert text_of(line_html(text)) == text
    assert text_of(headline_html(text)) == without_breaks(text)


class TestWhatStays:
    def test_old_names_of_bold_italic_and_headings(self):
        assert sanitise("<p><b>粗</b><i>斜</i></p><h1>大</h1><h4>小</h4>") == (
            "<p><strong>粗</strong><em>斜</em></p><h2>大</h2><h3>小</h3>"
        )

    def test_a_text_of_empty_blocks_is_none(self):
        assert sanitise("<p> </p><p><br></p>") == ""

    def test_links_lead_where_they_led(self):
        html = sanitise('<p><a href="https://a.cn/?a=1&amp;b=2">点</a></p>')
        assert link_targets(html) == ["https://a.cn/?a=1&b=2"]

    def test_a_dateline_stands_at_the_head_as_plain_words(self):
        html = with_dateline("<p>正文</p>", "本报讯<b>")
        assert "本报讯&lt;b&gt;</span>\u3000正文" in html

    def test_a_number_keeps_its_unit(self):
        assert '<span class="nb">2023年</span>' in keep_numbers_whole("<p>到2023年</p>")


@pytest.mark.parametrize(
    "html",
    [
        "<p>一</p><ul><li>二</li><li>三<ul><li>四</li></ul></li></ul><p>五<br>六</p>",
        "<h2>题</h2><blockquote><p>引</p><p>文</p></blockquote><hr><p></p><p>末</p>",
        "<table><tbody><tr><th>甲</th><td>乙</td></tr><tr><td>丙</td></tr></tbody></table>",
        '散文<strong>字</strong><p>一</p><figure data-photo="3"></figure>尾',
        '<p><a href="/" title="a&gt;b">链</a></p><p>一</p>',
        "",
    ],
)
def test_blocks_hold_the_text_and_its_paragraphs_in_order(html):
    clean = sanitise(html)
    found = blocks(clean)
    assert "".join(found) == clean
    assert [text for block in found for text in paragraphs(block)] == paragraphs(clean)


@given(st.text(alphabet="<>/p ulih2br=\"a'字。\n", max_size=60))
def test_blocks_hold_any_text(html):
    clean = sanitise(html)
    found = blocks(clean)
    assert "".join(found) == clean
    assert [text for block in found for text in paragraphs(block)] == paragraphs(clean)
