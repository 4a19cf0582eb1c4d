"""What counts as a typing error: few characters of the text, and nothing that states a fact."""

import re

from django.utils.translation import gettext as _

from articles.differences import changed_characters
from articles.markup import link_targets, paragraphs, photo_ids

# The places of a text, as ``sealing.covered`` names them; all others are beyond a typing error.
TEXT_PLACES = {"body", "summary"}
_NUMBER = re.compile(r"\d+(?:[.,:%]\d*)*")


def beyond_typing_errors(old: dict, new: dict, limit: int) -> list[str]:
    """Return a sentence for each thing that makes a change more than a minor one.

    ``old`` and ``new`` are what ``sealing.covered`` returns; ``limit`` is in characters.
    """
    places = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
    texts = [_text(content) for content in (old, new)]
    count = changed_characters(*texts)
    found = []
    if limit == 0:
        found.append(_("This newspaper has no short way for minor changes."))
    if places - TEXT_PLACES - {"change_note"}:
        found.append(_("A title, name, picture or particular has changed, not only the text."))
    if _built(old) != _built(new):
        found.append(_("A link or a picture in the text has changed."))
    if _NUMBER.findall(texts[0]) != _NUMBER.findall(texts[1]):
        found.append(_("A number has changed: that is a fact, not a typing error."))
    if count > limit:
        found.append(
            _("{count} characters differ; a minor change has {limit} at most.").format(
                count=count, limit=limit
            )
        )
    return found


def _text(content: dict) -> str:
    return "\n".join([content["summary"], *paragraphs(content["body"])])


def _built(content: dict) -> tuple:
    return link_targets(content["body"]), photo_ids(content["body"])
