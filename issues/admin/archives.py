"""The doors of archives: an issue as one file, and an issue restored from one."""

import tempfile

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from articles import addresses as _addresses  # noqa: F401 - registers “number”
from articles.permissions.restoring import may_restore_archive
from issues import permissions
from issues.archive_forms import ArchiveForm
from issues.archiving import intake
from issues.archiving.exporting import export_issue, label
from issues.models import ArchiveFile, Issue
from newsroom.people.registers import Register
from newsroom.people.verdicts import RefusalError


@require_POST
def download(request, pk):
    """Give the archive of an issue as a file; it is made whole before the first byte is sent."""
    issue = Issue.objects.select_related("release").filter(pk=pk).first()
    if not permissions.may_export(request.user, issue):
        raise PermissionDenied
    if issue is None:
        raise Http404
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    try:
        record = export_issue(issue, file, by=request.user)
    except RefusalError as refusal:
        file.close()
        messages.error(request, str(refusal))
        return redirect("admin:issues_issue_change", pk)
    file.seek(0)
    name = f"{label(record)}.zip"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")


@admin.register(ArchiveFile)
class ArchiveFileAdmin(Register):
    """Archives brought to the desk: looked through first, then restored or left."""

    may_look = staticmethod(may_restore_archive)
    may_add = staticmethod(may_restore_archive)
    may_change = staticmethod(may_restore_archive)
    list_display = ["file", "uploaded_by", "uploaded_at", "restored"]
    list_select_related = ["uploaded_by", "batch"]
    list_per_page = 30

    @admin.display(description=gettext_lazy("file"), ordering="file_name")
    def file(self, record):
        """The file, as it was called."""
        return str(record)

    @admin.display(description=gettext_lazy("restored"), boolean=True)
    def restored(self, record):
        """Whether it has become an issue."""
        return record.batch_id is not None

    def get_urls(self):
        """Add the door to the restoration itself."""
        restore = self.admin_site.admin_view(require_POST(self.restore))
        name = "issues_archivefile_restore"
        return [path("<number:pk>/restore/", restore, name=name), *super().get_urls()]

    def add_view(self, request, form_url="", extra_context=None):
        """Take an archive in and go on to what it would do."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = ArchiveForm(request.POST or None, request.FILES or None)
        if form.is_valid():
            try:
                record = intake.take_in(form.cleaned_data["file"], by=request.user)
            except RefusalError as refusal:
                form.add_error("file", str(refusal))
            else:
                return redirect("admin:issues_archivefile_change", record.pk)
        return self._page(request, "upload", title=_("Restore an archive"), form=form)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show what restoring an archive would do, or what came of it."""
        record = self._seen(request, object_id)
        look = refusal = None
        if record.batch is None:
            try:
                look = intake.look_through(record, by=request.user)
            except RefusalError as told:
                refusal = str(told)
        return self._page(
            request, "look", title=_("What would happen"), record=record, look=look,
            refusal=refusal, issue=intake.issue_of(record),
        )  # fmt: skip

    def restore(self, request, pk):
        """Restore the issue and go to it, or say why not."""
        record = self._seen(request, pk)
        try:
            done = intake.restore(record, by=request.user)
        except RefusalError as refusal:
            messages.error(request, str(refusal))
            return redirect("admin:issues_archivefile_change", pk)
        messages.success(request, done.sentence())
        return redirect("admin:issues_issue_change", done.issue.pk)

    def _seen(self, request, pk) -> ArchiveFile:
        """Return an archive that was brought; who may see none is not told which there are."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if (record := self.get_object(request, str(pk))) is None:
            raise Http404
        return record

    def _page(self, request, name, **context):
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        request.current_app = self.admin_site.name
        return TemplateResponse(request, f"admin/issues/archivefile/{name}.html", context)
