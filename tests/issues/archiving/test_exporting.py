"""The archive of an issue: all that residents read, nothing that is not theirs, checkable, twice
the same."""

import hashlib
import io
import re
import subprocess
import zipfile

import pytest
from django.core.files.storage import default_storage

from articles import darkroom, workflow
from articles.sealing import fingerprint
from issues import workflow as issue_workflow
from issues.archiving.exporting import export_issue, pack
from issues.models import Issue, IssueAct
from newsroom.people.verdicts import RefusalError
from tests import factories
from tests.issues.archiving import scenes

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


@pytest.fixture
def issue(cast):
    return scenes.rich_issue(cast)


def test_twice_gives_the_same_bytes(issue):
    assert scenes.archived(issue) == scenes.archived(Issue.objects.get(pk=issue.pk))


def test_sha256sum_finds_every_file_as_the_manifest_has_it(issue, tmp_path):
    tmp_path = tmp_path / "unpacked"
    scenes.opened(scenes.archived(issue)).extractall(tmp_path)
    checked = subprocess.run(
        ["/usr/bin/sha256sum", "--strict", "-c", "manifest.sha256"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert checked.returncode == 0, checked.stderr
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(checked.stdout.splitlines()) == len(files) - 1


def test_nothing_is_compressed_and_nothing_tells_when_it_was_made(issue):
    for entry in scenes.opened(scenes.archived(issue)).infolist():
        assert entry.compress_type == zipfile.ZIP_STORED
        assert entry.date_time == (1980, 1, 1, 0, 0, 0)


def test_every_fingerprint_can_be_reckoned_from_what_is_told(issue):
    pieces = [each for each in scenes.told(scenes.archived(issue))["pieces"] if "covers" in each]
    assert len(pieces) == 3
    for piece in pieces:
        assert fingerprint(piece["covers"]) == piece["fingerprint"]


def test_who_signed_and_when_is_told_with_corrections(issue):
    first = scenes.told(scenes.archived(issue))["pieces"][0]
    assert [each["name"] for each in first["signed"]["signatures"]] == [
        "沈予安",
        "罗嘉言",
        "温以恒",
    ]
    assert [(each["wrong"], each["right"]) for each in first["corrections"]] == [("三层", "四层")]
    assert len(first["corrections"][0]["signatures"]) == 3


def test_of_a_withdrawn_piece_only_its_tombstone_is_in_any_file(issue):
    archive = scenes.archived(issue)
    [gone] = [each for each in scenes.told(archive)["pieces"] if each["state"] == "withdrawn"]
    assert gone["public_note"] == "活动取消。"
    held = scenes.opened(archive)
    assert f"articles/{gone['number']}.html" not in held.namelist()
    body = next(
        place.article.sealed.body for page in issue.pages.all() for place in page.placements.all()
        if place.article.withdrawn_at
    )  # fmt: skip
    words = re.sub("<[^>]*>", "", body)
    for name in held.namelist():
        text = held.read(name).decode(errors="ignore")
        assert words not in text
        assert "内部原因" not in text


def test_a_picture_of_a_withdrawn_piece_is_not_in_the_file(cast):
    piece = scenes.signed(cast, scenes.illustrated(cast, seed=40))
    digests = list(piece.photos.values_list("digest", flat=True))
    issue = factories.live_issue(cast, piece, factories.approved(cast))
    assert all(f"photos/{each}.webp" in scenes.opened(scenes.archived(issue)).namelist()
               for each in digests)  # fmt: skip
    workflow.withdraw(piece, by=cast.chief, reason="侵权")
    assert not [n for n in scenes.opened(scenes.archived(issue)).namelist() if "photos" in n]


def test_pages_have_no_script_and_ask_for_nothing_from_elsewhere(issue):
    held = scenes.opened(scenes.archived(issue))
    for name in held.namelist():
        if not name.endswith((".html", ".css")):
            continue
        text = held.read(name).decode()
        assert "<script" not in text
        assert not re.search(r'(?:src|srcset|data|action|poster)="(?:https?:)?//', text)
        assert not re.search(r"@import|url\(", text)
        folder = name.rpartition("/")[0]
        for target in re.findall(r'(?:src|href)="([^"#:]+)[^":]*"', text):
            path = re.sub(r"^[^/]+/\.\./", "", f"{folder}/{target}" if folder else target)
            assert path in held.namelist(), (name, target)


def test_the_text_is_to_be_read_in_html_and_plain(issue):
    held = scenes.opened(scenes.archived(issue))
    number = scenes.told(scenes.archived(issue))["pieces"][0]["number"]
    page = held.read(f"articles/{number}.html").decode()
    for words in (
        "河畔旧厂",
        "三层 &amp; 六间",
        "苗青禾",
        "读者在看书。",
        "梁序 摄",
        "四层",
        "温以恒",
    ):
        assert words in page
    assert page.count("<img") == 2
    plain = held.read(f"text/{number}.txt").decode()
    for words in ("河畔旧厂开出图书馆", "三层 & 六间", "柳岸街道的老厂房", "读者在看书。", "四层"):
        assert words in plain
    assert "<" not in plain


def test_links_lead_to_pieces_in_the_archive_and_else_to_the_site(cast, settings):
    settings.SITE_URL = "https://news.example.cn"
    other = factories.approved(cast)
    body = (
        f'<p>见<a href="/articles/{other.pk}/">本期</a>、<a href="/sections/minsheng/">民生</a>、'
        f'<a href="https://example.cn/">外面</a>。</p>'
    )
    piece = factories.approved(cast, body=body)
    held = scenes.opened(scenes.archived(factories.live_issue(cast, piece, other)))
    page = held.read(f"articles/{piece.pk}.html").decode()
    assert f'href="{other.pk}.html"' in page
    assert 'href="https://news.example.cn/sections/minsheng/"' in page
    assert 'href="https://example.cn/"' in page


def test_hostile_words_of_titles_and_names_stay_words(cast):
    evil = "<script>alert(1)</script>|“&"
    piece = scenes.illustrated(cast, headline=evil, kicker=evil, deck=evil, seed=3)
    piece.photos.update(caption=evil, credit=evil, alternative_text='"><script>')
    piece.bylines.update(name=evil[:40], role=evil[:30])
    issue = factories.live_issue(cast, scenes.signed(cast, piece), title=evil)
    held = scenes.opened(scenes.archived(issue))
    for name in held.namelist():
        if name.endswith(".html"):
            assert "<script" not in held.read(name).decode()


def test_who_signs_with_a_pen_name_is_not_given_away(cast):
    piece = factories.draft(cast)
    piece.bylines.update(name="河畔人")
    archive = scenes.archived(factories.live_issue(cast, scenes.signed(cast, piece)))
    assert scenes.told(archive)["correspondents"] == {}
    for name in scenes.opened(archive).namelist():
        assert "苗青禾" not in scenes.opened(archive).read(name).decode(errors="ignore").replace(
            '"made_by": "苗青禾"', ""
        )


def test_what_is_not_out_says_so_on_every_page_and_holds_signed_pieces_only(cast):
    piece, draft = factories.approved(cast), factories.draft(cast, headline="还没有签的稿")
    issue = factories.issue(cast, piece, draft)
    archive = scenes.archived(issue)
    held = scenes.opened(archive)
    assert scenes.told(archive)["public"] is False
    for name in held.namelist():
        text = held.read(name).decode(errors="ignore")
        assert "还没有签的稿" not in text
        if name.endswith((".html", ".txt")):
            assert "尚未发布" in text, name


def test_before_its_hour_it_is_not_public_and_after_it_is(cast):
    issue = factories.scheduled_issue(cast, factories.approved(cast))
    hour = issue.release.publish_at
    just_before = scenes.told(scenes.archived(issue, at=hour - factories.timedelta(seconds=1)))
    assert just_before["public"] is False
    assert scenes.told(scenes.archived(issue, at=hour))["public"] is True


def test_an_issue_with_nothing_signed_gives_no_archive(cast):
    with pytest.raises(RefusalError, match="签"):
        pack(factories.issue(cast, factories.draft(cast)), io.BytesIO())


def test_a_lost_or_changed_picture_is_named_and_nothing_is_written_as_if_whole(cast):
    piece = scenes.signed(cast, scenes.illustrated(cast, seed=70, headline="图丢了的稿"))
    issue = factories.live_issue(cast, piece)
    photo = piece.photos.first()
    place = darkroom.path(photo.digest, f"{photo.width}.webp")
    with default_storage.open(place) as file:
        whole = file.read()
    darkroom.make_anew(place, whole[:-1] + b"x")
    try:
        with pytest.raises(RefusalError, match="图丢了的稿"):
            scenes.archived(issue)
        default_storage.delete(place)
        with pytest.raises(RefusalError, match="图丢了的稿"):
            scenes.archived(issue)
    finally:
        darkroom.make_anew(place, whole)


def test_a_readable_picture_the_worker_has_not_made_is_made(cast):
    piece = scenes.signed(cast, scenes.illustrated(cast, seed=90))
    issue, photo = factories.live_issue(cast, piece), piece.photos.first()
    place = darkroom.path(photo.digest, f"{photo.width}.jpg")
    with default_storage.open(place) as file:
        kept = file.read()
    default_storage.delete(place)
    try:
        made = scenes.opened(scenes.archived(issue)).read(f"photos/{photo.digest}.jpg")
    finally:
        darkroom.make_anew(place, kept)
    assert made.startswith(b"\xff\xd8\xff")


def test_masters_are_the_very_files_that_are_served(issue):
    held = scenes.opened(scenes.archived(issue))
    masters = [name for name in held.namelist() if name.endswith(".webp")]
    assert len(masters) == 2
    for name in masters:
        assert hashlib.sha256(held.read(name)).hexdigest() == name[7:-5]


def test_a_change_note_stays_with_its_day(cast):
    piece = factories.live_alone(cast)
    issue = factories.live_issue(cast, piece)
    for note in ("补充了时间。", "改正了地点。"):
        workflow.revise(piece, by=cast.writer)
        piece.deck = note
        workflow.save(piece, by=cast.writer, write=piece.save)
        workflow.submit(piece, by=cast.writer, change_note=note)
        factories.signed_by(cast, piece, cast.editor, cast.desk_head, cast.chief)
    archive = scenes.archived(issue)
    [told] = scenes.told(archive)["pieces"]
    assert [each["note"] for each in told["notes"]] == ["补充了时间。"]
    page = scenes.opened(archive).read(f"articles/{piece.pk}.html").decode()
    assert page.index("补充了时间。") < page.rindex("改正了地点。")


def test_only_the_newsroom_takes_one_and_it_is_on_record(cast, issue):
    for person in (cast.writer, cast.other_writer):
        with pytest.raises(RefusalError):
            export_issue(issue, io.BytesIO(), by=person)
    assert not IssueAct.objects.filter(verb="export").exists()
    export_issue(issue, io.BytesIO(), by=cast.editor)
    assert IssueAct.objects.get(verb="export").note == "issue-2023-12-08"


def test_a_second_issue_of_a_day_and_an_unpublished_one_are_called_so(cast):
    issue = factories.issue(cast, factories.approved(cast), sequence=2)
    issue_workflow.close(issue, by=cast.issue_editor)
    note = export_issue(issue, io.BytesIO(), by=cast.chief)["issue"]["sequence"]
    assert note == 2
    assert IssueAct.objects.get(verb="export").note == "issue-2023-12-08-2-unpublished"
