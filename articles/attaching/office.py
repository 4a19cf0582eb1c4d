"""Read an Office file without trusting it, as far as it takes to know that it carries nothing else.

What it is, the container's own list of contents says; nothing that it links to is fetched.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Callable
from urllib.parse import urlsplit
from xml.parsers import expat

from django.utils.translation import gettext as _

from articles.attaching.refusals import (
    UnusableFileError,
    acts,
    damaged,
    locked,
    too_complicated,
    unfinished,
)
from articles.docx.container import DAMAGE
from articles.kinds import FileKind

MEGABYTE = 1024 * 1024
MOST_ENTRIES = 5_000
LARGEST_LIST = 4 * MEGABYTE  # of contents, or of links of a part
LARGEST_TEXT = 64 * MEGABYTE  # of a part in which commands are looked for
LARGEST_WHOLE = 300 * MEGABYTE  # unpacked
STEP = MEGABYTE

_ENTRY = b"PK\x01\x02"  # begins each entry of a container's directory
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LIST = "[Content_Types].xml"
_MAIN = re.compile(
    r"application/vnd\.openxmlformats-officedocument\."
    r"(wordprocessingml\.document|spreadsheetml\.sheet|presentationml\.presentation)\.main\+xml"
)
_KINDS = {
    "wordprocessingml.document": FileKind.DOCX,
    "spreadsheetml.sheet": FileKind.XLSX,
    "presentationml.presentation": FileKind.PPTX,
}
_MACROS = re.compile(r"macroEnabled|vbaProject|vbaData|macrosheet", re.IGNORECASE)
_CONTROLS = re.compile(r"activeX|/ctrlProps/", re.IGNORECASE)
_INSIDE = re.compile(r"oleObject|/embeddings/|\.(?:exe|dll|bat|cmd|js|vbs|scr|lnk)$", re.IGNORECASE)
_FROM_ELSEWHERE = re.compile(r"/externalLinks/|/queryTables/|xl/connections\.xml", re.IGNORECASE)
# Fields of Word that fetch or run something when the file is opened.
_COMMANDS = re.compile(
    r"^\s*(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK)\b", re.IGNORECASE | re.MULTILINE
)
_STORIES = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")
# What Word and WPS keep of changes that nobody has accepted yet, and of what was said beside.
_UNFINISHED = {
    f"{space} {name}"
    for space in (
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    for name in ("ins", "del", "moveFrom", "moveTo", "delText", "comment", "rPrChange", "pPrChange")
}
_SLIDE_REMARKS = re.compile(r"ppt/comments/.*\.xml", re.IGNORECASE)


def demand_harmless(data: bytes) -> FileKind:
    """Return the kind of an Office file that carries nothing else. Raises UnusableFileError."""
    container = _opened(data)
    names = [entry.filename for entry in container.infolist()]
    kind = _kind(container, names)
    for pattern, what in (
        (_MACROS, _("macros")),
        (_CONTROLS, _("controls that run programs")),
        (_INSIDE, _("another file")),
        (_FROM_ELSEWHERE, _("data fetched from other files")),
    ):
        if any(pattern.search(name) for name in names):
            raise acts(what)
    if any(_SLIDE_REMARKS.fullmatch(name) for name in names):
        raise unfinished()
    _demand_its_size(container)
    for name in names:
        if name.endswith(".rels"):
            _read_xml(container, name, LARGEST_LIST, _check_link)
        elif kind == FileKind.DOCX and _STORIES.fullmatch(name):
            _demand_a_finished_story(container, name)
    return kind


def _opened(data: bytes) -> zipfile.ZipFile:
    # The directory is read whole when the container is opened, so it is counted before.
    if data.count(_ENTRY) > MOST_ENTRIES:
        raise too_complicated()
    try:
        container = zipfile.ZipFile(io.BytesIO(data))
    except DAMAGE:
        raise damaged() from None
    entries = container.infolist()
    names = [entry.filename for entry in entries]
    if any(entry.flag_bits & 1 for entry in entries):
        raise locked()
    if len({name.lower() for name in names}) < len(names) or not all(map(_stays_inside, names)):
        raise damaged()
    if any(entry.compress_type not in _METHODS for entry in entries):
        raise damaged()
    if sum(entry.file_size for entry in entries) > LARGEST_WHOLE:
        raise too_complicated()
    return container


def _stays_inside(name: str) -> bool:
    plain = posixpath.normpath(name)
    return not plain.startswith(("/", "..")) and "\\" not in name and ":" not in name


def _kind(container: zipfile.ZipFile, names: list[str]) -> FileKind:
    """Return what the list of contents says the main part is."""
    if _LIST not in names:
        raise UnusableFileError(_elsewhere(names))
    told: list[str] = []
    _read_xml(container, _LIST, LARGEST_LIST, lambda _tag, values: told.extend(values.values()))
    if any(_MACROS.search(each) for each in told):
        raise acts(_("macros"))
    found = {main[1] for each in told if (main := _MAIN.fullmatch(each))}
    if len(found) != 1:
        raise UnusableFileError(
            _(
                "This is a template or slide show, or no Office file. Save it as .docx, .xlsx or"
                " .pptx and choose that."
            )
        )
    return _KINDS[found.pop()]


def _elsewhere(names: list[str]) -> str:
    """Say what to do with a container that other programs make."""
    known = {
        "OFD.xml": _("This is an OFD file. Export it as PDF and choose that."),
        "content.xml": _("This is an OpenDocument file. Save it as PDF and choose that."),
        "Index/Document.iwa": _("This is a file of Pages. Export it as PDF and choose that."),
        "META-INF/MANIFEST.MF": _("This is a program. Residents are given documents only."),
        "AndroidManifest.xml": _("This is a program. Residents are given documents only."),
    }
    archive = _("This is an archive. Unpack it and choose the files in it one by one.")
    return next((sentence for name, sentence in known.items() if name in names), archive)


def _demand_its_size(container: zipfile.ZipFile) -> None:
    """Unpack every part step by step: none is broken, none is more than it says."""
    for entry in container.infolist():
        try:
            with container.open(entry) as part:
                while part.read(STEP):
                    pass
        except DAMAGE:
            raise damaged() from None


def _read_xml(container, name: str, most: int, begin: Callable, data: Callable | None = None):
    """Go through an XML part; a document type, which can fetch and multiply, is refused."""
    if container.getinfo(name).file_size > most:
        raise too_complicated()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _refuse_a_document_type
    parser.StartElementHandler = begin
    parser.CharacterDataHandler = data
    try:
        with container.open(name) as part:
            while step := part.read(STEP):
                parser.Parse(step)
            parser.Parse(b"", True)
    except (expat.ExpatError, *DAMAGE) as error:
        if isinstance(error, UnusableFileError):
            raise
        raise damaged() from None


def _refuse_a_document_type(*_declared):
    raise damaged()


def _check_link(tag: str, values: dict[str, str]) -> None:
    """Refuse a link to a file elsewhere; those to pages and mailboxes stay."""
    if not tag.endswith("Relationship"):
        return
    kind = values.get("Type", "").rpartition("/")[2]
    target = values.get("Target", "")
    if values.get("TargetMode", "").lower() != "external":
        if re.match(r"[a-z][a-z0-9+.-]*:|\\|//", target.strip(), re.IGNORECASE):
            raise acts(_("links to files elsewhere"))
        return
    try:
        scheme = urlsplit(target.strip()).scheme.lower()
    except ValueError:
        scheme = ""
    inside = target.startswith("#")
    if kind != "hyperlink" or not (inside or scheme in ("http", "https", "mailto", "tel")):
        raise acts(_("links to files elsewhere"))


def _demand_a_finished_story(container: zipfile.ZipFile, name: str) -> None:
    """Refuse changes that are still tracked, remarks, and fields that fetch or run something.

    Word may spread a field over several runs.
    """
    told: list[str] = []
    length = reading = 0

    def begin(tag: str, values: dict[str, str]) -> None:
        nonlocal reading
        if tag in _UNFINISHED:
            raise unfinished()
        reading = tag.endswith(" instrText")
        if tag.endswith((" fldChar", " p")):
            told.append("\n")
        told.extend(f"\n{text}\n" for key, text in values.items() if key.endswith(" instr"))

    def data(text: str) -> None:
        nonlocal length
        if reading and text.strip():
            length += len(text)
            told.append(text)
        if length > MEGABYTE:
            raise too_complicated()

    _read_xml(container, name, LARGEST_TEXT, begin, data)
    if _COMMANDS.search("".join(told)):
        raise acts(_("commands that fetch something when it is opened"))
