"""Old addresses in the desk: entered, brought in as a table, switched off, taken out again."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from newsroom.readers import importing
from newsroom.readers.importing import import_all, take_in
from newsroom.readers.models import Redirect, RedirectImport
from newsroom.readers.workflow.redirecting import lead_on
from tests import factories, worker

OLD = "/html/2023-12/08/content_1.htm"


@pytest.fixture
def cast(db):
    return factories.Cast()


@pytest.fixture
def desk(client, cast):
    client.force_login(cast.issue_editor)
    return client


def test_an_address_is_entered_led_elsewhere_and_switched_off(desk, cast):
    article = factories.live_alone(cast)
    add = reverse("admin:readers_redirect_add")
    wrong = desk.post(add, {"address": "/articles/1/", "target": article.pk}).content.decode()
    assert "本站自己的网页" in wrong
    assert 'value="/articles/1/"' in wrong
    desk.post(add, {"address": OLD, "target": article.pk})
    made = Redirect.objects.get()
    page = reverse("admin:readers_redirect_change", args=[made.pk])
    assert f'value="{article.get_absolute_url()}"' in desk.get(page).content.decode()
    desk.post(page, {"target": "/issues/", "note": "改"})
    assert desk.get(OLD).url == "/issues/"
    desk.post(reverse("admin:readers_redirect_switch", args=[made.pk]))
    assert desk.get(OLD).status_code == 404
    assert made.events.count() == 3


def test_a_table_is_shown_before_it_is_imported(desk, cast):
    article = factories.live_alone(cast)
    file = SimpleUploadedFile("旧.csv", f"old,new\n{OLD},{article.pk}\n".encode())
    answer = desk.post(reverse("admin:readers_redirectimport_add"), {"file": file}, follow=True)
    assert f"<td>{OLD}</td><td>/articles/{article.pk}/</td>" in answer.content.decode()
    assert not Redirect.objects.exists()
    record = RedirectImport.objects.get()
    columns = {"has_heading": "on", "old_column": 1, "target_column": 0, "note_column": ""}
    turned = desk.post(
        reverse("admin:readers_redirectimport_columns", args=[record.pk]), columns, follow=True
    )
    assert "第2行" in turned.content.decode()
    desk.post(reverse("admin:readers_redirectimport_import", args=[record.pk]))
    assert not Redirect.objects.exists()
    columns |= {"old_column": 0, "target_column": 1}
    desk.post(reverse("admin:readers_redirectimport_columns", args=[record.pk]), columns)
    desk.post(reverse("admin:readers_redirectimport_import", args=[record.pk]))
    assert desk.get(OLD).url == article.get_absolute_url()
    page = desk.get(reverse("admin:readers_redirectimport_change", args=[record.pk]))
    assert "新增1" in page.content.decode()


def test_wrong_rows_are_given_out_as_a_table_to_mend(desk, cast):
    article = factories.live_alone(cast)
    rows = f"旧地址,目标,备注\n{OLD},{article.pk},\n/html/2.htm,//evil,=1+1\n"
    file = SimpleUploadedFile("旧.csv", rows.encode())
    page = desk.post(reverse("admin:readers_redirectimport_add"), {"file": file}, follow=True)
    assert "有1行有问题" in page.content.decode()
    record = RedirectImport.objects.get()
    door = reverse("admin:readers_redirectimport_refused", args=[record.pk])
    before = b"".join(desk.get(door).streaming_content).decode("utf-8-sig")
    answer = desk.post(
        reverse("admin:readers_redirectimport_import", args=[record.pk]), follow=True
    ).content.decode()
    assert "有1行没有导入" in answer
    after = b"".join(desk.get(door).streaming_content).decode("utf-8-sig")
    assert before == after
    assert "/html/2.htm,//evil,'=1+1,本站没有这个网页：//evil/,3" in after.replace(
        "//evil,3", "//evil/,3"
    )
    mended = after.replace("//evil", str(article.pk), 1).encode()
    done = import_all(take_in("改.csv", mended, by=cast.chief), by=cast.chief)
    assert (done.new, done.same) == (1, 0)


def test_a_long_import_shows_how_far_it_is_and_goes_on_when_it_broke_off(desk, cast, monkeypatch):
    article = factories.live_alone(cast)
    monkeypatch.setattr(importing, "AT_ONCE", 1)
    monkeypatch.setattr(importing, "TOGETHER", 2)
    rows = "".join(f"/html/{n}.htm,{article.pk}\n" for n in range(5))
    record = take_in("旧.csv", rows.encode(), by=cast.chief)
    door = reverse("admin:readers_redirectimport_change", args=[record.pk])
    bring = reverse("admin:readers_redirectimport_import", args=[record.pk])
    waiting = desk.post(bring, follow=True).content.decode()
    assert 'id="import-progress"' in waiting
    assert "正在导入" in desk.post(bring, follow=True).content.decode()  # told, not done twice
    worker.forget()  # it was given up
    importing._settle(record, None)
    importing._lead_some_on(record, cast.issue_editor)
    assert "已完成2行，还剩3行" in desk.get(door).content.decode()
    assert "还有3行" in desk.post(bring, follow=True).content.decode()
    worker.work()
    assert "新增5" in desk.get(door).content.decode()
    assert desk.get("/html/4.htm").status_code == 301


def test_the_table_that_is_given_out_can_be_imported_again(desk, cast):
    factories.issue(cast, day=date(2023, 12, 8))
    article = factories.live_alone(cast)
    for address, target in (
        (OLD, article.pk), ("/a.asp?id=7", "2023-12-08/1"), ("/b", "/sections/minsheng/"),
        ("/c", "/corrections/"),
    ):  # fmt: skip
        lead_on(address, str(target), by=cast.issue_editor, note="=1+1")
    answer = desk.get(reverse("admin:readers_redirect_table"))
    data = b"".join(answer.streaming_content)
    assert b"'=1+1" in data
    record = take_in("旧.csv", data.replace(b"'=1+1", b"=1+1"), by=cast.issue_editor)
    assert import_all(record, by=cast.issue_editor).same == 4


def test_the_pages_of_an_issue_are_entered_at_once(desk, cast):
    factories.issue(cast, day=date(2023, 12, 8), pages=[(1, "要闻"), (2, "民生")])
    page = reverse("admin:readers_redirect_pages")
    refused = desk.post(page, {"edition": "昨天", "before": "/html/"}).content.decode()
    assert "2023-12-08" in refused
    desk.post(page, {"edition": "2023-12-08", "before": "/html/"})
    assert Redirect.objects.count() == 3


def test_the_list_costs_the_same_for_one_row_and_for_twenty(desk, cast):
    def asked():
        with CaptureQueriesContext(connection) as found:
            assert desk.get(reverse("admin:readers_redirect_changelist")).status_code == 200
        return len(found)

    article = factories.live_alone(cast)
    lead_on(OLD, str(article.pk), by=cast.issue_editor)
    few = asked()
    for number in range(19):
        lead_on(f"/html/{number}.htm", str(article.pk), by=cast.issue_editor)
    assert asked() == few
