"""Word files as correspondents send them, read into titles, names, text and pictures."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.docx import Manuscript, read
from articles.markup import paragraphs, sanitise
from tests.articles.word_files import (
    drawing,
    packed,
    para,
    parts,
    picture,
    relation,
    run,
    table,
    word,
)

PROSE = "初冬的早晨，棠溪河边雾气散去，散步的人多了起来，长椅上坐满了晒太阳的老人。"


def paragraphs_of(manuscript: Manuscript) -> list[str]:
    return paragraphs(manuscript.body)


def test_a_manuscript_as_word_writes_it_is_told_apart():
    read_in = read(
        word(
            para("石桥街道治水三年记", centred=True, size=16),
            para("棠溪一河两岸变了样", centred=True, bold=True, size=22),
            para("——清淤、截污、补绿", centred=True, size=16),
            para("通讯员 苗青禾 李　四", centred=True),
            para("　　" + PROSE),
            para("一、水清了", style="1"),
            para("清淤三公里", list_of=1),
            para("截污九处", list_of=1),
            para("支流两处", list_of=1, level=1),
            para("水杉", list_of=2),
            table(("项目", "数量"), ("清淤", "3公里")),
            para(inside=run("下一步，", bold=True) + run("补种水杉。")),
        )
    )
    assert read_in.kicker == "石桥街道治水三年记"
    assert read_in.headline == "棠溪一河两岸变了样"
    assert read_in.deck == "——清淤、截污、补绿"
    assert [(each.name, each.role, each.credit) for each in read_in.names] == [
        ("苗青禾", "通讯员", "text"),
        ("李四", "通讯员", "text"),
    ]
    assert read_in.body == (
        f"<p>{PROSE}</p><h2>一、水清了</h2>"
        "<ol><li>清淤三公里</li><li>截污九处<ol><li>支流两处</li></ol></li></ol>"
        "<ul><li>水杉</li></ul>"
        "<table><tbody><tr><td><p>项目</p></td><td><p>数量</p></td></tr>"
        "<tr><td><p>清淤</p></td><td><p>3公里</p></td></tr></tbody></table>"
        "<p><strong>下一步，</strong>补种水杉。</p>"
    )
    assert read_in.notes == ()


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([para("老厂房里开出图书馆")], {"headline": "老厂房里开出图书馆"}),
        (
            [para("社区食堂开饭了", style="a3"), para("一荤两素十二元", style="a4")],
            {"headline": "社区食堂开饭了", "deck": "一荤两素十二元"},
        ),
        (
            [para("标题：社区食堂开饭了"), para("副题：一荤两素十二元"), para("作者：苗青禾")],
            {"headline": "社区食堂开饭了", "deck": "一荤两素十二元"},
        ),
        (
            [para("棠溪河边", centred=True, size=22), para("散步的人多了", centred=True, size=22)],
            {"headline": "棠溪河边|散步的人多了"},
        ),
        (
            [para("社区食堂开饭了", style="1"), para("石桥街道 苗青禾", centred=True)],
            {"headline": "社区食堂开饭了"},
        ),
        ([], {"headline": ""}),
    ],
)
def test_titles_are_found_by_style_size_place_and_label(lines, expected):
    found = read(word(*lines, para(PROSE, inside=""), para(PROSE)))
    assert {name: getattr(found, name) for name in expected} == expected
    assert paragraphs_of(found) == [PROSE, PROSE]


def test_a_text_without_a_headline_says_so():
    found = read(word(para(PROSE)))
    assert found.headline == ""
    assert len(found.notes) == 1


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("通讯员 苗青禾", [("苗青禾", "通讯员", "text")]),
        ("通讯员：苗青禾　方念", [("苗青禾", "通讯员", "text"), ("方念", "通讯员", "text")]),
        (
            "本报记者 沈予安 通讯员 苗青禾",
            [("沈予安", "本报记者", "text"), ("苗青禾", "通讯员", "text")],
        ),
        ("文/图 苗青禾", [("苗青禾", "文/图", "both")]),
        ("苗青禾 文/图", [("苗青禾", "文/图", "both")]),
        ("苗青禾 文 方念 摄", [("苗青禾", "通讯员", "text"), ("方念", "摄", "photo")]),
        ("作者：石桥街道 苗青禾", [("苗青禾", "通讯员", "text")]),
        ("（石桥街道 苗青禾）", [("苗青禾", "通讯员", "text")]),
        ("通讯员苗青禾", [("苗青禾", "通讯员", "text")]),
        ("摄影：方念", [("方念", "摄", "photo")]),
    ],
)
def test_author_lines_are_read(line, names):
    found = read(word(para("社区食堂开饭了"), para(line, centred=True), para(PROSE)))
    assert [(each.name, each.role, each.credit) for each in found.names] == names
    assert paragraphs_of(found) == [PROSE]


@pytest.mark.parametrize(
    "line",
    ["会议由石桥街道办事处主持召开。", "一、提高认识，压实责任", "2023年12月8日", "石桥街道"],
)
def test_other_lines_stay_in_the_text(line):
    found = read(word(para("社区食堂开饭了"), para(line), para(PROSE)))
    assert found.names == ()
    assert paragraphs_of(found) == [line, PROSE]


def test_a_signature_at_the_end_is_lifted_and_never_kept_twice():
    in_line = read(word(para("题目"), para(PROSE), para(PROSE + "（石桥街道 苗青禾）")))
    assert [each.name for each in in_line.names] == ["苗青禾"]
    assert paragraphs_of(in_line) == [PROSE, PROSE]
    below = read(word(para("题目"), para(PROSE), para("（通讯员 苗青禾）")))
    assert [each.name for each in below.names] == ["苗青禾"]
    assert paragraphs_of(below) == [PROSE]
    twice = read(word(para("题目"), para("通讯员 方念"), para(PROSE + "（石桥街道 苗青禾）")))
    assert [each.name for each in twice.names] == ["方念"]
    assert paragraphs_of(twice) == [PROSE + "（石桥街道 苗青禾）"]


@pytest.mark.parametrize(
    ("below", "caption", "credit"),
    [
        (para("图为居民在河边散步。孟小满 摄", centred=True), "图为居民在河边散步。", "孟小满 摄"),
        (para("居民在河边散步 （孟小满 摄）"), "居民在河边散步", "孟小满 摄"),
        (
            para("居民在河边散步。通讯员 孟小满 方念 摄"),
            "居民在河边散步。",
            "通讯员 孟小满 方念 摄",
        ),
        (para("居民在河边散步。石桥街道供图"), "居民在河边散步。", "石桥街道 供图"),
        (para("▲居民在河边散步"), "居民在河边散步", ""),
        (para("图1 居民在河边散步", style="a5"), "居民在河边散步", ""),
        (para("居民在河边散步", centred=True), "居民在河边散步", ""),
        (para(PROSE), "", ""),
    ],
)
def test_a_caption_is_proposed_from_the_paragraph_below(below, caption, credit):
    blocks = [para("题目"), para(PROSE), para(inside=drawing()), below, para("末段。")]
    found = read(word(*blocks, pictures={"image1.jpeg": picture()}))
    (photo,) = found.pictures
    assert (photo.caption, photo.credit) == (caption, credit)
    assert found.body.count("<figure") == 1
    assert found.body.startswith(f'<p>{PROSE}</p><figure data-photo="0"></figure>')
    assert paragraphs_of(found)[-1] == "末段。"


def test_pictures_keep_their_places_wherever_they_stand():
    files = {"image1.jpeg": picture(), "image2.jpeg": picture(colour=(9, 9, 9))}
    found = read(
        word(
            para("题目"),
            para("图在段中。", inside=drawing("rId10", "河边散步的居民")),
            table(("项目",), ("数量",)).replace("</w:p>", drawing("rId11") + "</w:p>", 1),
            para("再用一次。", inside=drawing("rId10", "图片包含 建筑 描述已自动生成")),
            pictures=files,
        )
    )
    assert [each.data for each in found.pictures] == [
        files["image1.jpeg"], files["image2.jpeg"], files["image1.jpeg"],
    ]  # fmt: skip
    assert [each.alternative_text for each in found.pictures] == ["河边散步的居民", "", ""]
    assert found.body == (
        '<p>图在段中。</p><figure data-photo="0"></figure>'
        "<table><tbody><tr><td><p>项目</p></td></tr><tr><td><p>数量</p></td></tr></tbody></table>"
        '<figure data-photo="1"></figure><p>再用一次。</p><figure data-photo="2"></figure>'
    )


def test_old_drawings_and_text_boxes_are_read():
    shape = (
        '<w:r><w:pict><v:shape><v:imagedata r:id="rId10"/></v:shape></w:pict></w:r>'
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing/></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox><w:txbxContent>{para('框里的话')}</w:txbxContent>"
        "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    found = read(word(para("题目"), para(PROSE, inside=shape), pictures={"image1.jpeg": picture()}))
    assert len(found.pictures) == 1
    assert "框里的话" in found.body


def test_layout_is_left_behind():
    found = read(
        word(
            para("题目"),
            para("　　\u00a0" + PROSE),
            para(" \u3000 "),
            para("软\u00ad连\u200b字\ufeff符。"),
            para(inside=run("有") + "<w:r><w:tab/></w:r>" + run("格。")),
        )
    )
    assert found.body == f"<p>{PROSE}</p><p>软连字符。</p><p>有 格。</p>"


def test_marks_links_and_changes_are_kept_or_left_out_as_a_reader_expects():
    links = relation("rId30", "hyperlink", "https://example.cn/a?b=1&amp;c=2", external=True)
    links += relation("rId31", "hyperlink", "javascript:alert(1)", external=True)
    found = read(
        word(
            para("题目"),
            '<w:p><w:r><w:rPr><w:u w:val="single"/></w:rPr><w:t>线</w:t></w:r>'
            "<w:r><w:rPr><w:strike/></w:rPr><w:t>删</w:t></w:r>"
            '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r></w:p>',
            f'<w:p><w:hyperlink r:id="rId30">{run("链")}</w:hyperlink>'
            f'<w:hyperlink r:id="rId31">{run("坏链")}</w:hyperlink>'
            f'<w:hyperlink r:id="rId99">{run("断链")}</w:hyperlink>'
            f'<w:hyperlink w:anchor="here">{run("内链")}</w:hyperlink></w:p>',
            f"<w:p><w:ins>{run('加的')}</w:ins><w:del><w:r><w:delText>去的</w:delText></w:r></w:del>"
            '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:commentReference w:id="1"/></w:r>'
            "</w:p>",
            relations=links,
        )
    )
    assert found.body == (
        "<p><u>线</u><s>删</s><sup>2</sup></p>"
        '<p><a href="https://example.cn/a?b=1&amp;c=2" rel="noopener">链</a>坏链断链内链</p>'
        "<p>加的</p>"
    )
    assert len(found.notes) == 1


def test_a_linked_picture_is_missed_and_said():
    outside = relation("rId40", "image", "http://198.51.100.7/a.png", external=True)
    found = read(word(para("题目"), para(PROSE, inside=drawing("rId40")), relations=outside))
    assert found.pictures == ()
    assert len(found.notes) == 1


def test_strict_files_and_other_names_of_the_text_are_read():
    contents = parts(para("题目"), para(PROSE))
    text = contents.pop("word/document.xml").replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    contents["word/document2.xml"] = text
    contents["_rels/.rels"] = contents["_rels/.rels"].replace("document.xml", "document2.xml")
    contents["word/_rels/document2.xml.rels"] = contents.pop("word/_rels/document.xml.rels")
    assert paragraphs_of(read(packed(contents))) == [PROSE]


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=40)


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(words, st.booleans(), st.booleans(), st.sampled_from([0, 1, 2])), max_size=12
    )
)
def test_no_letter_is_lost_between_a_file_and_its_piece(lines):
    """Every letter and figure of a file stands in a title, a name, a caption or the text."""

    def letters(text: str) -> list[str]:
        return sorted(char for char in text if char.isalnum())

    sent = [escaped(line) for line, *_look in lines]
    blocks = [
        para(line, bold=bold, centred=centred, list_of=kind)
        for line, (_words, bold, centred, kind) in zip(sent, lines, strict=True)
    ]
    found = read(word(para("棠溪两岸变了样"), *blocks, para(PROSE)))
    kept = [found.kicker, found.headline, found.deck, *paragraphs(found.body)]
    kept += [each.name for each in found.names]
    expected = letters("棠溪两岸变了样" + PROSE + "".join(line for line, *_look in lines))
    roles = len(found.names) * [*"通讯员记者文图摄作者"] if found.names else []
    assert set(expected) <= {*letters("".join(kept)), *roles}
    assert found.body == sanitise(found.body)


def escaped(line: str) -> str:
    return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
