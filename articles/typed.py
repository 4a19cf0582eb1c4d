"""What somebody has typed into the form of a piece: cleaned, kept as JSON, given back as posted."""

import re

from django.http import QueryDict

from articles.markup import sanitise

# A text of the greatest length and everything beside it, in three bytes a character.
MOST_BYTES = 600_000
MOST_FIELDS = 3_000
LONGEST_NAME = 100
# What tells pages apart and proves who asks is no typing.
NO_TYPING = {"csrfmiddlewaretoken", "page_key", "sequence", "takes", "read_revision"}
PROSE = {"body"}
MOST_ROWS = 100  # of one kind in a piece
KINDS_OF_ROWS = ("bylines", "photos", "attachments")
WORDS = {
    "kicker", "headline", "deck", "column_label", "body", "summary", "dateline", "source",
    "unit_head",
}  # fmt: skip
_CAPTION = re.compile(
    r"photos-\d+-(caption|credit|alternative_text|video_url|taken)|attachments-\d+-title"
)
# What is typed for a verb beside the form: a note to the author, a reason.
_NOTE = re.compile(r"[a-z_]+-(?:note|public_note|because)")
# PostgreSQL keeps neither in a text.
_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")

Content = dict[str, list[str]]


class UnreadableTypingError(ValueError):
    """What came is not what the form of a piece posts."""


def cleaned(pairs) -> Content:
    """Return pairs of a field's name and value, as a form posts them, in the shape they are kept.

    HTML is sanitised here, like everywhere else. Raises UnreadableTypingError.
    """
    if not isinstance(pairs, list) or len(pairs) > MOST_FIELDS:
        raise UnreadableTypingError
    content: Content = {}
    for pair in pairs:
        name, value = _pair(pair)
        if name not in NO_TYPING and not name.startswith("_"):
            content.setdefault(name, []).append(_clean(name, value))
    return content


def posted(typed: QueryDict) -> Content:
    """Return what a form posted, in the same shape."""
    return cleaned([[name, value] for name, values in typed.lists() for value in values])


def as_posted(content: Content) -> QueryDict:
    """Return kept typing as the form would post it."""
    typed = QueryDict(mutable=True)
    for name, values in content.items():
        typed.setlist(name, values)
    return typed


def completed(typed: QueryDict) -> QueryDict:
    """Return typing with every kind of row counted, also those its page did not know yet."""
    whole = typed.copy()
    for prefix in KINDS_OF_ROWS:
        for count in ("TOTAL_FORMS", "INITIAL_FORMS"):
            whole.setdefault(f"{prefix}-{count}", "0")
    return whole


def number_of(text: str) -> int:
    """Return a number as a form posts it; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0


def rows_of(typed, prefix: str) -> list[tuple[int, str]]:
    """Return the rows of a kind that a form posts: the number of each, and how its fields begin.

    Those struck out are among them. Of more rows than a piece can have, the rest is left out.
    """
    count = min(number_of(typed.get(f"{prefix}-TOTAL_FORMS", "")), MOST_ROWS)
    return [(index, f"{prefix}-{index}-") for index in range(count)]


def has_words(content: Content) -> bool:
    """Say whether any words were typed; what a blank form posts has none."""
    return any(
        value.strip()
        for name, values in content.items()
        if name in WORDS or _CAPTION.fullmatch(name)
        for value in values
    )


def notes(content: Content) -> list[str]:
    """Return what was typed for verbs, which is no part of the piece and never saved by itself."""
    return [
        value.strip()
        for name, values in content.items()
        if _NOTE.fullmatch(name)
        for value in values
        if value.strip()
    ]


def _pair(pair) -> tuple[str, str]:
    match pair:
        case [str(name), str(value)] if 0 < len(name) <= LONGEST_NAME:
            return _UNKEEPABLE.sub("", name), value
    raise UnreadableTypingError


def _clean(name: str, value: str) -> str:
    value = _UNKEEPABLE.sub("", value)
    return sanitise(value) if name in PROSE else value
