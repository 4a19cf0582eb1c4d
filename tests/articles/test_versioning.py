"""Versions by hand: named, kept, brought back, and nothing lost or changed on the way."""

import pytest

from articles import workflow
from articles.models import Article, Byline, Photo, Version, VersionName
from articles.sealing import covered_by_draft, covered_by_version, fingerprint
from newsroom.people.verdicts import RefusalError
from tests import factories, traces

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


@pytest.fixture
def article(cast):
    """Return a returned piece whose writer has typed another text since."""
    piece = factories.draft(cast, headline="早市|挪了新家", body="<p>一版。</p>")
    factories.with_photo(piece, position=0)
    piece.body = f'<p>一版。</p><figure data-photo="{piece.photos.get().pk}"></figure>'
    piece.save()
    workflow.submit(piece, by=cast.writer)
    workflow.return_(piece, by=cast.editor, note="补")
    retype(piece, cast.writer, headline="二版题目", body="<p>二版。</p>")
    return piece


def retype(piece, by, **words):
    for name, value in words.items():
        setattr(piece, name, value)
    workflow.save(piece, by=by, write=piece.save)


def restored(piece, by, number=1, **how) -> Version:
    workflow.restore_version(piece, by=by, number=number, **how)
    return piece.latest_version


class TestRestoring:
    """A version comes back as a new one; what stood there is kept as one too."""

    def test_it_reads_as_then_and_what_stood_there_is_kept(self, cast, article):
        before = covered_by_draft(article)
        made = restored(article, cast.writer)
        first, kept = (article.versions.get(number=number) for number in (1, 2))
        assert (made.number, made.reason, made.restored) == (3, "restored", first)
        assert made.fingerprint == first.fingerprint
        assert covered_by_draft(article) == covered_by_version(first)
        assert (kept.reason, covered_by_version(kept)) == ("replaced", before)

    def test_back_and_forth_loses_nothing(self, cast, article):
        texts = [fingerprint(covered_by_draft(article))]
        for number in (1, 2, 1, 4):
            texts.append(restored(article, cast.writer, number).fingerprint)
        known = set(article.versions.values_list("fingerprint", flat=True))
        assert set(texts) <= known
        assert texts[0] == texts[2]

    def test_a_deleted_photo_stands_in_the_text_again(self, cast, article):
        photo = article.photos.get()
        photo.delete()
        retype(article, cast.writer, body="<p>无图。</p>")
        restored(article, cast.writer)
        back = article.photos.get()
        assert (back.pk, back.digest, back.caption) == (photo.pk or back.pk, photo.digest,
                                                        photo.caption)  # fmt: skip
        assert f'data-photo="{back.pk}"' in article.body

    def test_another_picture_under_the_same_number_gives_way(self, cast, article):
        old = article.photos.get()
        Photo.objects.filter(pk=old.pk).update(digest="f" * 64, caption="另一张")
        restored(article, cast.writer)
        assert article.photos.get().digest == old.digest
        assert restored(article, cast.writer, 2).photos.get().digest == "f" * 64

    def test_a_photo_put_in_since_goes_and_comes_back_with_its_version(self, cast, article):
        new = factories.with_photo(article, position=1)
        waiting = Photo.objects.create(article=article, caption="待补的图", position=2)
        restored(article, cast.writer)
        assert not article.photos.filter(digest=new.digest).exists()
        assert article.photos.filter(pk=waiting.pk).exists()
        restored(article, cast.writer, 2)
        assert article.photos.filter(pk=new.pk, digest=new.digest).exists()

    def test_names_come_back_as_printed_then(self, cast, article):
        Byline.objects.filter(article=article).update(name="青禾", role="记者")
        Byline.objects.create(article=article, name="方念", position=1)
        restored(article, cast.writer)
        byline = article.bylines.get()
        assert (byline.correspondent, byline.name, byline.role) == (
            cast.correspondent, "", "通讯员",
        )  # fmt: skip
        type(cast.correspondent).objects.update(name="苗青禾儿")
        restored(article, cast.writer, 2)
        restored(article, cast.writer, 1)
        assert article.bylines.get().printed_name == "苗青禾"

    def test_what_no_signature_covers_stays(self, cast, article):
        retype(article, cast.writer, headline="早市挪|了新家", unit_head="陶然")
        article.photos.update(focal_x=0.2)
        restored(article, cast.writer)
        assert (article.headline, article.unit_head) == ("早市挪|了新家", "陶然")
        assert article.photos.get().focal_x == 0.2

    def test_the_same_text_is_refused(self, cast, article):
        restored(article, cast.writer)
        before = traces.everything()
        with pytest.raises(RefusalError, match="就和这一版一样"):
            restored(article, cast.writer)
        assert traces.everything() == before

    def test_a_stale_page_restores_nothing(self, cast, article):
        seen = article.revision
        retype(article, cast.editor, body="<p>编辑刚改的。</p>")
        with pytest.raises(RefusalError, match="改动"):
            restored(article, cast.writer, seen=seen)
        assert Article.objects.get(pk=article.pk).body == "<p>编辑刚改的。</p>"

    def test_forms_that_are_open_find_out(self, cast, article):
        seen = article.revision
        restored(article, cast.writer)
        assert article.revision == seen + 1

    @pytest.mark.parametrize("number", [0, 2, 99])
    def test_there_must_be_such_a_version(self, cast, article, number):
        with pytest.raises(RefusalError, match="没有这一版"):
            restored(article, cast.writer, number)

    def test_in_review_it_voids_what_was_signed(self, cast):
        piece = factories.submitted(cast, body=f"<p>{'原' * 200}</p>")
        workflow.claim(piece, by=cast.editor)
        retype(piece, cast.editor, body=f"<p>{'改' * 200}</p>")
        workflow.sign(piece, by=cast.editor)
        workflow.claim(piece, by=cast.desk_head)
        restored(piece, cast.desk_head)
        workflow.sign(piece, by=cast.desk_head)
        assert piece.round.name == "初审"

    def test_what_residents_read_stays(self, cast):
        piece = factories.mended(cast)
        sealed = piece.sealed
        restored(piece, cast.writer, sealed.number)
        assert piece.sealed == sealed
        assert piece.latest_version.sealed_at is None


