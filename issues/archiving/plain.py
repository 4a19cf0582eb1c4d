"""What an archive says in plain text: its pieces, and what lies in its folder."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from articles.markup import paragraphs

README = """{paper}　{issue}

这是一期报纸的存档。用任何浏览器打开 index.html 就能读，不需要网络，也不需要别的程序。

  index.html        本期目录，按版排列
  articles/         每篇稿件一页
  text/             每篇稿件的纯文本（UTF-8）
  photos/           图片：.webp 是原样，.jpg 供阅读
  files/            随稿附件
  issue.json        恢复这一期所需的全部数据：版面、稿件、签字、更正
  manifest.sha256   每个文件的 SHA-256

核对有没有被改动：在本文件夹里运行
  sha256sum -c manifest.sha256

This is an archived issue of a newspaper. Open index.html in any browser; it needs no network and no
other program. issue.json holds all that is needed to restore the issue: its field "format" names
the format, "version" its version. To check that nothing was changed: sha256sum -c manifest.sha256
"""
UNPUBLISHED = """
这一期存档时尚未发布，仅供编辑部内部使用。
Not published when this was archived; for the newsroom only.
"""


def readme(issue) -> str:
    """Return what lies in the folder of an archive, in Chinese and in English."""
    told = README.format(paper=issue.site["paper"], issue=issue.name)
    return told if issue.public else told + UNPUBLISHED


def plain_text(piece) -> str:
    """Return all that is to be read of an archived piece, without any markup."""
    parts = [_head(piece), _text(piece), _beside(piece), _afterwards(piece), _foot(piece)]
    return "\n\n".join("\n".join(lines) for lines in parts if lines) + "\n"


def _head(piece) -> list[str]:
    issue, covers = piece.issue, piece.covers
    place = "　".join((issue.site["paper"], issue.name, piece.page_label))
    warning = _("Not published when this was archived. For the newsroom only.")
    titles = [covers[name] for name in ("column_label", "kicker", "headline", "deck")]
    lines = [place, "" if issue.public else warning, *titles, piece.byline]
    return [line for line in lines if line]


def _text(piece) -> list[str]:
    text, dateline = paragraphs(piece.covers["body"]), piece.covers["dateline"]
    if text and dateline:
        text[0] = f"{dateline}　{text[0]}"
    return ["\n\n".join(text)] if text else []


def _beside(piece) -> list[str]:
    lines = []
    for photo in piece.photos:
        words = "　".join(filter(None, (photo.caption, photo.credit, photo.video_url)))
        lines.append(_("Photo:") + f"{words}　[{photo.master}]")
        if photo.alternative_text:
            lines.append(_("It shows:") + photo.alternative_text)
    return [*lines, *(_("Attachment:") + f"{each.name}　[{each.path}]" for each in piece.files)]


def _afterwards(piece) -> list[str]:
    changed = [
        pgettext("reader", "Changed:") + f"{minute(note.at)}　{note.note}" for note in piece.notes
    ]
    corrected = [
        _("Corrected:") + f"{minute(each['signed_at'])}　{_correction(each)}"
        for each in piece.corrections
    ]
    back = [f"{minute(each['at'])}　{each['note']}" for each in piece.put_up_again]
    return [*changed, *corrected, *back]


def _correction(correction: dict) -> str:
    said = _("“{wrong}” should read “{right}”.").format(
        wrong=correction["wrong"], right=correction["right"]
    )
    return "　".join(filter(None, (correction["printed_where"], said, correction["note"])))


def _foot(piece) -> list[str]:
    address = f"{piece.issue.site['address']}/articles/{piece.number}/"
    published = _("Published:") + minute(piece.published_at) if piece.issue.public else ""
    return [*map(_signature, piece.signed), "　".join(filter(None, (published, address)))]


def _signature(signature) -> str:
    name = signature.name
    if signature.on_behalf_of:
        name += _("(for {name})").format(name=signature.on_behalf_of)
    return f"{signature.round}　{name}　{minute(signature.at)}"


def minute(at: datetime) -> str:
    """Return an instant as it is printed, in the time zone of the paper."""
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
