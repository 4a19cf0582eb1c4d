"""Read a PDF without trusting it, as far as it takes to know that it does nothing by itself.

Readers find objects by offsets that may lead anywhere, into a stream too. So nothing is believed
about where an object begins: the whole file is searched, and all that unpacks from it, for the
names without which a PDF can run, open, send or carry nothing. Memory and time are bounded by
``MOST_UNPACKED``; nothing is recursed into.
"""

import re
import zlib
from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles.attaching.refusals import UnusableFileError, acts, damaged, locked, too_complicated

MEGABYTE = 1024 * 1024
MOST_UNPACKED = 400 * MEGABYTE  # of all streams together
MOST_STREAMS = 50_000
MOST_BROKEN = 50  # streams that break off in the middle
OVERLAP = 4096  # bytes of one window that the next sees again
TAIL = 2048
LONGEST_PARTICULARS = 1024  # bytes of what a stream that holds objects says of itself

_VERSION = re.compile(rb"%PDF-[12]\.\d")
_END = re.compile(rb"startxref\s+\d+\s+%%EOF[\s\0]*\Z")
_STREAM = re.compile(rb"(?<!end)stream(?:\r\n|\n|\r| )")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_VALUE = re.compile(rb"\s*(?:<<|\d+\s+\d+\s+R)")
_NUMBER = re.compile(rb"\s*(\d+)\s+\d+\s+R")
_LEADS_OUT = re.compile(rb"/S\s*/(?:URI|GoToR|GoToE|Thread)\b")
# Packing that hides names from a search. No program of the last twenty years combines it with
# streams that hold objects.
_HIDING = (b"ASCIIHexDecode", b"ASCII85Decode", b"LZWDecode", b"RunLengthDecode", b"AHx", b"A85",
           b"LZW")  # fmt: skip
_DISGUISING = (b"(", b")", b"%", b"/Predictor", b"/DecodeParms", b"/DP", b"/RL")
_DEEDS = (b"JavaScript", b"Launch", b"EmbeddedFiles?", b"GoToE", b"RichMedia", b"Rendition",
          b"Movie", b"SubmitForm", b"ImportData", b"XFA", b"AA")  # fmt: skip
_NAMES = re.compile(
    rb"/(?:(?P<deed>%b)|(?P<locked>Encrypt|Crypt)|(?P<opens>OpenAction)|(?P<hides>%b)"
    rb"|(?P<packs>ObjStm|First(?=\s*\d+\s*[/>])))(?![A-Za-z0-9])"
    % (b"|".join(_DEEDS), b"|".join(_HIDING))
)


def _told() -> dict[bytes, str]:
    """Return what a deed is called in a sentence."""
    return {
        b"JavaScript": _("a script"),
        b"Launch": _("a command that starts programs"),
        b"EmbeddedFile": _("another file"),
        b"EmbeddedFiles": _("another file"),
        b"GoToE": _("another file"),
        b"RichMedia": _("film or sound"),
        b"Rendition": _("film or sound"),
        b"Movie": _("film or sound"),
        b"SubmitForm": _("a form that sends itself"),
        b"ImportData": _("a form that sends itself"),
        b"XFA": _("a form that needs a program"),
        b"AA": _("a command that starts by itself"),
    }


def demand_harmless(data: bytes) -> None:
    """Refuse a PDF that is broken, locked, or does anything by itself. Raises UnusableFileError."""
    if not _VERSION.match(data) or not _END.search(data[-TAIL:]):
        raise damaged()
    search = _Search()
    for window in _windows(data):
        search.through(window)
    for window in _unpacked(data):
        search.through(window)
    search.conclude(data)


