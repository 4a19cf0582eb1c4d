"""What the form of a piece shows of its photographs: proposals, who has one like it, what waits."""

import json

from django import template
from django.utils.translation import gettext as _

from articles import doubles
from articles.images import LARGEST_FILE
from articles.models import Photo
from articles.photo_forms import ACCEPTED, USUAL_RIGHTS, credited

register = template.Library()


@register.simple_tag
def accepted_pictures():
    """Return the formats a chooser of files offers."""
    return ACCEPTED


@register.simple_tag
def largest_picture() -> str:
    """Return how many bytes a picture may have, for a script to count with."""
    return str(LARGEST_FILE)


@register.simple_tag
def usual_rights():
    """Return what is usually said of whose a picture is."""
    return USUAL_RIGHTS


@register.simple_tag
def rows_for_the_script(prefix: str) -> str:
    """Return what the stock script is told of the rows, in the words of photographs."""
    words = {"addText": _("Keep a place for a photo that comes later"), "deleteText": _("Take off")}
    return json.dumps({"name": f"#{prefix}", "options": {"prefix": prefix, **words}})


@register.simple_tag(takes_context=True)
def doubles_of(context, upload, picture):
    """Return pictures like one that has just come, each with where it stands."""
    if not upload or not picture:
        return []
    found = doubles.doubles_of(upload, picture, by=context["request"].user)
    for double in found:
        double.photo = Photo.of(double.picture)
    return found


@register.simple_tag(takes_context=True)
def proposals_of(context, picture, upload=None, row=None):
    """Return what may be said of a photograph where its row says nothing yet.

    Triples of a field's name, its label, and the words: from where the picture stands already, out
    of the file, or the sender's own name.
    """
    if not picture:
        return []
    user, noted = context["request"].user, picture.noted
    use = doubles.use_elsewhere(picture, upload.article_id, by=user) if upload else None
    own = getattr(user, "correspondent", None)
    credit = (use and use.credit) or noted.get("credit") or (own and credited(own.name))
    offered = [
        ("caption", _("caption"), (use and use.caption) or noted.get("caption")),
        ("alternative_text", _("alternative text"), use and use.alternative_text),
        ("credit", _("credit"), credit),
        ("place", _("place"), not picture.place and noted.get("place")),
    ]
    return [each for each in offered if each[2] and _is_open(row, each[0])]


def _is_open(row, name: str) -> bool:
    """Say whether a row has the field and nothing in it; a row still to come has all."""
    return not row or name in row.form.fields and not row.form[name].value()
