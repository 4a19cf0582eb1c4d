"""Pictures that stood on pieces before pictures had rows are given them."""

from importlib import import_module

import pghistory
import pytest
from django.db import connection
from django.utils import timezone

from articles import workflow
from articles.models import Photo, Picture
from tests import factories

ADOPT = import_module("articles.migrations.0021_pictures_of_before").ADOPT


@pytest.fixture
def cast(db):
    return factories.Cast()


def adopt():
    with connection.cursor() as cursor:
        cursor.execute(ADOPT)


def test_each_picture_gets_one_row_with_what_history_knows(cast):
    signed, drafted = "a" * 64, "b" * 64
    with pghistory.context(user=cast.writer.pk):
        piece = factories.draft(cast)
        factories.with_photo(piece, digest=signed)
        factories.with_photo(piece, digest=drafted)
    workflow.submit(piece, by=cast.writer)
    factories.with_photo(factories.draft(cast), digest=drafted)
    Photo.objects.filter(digest=signed).delete()
    adopt()
    adopt()
    found = {picture.digest: picture for picture in Picture.objects.all()}
    assert set(found) == {signed, drafted}
    for picture in found.values():
        assert (picture.width, picture.height) == (960, 640)
        assert picture.ready == ["480.webp", "960.webp"]
        assert picture.uploaded_by == cast.writer
        assert picture.uploaded_at <= timezone.now()
        assert (picture.original_digest, picture.noted) == ("", {})


def test_a_place_that_waits_for_its_picture_gets_no_row(cast):
    Photo.objects.create(article=factories.draft(cast))
    adopt()
    assert not Picture.objects.exists()
