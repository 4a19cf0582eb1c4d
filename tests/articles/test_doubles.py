"""Somebody is told of pictures like theirs; never of unpublished work that is not theirs."""

from io import BytesIO

import pytest

from articles import workflow
from articles.doubles import doubles_of
from articles.models import Picture
from articles.workflow import uploading
from tests import factories
from tests.articles.test_admin_intake import brought
from tests.articles.test_workflow_uploading import jpeg
from tests.scenes import scene

pytestmark = pytest.mark.django_db
TITLE = "老厂房里开出图书馆"


@pytest.fixture
def cast():
    return factories.Cast()


def smaller(seed: int) -> bytes:
    """Return the same picture as a messenger makes it: small, and badly packed."""
    raw = BytesIO()
    scene(seed).resize((600, 400)).save(raw, "JPEG", quality=60)
    return raw.getvalue()


def hung(cast, by, data: bytes, **fields):
    """Put a picture into a draft of somebody's that names nobody else."""
    picture = uploading.take_picture(data, by=by)
    piece = factories.draft(cast, filed_by=by, headline=TITLE, **fields)
    if by != cast.writer:
        piece.bylines.all().delete()
    factories.with_photo(piece, picture.digest, credit="梁序 摄")
    return piece


def told(user, data: bytes, article=None):
    upload = uploading.take_at_once(data, article, by=user)
    return doubles_of(upload, Picture.objects.get(digest=upload.digest), by=user)


def test_one_like_it_is_told_with_where_it_stands(cast):
    hung(cast, cast.writer, jpeg(5))
    (double,) = told(cast.writer, smaller(5))
    assert not double.is_same
    assert [(use.title, use.is_public) for use in double.uses] == [(TITLE, False)]


def test_another_picture_is_not_like_it(cast):
    hung(cast, cast.writer, jpeg(5))
    assert told(cast.writer, jpeg(6)) == []


def test_the_very_same_is_told_where_it_stands_elsewhere(cast):
    hung(cast, cast.editor, jpeg(5))
    (double,) = told(cast.chief, jpeg(5))
    assert double.is_same
    assert double.uses[0].credit == "梁序 摄"


@pytest.mark.parametrize("data", [jpeg(5), smaller(5)], ids=["the same", "one like it"])
def test_a_correspondent_hears_nothing_of_anothers_draft(cast, data):
    hung(cast, cast.other_writer, jpeg(5))
    assert told(cast.writer, data) == []
    answer = str(brought(cast.writer, data))
    assert TITLE not in answer
    assert "梁序" not in answer
    assert told(cast.editor, data) != []


def test_a_correspondent_is_told_of_what_is_out_by_its_signed_headline(cast):
    piece = hung(cast, cast.other_writer, jpeg(5))
    workflow.submit(piece, by=cast.other_writer)
    factories.signed_by(cast, piece, cast.editor, cast.desk_head, cast.chief)
    workflow.publish_alone(piece, by=cast.chief)
    workflow.revise(piece, by=cast.editor)
    piece.headline = "还没有签发的新题目"
    workflow.save(piece, by=cast.editor, write=piece.save)
    (double,) = told(cast.writer, smaller(5))
    (use,) = double.uses
    assert (use.title, use.is_public) == (TITLE, True)
    assert use.address == piece.get_absolute_url()


def test_the_piece_it_is_for_is_no_news(cast):
    piece = hung(cast, cast.writer, jpeg(5))
    assert told(cast.writer, jpeg(5), piece) == []


def test_who_keeps_theirs_is_not_asked_again(cast):
    hung(cast, cast.writer, jpeg(5))
    upload = uploading.take_at_once(smaller(5), None, by=cast.writer)
    uploading.keep_apart(upload, by=cast.writer)
    upload.refresh_from_db()
    assert doubles_of(upload, Picture.objects.get(digest=upload.digest), by=cast.writer) == []


def test_that_one_is_used_instead_by_one_tap(cast):
    piece = hung(cast, cast.writer, jpeg(5))
    upload = uploading.take_at_once(smaller(5), None, by=cast.writer)
    other = piece.photos.get().digest
    uploading.take_another(upload, other, by=cast.writer)
    upload.refresh_from_db()
    assert upload.digest == other
    assert doubles_of(upload, Picture.objects.get(digest=other), by=cast.writer) == []