class _Search:
    """What has been seen of a PDF so far, window by window."""

    def __init__(self):
        self.hides = self.packs_objects = False
        self.opened: set[bytes] = set()

    def through(self, window: bytes) -> None:
        """Look through a part of the file, or of what it unpacks to."""
        text = _ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), window)
        for found in _NAMES.finditer(text):
            getattr(self, f"_{found.lastgroup}")(text, found)

    def _deed(self, text: bytes, found: re.Match) -> None:
        name = found["deed"]
        if name != b"AA" or _VALUE.match(text, found.end()):
            raise acts(_told()[name])

    def _locked(self, text: bytes, found: re.Match) -> None:
        if found["locked"] == b"Crypt" or _VALUE.match(text, found.end()):
            raise locked()

    def _hides(self, text: bytes, found: re.Match) -> None:
        self.hides = True

    def _packs(self, text: bytes, found: re.Match) -> None:
        """Demand that a stream with objects in it says plainly how it is packed."""
        self.packs_objects = True
        begins = text.rfind(b"obj", 0, found.start())
        ends = text.find(b"stream", found.end())
        if ends < 0:
            return
        particulars = text[max(0, begins) : ends]
        if len(particulars) < LONGEST_PARTICULARS:
            self.hides = self.hides or any(word in particulars for word in _DISGUISING)

    def _opens(self, text: bytes, found: re.Match) -> None:
        if reference := _NUMBER.match(text, found.end()):
            self.opened.add(reference[1])
        elif _LEADS_OUT.search(text[found.end() : found.end() + 400].partition(b"endobj")[0]):
            raise acts(_("an address that opens by itself"))

    def conclude(self, data: bytes) -> None:
        """Refuse what opens an address by reference, and what could not be searched."""
        for number in list(self.opened)[:10]:
            action = re.search(rb"\b%b\s+\d+\s+obj(.{0,400})" % number, data, re.DOTALL)
            if action and _LEADS_OUT.search(action[1].partition(b"endobj")[0]):
                raise acts(_("an address that opens by itself"))
        if self.hides and self.packs_objects:
            raise UnusableFileError(
                _(
                    "The PDF is packed in a way that cannot be checked. Print it as PDF anew and"
                    " choose that."
                )
            )


def _windows(data: bytes) -> Iterator[bytes]:
    for start in range(0, len(data), MEGABYTE):
        yield data[max(0, start - OVERLAP) : start + MEGABYTE]


def _unpacked(data: bytes) -> Iterator[bytes]:
    """Yield all that unpacks from anywhere a stream may begin, in windows."""
    left, broken = MOST_UNPACKED, 0
    for number, match in enumerate(_STREAM.finditer(data)):
        stream = _Stream(data, match.end())
        for window in stream:
            left -= len(window)
            if left < 0:
                raise too_complicated()
            yield window
        broken += stream.broken
        if number > MOST_STREAMS or broken > MOST_BROKEN:
            raise too_complicated()


class _Stream:
    """What unpacks from a place, in windows; of a broken stream all before the break."""

    def __init__(self, data: bytes, start: int):
        self._data, self._place = data, start
        self.broken = False

    def __iter__(self) -> Iterator[bytes]:
        inflating, kept = zlib.decompressobj(), b""
        while not inflating.eof and not self.broken:
            packed = inflating.unconsumed_tail or self._next()
            if not packed:
                return
            before = inflating.copy()
            try:
                fresh = inflating.decompress(packed, MEGABYTE)
            except zlib.error:
                fresh = _before_the_break(before, packed)
                self.broken = bool(fresh or kept)
                if not fresh:
                    return
            if fresh:
                yield kept + fresh
                kept = (kept + fresh)[-OVERLAP:]

    def _next(self) -> bytes:
        start = self._place
        self._place = start + MEGABYTE // 16
        return self._data[start : self._place]


def _before_the_break(inflating, packed: bytes) -> bytes:
    """Return what unpacks before an error; readers show it too. Steps grow finer towards it."""
    found = []
    for step in (4096, 64, 1):
        while True:
            before = inflating.copy()
            try:
                fresh = inflating.decompress(packed, step)
            except zlib.error:
                inflating = before
                break
            found.append(fresh)
            packed = inflating.unconsumed_tail
            if not fresh or not packed:
                return b"".join(found)
    return b"".join(found)
