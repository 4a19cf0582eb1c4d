"""Photographs come in through the desk: from a script in pieces, with a form in one go."""

import json
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles import staging
from articles.models import Article, Photo, Picture, Upload
from tests import factories
from tests.articles.desk_pages import address, blank, form_of, signed_in, text
from tests.articles.test_workflow_uploading import jpeg, large

pytestmark = pytest.mark.django_db
BEGIN = "admin:articles_article_upload"
NEW = "admin:articles_article_add"
JSON = {"Accept": "application/json"}


@pytest.fixture
def cast():
    return factories.Cast()


def begin(user, data: bytes, article=None, **changes):
    told = {"person": user.pk, "size": len(data), "mark": "a mark", "name": "IMG_1.jpg"}
    told |= {"article": article.pk if article else None} | changes
    return signed_in(user).post(
        reverse(BEGIN), json.dumps(told), content_type="application/json", headers=JSON
    )


def put(user, place: str, at: int, data: bytes):
    return signed_in(user).put(
        f"{place}?at={at}", data, content_type="application/octet-stream", headers=JSON
    )


def brought(user, data: bytes, article=None, **changes) -> dict:
    """Send a whole file as the script does; return the last answer."""
    told = begin(user, data, article, **changes).json()
    while told["offset"] < len(data):
        at = told["offset"]
        told = put(user, told["address"], at, data[at : at + told["piece"]]).json()
    return told


def with_taken(article, told: dict, **words) -> dict:
    """Return what the form posts with a row for a picture that has come."""
    count = article.photos.count() if article.pk else 0
    row = {"taken": told["key"], "number": told["photo"]["number"], "position": count + 1} | words
    posted = form_of(article) | {f"photos-{count}-{name}": value for name, value in row.items()}
    return posted | {"photos-TOTAL_FORMS": count + 1}


