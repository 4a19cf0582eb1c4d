"""The standing lists in the desk: sections, tags, correspondents."""

from django.contrib import admin

from articles.models import Correspondent, Section, Tag
from newsroom.people.permissions import may_keep_lists
from newsroom.people.registers import Register


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
