"""What the form of a piece shows of its photographs: proposals, who has one like it, what waits."""

from django import template
from django.utils.translation import gettext as _

from articles.photo_forms import ACCEPTED, USUAL_RIGHTS, credited

register = template.Library()


@register.simple_tag
def accepted_pictures():
    """Return the formats a chooser of files offers."""
    return ACCEPTED


@register.simple_tag
def usual_rights():
    """Return what is usually said of whose a picture is."""
    return USUAL_RIGHTS


@register.simple_tag(takes_context=True)
def proposals_of(context, picture, row=None):
    """Return what may be said of a photograph where its row says nothing yet.

    Triples of a field's name, its label, and the words: out of the file, or the sender's own name.
    """
    if picture is None:
        return []
    own = getattr(context["request"].user, "correspondent", None)
    noted = picture.noted
    offered = [
        ("caption", _("caption"), noted.get("caption", "")),
        ("credit", _("credit"), noted.get("credit", "") or (credited(own.name) if own else "")),
        ("place", _("place"), "" if picture.place else noted.get("place", "")),
    ]
    said = {name: row.form[name].value() for name, *_rest in offered} if row else {}
    return [each for each in offered if each[2] and not said.get(each[0])]
