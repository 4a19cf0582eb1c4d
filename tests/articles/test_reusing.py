"""Using a picture again: who may, what it brings along, and what is said before."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import permissions, workflow
from articles.models import Article, Photo, Picture, Upload
from articles.reusing import cautions
from articles.typed import MOST_ROWS
from articles.workflow import reusing
from newsroom.people.verdicts import RefusalError
from tests import factories
from tests.articles import test_statuses as pieces
from tests.articles.desk_pages import address, form_of, signed_in, text

pytestmark = pytest.mark.django_db

WORDS = {"caption": "见报的说明", "credit": "许宁 摄", "alternative_text": "石栏边的河灯"}


@pytest.fixture
def cast():
    return factories.Cast()


def published(cast, picture, **words):
    """Make a live piece that shows a picture."""
    article = factories.draft(cast)
    factories.with_photo(article, picture.digest, **words)
    workflow.submit(article, by=cast.writer)
    factories.signed_by(cast, article, cast.editor, cast.desk_head, cast.chief)
    return workflow.publish_alone(article, by=cast.chief)


def others_draft(cast):
    """Make a draft of the other writer's."""
    article = factories.draft(cast, filed_by=cast.other_writer)
    article.bylines.all().delete()
    return article


class TestPuttingIn:
    def test_it_stands_last_with_the_words_of_its_printed_use(self, cast):
        picture = factories.picture()
        published(cast, picture, **WORDS, focal_x=0.2, photographer=cast.correspondent)
        article = others_draft(cast)
        factories.with_photo(article)
        reusing.put_into(article, by=cast.other_writer, picture=picture)
        photo = article.photos.last()
        assert photo.digest == picture.digest
        assert (photo.width, photo.height) == (picture.width, picture.height)
        assert photo.widths == picture.widths
        assert {name: getattr(photo, name) for name in WORDS} == WORDS
        assert (photo.focal_x, photo.position) == (0.2, 1)
        assert photo.photographer == cast.correspondent

    def test_it_is_a_save_like_any_other(self, cast):
        article = factories.draft(cast)
        before = article.revision
        reusing.put_into(
            article, by=cast.writer, picture=factories.picture(uploaded_by=cast.writer)
        )
        assert Article.objects.get(pk=article.pk).revision == before + 1

    def test_words_of_a_draft_one_does_not_see_are_not_taken_over(self, cast):
        picture = factories.picture(uploaded_by=cast.other_writer, noted={"caption": "相机写的"})
        factories.with_photo(factories.draft(cast), picture.digest, **WORDS)
        photo = reusing.put_into(others_draft(cast), by=cast.other_writer, picture=picture)
        assert (photo.caption, photo.credit) == ("相机写的", "")

    @pytest.mark.parametrize("who", ["other_writer", "editor", "issue_editor", "administrator"])
    def test_nobody_puts_one_where_they_may_not_write(self, cast, who):
        person = getattr(cast, who)
        article = pieces.STATES["approved"](cast)
        picture = factories.picture(uploaded_by=person)
        with pytest.raises(RefusalError):
            reusing.put_into(article, by=person, picture=picture)
        assert not article.photos.filter(digest=picture.digest).exists()

    def test_nobody_uses_a_picture_they_do_not_see(self, cast):
        picture = factories.picture(uploaded_by=cast.editor)
        with pytest.raises(RefusalError, match="不归你看"):
            reusing.put_into(factories.draft(cast), by=cast.writer, picture=picture)

    def test_twice_is_once(self, cast):
        article, picture = factories.draft(cast), factories.picture(uploaded_by=cast.writer)
        reusing.put_into(article, by=cast.writer, picture=picture)
        with pytest.raises(RefusalError, match="已经有这张图片"):
            reusing.put_into(article, by=cast.writer, picture=picture)
        assert article.photos.count() == 1

    def test_a_piece_takes_no_more_than_its_form_does(self, cast):
        article = factories.draft(cast)
        Photo.objects.bulk_create(Photo(article=article) for _number in range(MOST_ROWS))
        with pytest.raises(RefusalError, match="上限"):
            reusing.put_into(article, by=cast.editor, picture=factories.picture())


