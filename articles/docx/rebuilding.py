"""Put a Word file together again from what was retold of it: a small one that hides nothing.

The pictures are taken out; in their places stand their numbers. What names something outside the
file is left behind, but for links a reader may follow.
"""

import io
import zipfile
from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

from articles.docx.container import LARGEST_PICTURE, MEGABYTE, Container, beside
from articles.docx.numbering import write_out
from articles.docx.refusals import damaged, too_big
from articles.docx.retelling import Retold, relations, retell

LARGEST_PICTURES = 100 * MEGABYTE  # all of them together
SAFE_LINKS = ("http://", "https://", "mailto:", "tel:")

_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_SPACE = "http://schemas.openxmlformats.org/package/2006/"
_BESIDE = ("styles", "numbering")
_TYPES = (
    f'<Types xmlns="{_SPACE}content-types"><Default Extension="xml" ContentType="application/xml"/>'
    "</Types>"
)


@dataclass
class Rebuilt:
    """A small Word file, its pictures by number, and what did not come along."""

    file: io.BytesIO
    pictures: list[bytes] = field(default_factory=list)
    notes: int = 0
    lost_pictures: int = 0


def rebuild(data: bytes) -> Rebuilt:
    """Return what of a Word file makes a piece. Raises UnreadableDocumentError."""
    container = Container(data)
    main = _main_part(container)
    retold, beside_it = Retold(), {}
    files: dict[str, str] = {}
    for each in _relations_of(container, main):
        _note(each, main, container, retold, beside_it)
    body = retell(container.read(main), retold)
    if "<w:body" not in body:
        raise damaged()
    for kind, part in beside_it.items():
        files[f"word/{kind}.xml"] = retell(container.read(part), retold)
    if "word/numbering.xml" in files:
        body = write_out(body, files["word/numbering.xml"])
    numbers, pictures = _take_pictures(container, retold, body)
    files |= {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _written([("main", f"{_KIND}officeDocument", "word/document.xml")]),
        "word/document.xml": body,
        "word/_rels/document.xml.rels": _written(
            [(kind, f"{_KIND}{kind}", f"{kind}.xml") for kind in beside_it]
            + [(key, f"{_KIND}hyperlink", link) for key, link in retold.links.items()]
            + [(key, f"{_KIND}image", f"media/{number}") for key, number in numbers.items()]
        ),
        **{f"word/media/{number}": str(number) for number in range(len(pictures))},
    }
    return Rebuilt(_packed(files), pictures, retold.notes, retold.lost_pictures)


def _main_part(container: Container) -> str:
    """Return the part that holds the text, as the container says, or where it always is."""
    for each in _relations_of(container, ""):
        part = beside("", each["Target"])
        if each["Type"].endswith("/officeDocument") and part in container:
            return part
    if "word/document.xml" not in container:
        raise damaged()
    return "word/document.xml"


def _relations_of(container: Container, part: str) -> list[dict[str, str]]:
    folder, _slash, name = part.rpartition("/")
    place = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
    return relations(container.read(place)) if place in container else []


def _note(each, main: str, container: Container, retold: Retold, parts: dict[str, str]) -> None:
    """Note a relation down where it leads to something a piece may have."""
    kind = each["Type"].rpartition("/")[2]
    if each.get("TargetMode") == "External":
        if kind == "hyperlink" and each["Target"].lower().startswith(SAFE_LINKS):
            retold.links[each["Id"]] = each["Target"]
        return
    part = beside(main, each["Target"])
    if part not in container:
        return
    if kind == "image":
        retold.pictures[each["Id"]] = part
    elif kind in _BESIDE:
        parts[kind] = part


def _take_pictures(container: Container, retold: Retold, body: str):
    """Return the numbers of the pictures by key, and the pictures that stand in the text."""
    numbers: dict[str, int] = {}
    by_part: dict[str, int] = {}
    pictures: list[bytes] = []
    for key, part in retold.pictures.items():
        if f"={quoteattr(key)}" not in body:
            continue
        if part not in by_part:
            by_part[part] = len(pictures)
            pictures.append(container.read(part, LARGEST_PICTURE))
            if sum(map(len, pictures)) > LARGEST_PICTURES:
                raise too_big(LARGEST_PICTURES // MEGABYTE)
        numbers[key] = by_part[part]
    return numbers, pictures


def _written(found: list[tuple[str, str, str]]) -> str:
    rows = "".join(
        f"<Relationship Id={quoteattr(key)} Type={quoteattr(kind)} Target={quoteattr(target)}/>"
        for key, kind, target in found
    )
    return f'<Relationships xmlns="{_SPACE}relationships">{rows}</Relationships>'


def _packed(files: dict[str, str]) -> io.BytesIO:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as container:
        for name, content in files.items():
            container.writestr(name, content.encode("utf-8", "replace"))
    packed.seek(0)
    return packed
