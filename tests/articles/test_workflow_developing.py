"""A picture is taken in whole: its row, its first files, its original; and only once."""

import io
import threading
from pathlib import Path

import pytest
from django.db import connection, transaction
from PIL import Image

from articles import darkroom, likeness
from articles.models import Photo, Picture
from articles.workflow.developing import take_picture
from newsroom.people.verdicts import RefusalError
from tests import factories


@pytest.fixture
def cast(db):
    return factories.Cast()


def jpeg(width=1200, height=800, shade=90, **options):
    file = io.BytesIO()
    Image.new("RGB", (width, height), (shade, 120, 150)).save(file, "JPEG", **options)
    return file.getvalue()


def stored(settings):
    root = Path(settings.MEDIA_ROOT)
    return {str(file.relative_to(root)) for file in root.rglob("*") if file.is_file()}


def test_a_picture_is_taken_with_what_is_known_of_it(cast, settings):
    exif = Image.Exif()
    exif[0x010E], exif[0x013B] = "冬至前的早市。".encode(), "梁序".encode()
    exif[0x8769] = {0x9003: "2023:12:21 07:15:00"}
    data = jpeg(exif=exif)
    picture = take_picture(data, by=cast.writer)
    assert Picture.objects.get() == picture
    assert (picture.width, picture.height) == (1200, 800)
    assert picture.widths == [480, 960, 1200]
    assert picture.uploaded_by == cast.writer
    assert (picture.original_format, picture.original_size) == ("JPEG", len(data))
    assert picture.colour == "steel"
    assert picture.taken_on.isoformat() == "2023-12-21"
    assert picture.noted["caption"] == "冬至前的早市。"
    assert picture.noted["credit"] == "梁序 摄"
    with darkroom.open_original(picture.original_digest) as original:
        assert original.read() == data
    for name in picture.ready:
        with darkroom.open(picture.digest, name) as file:
            assert Image.open(file).size[0] == int(name.split(".")[0])
    assert picture.fingerprint is None  # a blank sheet is like every other
    assert {"1200.webp", "960.jpg"} <= set(picture.ready)


def test_the_same_file_is_one_picture_however_often_it_comes(cast, settings):
    data = jpeg()
    picture = take_picture(data, by=cast.writer)
    Picture.objects.filter(pk=picture.pk).update(place="石桥街道")
    before = stored(settings)
    again = take_picture(data, by=cast.editor)
    assert again == picture
    assert (again.place, again.uploaded_by) == ("石桥街道", cast.writer)
    assert stored(settings) == before


def test_a_picture_is_numbered_by_what_it_looks_like(cast):
    file = io.BytesIO()
    Image.linear_gradient("L").resize((600, 400)).save(file, "PNG")
    picture = take_picture(file.getvalue(), by=cast.writer)
    with darkroom.open(picture.digest, "600.webp") as master:
        assert likeness.apart(picture.fingerprint, likeness.fingerprint(Image.open(master))) < 4


def test_a_refused_file_leaves_nothing_behind(cast, settings):
    with pytest.raises(RefusalError, match="损坏"):
        take_picture(jpeg()[:900], by=cast.writer)
    assert not Picture.objects.exists()
    assert stored(settings) == set()


def test_who_writes_nothing_brings_no_picture(cast, settings):
    with pytest.raises(RefusalError):
        take_picture(jpeg(), by=cast.administrator)
    assert stored(settings) == set()


def test_history_names_who_brought_it(cast):
    picture = take_picture(jpeg(), by=cast.writer)
    event = picture.events.get()
    assert event.pgh_context["user"] == cast.writer.pk
    assert not hasattr(event, "noted")


def test_a_picture_taken_in_a_transaction_that_fails_is_taken_by_the_next(cast):
    data = jpeg()
    with transaction.atomic():
        take_picture(data, by=cast.writer)
        transaction.set_rollback(True)
    assert not Picture.objects.exists()
    picture = take_picture(data, by=cast.writer)
    with darkroom.open(picture.digest, "1200.webp") as file:
        assert Image.open(file).size == (1200, 800)


def test_a_use_finds_its_picture(cast):
    picture = take_picture(jpeg(), by=cast.writer)
    photo = factories.with_photo(factories.draft(cast), digest=picture.digest)
    assert photo.picture == picture
    assert Photo(digest="").picture is None
    assert Picture.objects.by_digest([picture.digest, "f" * 64]) == {picture.digest: picture}


@pytest.mark.django_db(transaction=True)
def test_one_file_brought_by_several_at_once_is_one_picture():
    cast, data, found = factories.Cast(), jpeg(), []
    together = threading.Barrier(4)

    def bring():
        try:
            together.wait(10)
            found.append(take_picture(data, by=cast.writer).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=bring) for _person in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert found == [Picture.objects.get().pk] * 4
