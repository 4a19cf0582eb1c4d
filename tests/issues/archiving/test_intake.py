"""An archive is brought to the desk, looked through, and restored by who may."""

import io
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from issues.archiving import intake
from issues.models import ArchiveFile, Issue
from newsroom.people.verdicts import RefusalError
from tests import factories, traces
from tests.articles.desk_pages import signed_in, text
from tests.issues.archiving import scenes

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    scenes.an_archive()
    return factories.Cast()


def file(data: bytes | None = None, name: str = "issue-2023-12-08.zip") -> ContentFile:
    return ContentFile(scenes.an_archive() if data is None else data, name)


def test_it_waits_in_storage_and_is_gone_once_it_is_restored(
    cast, django_capture_on_commit_callbacks
):
    record = intake.take_in(file(), by=cast.administrator)
    assert default_storage.exists(intake.path(record.digest))
    assert not Issue.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        intake.restore(record, by=cast.administrator)
    assert not default_storage.exists(intake.path(record.digest))
    assert intake.issue_of(record) == Issue.objects.get()


def test_brought_twice_it_is_one_row_and_once_restored_it_is_not_kept_again(cast):
    record = intake.take_in(file(), by=cast.administrator)
    assert intake.take_in(file(), by=cast.chief) == record
    intake.restore(record, by=cast.chief)
    default_storage.delete(intake.path(record.digest))
    assert intake.take_in(file(), by=cast.chief) == record
    assert not default_storage.exists(intake.path(record.digest))


def test_what_cannot_be_read_is_not_kept(cast):
    for data in (b"", b"PK\x03\x04", scenes.an_archive()[:-100]):
        assert not traces.is_done(lambda by, data=data: intake.take_in(file(data), by=by),
                                  by=cast.chief)  # fmt: skip
    assert not ArchiveFile.objects.exists()


def test_a_week_later_the_file_is_thrown_away_and_the_page_says_so(cast):
    record = intake.take_in(file(), by=cast.chief)
    ArchiveFile.objects.update(uploaded_at=timezone.now() - timedelta(days=8))
    with pytest.raises(RefusalError):
        intake.take_in(file(b"no archive"), by=cast.chief)
    assert not default_storage.exists(intake.path(record.digest))
    page = signed_in(cast.chief).get(reverse("admin:issues_archivefile_change", args=[record.pk]))
    assert "请重新上传" in text(page)


def test_a_file_changed_in_storage_is_found_out(cast):
    record = intake.take_in(file(), by=cast.chief)
    place = default_storage.path(intake.path(record.digest))
    with open(place, "r+b") as held:
        held.seek(20_000)
        held.write(b"changed")
    assert not traces.is_done(intake.restore, record, by=cast.chief)


@pytest.mark.parametrize("who", ["writer", "editor", "desk_head", "issue_editor"])
def test_nobody_else_brings_looks_or_restores(cast, who):
    record, person = intake.take_in(file(), by=cast.chief), getattr(cast, who)
    for act in (
        lambda: intake.take_in(file(), by=person),
        lambda: intake.look_through(record, by=person),
        lambda: intake.restore(record, by=person),
    ):
        with pytest.raises(RefusalError, match="总编或管理员"):
            act()


# The doors


def test_the_desk_leads_from_the_file_to_the_issue(cast):
    client = signed_in(cast.administrator)
    assert reverse("admin:issues_archivefile_add") in text(
        client.get(reverse("admin:issues_issue_changelist"))
    )
    looked = client.post(
        reverse("admin:issues_archivefile_add"),
        {"file": io_file(scenes.an_archive())}, follow=True,
    )  # fmt: skip
    page = text(looked)
    for words in ("将恢复", "河畔旧厂开出图书馆", "已撤下，不恢复", "恢复这一期"):
        assert words in page, words
    record = ArchiveFile.objects.get()
    done = client.post(reverse("admin:issues_archivefile_restore", args=[record.pk]), follow=True)
    assert "已恢复 2023-12-08 这一期，共 3 篇。" in text(done)
    again = client.get(reverse("admin:issues_archivefile_change", args=[record.pk]))
    assert "恢复这一期" not in text(again)
    assert "江牧" in text(again)


def io_file(data: bytes, name: str = "issue.zip"):
    held = io.BytesIO(data)
    held.name = name
    return held


def test_a_refused_file_gives_its_reason_beside_the_field(cast):
    client = signed_in(cast.chief)
    for data, name in ((b"no", "issue.zip"), (scenes.an_archive(), "issue.txt")):
        answer = client.post(reverse("admin:issues_archivefile_add"), {"file": io_file(data, name)})
        assert "errorlist" in text(answer)
    assert not ArchiveFile.objects.exists()


def test_what_is_in_the_way_is_said_and_leaves_no_button(cast):
    factories.live_issue(cast, day=scenes.DAY)
    record = intake.take_in(file(), by=cast.chief)
    door = reverse("admin:issues_archivefile_change", args=[record.pk])
    page = text(signed_in(cast.chief).get(door))
    assert "2023-12-08 这一期已经在了" in page
    assert "恢复这一期" not in page
    pressed = signed_in(cast.chief).post(
        reverse("admin:issues_archivefile_restore", args=[record.pk]), follow=True
    )
    assert "这一期已经在了" in text(pressed)
    assert Issue.objects.count() == 1


def test_restoring_is_pressed_never_followed(cast):
    record = intake.take_in(file(), by=cast.chief)
    door = reverse("admin:issues_archivefile_restore", args=[record.pk])
    assert signed_in(cast.chief).get(door).status_code == 405


def test_who_may_not_restore_sees_no_button_on_the_list(cast):
    page = text(signed_in(cast.issue_editor).get(reverse("admin:issues_issue_changelist")))
    assert reverse("admin:issues_archivefile_add") not in page


def test_an_archive_is_taken_from_the_page_of_its_issue(cast):
    issue = factories.live_issue(cast)
    client = signed_in(cast.editor)
    assert "导出存档" in text(client.get(reverse("admin:issues_issue_change", args=[issue.pk])))
    answer = client.post(reverse("admin:issues_issue_archive", args=[issue.pk]))
    data = b"".join(answer.streaming_content)
    assert answer["Content-Disposition"] == 'attachment; filename="issue-2023-12-08.zip"'
    assert int(answer["Content-Length"]) == len(data)
    assert scenes.told(data)["public"] is True
    assert "no-store" in answer["Cache-Control"]
    assert "导出存档" in text(client.get(reverse("admin:issues_issue_change", args=[issue.pk])))


def test_an_archive_that_cannot_be_made_says_why_on_the_page(cast):
    issue = factories.issue(cast, factories.draft(cast))
    answer = signed_in(cast.editor).post(
        reverse("admin:issues_issue_archive", args=[issue.pk]), follow=True
    )
    assert "还没有签发的稿件" in text(answer)


def test_residents_find_no_archive(client, cast):
    issue = factories.live_issue(cast)
    door = reverse("admin:issues_issue_archive", args=[issue.pk])
    assert client.post(door).status_code == 302  # to the log-in
    assert signed_in(cast.writer).post(door).status_code == 403
