"""Word files, made in memory: good ones as Word and WPS write them, and what is no good."""

import io
import warnings
import zipfile

from PIL import Image

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
}
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
DECLARED = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in NAMESPACES.items())
HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

STYLES = f"""{HEADER}<w:styles {DECLARED}>
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="a4"><w:name w:val="Subtitle"/></w:style>
<w:style w:type="paragraph" w:styleId="a5"><w:name w:val="caption"/></w:style>
</w:styles>"""

NUMBERING = f"""{HEADER}<w:numbering {DECLARED}>
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
</w:numbering>"""


def picture(width: int = 640, height: int = 420, colour=(40, 90, 120), kind: str = "JPEG") -> bytes:
    """Return a picture as a file."""
    file = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(file, kind)
    return file.getvalue()


def run(words: str, *, bold: bool = False, size: int = 0, inside: str = "") -> str:
    """Return words in one look; ``size`` in points."""
    look = ("<w:b/>" if bold else "") + (f'<w:sz w:val="{size * 2}"/>' if size else "")
    return (
        f'<w:r w:rsidRPr="00A77B3E"><w:rPr><w:rFonts w:hint="eastAsia" w:eastAsia="宋体"/>{look}'
        f'<w:lang w:eastAsia="zh-CN"/></w:rPr><w:t xml:space="preserve">{words}</w:t>{inside}</w:r>'
    )


def para(
    words: str = "",
    *,
    style: str = "",
    centred: bool = False,
    list_of: int = 0,
    level: int = 0,
    inside: str = "",
    **look,
) -> str:
    """Return a paragraph as Word writes it; ``list_of`` 1 numbers, 2 makes a bullet."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if list_of:
        properties += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_of}"/></w:numPr>'
    properties += '<w:jc w:val="center"/>' if centred else ""
    text = run(words, **look) if words else ""
    return (
        f'<w:p w:rsidR="00B11C4A" w:rsidRDefault="00B11C4A" w14:paraId="1A2B3C4D">'
        f"<w:pPr>{properties}</w:pPr>{text}{inside}</w:p>"
    )


def drawing(key: str = "rId10", description: str = "") -> str:
    """Return a run with a picture in it."""
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="图片 1" descr="{description}"/>'
        f"<a:graphic><a:graphicData><pic:pic><pic:nvPicPr/><pic:blipFill>"
        f'<a:blip r:embed="{key}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def table(*rows: tuple[str, ...]) -> str:
    """Return a table of plain cells."""
    cells = ("".join(f"<w:tc><w:tcPr/>{para(cell)}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl><w:tblPr/>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def relation(key: str, kind: str, target: str, *, external: bool = False) -> str:
    """Return a relation from the text to something else."""
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="{key}" Type="{KIND}{kind}" Target="{target}"{mode}/>'


def document(*blocks: str) -> str:
    """Return the part that holds the text."""
    body = "".join(blocks)
    return f"{HEADER}<w:document {DECLARED}><w:body>{body}<w:sectPr/></w:body></w:document>"


def parts(*blocks: str, relations: str = "", pictures: dict[str, bytes] | None = None) -> dict:
    """Return the parts of a Word file by name; pictures stand under ``rId10`` and on."""
    pictures = pictures or {}
    found = "".join(
        relation(f"rId{number}", "image", f"media/{name}")
        for number, name in enumerate(pictures, start=10)
    )
    return {
        "[Content_Types].xml": f'{HEADER}<Types xmlns="{PACKAGE}content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="jpeg" ContentType="image/jpeg"/></Types>',
        "_rels/.rels": f'{HEADER}<Relationships xmlns="{PACKAGE}relationships">'
        + relation("rId1", "officeDocument", "word/document.xml")
        + "</Relationships>",
        "word/document.xml": document(*blocks),
        "word/styles.xml": STYLES,
        "word/numbering.xml": NUMBERING,
        "word/_rels/document.xml.rels": f'{HEADER}<Relationships xmlns="{PACKAGE}relationships">'
        + relation("rId1", "styles", "styles.xml")
        + relation("rId2", "numbering", "numbering.xml")
        + found
        + relations
        + "</Relationships>",
        **{f"word/media/{name}": content for name, content in pictures.items()},
    }


def packed(contents: dict | list, *, stored: bool = False) -> bytes:
    """Return a container with these parts; a list may name one part twice."""
    method = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    file = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(file, "w", method) as container:
        warnings.simplefilter("ignore")  # of a name that stands twice
        for name, content in contents.items() if isinstance(contents, dict) else contents:
            # A part of no time: built twice, even seconds apart, it is one file.
            container.writestr(zipfile.ZipInfo(name), content, method)
    return file.getvalue()


def word(*blocks: str, **more) -> bytes:
    """Return a Word file with these paragraphs and tables."""
    return packed(parts(*blocks, **more))
