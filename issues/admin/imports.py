"""Editions brought in by hand: the upload, the proposal to mend, the import."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from articles import addresses as _addresses  # noqa: F401 - registers “number”
from articles.kinds import Credit, Kind
from issues import permissions, proposals
from issues.galley import LABELS, Galley
from issues.import_forms import MEND_FORMS, ConfirmForm, UploadForm
from issues.models import EditionImport
from newsroom.people.registers import Register
from newsroom.people.verdicts import RefusalError


@admin.register(EditionImport)
class EditionImportAdmin(Register):
    may_look = staticmethod(permissions.may_see_issues)
    may_add = staticmethod(permissions.may_plan)
    may_change = staticmethod(permissions.may_plan)
    list_display = ["day", "came_from", "uploaded_by", "uploaded_at", "became"]
    list_select_related = ["uploaded_by", "issue"]
    list_per_page = 30

    def get_queryset(self, request):
        """Leave the texts where they are; a list shows none of them."""
        return super().get_queryset(request).defer("text", "proposal")

    @admin.display(description=gettext_lazy("issue"), ordering="date")
    def day(self, record):
        """The issue it is for."""
        return f"{record.date:%Y-%m-%d}" + (f"-{record.sequence}" if record.sequence > 1 else "")

    @admin.display(description=gettext_lazy("file"))
    def came_from(self, record):
        """The file it came from."""
        return record.file_name or _("Pasted text")

    @admin.display(description=gettext_lazy("imported"), boolean=True)
    def became(self, record):
        """Whether it has become an issue."""
        return record.confirmed_at is not None

    # Doors

    def get_urls(self):
        """Add the doors to mending and to the import itself."""
        guarded = self.admin_site.admin_view
        name = "issues_editionimport"
        return [
            path("<number:pk>/mend/<slug:verb>/", guarded(self.mend), name=f"{name}_mend"),
            path("<number:pk>/confirm/", guarded(self.confirm), name=f"{name}_confirm"),
            *super().get_urls(),
        ]

    def add_view(self, request, form_url="", extra_context=None):
        """Take an edition in and show what was read."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = UploadForm(request.POST or None, request.FILES or None)
        if form.is_valid():
            data = form.cleaned_data
            wanted = {name: data[name] for name in ("date", "sequence", "number", "file_name")}
            try:
                record = proposals.propose(data["text"], by=request.user, **wanted)
            except RefusalError as refusal:
                form.add_error(None, str(refusal))
            else:
                return redirect("admin:issues_editionimport_change", record.pk)
        return self._page(request, "upload", title=_("Import an edition"), form=form)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show what was read, to be mended; after the import, to be looked at."""
        record = self._seen(request, object_id)
        proposal = proposals.Proposal.of(record)
        return self._page(
            request,
            "proposal",
            title=_("What was read"),
            subtitle=str(record),
            record=record,
            galley=Galley(proposal),
            seen=proposal.revision,
            open=record.confirmed_at is None and self.has_change_permission(request),
            confirm=ConfirmForm(initial={"seen": proposal.revision}),
            labels=list(LABELS.items()),
            kinds=Kind.choices,
            deeds=Credit.choices,
        )

    def _seen(self, request, pk) -> EditionImport:
        """Return an import; who may see none is not told which there are."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if (record := self.get_object(request, str(pk))) is None:
            raise Http404
        return record

    @method_decorator(require_POST)
    def mend(self, request, pk, verb):
        """Do a mend and come back to the piece."""
        record = self._seen(request, pk)
        if verb not in MEND_FORMS:
            raise Http404
        form = MEND_FORMS[verb](request.POST)
        try:
            _demand_valid(form)
            proposals.mend(record, verb, by=request.user, **form.cleaned_data)
        except RefusalError as refusal:
            messages.error(request, str(refusal))
        at = form.cleaned_data.get("at", 0) - (verb == "merge")
        back = reverse("admin:issues_editionimport_change", args=[pk])
        return redirect(f"{back}#piece-{max(at, 0)}")

    @method_decorator(require_POST)
    def confirm(self, request, pk):
        """Import the proposal and go to its issue."""
        record = self._seen(request, pk)
        form = ConfirmForm(request.POST)
        try:
            _demand_valid(form)
            report = proposals.confirm(record, by=request.user, **form.cleaned_data)
        except RefusalError as refusal:
            messages.error(request, str(refusal))
            return redirect("admin:issues_editionimport_change", pk)
        messages.success(request, report.sentence())
        return redirect("admin:issues_issue_change", report.issue.pk)

    def _page(self, request, name, **context):
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        request.current_app = self.admin_site.name
        return TemplateResponse(request, f"admin/issues/editionimport/{name}.html", context)


def _demand_valid(form) -> None:
    if not form.is_valid():
        raise RefusalError(" ".join(error for errors in form.errors.values() for error in errors))
