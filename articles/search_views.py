"""The page of the public search."""

from dataclasses import dataclass

from django.utils import timezone

from articles.finding import PER_PAGE, Found, Lasts, TooCostlyError, find, names_alike
from articles.hits import Piece, marked, snippet
from articles.markup import paragraphs
from articles.public_pages import public_page, show
from articles.search_forms import Order, SearchForm, When

TEMPLATE = "articles/search.html"
AROUND = 2  # pages named on either side of this one
RETRY = "30"  # seconds until a search that took too long may be tried again


@dataclass(frozen=True)
class Standing:
    """A topic or a page of the site as a result shows it."""

    what: Lasts
    title: list[Piece]
    words: list[Piece]


@dataclass(frozen=True)
class Line:
    """A piece as a result shows it: what was asked is marked in its words."""

    piece: object
    title: list[Piece]
    words: list[Piece]


@public_page
def search(request, masthead):
    """Find pieces by their words; an empty question is answered with how to ask."""
    form = SearchForm(request.GET, masthead.sections)
    context = {"form": form, "here": "search", "exactly_here": True, "words": form.words}
    valid = form.is_valid()
    context |= _filters(form, None, masthead)
    if not valid:
        return show(request, masthead, TEMPLATE, status=400, **context)
    query = form.query(**({"page": page} if (page := form.cleaned_data["page"]) else {}))
    ask = form.ask(masthead.at, {each["slug"]: each["key"] for each in masthead.sections})
    context |= {"wish": ask.wish, "asked": query}
    if not ask:
        return show(request, masthead, TEMPLATE, **context)
    try:
        found = find(ask)
        alike = [] if found.rows else names_alike(ask.wish, masthead.at)
    except TooCostlyError:
        response = show(request, masthead, TEMPLATE, status=503, too_costly=True, **context)
        response.headers["Retry-After"] = RETRY
        return response
    if ask.page > 1 and not found.rows:
        return show(request, masthead, TEMPLATE, status=404, beyond=True, **context)
    context |= {
        "found": found,
        "alike": alike,
        "lines": [_line(piece, found) for piece in found.rows],
        "lasting": [_standing(each, found) for each in found.lasting],
        "pages": _pages(form, found),
        "orders": [
            {"name": order.label, "query": form.query(order=order.value), "here": here}
            for order in Order
            for here in [order == Order.NEWEST if ask.by_date else order == Order.BEST]
        ],
        **_filters(form, found, masthead),
        **_onwards(form, found),
    }
    return show(request, masthead, TEMPLATE, **context)


def _line(piece, found: Found) -> Line:
    patterns = tuple(found.ask.wish.phrases)
    deck = piece.sealed.summary or piece.sealed.deck
    captions = [caption for caption in piece.captions if caption]
    text = "\n".join(filter(None, [deck, *paragraphs(piece.whole), *captions]))
    return Line(piece, marked(piece.public_title, patterns), snippet(text, patterns))


def _standing(what: Lasts, found: Found) -> Standing:
    patterns = tuple(found.ask.wish.phrases)
    text = "\n".join(paragraphs(what.opening))
    return Standing(what, marked(what.title, patterns), snippet(text, patterns))


def _pages(form: SearchForm, found: Found) -> list[dict]:
    """Return the pages to name, by number; beyond what is known to be there none is named."""
    here = found.ask.page
    known = found.count if found.count is not None and not found.about else 0
    last = max(here + found.has_next, min(-(-known // PER_PAGE), here + AROUND))
    if not found.has_next:
        last = here
    numbers = range(max(1, here - AROUND), last + 1)
    return [{"number": n, "query": form.query(**_numbered(n)), "here": n == here} for n in numbers]


def _filters(form: SearchForm, found: Found | None, masthead) -> dict:
    """Return how a search is narrowed; with nothing counted where nothing was found."""
    given = {name: form[name].value() or "" for name in ("when", "section", "by", "from", "to")}
    spans, sections = (found.spans, found.sections) if found else (None, None)
    return {
        "whens": [
            {
                "value": when.value,
                "name": when.label,
                "here": given["when"] == when.value,
                "count": None if spans is None else spans[when.value],
            }
            for when in When
        ],
        "columns": [
            {
                **each,
                "here": each["slug"] in given["section"],
                "count": None if sections is None else sections.get(each["key"], 0),
            }
            for each in masthead.sections
        ],
        "narrowed": any(given.values()),
        "widened": form.query(**dict.fromkeys(given, "")),
    }


def _onwards(form: SearchForm, found: Found) -> dict:
    """Return how a search goes on: to what is older than what was read or listed."""
    stopped = found.searched_to or (found.last if found.ends and found.ask.by_date else None)
    by_date = found.ends and not found.ask.by_date
    older = stopped and {"to": _day(stopped), "order": Order.NEWEST.value, "when": ""}
    return {
        "stopped": stopped,
        "older": older and form.query(**older),
        "by_date": form.query(order=Order.NEWEST.value) if by_date else "",
        "prev": found.ask.page > 1 and form.query(**_numbered(found.ask.page - 1)),
        "next": found.has_next and form.query(**_numbered(found.ask.page + 1)),
    }


def _numbered(page: int) -> dict:
    return {"page": str(page)} if page > 1 else {}


def _day(moment) -> str:
    return timezone.localtime(moment).date().isoformat()
