"""Typing left unsaved is offered back to its writer alone, and taken without overwriting."""

import pytest
from django.urls import reverse

from articles import workflow
from articles.models import Article, Autosave
from articles.typed import cleaned
from articles.unsaved import offers
from tests import factories
from tests.articles.desk_pages import address, blank, form_of, signed_in, text

pytestmark = pytest.mark.django_db

ADD = "admin:articles_article_add"


@pytest.fixture
def cast():
    return factories.Cast()


def left(person, article=None, page="a-page", **changes):
    """Leave typing unsaved: what the form would have posted."""
    base = form_of(article) if article else blank("bylines") | blank("photos")
    typed = base | {name.replace("__", "-"): value for name, value in changes.items()}
    return Autosave.objects.create(
        person=person,
        article=article,
        page=page,
        sequence=1,
        began_from=article.revision if article else None,
        content=cleaned([[name, str(value)] for name, value in typed.items()]),
    )


def take(person, article, row):
    page = address(article) if article else reverse(ADD)
    return signed_in(person).post(page, {"_take": row.pk})


def test_what_was_left_is_offered_with_its_difference(cast):
    article = factories.draft(cast)
    left(cast.writer, article, headline="没来得及存的标题")
    page = text(signed_in(cast.writer).get(address(article)))
    assert 'name="_take"' in page
    assert "没来得及存的标题" in page


def test_what_equals_the_piece_is_no_news(cast):
    article = factories.draft(cast)
    left(cast.writer, article)
    assert offers(cast.writer, article) == []


@pytest.mark.parametrize("changes", [{"unit_head": "陶然"}, {"kind": "photo"}, {"section": ""}])
def test_what_was_chosen_otherwise_is_news(cast, changes):
    article = factories.draft(cast)
    left(cast.writer, article, **changes)
    assert len(offers(cast.writer, article)) == 1


def test_nobody_else_is_offered_it(cast):
    article = factories.draft(cast)
    left(cast.writer, article, headline="还没想好")
    for other in (cast.editor, cast.chief):
        assert offers(other, article) == []
        assert "还没想好" not in text(signed_in(other).get(address(article)))


def test_taking_fills_the_form_and_saves_nothing(cast):
    article = factories.draft(cast)
    row = left(cast.writer, article, headline="取回来的标题", body="<p>取回来的正文</p>")
    response = take(cast.writer, article, row)
    page = text(response)
    assert response.status_code == 200
    assert 'value="取回来的标题"' in page
    assert "取回来的正文" in page
    assert f'name="takes" value="{row.page}:1"' in page
    assert 'name="_take"' not in page
    assert "banner stop" not in page.partition('id="offers"')[2].partition("<aside")[0]
    article.refresh_from_db()
    assert (article.headline, article.revision) != ("取回来的标题", 1)


def test_saving_what_was_taken_folds_it(cast):
    article = factories.draft(cast)
    row = left(cast.writer, article, headline="取回来的标题")
    typed = form_of(article, headline="取回来的标题", page_key="new", sequence=3, takes="a-page:1")
    signed_in(cast.writer).post(address(article), typed)
    row.refresh_from_db()
    assert (row.content, row.folded_revision) == ({}, 1)


def test_what_its_page_typed_after_it_was_taken_stays(cast):
    article = factories.draft(cast)
    row = left(cast.writer, article, headline="取回来的标题")
    Autosave.objects.filter(pk=row.pk).update(sequence=7)
    typed = form_of(article, page_key="new", sequence=3, takes="a-page:1")
    signed_in(cast.writer).post(address(article), typed)
    row.refresh_from_db()
    assert row.content["headline"] == ["取回来的标题"]


def test_taking_what_began_from_an_older_revision_shows_both(cast):
    article = factories.draft(cast, headline="原来的标题")
    row = left(cast.writer, article, headline="作者没存的标题")
    article.headline = "编辑存下的标题"
    workflow.save(article, by=cast.editor, write=article.save)
    response = take(cast.writer, article, row)
    page = text(response)
    assert response.status_code == 409
    assert 'class="conflict"' in page
    article.refresh_from_db()
    assert article.headline == "编辑存下的标题"
    assert 'value="作者没存的标题"' in page


