"""Tables of old addresses in the desk: brought, looked through, imported, and what was refused."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from newsroom.people.verdicts import RefusalError
from newsroom.readers import importing
from newsroom.readers.admin.redirects import Keeping, as_table, told
from newsroom.readers.models import RedirectImport
from newsroom.readers.redirect_forms import ColumnsForm, TableForm


@admin.register(RedirectImport)
class RedirectImportAdmin(Keeping):
    list_display = ["file_name", "rows", "is_imported", "uploaded_by", "uploaded_at"]
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
        """Add the doors to the columns, to the import itself, and to what it leaves out."""
        guarded, name = self.admin_site.admin_view, "readers_redirectimport"
        doors = {
            "columns": require_POST(self.columns),
            "import": require_POST(self.bring_in),
            "refused": require_safe(self.refused),
        }
        return [
            *(
                path(f"<number:pk>/{word}/", guarded(door), name=f"{name}_{word}")
                for word, door in doors.items()
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
        """Show what importing a table would do, how far it is, or what came of it."""
        record = self.seen(request, object_id)
        under_way = record.imported_at is None and importing.is_under_way(record)
        look = columns = None
        if not (record.imported_at or under_way or record.is_settled):
            look = importing.look_through(record)
            columns = ColumnsForm(heading=record.table[0], initial=record.__dict__)
        return self.page(
            request, "look", title=_("What would happen"), subtitle=str(record), record=record,
            look=look, columns=columns, under_way=under_way,
        )  # fmt: skip

    def columns(self, request, pk):
        """Take another choice of columns and show what would happen then."""
        record = self.seen(request, pk)
        heading = record.table[0] if record.table and not record.is_settled else []
        form = ColumnsForm(request.POST, heading=heading)
        try:
            if form.is_valid():
                importing.choose_columns(record, by=request.user, **form.cleaned_data)
        except RefusalError as refusal:
            messages.error(request, str(refusal))
        return redirect("admin:readers_redirectimport_change", pk)

    def bring_in(self, request, pk):
        """Import the table, or have it imported, and say what came of it."""
        record = self.seen(request, pk)
        there = reverse("admin:readers_redirectimport_change", args=[pk])
        try:
            done = importing.begin(record, by=request.user)
        except RefusalError as refusal:
            messages.error(request, str(refusal))
        else:
            if done:
                messages.success(request, told(done))
        return redirect(there)

    def refused(self, request, pk):
        """Give the rows that cannot be imported as a table, each with its reason."""
        record = self.seen(request, pk)
        heading = [_("old address"), _("target"), _("note"), _("what is wrong"), _("row")]
        rows = importing.refused_rows(record)
        return as_table(
            f"refused-{pk}.csv",
            heading,
            ([each.old, each.target, each.note, each.error, each.number] for each in rows),
        )
