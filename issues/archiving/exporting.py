"""Make the archive of an issue: gather it, write its pages, put its photographs and files in."""

import json
from datetime import datetime
from typing import BinaryIO

from django.utils.translation import gettext as _

from articles import cabinet, darkroom, renditions
from articles.images import negative, rendered
from issues import permissions
from issues.archiving.gathering import gather
from issues.archiving.packing import Packer
from issues.archiving.pages import written
from issues.models import Issue, IssueAct
from newsroom.people import clock
from newsroom.people.models import User
from newsroom.people.verdicts import RefusalError, demand, first_objection


def export_issue(issue: Issue, target: BinaryIO, *, by: User) -> dict:
    """Write the archive of an issue for somebody of the newsroom, and note that they took it.

    Return what it tells of the issue. Raises RefusalError, and OSError when storage is full.
    """
    demand(permissions.may_export(by, issue))
    record = pack(issue, target)
    IssueAct.objects.create(issue=issue, verb="export", by=by, note=label(record))
    return record


def pack(issue: Issue, target: BinaryIO, *, at: datetime | None = None) -> dict:
    """Write the archive of an issue as it stands at an instant; now, unless one is given."""
    record = gather(issue, at=at or clock.now())
    demand(first_objection((not record["pieces"], _("Nothing in this issue is signed yet."))))
    packer = Packer(target)
    for name, text in written(record):
        packer.put(name, text.encode())
    packer.put("issue.json", as_json(record))
    for piece in record["pieces"]:
        for photo in piece.get("photos", ()):
            _put_photo(packer, photo, piece["title"])
        for file in piece.get("files", ()):
            _put_file(packer, file, piece["title"])
    packer.finish()
    return record


def as_json(record: dict) -> bytes:
    """Return what an archive tells as its file has it: to be read by people, too."""
    return json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def label(record: dict) -> str:
    """Return what an archive is called, which is also the name of its file without the ending."""
    told = record["issue"]
    sequence = f"-{told['sequence']}" if told["sequence"] > 1 else ""
    return f"issue-{told['date']}{sequence}{'' if record['public'] else '-unpublished'}"


def _put_photo(packer: Packer, photo: dict, title: str) -> None:
    digest, width = photo["digest"], photo["width"]
    master, ordinary = f"photos/{digest}.webp", f"photos/{digest}.jpg"
    if master in packer:
        return
    quick = renditions.quick_name(width)
    try:
        with darkroom.open(digest, renditions.master_name(width)) as file:
            whole = packer.copy(master, file) == digest
        if darkroom.has(digest, quick):
            with darkroom.open(digest, quick) as file:
                packer.copy(ordinary, file)
        else:
            with darkroom.open(digest, renditions.master_name(width)) as file:
                packer.put(ordinary, rendered(negative(file.read()), quick))
    except FileNotFoundError:
        whole = False
    if not whole:
        raise _lost(title)


def _put_file(packer: Packer, file: dict, title: str) -> None:
    name = f"files/{file['digest']}.{file['kind']}"
    if name in packer:
        return
    try:
        with cabinet.open(file["digest"]) as source:
            whole = packer.copy(name, source) == file["digest"]
    except FileNotFoundError:
        whole = False
    if not whole:
        raise _lost(title)


def _lost(title: str) -> RefusalError:
    return RefusalError(
        _(
            "A photo or file of “{title}” is missing in storage, or is not as it was signed. "
            "Restore it from a backup, then archive the issue."
        ).format(title=title)
    )