def test_what_left_its_authors_hands_is_shown_to_copy(cast):
    article = factories.draft(cast)
    left(cast.writer, article, headline="交稿以后还在改的标题")
    workflow.submit(article, by=cast.writer)
    page = text(signed_in(cast.writer).get(address(article)))
    assert "交稿以后还在改的标题" in page.replace("<ins>", "").replace("</ins>", "")
    assert 'name="_take"' not in page


@pytest.mark.parametrize("number", ["0", "x", "99999999999999999999", ""])
def test_taking_what_is_not_there_finds_nothing(cast, number):
    article = factories.draft(cast)
    browser = signed_in(cast.writer)
    assert browser.post(address(article), {"_take": number}).status_code == 404
    assert browser.post(reverse(ADD), {"_take": number}).status_code == 404


def test_anothers_typing_is_not_taken(cast):
    article = factories.draft(cast)
    row = left(cast.writer, article, headline="作者的")
    assert take(cast.editor, article, row).status_code == 404
    assert take(cast.writer, None, row).status_code == 404


# New pieces


def test_a_new_piece_left_unsaved_is_offered_on_the_form_of_the_next(cast):
    row = left(cast.writer, headline="起了个头的稿子", body="<p>才写一句。</p>")
    browser = signed_in(cast.writer)
    assert "起了个头的稿子" in text(browser.get(reverse(ADD)))
    response = take(cast.writer, None, row)
    assert response.status_code == 200
    assert 'value="起了个头的稿子"' in text(response)
    assert not Article.objects.exists()


def test_a_new_form_without_words_is_not_offered(cast):
    left(cast.writer, kind="news")
    assert offers(cast.writer, None) == []


def test_a_page_whose_new_piece_was_saved_makes_no_second_one(cast):
    article = factories.draft(cast)
    row = left(cast.writer, page="new-page")
    Autosave.objects.filter(pk=row.pk).update(
        article=article, content={}, folded_revision=article.revision
    )
    later = form_of(article, headline="后来又写的标题", page_key="new-page", sequence=9)
    response = signed_in(cast.writer).post(reverse(ADD), later)
    assert response.url == address(article)
    assert Article.objects.count() == 1
    assert "后来又写的标题" in text(signed_in(cast.writer).get(address(article)))


def test_a_page_goes_on_after_its_own_words_were_saved(cast):
    """Neither a conflict with oneself, nor one name twice."""
    article = factories.draft(cast)
    new = {"name": "梁序", "role": "摄", "credit": "photo", "correspondent": ""}
    typed = form_of(article, page_key="a-page", sequence=2) | {"bylines-TOTAL_FORMS": 2}
    typed |= {f"bylines-1-{name}": value for name, value in new.items()}
    browser = signed_in(cast.writer)
    browser.post(address(article), typed)
    assert article.bylines.count() == 2
    again = typed | {"deck": "接着写的副题", "sequence": 3}
    assert browser.post(address(article), again).status_code == 302
    article.refresh_from_db()
    assert article.deck == "接着写的副题"
    assert article.bylines.count() == 2


# On the workbench


def test_the_workbench_names_what_is_unsaved_to_its_writer_alone(cast):
    article = factories.draft(cast, headline="写了一半的稿子")
    left(cast.writer, article, headline="写了一半改了题")
    left(cast.writer, page="new", headline="新起的")
    page = text(signed_in(cast.writer).get(reverse("admin:index")))
    assert "没保存的文字" in page
    assert f'href="{address(article)}"' in page
    assert "没保存的文字" not in text(signed_in(cast.editor).get(reverse("admin:index")))


def test_the_workbench_names_no_piece_that_is_not_the_readers_any_more(cast):
    article = factories.draft(cast, headline="别人的稿子", filed_by=cast.other_writer)
    article.bylines.all().delete()
    left(cast.writer, article, headline="以前写的")
    assert "没保存的文字" not in text(signed_in(cast.writer).get(reverse("admin:index")))
