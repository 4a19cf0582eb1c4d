"""The standing lists in the desk: sections, tags, correspondents, and the route of the reviews."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.models import Correspondent, Round, Route, Section, Tag
from newsroom.people.permissions import may_keep_lists
from newsroom.people.registers import Ledger, Register
from newsroom.people.roles import Role


class StandingList(Register):
    """A list that desk heads keep."""

    may_add = staticmethod(may_keep_lists)
    may_change = staticmethod(may_keep_lists)


@admin.register(Section)
class SectionAdmin(StandingList):
    list_display = ["name", "slug", "column_type", "review_hours", "position", "retired"]
    list_filter = ["retired"]
    search_fields = ["name", "slug"]
    prepopulated_fields = {}


@admin.register(Tag)
class TagAdmin(StandingList):
    list_display = ["name", "kind"]
    list_filter = ["kind"]
    search_fields = ["name"]


@admin.register(Correspondent)
class CorrespondentAdmin(StandingList):
    list_display = ["name", "unit", "phone", "user", "retired"]
    list_filter = ["retired", "unit__kind"]
    list_select_related = ["unit", "user"]
    search_fields = ["name", "unit__name"]
    autocomplete_fields = ["unit", "user"]


class RoundInline(admin.TabularInline):
    model = Round
    fields = ["position", "name", "seal", "signed_by"]
    readonly_fields = ["signed_by"]

    @admin.display(description=_("signed by"))
    def signed_by(self, in_round):
        """Name the role in the user's language; the group's own name is the code's."""
        return Role(in_round.group.name).label

    def has_view_permission(self, request, obj=None):
        """Whoever may see the route sees its rounds."""
        return True

    def has_add_permission(self, request, obj=None):
        """Rounds in use stay as they are."""
        return False

    has_change_permission = has_delete_permission = has_add_permission


@admin.register(Route)
class RouteAdmin(Ledger):
    list_display = ["name", "is_in_force", "made_at"]
    inlines = [RoundInline]
