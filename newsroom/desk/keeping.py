"""Verbs of the views somebody keeps for themselves: save, rename, move, drop."""

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from newsroom.desk.models import SavedView
from newsroom.people.models import User
from newsroom.people.verdicts import RefusalError, demand, first_objection

# Tabs nobody could find anything among.
MOST = 20


def keep(*, by: User, name: str, query: str) -> SavedView:
    """Save a list under a name; a view of this name is replaced. ``query`` has been cleaned."""
    name = _named(name)
    room = SavedView._meta.get_field("query").max_length
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=by.pk)  # two clicks make one view
        kept = SavedView.objects.of(by)
        old = kept.filter(name=name).first()
        demand(
            first_objection(
                (not query, _("The whole list needs no view: narrow it first.")),
                (len(query) > room, _("That is too much to keep in one view.")),
                (
                    old is None and kept.count() >= MOST,
                    _("You keep {count} views already; drop one first.").format(count=MOST),
                ),
            )
        )
        if old:
            old.query = query
            old.save(update_fields=["query"])
            return old
        last = kept.aggregate(last=Max("position"))["last"] or 0
        return SavedView.objects.create(owner=by, name=name, query=query, position=last + 1)


def rename(view: SavedView, *, by: User, name: str) -> None:
    """Give one's own view another name."""
    name = _named(name)
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        kept = SavedView.objects.of(by)
        taken = kept.filter(name=name).exclude(pk=view.pk).exists()
        demand(first_objection((taken, _("You have a view of this name already."))))
        kept.filter(pk=view.pk).update(name=name)


def move_first(view: SavedView, *, by: User) -> None:
    """Put one's own view before the others."""
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        kept = SavedView.objects.of(by)
        kept.filter(position__lt=view.position).update(position=F("position") + 1)
        kept.filter(pk=view.pk).update(position=0)


def drop(view: SavedView, *, by: User) -> None:
    """Delete one's own view."""
    SavedView.objects.of(by).filter(pk=view.pk).delete()


def _named(name: str) -> str:
    name = " ".join(name.replace("\0", "").split())
    room = SavedView._meta.get_field("name").max_length
    if not name:
        raise RefusalError(_("Give the view a name."))
    if len(name) > room:
        raise RefusalError(_("A view's name has at most {count} characters.").format(count=room))
    return name
