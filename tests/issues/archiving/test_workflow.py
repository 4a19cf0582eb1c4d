"""An issue restored from its archive: the same again, once, whole, on record — or not at all."""

import io
import re
from datetime import timedelta
from hashlib import sha256

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import workflow as writing
from articles.models import Act, ArchiveBatch, ArchivedPiece, Article, Correction, Version
from articles.sealing import covered_by_version
from issues import printing
from issues.archiving import looking
from issues.archiving.workflow import look_into, restore_issue
from issues.models import Issue, IssueAct, Placement, RestoredIssue
from newsroom.people.verdicts import RefusalError
from tests import factories, traces
from tests.articles.desk_pages import address, signed_in, text
from tests.issues.archiving import scenes
from tests.issues.archiving.scenes import archived, emptied, retold, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    scenes.an_archive()  # its people are of another newsroom, which is gone by now
    return factories.Cast()


@pytest.fixture
def rich():
    """The archive of a rich issue, and nothing of that issue here any more."""
    return scenes.an_archive()


def restore(archive: bytes, cast, **how):
    return restore_issue(io.BytesIO(archive), by=how.pop("by", cast.administrator), **how)


def refused(archive: bytes, cast, sentence: str, **how):
    """Try to restore; what is refused leaves everything as it was."""
    before = traces.everything()
    with pytest.raises(RefusalError, match=sentence) as refusal:
        restore(archive, cast, **how)
    assert traces.everything() == before
    return str(refusal.value)


# The same again


def test_residents_read_the_issue_again_at_its_old_hour(cast, rich):
    done = restore(rich, cast)
    traces.speak_now()
    issue, data = Issue.objects.get(), told(rich)
    assert done.issue == issue
    assert issue.is_live(timezone.now())
    assert issue.release.publish_at.isoformat() == data["issue"]["published_at"]
    assert issue.number == data["issue"]["number"]
    client = Client()
    page = client.get(issue.get_absolute_url()).content.decode()
    plain = re.sub(r"<[^>]*>", "", page)
    for words in ("灯会今晚开幕", "水库今日泄洪", "三层 &amp; 六间"):
        assert words in plain
    assert "已经撤下的活动" not in page
    first = Placement.objects.of_issue(issue).first().article
    shown = client.get(first.get_absolute_url()).content.decode()
    for words in ("三层", "四层", "读者在看书。", "温以恒", "阅览证申请表"):
        assert words in shown, words
    photo = first.sealed.photos.first()
    sent = client.get(f"/photos/{photo.digest}/{photo.width}.webp")
    assert sha256(b"".join(sent.streaming_content)).hexdigest() == photo.digest


def test_an_archive_of_what_was_restored_tells_the_same(cast, rich):
    restore(rich, cast)
    again = archived(Issue.objects.get())
    assert scenes.portable(again) == scenes.portable(rich)


def test_at_the_same_site_pieces_have_their_addresses_again(cast, rich):
    restore(rich, cast)
    numbers = [each["number"] for each in told(rich)["pieces"] if each["state"] == "public"]
    assert sorted(Article.objects.values_list("pk", flat=True)) == sorted(numbers)
    assert factories.draft(cast).pk > max(numbers)


def test_elsewhere_they_get_new_ones_and_the_old_are_on_record(cast, rich, settings):
    settings.SITE_URL = "https://elsewhere.example.cn"
    done = restore(rich, cast)
    data = told(rich)
    public = [each for each in data["pieces"] if each["state"] == "public"]
    assert any("新地址" in each for each in done.look.remarks)
    for piece in public:
        row = ArchivedPiece.objects.get(number=piece["number"], site=data["site"]["address"])
        assert row.fingerprint == piece["fingerprint"]
        assert row.version.article.title == piece["title"]


def test_a_number_that_is_taken_is_left_to_whom_it_belongs(cast):
    issue = scenes.rich_issue(cast)
    archive = archived(issue)
    emptied()
    number = told(archive)["pieces"][0]["number"]
    other = Article.objects.create(pk=number, filed_by=cast.writer, headline="别的稿")
    restore(archive, cast)
    assert Article.objects.get(pk=number) == other
    assert ArchivedPiece.objects.get(number=number).version.article_id != number


def test_it_is_on_record_who_restored_what_and_what_was_signed_before(cast, rich):
    restore(rich, cast, by=cast.chief)
    batch = ArchiveBatch.objects.get()
    assert (batch.by, batch.label) == (cast.chief, "issue-2023-12-08")
    assert IssueAct.objects.filter(verb="restore_issue", by=cast.chief).exists()
    assert Act.objects.filter(verb="restore_piece").count() == 3
    for version in Version.objects.sealed():
        assert version.basis == "archive"
        assert version.archived.record["signed"]["signatures"][0]["name"] == "沈予安"
    issue = Issue.objects.get()
    assert issue.release.backdated_because
    correction = Correction.objects.get()
    assert (correction.batch, correction.signed_by) == (batch, None)


