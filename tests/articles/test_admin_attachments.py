"""Files and videos in the form of a piece: sent, named, moved, taken off; nothing typed is lost."""

import hashlib
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from articles import workflow
from articles.models import Article, Attachment
from articles.models.attachments import MOST
from articles.typeset import Sheet, typeset
from tests import factories
from tests.articles.desk_pages import address, blank, form_of, signed_in, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


@pytest.fixture(scope="module")
def document() -> bytes:
    sheet = Sheet(paper="棠溪时讯", name="附件", number="1", title="阅览证申请表")
    return typeset(sheet, at=timezone.now())


def sent(data: bytes, name="申请表.pdf", kind="application/pdf", row=0) -> dict:
    return {f"attachments-{row}-upload": SimpleUploadedFile(name, data, kind)}


def new_row(title="阅览证申请表") -> dict:
    return blank("attachments", 1) | {"attachments-0-title": title}


def test_a_file_is_kept_with_the_piece_and_shown_in_every_page_of_the_desk(cast, document):
    article, client = factories.draft(cast), signed_in(cast.writer)
    answer = client.post(address(article), form_of(article) | new_row() | sent(document))
    assert answer.status_code == 302
    kept = article.attachments.get()
    assert (kept.title, kept.kind, kept.size) == ("阅览证申请表", "pdf", len(document))
    assert kept.digest == hashlib.sha256(document).hexdigest()
    where = reverse("admin:attachment", args=[article.pk, kept.digest, "pdf"])
    for page in ("change", "read", "preview"):
        assert f'href="{where}"' in text(client.get(address(article, page)))
    assert BytesIO(client.get(where).getvalue()).read() == document


def test_what_a_file_says_of_itself_plays_no_part(cast, document):
    article = factories.draft(cast)
    lying = sent(document, "../../报名.exe", "text/html")
    signed_in(cast.writer).post(address(article), form_of(article) | new_row() | lying)
    assert article.attachments.get().kind == "pdf"


@pytest.mark.parametrize("data", [b"MZ" + b"\0" * 99, b"", b"%PDF-1.7 half"])
def test_a_refused_file_is_refused_at_its_field_and_the_words_stay(cast, data, settings):
    article = factories.draft(cast)
    typed = form_of(article, headline="留住的题") | new_row("留住的名称") | sent(data)
    answer = signed_in(cast.writer).post(address(article), typed)
    assert answer.status_code == 200
    row = answer.context["inline_admin_formsets"][2].formset.forms[0]
    assert "upload" in row.errors
    assert "留住的题" in text(answer)
    assert "留住的名称" in text(answer)
    assert not Attachment.objects.exists()
    assert not Path(settings.MEDIA_ROOT, "files").exists() or data


def test_a_name_without_a_file_asks_for_the_file(cast):
    article = factories.draft(cast)
    answer = signed_in(cast.writer).post(address(article), form_of(article) | new_row())
    assert "请选择文件。" in text(answer)


def test_files_are_renamed_moved_and_taken_off(cast):
    article = factories.draft(cast)
    for number, title in enumerate(("甲", "乙", "丙")):
        factories.with_attachment(article, title=title, position=number)
    typed = form_of(article) | {
        "attachments-0-title": "甲改",
        "attachments-0-position": 9,
        "attachments-1-DELETE": "on",
    }
    assert signed_in(cast.writer).post(address(article), typed).status_code == 302
    assert [each.title for each in article.attachments.all()] == ["丙", "甲改"]


def test_another_file_may_take_the_place_of_one(cast, document):
    article = factories.draft(cast)
    former = factories.with_attachment(article, kind="docx")
    signed_in(cast.writer).post(address(article), form_of(article) | sent(document))
    now = article.attachments.get()
    assert (now.pk, now.kind, now.title) == (former.pk, "pdf", former.title)
    assert now.digest != former.digest


def test_a_piece_offers_so_many_files_and_no_more(cast):
    article = factories.draft(cast)
    for number in range(MOST):
        factories.with_attachment(article, position=number)
    typed = form_of(article) | {"attachments-TOTAL_FORMS": MOST + 1}
    typed |= {f"attachments-{MOST}-title": "多一个"}
    answer = signed_in(cast.writer).post(address(article), typed)
    assert answer.status_code == 200
    assert article.attachments.count() == MOST


def test_a_second_click_with_a_file_files_once(cast, document):
    client, page = signed_in(cast.writer), reverse("admin:articles_article_add")
    typed = form_of(Article(), headline="灯会", body="<p>昨晚开幕。</p>") | new_row()
    for _click in range(2):
        client.post(page, typed | sent(document))
    assert Article.objects.get().attachments.count() == 1


def test_nobody_reaches_the_files_of_another_piece(cast):
    theirs = factories.draft(cast, filed_by=cast.other_writer)
    theirs.bylines.all().delete()
    file = factories.with_attachment(theirs)
    own = factories.draft(cast)
    row = {"id": file.pk, "article": own.pk, "title": "抢来的", "position": 1}
    typed = form_of(own) | {
        "attachments-TOTAL_FORMS": 1,
        "attachments-INITIAL_FORMS": 1,
        **{f"attachments-0-{name}": value for name, value in row.items()},
    }
    signed_in(cast.writer).post(address(own), typed)
    file.refresh_from_db()
    assert (file.article_id, file.title) == (theirs.pk, "阅览证申请表")


def test_a_stale_page_shows_both_lists_of_files(cast):
    article = factories.draft(cast)
    factories.with_attachment(article)
    typed = form_of(article) | {"attachments-0-title": "我改的名称"}

    def write():
        article.attachments.update(title="同事改的名称")

    workflow.save(article, by=cast.writer, write=write)
    answer = signed_in(cast.writer).post(address(article), typed)
    assert answer.status_code == 409
    assert "我改的名称" in text(answer)
    assert "同事" in text(answer)
    assert article.attachments.get().title == "同事改的名称"


def test_an_unnamed_file_stops_the_signature(cast):
    article = factories.draft(cast)
    file = factories.with_attachment(article, title="")
    page = text(signed_in(cast.writer).get(address(article)))
    assert "附件 1 没有给居民看的名称。" in page
    workflow.submit(article, by=cast.writer)
    with pytest.raises(workflow.RefusalError, match="附件 1"):
        workflow.sign(article, by=cast.editor)
    file.title = "申请表"
    file.save()
    workflow.sign(article, by=cast.editor)


# Videos


def test_a_photo_becomes_the_poster_of_a_video(cast):
    article = factories.draft(cast)
    photo = factories.with_photo(article)
    typed = form_of(article) | {"photos-0-video_url": "https://video.example.cn/v/1"}
    assert signed_in(cast.writer).post(address(article), typed).status_code == 302
    photo.refresh_from_db()
    assert photo.video_url == "https://video.example.cn/v/1"
    shown = text(signed_in(cast.writer).get(address(article, "read")))
    assert "看视频（video.example.cn）" in shown


@pytest.mark.parametrize("link", ["javascript:alert(1)", "http://a.cn/v", "https://a:b@a.cn/v"])
def test_another_address_is_refused_at_its_field(cast, link):
    article = factories.draft(cast)
    photo = factories.with_photo(article)
    typed = form_of(article) | {"photos-0-video_url": link}
    answer = signed_in(cast.writer).post(address(article), typed)
    row = answer.context["inline_admin_formsets"][1].formset.forms[0]
    assert "video_url" in row.errors
    photo.refresh_from_db()
    assert photo.video_url == ""
