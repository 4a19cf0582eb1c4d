"""How the parts of a piece are written on public pages."""

import re
from functools import lru_cache
from itertools import groupby

from django import template
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.html import format_html
from django.utils.translation import pgettext

from articles import looks, renditions
from articles.figures import address
from articles.kinds import Credit
from articles.markup import (
    first_words,
    headline_html,
    line_html,
    trusted,
    with_dateline,
    with_languages,
    without_breaks,
)
from articles.renditions import ORDINARY_WIDTH

register = template.Library()

WIDE_SPACE = "\u3000"
# Custom: these stand after the name (孟小满 摄), all others before it (通讯员 陆知秋).
ROLES_AFTER_THE_NAME = {"摄", "图", "文", "文/图", "图/文", "摄影报道", "供图", "整理", "绘"}
WRITERS = {Credit.TEXT, Credit.BOTH}
NAMEPLATE = "site/nameplate.svg"


@register.filter
def headline(piece):
    """Return the headline a piece goes by, breaking only where its editor allowed it."""
    return headline_html(piece.public_headline or piece.public_title)


@register.filter
def marked(lead: dict):
    """Return the headline of a piece of which only the words were fetched."""
    headline = (
        lead["marked"] if without_breaks(lead["marked"]) == lead["sealed"] else lead["sealed"]
    )
    return headline_html(headline or first_words(lead["opening"]))


@register.filter
def typeset(text: str):
    """Return a line of plain text with its numbers kept whole."""
    return line_html(text)


@register.filter
def prose(piece):
    """Return the sealed text, its dateline at the head of the first paragraph."""
    html = with_languages(with_dateline(piece.sealed.html, piece.sealed.dateline))
    return trusted(looks.inside(html))


@register.filter
def prose_of(version):
    """Return the text of a version, sealed or not, as it is shown in print."""
    return trusted(with_dateline(version.html, version.dateline))


@register.filter
def byline_groups(piece) -> list[dict]:
    """Return the names under a piece, those who did the same under one word."""
    shown = [name for name in piece.names if name.credit != Credit.EDITING]
    shown.sort(key=lambda name: name.credit not in WRITERS)
    return [
        {"role": role, "after": role in ROLES_AFTER_THE_NAME, "names": list(some)}
        for role, some in groupby(shown, key=lambda name: name.role)
    ]


@register.filter
def byline(piece) -> str:
    """Return who wrote a piece, as one line of a list says it; photographers where nobody did."""
    writers = [name for name in piece.names if name.credit in WRITERS] or piece.names
    return WIDE_SPACE.join(
        _in_order(role, [name.name for name in some])
        for role, some in groupby(writers, key=lambda name: name.role)
    )


def _in_order(role: str, names: list[str]) -> str:
    words = [*names, role] if role in ROLES_AFTER_THE_NAME else [role, *names]
    return WIDE_SPACE.join(word for word in words if word)


@register.filter
def authors(piece) -> str:
    """Return the names under a piece, as the meta element wants them."""
    return " ".join(name.name for name in piece.names)


@register.filter
def signed_as(signature) -> str:
    """Return what a signer is called below a piece: the first to sign is its editor."""
    return pgettext("reader", "Editor") if signature.round_position == 1 else signature.round_name


@register.filter
def photo_address(photo) -> str:
    """Return the address of a photo as others show it: a JPEG, which all of them can read."""
    widths = sorted(photo.widths) or [photo.width]
    width = next((w for w in widths if w >= ORDINARY_WIDTH), widths[-1])
    return address(photo.digest, renditions.name(width, "jpg"))


@register.filter
def digits(text: str) -> str:
    """Return the digits of a registration number, for its link."""
    return "".join(re.findall(r"\d", text))


@register.simple_tag
def nameplate(paper_name: str):
    """Return the paper's name: as drawn where the drawing's title is that name, else in type."""
    drawn = _drawing()
    if drawn is None or drawn["title"] != paper_name:
        return format_html('<span class="name__type">{}</span>', paper_name)
    return format_html(
        '<img src="{}" width="{}" height="{}" alt="{}">',
        staticfiles_storage.url(NAMEPLATE),
        drawn["width"],
        drawn["height"],
        paper_name,
    )


@lru_cache(maxsize=1)
def _drawing() -> dict | None:
    """Return title and size of the drawn nameplate; a newspaper puts its own file in its place."""
    found = finders.find(NAMEPLATE)
    if not found:
        return None
    with open(found, encoding="utf-8") as file:
        start = file.read(2000)
    parts = re.search(r'<svg[^>]* width="(\d+)" height="(\d+)"[^>]*>\s*<title>([^<]*)<', start)
    return parts and {"width": parts[1], "height": parts[2], "title": parts[3]}
