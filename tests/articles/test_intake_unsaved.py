"""Photographs that came while somebody typed and did not save: folded, taken back, never twice."""

import pytest
from django.urls import reverse

from articles import folding
from articles.models import Article, Upload
from articles.typed import has_words
from tests import factories
from tests.articles.desk_pages import address, form_of, signed_in, text
from tests.articles.test_admin_intake import NEW, brought, with_taken
from tests.articles.test_folding import silence
from tests.articles.test_unsaved import left
from tests.articles.test_workflow_uploading import jpeg

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


def row(told: dict, **words) -> dict:
    """Return what a page holds of a photograph that has come, as ``left`` takes it."""
    typed = {"taken": told["key"], "number": str(told["photo"]["number"]), "position": "1"} | words
    return {f"photos__0__{name}": value for name, value in typed.items()} | {
        "photos__TOTAL_FORMS": 1
    }


def test_a_page_left_with_a_photograph_is_saved_with_it(cast):
    piece = factories.draft(cast)
    told = brought(cast.writer, jpeg(), piece)
    number = told["photo"]["number"]
    figure = f'<p>灯会。</p><figure data-photo="{number}" data-size="full"></figure>'
    left(cast.writer, piece, body=figure, **row(told, caption="灯会开幕"))
    silence()
    assert folding.fold_what_is_over() == 1
    photo = piece.photos.get()
    assert (photo.pk, photo.caption) == (number, "灯会开幕")
    piece.refresh_from_db()
    assert f'data-photo="{number}"' in piece.body
    assert not Upload.objects.loose(cast.writer, piece).exists()


def test_a_new_piece_of_nothing_but_a_photograph_is_kept(cast):
    told = brought(cast.writer, jpeg())
    left(cast.writer, None, headline="", body="", kind="news", **row(told))
    silence()
    assert folding.fold_what_is_over() == 1
    assert Article.objects.get().photos.get().pk == told["photo"]["number"]


def test_a_photograph_alone_is_something_typed():
    assert has_words({"photos-0-taken": ["a key"]})
    assert not has_words({"photos-0-taken": [""]})


def test_a_page_that_comes_back_after_it_was_saved_by_itself_makes_no_second_photograph(cast):
    piece = factories.draft(cast)
    told = brought(cast.writer, jpeg(), piece)
    left(cast.writer, piece, **row(told, caption="灯会开幕"))
    silence()
    folding.fold_what_is_over()
    typed = with_taken(piece, told, caption="灯会开幕，灯又亮了")
    typed |= {"photos-TOTAL_FORMS": 1, "page_key": "a-page", "sequence": "9"}
    typed |= {name.replace("photos-1-", "photos-0-"): value for name, value in typed.items()}
    assert signed_in(cast.writer).post(address(piece), typed).status_code == 302
    assert [photo.caption for photo in piece.photos.all()] == ["灯会开幕，灯又亮了"]


def test_a_stale_page_with_a_photograph_that_is_stored_by_now_makes_no_second(cast):
    piece = factories.draft(cast)
    told = brought(cast.writer, jpeg(), piece)
    typed = with_taken(piece, told, caption="灯会开幕")
    signed_in(cast.writer).post(address(piece), typed)
    piece.refresh_from_db()
    signed_in(cast.editor).post(address(piece), form_of(piece) | {"headline": "编辑改的主题"})
    signed_in(cast.writer).post(address(piece), typed)
    piece.refresh_from_db()
    assert piece.headline == "编辑改的主题"
    assert piece.photos.count() == 1


def test_typing_taken_back_shows_the_photograph_again(cast):
    told = brought(cast.writer, jpeg())
    kept = left(cast.writer, None, headline="灯会", **row(told, caption="灯会开幕"))
    page = text(signed_in(cast.writer).post(reverse(NEW), {"_take": kept.pk}))
    digest = Upload.objects.get().digest
    assert page.count(f"/{digest}/") > 0
    assert "灯会开幕" in page


def test_a_photograph_that_is_given_up_meanwhile_is_asked_for_again(cast):
    piece = factories.draft(cast)
    told = brought(cast.writer, jpeg(), piece)
    signed_in(cast.writer).delete(told["address"], headers={"Accept": "application/json"})
    answer = signed_in(cast.writer).post(address(piece), with_taken(piece, told, caption="说明"))
    assert answer.status_code == 200
    (form,) = answer.context["inline_admin_formsets"][1].formset.forms
    assert "upload" in form.errors
    assert "说明" in text(answer)
