"""What a script of the desk posts as JSON: read strictly, and only for who is signed in."""

import json

from django.http.request import RawPostDataException
from django.utils.translation import gettext as _

from articles.typed import number_of
from newsroom.people.answers import TroubleError

HIGHEST = 10**15  # what a script counts without loss


def sent_by_script(request, most: int) -> dict:
    """Return what was posted, of ``most`` bytes at most. Raises TroubleError."""
    if length_of(request) > most:
        sentence = _("This is more than is kept here. Save the piece, or shorten it.")
        raise TroubleError(413, "too_much", sentence)
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError, RawPostDataException):  # the last: a form, not JSON
        raise unreadable() from None
    if not isinstance(sent, dict):
        raise unreadable()
    if sent.get("person") != request.user.pk:
        sentence = _("{name} is signed in here now. What you typed is not sent under that name.")
        raise TroubleError(409, "somebody_else", sentence.format(name=request.user))
    return sent


def length_of(request) -> int:
    """Return how many bytes somebody says that they send."""
    return number_of(request.META.get("CONTENT_LENGTH") or "")


def unreadable() -> TroubleError:
    """Return the trouble of what no script of ours sends."""
    return TroubleError(400, "unreadable", _("This is not what the form of a piece sends."))


def number_in(sent: dict, name: str) -> int:
    """Return a whole number from 0 up. Raises TroubleError."""
    value = sent.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < HIGHEST:
        raise unreadable()
    return value


def text_in(sent: dict, name: str, longest: int) -> str:
    """Return a text of ``longest`` characters at most; more is cut off. Raises TroubleError."""
    value = sent.get(name, "")
    if not isinstance(value, str):
        raise unreadable()
    return "".join(each for each in value if each.isprintable())[:longest]
