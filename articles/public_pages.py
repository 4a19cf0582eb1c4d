"""How every public page is answered: one instant, one masthead, one rule for caches."""

import hashlib
from dataclasses import replace
from functools import wraps
from http import HTTPStatus

from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.csrf import csrf_exempt

from articles.looks import also_large, look_of
from articles.models import Masthead

FRESH = 60  # seconds a cache may keep a page without asking
ON_THE_WAY = 1  # seconds an answer may take to reach a cache
PER_PAGE = 20
SAFE = ("GET", "HEAD")


def public_page(view):
    """Answer GET and HEAD with ``view(request, masthead, …)`` and let caches keep it for a while.

    The masthead brings the instant at which the whole request is asked: the database's clock, and
    nothing of the request. ``as_of`` is the view itself, for previews, which bring a masthead of
    another instant. Other methods are refused before anybody looks for a token: there is nothing
    here to forge.
    """

    @also_large
    @csrf_exempt
    @wraps(view)
    def answer(request, *args, **kwargs):
        if request.method not in SAFE:
            return kept_by_nobody(HttpResponseNotAllowed(SAFE))
        masthead = Masthead.objects.present()
        try:
            response = view(request, masthead, *args, **kwargs)
        except Http404:
            response = not_there(request, masthead)
        if response.status_code != HTTPStatus.OK:
            return kept_by_nobody(response)
        # A browser asks each time, so that what is withdrawn is gone; only proxies keep pages.
        fresh = seconds_fresh(masthead)
        response.headers["Cache-Control"] = f"public, max-age=0, s-maxage={fresh}"
        response.headers["ETag"] = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
        if not fresh:
            # nginx reads a 304 that allows nothing as leave to keep its copy as long as before.
            return response
        return get_conditional_response(request, response.headers["ETag"], response=response)

    answer.as_of = view
    return answer


def seconds_fresh(masthead: Masthead) -> int:
    """Return for how long a page stays true: until the next scheduled change, a minute at most."""
    if masthead.next_change is None:
        return FRESH
    # A cache counts from when the answer reaches it, a little after the instant it was asked at.
    left = (masthead.next_change - masthead.at).total_seconds() - ON_THE_WAY
    return max(0, min(FRESH, int(left)))


def kept_by_nobody(response: HttpResponse) -> HttpResponse:
    """Forbid every cache to keep a response."""
    response.headers["Cache-Control"] = "no-store"
    return response


def show(
    request, masthead: Masthead, template: str, *, status=200, asked="", secret=False, **context
):
    """Render a public page without anything a session or a cookie would bring.

    ``secret`` is a page whose address opens it to whoever knows it: nobody else is told of it.
    A page that is not there does not repeat the address it was asked for. ``address`` is the one
    everybody else should know, ``look`` knows the one of this look. ``asked`` is the query by which
    the same page is found in another look; what a page does not know is not repeated.
    """
    origin = f"{request.scheme}://{request.get_host()}"
    look = replace(look_of(request), query=asked)
    if status == HTTPStatus.NOT_FOUND:
        look = replace(look, path="/", query="")
    context |= {
        "masthead": masthead,
        "origin": origin,
        "address": f"{origin}/" if secret else f"{origin}{look.plain_address}",
        "look": look,
    }
    return HttpResponse(render_to_string(look.templates(template), context), status=status)


def not_there(request, masthead: Masthead) -> HttpResponse:
    """Answer that nothing stands at an address, with the masthead of the instant it was asked at.

    By a later one the hour may have come in between, and the page that denies an issue would have
    its section in the navigation.
    """
    return kept_by_nobody(show(request, masthead, "404.html", status=404))


def sought(request, find):
    """Return what ``find(at)`` finds, and None; or None, and the answer that it is not there.

    A file is looked up by itself, in one statement. Only where it is not there the masthead is
    asked, and then the file once more, at the masthead's instant.
    """
    found = find(None)
    if found:
        return found, None
    masthead = Masthead.objects.present()
    found = find(masthead.at)
    return found, None if found else not_there(request, masthead)


def leaf(request, rows) -> dict:
    """Return one page of a list as context: the rows, its number, and whether there are others.

    One row more than is shown is asked for, so that nothing is counted however long the list
    grows. Raises Http404 for a page that is not there.
    """
    number = page_number(request.GET.get("page", "1"))
    start = (number - 1) * PER_PAGE
    found = list(rows[start : start + PER_PAGE + 1])
    if number > 1 and not found:
        raise Http404
    return {
        "rows": found[:PER_PAGE],
        "number": number,
        "has_next": len(found) > PER_PAGE,
        "asked": f"page={number}" if number > 1 else "",
    }


def page_number(text: str) -> int:
    """Return the number of a page as an address gives it; raises Http404 for what is none."""
    if not (text.isascii() and text.isdigit() and len(text) < 7 and text[0] != "0"):
        raise Http404
    return int(text)
