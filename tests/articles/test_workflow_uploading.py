"""Photographs on their way: pieces in turn, broken off and gone on, taken once, cleared away."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles import staging
from articles.images import LARGEST_FILE
from articles.models import Photo, Picture, Upload
from articles.models.uploads import MOST_ON_THE_WAY, PATIENCE
from articles.workflow import uploading
from articles.workflow.uploading import Sent
from newsroom.people.verdicts import RefusalError
from tests import factories
from tests.scenes import scene
from tests.test_concurrency import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


def jpeg(seed: int = 1, quality: int = 95) -> bytes:
    raw = BytesIO()
    scene(seed).save(raw, "JPEG", quality=quality)
    return raw.getvalue()


def large() -> bytes:
    """Return a picture of several pieces."""
    raw = BytesIO()
    scene(3, (1500, 1000)).save(raw, "PNG")
    return raw.getvalue()


def begun(cast, data: bytes, article=None) -> Upload:
    return uploading.begin(Sent(len(data), "mark", "IMG_1.jpg"), article, by=cast.writer)


def sent(upload: Upload, data: bytes, by) -> Upload:
    """Send what is missing, and have it taken."""
    while not upload.is_whole:
        at = upload.received
        upload = uploading.receive(upload, at, data[at : at + staging.PIECE], by=by)
    return uploading.take(upload, by=by)


def test_a_file_comes_in_pieces_and_becomes_a_picture(cast):
    data = large()
    assert len(data) > staging.PIECE
    taken = sent(begun(cast, data), data, cast.writer)
    assert Picture.objects.get(digest=taken.digest).uploaded_by == cast.writer
    assert taken.number
    assert not any(default_storage.exists(staging.path(taken.key, at)) for at in (0, 262144))


def test_what_broke_off_goes_on_where_it_stopped(cast):
    data = large()
    upload = begun(cast, data)
    uploading.receive(upload, 0, data[: staging.PIECE], by=cast.writer)
    again = begun(cast, data)
    assert again.pk == upload.pk
    assert again.received == staging.PIECE
    assert sent(again, data, cast.writer).digest


def test_a_piece_that_comes_twice_or_out_of_turn_changes_nothing(cast):
    data = large()
    upload = begun(cast, data)
    first = data[: staging.PIECE]
    uploading.receive(upload, 0, first, by=cast.writer)
    assert uploading.receive(upload, 0, b"x" * staging.PIECE, by=cast.writer).received == len(first)
    late = uploading.receive(upload, 2 * staging.PIECE, first, by=cast.writer)
    assert late.received == len(first)
    assert staging.joined(upload.key, staging.PIECE) == first


def test_a_piece_cut_short_is_refused(cast):
    data = large()
    upload = begun(cast, data)
    with pytest.raises(RefusalError):
        uploading.receive(upload, 0, data[:1000], by=cast.writer)
    upload.refresh_from_db()
    assert upload.received == 0


def test_nobody_else_adds_a_piece(cast):
    data = jpeg()
    upload = begun(cast, data)
    with pytest.raises(Upload.DoesNotExist):
        uploading.receive(upload, 0, data, by=cast.editor)


def test_taking_twice_takes_once(cast):
    data = jpeg()
    upload = begun(cast, data)
    uploading.receive(upload, 0, data, by=cast.writer)
    one = uploading.take(Upload.objects.get(pk=upload.pk), by=cast.writer)
    two = uploading.take(Upload.objects.get(pk=upload.pk), by=cast.writer)
    assert (one.digest, one.number) == (two.digest, two.number)
    assert Picture.objects.count() == 1


def test_a_file_that_is_no_picture_is_refused_and_nothing_of_it_stays(cast):
    data = b"not a picture at all"
    refused = sent(begun(cast, data), data, cast.writer)
    assert refused.why_not
    assert not refused.digest
    assert not default_storage.exists(staging.path(refused.key, 0))
    assert not Picture.objects.exists()


@pytest.mark.parametrize("size", [0, 40 * 1024**2 + 1])
def test_a_size_that_is_not_taken_is_refused_before_a_byte_comes(cast, size):
    with pytest.raises(RefusalError):
        uploading.begin(Sent(size, "mark"), None, by=cast.writer)
    assert not Upload.objects.exists()


def test_a_piece_that_was_lost_is_sent_anew(cast):
    data = large()
    upload = begun(cast, data)
    while not upload.is_whole:
        at = upload.received
        upload = uploading.receive(upload, at, data[at : at + staging.PIECE], by=cast.writer)
    default_storage.delete(staging.path(upload.key, staging.PIECE))
    with pytest.raises(FileNotFoundError):
        uploading.take(upload, by=cast.writer)
    assert uploading.start_over(upload, by=cast.writer).received == 0
    assert sent(upload, data, cast.writer).digest


def test_only_so_many_files_are_on_their_way(cast):
    Upload.objects.bulk_create(
        Upload(person=cast.writer, mark=str(at), size=9) for at in range(MOST_ON_THE_WAY)
    )
    with pytest.raises(RefusalError):
        begun(cast, jpeg())
    assert uploading.begin(Sent(9, "another's"), None, by=cast.other_writer)


def test_nobody_fills_the_disk_with_beginnings(cast):
    Upload.objects.bulk_create(
        Upload(person=cast.writer, mark=str(at), size=LARGEST_FILE) for at in range(25)
    )
    with pytest.raises(RefusalError):
        uploading.begin(Sent(LARGEST_FILE, "one more"), None, by=cast.writer)


def test_who_writes_nothing_sends_nothing(cast):
    with pytest.raises(RefusalError):
        uploading.begin(Sent(9, "mark"), None, by=cast.administrator)
    with pytest.raises(RefusalError):
        uploading.begin(Sent(9, "mark"), factories.draft(cast), by=cast.other_writer)


def test_what_nobody_waits_for_is_cleared_away_pieces_and_all(cast):
    data = large()
    old, new = begun(cast, data), begun(cast, data, factories.draft(cast))
    for upload in (old, new):
        uploading.receive(upload, 0, data[: staging.PIECE], by=cast.writer)
    long_ago = timezone.now() - PATIENCE - timedelta(minutes=1)
    Upload.objects.filter(pk=old.pk).update(heard_at=long_ago)
    assert uploading.clear_outlived() == 1
    assert list(Upload.objects.all()) == [new]
    assert not default_storage.exists(staging.path(old.key, 0))
    assert default_storage.exists(staging.path(new.key, 0))


def test_a_picture_no_save_has_taken_up_is_offered_and_not_cleared_away(cast):
    data = jpeg()
    taken = sent(begun(cast, data), data, cast.writer)
    Upload.objects.update(heard_at=timezone.now() - 2 * PATIENCE)
    assert uploading.clear_outlived() == 0
    assert list(Upload.objects.loose(cast.writer, None)) == [taken]
    assert not Upload.objects.loose(cast.other_writer, None).exists()
    uploading.hang(taken, factories.draft(cast), by=cast.writer)
    assert not Upload.objects.loose(cast.writer, None).exists()


def test_a_picture_somebody_still_waits_to_hang_is_not_deleted(cast):
    data = jpeg()
    taken = sent(begun(cast, data), data, cast.writer)
    with pytest.raises(IntegrityError, match="is kept"), transaction.atomic():
        Picture.objects.filter(digest=taken.digest).delete()


def test_another_picture_is_used_only_by_who_sees_it(cast):
    theirs = factories.with_photo(factories.draft(cast, filed_by=cast.editor))
    theirs.article.bylines.all().delete()
    data = jpeg()
    mine = sent(begun(cast, data), data, cast.writer)
    with pytest.raises(RefusalError):
        uploading.take_another(mine, theirs.digest, by=cast.writer)
    own = factories.with_photo(factories.draft(cast))
    assert uploading.take_another(mine, own.digest, by=cast.writer).digest == own.digest


def test_numbers_kept_for_photographs_are_never_given_twice(cast):
    numbers = {Upload.objects.number() for _time in range(3)}
    numbers.add(factories.with_photo(factories.draft(cast)).pk)
    assert len(numbers) == 4
    assert Photo.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_pieces_sent_twice_at_one_moment_each_counts_once():
    cast = factories.Cast()
    data = large()
    upload = begun(cast, data)
    piece = data[: staging.PIECE]
    at_once(*[lambda: uploading.receive(upload, 0, piece, by=cast.writer) for _time in range(4)])
    upload.refresh_from_db()
    assert upload.received == len(piece)
    taken = sent(upload, data, cast.writer)
    at_once(*[lambda: uploading.take(taken, by=cast.writer) for _time in range(3)])
    assert Picture.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_clicks_begin_one_file():
    cast = factories.Cast()
    data = jpeg()
    at_once(*[lambda: begun(cast, data) for _time in range(4)])
    assert Upload.objects.count() == 1