def file(data: bytes, name: str = "IMG_1.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="image/jpeg")


# From a script


def test_a_script_sends_a_file_in_pieces_and_is_told_what_it_became(cast):
    piece = factories.draft(cast)
    told = brought(cast.writer, large(), piece)
    assert told["photo"]["number"]
    assert "<img" in told["photo"]["shown"]
    assert "IMG_1" not in told["photo"]["notes"]
    assert Upload.objects.get().article == piece


def test_it_is_told_where_to_go_on(cast):
    data = large()
    told = begin(cast.writer, data).json()
    put(cast.writer, told["address"], 0, data[: staging.PIECE])
    assert signed_in(cast.writer).get(told["address"]).json()["offset"] == staging.PIECE
    assert begin(cast.writer, data).json()["offset"] == staging.PIECE
    assert put(cast.writer, told["address"], 5, b"late").json()["offset"] == staging.PIECE


def test_a_refusal_is_the_files_own_sentence(cast):
    told = brought(cast.writer, b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    assert "SVG" in told["why_not"]
    assert told["photo"] is None
    refused = begin(cast.writer, b"", size=50_000_000)
    assert refused.status_code == 403
    assert "40" in refused.json()["sentence"]


def test_nobody_else_sees_adds_to_or_drops_what_is_on_its_way(cast):
    data = large()
    told = begin(cast.writer, data).json()
    for user in (cast.other_writer, cast.chief):
        browser = signed_in(user)
        assert browser.get(told["address"], headers=JSON).status_code == 404
        assert put(user, told["address"], 0, data[: staging.PIECE]).status_code == 404
        assert browser.delete(told["address"], headers=JSON).status_code == 404
    assert Upload.objects.get().received == 0


def test_a_piece_one_does_not_see_is_none_to_send_to(cast):
    piece = factories.draft(cast)
    assert begin(cast.other_writer, jpeg(), piece).status_code == 404


@pytest.mark.parametrize(
    "changes",
    [{"size": "7"}, {"size": -1}, {"size": True}, {"mark": ""}, {"mark": 7}, {"size": 1.5}],
)
def test_what_no_script_of_ours_sends_is_refused(cast, changes):
    assert begin(cast.writer, b"data", **changes).status_code == 400
    assert not Upload.objects.exists()


def test_nothing_is_sent_under_another_name(cast):
    assert begin(cast.writer, b"data", person=cast.editor.pk).json()["trouble"] == "somebody_else"


def test_who_is_signed_out_is_told_so(cast, client):
    told = begin(cast.writer, large()).json()
    answer = client.put(f"{told['address']}?at=0", b"data", headers=JSON)
    assert (answer.status_code, answer.json()["trouble"]) == (401, "signed_out")


def test_a_piece_larger_than_pieces_are_is_not_read(cast):
    told = begin(cast.writer, large()).json()
    answer = put(cast.writer, told["address"], 0, b"x" * (staging.PIECE + 1))
    assert answer.status_code == 413


def test_who_sent_it_sees_it_before_it_is_saved_and_no_other_writer_does(cast):
    digest = Upload.objects.get(key=brought(cast.writer, jpeg())["key"]).digest
    place = reverse("admin:photo", args=[digest, "480.webp"])
    assert b"".join(signed_in(cast.writer).get(place)).startswith(b"RIFF")
    assert signed_in(cast.other_writer).get(place).status_code == 404


# Saved with the piece


def test_what_came_is_saved_with_the_piece_under_the_number_it_had(cast):
    piece = factories.draft(cast)
    told = brought(cast.writer, jpeg(), piece)
    number = told["photo"]["number"]
    body = f'<p>前文。</p><figure data-photo="{number}" data-size="half"></figure>'
    posted = with_taken(piece, told, caption="看书", alternative_text="三人看书") | {"body": body}
    assert signed_in(cast.writer).post(address(piece), posted).status_code == 302
    photo = piece.photos.get()
    assert (photo.pk, photo.caption) == (number, "看书")
    assert photo.digest == Picture.objects.get().digest
    piece.refresh_from_db()
    assert f'data-photo="{number}"' in piece.body
    assert Upload.objects.get().hung_at


def test_saving_it_twice_makes_one_photograph(cast):
    piece = factories.draft(cast)
    told = brought(cast.writer, jpeg(), piece)
    posted = with_taken(piece, told, caption="一")
    browser = signed_in(cast.writer)
    browser.post(address(piece), posted)
    browser.post(address(piece), posted | {"photos-0-caption": "二"})
    assert piece.photos.count() == 1


def test_a_new_piece_takes_it_up(cast):
    told = brought(cast.writer, jpeg())
    posted = with_taken(Article(), told, caption="看书") | {"headline": "新稿", "kind": "news"}
    assert signed_in(cast.writer).post(reverse(NEW), posted).status_code == 302
    assert Article.objects.get().photos.get().pk == told["photo"]["number"]


def test_the_key_of_somebody_elses_picture_opens_nothing(cast):
    piece = factories.draft(cast, filed_by=cast.other_writer)
    piece.bylines.all().delete()
    told = brought(cast.writer, jpeg())
    answer = signed_in(cast.other_writer).post(address(piece), with_taken(piece, told))
    assert answer.status_code == 200
    assert not Photo.objects.exists()


def test_it_never_takes_a_photograph_out_of_another_piece(cast):
    first, second = factories.draft(cast), factories.draft(cast)
    told = brought(cast.writer, jpeg())
    signed_in(cast.writer).post(address(first), with_taken(first, told, caption="先"))
    signed_in(cast.writer).post(address(second), with_taken(second, told, caption="后"))
    assert first.photos.get().caption == "先"
    assert second.photos.get().caption == "后"


def test_what_came_and_was_not_saved_is_offered_again(cast):
    piece = factories.draft(cast)
    told = brought(cast.writer, jpeg(), piece)
    assert told["key"] in text(signed_in(cast.writer).get(address(piece)))
    assert told["key"] not in text(signed_in(cast.editor).get(address(piece)))
    signed_in(cast.writer).post(address(piece), with_taken(piece, told))
    piece.refresh_from_db()
    assert told["key"] not in text(signed_in(cast.writer).get(address(piece)))


def test_somebody_elses_save_in_between_loses_nothing(cast):
    piece = factories.draft(cast)
    told = brought(cast.writer, jpeg(), piece)
    mine = with_taken(piece, told, caption="我的图")
    theirs = form_of(piece) | {"headline": "编辑改了这一行主题"}
    signed_in(cast.editor).post(address(piece), theirs)
    assert signed_in(cast.writer).post(address(piece), mine).status_code == 302
    piece.refresh_from_db()
    assert piece.headline == "编辑改了这一行主题"
    assert piece.photos.get().caption == "我的图"


# With a form


def test_many_come_with_one_form_and_a_refused_one_does_not_stop_the_others(cast):
    piece = factories.draft(cast)
    files = [file(jpeg(1)), file(b"no picture", "合同.jpg"), file(jpeg(2))]
    answer = signed_in(cast.writer).post(
        address(piece), form_of(piece) | {"photos-more": files}, follow=True
    )
    assert piece.photos.count() == 2
    assert "合同.jpg" in text(answer)
    assert [photo.alternative_text for photo in piece.photos.all()] == ["", ""]


def test_a_form_that_is_not_in_order_keeps_its_photographs(cast):
    piece = factories.draft(cast)
    posted = form_of(piece) | {"headline": "题" * 500, "photos-more": [file(jpeg())]}
    answer = signed_in(cast.writer).post(address(piece), posted)
    assert answer.status_code == 200
    assert not piece.photos.exists()
    assert str(Upload.objects.get().key) in text(answer)
    assert Upload.objects.get().digest in text(answer)


def test_photographs_come_with_a_new_piece(cast):
    posted = form_of(Article()) | {"headline": "新稿", "kind": "news"}
    posted |= {"photos-more": [file(jpeg(1)), file(jpeg(2))]}
    browser = signed_in(cast.writer)
    browser.post(reverse(NEW), posted)
    for each in posted["photos-more"]:
        each.seek(0)
    browser.post(reverse(NEW), posted)
    assert Article.objects.get().photos.count() == 2


def test_who_may_not_change_a_piece_brings_no_photograph(cast):
    piece = factories.submitted(cast)
    posted = form_of(piece) | {"photos-more": [file(jpeg())]}
    assert signed_in(cast.writer).post(address(piece), posted).status_code == 409
    assert not Upload.objects.exists()


def test_the_row_of_a_photograph_takes_another_file(cast):
    piece = factories.draft(cast)
    photo = factories.with_photo(piece)
    raw = BytesIO(jpeg(9))
    raw.name = "new.jpg"
    signed_in(cast.writer).post(address(piece), form_of(piece) | {"photos-0-upload": raw})
    again = piece.photos.get()
    assert (again.pk, again.caption) == (photo.pk, photo.caption)
    assert again.digest == Picture.objects.get().digest


def test_blank_rows_stay_none(cast):
    piece = factories.draft(cast)
    signed_in(cast.writer).post(address(piece), form_of(piece) | blank("photos", 1))
    assert not piece.photos.exists()


def test_without_a_script_one_like_it_is_told_of_too(cast):
    other = factories.draft(cast, headline="去年的灯会")
    browser = signed_in(cast.writer)
    browser.post(address(other), form_of(other) | {"photos-more": [file(jpeg(5))]})
    piece = factories.draft(cast)
    answer = browser.post(
        address(piece), form_of(piece) | {"photos-more": [file(jpeg(5, quality=60))]}, follow=True
    )
    assert piece.photos.count() == 1
    assert address(other, "read") in text(answer)
