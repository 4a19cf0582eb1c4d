"""The checklist beside the form: it follows what is typed, asks the right people, keeps nothing."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.checklist import Level
from articles.models import Article, Gap, Upload
from articles.workflow.checking import set_levels
from tests import factories, traces
from tests.articles.desk_pages import address, blank, form_of, signed_in, text

pytestmark = pytest.mark.django_db
NEW = "admin:articles_article_check_new"


@pytest.fixture
def cast():
    return factories.Cast()


def lines(page: str) -> list[str]:
    """Return the sentences of a checklist, without its marks."""
    listed = page.partition('class="checklist"')[2].partition("</ul>")[0]
    found = re.findall(r'<li class="(?:stop|warn)">.*?</li>', listed, re.DOTALL)
    return [re.sub(r"<[^>]+>", "", line).strip() for line in found]


def counts(page: str) -> str:
    """Return the line that counts."""
    said = re.search(r'class="small counts">(.*?)</summary>', page, re.DOTALL)[1]
    return re.sub(r"<[^>]+>", "", said)


def test_the_form_shows_the_list_of_what_is_saved(cast):
    piece = factories.draft(cast, headline="", section=None)
    page = text(signed_in(cast.writer).get(address(piece)))
    assert any("还没有主题" in line for line in lines(page))
    assert counts(page).startswith("2 拦")


def test_a_new_form_shows_what_a_piece_needs(cast):
    page = text(signed_in(cast.writer).get(reverse("admin:articles_article_add")))
    assert counts(page).startswith("3 拦")


def test_the_list_follows_what_is_typed_and_keeps_nothing_of_it(cast):
    piece = factories.draft(cast, unit_head="陶然")
    browser = signed_in(cast.writer)
    before = traces.everything()
    typed = form_of(piece, headline="", unit_head="")
    page = text(browser.post(address(piece, "check"), typed))
    assert any("还没有主题" in line for line in lines(page))
    assert any("单位审核人" in line for line in lines(page))
    typed = form_of(piece, headline="老厂房里开出一座“家门口”图书馆", unit_head="陶然")
    page = text(browser.post(address(piece, "check"), typed))
    assert not any("标题" in line or "主题" in line for line in lines(page))
    assert traces.everything() == before


def test_a_new_piece_is_checked_before_it_exists(cast):
    typed = {
        "headline": "老厂房里开出一座“家门口”图书馆",
        "body": f"<p>{'阅读灯亮了。' * 60}</p>",
        "section": cast.section.pk,
        "kind": "news",
        **blank("bylines", 1),
        **blank("photos", 2),
        "bylines-0-correspondent": cast.correspondent.pk,
        "photos-0-upload": "看书.jpg",
        "photos-0-caption": "居民看书",
    }
    page = text(signed_in(cast.writer).post(reverse(NEW), typed))
    found = lines(page)
    assert len(found) == 3  # alternative text, credit, unit head
    assert any("替代文字" in line and "签字前" in line for line in found)
    assert 'href="#id_photos-0-alternative_text"' in page
    assert not Article.objects.exists()


def test_a_row_that_is_taken_off_is_not_asked_about(cast):
    piece = factories.draft(cast)
    factories.with_photo(piece, alternative_text="")
    typed = form_of(piece)
    browser = signed_in(cast.editor)
    assert any("替代" in line for line in lines(text(browser.post(address(piece, "check"), typed))))
    typed["photos-0-DELETE"] = "on"
    assert not any(
        "替代" in line for line in lines(text(browser.post(address(piece, "check"), typed)))
    )


def test_a_saved_picture_counts_as_there_though_its_file_is_not_sent_again(cast):
    piece = factories.draft(cast, body="")
    factories.with_photo(piece)
    page = text(signed_in(cast.writer).post(address(piece, "check"), form_of(piece)))
    assert not any("图片" in line for line in lines(page))


def test_what_a_correspondent_has_no_field_for_is_said_without_a_link(cast):
    piece = factories.draft(cast, body=f"<p>{'字' * 400}（来源：棠溪发布）</p>")
    typed = form_of(piece)
    typed.pop("source")
    assert "#id_source" not in text(signed_in(cast.writer).post(address(piece, "check"), typed))
    assert "#id_source" in text(
        signed_in(cast.editor).post(address(piece, "check"), form_of(piece))
    )


def test_places_the_import_damaged_lead_to_their_warnings(cast):
    piece = factories.draft(cast)
    Gap.objects.create(article=piece, code="lost", message="此处缺文")
    page = text(signed_in(cast.editor).get(address(piece)))
    assert 'href="#gaps"' in page
    assert 'id="gaps"' in page


def test_whoever_reads_a_piece_under_review_reads_what_a_signature_needs(cast):
    piece = factories.submitted(cast)
    factories.with_photo(piece, alternative_text="", credit="")
    page = text(signed_in(cast.editor).get(address(piece, "read")))
    found = lines(page)
    assert any("替代文字" in line for line in found)
    assert counts(page).startswith("1 拦")
    assert 'href="#id_photos' not in page
    draft = text(signed_in(cast.editor).get(address(factories.draft(cast), "read")))
    assert 'id="checks"' not in draft


def test_nobody_else_is_told_what_a_piece_lacks(cast):
    piece = factories.draft(cast)
    assert signed_in(cast.other_writer).post(address(piece, "check")).status_code == 404
    assert signed_in(cast.editor).get(address(piece, "check")).status_code == 405
    assert signed_in(cast.administrator).post(reverse(NEW)).status_code == 403


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"kind": "nonsense", "photos-TOTAL_FORMS": "99999999", "bylines-TOTAL_FORMS": "-1"},
        {"photos-TOTAL_FORMS": "２", "section": "\0", "headline": "\0" * 9},
        {"body": "<p>" * 50_000, "photos-TOTAL_FORMS": "", "headline": "题" * 100_000},
        {"body": "<script>alert(1)</script><figure data-photo='1'>", "kind": ""},
    ],
)
def test_nonsense_is_checked_like_anything_else(cast, typed):
    answer = signed_in(cast.editor).post(reverse(NEW), typed)
    assert answer.status_code == 200
    assert "<script" not in text(answer)


def test_a_check_costs_the_same_with_one_picture_and_with_twenty(cast):
    piece = factories.draft(cast)
    browser = signed_in(cast.editor)
    factories.with_photo(piece)
    with CaptureQueriesContext(connection) as few:
        browser.post(address(piece, "check"), form_of(piece))
    for position in range(1, 20):
        factories.with_photo(piece, position=position)
    typed = form_of(piece)
    with CaptureQueriesContext(connection) as many:
        browser.post(address(piece, "check"), typed)
    assert len(many) <= len(few)


# The page on which the newsroom says what each check does

LEVELS = "admin:articles_checklistrule_changelist"


def chosen(page: str) -> dict[str, str]:
    """Return which choice is ticked in each row of the page."""
    ticked = re.findall(r'<input type="radio" name="(\w+)" value="(\w+)"[^>]* checked', page)
    return dict(ticked)


def test_the_page_of_levels_shows_what_holds_and_changes_it(cast):
    browser = signed_in(cast.chief)
    now = chosen(text(browser.get(reverse(LEVELS))))
    assert now["headline"] == "review"
    assert now["summary"] == "off"
    answer = browser.post(reverse(LEVELS), now | {"unit_head": "review"}, follow=True)
    assert "改了 1 项" in text(answer)
    assert chosen(text(answer))["unit_head"] == "review"
    piece = factories.draft(cast)
    assert counts(text(signed_in(cast.writer).get(address(piece)))).startswith("1 拦")


def test_editors_read_the_levels_and_do_not_change_them(cast):
    browser = signed_in(cast.editor)
    page = text(browser.get(reverse(LEVELS)))
    assert "由总编或管理员改" in page
    browser.post(reverse(LEVELS), chosen(page) | {"byline": "off"})
    assert chosen(text(browser.get(reverse(LEVELS))))["byline"] == "warn"
    assert signed_in(cast.writer).get(reverse(LEVELS)).status_code == 403


def test_a_level_below_the_law_is_refused_and_nothing_is_saved(cast):
    browser = signed_in(cast.chief)
    now = chosen(text(browser.get(reverse(LEVELS))))
    answer = browser.post(reverse(LEVELS), now | {"alternative_text": "off", "byline": "off"})
    assert answer.status_code == 200
    assert chosen(text(browser.get(reverse(LEVELS))))["byline"] == "warn"


def test_changed_levels_stand_in_the_record(cast):
    set_levels({"byline": Level.SIGN}, by=cast.chief)
    page = text(signed_in(cast.administrator).get(reverse("admin:records"), {"kind": "checklist"}))
    assert "温以恒" in page
    assert "签字前必须" in page


@pytest.mark.parametrize("rows", ["9" * 5000, "x", "-3"])
def test_a_count_of_rows_that_is_no_number_is_none(cast, rows):
    posted = form_of(factories.draft(cast), **{"bylines-TOTAL_FORMS": rows})
    assert signed_in(cast.writer).post(reverse(NEW), posted).status_code == 200


def test_a_photograph_that_was_sent_twice_is_told_before_it_is_saved(cast):
    piece = factories.draft(cast)
    kept = factories.with_photo(piece)
    sent = Upload.objects.create(
        person=cast.writer, size=1, received=1, digest=kept.digest, number=Upload.objects.number()
    )
    typed = form_of(piece) | {"photos-TOTAL_FORMS": 2, "photos-1-taken": str(sent.key)}
    page = text(signed_in(cast.writer).post(address(piece, "check"), typed))
    assert any("图片1和图片2是同一张" in line for line in lines(page))


@pytest.mark.parametrize("key", ["x", "", "00000000-0000-0000-0000-000000000000"])
def test_a_made_up_key_names_no_photograph(cast, key):
    piece = factories.draft(cast)
    factories.with_photo(piece)
    typed = form_of(piece) | {"photos-TOTAL_FORMS": 2, "photos-1-taken": key}
    page = text(signed_in(cast.writer).post(address(piece, "check"), typed))
    assert not any("同一张" in line for line in lines(page))