def test_sections_and_people_that_are_here_are_used_and_others_made(cast, rich):
    restore(rich, cast)
    sealed = Article.objects.exclude(sealed=None).first().sealed
    assert sealed.section == cast.section
    assert sealed.bylines.get().correspondent == cast.correspondent


def test_it_never_prints_a_restored_correction_again(cast, rich):
    restore(rich, cast)
    assert list(printing.unprinted()) == []


def test_a_restored_piece_is_revised_and_withdrawn_like_any_other(cast, rich):
    restore(rich, cast)
    piece = Placement.objects.of_issue(Issue.objects.get()).first().article
    writing.revise(piece, by=cast.second_editor)
    piece.deck = "改过的副题"
    writing.save(piece, by=cast.second_editor, write=piece.save)
    writing.submit(piece, by=cast.second_editor, change_note="改了副题。")
    factories.signed_by(cast, piece, cast.editor, cast.desk_head, cast.chief)
    assert Article.objects.get(pk=piece.pk).sealed.basis == "rounds"
    writing.withdraw(piece, by=cast.chief, reason="侵权")
    assert Client().get(piece.get_absolute_url()).status_code == 410


def test_what_it_had_told_readers_of_its_changes_stays_public(cast):
    with traces.undone():
        piece = factories.live_alone(cast)
        issue = factories.live_issue(cast, piece)
        for note in ("补充了时间。", "改正了地点。"):
            writing.revise(piece, by=cast.second_editor)
            piece.deck = note
            writing.save(piece, by=cast.second_editor, write=piece.save)
            writing.submit(piece, by=cast.second_editor, change_note=note)
            factories.signed_by(cast, piece, cast.editor, cast.desk_head, cast.chief)
        archive = archived(issue)
    done = restore(archive, cast)
    piece = Placement.objects.of_issue(done.issue).get().article
    page = Client().get(piece.get_absolute_url()).content.decode()
    assert page.rindex("补充了时间。") < page.rindex("改正了地点。")


def test_the_desks_pages_of_a_restored_issue_open(cast, rich):
    issue = restore(rich, cast).issue
    piece = Placement.objects.of_issue(issue).first().article
    client = signed_in(cast.editor)
    for page in ("change", "read", "versions", "sheet", "sheet_pdf"):
        assert client.get(address(piece, page)).status_code == 200, page
    assert "从存档恢复" in text(client.get(address(piece, "read")))
    assert "温以恒" in text(client.get(address(piece, "sheet")))
    for name in ("change", "sheet", "sheet_pdf"):
        door = reverse(f"admin:issues_issue_{name}", args=[issue.pk])
        assert client.get(door).status_code == 200, name
    correction = Correction.objects.get()
    door = reverse("admin:articles_correction_change", args=[correction.pk])
    assert "四层" in text(client.get(door))


# Twice


def test_restoring_twice_changes_nothing_and_says_so(cast, rich):
    restore(rich, cast)
    before = traces.everything()
    done = restore(rich, cast)
    assert done.batch is None
    assert "没有改动" in done.sentence()
    assert traces.everything() == before


def test_where_it_was_made_it_is_the_same_already(cast):
    archive = archived(scenes.rich_issue(cast))
    before = traces.everything()
    assert restore(archive, cast).batch is None
    assert traces.everything() == before


def test_looking_writes_nothing(cast, rich):
    before = traces.everything()
    look = look_into(io.BytesIO(rich), by=cast.chief)
    assert (look.count("new"), look.count("gone"), look.objections) == (3, 1, [])
    assert traces.everything() == before


def test_the_archive_of_a_restored_issue_is_the_same_issue(cast, rich):
    restore(rich, cast)
    assert restore(archived(Issue.objects.get()), cast).batch is None


# In the way


def test_another_issue_of_that_day_is_not_touched(cast, rich):
    factories.live_issue(cast, day=scenes.DAY)
    refused(rich, cast, "2023-12-08")


def test_an_issue_of_that_day_in_planning_is_not_touched(cast, rich):
    factories.issue(cast, factories.approved(cast), day=scenes.DAY)
    refused(rich, cast, "2023-12-08")


def test_a_running_number_is_given_once(cast, rich):
    factories.live_issue(cast, day=factories.date(2024, 1, 1))
    refused(rich, cast, "期号|第1期|总第 ?1")


def test_a_number_out_of_its_order_is_refused(cast, rich):
    factories.live_issue(cast, day=factories.date(2024, 1, 1), number=7)
    refused(retold(rich, lambda data: data["issue"].update(number=9)), cast, "顺序")


