"""The doors of the publication calendar: looking at it, and the verbs on its page."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from issues import issuing, workflow
from issues.calendar_forms import DayForm
from issues.models import Issue
from issues.permissions import may_plan, may_see_issues
from newsroom.desk.publication import Publication
from newsroom.people.verdicts import RefusalError


def publication(request, site, form=None, status=200):
    """Show rules, the weeks to come, and what there is to decide."""
    if not may_see_issues(request.user):
        raise PermissionDenied
    now = timezone.now()
    context = {
        **site.each_context(request),
        "title": _("Publication calendar"),
        "shown": Publication(user=request.user, at=now),
        "by": "issues",
        "may_plan": may_plan(request.user),
        "form": form or DayForm(initial={"appears": "no"}),
    }
    request.current_app = site.name
    return TemplateResponse(request, "desk/publication.html", context, status=status)


@require_POST
def decide(request, site, verb):
    """Do a verb of the page, or say why not."""
    if not may_see_issues(request.user):
        raise PermissionDenied
    if verb not in VERBS:
        raise Http404
    form = DayForm(request.POST)
    try:
        messages.success(request, VERBS[verb](request, form))
    except RefusalError as refusal:
        if verb == "day":
            if form.is_valid():
                form.add_error(None, str(refusal))
            return publication(request, site, form, status=409)
        messages.error(request, str(refusal))
    return redirect("admin:publication")


def _ahead(request, form) -> str:
    made = issuing.plan_ahead(by=request.user)
    if not made:
        return _("Nothing is missing.")
    words = ngettext("{n} issue is planned.", "{n} issues are planned.", len(made))
    return words.format(n=len(made))


def _day(request, form) -> str:
    if not form.is_valid():
        raise RefusalError(_("Look at what is marked."))
    issuing.decide_day(by=request.user, **form.cleaned_data)
    return _("Decided. What is planned already is left alone.")


def _cancel(request, form) -> str:
    key = request.POST.get("issue", "")
    issue = get_object_or_404(Issue, pk=int(key) if key.isascii() and key.isdigit() else 0)
    workflow.cancel(issue, by=request.user, because=_("The calendar has no issue on this day."))
    return _("Cancelled: {issue}.").format(issue=issue.address)


VERBS = {"ahead": _ahead, "day": _day, "cancel": _cancel}
