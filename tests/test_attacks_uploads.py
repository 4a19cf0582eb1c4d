"""Files and forms nobody at a newspaper would send, and clicks that come at once."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from articles.models import Article
from issues.models import EditionImport, Issue
from issues.proposals import propose
from issues.reading import UnreadableEditionError, decode
from issues.reading.decoding import MAX_LINES
from tests import factories
from tests.articles.desk_pages import address, blank, form_of, signed_in, text

pytestmark = pytest.mark.django_db

EDITION = "第01版：要闻\n\n灯会昨晚开幕\n本报讯（记者 方念）灯会昨晚开幕，来了一千人。\n"
DAY = factories.date(2023, 12, 8)


@pytest.fixture
def cast():
    return factories.Cast()


def picture(name: str = "a.png") -> SimpleUploadedFile:
    file = io.BytesIO()
    Image.new("RGB", (480, 320), (90, 20, 60)).save(file, "PNG")
    return SimpleUploadedFile(name, file.getvalue())


# Pictures


@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>alert(1)</script></html>",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        b"GIF89a/*<script>*/=1;",
        b"\xff\xd8\xff" + b"0" * 1000,
        b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + b"\xff" * 13,
        b"",
    ],
)
def test_what_is_no_picture_is_refused_and_the_words_stay(cast, content):
    article = factories.draft(cast)
    sent = form_of(article, headline="留住的题") | blank("photos", 1)
    sent["photos-0-upload"] = SimpleUploadedFile("../../x.png", content)
    answer = signed_in(cast.writer).post(address(article), sent)
    assert answer.status_code == 200
    assert "留住的题" in text(answer)
    assert not article.photos.exists()


def test_a_picture_added_on_second_thoughts_is_no_second_click(cast):
    client, page = signed_in(cast.writer), reverse("admin:articles_article_add")
    sent = form_of(Article(), headline="灯会", body="<p>昨晚开幕。</p>")
    for _click in range(2):
        client.post(page, sent)
    assert Article.objects.count() == 1
    with_more = sent | blank("photos", 1)
    client.post(page, with_more | {"photos-0-upload": picture()})
    assert Article.objects.latest("pk").photos.count() == 1
    client.post(page, with_more | {"photos-0-upload": picture()})
    assert Article.objects.count() == 2
    named = {"bylines-0-role": "通讯员", "bylines-0-name": "方念", "bylines-0-credit": "text"}
    client.post(page, sent | blank("bylines", 1) | named)
    assert Article.objects.latest("pk").bylines.get().name == "方念"


@pytest.mark.parametrize("rows", ["-1", "9" * 30, "x"])
def test_a_form_that_counts_wrongly_is_no_error(cast, rows):
    """Nor does it take until the next morning, as a thousand million empty rows would."""
    article = factories.draft(cast)
    sent = form_of(article) | {"photos-TOTAL_FORMS": rows, "bylines-TOTAL_FORMS": rows}
    answer = signed_in(cast.writer).post(address(article), sent)
    assert answer.status_code in (200, 302)


def test_too_many_fields_are_refused_in_chinese(cast):
    sent = form_of(Article()) | {f"x{number}": "1" for number in range(5001)}
    answer = signed_in(cast.writer).post(reverse("admin:articles_article_add"), sent)
    assert answer.status_code == 400
    assert 'lang="zh-Hans"' in text(answer)


# Editions


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04" + b"x" * 100,
        "标题".encode("utf-16") + b"a",
        "第01版：要闻\n标题\n".encode("gb18030") + b"\xff\xff",
        b"\xff\xfe\x00\xd8a\x00",
        b"\xff\xfe\x00\x00" + b"\xff\xff\xff\x7f" * 4,
        b"\n" * 100_000,
        b"a\x00b",
        b"\xef\xbb\xbf",
        "行\n".encode() * (MAX_LINES + 1),
        b"a" * (10 * 1024 * 1024 + 1),
    ],
)
def test_what_is_no_edition_is_refused_in_a_sentence(data):
    with pytest.raises(UnreadableEditionError) as refusal:
        decode(data)
    assert len(str(refusal.value)) > 5


def upload(client: Client, name: str = "a.txt", content: str = EDITION):
    sent = {"date": str(DAY), "sequence": 1, "pasted": ""}
    file = SimpleUploadedFile(name, content.encode())
    return client.post(reverse("admin:issues_editionimport_add"), sent | {"file": file})


def test_only_who_plans_issues_brings_editions_in(cast):
    for person in cast.by_role.values():
        allowed = person in (cast.issue_editor, cast.chief)
        answer = upload(signed_in(person))
        assert answer.status_code == (302 if allowed else 403), person
    assert EditionImport.objects.count() == 1  # the same text for the same issue is one upload


def test_the_second_click_and_the_second_tab_import_nothing_twice(cast):
    record = propose(EDITION, by=cast.issue_editor, date=DAY)
    confirm = reverse("admin:issues_editionimport_confirm", args=[record.pk])
    mend = reverse("admin:issues_editionimport_mend", args=[record.pk, "leave_out"])
    tabs = [signed_in(cast.issue_editor), signed_in(cast.chief)]
    tabs[0].post(mend, {"seen": 0, "at": 0})
    tabs[1].post(mend.replace("leave_out", "take_in"), {"seen": 0, "at": 0})
    tabs[1].post(confirm, {"seen": 0})
    assert not Issue.objects.exists()  # the second tab has not seen the mend
    tabs[0].post(mend.replace("leave_out", "take_in"), {"seen": 1, "at": 0})
    for tab in tabs:
        tab.post(confirm, {"seen": 2})
    assert Article.objects.count() == 1
    for verb in ("leave_out", "merge", "words"):
        tabs[0].post(mend.replace("leave_out", verb), {"seen": 3, "at": 0})
    assert Article.objects.count() == 1


@pytest.mark.parametrize(
    ("verb", "sent"),
    [
        ("leave_out", {"at": "9" * 30}),
        ("choose", {"at": 0, "choice": "9" * 30}),
        ("move", {"at": 0, "way": "__class__-headline"}),
        ("words", {"at": 0, "kind": "nonsense", "page": 1}),
        ("words", {"at": 0, "kind": "news", "page": "9" * 30}),
        ("split", {"at": 0, "paragraph": "9" * 30}),
        ("merge", {"at": 0}),
        ("person", {"at": 0, "name": "\0", "did": "text"}),
        ("person", {"at": 0, "name": "名" * 41, "did": "text"}),
        ("decide", {"at": 0, "meaning": "999999999999999999:方念"}),
        ("decide", {"at": 0, "meaning": "-9:方念"}),
        ("decide", {"at": 0, "meaning": "٣:方念"}),
    ],
)
def test_a_mend_made_up_by_hand_breaks_no_import(cast, verb, sent):
    record = propose(EDITION, by=cast.issue_editor, date=DAY)
    client = signed_in(cast.issue_editor)
    mend = reverse("admin:issues_editionimport_mend", args=[record.pk, verb])
    assert client.post(mend, {"seen": 0} | sent).status_code == 302
    assert (
        client.get(reverse("admin:issues_editionimport_change", args=[record.pk])).status_code
        == 200
    )
    record.refresh_from_db()
    confirm = reverse("admin:issues_editionimport_confirm", args=[record.pk])
    assert client.post(confirm, {"seen": record.proposal["revision"]}).status_code == 302


# Every door that writes asks for the secret of its form


WRITING = [
    ("articles_article_add", []), ("articles_article_change", [1]),
    ("articles_article_do", [1, "sign"]), ("issues_issue_add", []),
    ("issues_issue_act", [1, "close"]), ("issues_editionimport_add", []),
    ("issues_editionimport_confirm", [1]), ("issues_editionimport_mend", [1, "leave_out"]),
    ("people_user_add", []), ("auth_user_password_change", [1]), ("password_change", []),
    ("people_sitesettings_change", [1]), ("articles_section_add", []), ("logout", []),
    ("login", []),
]  # fmt: skip


@pytest.mark.parametrize(("door", "key"), WRITING)
def test_a_form_of_another_site_is_refused(cast, door, key):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.administrator)
    answer = client.post(reverse(f"admin:{door}", args=key), {"headline": "题"})
    assert answer.status_code == 403
    assert client.get(reverse("admin:index")).status_code == 200  # still signed in
