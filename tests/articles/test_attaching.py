"""Files offered with a piece: what passes, and hostile ones, each refused in a sentence."""

import io
import time
import tracemalloc
import zipfile
import zlib

import pytest
from django.utils import timezone

from articles import attaching
from articles.attaching import UnusableFileError, examine
from articles.kinds import FileKind
from articles.typeset import Sheet, typeset

# PDF


def pdf(*objects: bytes, trailer: bytes = b"", head: bytes = b"%PDF-1.7\n") -> bytes:
    """Put a PDF together: a page, and whatever objects beside it."""
    plain = (
        b"1 0 obj\n<</Type/Catalog/Pages 2 0 R/OpenAction 9 0 R>>\nendobj\n"
        b"2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
        b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>\nendobj\n"
    )
    numbered = b"".join(
        b"%d 0 obj\n%b\nendobj\n" % (number, each) for number, each in enumerate(objects, start=9)
    )
    return (
        head + plain + numbered + b"trailer\n<</Root 1 0 R/Size 20" + trailer + b">>\n"
        b"startxref\n9\n%%EOF\n"
    )


def stream(content: bytes, particulars: bytes = b"/Filter/FlateDecode", packed=None) -> bytes:
    packed = zlib.compress(content) if packed is None else packed
    return b"<<%b/Length %d>>\nstream\n%b\nendstream" % (particulars, len(packed), packed)


def objects(content: bytes, more: bytes = b"/Filter/FlateDecode", packed=None) -> bytes:
    return stream(content, b"/Type/ObjStm/N 1/First 5" + more, packed)


SCRIPT = b"<</S/JavaScript/JS(app.alert(1))>>"
HARMLESS = {
    "one of our own sheets": lambda: typeset(
        Sheet(paper="棠溪时讯", name="附件", number="1", title="阅览证申请表"), at=timezone.now()
    ),
    "one that opens on its page": lambda: pdf(b"[3 0 R /Fit]"),
    "one with its objects packed": lambda: pdf(objects(b"10 0 <</Type/Font>>")),
    "one with a link": lambda: pdf(
        b"[3 0 R /Fit]", b"<</Type/Annot/A<</S/URI/URI(https://example.cn)>>>>"
    ),
    "one with numbers packed by differences": lambda: pdf(
        stream(b"\1\0\0" * 9, b"/Type/XRef/DecodeParms<</Predictor 12>>/Filter/FlateDecode")
    ),
    "one with outlines": lambda: pdf(b"<</Type/Outlines/First 10 0 R/Last 10 0 R/Count 1>>"),
    "one with words that look like names": lambda: pdf(b"(JavaScript)", b"<</MovieTheater 1>>"),
    "an old one with text in ASCII": lambda: pdf(
        stream(b"", b"/Filter[/ASCII85Decode/LZWDecode]", packed=b"J..)6T`?p&<!J9%_[umg")
    ),
}  # fmt: skip
PADDED = b"x" * 900_000
HOSTILE = {
    "a script": (lambda: pdf(SCRIPT), "脚本"),
    "a script by another spelling": (lambda: pdf(b"<</S/J#61v#61Script/JS(x)>>"), "脚本"),
    "a script among packed objects": (lambda: pdf(objects(b"10 0 " + SCRIPT)), "脚本"),
    "a script behind a megabyte": (lambda: pdf(objects(PADDED * 2 + SCRIPT)), "脚本"),
    "a script across two windows": (
        lambda: pdf(b"(" + b"x" * (1024 * 1024 - 300) + b")", SCRIPT),
        "脚本",
    ),
    "a script in a stream that breaks off": (
        lambda: pdf(objects(b"", packed=zlib.compress(SCRIPT + PADDED)[:200] + b"\xff" * 900)),
        "脚本",
    ),
    "a script in a stream that says it is a picture": (
        lambda: pdf(stream(SCRIPT, b"/Subtype/Image/Width 9/Height 9/Filter/DCTDecode")),
        "脚本",
    ),
    "objects packed twice over": (
        lambda: pdf(
            objects(
                b"",
                b"/Filter[/ASCIIHexDecode/FlateDecode]",
                zlib.compress(SCRIPT).hex().encode() + b">",
            )
        ),
        "打包方式",
    ),
    "objects packed by differences": (
        lambda: pdf(objects(b"\2a" * 9, b"/Filter/FlateDecode/DecodeParms<</Predictor 12>>")),
        "打包方式",
    ),
    "objects with a disguise": (
        lambda: pdf(objects(b"", b"/X(1 0 obj<<)/Filter/FlateDecode")),
        "打包方式",
    ),
    "a program": (lambda: pdf(b"<</S/Launch/F(cmd.exe)>>"), "启动程序"),
    "another file": (lambda: pdf(b"<</Type/EmbeddedFile>>"), "另一个文件"),
    "a list of files": (lambda: pdf(b"<</Names<</EmbeddedFiles 12 0 R>>>>"), "另一个文件"),
    "film": (lambda: pdf(b"<</Subtype/RichMedia>>"), "影像"),
    "a form that sends itself": (lambda: pdf(b"<</S/SubmitForm/F(http://a.cn)>>"), "自动发送"),
    "a form of a program": (lambda: pdf(b"<</AcroForm<</XFA 12 0 R>>>>"), "表单"),
    "what starts by itself": (lambda: pdf(b"<</AA<</O 12 0 R>>>>"), "自动"),
    "an address that opens by itself": (
        lambda: pdf(b"<</S /URI/URI(https://track.example/)>>"),
        "自动打开",
    ),
    "an address opened in place": (
        lambda: pdf(b"<</OpenAction<</S/URI/URI(https://track.example/)>>>>"),
        "自动打开",
    ),
    "a password": (lambda: pdf(trailer=b"/Encrypt 12 0 R"), "密码"),
    "half a file": (lambda: HARMLESS["one of our own sheets"]()[:-100], "不完整"),
    "no version": (lambda: pdf(head=b"%PDF-x\n"), "不完整"),
    "something behind its end": (lambda: pdf() + b"PK\5\6" + b"<script>" * 9, "不完整"),
    "a bomb": (lambda: pdf(*[stream(b"\0" * 90 * 1024**2) for _copy in range(5)]), "超出"),
    "thousands of streams": (lambda: pdf(b"stream\n" * 60_000), "超出"),
}


