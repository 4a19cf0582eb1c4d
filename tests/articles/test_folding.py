"""Sittings that ended without a save become a revision and a version, over nobody's words."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import folding, workflow
from articles.merging import Overlap
from articles.models import Article, Autosave, Sitting, Version
from articles.models.autosaves import REMEMBERED, SILENCE
from articles.reconciling import as_json
from articles.typed import as_posted
from newsroom.desk import tasks
from tests import factories
from tests.articles.desk_pages import address, form_of, signed_in
from tests.articles.test_unsaved import left

pytestmark = pytest.mark.django_db

HEADLINE = "老街灯会今晚亮灯迎客来"


@pytest.fixture
def cast():
    return factories.Cast()


def silence(ago=SILENCE + timedelta(minutes=1)):
    """Let everybody have gone long ago."""
    Autosave.objects.update(seen_at=timezone.now() - ago)
    Sitting.objects.update(saved_at=timezone.now() - ago)


def sit(article, by, headline):
    article.headline = headline
    return workflow.save(article, by=by, write=article.save)


def test_typing_that_was_left_becomes_one_revision_and_one_version(cast):
    article = factories.draft(cast)
    left(cast.writer, article, headline=HEADLINE, body="<p>没有点保存就走了。</p>")
    silence()
    assert folding.fold_what_is_over() == 1
    article.refresh_from_db()
    assert (article.headline, article.revision) == (HEADLINE, 1)
    version = article.versions.get()
    assert (version.reason, version.made_by) == (Version.Reason.SITTING, cast.writer)
    assert version.body == "<p>没有点保存就走了。</p>"
    assert Autosave.objects.get().content == {}
    assert folding.fold_what_is_over() == 0


def test_the_worker_does_it(cast):
    article = factories.draft(cast)
    left(cast.writer, article, headline=HEADLINE)
    silence()
    tasks.fold_what_is_over(timestamp=0)
    article.refresh_from_db()
    assert article.headline == HEADLINE


def test_a_page_that_is_still_open_is_let_alone(cast):
    article = factories.draft(cast)
    left(cast.writer, article, headline=HEADLINE)
    silence(SILENCE - timedelta(minutes=1))
    assert folding.fold_what_is_over() == 0
    assert Autosave.objects.get().content


def test_nothing_is_saved_under_the_hands_of_who_types_on_in_another_window(cast):
    article = factories.draft(cast)
    left(cast.writer, article, page="asleep", headline="先前那个窗口的标题")
    silence()
    left(cast.writer, article, page="awake", headline="正在写的标题")
    assert folding.fold_what_is_over() == 0
    silence()
    assert folding.fold_what_is_over() == 1


def test_names_and_captions_are_folded_too(cast):
    article = factories.draft(cast)
    photo = factories.with_photo(article)
    left(
        cast.writer, article, photos__0__caption="灯下的孩子们。",
        bylines__TOTAL_FORMS=2, bylines__1__name="梁序", bylines__1__role="摄",
        bylines__1__credit="photo", bylines__1__correspondent="", bylines__1__position="",
    )  # fmt: skip
    silence()
    assert folding.fold_what_is_over() == 1
    photo.refresh_from_db()
    assert photo.caption == "灯下的孩子们。"
    assert [each.printed_name for each in article.bylines.all()] == ["苗青禾", "梁序"]


def test_an_hour_of_saves_is_one_version_when_it_is_over(cast):
    article = factories.draft(cast)
    for minute in range(0, 60, 5):
        sit(article, cast.writer, f"{HEADLINE}之{minute}")
    assert folding.fold_what_is_over() == 0
    silence()
    assert folding.fold_what_is_over() == 1
    version = article.versions.get()
    assert (version.reason, version.headline) == (Version.Reason.SITTING, f"{HEADLINE}之55")
    assert folding.fold_what_is_over() == 0


def test_a_sitting_goes_on_while_its_writer_still_types(cast):
    article = sit(factories.draft(cast), cast.writer, HEADLINE)
    silence()
    left(cast.writer, article, headline=f"{HEADLINE}之后还在写")
    assert folding.fold_what_is_over() == 0
    assert not article.versions.exists()


def test_without_a_worker_the_next_sitting_ends_the_last(cast):
    article = sit(factories.draft(cast), cast.writer, HEADLINE)
    silence()
    sit(article, cast.writer, f"{HEADLINE}第二天再写")
    assert [version.headline for version in article.versions.all()] == [HEADLINE]


def test_nothing_is_put_over_what_somebody_else_saved_since(cast):
    article = factories.draft(cast)
    left(cast.writer, article, headline="作者没存的标题")
    sit(article, cast.editor, "编辑存下的标题")
    silence()
    folding.fold_what_is_over()
    article.refresh_from_db()
    assert article.headline == "编辑存下的标题"
    row = Autosave.objects.get()
    assert (row.kept_because, row.content["headline"]) == ("moved", ["作者没存的标题"])


def test_what_left_its_writers_hands_is_kept(cast):
    article = factories.draft(cast)
    left(cast.writer, article, headline="交稿以后还在改")
    workflow.submit(article, by=cast.writer)
    silence()
    folding.fold_what_is_over()
    article.refresh_from_db()
    assert article.headline != "交稿以后还在改"
    assert Autosave.objects.get().kept_because == "away"


@pytest.mark.parametrize(
    "hostile",
    [{"headline": "题" * 200}, {"section": "999999"}, {"kind": "nonsense"}, {"tags": "x"},
     {"bylines__0__id": "999999"}, {"bylines__TOTAL_FORMS": "100000"},
     {"bylines__TOTAL_FORMS": ""}],
)  # fmt: skip
def test_what_the_form_would_refuse_is_kept(cast, hostile):
    article = factories.draft(cast)
    left(cast.editor, article, **{"headline": "编辑写的标题"} | hostile)
    silence()
    folding.fold_what_is_over()
    article.refresh_from_db()
    assert article.revision == 0
    assert Autosave.objects.get().kept_because == "invalid"


def test_a_correspondent_reaches_nothing_by_it_that_their_form_has_not(cast):
    article = factories.draft(cast)
    row = left(cast.writer, article, headline=HEADLINE, source="抄来的来源", column_label="栏")
    Autosave.objects.update(
        content=row.content | {"status": ["approved"], "filed_by": [str(cast.editor.pk)]}
    )
    silence()
    folding.fold_what_is_over()
    article.refresh_from_db()
    assert (article.headline, article.status) == (HEADLINE, Article.Status.DRAFT)
    assert article.filed_by == cast.writer
    assert (article.source, article.column_label) == ("", "")


def test_what_was_chosen_on_a_page_of_two_stays_chosen(cast):
    """The form still holds what its writer gave up there."""
    article = factories.draft(cast, headline="编辑存下的标题")
    places = [
        Overlap("field", "headline", "作者先前的标题", "编辑存下的标题"),
        Overlap("field", "deck", "作者的副题", ""),
    ]
    chosen = {f"place-{number}": as_json(place) for number, place in enumerate(places)}
    chosen |= {"take-0": "theirs", "take-1": "mine"}
    left(cast.writer, article, headline="作者先前的标题", deck="作者的副题", **chosen)
    silence()
    assert folding.fold_what_is_over() == 1
    article.refresh_from_db()
    assert (article.headline, article.deck) == ("编辑存下的标题", "作者的副题")


def test_a_new_piece_that_was_left_becomes_a_draft_of_its_writers(cast):
    left(cast.writer, headline="起了个头的稿子", body="<p>才写一句。</p>", kind="news")
    silence()
    assert folding.fold_what_is_over() == 1
    article = Article.objects.get()
    assert (article.filed_by, article.status) == (cast.writer, Article.Status.DRAFT)
    assert article.versions.get().reason == Version.Reason.SITTING
    assert signed_in(cast.other_writer).get(address(article)).status_code == 404


def test_a_note_for_a_verb_is_kept_and_offered(cast):
    article = workflow.claim(factories.submitted(cast), by=cast.editor)
    left(cast.editor, article, **{"return-note": "请补一段：报名方式和截止日期。"})
    silence()
    folding.fold_what_is_over()
    assert Autosave.objects.get().kept_because == "notes"
    page = signed_in(cast.editor).get(address(article)).content.decode()
    assert "请补一段：报名方式和截止日期。" in page


def test_a_new_form_without_a_word_becomes_nothing(cast):
    left(cast.writer, kind="news")
    silence()
    assert folding.fold_what_is_over() == 0
    assert not Article.objects.exists()
    assert Autosave.objects.get().content == {}


def test_who_has_left_files_nothing_more(cast):
    left(cast.writer, headline=HEADLINE, kind="news")
    cast.writer.is_active = False
    cast.writer.save()
    silence()
    folding.fold_what_is_over()
    assert not Article.objects.exists()
    assert Autosave.objects.get().kept_because == "away"


def test_a_page_that_wakes_up_goes_on_after_its_own_fold(cast):
    article = factories.draft(cast)
    row = left(cast.writer, article, headline=HEADLINE)
    silence()
    folding.fold_what_is_over()
    typed = as_posted(row.content).dict()
    typed |= {"headline": f"{HEADLINE}醒来再写", "read_revision": 0}
    typed |= {"page_key": row.page, "sequence": 9}
    response = signed_in(cast.writer).post(address(article), typed)
    assert response.status_code == 302
    article.refresh_from_db()
    assert (article.headline, article.revision) == (f"{HEADLINE}醒来再写", 2)
    assert article.bylines.count() == 1


def test_one_sitting_that_cannot_be_folded_stops_no_other(cast):
    one, other = factories.draft(cast), factories.draft(cast)
    broken = left(cast.writer, one, page="one", headline="甲")
    Autosave.objects.filter(pk=broken.pk).update(content={"headline": "no list", "body": 7})
    left(cast.writer, other, page="two", headline=HEADLINE)
    silence()
    folding.fold_what_is_over()
    other.refresh_from_db()
    assert other.headline == HEADLINE


def test_nothing_is_versioned_of_what_is_signed_off(cast):
    article = factories.approved(cast)
    Sitting.objects.update_or_create(article=article, defaults={"person": cast.chief})
    Article.objects.filter(pk=article.pk).update(change_note="别处写的")
    before = article.versions.count()
    silence()
    folding.fold_what_is_over()
    assert article.versions.count() == before


def test_what_no_browser_can_come_back_with_is_forgotten(cast):
    article, browser = factories.draft(cast), signed_in(cast.writer)
    browser.post(address(article), form_of(article, page_key="old", sequence=1))
    left(cast.writer, article, page="unsaved", headline="要留着", section="999")
    silence(REMEMBERED + timedelta(days=1))
    folding.fold_what_is_over()
    assert [row.page for row in Autosave.objects.all()] == ["unsaved"]
