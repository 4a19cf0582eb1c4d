"""Links to the page of a video: which are taken, and what a reader is told of them."""

from urllib.parse import SplitResult, urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LONGEST = 300  # characters
LONGEST_HOST = 80


def a_video_page(value: str) -> None:
    """Refuse what is no plain secure address of a page. Raises ValidationError."""
    if not value:
        return
    parts = _parts(value)
    if parts is None or parts.scheme != "https":
        raise ValidationError(
            _("Paste the address of the video's page as the browser shows it: https://…")
        )
    if "@" in parts.netloc:
        raise ValidationError(
            _("The address has a name or password in it. Paste it without what stands before @.")
        )
    if not _names_a_site(parts.hostname or ""):
        raise ValidationError(
            _("The address names no public site. Open the video's page and paste its address.")
        )


def host(value: str) -> str:
    """Return the site a link leads to, as a reader is told it; nothing where there is no link."""
    parts = _parts(value)
    return (parts.hostname or "") if parts else ""


def _parts(value: str) -> SplitResult | None:
    """Return the parts of an address; None for what browsers would read otherwise than we do."""
    if len(value) > LONGEST or not value.isprintable() or set(value) & set(" \\\"'<>`"):
        return None
    try:
        parts = urlsplit(value)
        parts.port  # noqa: B018 - raises where it is none
    except ValueError:
        return None
    return parts


def _names_a_site(name: str) -> bool:
    """Say whether a host is a name with a domain in ASCII, and no number: 127.1 is one too."""
    labels = name.removesuffix(".").split(".")
    if len(labels) < 2 or len(name) > LONGEST_HOST or labels[-1].isdigit():
        return False
    return all(
        label and label.isascii() and label.replace("-", "").isalnum() for label in labels
    ) and not labels[-1].startswith("0x")