class TestTheDoor:
    def offered(self, user, picture, **asked):
        page = signed_in(user).get(self.address(picture), asked)
        return [article.pk for article in page.context["pieces"]]

    def address(self, picture):
        return reverse("admin:articles_picture_use", args=[picture.pk])

    def test_it_offers_what_one_may_change(self, cast):
        mine, claimed = factories.draft(cast), factories.submitted(cast)
        workflow.claim(claimed, by=cast.editor)
        factories.submitted(cast)
        picture = factories.picture(uploaded_by=cast.writer)
        assert self.offered(cast.writer, picture) == [mine.pk]
        assert set(self.offered(cast.editor, picture)) == {mine.pk, claimed.pk}
        assert self.offered(cast.editor, picture, q=mine.headline[-6:]) == [mine.pk]
        assert self.offered(cast.editor, picture, q="没有的字") == []

    def test_many_pieces_cost_as_many_statements_as_few(self, cast):
        client, picture = signed_in(cast.editor), factories.picture()
        factories.draft(cast)
        client.get(self.address(picture))
        with CaptureQueriesContext(connection) as few:
            client.get(self.address(picture))
        for _number in range(19):
            factories.draft(cast)
        with CaptureQueriesContext(connection) as many:
            answer = client.get(self.address(picture))
        assert len(answer.context["pieces"]) == 20
        assert len(many) == len(few)

    def test_it_leads_to_the_photos_of_the_piece(self, cast):
        article, picture = factories.draft(cast), factories.picture(uploaded_by=cast.writer)
        answer = signed_in(cast.writer).post(self.address(picture), {"piece": article.pk})
        assert answer.status_code == 302
        assert answer.url.endswith(f"/{article.pk}/change/#photos-group")
        assert article.photos.get().digest == picture.digest

    @pytest.mark.parametrize("piece", ["", "x", "-1", "9" * 30])
    def test_no_piece_is_a_sentence(self, cast, piece):
        picture = factories.picture()
        answer = signed_in(cast.editor).post(self.address(picture), {"piece": piece})
        assert answer.status_code == 409
        assert "请选一篇稿件" in text(answer)

    def test_a_refusal_is_a_sentence(self, cast):
        picture, article = factories.picture(), factories.approved(cast)
        answer = signed_in(cast.editor).post(self.address(picture), {"piece": article.pk})
        assert answer.status_code == 409
        assert article.title in text(answer)

    def test_anothers_piece_is_unknown(self, cast):
        picture = factories.picture(uploaded_by=cast.writer)
        answer = signed_in(cast.writer).post(
            self.address(picture), {"piece": others_draft(cast).pk}
        )
        assert answer.status_code == 404


class TestWhatIsSaidBefore:
    def test_rights_minors_and_withdrawal(self, cast):
        agreed = {"shows_minors": True, "consent": "家长同意"}
        picture = factories.picture(rights="仅限本次使用", **agreed)
        article = published(cast, picture)
        assert ["仅限本次使用" in said for said in cautions(picture)] == [True, False]
        workflow.withdraw(article, by=cast.chief, reason="当事人要求。")
        assert [said[:5] for said in cautions(picture)] == [
            "版权：仅限",
            "画面有未成",
            "用过它的一",
        ]
        page = text(signed_in(cast.editor).get(TestTheDoor().address(picture)))
        for said in cautions(Picture.objects.get(pk=picture.pk)):
            assert said in page

    def test_minors_whose_consent_is_not_noted(self):
        (said,) = cautions(factories.picture(shows_minors=True))
        assert "没写谁同意" in said

    def test_nothing_is_said_where_there_is_nothing(self):
        assert cautions(factories.picture()) == []


