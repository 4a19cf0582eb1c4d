"""Verbs of archives that are brought to the desk: take one in, look through it, restore it."""

import hashlib
import tempfile
from contextlib import contextmanager
from datetime import timedelta

import pghistory
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from articles.permissions.restoring import may_restore_archive
from issues.archiving import workflow
from issues.archiving.looking import Look
from issues.archiving.packing import PIECE
from issues.archiving.workflow import Restoration
from issues.models import ArchiveFile, Issue
from newsroom.people import clock
from newsroom.people.models import User
from newsroom.people.refusals import as_refusals
from newsroom.people.verdicts import RefusalError, demand

KEPT = timedelta(days=7)  # for which a file waits to be restored


def take_in(upload: File, *, by: User) -> ArchiveFile:
    """Take an archive in to be looked through; what cannot be read is not kept.

    Raises RefusalError, and OSError when storage is full.
    """
    demand(may_restore_archive(by))
    _clear_away()
    with tempfile.TemporaryFile() as file:
        digest = hashlib.sha256()
        for piece in upload.chunks(PIECE):
            digest.update(piece)
            file.write(piece)
        size = file.tell()
        restored = ArchiveFile.objects.filter(digest=digest.hexdigest(), batch__isnull=False)
        if (known := restored.first()) is not None:
            return known
        workflow.open_archive(file)
        name = path(digest.hexdigest())
        if not default_storage.exists(name):
            file.seek(0)
            default_storage.save(name, File(file))
    with as_refusals(), transaction.atomic(), pghistory.context(user=by.pk, verb="take_in"):
        record, _made = ArchiveFile.objects.update_or_create(
            digest=digest.hexdigest(),
            defaults={"file_name": upload.name[-200:], "size": size, "uploaded_by": by},
        )
    return record


def look_through(record: ArchiveFile, *, by: User) -> Look:
    """Say what restoring an archive that was taken in would do. Raises RefusalError."""
    demand(may_restore_archive(by))
    with _opened(record) as file:
        return workflow.look_into(file, by=by)


def restore(record: ArchiveFile, *, by: User) -> Restoration:
    """Restore the issue in an archive that was taken in. Raises RefusalError."""
    demand(may_restore_archive(by))
    with _opened(record) as file, as_refusals(), transaction.atomic():
        done = workflow.restore_issue(file, by=by)
        if done.batch is not None:
            ArchiveFile.objects.filter(pk=record.pk).update(batch=done.batch)
            transaction.on_commit(lambda: default_storage.delete(path(record.digest)))
    record.refresh_from_db()
    return done


def path(digest: str) -> str:
    """Return the name in storage of an archive that waits. No door leads there."""
    return f"archives/{digest}"


def issue_of(record: ArchiveFile) -> Issue | None:
    """Return the issue that was restored from an archive, if it was."""
    if record.batch_id is None:
        return None
    return Issue.objects.filter(restored__batch=record.batch_id).first()


@contextmanager
def _opened(record: ArchiveFile):
    try:
        file = default_storage.open(path(record.digest))
    except FileNotFoundError:
        raise RefusalError(_("The file is no longer kept. Bring the archive again.")) from None
    with file:
        yield file


def _clear_away() -> None:
    """Throw away files that nobody has restored for some days; their rows stay."""
    old = ArchiveFile.objects.filter(batch=None, uploaded_at__lt=clock.now() - KEPT)
    for digest in old.values_list("digest", flat=True):
        if default_storage.exists(path(digest)):
            default_storage.delete(path(digest))