@pytest.mark.parametrize("what", HARMLESS)
def test_a_harmless_pdf_is_taken_as_it_is(what):
    data = HARMLESS[what]()
    taken = examine(data)
    assert (taken.kind, taken.content, taken.size) == (FileKind.PDF, data, len(data))


@pytest.mark.parametrize("what", HOSTILE)
def test_a_pdf_that_does_something_is_refused_with_what_to_do(what):
    make, said = HOSTILE[what]
    refused(make(), said)


def refused(data: bytes, said: str) -> None:
    began = time.monotonic()
    with pytest.raises(UnusableFileError) as refusal:
        examine(data)
    assert said in str(refusal.value)
    assert time.monotonic() - began < 10


@pytest.mark.exhaustive
def test_a_bomb_takes_neither_memory_nor_long():
    bomb = HOSTILE["a bomb"][0]()
    tracemalloc.start()
    refused(bomb, "超出")
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < len(bomb) + 40 * 1024**2


# Office


MAIN = {
    FileKind.DOCX: ("word/document.xml", "wordprocessingml.document"),
    FileKind.XLSX: ("xl/workbook.xml", "spreadsheetml.sheet"),
    FileKind.PPTX: ("ppt/presentation.xml", "presentationml.presentation"),
}
OFFICE = "application/vnd.openxmlformats-officedocument."
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def office(kind=FileKind.DOCX, parts=None, listed="", relations="", body="") -> bytes:
    """Put an Office file together, with whatever parts and links beside."""
    main, name = MAIN[kind]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Override PartName="/{main}" ContentType="{OFFICE}{name}.main+xml"/>{listed}</Types>',
        )
        container.writestr(
            main, '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml'
            f'/2006/main"><w:body>{body}</w:body></w:document>',
        )  # fmt: skip
        container.writestr(
            f"{main.rpartition('/')[0]}/_rels/{main.rpartition('/')[2]}.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f"{relations}</Relationships>",
        )
        for part, content in (parts or {}).items():
            container.writestr(part, content)
    return file.getvalue()


def link(kind: str, target: str) -> str:
    return (
        f'<Relationship Id="r9" Type="{RELATIONS}{kind}" Target="{target}" TargetMode="External"/>'
    )


def field(*runs: str) -> str:
    return (
        "<w:p>" + "".join(f"<w:r><w:instrText>{run}</w:instrText></w:r>" for run in runs) + "</w:p>"
    )


def locked_by_hand() -> bytes:
    data = bytearray(office())
    place = data.index(b"PK\1\2")
    data[place + 8] |= 1
    return bytes(data)


