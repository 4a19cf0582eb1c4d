"""What a signature covers: the change of any of it makes another version, layout does not."""

from types import SimpleNamespace

import pytest
from django.db import connection
from django.utils.translation import override

from articles.kinds import Credit, Kind
from articles.models import Article, Byline, Correspondent, Photo, Section, Version
from articles.sealing import (
    COVERED_WORDS,
    covered,
    covered_by_version,
    distance,
    fingerprint,
    snapshot,
)
from tests import factories

pytestmark = pytest.mark.django_db

LONG = "<p>柳岸街道的老厂房亮起阅读灯。</p><p>二层设了四十个座位。</p>"


@pytest.fixture
def piece():
    cast = factories.Cast()
    made = factories.draft(cast, headline="老厂房里开出图书馆", body=LONG)
    factories.with_photo(made, position=0)
    factories.with_photo(made, position=1)
    return made


def version_of(article) -> Version:
    fresh = Article.objects.get(pk=article.pk)
    return snapshot(fresh, by=fresh.filed_by, reason=Version.Reason.NAMED)


def change(article, **fields):
    Article.objects.filter(pk=article.pk).update(**fields)


def byline(**fields):
    return lambda piece: Byline.objects.filter(article=piece).update(**fields)


def photo(**fields):
    return lambda piece: Photo.objects.filter(article=piece, position=0).update(**fields)


def swap_photos(piece):
    one, other = piece.photos.all()
    Photo.objects.filter(pk=one.pk).update(position=2)
    Photo.objects.filter(pk=other.pk).update(position=0)


def add_name(piece):
    Byline.objects.create(article=piece, name="方念", position=1)


def swap_names(piece):
    add_name(piece)
    version_of(piece)
    Byline.objects.filter(article=piece, name="方念").update(position=0)
    Byline.objects.filter(article=piece, name="").update(position=1)


def another_namesake(piece):
    byline(correspondent=Correspondent.objects.create(name="苗青禾"))(piece)


def change_file(piece, **fields):
    factories.with_attachment(piece)
    version_of(piece)
    piece.attachments.update(**fields)


def swap_files(piece):
    one = factories.with_attachment(piece, title="一", position=0)
    factories.with_attachment(piece, title="二", position=1)
    version_of(piece)
    piece.attachments.filter(pk=one.pk).update(position=2)


COVERED = {
    "headline": lambda piece: change(piece, headline="老厂房里开出阅览室"),
    **{
        name: lambda piece, name=name: change(piece, **{name: "换过"})
        for name in COVERED_WORDS
        if name != "body"
    },
    "body": lambda piece: change(piece, body=LONG.replace("四十", "五十")),
    "a word in bold": lambda piece: change(
        piece, body=LONG.replace("四十", "<strong>四十</strong>")
    ),
    "a link": lambda piece: change(
        piece, body=LONG.replace("座位", '<a href="https://a.cn">座位</a>')
    ),
    "kind": lambda piece: change(piece, kind=Kind.BRIEF),
    "section": lambda piece: change(
        piece, section=Section.objects.create(name="教育", slug="jiaoyu")
    ),
    "no section": lambda piece: change(piece, section=None),
    "name": byline(name="苗禾"),
    "role": byline(role="记者"),
    "credit": byline(credit=Credit.PHOTO),
    "another person of that name": another_namesake,
    "another name": add_name,
    "the order of names": swap_names,
    "a name less": lambda piece: piece.bylines.all().delete(),
    "caption": photo(caption="换过的说明"),
    "photographer": photo(credit="另一人 摄"),
    "alternative text": photo(alternative_text="换过的替代文字"),
    "the file": photo(digest="e" * 64),
    "the order of photos": swap_photos,
    "the page of a video": photo(video_url="https://video.example.cn/v/1"),
    "a file": lambda piece: factories.with_attachment(piece),
    "the name of a file": lambda piece: change_file(piece, title="另一个名字"),
    "the bytes of a file": lambda piece: change_file(piece, digest="f" * 64),
    "the order of files": lambda piece: swap_files(piece),
    "another photo": lambda piece: factories.with_photo(piece, position=2),
    "a photo less": lambda piece: piece.photos.first().delete(),
}
LAYOUT = {
    "where the headline breaks": lambda piece: change(piece, headline="老厂房里|开出图书馆"),
    "the focal point": photo(focal_x=0.1),
    "a photo still awaited": lambda piece: (
        factories.with_photo(piece).delete()
        or Photo.objects.create(article=piece, caption="待补", position=3)
    ),
    "who approved it in the unit": lambda piece: change(piece, unit_head="陶然"),
    "nothing": lambda piece: change(piece, body=LONG),
    "what the text may not have": lambda piece: change(
        piece, body=LONG.replace("四十", "四<script>x()</script>十")
    ),
}


