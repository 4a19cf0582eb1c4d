"""Who sees a picture, and who reads what was agreed with the people in it."""

import pytest

from articles.models import Picture, Upload
from articles.permissions import may_read_consent, may_see_picture
from articles.workflow.describing import describe_picture
from newsroom.people.verdicts import RefusalError
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


def of_the_editor(cast) -> Picture:
    """Return a picture in a draft that is no correspondent's."""
    piece = factories.draft(cast, filed_by=cast.editor)
    piece.bylines.all().delete()
    photo = factories.with_photo(piece)
    return factories.picture(photo.digest, uploaded_by=cast.editor)


def seen_by(cast, picture) -> set[str]:
    people = {"writer", "other_writer", "editor", "chief", "issue_editor", "administrator"}
    return {who for who in people if may_see_picture(getattr(cast, who), picture.digest)}


NEWSROOM = {"editor", "chief", "issue_editor", "administrator"}


def test_what_is_in_nobody_elses_draft_is_the_newsrooms(cast):
    assert seen_by(cast, of_the_editor(cast)) == NEWSROOM


def test_who_brought_the_same_file_sees_it(cast):
    picture = of_the_editor(cast)
    Upload.objects.create(
        person=cast.writer, mark="m", size=9, received=9, number=1, digest=picture.digest
    )
    assert seen_by(cast, picture) == NEWSROOM | {"writer"}


def test_who_is_named_in_a_piece_sees_its_pictures(cast):
    photo = factories.with_photo(factories.draft(cast))
    assert seen_by(cast, photo) == NEWSROOM | {"writer"}


def test_what_is_out_is_seen_by_everybody_who_works_here(cast):
    piece = factories.draft(cast)
    photo = factories.with_photo(piece)
    factories.workflow.submit(piece, by=cast.writer)
    factories.signed_by(cast, piece, cast.editor, cast.desk_head, cast.chief)
    assert "other_writer" not in seen_by(cast, photo)
    factories.workflow.publish_alone(piece, by=cast.chief)
    assert seen_by(cast, photo) == NEWSROOM | {"writer", "other_writer"}


def test_one_question_and_many_have_the_same_answer(cast):
    pictures = [of_the_editor(cast), of_the_editor(cast)]
    photo = factories.with_photo(factories.draft(cast))
    pictures.append(factories.picture(photo.digest))
    pictures.append(factories.picture(uploaded_by=cast.other_writer))
    Upload.objects.create(
        person=cast.other_writer, mark="m", size=9, received=9, number=1,
        digest=pictures[1].digest,
    )  # fmt: skip
    for user in (cast.writer, cast.other_writer):
        many = set(Picture.objects.seen_by(user, can_see_all=False))
        assert many == {each for each in pictures if may_see_picture(user, each.digest)}


def test_who_has_left_sees_nothing(cast):
    picture = factories.picture(uploaded_by=cast.writer)
    cast.writer.is_active = False
    assert not may_see_picture(cast.writer, picture.digest)


def test_what_was_agreed_is_read_by_the_newsroom_and_who_brought_it(cast):
    picture = factories.picture(uploaded_by=cast.writer, consent="监护人方女士已书面同意")
    assert may_read_consent(cast.writer, picture)
    assert may_read_consent(cast.editor, picture)
    assert not may_read_consent(cast.other_writer, picture)
    picture.consent = ""
    assert may_read_consent(cast.other_writer, picture)


def test_facts_are_stated_by_who_sees_the_picture_and_stand_in_its_history(cast):
    picture = of_the_editor(cast)
    with pytest.raises(RefusalError):
        describe_picture(picture, by=cast.other_writer, place="石桥")
    describe_picture(picture, by=cast.chief, place="石桥街道菜场", shows_minors=True)
    picture.refresh_from_db()
    assert (picture.place, picture.shows_minors) == ("石桥街道菜场", True)
    last = Picture.pgh_event_model.objects.filter(pgh_obj=picture).latest("pgh_id")
    assert last.pgh_context["user"] == cast.chief.pk


def test_a_note_on_consent_is_not_overwritten_by_who_may_not_read_it(cast):
    piece = factories.draft(cast)
    picture = factories.picture(factories.with_photo(piece).digest, consent="已同意")
    with pytest.raises(RefusalError):
        describe_picture(picture, by=cast.writer, consent="没问题")
