"""The doors of archives: an issue as one file, and an issue restored from one."""

import tempfile

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from issues import permissions
from issues.archiving.exporting import export_issue, label
from issues.models import Issue
from newsroom.people.verdicts import RefusalError


@require_POST
def download(request, pk):
    """Give the archive of an issue as a file; it is made whole before the first byte is sent."""
    if not permissions.may_see_issues(request.user):
        raise PermissionDenied
    issue = get_object_or_404(Issue.objects.select_related("release"), pk=pk)
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
