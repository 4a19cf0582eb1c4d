"""What the library can be narrowed to: a filter for each question an editor asks of it."""

from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from articles.admin.filters import NONE, DateFilter
from articles.models import Picture, Section
from articles.narrowing import DeskFilter, SelectFilter
from articles.permissions import sees_everything
from articles.picture_questions import Uses

MINE, ALIKE = "mine", "alike"


def uses_seen_by(user) -> Uses:
    """Return where somebody sees pictures stand."""
    return Picture.objects.uses_seen_by(user, sees_everything(user))


class ShelfFilter(admin.SimpleListFilter):
    """Whose pictures, and what has become of them; shown as tabs."""

    title = gettext_lazy("View")
    parameter_name = "shelf"

    def lookups(self, request, model_admin):
        """Return the shelves by name."""
        return [
            (MINE, _("Sent by me")),
            ("public", _("In print or on the web")),
            ("drafts", _("In drafts only")),
            ("unused", _("Not used yet")),
            (ALIKE, _("Near-identical")),
        ]

    def queryset(self, request, queryset):
        """Narrow the library to a shelf."""
        uses = uses_seen_by(request.user)
        shelves = {
            MINE: lambda: queryset.sent_by(request.user),
            "public": lambda: queryset.residents_see(uses),
            "drafts": lambda: queryset.only_in_drafts(uses),
            "unused": lambda: queryset.standing_nowhere(uses),
            ALIKE: queryset.alike,
        }
        return shelves.get(self.value(), lambda: queryset)()


class PersonFilter(DeskFilter):
    """By who took it or sent it, or a part of the name."""

    title = gettext_lazy("person")
    parameters = ("name",)
    control = "text"
    placeholder = gettext_lazy("who took or sent it")
    suggestions = ()

    @property
    def label(self) -> str:
        """Whose pictures are looked for."""
        return _("by {name}").format(name=self.value)

    def narrow(self, queryset):
        """Return the pictures of the name; who sent one is the newsroom's to know."""
        senders = sees_everything(self.user)
        return queryset.by_person(self.value, uses_seen_by(self.user), senders)


class PictureSectionFilter(SelectFilter):
    """By the section of a piece that shows it."""

    title = gettext_lazy("section")
    parameters = ("section",)

    def offered(self):
        """Return every section, retired ones too, and none."""
        return [*((each.pk, each.name) for each in Section.objects.all()), (NONE, _("No section"))]

    def wanted(self, queryset):
        """Return the pictures in pieces of the section."""
        section = None if self.value == NONE else int(self.value)
        return queryset.in_section(section, uses_seen_by(self.user))


class AboutFilter(SelectFilter):
    """By whom it shows, or what is lacking."""

    title = gettext_lazy("to look at")
    parameters = ("about",)
    NAMES = {
        "minors": gettext_lazy("shows minors"),
        "no_consent": gettext_lazy("shows minors, nobody noted who agreed"),
        "alternative_text": gettext_lazy("lacks alternative text"),
        "credit": gettext_lazy("lacks a credit"),
        "caption": gettext_lazy("lacks a caption"),
    }

    def offered(self):
        """Return what can be looked for."""
        return self.NAMES.items()

    def wanted(self, queryset):
        """Return the pictures of which it is so."""
        if self.value in ("minors", "no_consent"):
            return queryset.showing_minors(without_consent=self.value == "no_consent")
        return queryset.lacking(self.value, uses_seen_by(self.user))


class PictureDateFilter(DateFilter):
    """Between two days, both included: of the shot, or of sending it."""

    FIELDS = {
        "sent": (pgettext_lazy("date of", "sent"), "uploaded_at"),
        "taken": (pgettext_lazy("date of", "taken"), "taken_on"),
    }
