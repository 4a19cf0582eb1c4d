"""The form of a photograph: who took it, its focus, and the facts of its shot."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Correspondent, Photo, Picture
from articles.photo_forms import credited, facts_of
from tests import factories
from tests.articles.desk_pages import address, form_of, signed_in, text
from tests.articles.test_admin_intake import brought, with_taken
from tests.articles.test_workflow_uploading import jpeg

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


@pytest.fixture
def piece(cast):
    return factories.draft(cast)


@pytest.fixture
def photo(piece):
    return factories.with_photo(piece)


@pytest.fixture
def picture(cast, photo):
    return factories.picture(photo.digest, uploaded_by=cast.writer, place="石桥")


def described(piece, picture, read=None, **facts) -> dict:
    """Return what the form posts where somebody changed facts of its first photograph."""
    shown = facts_of(picture) if read is None else read
    posted = form_of(piece) | {"photos-0-facts_read": json.dumps(shown)}
    return posted | {f"photos-0-{name}": value for name, value in (shown | facts).items()}


def test_facts_are_written_to_the_picture(cast, piece, picture):
    facts = {"taken_on": "2023-12-08", "shows_minors": "on", "consent": "监护人已同意"}
    signed_in(cast.writer).post(address(piece), described(piece, picture, **facts))
    picture.refresh_from_db()
    assert picture.taken_on.isoformat() == "2023-12-08"
    assert (picture.place, picture.shows_minors, picture.consent) == ("石桥", True, "监护人已同意")


def test_a_fact_nobody_touched_is_not_written_back(cast, piece, picture):
    posted = described(piece, picture, rights="本报拍摄")
    Picture.objects.update(place="石桥街道菜场")
    assert signed_in(cast.writer).post(address(piece), posted).status_code == 302
    picture.refresh_from_db()
    assert (picture.place, picture.rights) == ("石桥街道菜场", "本报拍摄")


def test_a_fact_somebody_else_has_stated_is_not_overwritten_unseen(cast, piece, picture):
    posted = described(piece, picture, place="柳岸")
    Picture.objects.update(place="石桥街道菜场")
    browser = signed_in(cast.writer)
    page = browser.post(address(piece), posted)
    assert page.status_code == 200
    assert "石桥街道菜场" in text(page)
    again = page.context["inline_admin_formsets"][1].formset.forms[0].facts_told
    piece.refresh_from_db()
    assert browser.post(
        address(piece), posted | {"photos-0-facts_read": again}
    ).status_code == 302  # fmt: skip
    picture.refresh_from_db()
    assert picture.place == "柳岸"


def test_an_old_page_without_facts_changes_none(cast, piece, picture):
    posted = form_of(piece) | {"photos-0-facts_read": "", "photos-0-place": ""}
    signed_in(cast.writer).post(address(piece), posted)
    picture.refresh_from_db()
    assert picture.place == "石桥"


@pytest.mark.parametrize("read", ["[", "[]", "7", '{"place": {}}', "[" * 9999])
def test_facts_that_no_page_of_ours_sends_break_nothing(cast, piece, picture, read):
    posted = form_of(piece) | {"photos-0-facts_read": read}
    assert signed_in(cast.writer).post(address(piece), posted).status_code in (200, 302)


def test_a_note_on_consent_is_shown_to_the_newsroom_alone(cast, piece, picture):
    Picture.objects.update(consent="监护人方女士，电话另存", uploaded_by=cast.editor)
    assert "方女士" in text(signed_in(cast.editor).get(address(piece)))
    assert "方女士" not in text(signed_in(cast.writer).get(address(piece)))
    facts = described(piece, picture, consent="没有")
    signed_in(cast.writer).post(address(piece), facts)
    picture.refresh_from_db()
    assert picture.consent == "监护人方女士，电话另存"


def test_the_credit_is_proposed_from_the_photographer(cast, piece, photo):
    posted = form_of(piece) | {"photos-0-credit": ""}
    posted |= {"photos-0-photographer": cast.correspondent.pk}
    signed_in(cast.writer).post(address(piece), posted)
    photo.refresh_from_db()
    assert photo.photographer == cast.correspondent
    assert photo.credit == credited("苗青禾") == "苗青禾 摄"


def test_a_credit_that_was_typed_stays(cast, piece, photo):
    posted = form_of(piece) | {"photos-0-photographer": cast.correspondent.pk}
    signed_in(cast.writer).post(address(piece), posted)
    photo.refresh_from_db()
    assert photo.credit == "梁序 摄"


def test_a_correspondent_names_nobody_they_do_not_know_but_keeps_who_stands_there(
    cast, piece, photo
):
    stranger = Correspondent.objects.create(name="梁序")
    named = form_of(piece) | {"photos-0-photographer": stranger.pk}
    assert signed_in(cast.writer).post(address(piece), named).status_code == 200
    Photo.objects.update(photographer=stranger)
    assert signed_in(cast.writer).post(address(piece), named).status_code == 302
    photo.refresh_from_db()
    assert photo.photographer == stranger


def test_the_focus_is_where_it_was_put_and_stays_where_a_form_is_silent(cast, piece, photo):
    browser = signed_in(cast.writer)
    browser.post(address(piece), form_of(piece) | {"photos-0-focal_x": "0.2"})
    piece.refresh_from_db()
    browser.post(address(piece), form_of(piece) | {"photos-0-caption": "另一句"})
    photo.refresh_from_db()
    assert (photo.focal_x, photo.focal_y, photo.caption) == (0.2, 0.5, "另一句")


@pytest.mark.parametrize("focus", ["1.2", "-1", "nan", "inf", "左"])
def test_a_focus_outside_the_picture_is_refused_at_its_field(cast, piece, photo, focus):
    page = signed_in(cast.writer).post(
        address(piece), form_of(piece) | {"photos-0-focal_x": focus}
    )  # fmt: skip
    assert page.status_code == 200
    assert "focal_x" in page.context["inline_admin_formsets"][1].formset.forms[0].errors


def test_two_people_set_focus_and_caption_and_both_stay(cast, piece, photo):
    before = form_of(piece) | {"photos-0-focal_x": "0.5", "photos-0-focal_y": "0.5"}
    signed_in(cast.editor).post(address(piece), before | {"photos-0-focal_x": "0.25"})
    answer = signed_in(cast.writer).post(address(piece), before | {"photos-0-caption": "我的说明"})
    assert answer.status_code == 302
    photo.refresh_from_db()
    assert (photo.focal_x, photo.caption) == (0.25, "我的说明")


@pytest.mark.parametrize("who", ["writer", "editor"])
def test_twenty_photographs_cost_no_more_statements_than_one(cast, who):
    def asked(count):
        piece = factories.draft(cast)
        for position in range(count):
            shown = factories.with_photo(piece, position=position)
            factories.picture(shown.digest)
        browser = signed_in(getattr(cast, who))
        with CaptureQueriesContext(connection) as queries:
            browser.get(address(piece))
        return len(queries)

    asked(1)
    assert asked(20) <= asked(1)


def test_proposals_are_out_of_the_file_and_never_its_name(cast, piece):
    told = brought(cast.writer, jpeg(), piece, name="灯会开幕式合影.jpg")
    assert "灯会开幕式合影" not in told["photo"]["notes"]
    signed_in(cast.writer).post(address(piece), with_taken(piece, told))
    assert piece.photos.get().caption == ""
