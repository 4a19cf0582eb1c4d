"""Photographs as markup. A photo is anything with the fields of one; no model is known here."""

from collections.abc import Callable
from dataclasses import dataclass

from django.forms.utils import flatatt
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from articles import renditions
from articles.looks import reverse_plain
from articles.video_links import host

# On a phone: its whole width, or that less the page's margins, as in static/site/site.css. Nobody
# sees more than two dots a pixel there, so one with three is told two thirds of the width.
_SHARP = "(min-resolution: 2.5dppx) 66.7vw"
_WHOLE = f"{_SHARP}, 100vw"
_MARGINS = f"{_SHARP}, (min-width: 500px) 92vw, calc(100vw - 2.5rem)"
# A browser takes the first it knows.
BEFORE_JPEG = ("avif", "webp")
FOCAL_STEPS = 10  # of the width and of the height, each a class in the style sheet


@dataclass(frozen=True)
class Place:
    """Where a picture stands: how wide, as HTML's ``sizes``, and the widest file of use there."""

    sizes: str
    most: int = 1600


def _from(least: int, width: int, narrower: str) -> str:
    """Say that a picture stands ``width`` wide from a window of ``least`` on; pixels.

    Wide windows show everything an eighth larger, as the style sheet has it.
    """
    larger = f"(min-width: 1600px) {round(width * 1.125)}px"
    return f"{larger}, (min-width: {least}px) {width}px, {narrower}"


# As the layout has it, measured; tests/test_photo_journeys.py measures again.
PLACES = {
    "front": Place(_from(1280, 662, f"(min-width: 992px) 52vw, (min-width: 768px) 92vw, {_WHOLE}")),
    "opening": Place(_from(768, 680, _WHOLE)),
    "column": Place(_from(768, 680, _MARGINS)),
    "half": Place(_from(768, 313, _MARGINS)),
    "card": Place(
        _from(1280, 363, f"(min-width: 768px) 28.4vw, {_MARGINS}"),
        most=960,
    ),
    "card-half": Place(_from(1280, 567, f"(min-width: 768px) 44.2vw, {_MARGINS}")),
    "shot": Place(_from(1280, 574, f"(min-width: 768px) 44.7vw, {_MARGINS}")),
    "shot-wide": Place(_from(1280, 1180, _MARGINS)),
    "shot-large": Place(_from(1280, 920, f"(min-width: 768px) 72vw, {_MARGINS}")),
    "shot-small": Place(_from(1280, 383, f"(min-width: 768px) 29.8vw, {_MARGINS}"), most=960),
    "topic": Place(_from(1280, 574, f"(min-width: 768px) 44.7vw, {_MARGINS}"), most=960),
    "sheet": Place(_from(1280, 238, "(min-width: 768px) 18.6vw, 92px"), most=480),
    "line": Place(_from(1000, 220, "(min-width: 509px) 22vw, 112px"), most=480),
    "gallery": Place(_from(768, 626, f"{_SHARP}, (min-width: 500px) 84.6vw, calc(92vw - 2.3rem)")),
    "kin": Place(_from(1184, 240, "(min-width: 768px) 325px, 112px"), most=480),
}


def address(digest: str, name: str) -> str:
    """Return where residents find a rendition, such as ``960.webp``."""
    return reverse_plain("articles:photo", [digest, name])


def desk_address(digest: str, name: str) -> str:
    """Return where the newsroom finds a rendition, before it is public and after."""
    return reverse("admin:photo", args=[digest, name])


def picture_html(
    photo,
    *,
    place: str = "column",
    sizes: str = "",
    lead: bool = False,
    colour: str = "",
    address_of: Callable[[str, str], str] = address,
) -> str:
    """Return a photo as a ``picture`` element, or nothing where it has no file yet.

    ``place`` is one of PLACES; ``sizes`` says otherwise how wide it will stand, as in HTML. Every
    rendition is named, made already or not: the door answers with the best there is, and the
    ``colour`` stands there until it has. The ``lead`` picture of a page is fetched first; all
    others wait until they are scrolled to.
    """
    if not photo or not photo.digest:  # a template's missing variable is an empty text
        return ""
    stands = Place(sizes) if sizes else PLACES[place]
    widths = _of_use(sorted(photo.widths) or [photo.width], stands.most)
    ordinary = next((w for w in widths if w >= renditions.ORDINARY_WIDTH), widths[-1])
    # All renditions of a picture lie side by side: one address is looked up, not twelve.
    source = address_of(photo.digest, renditions.name(ordinary, "jpg"))
    folder = source[: source.rindex("/") + 1]
    attributes = {
        "src": source,
        "srcset": _every_width(folder, "jpg", widths),
        "sizes": stands.sizes,
        "width": photo.width,
        "height": photo.height,
        "alt": photo.alternative_text,
        **({"fetchpriority": "high"} if lead else {"loading": "lazy", "decoding": "async"}),
        **({"class": classes} if (classes := _classes(photo, colour)) else {}),
    }
    sources = [
        (renditions.CONTENT_TYPES[kind], _every_width(folder, kind, widths), stands.sizes)
        for kind in BEFORE_JPEG
    ]
    return format_html(
        "<picture>{}<img{}></picture>",
        format_html_join("", '<source type="{}" srcset="{}" sizes="{}">', sources),
        flatatt(attributes),
    )


def _every_width(folder: str, file_format: str, widths: list[int]) -> str:
    return ", ".join(f"{folder}{renditions.name(w, file_format)} {w}w" for w in widths)


def _of_use(widths: list[int], most: int) -> list[int]:
    """Leave out what is wider than anybody needs; at least one remains."""
    return [width for width in widths if width <= most] or widths[:1]


def _classes(photo, colour: str) -> str:
    """Return the classes for the colour before the file is there, and for what must stay in view.

    The policy for content forbids styles on elements; the style sheet has a class for each.
    """
    across, down = (round(share * FOCAL_STEPS) for share in (photo.focal_x, photo.focal_y))
    centre = FOCAL_STEPS // 2
    return " ".join([
        *([f"hue-{colour}"] if colour else []),
        *([f"fx-{across}"] if across != centre else []),
        *([f"fy-{down}"] if down != centre else []),
    ])  # fmt: skip


def figure_html(
    photo,
    *,
    size: str = "full",
    place: str = "",
    lead: bool = False,
    colour: str = "",
    address_of: Callable[[str, str], str] = address,
) -> str:
    """Return a photo with its caption and credit, or nothing where it has no file yet.

    ``size`` is how the editor set it in the text, ``full`` or ``half``; ``place`` another place.
    """
    half = size == "half"
    stands = place or ("half" if half else "column")
    picture = picture_html(photo, place=stands, lead=lead, colour=colour, address_of=address_of)
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