REMARKS = (
    '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:comment w:id="0"/></w:comments>'
)
STRUCK_OUT = '<w:p><w:del w:id="1"><w:r><w:delText>底价三百万</w:delText></w:r></w:del></w:p>'
PUT_IN = '<w:p><w:ins w:id="1"><w:r><w:t>另加二百万</w:t></w:r></w:ins></w:p>'
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
VBA = "application/vnd.ms-office.vbaProject"
DOCTYPE = '<!DOCTYPE x [<!ENTITY a "aaaa">]><x/>'
HOSTILE_OFFICE = {
    "macros": (lambda: office(parts={"word/vbaProject.bin": b"x"}), "宏"),
    "macros by its list": (
        lambda: office(listed=f'<Override PartName="/x" ContentType="{VBA}"/>'),
        "宏",
    ),
    "old macros of Excel": (
        lambda: office(FileKind.XLSX, {"xl/macrosheets/sheet1.xml": "<x/>"}), "宏",
    ),
    "controls": (lambda: office(parts={"word/activeX/activeX1.xml": "<x/>"}), "控件"),
    "an object": (lambda: office(parts={"word/embeddings/oleObject1.bin": b"x"}), "另一个文件"),
    "a table behind a chart": (
        lambda: office(FileKind.PPTX, {"ppt/embeddings/Microsoft_Excel_Sheet.xlsx": b"x"}),
        "另一个文件",
    ),
    "a program inside": (lambda: office(parts={"docProps/setup.exe": b"MZ"}), "另一个文件"),
    "data from elsewhere": (
        lambda: office(FileKind.XLSX, {"xl/externalLinks/externalLink1.xml": "<x/>"}), "其他文件",
    ),
    "what somebody struck out": (lambda: office(body=STRUCK_OUT), "修订"),
    "what somebody put in": (lambda: office(body=PUT_IN), "修订"),
    "a remark in the margin": (lambda: office(parts={"word/comments.xml": REMARKS}), "批注"),
    "a remark on a slide": (
        lambda: office(FileKind.PPTX, {"ppt/comments/comment1.xml": "<x/>"}), "批注",
    ),
    "a template from elsewhere": (
        lambda: office(relations=link("attachedTemplate", "http://a.example/t.dotm")), "别处文件",
    ),
    "a picture from elsewhere": (
        lambda: office(relations=link("image", "https://a.example/p.png")), "别处文件",
    ),
    "a link to somebody's disk": (
        lambda: office(relations=link("hyperlink", "file:///C:/公文/名单.docx")), "别处文件",
    ),
    "a link to a share": (
        lambda: office(relations=link("hyperlink", r"\\10.0.0.1\share")), "别处文件",
    ),
    "a script for a link": (
        lambda: office(relations=link("hyperlink", "javascript:alert(1)")), "别处文件",
    ),
    "a command": (lambda: office(body=field('DDEAUTO c:\\cmd.exe "/c calc"')), "命令"),
    "a command in pieces": (lambda: office(body=field("DDE", "AUTO", " cmd")), "命令"),
    "a picture by a command": (
        lambda: office(body=field('INCLUDEPICTURE "http://a.example/x.png"')), "命令",
    ),
    "a document type": (lambda: office(parts={"word/_rels/x.xml.rels": DOCTYPE}), "不完整"),
    "broken XML": (lambda: office(body="<w:p>"), "不完整"),
    "half a file": (lambda: office()[:-30], "不完整"),
    "a name that leads out": (lambda: office(parts={"../../etc/passwd": "x"}), "不完整"),
    "one part twice": (lambda: office(parts={"WORD/document.xml": "x"}), "不完整"),
    "a password": (locked_by_hand, "密码"),
    "a bomb": (lambda: office(parts={"word/x.xml": b"\0" * 310 * 1024**2}), "超出"),
    "thousands of parts": (
        lambda: office(parts={f"word/{number}": "" for number in range(5_100)}), "超出",
    ),
    "a Word file with a password": (
        lambda: OLD + "EncryptedPackage".encode("utf-16-le"), "密码",
    ),
    "an old Word file": (lambda: OLD + "WordDocument".encode("utf-16-le"), ".docx"),
    "an old table": (lambda: OLD + "Workbook".encode("utf-16-le"), ".xlsx"),
    "old slides": (lambda: OLD + "PowerPoint Document".encode("utf-16-le"), ".pptx"),
    "an archive": (lambda: zipped("a.txt"), "压缩包"),
    "an archive of another maker": (lambda: b"Rar!\x1a\7" + b"x" * 99, "压缩包"),
    "an OFD": (lambda: zipped("OFD.xml"), "OFD"),
    "an OpenDocument": (lambda: zipped("content.xml"), "OpenDocument"),
    "a program for telephones": (lambda: zipped("AndroidManifest.xml"), "程序"),
    "a program": (lambda: b"MZ" + b"\0" * 99, "程序"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "图片"),
    "a film": (lambda: b"\0\0\0\x20ftypmp42" + b"\0" * 99, "视频"),
    "a web page": (lambda: b"<!DOCTYPE html><script>x()</script>", "网页"),
    "a drawing with a script": (lambda: b"<svg><script/></svg>", "网页"),
    "plain text": (lambda: "报名须知".encode(), "不收"),
    "nothing": (lambda: b"", "空"),
}  # fmt: skip


def zipped(name: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as container:
        container.writestr(name, "x")
    return file.getvalue()


@pytest.mark.parametrize("kind", MAIN)
def test_an_office_file_is_known_by_its_content(kind):
    assert examine(office(kind)).kind == kind


def test_links_to_pages_and_mailboxes_may_stay():
    links = "".join(
        link("hyperlink", target)
        for target in ("https://www.example.cn/a?b=1", "mailto:a@example.cn", "#_Toc1")
    )
    words = field('HYPERLINK "https://example.cn/import/link"') + field("PAGE")
    assert examine(office(relations=links, body=words)).kind == FileKind.DOCX


@pytest.mark.parametrize("what", HOSTILE_OFFICE)
def test_an_office_file_that_carries_more_is_refused_with_what_to_do(what):
    make, said = HOSTILE_OFFICE[what]
    refused(make(), said)


def test_a_file_above_the_limit_is_refused_unread(monkeypatch):
    monkeypatch.setattr(attaching, "LARGEST_FILE", 1024**2)
    refused(b"%PDF-1.7" + b"x" * 1024**2, "1 MB")
