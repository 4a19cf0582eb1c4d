"""What looks alike, and who sees which picture."""

from threading import Barrier, Thread

import pytest
from django.db import connection, transaction

from articles import workflow
from articles.likeness import NEAR
from articles.models import Likeness, Photo, Picture
from articles.permissions import sees_everything
from tests import factories, traces

pytestmark = pytest.mark.django_db

NUMBER = 0b1011 << 60
NUMBER -= 1 << 64  # as the database keeps it


def differing(bits: int) -> int:
    """Return a fingerprint so many bits from ``NUMBER``."""
    return NUMBER ^ ((1 << bits) - 1)


@pytest.fixture
def cast():
    return factories.Cast()


def seen(person):
    return set(Picture.objects.seen_by(person, sees_everything(person)))


class TestWhatLooksAlike:
    def test_the_nearest_comes_first_and_the_far_does_not(self):
        near = [factories.picture(fingerprint=differing(bits)) for bits in (5, 0, 7)]
        factories.picture(fingerprint=differing(8))
        factories.picture(fingerprint=None)
        found = Picture.objects.like(NUMBER)
        assert [picture.bits for picture in found] == [0, 5, 7]
        assert list(found) == [near[1], near[0], near[2]]

    def test_how_near_is_for_the_asker_to_say(self):
        factories.picture(fingerprint=differing(3))
        assert not Picture.objects.like(NUMBER, within=2).exists()
        assert Picture.objects.like(NUMBER, within=3).exists()

    def test_a_picture_of_nothing_is_like_none(self):
        factories.picture(fingerprint=None)
        factories.picture(fingerprint=0)
        assert not Picture.objects.like(None).exists()

    def test_it_narrows_what_it_is_asked_of(self, cast):
        mine = factories.picture(fingerprint=NUMBER, uploaded_by=cast.writer)
        factories.picture(fingerprint=NUMBER, uploaded_by=cast.other_writer)
        assert list(Picture.objects.seen_by(cast.writer, False).like(NUMBER)) == [mine]


class TestPairs:
    def pairs(self):
        traces.speak_now()
        return set(Likeness.objects.values_list("picture", "other", "bits"))

    def test_every_pair_stands_in_both_orders(self):
        one, other = (factories.picture(fingerprint=differing(bits)) for bits in (0, 6))
        factories.picture(fingerprint=differing(20))
        assert self.pairs() == {(one.pk, other.pk, 6), (other.pk, one.pk, 6)}
        assert set(Picture.objects.alike()) == {one, other}

    def test_they_are_as_near_as_the_question_goes(self):
        factories.picture(fingerprint=NUMBER)
        for bits in (NEAR, NEAR + 1):
            factories.picture(fingerprint=NUMBER ^ (((1 << bits) - 1) << 20))
        assert {bits for _one, _other, bits in self.pairs()} == {1, NEAR}

    def test_they_follow_a_number_that_changes(self):
        one, other = (factories.picture(fingerprint=differing(bits)) for bits in (0, 6))
        self.pairs()
        Picture.objects.filter(pk=other.pk).update(fingerprint=differing(20))
        assert self.pairs() == set()
        Picture.objects.filter(pk=one.pk).update(fingerprint=differing(19))
        assert len(self.pairs()) == 2
        Picture.objects.filter(pk=one.pk).update(fingerprint=None)
        assert self.pairs() == set()

    def test_they_go_with_a_picture(self):
        one, _other = (factories.picture(fingerprint=differing(bits)) for bits in (0, 6))
        self.pairs()
        one.delete()
        assert self.pairs() == set()

    def test_many_at_once_are_compared_with_one_another(self):
        Picture.objects.bulk_create(
            Picture(digest=f"{number:064x}", width=960, height=640, fingerprint=NUMBER)
            for number in range(3)
        )
        assert len(self.pairs()) == 6


@pytest.mark.django_db(transaction=True)
def test_two_uploads_of_one_moment_see_each_other():
    both_in = Barrier(2)

    def upload(digest):
        with transaction.atomic():
            factories.picture(digest, fingerprint=NUMBER)
            both_in.wait(timeout=10)
        connection.close()

    threads = [Thread(target=upload, args=[letter * 64]) for letter in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Likeness.objects.count() == 2


class TestWhoSeesWhich:
    def test_the_newsroom_sees_all(self, cast):
        picture = factories.picture(uploaded_by=cast.writer)
        for person in (cast.editor, cast.issue_editor, cast.administrator):
            assert picture in seen(person)

    def test_a_correspondent_sees_what_they_sent(self, cast):
        picture = factories.picture(uploaded_by=cast.writer)
        assert seen(cast.writer) == {picture}
        assert seen(cast.other_writer) == set()

    def test_and_what_stands_in_their_pieces(self, cast):
        picture = factories.picture(uploaded_by=cast.editor)
        article = factories.draft(cast)
        factories.with_photo(article, picture.digest)
        assert seen(cast.writer) == {picture}
        assert seen(cast.other_writer) == set()

    def test_and_what_stood_in_a_version_of_theirs(self, cast):
        picture = factories.picture()
        article = factories.draft(cast)
        factories.with_photo(article, picture.digest)
        workflow.submit(article, by=cast.writer)
        Photo.objects.filter(article=article).delete()
        assert seen(cast.writer) == {picture}

    def test_and_what_residents_see_as_long_as_they_do(self, cast):
        picture = factories.picture()
        article = factories.draft(cast)
        factories.with_photo(article, picture.digest)
        workflow.submit(article, by=cast.writer)
        factories.signed_by(cast, article, cast.editor, cast.desk_head, cast.chief)
        assert seen(cast.other_writer) == set()
        workflow.publish_alone(article, by=cast.chief)
        assert seen(cast.other_writer) == {picture}
        workflow.withdraw(article, by=cast.chief, reason="画面里的人不愿见报。")
        assert seen(cast.other_writer) == set()
        assert seen(cast.writer) == {picture}
