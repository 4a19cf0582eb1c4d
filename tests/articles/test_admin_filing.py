"""How pieces begin in the desk: Word files through the door, templates, who keeps them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import workflow
from articles.admin import filing
from articles.markup import sanitise
from articles.models import Article, PieceTemplate
from articles.starting import SHIPPED, furnish
from newsroom.people.verdicts import RefusalError
from tests import factories
from tests.articles.desk_pages import signed_in, text
from tests.articles.word_files import para, word

pytestmark = pytest.mark.django_db
DOOR = reverse("admin:articles_article_word")
ADD = reverse("admin:articles_article_add")
LIST = reverse("admin:articles_piecetemplate_changelist")


@pytest.fixture
def cast():
    return factories.Cast()


def manuscript(headline: str = "社区食堂开饭了") -> bytes:
    return word(para(headline), para("石桥街道的社区食堂今天开饭，一荤两素十二元。"))


def file(data: bytes | None = None, name: str = "食堂.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, manuscript() if data is None else data)


def bring(client: Client, *files: SimpleUploadedFile, **more):
    return client.post(DOOR, {"files": list(files), **more})


# Word files


def test_several_files_become_drafts_and_each_refusal_is_a_sentence(cast):
    answer = bring(
        signed_in(cast.writer),
        file(),
        file(manuscript("图书馆夜里开门"), "图书馆.docx"),
        file(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "老.doc"),
        file(b"", "空.docx"),
    )
    assert answer.status_code == 200
    page = text(answer)
    assert {article.headline for article in Article.objects.all()} == {
        "社区食堂开饭了",
        "图书馆夜里开门",
    }
    for article in Article.objects.all():
        assert reverse("admin:articles_article_change", args=[article.pk]) in page
    assert page.count("没有收下") == 2
    assert "另存为" in page
    assert "文件是空的" in page


def test_a_file_alone_is_answered_with_its_row_and_a_fitting_status(cast):
    client = signed_in(cast.writer)
    new = bring(client, file(), alone="1")
    again = bring(client, file(name="又一遍.docx"), alone="1")
    refused = bring(client, file(b"%PDF-1.7", "稿.docx"), alone="1")
    none = client.post(DOOR, {"alone": "1"})
    assert [answer.status_code for answer in (new, again, refused, none)] == [201, 200, 422, 422]
    assert all(text(each).strip().startswith("<li") for each in (new, again, refused, none))
    assert "这份文件交过了" in text(again)
    assert Article.objects.count() == 1


def test_a_post_without_a_file_says_so(cast):
    answer = signed_in(cast.writer).post(DOOR)
    assert answer.status_code == 422
    assert "请至少选一个文件" in text(answer)


def test_more_files_than_are_taken_at_once_are_named(cast, monkeypatch):
    monkeypatch.setattr(filing, "MOST_FILES", 2)
    files = [file(manuscript(f"第{n}篇"), f"{n}.docx") for n in range(3)]
    page = text(bring(signed_in(cast.writer), *files))
    assert Article.objects.count() == 2
    assert "一次最多 2 个文件" in page
    assert "2.docx" in page


def test_a_file_that_is_too_large_is_refused_before_it_is_opened(cast):
    answer = bring(signed_in(cast.writer), file(b"PK" + bytes(filing.LARGEST_FILE)))
    assert answer.status_code == 422
    assert "文件超过 50 MB" in text(answer)


def test_a_name_of_a_file_is_shown_as_words(cast):
    page = text(bring(signed_in(cast.writer), file(b"", "<script>alert(1)</script>.docx")))
    assert "<script>alert" not in page


@pytest.mark.parametrize("role", ["administrator", "roleless"])
def test_who_writes_no_pieces_finds_the_door_shut(cast, role):
    cast.roleless = factories.person("无职", username="roleless")
    client = signed_in(getattr(cast, role))
    assert client.get(DOOR).status_code == 403
    assert bring(client, file()).status_code == 403
    assert not Article.objects.exists()


def test_a_file_from_another_site_is_refused(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.writer)
    assert bring(client, file()).status_code == 403
    assert not Article.objects.exists()


def test_a_correspondents_piece_is_nobody_elses(cast):
    bring(signed_in(cast.writer), file())
    page = reverse("admin:articles_article_change", args=[Article.objects.get().pk])
    assert signed_in(cast.other_writer).get(page).status_code == 404


def test_the_piece_says_how_it_came(cast):
    bring(signed_in(cast.writer), file())
    page = text(signed_in(cast.writer).get(
        reverse("admin:articles_article_read", args=[Article.objects.get().pk])
    ))  # fmt: skip
    assert "用 Word 文件交了稿" in page
    assert "食堂.docx" in page


def test_an_empty_draft_is_filled_from_its_own_page(cast):
    article = factories.draft(cast, body="")
    client = signed_in(cast.writer)
    form = reverse("admin:articles_article_change", args=[article.pk])
    assert f"{DOOR}?into={article.pk}" in text(client.get(form))
    assert article.headline in text(client.get(DOOR, {"into": article.pk}))
    answer = bring(client, file(), into=article.pk)
    assert form in text(answer)
    article.refresh_from_db()
    assert article.headline == "社区食堂开饭了"
    assert f"{DOOR}?into=" not in text(client.get(form))
    assert client.get(DOOR, {"into": article.pk}).status_code == 403
    assert signed_in(cast.other_writer).get(DOOR, {"into": article.pk}).status_code == 404
    assert client.get(DOOR, {"into": "x"}).status_code == 404


# Templates


def test_a_piece_begins_from_a_template(cast):
    template = PieceTemplate.objects.get(name="通知")
    PieceTemplate.objects.filter(pk=template.pk).update(section=cast.section)
    page = text(signed_in(cast.writer).get(f"{ADD}?template={template.pk}"))
    assert "［什么事］［起止日期］" in page
    assert "［小区、路段、人群，写全名］" in page
    assert template.hint_lines[0] in page
    assert f'<option value="{cast.section.pk}" selected' in page
    assert '<option value="notice" selected' in page
    assert not Article.objects.exists()


def test_the_checklist_looks_at_what_the_template_filled_in(cast):
    template = PieceTemplate.objects.get(name="会议")
    page = text(signed_in(cast.writer).get(f"{ADD}?template={template.pk}"))
    assert "还没有主题" not in page
    assert "没有署名" not in page
    assert "处模板提示没有填" in page


def test_a_piece_is_not_handed_in_with_prompts_of_its_template(cast):
    article = factories.draft(cast, body="<p>［月日］，石桥街道开会。</p>")
    with pytest.raises(RefusalError, match="［月日］"):
        workflow.submit(article, by=cast.writer)


@pytest.mark.parametrize("asked", ["0", "999999", "x", "-1", "9" * 30, "１"])
def test_a_template_that_is_not_there_leaves_the_page_empty(cast, asked):
    answer = signed_in(cast.writer).get(ADD, {"template": asked})
    assert answer.status_code == 200
    assert "hints" not in text(answer)


def test_an_address_fills_in_nothing_but_a_template(cast):
    page = text(signed_in(cast.writer).get(ADD, {"headline": "冒名的题", "unit_head": "冒名者"}))
    assert "冒名" not in page


def test_a_retired_template_is_not_offered(cast):
    PieceTemplate.objects.filter(name="会议").update(retired=True)
    retired = PieceTemplate.objects.get(name="会议")
    client = signed_in(cast.writer)
    page = text(client.get(ADD))
    assert ">会议</a>" not in page
    assert ">活动</a>" in page
    assert "会议要求" not in text(client.get(ADD, {"template": retired.pk}))


def test_templates_are_offered_where_a_correspondent_begins(cast):
    for page in (reverse("admin:index"), ADD):
        shown = text(signed_in(cast.writer).get(page))
        assert DOOR in shown
        assert "图片新闻" in shown


def test_editors_keep_templates_and_what_they_write_is_cleaned(cast):
    typed = {
        "name": "讣告", "kind": "notice", "section": "", "headline": "［谁］逝世",
        "body": '<p onclick="x">［生平］</p><script>alert(1)</script>',
        "hints": "一\n二", "position": "9",
    }  # fmt: skip
    add = reverse("admin:articles_piecetemplate_add")
    assert signed_in(cast.writer).post(add, typed).status_code == 403
    assert signed_in(cast.editor).post(add, typed).status_code == 302
    made = PieceTemplate.objects.get(name="讣告")
    assert made.body == "<p>［生平］</p>"
    assert made.hint_lines == ["一", "二"]
    assert made.events.count() == 1
    page = signed_in(cast.editor).post(add, typed | {"name": "空", "headline": "", "body": ""})
    assert page.status_code == 200
    assert "标题和正文至少写一样" in text(page)


def test_templates_are_never_deleted_and_never_empty(cast):
    template = PieceTemplate.objects.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        template.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        PieceTemplate.objects.filter(pk=template.pk).update(headline="", body="")


def test_the_shipped_templates_are_clean_and_come_once():
    assert [each.name for each in PieceTemplate.objects.all()] == [
        "会议",
        "活动",
        "通知",
        "图片新闻",
    ]
    assert all(template["body"] == sanitise(template["body"]) for template in SHIPPED)
    furnish(PieceTemplate)
    assert PieceTemplate.objects.count() == len(SHIPPED)


def test_the_list_costs_the_same_for_one_template_and_for_twenty(cast):
    client = signed_in(cast.editor)

    def cost(page: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page).status_code == 200
        return len(captured)

    before = [cost(page) for page in (LIST, ADD)]
    for number in range(19):
        PieceTemplate.objects.create(name=f"样{number}", headline="题", section=cast.section)
    assert [cost(page) for page in (LIST, ADD)] == before
