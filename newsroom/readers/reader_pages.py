"""How a page answers on which somebody unknown leaves something: no cookie, no cache, no token.

There is no session that another site could abuse, so there is nothing a token would protect
(ADR 0042). What stands in for it is a stamp in the form, a limit for each network, and that
browsers say from where a form was sent.
"""

from functools import wraps
from urllib.parse import urlsplit

from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.views.decorators.csrf import csrf_exempt

from articles.looks import also_large
from articles.models import Masthead
from articles.public_pages import kept_by_nobody, not_there

ASKING = ("GET", "HEAD")
OURS = ("same-origin", "none")


def reader_page(*methods: str):
    """Answer some methods with ``view(request, masthead, …)``; no cache keeps any answer."""

    def door(view):
        @also_large
        @csrf_exempt
        @wraps(view)
        def answer(request, *args, **kwargs):
            if request.method not in methods:
                return kept_by_nobody(HttpResponseNotAllowed(methods))
            masthead = Masthead.objects.present()
            try:
                return kept_by_nobody(view(request, masthead, *args, **kwargs))
            except Http404:
                return not_there(request, masthead)

        return answer

    return door


def kept_secret(response: HttpResponse) -> HttpResponse:
    """Keep the address of an answer to whoever asked: out of searches, out of the next request."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


def is_from_elsewhere(request) -> bool:
    """Say whether a browser tells that another site has sent a form; old ones tell nothing."""
    site = request.headers.get("Sec-Fetch-Site", "")
    if site:
        return site not in OURS
    origin = request.headers.get("Origin", "")
    return bool(origin) and urlsplit(origin).netloc != request.get_host()
