"""The formats of pages and what they hold, in the desk."""

from django.contrib import admin

from issues import permissions
from issues.models import PageFormat
from newsroom.people.registers import Register


@admin.register(PageFormat)
class PageFormatAdmin(Register):
    may_look = staticmethod(permissions.may_see_issues)
    may_add = staticmethod(permissions.may_plan)
    may_change = staticmethod(permissions.may_plan)
    list_display = ["name", "characters"]
