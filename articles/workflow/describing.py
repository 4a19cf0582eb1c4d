"""Verbs of what is known of a picture: the facts of its shot, wherever it stands."""

from django.utils.translation import gettext as _

from articles import permissions
from articles.models import Picture
from articles.workflow.moving import acting
from newsroom.people.models import User
from newsroom.people.verdicts import demand, first_objection


def describe_picture(picture: Picture, *, by: User, read: str | None = None, **facts) -> Picture:
    """State facts of a picture: when and where it was taken, whose it is, who agreed to what.

    Only those given are written. ``read`` is ``Picture.facts_mark`` as it was shown; by another
    nothing is changed. Raises RefusalError.
    """
    with acting(by, "describe_picture"):
        locked = Picture.objects.select_for_update(no_key=True).get(pk=picture.pk)
        demand(permissions.may_describe(by, locked))
        changed = _("Somebody has changed this meanwhile. Compare, then save again.")
        demand(first_objection((read not in (None, locked.facts_mark), changed)))
        if "consent" in facts:
            demand(permissions.may_read_consent(by, locked))
        for name, value in facts.items():
            setattr(locked, name, value)
        locked.save(update_fields=[*facts])
    return locked
