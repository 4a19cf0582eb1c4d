"""Attached files as readers meet them: where they are, what they are called, how big they are.

A file is anything with the fields of one; no model is known here.
"""

import re

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.kinds import FileKind
from articles.looks import reverse_plain

# What file systems refuse in a name, and what turns a line round.
_UNFIT = re.compile(
    '[\\\\/:*?"<>|\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+'
)
LONGEST_NAME = 60  # characters, so that the name fits any file system


def address(number: int, attached) -> str:
    """Return where residents find a file of the piece of a number."""
    return reverse_plain("articles:attachment", [number, attached.digest, attached.kind])


def desk_address(number: int, attached) -> str:
    """Return where the newsroom finds it, before it is public and after."""
    return reverse("admin:attachment", args=[number, attached.digest, attached.kind])


def content_type(attached) -> str:
    """Return its exact media type."""
    return FileKind(attached.kind).content_type


def file_name(attached) -> str:
    """Return what it is called once it is saved: its title, with the ending of its kind."""
    ending = f".{attached.kind}"
    plain = " ".join(_UNFIT.sub(" ", attached.title).split())
    plain = re.sub(rf"(?:{re.escape(ending)})+$", "", plain, flags=re.IGNORECASE)
    return f"{plain[:LONGEST_NAME].strip(' .') or _('Attachment')}{ending}"


def particulars(attached) -> str:
    """Return what it is and how big, in words."""
    return _("{kind}, {size}").format(
        kind=FileKind(attached.kind).label, size=filesizeformat(attached.size)
    )
