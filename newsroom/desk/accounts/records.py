"""The door to the record of people and settings, for administrators."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from newsroom.desk.records import SOURCES, entries
from newsroom.people.models import User
from newsroom.people.permissions import may_administer


def records(request):
    """Show who changed what and who logged in, newest first; narrowed by kind or person."""
    if not may_administer(request.user):
        raise PermissionDenied
    kind = request.GET.get("kind", "")
    person = _number(request.GET.get("person", ""))
    shown, more = entries(kind, before=_instant(request.GET.get("before", "")), person=person)
    context = admin.site.each_context(request) | {
        "title": _("Record"),
        "kinds": SOURCES,
        "kind": kind,
        "person": User.objects.numbered(person),
        "entries": shown,
        "older": shown[-1].at.isoformat() if more else "",
    }
    return TemplateResponse(request, "desk/records.html", context)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


def _instant(text: str):
    try:
        instant = parse_datetime(text.replace(" ", "+"))
    except ValueError:
        return None
    return instant if instant and instant.tzinfo else None
