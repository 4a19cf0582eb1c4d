"""The doors of the dry run: making one, all that were made, and what each check does."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from articles import addresses as _addresses  # noqa: F401 - registers “number”
from issues import permissions
from issues.dryrun.table import CHECKS
from issues.models import DryRunRule, Issue
from issues.panel import Panel, said_of
from issues.rehearsing import rehearse, set_rules
from issues.rule_forms import RulesForm
from newsroom.people.registers import Ledger
from newsroom.people.verdicts import RefusalError

SHOWN = 50  # runs of one issue


class DryRunDoors:
    """The doors that hang on an issue."""

    def get_urls(self):
        """Put our doors before the stock ones."""
        wrap = self.admin_site.admin_view
        runs, make = wrap(self.dry_runs), wrap(self.rehearse)
        return [
            path("<number:pk>/dryruns/", runs, name="issues_issue_dryruns"),
            path("<number:pk>/dryruns/make/", make, name="issues_issue_rehearse"),
            *super().get_urls(),
        ]

    def dry_runs(self, request, pk):
        """Show what holds now, and every run that was kept."""
        issue = self._rehearsed(request, pk)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Dry run of {issue}").format(issue=issue),
            "issue": issue,
            "panel": Panel(issue, request.user),
            "runs": [(run, _said(run)) for run in issue.dry_runs.newest_first()[:SHOWN]],
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/issues/issue/dryruns.html", context)

    @method_decorator(require_POST)
    def rehearse(self, request, pk):
        """Make a dry run and keep it; go back to where it was asked for."""
        issue = self._rehearsed(request, pk)
        try:
            run = rehearse(issue, by=request.user)
        except RefusalError as refusal:
            messages.error(request, str(refusal))
        else:
            level = messages.WARNING if run.blocking else messages.SUCCESS
            messages.add_message(request, level, _told(run))
        board = reverse("admin:issues_issue_change", args=[pk])
        return redirect(f"{board}#finds")

    def _rehearsed(self, request, pk) -> Issue:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return get_object_or_404(Issue.objects.select_related("release"), pk=pk)


def _said(run) -> list[tuple]:
    return [(said_of(each), each["blocking"], "、".join(each["menders"])) for each in run.found]


def _told(run) -> str:
    stops = ngettext("{n} stops it", "{n} stop it", run.blocking).format(n=run.blocking)
    reminds = ngettext("{n} reminds", "{n} remind", run.reminding).format(n=run.reminding)
    if not run.blocking and not run.reminding:
        return _("The dry run found nothing.")
    return _("The dry run is kept: {stops}, {reminds}.").format(stops=stops, reminds=reminds)


@admin.register(DryRunRule)
class DryRunRuleAdmin(Ledger):
    def get_urls(self):
        """Offer the one page and no rows by themselves."""
        page = self.admin_site.admin_view(self.page)
        return [path("", page, name="issues_dryrunrule_changelist")]

    def page(self, request):
        """Show what each check does; let whoever may say otherwise."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = RulesForm(request.POST or None, chosen=DryRunRule.objects.chosen())
        if request.method == "POST" and form.is_valid():
            try:
                changed = set_rules(form.cleaned_data, by=request.user)
            except RefusalError as refusal:
                messages.error(request, str(refusal))
            else:
                said = ngettext("{count} check changed.", "{count} checks changed.", len(changed))
                messages.success(request, said.format(count=len(changed)))
            return HttpResponseRedirect(reverse("admin:issues_dryrunrule_changelist"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Rules of the dry run"),
            "opts": self.opts,
            "form": form,
            "fixed": [check for check in CHECKS.values() if check.fixed],
            "verdict": permissions.may_set_rules(request.user),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/issues/dryrunrule/rules.html", context)
