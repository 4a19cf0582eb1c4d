"""Photographs as markup. A photo is anything with the fields of one; no model is known here."""

from collections.abc import Callable

from django.forms.utils import flatatt
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from articles.video_links import host

# The text column is 680 pixels wide on a desk, and a phone's whole width less its margins.
COLUMN = "(min-width: 992px) 680px, 100vw"
HALF_COLUMN = "(min-width: 992px) 340px, 50vw"
# Browsers that know no srcset get the first rendition at least this wide.
ORDINARY_WIDTH = 960


def address(digest: str, width: int) -> str:
    """Return where residents find a rendition."""
    return reverse("articles:photo", args=[digest, width])


def desk_address(digest: str, width: int) -> str:
    """Return where the newsroom finds a rendition, before it is public and after."""
    return reverse("admin:photo", args=[digest, width])


def picture_html(
    photo,
    *,
    sizes: str = COLUMN,
    lead: bool = False,
    address_of: Callable[[str, int], str] = address,
) -> str:
    """Return a photo as an ``img`` element, or nothing where it has no file yet.

    ``sizes`` says how wide it will stand, as in HTML. The ``lead`` picture of a page is fetched
    first; all others wait until they are scrolled to.
    """
    if not photo or not photo.digest:  # a template's missing variable is an empty text
        return ""
    widths = sorted(photo.widths) or [photo.width]
    ordinary = next((width for width in widths if width >= ORDINARY_WIDTH), widths[-1])
    haste = {"fetchpriority": "high"} if lead else {"loading": "lazy"}
    attributes = {
        "src": address_of(photo.digest, ordinary),
        "srcset": ", ".join(f"{address_of(photo.digest, width)} {width}w" for width in widths),
        "sizes": sizes,
        "width": photo.width,
        "height": photo.height,
        "alt": photo.alternative_text,
        "decoding": "async",
    }
    return format_html("<img{}>", flatatt(attributes | haste))


def figure_html(
    photo,
    *,
    size: str = "full",
    lead: bool = False,
    address_of: Callable[[str, int], str] = address,
) -> str:
    """Return a photo with its caption and credit, or nothing where it has no file yet.

    ``size`` is how the editor set it in the text, ``full`` or ``half``.
    """
    half = size == "half"
    picture = picture_html(
        photo, sizes=HALF_COLUMN if half else COLUMN, lead=lead, address_of=address_of
    )
    if not picture:
        return picture
    return format_html(
        "<figure{}>{}{}{}</figure>",
        flatatt({"class": "half"} if half else {}),
        picture,
        video_html(photo.video_url),
        _caption_html(photo.caption, photo.credit),
    )


def video_html(link: str) -> str:
    """Return the link from a poster to the page of its video; nothing where it is none.

    The reader is told the site they leave for. Nothing of that site is loaded before they go.
    """
    if not link:
        return ""
    said = _("Watch the video ({host})").format(host=host(link))
    attributes = {"class": "video", "href": link, "rel": "noopener noreferrer external"}
    return format_html("<a{}>{}</a>", flatatt(attributes), said)


def _caption_html(caption: str, credit: str) -> str:
    spans = [({}, caption), ({"class": "by"}, credit)]
    written = [(flatatt(attributes), text) for attributes, text in spans if text]
    if not written:
        return ""
    return format_html(
        '<figcaption class="cap">{}</figcaption>',
        format_html_join("", "<span{}>{}</span>", written),
    )
