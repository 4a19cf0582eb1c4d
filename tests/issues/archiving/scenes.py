"""An issue worth archiving, and its archive."""

import hashlib
import io
import json
import shutil
import zipfile
from datetime import date
from functools import cache

from django.core.files.storage import default_storage
from django.db import connection
from PIL import Image

from articles import cabinet, workflow
from articles.markup import with_photo_numbers
from articles.sealing import fingerprint
from issues import workflow as issue_workflow
from issues.archiving.exporting import as_json, pack
from issues.archiving.packing import MANIFEST, Packer
from issues.models import Issue
from tests import factories, photographs, traces

DAY = date(2023, 12, 8)
PDF = (
    b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R/OpenAction 9 0 R>>\nendobj\n"
    b"2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
    b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>\nendobj\n"
    b"9 0 obj\n[3 0 R /Fit]\nendobj\n"
    b"trailer\n<</Root 1 0 R/Size 20>>\nstartxref\n9\n%%EOF\n"
)


def illustrated(cast, seed: int = 1, **fields):
    """Return a draft with a picture in its text and one beside it."""
    article = factories.draft(cast, **fields)
    small = (480, 320)
    inside = photographs.hung(article, photographs.kept(seed, small), caption="读者在看书。")
    photographs.hung(
        article,
        photographs.kept(seed + 1, small),
        position=1,
        caption="新馆外景。",
        credit="梁序 摄",
    )
    figure = f'<figure data-photo="{inside.pk}" data-size="half"></figure>'
    article.body = article.body.replace("</p>", f"</p>{figure}", 1)
    article.save()
    digest = hashlib.sha256(PDF).hexdigest()
    cabinet.keep(digest, PDF)
    factories.with_attachment(article, digest, size=len(PDF))
    return article


def signed(cast, article):
    """Let a draft pass its three rounds."""
    workflow.submit(article, by=article.filed_by)
    return factories.signed_by(cast, article, cast.editor, cast.desk_head, cast.chief)


def rich_issue(cast, *, live=True, day=DAY) -> Issue:
    """Make an issue of two pages: pictures, a file, a correction, a withdrawal, a piece alone."""
    first = illustrated(cast, headline="河畔旧厂|开出图书馆", kicker="老城新事", deck="三层 & 六间")
    first = signed(cast, first)
    alone = factories.live_alone(cast, headline="水库今日泄洪")
    gone = factories.approved(cast, headline="已经撤下的活动")
    plain = factories.approved(cast, headline="", kind="brief", body="<p>灯会今晚开幕。</p>")
    issue = factories.issue(cast, first, alone, pages=[(1, "要闻"), (2, "民生")], day=day)
    for article in (gone, plain):
        issue_workflow.place(issue, by=cast.issue_editor, article=article, page=2)
    issue_workflow.close(issue, by=cast.issue_editor)
    if live:
        issue_workflow.schedule(issue, by=cast.issue_editor)
        workflow.withdraw(gone, by=cast.chief, reason="内部原因", public_note="活动取消。")
        factories.signed_correction(cast, first, wrong="三层", right="四层", printed_where="第1版")
    return Issue.objects.get(pk=issue.pk)


def archived(issue, **how) -> bytes:
    """Return the archive of an issue."""
    file = io.BytesIO()
    pack(issue, file, **how)
    return file.getvalue()


@cache
def an_archive() -> bytes:
    """Return the archive of a rich issue that is not here any more; made once."""
    with traces.undone():
        return archived(rich_issue(factories.Cast()))


def opened(archive: bytes) -> zipfile.ZipFile:
    """Return an archive to look into."""
    return zipfile.ZipFile(io.BytesIO(archive))


def told(archive: bytes) -> dict:
    """Return what an archive tells."""
    return json.loads(opened(archive).read("issue.json"))


# Elsewhere, and prepared by somebody

KEPT = {"articles_section", "articles_correspondent", "articles_route", "articles_round",
        "issues_pageformat", "articles_checklistrule"}  # fmt: skip


def emptied() -> None:
    """Take all pieces, issues, pictures and files away, as in a database newly made."""
    traces.speak_now()
    tables = [model._meta.db_table for model in traces.our_models("articles", "issues")]
    with traces.without_guards(), connection.cursor() as cursor:
        for table in set(tables) - KEPT:
            cursor.execute(f'DELETE FROM "{table}"')
    for folder in ("photos", "originals", "files"):
        shutil.rmtree(default_storage.path(folder), ignore_errors=True)


def rebuilt(archive: bytes, **changes) -> bytes:
    """Return an archive with other files in it, and a manifest that fits them."""
    held = opened(archive)
    files = {name: held.read(name) for name in held.namelist() if name != MANIFEST} | changes
    file = io.BytesIO()
    packer = Packer(file)
    for name, content in files.items():
        if content is not None:
            packer.put(name, content)
    packer.finish()
    return file.getvalue()


def retold(archive: bytes, change, *, resign: bool = True) -> bytes:
    """Return an archive that tells something else, with fingerprints that fit what it tells."""
    data = told(archive)
    change(data)
    for piece in data["pieces"] if resign else ():
        if "covers" in piece:
            piece["fingerprint"] = fingerprint(piece["covers"])
            piece["signed"]["fingerprint"] = piece["fingerprint"]
    return rebuilt(archive, **{"issue.json": as_json(data)})


def a_photo(archive: bytes) -> bytes:
    """Return the master of a picture in an archive."""
    held = opened(archive)
    return held.read(min(name for name in held.namelist() if name.endswith(".webp")))


def as_jpeg(data: bytes) -> bytes:
    """Return a picture as a JPEG file."""
    file = io.BytesIO()
    Image.open(io.BytesIO(data)).save(file, "JPEG")
    return file.getvalue()


def with_another_photo(archive: bytes, data: bytes) -> bytes:
    """Return an archive in which something else stands for its first photo, by its own digest."""
    digest = hashlib.sha256(data).hexdigest()

    def change(record):
        first = record["pieces"][0]
        first["photos"][0]["digest"] = first["covers"]["photos"][0][0] = digest

    return rebuilt(retold(archive, change), **{f"photos/{digest}.webp": data})


def with_another_file(archive: bytes, data: bytes) -> bytes:
    """Return an archive in which something else stands for its attached file."""
    digest = hashlib.sha256(data).hexdigest()

    def change(record):
        first = record["pieces"][0]
        first["files"][0]["digest"] = first["covers"]["attachments"][0][0] = digest

    return rebuilt(retold(archive, change), **{f"files/{digest}.pdf": data})


def portable(archive: bytes) -> dict:
    """Return what an archive tells, without the keys that are another site's own business."""
    data = told(archive)
    people, sections = data.pop("correspondents"), data.pop("sections")
    for piece in data["pieces"]:
        if "covers" not in piece:
            continue
        covers = piece["covers"]
        piece["number"] = piece["fingerprint"] = None
        covers["section"] = sections.get(str(covers["section"]), {}).get("slug")
        for byline in covers["bylines"]:
            byline[0] = people.get(str(byline[0]))
        numbers = {}
        for place, photo in enumerate(piece["photos"]):
            numbers[photo["number"]], photo["number"] = place, place
            photo["photographer"] = people.get(str(photo["photographer"]))
        covers["body"] = with_photo_numbers(covers["body"], numbers)
    return data
