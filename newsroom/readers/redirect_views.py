"""What answers at an old address: the way to what stands there now, or nothing at all.

It is asked only where nothing else answers, so it never stands before a page of ours. What
residents must not know of yet is answered as if there were no redirect.
"""

from copy import copy
from http import HTTPStatus

from django.http import HttpResponse, HttpResponsePermanentRedirect, QueryDict
from django.urls import get_script_prefix, resolve

from articles.models import Masthead
from articles.prepared import Question
from articles.public_pages import SAFE, seconds_fresh
from newsroom.readers.models import Redirect
from newsroom.readers.models.redirects import GONE, LIVE
from newsroom.readers.old_addresses import candidates

FOR_ADDRESS = Question(
    lambda at, with_query, without: Redirect.objects.for_address(at, with_query, without)
)


def led_on(request, masthead: Masthead) -> HttpResponse | None:
    """Return the answer at an old address, or None where nobody is to know of one."""
    if request.method not in SAFE:
        return None
    asked = candidates(request.path_info, request.META.get("QUERY_STRING", ""))
    found = FOR_ADDRESS.first(masthead.at, *asked)
    if found is None or not found.standing:
        return None
    if found.standing == LIVE:
        return _on_to(found.target, masthead)
    there = _asked_itself(request, found.target)
    if there.status_code == HTTPStatus.OK:
        return _on_to(found.target, masthead)
    return there if found.standing == GONE and there.status_code == HTTPStatus.GONE else None


def _on_to(address: str, masthead: Masthead) -> HttpResponse:
    """Lead on for good; caches ask again as soon as for any page."""
    response = HttpResponsePermanentRedirect(address)
    fresh = seconds_fresh(masthead)
    response.headers["Cache-Control"] = f"public, max-age=0, s-maxage={fresh}"
    return response


def _asked_itself(request, address: str) -> HttpResponse:
    """Return what the page of an address answers, as somebody would get it who asks there."""
    path = f"/{address.removeprefix(get_script_prefix())}"
    match = resolve(path)
    inner = copy(request)
    inner.path, inner.path_info, inner.GET = address, path, QueryDict()
    inner.META = {
        name: told for name, told in request.META.items() if not name.startswith("HTTP_IF")
    }
    inner.META |= {"QUERY_STRING": "", "PATH_INFO": path}
    inner.__dict__.pop("headers", None)
    return match.func(inner, *match.args, **match.kwargs)