def test_the_front_page_stays_with_the_latest_issue_made_here(cast, rich):
    mine = factories.live_issue(cast, day=factories.date(2023, 12, 7), number=50)
    refused(retold(rich, lambda data: data["issue"].update(number=51)), cast, "头版")
    assert mine.address in Client().get("/").content.decode()


def test_an_older_archive_never_takes_the_front_page(cast, rich):
    mine = factories.live_issue(cast, day=factories.date(2024, 2, 1), number=50)
    restore(rich, cast)
    page = Client().get("/").content.decode()
    assert mine.address in page
    title = Placement.objects.of_issue(mine).get().article.title
    assert page.index(title) < page.index("水库今日泄洪") if "水库今日泄洪" in page else True


def test_where_there_is_nothing_else_the_latest_restored_issue_is_shown(cast, rich):
    restore(rich, cast)
    assert "2023-12-08" in Client().get("/").content.decode()


def test_what_was_taken_down_here_is_not_brought_back_by_an_older_archive(cast):
    piece = factories.approved(cast)
    issue = factories.live_issue(cast, piece, factories.approved(cast))
    archive = archived(issue)
    writing.withdraw(piece, by=cast.chief, reason="失实")
    refused(archive, cast, "撤下")


def test_what_was_taken_down_there_is_told_where_it_stands_here(cast, rich):
    restore(rich, cast)
    data = told(rich)
    number = next(each["number"] for each in data["pieces"] if each["state"] == "public")

    def withdraw(data):
        [piece] = [each for each in data["pieces"] if each["number"] == number]
        stands = {name: piece[name] for name in ("number", "page", "position", "weight", "title")}
        piece_at = data["pieces"].index(piece)
        data["pieces"][piece_at] = stands | {
            "state": "withdrawn", "site": data["site"]["address"], "origin": number,
            "published_at": data["issue"]["published_at"], "signed_by": "温以恒",
            "withdrawn_at": data["issue"]["published_at"], "public_note": "",
        }  # fmt: skip

    refused(retold(rich, withdraw), cast, "在这里仍在")


def test_a_piece_in_another_version_stays(cast):
    piece = factories.live_alone(cast, headline="先发的稿")
    issue = factories.live_issue(cast, piece, factories.approved(cast))
    archive = archived(issue)
    writing.revise(piece, by=cast.writer)
    piece.deck = "新的副题"
    writing.save(piece, by=cast.writer, write=piece.save)
    writing.submit(piece, by=cast.writer, change_note="改副题。")
    factories.signed_by(cast, piece, cast.editor, cast.desk_head, cast.chief)
    refused(archive, cast, "先发的稿")


def test_a_reprinted_piece_of_an_earlier_archive_is_placed_not_doubled(cast):
    piece = factories.approved(cast, headline="连载第一篇")
    first = factories.live_issue(cast, piece)
    second = factories.live_issue(cast, piece, day=factories.date(2023, 12, 9))
    archives = [archived(first), archived(second)]
    emptied()
    for archive in archives:
        restore(archive, cast)
    assert Article.objects.count() == 1
    assert Placement.objects.count() == 2


def test_the_later_issue_first_keeps_the_hour_of_the_reprinted_piece(cast):
    piece = factories.approved(cast, headline="连载第一篇")
    first = factories.live_issue(cast, piece)
    second = factories.live_issue(cast, piece, day=factories.date(2023, 12, 9))
    archives = [archived(second), archived(first)]
    hour = first.release.publish_at
    emptied()
    for archive in archives:
        restore(archive, cast)
    assert Article.objects.get().release.publish_at == hour


def test_a_correction_that_only_the_archive_knows_is_named(cast):
    piece = factories.approved(cast)
    issue = factories.live_issue(cast, piece)
    before = archived(issue)
    factories.signed_correction(cast, piece)
    after = archived(issue)
    emptied()
    restore(before, cast)
    done = restore(after, cast)
    assert done.batch is None
    assert any("更正" in each for each in done.look.remarks)


def test_a_piece_that_went_out_by_itself_after_its_issue_keeps_its_hour(cast, rich):
    later = (timezone.now() - timedelta(minutes=1)).isoformat()

    def leave_out(data):
        data["issue"]["published_at"] = "2023-12-07T22:00:00+00:00"
        data["pieces"][0]["published_at"] = later

    done = restore(retold(rich, leave_out), cast)
    traces.speak_now()
    first = Placement.objects.of_issue(done.issue).first().article
    assert first.release.publish_at.isoformat() == later
    assert first.is_live(timezone.now())
    again = told(archived(done.issue))["pieces"][0]
    assert again["published_at"] is not None


# Nothing half