@pytest.mark.parametrize("what", COVERED)
def test_a_change_of_what_is_covered_makes_another_version(piece, what):
    first = version_of(piece)
    COVERED[what](piece)
    second = version_of(piece)
    assert second.number > first.number
    assert second.fingerprint != version_before(second).fingerprint


def version_before(version):
    return Version.objects.get(article=version.article_id, number=version.number - 1)


@pytest.mark.parametrize("what", LAYOUT)
def test_layout_makes_none(piece, what):
    first = version_of(piece)
    LAYOUT[what](piece)
    assert version_of(piece) == first


def test_a_version_holds_what_its_fingerprint_says(piece):
    made = version_of(piece)
    assert fingerprint(covered_by_version(made)) == made.fingerprint


def test_going_back_to_earlier_words_is_a_version_too(piece):
    first = version_of(piece)
    change(piece, deck="加一行副题")
    version_of(piece)
    change(piece, deck="")
    third = version_of(piece)
    assert (third.number, third.fingerprint) == (3, first.fingerprint)
    assert distance(first, third) == 0


def test_the_public_text_is_clean_whatever_wrote_the_working_copy(piece):
    raw = "<p>正文</p><script>alert(1)</script><p onclick=x()>点</p>"
    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_article SET body = %s WHERE id = %s", [raw, piece.pk])
    made = version_of(piece)
    assert "script" not in made.html
    assert "onclick" not in made.html
    assert fingerprint(covered_by_version(Version.objects.get(pk=made.pk))) == made.fingerprint


def test_a_version_shows_only_photos_of_its_own_piece(piece):
    other = Article.objects.create(filed_by=piece.filed_by, body="<p>别篇</p>")
    stranger = factories.with_photo(other)
    own = piece.photos.first()
    nodes = "".join(f'<figure data-photo="{p.pk}"></figure>' for p in (own, stranger))
    change(piece, body=LONG + nodes)
    made = version_of(piece)
    assert own.digest in made.html
    assert stranger.digest not in made.html
    assert list(made.photos.filter(inline=True).values_list("identity", flat=True)) == [own.pk]


OLD_FINGERPRINT = "3b76e06932abbe0150fc20ef2bacfb88723daba2dceace52b305578efa572c1f"
"""Of the piece below, from before there were attachments and videos: archives rely on it."""


def test_fingerprints_from_before_attachments_and_videos_stand():
    photo = SimpleNamespace(
        digest="ab" * 32, caption="图说", credit="梁序 摄", alternative_text="窗边", video_url=""
    )
    piece = SimpleNamespace(
        kind="news", section_id=3, headline="老厂房|开出图书馆", kicker="", deck="",
        column_label="", dateline="本报讯", source="", summary="", body="<p>正文。</p>",
        change_note="",
    )  # fmt: skip
    content = covered(piece, bylines=[], photos=[photo], attachments=[])
    assert fingerprint(content) == OLD_FINGERPRINT


def test_a_version_keeps_its_files_and_videos(piece):
    factories.with_attachment(piece, title="报名表", kind="docx", size=77)
    piece.photos.update(video_url="https://video.example.cn/v/1")
    made = version_of(piece)
    kept = made.attachments.get()
    assert (kept.title, kept.kind, kept.size) == ("报名表", "docx", 77)
    assert {each.video_url for each in made.photos.all()} == {"https://video.example.cn/v/1"}
    assert fingerprint(covered_by_version(made)) == made.fingerprint


def test_what_residents_get_is_chinese_whoever_signs(piece):
    poster = factories.with_photo(piece, video_url="https://video.example.cn/v/1", position=5)
    change(piece, body=f'{LONG}<figure data-photo="{poster.pk}"></figure>')
    with override("en"):
        assert "看视频（video.example.cn）" in version_of(piece).html
