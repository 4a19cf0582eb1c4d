"""An issue worth archiving, and its archive."""

import hashlib
import io
import json
import zipfile
from datetime import date

from articles import cabinet, workflow
from issues import workflow as issue_workflow
from issues.archiving.exporting import pack
from issues.models import Issue
from tests import factories, photographs

DAY = date(2023, 12, 8)
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
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


def opened(archive: bytes) -> zipfile.ZipFile:
    """Return an archive to look into."""
    return zipfile.ZipFile(io.BytesIO(archive))


def told(archive: bytes) -> dict:
    """Return what an archive tells."""
    return json.loads(opened(archive).read("issue.json"))
