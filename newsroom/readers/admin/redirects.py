"""Old addresses in the desk: one by one, from a table, for all pages of an issue, and back out."""

import csv

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from articles import addresses as _addresses  # noqa: F401 - registers “number”
from newsroom.people.registers import Register
from newsroom.people.verdicts import RefusalError
from newsroom.readers import importing
from newsroom.readers.models import Redirect, RedirectImport
from newsroom.readers.permissions import may_keep_addresses
from newsroom.readers.redirect_forms import ColumnsForm, PagesForm, RedirectForm, TableForm
from newsroom.readers.workflow import redirecting


class _Echo:
    """A file that gives back what is written, for a table that is sent as it is made."""

    def write(self, value):
        return value


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
                messages.success(request, _told(done))
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
        writer = csv.writer(_Echo())
        heading = [_("old address"), _("target"), _("note")]

        def lines():
            yield "\ufeff" + writer.writerow(heading)
            for each in rows.iterator(chunk_size=2000):
                yield writer.writerow([each.address, each.target, _harmless(each.note)])

        response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = 'attachment; filename="old-addresses.csv"'
        return response


def _told(done: redirecting.Done) -> str:
    told = ngettext(
        "{count} old address is new, {changed} lead elsewhere, {same} stay as they were.",
        "{count} old addresses are new, {changed} lead elsewhere, {same} stay as they were.",
        done.new,
    )
    return told.format(count=done.new, changed=done.changed, same=done.same)


def _harmless(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


@admin.register(RedirectImport)
class RedirectImportAdmin(Keeping):
    list_display = ["file_name", "uploaded_by", "uploaded_at", "rows", "is_imported"]
    list_select_related = ["uploaded_by"]
    list_per_page = 30

    def get_queryset(self, request):
        """Leave the tables where they are in lists."""
        return super().get_queryset(request).defer("table")

    @admin.display(description=gettext_lazy("imported"), boolean=True)
    def is_imported(self, record):
        """Whether its rows have become old addresses."""
        return record.imported_at is not None

    def get_urls(self):
        """Add the doors to the columns and to the import itself."""
        guarded, name = self.admin_site.admin_view, "readers_redirectimport"
        return [
            path(
                "<number:pk>/columns/", guarded(require_POST(self.columns)), name=f"{name}_columns"
            ),
            path(
                "<number:pk>/import/", guarded(require_POST(self.bring_in)), name=f"{name}_import"
            ),
            *super().get_urls(),
        ]

    def add_view(self, request, form_url="", extra_context=None):
        """Take a table in and show what was read."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = TableForm(request.POST or None, request.FILES or None)
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                record = importing.take_in(file.name, file.read(), by=request.user)
            except RefusalError as refusal:
                form.add_error("file", str(refusal))
            else:
                return redirect("admin:readers_redirectimport_change", record.pk)
        return self.page(request, "upload", title=_("Import old addresses"), form=form)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show what importing a table would do, or what came of it."""
        record = self.seen(request, object_id)
        look = columns = None
        if record.imported_at is None:
            look = importing.look_through(record)
            columns = ColumnsForm(heading=record.table[0], initial=record.__dict__)
        return self.page(
            request, "look", title=_("What would happen"), subtitle=str(record), record=record,
            look=look, columns=columns,
        )  # fmt: skip

    def columns(self, request, pk):
        """Take another choice of columns and show what would happen then."""
        record = self.seen(request, pk)
        form = ColumnsForm(request.POST, heading=record.table[0] if record.table else [])
        try:
            if form.is_valid():
                importing.choose_columns(record, by=request.user, **form.cleaned_data)
        except RefusalError as refusal:
            messages.error(request, str(refusal))
        return redirect("admin:readers_redirectimport_change", pk)

    def bring_in(self, request, pk):
        """Import the table and say what came of it."""
        record = self.seen(request, pk)
        try:
            done = importing.import_all(record, by=request.user)
        except RefusalError as refusal:
            messages.error(request, str(refusal))
            return redirect("admin:readers_redirectimport_change", pk)
        messages.success(request, _told(done))
        return redirect(reverse("admin:readers_redirect_changelist"))
