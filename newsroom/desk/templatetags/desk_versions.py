"""What the desk's pages of versions are made of: names, fingerprints, thumbnails."""

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _

from articles.figures import desk_address, picture_html
from articles.sheets import grouped

register = template.Library()
THUMBNAIL = "160px"
SHOWN = 12  # characters of a fingerprint, enough to tell two versions of a piece apart


@register.filter
def called(version) -> str:
    """Return the number of a version, and its name where it has one."""
    return f"{version} “{version.name}”" if version.name else str(version)


@register.filter
def called_or_now(version) -> str:
    """Return what a side of a comparison is called; without a version it is the working copy."""
    return called(version) if version else _("as it is now")


@register.filter
def short_fingerprint(fingerprint: str) -> str:
    """Return the beginning of a fingerprint, in groups as people compare it."""
    return grouped(fingerprint, SHOWN)


@register.filter
def signed_number(number: int) -> str:
    """Return a number with its sign."""
    return f"{number:+d}"


@register.simple_tag
def thumbnail(pictures: dict, digest: str):
    """Draw a photo small, at the desk's address."""
    photo = pictures.get(digest)
    if photo is None:
        return ""
    drawn = picture_html(photo, sizes=THUMBNAIL, address_of=desk_address)
    return format_html('<span class="thumb">{}</span>', drawn)
