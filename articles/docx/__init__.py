"""A Word file as plain data: titles, names, text, pictures with what is said of them.

Everything is a proposal for a person. The file is not trusted: its container is opened within
bounds, its XML is written anew with the little a piece has a use for, and only that is converted.
Knows no models.
"""

import re
import zipfile
from dataclasses import dataclass
from xml.parsers.expat import ExpatError

import mammoth
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.docx.container import LARGEST_FILE
from articles.docx.names import Named
from articles.docx.rebuilding import Rebuilt, rebuild
from articles.docx.refusals import UnreadableDocumentError, damaged, too_long
from articles.docx.story import MARKS, Picture, Story
from articles.markup import LONGEST_TEXT, paragraphs, sanitise

__all__ = [
    "LARGEST_FILE",
    "Manuscript",
    "Named",
    "Picture",
    "UnreadableDocumentError",
    "read",
]

# Marks of the text are kept by their meaning; how a title is set is not.
_STYLES = """
u => u
strike => s
p[style-name='Title'] => h2:fresh
p[style-name='Subtitle'] => h3:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
"""
_BLANK_START = re.compile(r"(<(?:p|h2|h3|li|td|th)>)[\s\u3000]+")
_EMPTY = re.compile(r"<(p|h2|h3|li|strong|em|u|s)>\s*</\1>")
# What the converter answers with to what it did not expect.
_DAMAGE = (
    zipfile.BadZipFile, ExpatError, OSError, EOFError, ValueError, LookupError, TypeError,
    AttributeError, ArithmeticError, RuntimeError, MemoryError,
)  # fmt: skip


@dataclass(frozen=True)
class Manuscript:
    """A piece as it came in a file.

    ``body`` is sanitised HTML in which ``<figure data-photo="0">`` stands for the first of
    ``pictures``. ``notes`` are sentences about what did not come along.
    """

    kicker: str
    headline: str
    deck: str
    names: tuple[Named, ...]
    body: str
    pictures: tuple[Picture, ...]
    notes: tuple[str, ...]


def read(data: bytes) -> Manuscript:
    """Return what a Word file holds. Raises UnreadableDocumentError, with a sentence."""
    rebuilt = rebuild(data)
    story = Story(rebuilt.pictures)
    try:
        converted = mammoth.convert_to_html(
            rebuilt.file,
            transform_document=story.take,
            style_map=_STYLES,
            include_embedded_style_map=False,
        )
    except UnreadableDocumentError:
        raise
    except _DAMAGE:
        raise damaged() from None
    return _manuscript(rebuilt, story, _tidied(converted.value))


def _tidied(html: str) -> str:
    """Return the text as the editor could have made it, with the places of its pictures."""
    html = MARKS.sub(r'<figure data-photo="\1"></figure>', html)
    html = _BLANK_START.sub(r"\1", sanitise(html))
    before = None
    while before != html:
        before, html = html, _EMPTY.sub("", html)
    return sanitise(html)


def _manuscript(rebuilt: Rebuilt, story: Story, body: str) -> Manuscript:
    if len(body) > LONGEST_TEXT:
        raise too_long()
    if not body and not story.head.titles:
        raise UnreadableDocumentError(_("There is no text in this file. Choose the right one."))
    pictures = tuple(
        Picture(rebuilt.pictures[place.number], place.caption, place.credit, place.alternative_text)
        for place in story.places
    )
    titles = {"kicker": "", "headline": "", "deck": "", **story.head.titles}
    return Manuscript(
        **titles,
        names=tuple(dict.fromkeys(story.names)),
        body=body,
        pictures=pictures,
        notes=tuple(_notes(rebuilt, titles["headline"], body)),
    )


def _notes(rebuilt: Rebuilt, headline: str, body: str):
    if not headline:
        yield _("No headline was found; look at the first lines of the text.")
    if rebuilt.notes:
        yield ngettext(
            "{count} footnote was left out.", "{count} footnotes were left out.", rebuilt.notes
        ).format(count=rebuilt.notes)
    if rebuilt.lost_pictures:
        yield ngettext(
            "{count} picture is not in the file itself; add it to the piece.",
            "{count} pictures are not in the file itself; add them to the piece.",
            rebuilt.lost_pictures,
        ).format(count=rebuilt.lost_pictures)
    if not paragraphs(body):
        yield _("There is no text besides the titles.")