@pytest.mark.parametrize("state", pieces.STATES)
def test_what_is_offered_is_what_one_may_edit(cast, state):
    pieces.STATES[state](cast)
    for person in (*cast.by_role.values(), cast.other_writer, cast.second_editor):
        offered = Article.objects.to_be_written_by(person, permissions.handles_all(person))
        may = [piece.pk for piece in Article.objects.all() if permissions.may_edit(person, piece)]
        assert sorted(offered.values_list("pk", flat=True)) == sorted(may), person


def test_who_may_look_at_one_is_who_sees_it_among_many(cast):
    made = [
        factories.picture(uploaded_by=cast.writer),
        factories.picture(),
        factories.picture(uploaded_by=cast.editor),
    ]
    published(cast, made[1])
    for person in (*cast.by_role.values(), cast.other_writer):
        seen = Picture.objects.seen_by(person, permissions.sees_everything(person))
        for picture in made:
            assert bool(permissions.may_see_picture(person, picture.digest)) == seen.contains(
                picture
            )


class TestPickingInTheForm:
    PICK = reverse("admin:articles_picture_pick")

    def pick(self, user, chosen, piece=None, **changes):
        told = {"person": user.pk, "picture": chosen.pk, "article": piece and piece.pk}
        return signed_in(user).post(
            self.PICK, json.dumps(told | changes), content_type="application/json",
            headers={"Accept": "application/json"},
        )  # fmt: skip

    def test_it_shows_what_one_sees_and_finds_it_by_words(self, cast):
        mine = factories.picture(uploaded_by=cast.writer, place="棠溪老码头")
        others = factories.picture(uploaded_by=cast.editor)
        page = text(signed_in(cast.writer).get(self.PICK))
        assert f'data-picture="{mine.pk}"' in page
        assert f'data-picture="{others.pk}"' not in page
        assert f'data-picture="{mine.pk}"' in text(
            signed_in(cast.writer).get(self.PICK, {"q": "码头"})
        )
        assert "没有符合条件" in text(signed_in(cast.writer).get(self.PICK, {"q": "没有的字"}))

    def test_what_is_picked_is_saved_with_the_piece_like_what_was_sent(self, cast):
        article, picture = factories.draft(cast), factories.picture()
        published(cast, picture, **WORDS)
        told = self.pick(cast.writer, picture, article).json()
        for words in WORDS.values():
            assert words in told["photo"]["notes"]
        assert not article.photos.exists()
        row = {"taken": told["key"], "number": told["photo"]["number"], **WORDS}
        posted = form_of(article) | {f"photos-0-{name}": value for name, value in row.items()}
        signed_in(cast.writer).post(address(article), posted | {"photos-TOTAL_FORMS": 1})
        photo = article.photos.get()
        assert (photo.digest, photo.caption) == (picture.digest, WORDS["caption"])

    def test_two_clicks_are_one(self, cast):
        article, picture = factories.draft(cast), factories.picture()
        keys = {self.pick(cast.editor, picture, article).json()["key"] for _click in range(2)}
        assert len(keys) == 1

    def test_a_new_piece_takes_one_too(self, cast):
        picture = factories.picture(uploaded_by=cast.writer)
        assert self.pick(cast.writer, picture).json()["photo"]["number"]

    def test_one_that_stands_there_is_refused_in_a_sentence(self, cast):
        article, picture = factories.draft(cast), factories.picture()
        factories.with_photo(article, picture.digest)
        answer = self.pick(cast.editor, picture, article)
        assert answer.status_code == 403
        assert "已经有这张图片" in answer.json()["sentence"]

    def test_what_one_does_not_see_is_not_there(self, cast):
        picture = factories.picture(uploaded_by=cast.editor)
        assert self.pick(cast.writer, picture).status_code == 404
        mine = factories.picture(uploaded_by=cast.writer)
        assert self.pick(cast.writer, mine, others_draft(cast)).status_code == 404
        assert self.pick(cast.writer, mine, picture="1").status_code == 400
        assert self.pick(cast.writer, mine, person=cast.editor.pk).status_code == 409
        assert not Upload.objects.exists()

    def test_who_writes_no_pieces_picks_nothing(self, cast):
        assert self.pick(cast.administrator, factories.picture()).status_code == 403