def test_a_guard_that_speaks_at_the_end_takes_all_of_it_back(cast, rich, monkeypatch):
    before = traces.everything()

    def broken(*_args, **_how):
        raise KeyboardInterrupt

    monkeypatch.setattr(RestoredIssue.objects, "create", broken)
    with pytest.raises(KeyboardInterrupt):
        restore(rich, cast)
    assert traces.everything() == before


# Who


@pytest.mark.parametrize("who", ["writer", "editor", "desk_head", "issue_editor"])
def test_nobody_else_restores_or_looks(cast, rich, who):
    refused(rich, cast, "总编或管理员", by=getattr(cast, who))
    with pytest.raises(RefusalError):
        look_into(io.BytesIO(rich), by=getattr(cast, who))


def test_who_restores_signs_no_revision_of_it(cast, rich):
    restore(rich, cast, by=cast.chief)
    piece = Placement.objects.of_issue(Issue.objects.get()).first().article
    writing.revise(piece, by=cast.second_editor)
    piece.deck = "改"
    writing.save(piece, by=cast.second_editor, write=piece.save)
    writing.submit(piece, by=cast.second_editor, change_note="改。")
    factories.signed_by(cast, piece, cast.editor, cast.desk_head)
    assert not traces.is_done(writing.sign, piece, by=cast.chief)


# Prepared files


def test_an_hour_to_come_is_refused(cast, rich):
    later = (timezone.now() + timedelta(days=1)).isoformat()
    refused(retold(rich, lambda d: d["issue"].update(published_at=later)), cast, "还没有到")
    day = (timezone.localdate() + timedelta(days=2)).isoformat()
    refused(retold(rich, lambda d: d["issue"].update(date=day)), cast, "还没有到")


def test_script_in_a_text_is_cleaned_like_any_text(cast, rich):
    evil = '<p>正文<script>alert(1)</script><a href="javascript:x()" onclick="x()">链接</a></p>'

    def poison(data):
        data["pieces"][1]["covers"]["body"] = evil

    done = restore(retold(rich, poison), cast)
    assert any("清理" in each for each in done.look.remarks)
    piece = Placement.objects.of_issue(done.issue)[1].article
    page = Client().get(piece.get_absolute_url()).content.decode()
    for words in ("alert(1)", "javascript:", "onclick"):
        assert words not in piece.body
        assert words not in piece.sealed.html
        assert words not in page


def test_html_in_titles_and_names_stays_text(cast, rich):
    evil = "<script>alert(1)</script>"

    def poison(data):
        covers = data["pieces"][0]["covers"]
        covers["headline"] = covers["kicker"] = covers["deck"] = evil
        covers["bylines"][0][1] = evil
        covers["photos"][0][1] = evil
        data["pieces"][0]["title"] = data["pieces"][0]["breaks"] = evil

    restore(retold(rich, poison), cast)
    first = Placement.objects.of_issue(Issue.objects.get()).first().article
    assert "<script>alert" not in Client().get(first.get_absolute_url()).content.decode()


def test_a_photo_that_is_no_photo_brings_nothing(cast, rich):
    for data in (b"<svg onload=alert(1)>", b"RIFF\x00\x00\x00\x00WEBPVP8 " + bytes(500), b""):
        refused(scenes.with_another_photo(rich, data), cast, r"\S")


def test_a_photo_with_notes_or_something_behind_it_is_not_taken(cast, rich):
    data = scenes.a_photo(rich)
    refused(scenes.with_another_photo(rich, data + b"PK\x03\x04hidden"), cast, r"\S")
    jpeg = scenes.as_jpeg(data)
    refused(scenes.with_another_photo(rich, jpeg), cast, r"\S")


def test_an_attached_file_that_does_things_is_not_taken(cast, rich):
    evil = scenes.PDF.replace(b"[3 0 R /Fit]", b"<</S/JavaScript/JS(x)>>")
    refused(scenes.with_another_file(rich, evil), cast, r"\S")


def test_covers_that_were_changed_are_found_by_their_fingerprint(cast, rich):
    def change(data):
        data["pieces"][0]["covers"]["deck"] = "不是签过的"

    refused(retold(rich, change, resign=False), cast, "签字时")


def test_restored_texts_are_found_by_search_and_their_versions_read_as_signed(cast, rich):
    restore(rich, cast)
    first = Placement.objects.of_issue(Issue.objects.get()).first().article
    content = covered_by_version(first.sealed)
    assert content["headline"] == "河畔旧厂开出图书馆"
    assert first.headline == "河畔旧厂|开出图书馆"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM articles_searchentry WHERE article_id = %s", [first.pk]
        )
        assert cursor.fetchone()[0] == 1


def test_the_states_of_a_line_have_words():
    for state in (looking.NEW, looking.SAME, looking.DIFFERS, looking.GONE):
        assert looking.Line({"title": "稿", "number": 1}, state).word
