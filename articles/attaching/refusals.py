"""Why a file cannot be offered with a piece, in a sentence that says what to do."""

import re

from django.utils.translation import gettext as _

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WEB_PAGE = re.compile(rb"\s*(?:<!doctype html|<html|<svg|<\?xml|mime-version:)", re.IGNORECASE)
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_OF_OLD = (
    ("WordDocument", ".docx"), ("Workbook", ".xlsx"), ("Book", ".xlsx"), ("PowerPoint", ".pptx"),
)  # fmt: skip
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
_MOVIES = (b"\x1aE\xdf\xa3", b"FLV", b"RIFF", b"ID3", b"OggS")


class UnusableFileError(ValueError):
    """A file that cannot be offered; the message tells its sender what to do."""


def sentence_of_size(limit: int) -> str:
    """Say that a file is larger than ``limit`` MB."""
    return _(
        "The file is larger than {limit} MB. Make its pictures smaller, or offer it in parts."
    ).format(limit=limit)


def damaged() -> UnusableFileError:
    """The file is broken, incomplete, or built to mislead."""
    return UnusableFileError(
        _(
            "The file is damaged or arrived incomplete. Open it, save it again under another name"
            " and choose that."
        )
    )


def too_complicated() -> UnusableFileError:
    """The file unpacks to more than any document needs."""
    return UnusableFileError(
        _("The file unpacks to more than a document needs. Print it as PDF and choose that file.")
    )


def locked() -> UnusableFileError:
    """The file asks for a password, or restricts its readers by one."""
    return UnusableFileError(
        _(
            "The file is locked with a password or by rights. Take the protection off, save it"
            " and choose it again."
        )
    )


def acts(what: str) -> UnusableFileError:
    """The file does something of its own accord: ``what`` names it."""
    return UnusableFileError(
        _("The file has {what} in it, which residents are not given. Print it as PDF anew.").format(
            what=what
        )
    )


def unfinished() -> UnusableFileError:
    """The file still tells who changed what in it, and what was said of it."""
    return UnusableFileError(
        _(
            "The file still has tracked changes or comments in it, which residents would read."
            " Accept the changes, delete the comments, save it and choose it again."
        )
    )


def otherwise(data: bytes) -> str:
    """Say what to do with a file that is none of the kinds taken."""
    if not data:
        return _("The file is empty. Choose the one that is meant.")
    if data.startswith(_OLE):
        return _of_old(data)
    for marks, sentence in _known():
        if data.startswith(marks):
            return sentence
    if data[4:8] == b"ftyp":
        return _a_movie()
    if _WEB_PAGE.match(data[:200]):
        return _("This is a web page. Open it in a browser, print it as PDF and choose that.")
    return _(
        "This kind of file is not taken. Take PDF, or Word, Excel or PowerPoint as .docx, .xlsx,"
        " .pptx."
    )


def _known() -> list[tuple[tuple[bytes, ...], str]]:
    """Return how other files begin, and what to do with them."""
    return [
        (_ARCHIVES, _("This is an archive. Unpack it and choose the files in it one by one.")),
        (_PROGRAMS, _("This is a program. Residents are given documents only.")),
        (_PICTURES, _("This is a picture. Add it to the piece as a photo.")),
        (_MOVIES, _a_movie()),
        (
            (b"{\\rtf",),
            _("This is an .rtf file. Save it as .docx or PDF and choose that."),
        ),
        (
            (b"%!PS", b"\xc5\xd0\xd3\xc6"),
            _("This is a PostScript file. Convert it to PDF and choose that."),
        ),
    ]


def _a_movie() -> str:
    return _("This is a film or sound. Put it on a video site and link its page from a photo.")


def _of_old(data: bytes) -> str:
    """Tell a locked file from old formats; all share one container."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return str(locked())
    for name, ending in _OF_OLD:
        if name.encode("utf-16-le") in data:
            return _(
                "This is an old Office or WPS file. Open it, save it as {ending} or PDF and choose"
                " that."
            ).format(ending=ending)
    return _("This is an old Office or WPS file. Open it, print it as PDF and choose that.")
