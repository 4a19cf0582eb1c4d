"""The route of the reviews in the desk: what is in force, what was, and a safe way to change it."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles import permissions
from articles.forms import RouteForm, RouteRows
from articles.models import Round, Route
from articles.workflow.routing import Plan, cautions, objections, put_in_force, signers
from newsroom.people.registers import Ledger
from newsroom.people.verdicts import RefusalError


class RoundInline(admin.TabularInline):
    model = Round
    fields = ["position", "name", "seal"]
    template = "articles/desk/_rounds.html"

    def has_view_permission(self, request, obj=None):
        """Whoever may see the route sees its rounds."""
        return True

    def has_add_permission(self, request, obj=None):
        """Rounds in use stay as they are."""
        return False

    has_change_permission = has_delete_permission = has_add_permission


@admin.register(Route)
class RouteAdmin(Ledger):
    list_display = ["name", "is_in_force", "made_at", "made_by", "retired_at"]
    list_select_related = ["made_by"]
    ordering = ["-is_in_force", "-made_at"]
    inlines = [RoundInline]
    may_add = staticmethod(permissions.may_set_rounds)

    def add_view(self, request, form_url="", extra_context=None):
        """Change the rounds: type, look at what comes of it, put it in force."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        former = Route.objects.in_force().first()
        form = RouteForm(request.POST or None, initial=_as_it_is(former))
        rows = RouteRows(request.POST or None, initial=_rounds_as_they_are(former))
        shown = {}
        if request.method == "POST" and form.is_valid() and rows.is_valid():
            plans = [Plan(**row) for row in rows.cleaned_data if row.get("name") or row.get("seal")]
            name = form.cleaned_data["name"]
            shown = _preview(name, plans)
            if "_put" in request.POST:
                try:
                    put_in_force(
                        name, plans, by=request.user, instead_of=form.cleaned_data["instead_of"]
                    )
                except RefusalError as refusal:
                    shown["objections"] = [str(refusal)]
                else:
                    messages.success(request, _("In force: every piece submitted now takes it."))
                    return HttpResponseRedirect(reverse("admin:articles_route_changelist"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Change the rounds"),
            "opts": self.opts,
            "form": form,
            "rows": rows,
            "former": former,
            **shown,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/articles/route/change_rounds.html", context)


def _as_it_is(former: Route | None) -> dict:
    return {"name": former.name, "instead_of": former.pk} if former else {}


def _rounds_as_they_are(former: Route | None) -> list[dict]:
    rounds = former.rounds.select_related("group") if former else []
    return [{"name": each.name, "seal": each.seal, "role": each.group.name} for each in rounds]


def _preview(name: str, plans: list[Plan]) -> dict:
    found = objections(name, plans)
    if found:
        return {"objections": found}
    people = signers(plans)
    return {
        "preview": [(plan, people[plan.role]) for plan in plans],
        "cautions": cautions(plans),
    }
