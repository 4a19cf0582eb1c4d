"""Corrections in the desk: the register, a page for each, and the doors to their verbs."""

from django import forms as django_forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from articles import addresses as _addresses  # noqa: F401 - registers “number”
from articles import correction_forms, forms, permissions, workflow
from articles.admin.verbs import Offer, Verb
from articles.models import Act, Correction
from newsroom.people.permissions import nobody
from newsroom.people.registers import Register
from newsroom.people.verdicts import RefusalError

MINE = "mine"


def _plainly(verb):
    return lambda correction, user, data: verb(correction, by=user, **data)


def _waits(correction: Correction, user) -> bool:
    return correction.waits


def _unsigned(correction: Correction, user) -> bool:
    return correction.signed_at is None and correction.dropped_at is None


VERBS: dict[str, Verb] = {
    verb.name: verb
    for verb in (
        Verb("sign_correction", gettext_lazy("Sign"), permissions.may_sign_correction,
             _plainly(workflow.sign_correction), _waits, gettext_lazy("Signed."), forms.SeenForm,
             tone="default"),
        Verb("return_correction", gettext_lazy("Return for changes"),
             permissions.may_return_correction, _plainly(workflow.return_correction), _waits,
             gettext_lazy("Returned to who drew it up."), correction_forms.ReturnCorrectionForm,
             tone="danger"),
        Verb("redraw_correction", gettext_lazy("Change the words"),
             permissions.may_redraw_correction, _plainly(workflow.redraw_correction), _unsigned,
             gettext_lazy("Changed. It passes the rounds from the first."),
             correction_forms.CorrectionForm,
             help=gettext_lazy("Signatures under the old words end.")),
        Verb("drop_correction", gettext_lazy("Drop"), permissions.may_drop_correction,
             _plainly(workflow.drop_correction), _unsigned, gettext_lazy("Dropped."),
             correction_forms.DropCorrectionForm, tone="danger"),
    )
}  # fmt: skip


class StageFilter(admin.SimpleListFilter):
    """Where a correction stands, shown as tabs over the list."""

    title = gettext_lazy("View")
    parameter_name = "stage"

    def lookups(self, request, model_admin):
        """Return the stages by name."""
        return [
            (MINE, _("Waiting for me")),
            ("rounds", _("In review")),
            ("returned", _("Returned")),
            ("public", _("Public")),
            ("dropped", _("Dropped")),
        ]

    def queryset(self, request, queryset):
        """Narrow the list to a stage."""
        stages = {
            MINE: lambda: queryset.waiting_for(request.user),
            "rounds": queryset.in_rounds,
            "returned": queryset.returned,
            "public": queryset.public,
            "dropped": queryset.dropped,
        }
        return stages.get(self.value(), lambda: queryset)()


@admin.register(Correction)
class CorrectionAdmin(Register):
    may_look = staticmethod(permissions.may_see_corrections)
    may_add = staticmethod(nobody)
    may_change = staticmethod(nobody)
    list_display = ["wrong", "article", "drawn_up_at", "signed_at"]
    list_filter = [StageFilter]
    search_fields = ["wrong", "right", "note", "article__headline"]
    list_per_page = 30
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def get_queryset(self, request):
        """Fetch what a line and a page show."""
        return super().get_queryset(request).for_desk()

    def get_urls(self):
        """Add the door to the verbs."""
        do = self.admin_site.admin_view(self.do)
        return [
            path("<number:pk>/do/<slug:verb>/", do, name="articles_correction_do"),
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show a correction: both wordings, its seals, what may be done."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        correction = self.get_object(request, object_id)
        if correction is None:
            raise Http404
        return self._page(request, correction)

    def do(self, request, pk, verb):
        """Do a verb to a correction: the one door of them all."""
        return require_POST(self._do)(request, pk, verb)

    def _do(self, request, pk, name):
        if not self.has_view_permission(request):
            raise PermissionDenied
        correction = get_object_or_404(self.get_queryset(request), pk=pk)
        verb = VERBS.get(name)
        if verb is None:
            raise Http404
        form = verb.form(request.POST, prefix=name)
        try:
            if not form.is_valid():
                raise RefusalError(" ".join(sum(form.errors.values(), [])))
            verb.do(correction, request.user, form.cleaned_data)
        except RefusalError as refusal:
            messages.error(request, str(refusal))
            fresh = self.get_queryset(request).get(pk=pk)
            return self._page(request, fresh, bound=(name, request.POST), status=409)
        messages.success(request, str(verb.done))
        return HttpResponseRedirect(reverse("admin:articles_correction_change", args=[pk]))

    def _page(self, request, correction, *, bound=None, status=200):
        acts = Act.objects.filter(article=correction.article, verb__endswith="_correction")
        context = {
            **self.admin_site.each_context(request),
            "title": _("Correction: {words}").format(words=correction),
            "correction": correction,
            "article": correction.article,
            "offers": _offers(correction, request.user, bound),
            "acts": acts.for_display()[:12],
            "opts": self.opts,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "articles/desk/correction.html", context, status=status)


def _offers(correction: Correction, user, bound) -> list[Offer]:
    """Return the verbs that make sense now, allowed or not."""
    return [
        Offer(verb, verb.may(user, correction), _form(verb, correction, bound))
        for verb in VERBS.values()
        if verb.fits(correction, user)
    ]


def _form(verb: Verb, correction: Correction, bound) -> django_forms.Form:
    data = bound[1] if bound and bound[0] == verb.name else None
    words = {name: getattr(correction, name) for name in ("wrong", "right", "note")}
    initial = words | {"printed_where": correction.printed_where, "seen": correction.revision}
    return verb.form(data, prefix=verb.name, initial=initial)
