"""A public page as of an instant: the very view of the public site, asked of what is supposed.

The view gets a request in which nothing of the desk is left, and a masthead of the instant. What
it answers is framed: a bar names the preview, links stay inside it, and nobody keeps it.
"""

import re
from collections.abc import Callable, Container
from dataclasses import dataclass

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.translation import override

from articles.models import Masthead
from articles.public_pages import not_there
from articles.supposing import Supposing
from issues.expecting import Expectation

ROBOTS = "noindex, nofollow, noarchive"
# What would let anybody keep a page, or compare one with what they kept.
_KEEPING = ("ETag", "Last-Modified", "Expires")
# The link that skips to the text stays the first thing on a page.
_TOP = re.compile(r'<body>\s*(?:<a class="skip"[^<>]*>[^<]*</a>)?')
_TAG = re.compile(r'<[a-zA-Z](?:[^<>"]|"[^"]*")*>')
_ADDRESS = re.compile(r'(\s(?:href|src|action)=")(/[^"/][^"]*|/)(?=")')
_WHOLE = re.compile(r'(\shref=")(https?://[^"/]+)(?=/)')
_SEVERAL = re.compile(r'(\ssrcset=")([^"]+)(?=")')


def public_view(path: str, but: Container[str] = ()) -> ResolverMatch:
    """Return what answers a page of the public site; ``but`` names doors that may answer, too.

    Raises Http404 for any other address.
    """
    try:
        match = resolve(path)
    except Resolver404:
        raise Http404 from None
    if not hasattr(match.func, "as_of") and match.view_name not in but:
        raise Http404
    return match


def page_as_of(request, path: str, expectation: Expectation) -> HttpResponse:
    """Return what the public site would answer at ``path`` at the instant of the expectation."""
    match = public_view(path)
    inner = as_anybody(request, path)
    with override(settings.LANGUAGE_CODE), Supposing(expectation.supposition):
        masthead = Masthead.objects.at(expectation.at)
        try:
            return match.func.as_of(inner, masthead, *match.args, **match.kwargs)
        except Http404:
            return not_there(inner, masthead)


def as_anybody(request, path: str) -> WSGIRequest:
    """Return a GET of a public address: no cookie, no session, nobody who asks."""
    environ = {
        name: value
        for name, value in request.environ.items()
        if name.startswith(("SERVER_", "wsgi.")) or name in ("HTTP_HOST", "HTTP_X_FORWARDED_PROTO")
    }
    query = request.META.get("QUERY_STRING", "")
    return WSGIRequest(
        environ
        | {"REQUEST_METHOD": "GET", "SCRIPT_NAME": "", "PATH_INFO": path, "QUERY_STRING": query}
    )


@dataclass(frozen=True)
class Frame:
    """What is put around a page: the bar above it, what stands below, and where links lead.

    ``inside`` returns where an address of this site leads from here, ``origin`` is how one begins
    that is written whole.
    """

    bar: str
    inside: Callable[[str], str]
    origin: str
    foot: str = ""

    def around(self, response: HttpResponse) -> HttpResponse:
        """Return the page framed, for nobody to keep."""
        page = _TAG.sub(lambda tag: self._led_inside(tag[0]), response.content.decode())
        head = render_to_string("desk/previews/_head.html", {"robots": ROBOTS})
        page = page.replace("</head>", f"{head.strip()}\n</head>", 1)
        page = _TOP.sub(lambda found: f"{found[0]}\n{self.bar.strip()}", page, count=1)
        if self.foot:
            page = page.replace("</main>", f"{self.foot}</main>", 1)
        return kept_from_everybody(HttpResponse(page, status=response.status_code))

    def _led_inside(self, tag: str) -> str:
        if tag.startswith("<a "):
            tag = _WHOLE.sub(lambda found: _shortened(found, self.origin), tag)
        tag = _ADDRESS.sub(lambda found: found[1] + self._address(found[2]), tag)
        return _SEVERAL.sub(lambda found: found[1] + self._addresses(found[2]), tag)

    def _addresses(self, several: str) -> str:
        """Lead every picture of a ``srcset`` inside: an address and a width each."""
        pairs = (each.partition(" ") for each in several.split(", "))
        return ", ".join(f"{self._address(path)}{space}{width}" for path, space, width in pairs)

    def _address(self, path: str) -> str:
        own = path.startswith("/") and not path.startswith(("//", settings.STATIC_URL))
        return self.inside(path) if own else path


def origin_of(request) -> str:
    """Return how addresses of this site begin where they are written whole."""
    return f"{request.scheme}://{request.get_host()}"


def _shortened(found: re.Match, origin: str) -> str:
    """Return a link to this site without its beginning; an editor may have pasted it whole."""
    return found[1] if found[2] in (origin, settings.SITE_URL) else found[0]


def kept_from_everybody(response: HttpResponseBase) -> HttpResponseBase:
    """Forbid caches to keep an answer and crawlers to list it."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = ROBOTS
    for name in _KEEPING:
        if response.has_header(name):
            del response.headers[name]
    return response
