"""Read the text of a newspaper edition into pages and pieces: the whole pipeline."""

import re
from dataclasses import replace

from . import headlines, kinds
from .chapters import see_chapters
from .characters import INVISIBLE
from .detached import attach_headlines, join_jumps
from .layout import lay_out
from .neighbors import classify
from .pieces import Edition, PageHead, Piece, ReadingWarning, Titles
from .punctuation import restore_quotes
from .seams import Echo, rejoin
from .segments import Segmenter

_DAMAGED = re.compile(r".{0,6}[\ufffd\ue000-\uf8ff].{0,6}")


def read_edition(text):
    """Read an edition. Every visible character ends up in a piece, a page or a warning."""
    blocks = lay_out(text.translate(INVISIBLE))
    found = Segmenter(classify(blocks)).run()
    drafts = attach_headlines(join_jumps(found.drafts))
    echo = Echo([paragraph.text for draft in drafts for paragraph in draft.body])
    pages = found.pages
    if any(draft.page == 1 for draft in drafts) or not pages:
        pages = pages if any(page.number == 1 for page in pages) else [PageHead(1), *pages]
    return Edition(
        pages=tuple(pages),
        pieces=tuple(_finish(draft, echo) for draft in drafts),
        warnings=tuple(_quoted(warning) for warning in found.warnings) + _damage(text),
    )


def _finish(draft, echo):
    """Turn a draft into a piece: choose titles, join paragraphs, restore quotation marks."""
    titles, alternatives = headlines.resolve(draft.lines, draft.decks, draft.label, draft.lead)
    paragraphs, headings, seams = rejoin(see_chapters(draft.body), echo)
    kind = kinds.kind_of(
        titles,
        bylines=draft.bylines,
        photo_credits=draft.photo_credits,
        captions=draft.captions,
        paragraphs=paragraphs,
    )
    warnings = [*_about_titles(draft, titles, kind, alternatives), *draft.warnings, *seams]
    return Piece(
        page=draft.page,
        kind=kind,
        **vars(_curly(titles)),
        dateline=draft.dateline,
        source=draft.source,
        bylines=tuple(draft.bylines),
        photo_credits=tuple(draft.photo_credits),
        captions=tuple(
            replace(caption, text=restore_quotes(caption.text)) for caption in draft.captions
        ),
        paragraphs=tuple(map(restore_quotes, paragraphs)),
        headings=tuple(headings),
        warnings=tuple(map(_quoted, warnings)),
        alternatives=tuple(map(_curly, alternatives)),
        corrects=kinds.find_corrected(paragraphs) if kind == "correction_notice" else None,
        label_shared=draft.label_shared,
        lifted=tuple(map(restore_quotes, draft.lifted)),
    )


def _about_titles(draft, titles, kind, alternatives):
    if titles.headline and not (draft.body or draft.captions):
        yield ReadingWarning("body_missing", titles.headline)
    if not titles.headline and kind not in ("brief", "photo_story"):
        yield ReadingWarning("headline_missing")
    if alternatives:
        yield ReadingWarning("title_unsure", " ".join(titles.parts()))


def _curly(titles):
    parts = {name: part and restore_quotes(part) for name, part in vars(titles).items()}
    return Titles(**parts)


def _quoted(warning):
    return replace(warning, quote=restore_quotes(warning.quote))


def _damage(text):
    found = [
        match.group() for _count, match in zip(range(20), _DAMAGED.finditer(text), strict=False)
    ]
    return tuple(ReadingWarning("damaged_character", quote) for quote in found)
