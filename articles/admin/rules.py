"""What each check of a piece does, on one page: a row for each, a choice in each row."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import permissions
from articles.forms import LevelsForm
from articles.models import ChecklistRule
from articles.workflow.checking import set_levels
from newsroom.people.registers import Ledger
from newsroom.people.verdicts import RefusalError


@admin.register(ChecklistRule)
class ChecklistRuleAdmin(Ledger):
    def get_urls(self):
        """Offer the one page and no rows by themselves."""
        page = self.admin_site.admin_view(self.page)
        return [path("", page, name="articles_checklistrule_changelist")]

    def page(self, request):
        """Show what each check does; let whoever may say otherwise."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        verdict = permissions.may_set_checklist(request.user)
        form = LevelsForm(request.POST or None, chosen=ChecklistRule.objects.chosen())
        if request.method == "POST" and form.is_valid():
            try:
                changed = set_levels(form.cleaned_data, by=request.user)
            except RefusalError as refusal:
                messages.error(request, str(refusal))
            else:
                said = ngettext("{count} check changed.", "{count} checks changed.", len(changed))
                messages.success(request, said.format(count=len(changed)))
            return HttpResponseRedirect(reverse("admin:articles_checklistrule_changelist"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Checklist"),
            "opts": self.opts,
            "form": form,
            "verdict": verdict,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "articles/desk/levels.html", context)
