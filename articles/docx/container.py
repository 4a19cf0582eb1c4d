"""Open the container of a Word file without trusting it: what it is, how big, which parts.

Nothing here believes what a file says of itself: a part is read up to a bound and no further.
"""

import io
import lzma
import posixpath
import re
import zipfile
import zlib

from django.utils.translation import gettext as _

from articles.docx.refusals import UnreadableDocumentError, damaged, too_big, too_complicated

MEGABYTE = 1024 * 1024
LARGEST_FILE = 50 * MEGABYTE
LARGEST_XML = 8 * MEGABYTE  # of one part, unpacked; a book has less
LARGEST_PICTURE = 40 * MEGABYTE
LARGEST_WHOLE = 200 * MEGABYTE  # all that the file says it unpacks to
MOST_ENTRIES = 2_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTRY = b"PK\x01\x02"  # begins each entry of a container's directory
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_MACROS = re.compile(r"vbaProject|vbaData", re.IGNORECASE)
_WEB_PAGE = re.compile(rb"\s*(?:<!doctype html|<html|mime-version:)", re.IGNORECASE)
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM")
# What zipfile answers a broken container with, depending on where it breaks.
DAMAGE = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, lzma.LZMAError, OSError, EOFError,
    ValueError, LookupError, RuntimeError, NotImplementedError, AttributeError, TypeError,
)  # fmt: skip


class Container:
    """The parts of a Word file by name. Raises UnreadableDocumentError."""

    def __init__(self, data: bytes):
        """Look at the container from outside; no part is unpacked yet."""
        _demand_a_container(data)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except DAMAGE:
            raise damaged() from None
        names = [entry.filename for entry in entries]
        self._demand_a_document(names)
        if any(entry.flag_bits & 1 for entry in entries):
            raise _protected()
        if sum(entry.file_size for entry in entries) > LARGEST_WHOLE:
            raise too_big(LARGEST_WHOLE // MEGABYTE)
        if len(set(names)) < len(names):
            raise damaged()
        self._entries = {entry.filename: entry for entry in entries}

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def read(self, name: str, most: int = LARGEST_XML) -> bytes:
        """Return an unpacked part of at most so many bytes."""
        entry = self._entries[name]
        if entry.compress_type not in _METHODS:
            raise damaged()
        try:
            with self._zip.open(entry) as part:
                content = part.read(most + 1)
        except DAMAGE:
            raise damaged() from None
        if len(content) > most:
            raise too_complicated() if most == LARGEST_XML else too_big(most // MEGABYTE)
        return content

    @staticmethod
    def _demand_a_document(names: list[str]) -> None:
        if any(_MACROS.search(name) for name in names):
            raise UnreadableDocumentError(
                _("The file carries macros, which are not taken. Save it as .docx and send that.")
            )
        if any(name.startswith("word/") for name in names):
            return
        for start, sentence in _elsewhere():
            if any(name.startswith(start) for name in names):
                raise UnreadableDocumentError(sentence)
        raise UnreadableDocumentError(
            _("This is an archive, not a Word file. Unpack it and send the Word files in it.")
        )


def beside(part: str, target: str) -> str:
    """Return the name of a part as another part names it; never one outside the container."""
    folder = "/" if target.startswith("/") else f"/{posixpath.dirname(part)}"
    return posixpath.normpath(posixpath.join(folder, target)).lstrip("/")


def _demand_a_container(data: bytes) -> None:
    if not data:
        raise UnreadableDocumentError(_("The file is empty. Choose the file with your text."))
    if len(data) > LARGEST_FILE:
        raise too_big(LARGEST_FILE // MEGABYTE)
    if not data.startswith(b"PK"):
        raise UnreadableDocumentError(_otherwise(data))
    # The directory is read whole when the container is opened, so it is counted before.
    if data.count(_ENTRY) > MOST_ENTRIES:
        raise too_complicated()


def _protected() -> UnreadableDocumentError:
    return UnreadableDocumentError(
        _("The file is locked with a password. Take the password off, save it and send it again.")
    )


def _otherwise(data: bytes) -> str:
    """Return what to do with a file that is none of ours."""
    if data.startswith(_OLE):
        return _of_old(data)
    if data.startswith(b"%PDF"):
        return _("This is a PDF. Send the Word file it was made from, or paste the text.")
    if data.startswith(b"{\\rtf"):
        return _("This is an .rtf file. Open it in Word or WPS, save it as .docx and send that.")
    if _WEB_PAGE.match(data[:200]):
        return _(
            "This is a web page under another name. Open it in Word or WPS, save it as .docx"
            " and send that."
        )
    if data.startswith(_PICTURES):
        return _("This is a picture. Begin a piece and add it there as a photo.")
    return _("This is not a Word file. Open it in Word or WPS, save it as .docx and send that.")


def _of_old(data: bytes) -> str:
    """Tell a locked file from old formats; all share one container."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return str(_protected())
    if "WordDocument".encode("utf-16-le") in data:
        return _(
            "This is an old .doc or .wps file. Open it in Word or WPS, choose Save as, take .docx"
            " and send that."
        )
    return _(
        "This is an old Office file and no text. Open it, copy its text into a new Word document"
        " and send that as .docx."
    )


def _elsewhere() -> list[tuple[str, str]]:
    """Return what other programs put into a container, and what to do with such a file."""
    save = _("Open it there, save or export it as a Word file (.docx) and send that.")
    return [
        ("xl/", _("This is a table of Excel. Copy what belongs to the piece into a Word file.")),
        ("ppt/", _("These are slides. Copy what belongs to the piece into a Word file.")),
        ("Index/", _("This is a file of Pages.") + " " + save),
        ("index.apxl", _("This is a file of Pages.") + " " + save),
        ("content.xml", _("This is an OpenDocument file.") + " " + save),
    ]
