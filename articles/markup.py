"""Text to safe HTML: the one place where HTML becomes trusted."""

import re
from collections.abc import Callable, Collection
from html import escape, unescape

import nh3
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from articles.phrases import phrases

# What the editor can make (articles.forms gives it the same list), and nothing else.
TAGS = {
    "p", "h2", "h3", "strong", "em", "u", "s", "sub", "sup", "br", "hr", "a",
    "ul", "ol", "li", "blockquote", "figure",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title"},
    "figure": {"data-photo"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
SIZES = {"full", "half"}
# Characters of HTML a form takes for one text: five pages of the paper in small print.
LONGEST_TEXT = 100_000
_CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes={"*": set(), **ATTRIBUTES},
    tag_attribute_values={"figure": {"data-size": SIZES}},
    clean_content_tags={"script", "style", "template", "noscript"},
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel="noopener",
)
_PATIENCE = 10
_RENAMED = re.compile(r"<(/?)(?:(b)|(i)|(h1)|(h[4-6]))(?=[\s>/])", re.IGNORECASE)
# Each of these reads a text once, however it was made up: what has been read is not given back
# (``++``, ``*+``), a run begins only at its beginning, and no tag holds the beginning of another.
_EMPTY = re.compile(r"^(?:<(p|h2|h3)>\s*+(?:<br>\s*+)?</\1>\s*+)++$")
_FIGURE = re.compile(r'<figure[^<>]*\sdata-photo="(\d{1,12})"[^<>]*>\s*+</figure>')
_TARGET = re.compile(r'<a\s[^<>]*?href="([^"]*)"')
_TAG = re.compile(r"<[^<>]*>")
_ANY_TAG = re.compile(r"<(/?)([a-z0-9]++)[^<>]*>")
_BLOCKS = {"p", "h2", "h3", "ul", "ol", "blockquote", "figure", "table", "hr"}
_VOID = {"br", "hr", "img", "source", "wbr"}
_BLOCK_END = re.compile(r"</(?:p|h2|h3|li|blockquote|tr|figure)>|<(?:br|hr)\s*/?>", re.IGNORECASE)
_NUMBER_AND_UNIT = re.compile(
    r"(?<![\d,.])([,.]*+)(\d[\d,.]*+(?:%|万|亿|余)?"
    r"(?:[年月日时分秒个人名户家栋层号米吨条次项件元岁版期路]|公里|千米|公斤|平方米|摄氏度))"
)
_LATIN = re.compile(r"(?<![A-Za-z&#])[A-Za-z][A-Za-z'’-]*+(?:[,;:.]?+ [A-Za-z][A-Za-z'’-]*+){2,}+")
_TAG_AS_PART = re.compile(f"({_TAG.pattern})")

_SENTENCE_END = re.compile(r"[。！？]")
_CLAUSE_END = re.compile(r"[，；：]")
_CLAUSE_BREAK = re.compile(r"[\s，、：；！？…—·]+")
# A clause of more characters takes more than a line of a phone.
LONGEST_CLAUSE = 12


def _rename(match: re.Match) -> str:
    bold, italic, big, small = match.groups()[1:]
    name = "strong" if bold else "em" if italic else "h2" if big else "h3" if small else ""
    return f"<{match[1]}{name}"


def sanitise(html: str) -> str:
    """Return ``html`` with everything removed that the editor could not have made.

    Bold and italic by their old names are kept as ``strong`` and ``em``; other headings become
    the two levels a piece has. Idempotent: misnested elements read differently once they are
    written out, so it is done until nothing changes any more.
    """
    html = html.replace("\x00", "").strip()
    for _time in range(_PATIENCE):
        before, html = html, _CLEANER.clean(_RENAMED.sub(_rename, html)).strip()
        if html == before:
            break
    return "" if _EMPTY.match(html) else html


def from_paragraphs(paragraphs: list[str], headings: Collection[int] = ()) -> str:
    """Return plain paragraphs as the HTML of a text; ``headings`` count from 0 among them."""
    tagged = [("h2" if at in headings else "p", text) for at, text in enumerate(paragraphs)]
    return "".join(
        f"<{tag}>{escape(text, quote=False)}</{tag}>" for tag, text in tagged if text.strip()
    )


def paragraphs(html: str) -> list[str]:
    """Return the plain text of each block of ``html``, in order, empty ones left out."""
    marked = _BLOCK_END.sub("\n", html)
    lines = (unescape(_TAG.sub("", line)).strip() for line in marked.split("\n"))
    return [line for line in lines if line]


def blocks(html: str) -> list[str]:
    """Cut a sanitised text into its outermost blocks; joined again they are the text.

    Their paragraphs, one block after the other, are the paragraphs of the whole.
    """
    found, depth, start = [], 0, 0
    for tag in _ANY_TAG.finditer(html):
        closing, name = tag.groups()
        if name not in _VOID:
            depth += -1 if closing else 1
        if depth == 0 and name in _BLOCKS:
            found.append(html[start : tag.end()])
            start = tag.end()
    return [*found, html[start:]] if html[start:].strip() else found


def headings(html: str) -> list[str]:
    """Return the words of the headings of the first level, in order."""
    return [words for words, _block in chapters(html) if words]


def chapters(html: str) -> list[tuple[str, str]]:
    """Cut a text before each heading of the first level: the heading's words, and what follows.

    The first chapter has no heading and may be empty. What follows is HTML as it stood.
    """
    found = [("", "")]
    for block in blocks(html):
        if block.startswith("<h2>"):
            found.append((" ".join(paragraphs(block)), ""))
        else:
            found[-1] = (found[-1][0], found[-1][1] + block)
    return found


def first_words(html: str, most: int = 26) -> str:
    """Return how a text begins, for a piece without a headline; the HTML may be cut anywhere.

    As many clauses of its first sentence as have room in ``most`` characters, or 18 characters.
    """
    whole = html[: html.rfind("<")] if html.rfind("<") > html.rfind(">") else html
    sentence = _SENTENCE_END.split(next(iter(paragraphs(whole)), ""), maxsplit=1)[0]
    ends = [match.start() for match in _CLAUSE_END.finditer(sentence, 4, most + 1)]
    room = len(sentence) if len(sentence) <= most else ends[-1] if ends else 18
    words = sentence[:room].rstrip("，；：")
    return f"{words}……" if words else ""


def count_characters(html: str) -> int:
    """Count characters as newspapers do: marks count, white space does not."""
    return sum(1 for text in paragraphs(html) for char in text if not char.isspace())


def photo_ids(html: str) -> list[int]:
    """Return the photos that stand in a text, in order."""
    return [int(number) for number in _FIGURE.findall(html)]


def with_photo_numbers(html: str, numbers: dict[int, int]) -> str:
    """Return sanitised ``html`` with its photos named by other numbers; unknown ones by 0."""

    def renamed(match: re.Match) -> str:
        start, end = match.span(1)
        whole, at = match[0], match.start()
        return f"{whole[: start - at]}{numbers.get(int(match[1]), 0)}{whole[end - at :]}"

    return _FIGURE.sub(renamed, html)


def with_link_targets(html: str, lead: Callable[[str], str]) -> str:
    """Return sanitised ``html`` with each link leading to what ``lead`` makes of its target."""
    return _TARGET.sub(
        lambda match: (
            match[0][: match.start(1) - match.start()]
            + escape(lead(unescape(match[1])))
            + match[0][match.end(1) - match.start() :]
        ),
        html,
    )


def link_targets(html: str) -> list[str]:
    """Return where the links of a text lead, in order."""
    return [unescape(target) for target in _TARGET.findall(html)]


def with_figures(html: str, draw: Callable[[int, str], str]) -> str:
    """Return sanitised ``html`` with each photo node replaced by what ``draw`` makes of it.

    ``draw`` gets the photo's number and the size its editor set, ``full`` or ``half``.
    """
    return _FIGURE.sub(lambda match: draw(int(match[1]), _size_of(match[0])), html)


def _size_of(node: str) -> str:
    return "half" if 'data-size="half"' in node else "full"


def with_dateline(html: str, dateline: str) -> str:
    """Return a sanitised text with a dateline, plain words, at the head of its first paragraph."""
    if not dateline or not html.startswith("<p>"):
        return html
    return f'<p><span class="dateline">{escape(dateline)}</span>\u3000{html.removeprefix("<p>")}'


def with_languages(html: str) -> str:
    """Return a sanitised text whose passages in Latin letters are marked as English.

    Three words make a passage; names and abbreviations are read as they stand (WCAG 2.2, 3.1.2).
    """
    if not _LATIN.search(html):
        return html
    return "".join(
        part if part.startswith("<") else _LATIN.sub(r'<span lang="en">\g<0></span>', part)
        for part in _TAG_AS_PART.split(html)
    )


def without_breaks(headline: str) -> str:
    """Return a headline without its line-break marks, which are layout."""
    return headline.replace("|", "")


def trusted(html: str) -> SafeString:
    """Mark HTML as safe that came out of :func:`sanitise` and a version's rendering."""
    return mark_safe(html)  # noqa: S308 - the only place; versions store sanitised HTML


def headline_html(headline: str) -> SafeString:
    """Return a headline that breaks where its editor marked it with ``|``, or between clauses.

    One that has neither, or whose clauses are themselves too long for a line, breaks between words.
    """
    parts = [part for part in headline.split("|") if part]
    if len(parts) == 1 and not _has_short_clauses(parts[0]):
        words = "<wbr>".join(escape(word) for word in phrases(parts[0]))
        return _breaking(f'<span class="ph">{words}</span>')
    return _breaking("<wbr>".join(f'<span class="ph">{escape(part)}</span>' for part in parts))


def _has_short_clauses(headline: str) -> bool:
    lengths = [len(clause) for clause in _CLAUSE_BREAK.split(headline) if clause]
    return len(lengths) > 1 and max(lengths) <= LONGEST_CLAUSE


def _breaking(html: str) -> SafeString:
    return mark_safe(html)  # noqa: S308 - its words are escaped above


def keep_numbers_whole(html: str) -> str:
    """Wrap a number and its unit so that no line ends between them; tags are left alone."""
    parts = re.split(r"(<[^<>]*>)", html)
    parts[::2] = [
        _NUMBER_AND_UNIT.sub(r'\1<span class="nb">\2</span>', part) for part in parts[::2]
    ]
    return "".join(parts)


def line_html(text: str) -> SafeString:
    """Return one line of plain text with its numbers kept whole.

    What a template has put aside with ``firstof`` comes escaped already.
    """
    return mark_safe(keep_numbers_whole(conditional_escape(text)))  # noqa: S308 - escaped here
