"""Old addresses in the desk: one by one, for all pages of an issue, and as a table back out."""

import csv

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from articles import addresses as _addresses  # noqa: F401 - registers “number”
from newsroom.people.registers import Register
from newsroom.people.verdicts import RefusalError
from newsroom.readers.models import Redirect
from newsroom.readers.permissions import may_keep_addresses
from newsroom.readers.redirect_forms import PagesForm, RedirectForm
from newsroom.readers.workflow import redirecting


class Keeping(Register):
    """What planners and administrators keep."""

    may_look = staticmethod(may_keep_addresses)
    may_add = staticmethod(may_keep_addresses)
    may_change = staticmethod(may_keep_addresses)

    def seen(self, request, pk):
        """Return a row; who may see none is not told which there are."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if (record := self.get_object(request, str(pk))) is None:
            raise Http404
        return record

    def page(self, request, name, **context):
        """Show a page of this register."""
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        request.current_app = self.admin_site.name
        folder = f"admin/readers/{self.opts.model_name}"
        return TemplateResponse(request, f"{folder}/{name}.html", context)


@admin.register(Redirect)
class RedirectAdmin(Keeping):
    list_display = ["address", "leads_to", "note", "in_force", "made_by", "made_at"]
    list_filter = ["off"]
    list_select_related = ["article", "issue", "section", "made_by"]
    search_fields = ["address", "note"]
    list_per_page = 50
    show_full_result_count = False

    @admin.display(description=gettext_lazy("leads to"))
    def leads_to(self, record):
        """Where it leads."""
        return record.target

    @admin.display(description=gettext_lazy("in force"), boolean=True)
    def in_force(self, record):
        """Whether readers are led on."""
        return not record.off

    def get_urls(self):
        """Add the doors to switching off and to the table of them all."""
        guarded, name = self.admin_site.admin_view, "readers_redirect"
        return [
            path("table/", guarded(require_safe(self.export)), name=f"{name}_table"),
            path("pages/", guarded(self.pages), name=f"{name}_pages"),
            path("<number:pk>/switch/", guarded(require_POST(self.switch)), name=f"{name}_switch"),
            *super().get_urls(),
        ]

    def add_view(self, request, form_url="", extra_context=None):
        """Enter an old address."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        return self._enter(request, RedirectForm(request.POST or None), _("Add an old address"))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show an old address, to be led elsewhere or switched off."""
        record = self.seen(request, object_id)
        first = {"address": record.address, "target": record.target, "note": record.note}
        form = RedirectForm(request.POST or None, initial=first)
        form.fields["address"].disabled = True
        return self._enter(request, form, record.address, record=record)

    def _enter(self, request, form, title, **context):
        if form.is_valid():
            try:
                done = redirecting.lead_on(**form.cleaned_data, by=request.user)
            except RefusalError as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(
                    request,
                    _("{old} leads to {new}.").format(old=done.address, new=done.target),
                )
                return redirect("admin:readers_redirect_changelist")
        return self.page(request, "enter", title=title, form=form, **context)

    def pages(self, request):
        """Enter the addresses that all pages of an issue had."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = PagesForm(request.POST or None)
        if form.is_valid():
            try:
                done = redirecting.lead_pages_on(**form.cleaned_data, by=request.user)
            except RefusalError as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, told(done))
                return redirect("admin:readers_redirect_changelist")
        return self.page(request, "enter", title=_("The pages of an issue"), form=form)

    def switch(self, request, pk):
        """Switch an old address off, or on again."""
        record = self.seen(request, pk)
        try:
            redirecting.switch(record, by=request.user, off=not record.off)
        except RefusalError as refusal:
            messages.error(request, str(refusal))
        return redirect("admin:readers_redirect_change", pk)

    def export(self, request):
        """Give all of them as a table that can be imported again."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        rows = self.get_queryset(request).for_display().filter(off=False).order_by("address")
        found = rows.iterator(chunk_size=2000)
        return as_table(
            "old-addresses.csv",
            [_("old address"), _("target"), _("note")],
            ([each.address, each.target, each.note] for each in found),
        )


def as_table(name: str, heading: list[str], rows) -> StreamingHttpResponse:
    """Return rows as a CSV file, sent as they are made; no cell of it is taken for a formula."""
    writer = csv.writer(_Echo())

    def lines():
        yield "\ufeff" + writer.writerow(heading)
        for row in rows:
            yield writer.writerow([_harmless(str(cell)) for cell in row])

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def told(done: redirecting.Done) -> str:
    """Return what came of leading many on, in a sentence."""
    words = ngettext(
        "{count} old address is new, {changed} lead elsewhere, {same} stay as they were.",
        "{count} old addresses are new, {changed} lead elsewhere, {same} stay as they were.",
        done.new,
    )
    return words.format(count=done.new, changed=done.changed, same=done.same)


def _harmless(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


class _Echo:
    """A file that gives back what is written, for a table that is sent as it is made."""

    def write(self, value):
        return value