class TestNaming:
    """A version has a name beside it, once in its piece; the version stays as it was made."""

    def test_a_version_is_named_and_named_anew(self, cast, article):
        before = Version.objects.values().get(article=article)
        workflow.name_version(article, by=cast.writer, number=1, name="  初  稿 ")
        workflow.name_version(article, by=cast.editor, number=1, name="送审稿")
        assert article.versions.get().name == "送审稿"
        assert Version.objects.values().get(article=article) == before
        named = article.acts.filter(verb="name_version").order_by("pk")
        assert list(named.values_list("note", "by__name")) == [
            ("初 稿", "苗青禾"), ("送审稿", "沈予安"),
        ]  # fmt: skip

    def test_a_signed_and_a_sealed_version_may_be_named(self, cast):
        piece = factories.live_alone(cast)
        workflow.name_version(piece, by=cast.chief, number=1, name="见报稿")
        traces.speak_now()
        assert piece.latest_version.name == "见报稿"

    def test_a_name_stands_once_in_its_piece(self, cast, article):
        workflow.name_version(article, by=cast.writer, number=1, name="初稿")
        with pytest.raises(RefusalError, match="另有一版"):
            workflow.keep_version(article, by=cast.writer, name="初稿")
        assert article.versions.count() == 1
        other = factories.submitted(cast)
        workflow.name_version(other, by=cast.writer, number=1, name="初稿")
        assert VersionName.objects.filter(name="初稿").count() == 2

    def test_the_present_text_is_kept_under_a_name(self, cast, article):
        workflow.keep_version(article, by=cast.writer, name="补采之后")
        kept = article.latest_version
        assert (kept.number, kept.reason, kept.name) == (2, "named", "补采之后")
        workflow.keep_version(article, by=cast.writer, name="还是这一版")
        assert article.versions.count() == 2
        assert article.latest_version.name == "还是这一版"

    @pytest.mark.parametrize("name", ["", "  ", "名" * 41])
    def test_a_name_has_one_to_forty_characters(self, cast, article, name):
        for verb in (workflow.keep_version, workflow.name_version):
            how = {"number": 1} if verb is workflow.name_version else {}
            with pytest.raises(RefusalError, match="名称"):
                verb(article, by=cast.writer, name=name, **how)
        assert article.versions.count() == 1


def test_files_and_videos_come_back_with_their_version(cast):
    piece = factories.draft(cast)
    photo = factories.with_photo(piece, video_url="https://video.example.cn/v/1")
    file = factories.with_attachment(piece, title="报名表", kind="docx", size=77)
    first = workflow.submit(piece, by=cast.writer).latest_version
    workflow.recall(piece, by=cast.writer)
    piece.attachments.all().delete()
    factories.with_attachment(piece, title="别的")
    piece.photos.update(video_url="")
    workflow.restore_version(piece, by=cast.writer, number=first.number)
    back = piece.attachments.get()
    assert (back.title, back.kind, back.size, back.digest) == ("报名表", "docx", 77, file.digest)
    photo.refresh_from_db()
    assert photo.video_url == "https://video.example.cn/v/1"
    assert fingerprint(covered_by_draft(piece)) == first.fingerprint
