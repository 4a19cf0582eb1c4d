"""The doors of the calendar: looking at it, and moving what stands on it."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from issues.permissions import may_assign, may_plan, may_see_issues
from newsroom.desk.calendar import ISSUES, PIECES, Calendar, short_day
from newsroom.desk.rescheduling import Target, move_of
from newsroom.desk.spans import month_around, span_named, week_around
from newsroom.people import clock
from newsroom.people.verdicts import RefusalError


class TargetForm(forms.Form):
    """A day, and an hour where one is wanted."""

    day = forms.DateField(
        label=gettext_lazy("day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
    )
    hour = forms.TimeField(
        label=gettext_lazy("hour"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        input_formats=["%H:%M"],
        required=False,
    )


def _admit(request) -> None:
    if not may_see_issues(request.user):
        raise PermissionDenied


def calendar(request, site):
    """Show a month or a week."""
    _admit(request)
    now = timezone.now()
    month, week = request.GET.get("month", ""), request.GET.get("week", "")
    today = timezone.localdate(now)
    span = span_named(month=month, week=week) if month or week else month_around(today)
    if span is None:
        raise Http404
    by = PIECES if request.GET.get("by") == PIECES else ISSUES
    middle = today if span.first <= today < span.end else span.first
    context = {
        **site.each_context(request),
        "title": span.title,
        "span": span,
        "by": by,
        "calendar": Calendar(span, user=request.user, at=now, by=by),
        "as_month": month_around(middle),
        "as_week": week_around(middle),
        "this": week_around(today) if span.is_week else month_around(today),
        "may_plan": may_plan(request.user),
        "may_assign": may_assign(request.user),
    }
    request.current_app = site.name
    return TemplateResponse(request, "desk/calendar.html", context)


def move(request, site, kind, pk):
    """Ask what moving something would change, and do it once that is confirmed."""
    _admit(request)
    found = move_of(kind, pk, user=request.user, at=clock.now())
    if found is None:
        raise Http404
    given = request.POST if request.method == "POST" else request.GET
    place = {"day": found.place.day, "hour": found.place.hour}
    if "day" not in given:
        return _asking(request, site, found, TargetForm(initial=place))
    form = TargetForm({"day": given.get("day"), "hour": given.get("hour", _usual(found))})
    if not form.is_valid():
        return _asking(request, site, found, form, status=400)
    to = Target(form.cleaned_data["day"], form.cleaned_data["hour"])
    if request.method != "POST":
        return _asking(request, site, found, form, to)
    try:
        found.confirm(to, given.get("seen", ""))
    except RefusalError as refusal:
        again = move_of(kind, pk, user=request.user, at=clock.now())
        return _asking(request, site, again, form, to, refused=str(refusal), status=409)
    messages.success(request, _("Moved: {title}.").format(title=found.title))
    return redirect(f"{reverse('admin:calendar')}{month_around(to.day).query}")


def _usual(found) -> str:
    """Return the hour it has, for a move that names only a day."""
    hour = found.place.hour
    return f"{hour:%H:%M}" if hour else ""


def _asking(request, site, found, form, to=None, *, refused="", status=200):
    may = found.may_to(to) if to else found.may()
    day = to.day if to and may else found.place.day
    context = {
        **site.each_context(request),
        "title": _("Move to another day"),
        "move": found,
        "form": form,
        "to": to,
        "day": short_day(to.day) if to else "",
        "may": may,
        "refused": refused,
        "lines": found.all_lines(to) if to and may else [],
        "seen": found.token(to) if to and may else "",
        "back": f"{reverse('admin:calendar')}{month_around(day).query}",
    }
    request.current_app = site.name
    return TemplateResponse(request, "desk/move.html", context, status=status)
