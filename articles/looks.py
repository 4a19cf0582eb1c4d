"""The looks of a page: as it is, or in large print (长辈版), told apart by the address alone.

What stands before the address of a page is its look: ``/large/extra/yellow-on-black/issues/`` is
``/issues/`` in extra large type, yellow on black. Every page with the mark of :func:`also_large` is
there in each of them, and every address that is made while one is answered lies in its look.
"""

import re
from dataclasses import dataclass, replace

from django.conf import settings
from django.http import Http404, HttpResponsePermanentRedirect
from django.urls import Resolver404, get_script_prefix, resolve, reverse, set_script_prefix
from django.utils.encoding import escape_uri_path
from django.utils.translation import pgettext_lazy

SIZES = {"": pgettext_lazy("type", "Large"), "extra": pgettext_lazy("type", "Extra large")}
COLOURS = {
    "": pgettext_lazy("colours", "Ordinary"),
    "white-on-black": pgettext_lazy("colours", "White on black"),
    "yellow-on-black": pgettext_lazy("colours", "Yellow on black"),
}
_STEPS = rf"large/(?:({'|'.join(filter(None, SIZES))})/)?(?:({'|'.join(filter(None, COLOURS))})/)?"
_BEFORE = re.compile(f"/{_STEPS}")
_AT_THE_END = re.compile(f"{_STEPS}$")
_LINK = re.compile(r'(<a\s[^<>]*?href=")([^"]*)')


@dataclass(frozen=True)
class Choice:
    """A look to be had: what it is called, its address, and whether it is the one there is."""

    label: str
    address: str
    here: bool


@dataclass(frozen=True)
class Look:
    """The look of one page: ``root`` is where the site begins, ``path`` the page in any look.

    ``query`` is what was asked of the page, encoded.
    """

    large: bool = False
    size: str = ""
    colours: str = ""
    root: str = "/"
    path: str = "/"
    query: str = ""
    served: bool = True

    @property
    def prefix(self) -> str:
        """What the addresses of this look begin with."""
        steps = ["large", self.size, self.colours] if self.large else []
        return self.root + "".join(f"{step}/" for step in steps if step)

    @property
    def classes(self) -> str:
        """The look in the style sheet."""
        return " ".join(filter(None, ["large", self.size, self.colours])) if self.large else ""

    @property
    def address(self) -> str:
        """The address of the page in this look, without what was asked of it."""
        return escape_uri_path(f"{self.prefix}{self.path.removeprefix('/')}")

    @property
    def plain_address(self) -> str:
        """The address the page goes by everywhere else."""
        return replace(self, large=False).address

    @property
    def other(self) -> str:
        """The same page in large print, or back from it; empty where it is not there."""
        return replace(self, large=not self.large, size="", colours="").asked if self.served else ""

    @property
    def sizes(self) -> list[Choice]:
        """The sizes large print comes in."""
        return [
            Choice(label, replace(self, size=size).asked, size == self.size)
            for size, label in SIZES.items()
        ]

    @property
    def palettes(self) -> list[Choice]:
        """The colours large print comes in."""
        return [
            Choice(label, replace(self, colours=colours).asked, colours == self.colours)
            for colours, label in COLOURS.items()
        ]

    @property
    def asked(self) -> str:
        """The address with what was asked of the page."""
        return self.address + (f"?{self.query}" if self.query else "")

    def templates(self, name: str) -> list[str]:
        """Return the templates of a page, the first that there is: large print may have its own."""
        return [f"large/{name}", name] if self.large else [name]


def also_large(view):
    """Mark a view as a page that is there in large print, too."""
    view.also_large = True
    return view


def look_of(request) -> Look:
    """Return the look a page was asked in; a preview has the plain one and no other."""
    return getattr(request, "look", Look(path=request.path_info, served=False))


def reverse_plain(name: str, args: list) -> str:
    """Return an address that is the same in every look: that of a file."""
    prefix = get_script_prefix()
    return _AT_THE_END.sub("", prefix) + reverse(name, args=args).removeprefix(prefix)


def inside(html: str) -> str:
    """Return a text whose links to other pages of the site stay in the look being answered."""
    prefix = get_script_prefix()
    root = _AT_THE_END.sub("", prefix)
    if prefix == root:
        return html

    def led(link: re.Match) -> str:
        path = link[2].removeprefix(settings.SITE_URL)
        inner = path.removeprefix(root)
        return f"{link[1]}{prefix}{inner}" if path != inner and _is_a_page(inner) else link[0]

    return _LINK.sub(led, html)


def _is_a_page(path: str) -> bool:
    try:
        return hasattr(resolve("/" + re.split("[?#]", path)[0]).func, "also_large")
    except Resolver404:
        return False


class LookMiddleware:
    """Take the look off an address before anybody reads it, and put it before those that are made.

    The application answers as if it were mounted there, which is what Django's script prefix is
    for; no page and no model knows of it.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        root, path = get_script_prefix(), request.path_info
        if _BEFORE.fullmatch(f"{path}/"):
            return HttpResponsePermanentRedirect(f"{request.path}/")
        found = _BEFORE.match(path)
        size, colours = found.groups(default="") if found else ("", "")
        rest = f"/{path[found.end() :]}" if found else path
        request.look = Look(bool(found), size, colours, root, rest)
        request.path_info = rest
        set_script_prefix(request.look.prefix)
        try:
            return self.get_response(request)
        finally:
            set_script_prefix(root)

    def process_view(self, request, view, args, kwargs):
        """Refuse the large print of what is no page: of the desk, of files, of data."""
        if request.look.large and not getattr(view, "also_large", False):
            raise Http404
