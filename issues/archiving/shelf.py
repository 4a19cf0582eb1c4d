"""Archives as files on a disk: one written whole or not at all, and what a terminal is told."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.permissions.restoring import may_restore_archive
from issues.addresses import EditionConverter
from issues.archiving.exporting import label, pack
from issues.archiving.workflow import Say, look_into, restore_issue
from issues.models import Issue
from newsroom.people.models import User
from newsroom.people.permissions import may_administer
from newsroom.people.verdicts import RefusalError


def save_issue(address: str, to: Path) -> str:
    """Archive an issue into a file or a folder and say what was done. Raises RefusalError."""
    issue = _named(address)
    folder = to if to.is_dir() else to.parent
    try:
        descriptor, partial = tempfile.mkstemp(dir=folder, suffix=".part")
    except OSError as problem:
        raise _unwritable(folder, problem) from None
    try:
        with os.fdopen(descriptor, "w+b") as file:
            record = pack(issue, file)
            file.flush()
            os.fsync(file.fileno())
        place = to / f"{label(record)}.zip" if to.is_dir() else to
        os.chmod(partial, 0o600)  # it may hold what is not published yet
        os.replace(partial, place)
    except OSError as problem:
        raise _unwritable(folder, problem) from None
    finally:
        with suppress(FileNotFoundError):
            os.unlink(partial)
    return _told(record, place)


def _named(address: str) -> Issue:
    try:
        edition = EditionConverter().to_python(address)
    except ValueError:
        sentence = _("“{address}” names no issue. Write its date: 2023-12-08.")
        raise RefusalError(sentence.format(address=address)) from None
    dated = Issue.objects.dated(*edition).exclude(status=Issue.Status.CANCELLED)
    issue = dated.select_related("release").first()
    if issue is None:
        raise RefusalError(_("There is no issue {address}.").format(address=address))
    return issue


def _told(record: dict, place: Path) -> str:
    pieces = [each for each in record["pieces"] if "covers" in each]
    photos = {photo["digest"] for each in pieces for photo in each["photos"]}
    said = ngettext("{place}: {n} piece", "{place}: {n} pieces", len(pieces))
    parts = [
        said.format(place=place, n=len(pieces)),
        ngettext("{n} photo", "{n} photos", len(photos)).format(n=len(photos)),
        _("{size:.1f} MB").format(size=place.stat().st_size / 1_000_000),
    ]
    if not record["public"]:
        parts.append(_("not published yet: for the newsroom only"))
    return ", ".join(parts)


def _unwritable(folder: Path, problem: OSError) -> RefusalError:
    return RefusalError(
        _("{file} cannot be written: {reason}.").format(file=folder, reason=problem.strerror)
    )


def bring_back(path: Path, *, by: str | None, dry: bool, say: Say) -> str:
    """Restore the archive in a file, or say what that would do. Raises RefusalError."""
    person = _who_restores(by)
    try:
        with path.open("rb") as file:
            if not dry:
                done = restore_issue(file, by=person, say=say)
                return "\n".join([done.sentence(), *done.look.remarks])
            look = look_into(file, by=person, say=say)
    except OSError as problem:
        sentence = _("{file} cannot be read: {reason}.")
        raise RefusalError(sentence.format(file=path, reason=problem.strerror)) from None
    if look.objections:
        raise RefusalError("\n".join(look.objections))
    lines = [f"  {line.title}　{line.word}" for line in look.lines]
    return "\n".join([look.sentence(), *lines, *look.remarks])


def _who_restores(username: str | None) -> User:
    if username:
        person = User.objects.filter(username=username).first()
        if person is None:
            raise RefusalError(_("Nobody logs in as “{name}”.").format(name=username))
        return person
    able = [
        each
        for each in User.objects.filter(is_active=True).order_by("pk")
        if may_restore_archive(each)
    ]
    administrators = [each for each in able if may_administer(each)]
    if not able:
        raise RefusalError(
            _("There is no chief editor or administrator yet. Make an account: createsuperuser.")
        )
    return (administrators or able)[0]
