"""The doors of an article: who may open them, and that nothing typed is ever lost."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import workflow
from articles.models import Article, Byline, Gap, Photo
from tests import factories
from tests.articles.desk_pages import address, blank, form_of, signed_in, text

pytestmark = pytest.mark.django_db

PAGES = ("change", "read", "compare", "preview")


@pytest.fixture
def cast():
    return factories.Cast()


# Who sees what


@pytest.mark.parametrize("page", PAGES)
def test_a_correspondent_finds_nothing_at_anothers_piece(cast, page):
    article = factories.draft(cast)
    assert signed_in(cast.other_writer).get(address(article, page)).status_code == 404
    assert signed_in(cast.writer).get(address(article, page)).status_code == 200


@pytest.mark.parametrize("verb", ["submit", "sign", "discard", "withdraw", "clear_gap"])
def test_a_correspondent_does_nothing_to_anothers_piece(cast, verb):
    article = factories.draft(cast)
    response = signed_in(cast.other_writer).post(address(article, "do", verb=verb))
    assert response.status_code == 404
    article.refresh_from_db()
    assert article.status == Article.Status.DRAFT


def test_saving_anothers_piece_finds_nothing(cast):
    article = factories.draft(cast)
    typed = form_of(article, headline="改成我的")
    assert signed_in(cast.other_writer).post(address(article), typed).status_code == 404
    article.refresh_from_db()
    assert article.headline != "改成我的"


def test_a_correspondents_list_and_workbench_show_only_their_own(cast):
    mine = factories.draft(cast, headline="我写的一篇稿子")
    others = factories.draft(cast, filed_by=cast.other_writer, headline="别人写的一篇稿子")
    Byline.objects.filter(article=others).delete()
    browser = signed_in(cast.writer)
    for page in (reverse("admin:articles_article_changelist"), reverse("admin:index")):
        assert mine.headline in text(browser.get(page))
        assert others.headline not in text(browser.get(page))


@pytest.mark.parametrize("page", PAGES)
def test_who_is_not_signed_in_is_asked_to(cast, page):
    response = Client().get(address(factories.draft(cast), page))
    assert response.status_code == 302
    assert response.url.startswith(reverse("admin:login"))


@pytest.mark.parametrize("page", PAGES)
def test_pages_are_kept_out_of_every_cache(cast, page):
    response = signed_in(cast.editor).get(address(factories.draft(cast), page))
    assert "no-store" in response.headers["Cache-Control"]
    assert "private" in response.headers["Cache-Control"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("field", ["headline", "body"])
def test_a_program_in_a_text_is_harmless(cast, page, field):
    attack = "<script>alert(1)</script><img src=x onerror=alert(2)>字"
    article = factories.draft(cast, **{field: attack})
    shown = text(signed_in(cast.editor).get(address(article, page)))
    assert "<script>alert" not in shown
    assert "<img src=x" not in shown


# Saving


def test_what_is_typed_is_saved_and_counted(cast):
    article = factories.draft(cast)
    typed = form_of(article, headline="新的标题", body="<p>新的正文。</p><script>x</script>")
    response = signed_in(cast.writer).post(address(article), typed)
    assert response.status_code == 302
    article.refresh_from_db()
    assert (article.headline, article.body) == ("新的标题", "<p>新的正文。</p>")
    assert article.revision == 1
    assert article.bylines.count() == 1


def test_a_new_piece_carries_its_correspondents_name(cast):
    browser = signed_in(cast.writer)
    add = reverse("admin:articles_article_add")
    assert f'value="{cast.correspondent.pk}" selected' in text(browser.get(add))
    typed = form_of(Article(section=cast.section), headline="新写的一篇", body="<p>字。</p>")
    typed |= blank("bylines", 1) | {
        "bylines-0-role": "通讯员",
        "bylines-0-correspondent": cast.correspondent.pk,
        "bylines-0-credit": "text",
    }
    browser.post(add, typed)
    article = Article.objects.get(headline="新写的一篇")
    assert article.filed_by == cast.writer
    assert article.bylines.get().correspondent == cast.correspondent


def test_a_second_click_files_no_second_piece(cast):
    browser = signed_in(cast.writer)
    typed = form_of(Article(section=cast.section), headline="点了两下", body="<p>字。</p>")
    first = browser.post(reverse("admin:articles_article_add"), typed)
    second = browser.post(reverse("admin:articles_article_add"), typed)
    assert first.url == second.url
    assert Article.objects.filter(headline="点了两下").count() == 1


def test_a_second_click_on_save_is_no_conflict(cast):
    article = factories.draft(cast)
    typed = form_of(article, headline="点了两下")
    browser = signed_in(cast.writer)
    browser.post(address(article), typed)
    assert browser.post(address(article), typed).status_code == 302


def test_two_people_on_one_piece_get_both_texts_and_nothing_is_overwritten(cast):
    article = factories.draft(cast, headline="起初的标题")
    mine = form_of(article, headline="我改的标题", body="<p>我写的一段。</p>")
    theirs = form_of(article, headline="对方改的标题", body="<p>对方写的一段。</p>")
    signed_in(cast.editor).post(address(article), theirs)
    response = signed_in(cast.writer).post(address(article), mine)
    assert response.status_code == 409
    page = text(response)
    assert 'value="我改的标题"' in page
    assert "我写的一段" in page
    assert "对方" in page
    article.refresh_from_db()
    assert article.headline == "对方改的标题"
    assert f'name="read_revision" value="{article.revision}"' in page


def test_words_typed_into_a_piece_that_moved_on_are_kept_on_the_page(cast):
    article = factories.draft(cast)
    typed = form_of(article, body="<p>还没来得及存的一段。</p>")
    workflow.submit(article, by=cast.writer)
    response = signed_in(cast.writer).post(address(article), typed)
    assert response.status_code == 409
    assert "还没来得及存的一段" in text(response)
    article.refresh_from_db()
    assert "还没来得及" not in article.body


def test_a_form_in_error_keeps_what_was_typed(cast):
    article = factories.draft(cast)
    typed = form_of(article, headline="字" * 121, deck="副题还在")
    response = signed_in(cast.writer).post(address(article), typed)
    assert response.status_code == 200
    assert "字" * 121 in text(response)
    assert "副题还在" in text(response)


def test_who_may_not_edit_reads_why_and_gets_no_form(cast):
    article = factories.submitted(cast)
    page = text(signed_in(cast.writer).get(address(article)))
    assert 'id="article_form"' not in page
    assert "banner" in page
    assert article.headline in page


def test_rows_are_numbered_in_the_order_typed(cast):
    article = factories.draft(cast)
    typed = form_of(article) | blank("bylines", 3) | {"bylines-INITIAL_FORMS": 1}
    existing = article.bylines.get()
    names = [("", existing.correspondent_id, 3), ("甲", "", 1), ("乙", "", 2)]
    for index, (name, correspondent, position) in enumerate(names):
        typed |= {
            f"bylines-{index}-id": existing.pk if index == 0 else "",
            f"bylines-{index}-role": "文",
            f"bylines-{index}-name": name,
            f"bylines-{index}-correspondent": correspondent,
            f"bylines-{index}-credit": "text",
            f"bylines-{index}-position": position,
        }
    assert signed_in(cast.writer).post(address(article), typed).status_code == 302
    assert [(each.printed_name, each.position) for each in article.bylines.all()] == [
        ("甲", 0), ("乙", 1), ("苗青禾", 2),
    ]  # fmt: skip


# Verbs


def test_a_verb_from_the_form_saves_what_was_typed_first(cast):
    article = factories.draft(cast)
    typed = form_of(article, headline="送审前刚改的标题", _verb="submit")
    signed_in(cast.writer).post(address(article), typed)
    article.refresh_from_db()
    assert article.status == Article.Status.IN_REVIEW
    assert article.latest_version.headline == "送审前刚改的标题"


def test_a_refused_verb_says_why_and_changes_nothing(cast):
    article = factories.draft(cast, headline="")
    browser = signed_in(cast.writer)
    response = browser.post(address(article, "do", verb="submit"), follow=True)
    assert 'role="alert"' in text(response)
    article.refresh_from_db()
    assert article.status == Article.Status.DRAFT


def test_a_note_survives_its_refusal(cast):
    article = factories.submitted(cast)
    browser = signed_in(cast.editor)
    page = browser.get(address(article, "read"))
    assert page.status_code == 200
    workflow.claim(article, by=cast.second_editor)
    note = {"return_-note": "请核对人数。", "return_-reason": "facts"}
    browser.post(address(article, "do", verb="return_"), note)
    workflow.let_go(article, by=cast.second_editor)
    assert "请核对人数。" in text(browser.get(address(article, "read")))


def test_returning_needs_a_note(cast):
    article = factories.submitted(cast)
    browser = signed_in(cast.editor)
    typed = {"return_-note": " ", "return_-reason": "facts"}
    response = browser.post(address(article, "do", verb="return_"), typed, follow=True)
    assert 'role="alert"' in text(response)
    article.refresh_from_db()
    assert article.status == Article.Status.IN_REVIEW


def test_a_signature_is_given_to_what_was_read(cast):
    article = factories.submitted(cast)
    browser = signed_in(cast.editor)
    workflow.claim(article, by=cast.editor)
    workflow.save(article, by=cast.editor, write=lambda: None)
    stale = {"sign-seen": 0}
    response = browser.post(address(article, "do", verb="sign"), stale, follow=True)
    assert 'role="alert"' in text(response)
    article.refresh_from_db()
    browser.post(address(article, "do", verb="sign"), {"sign-seen": article.revision})
    article.refresh_from_db()
    assert article.round.position == 2


def test_signing_from_the_form_signs_what_was_just_typed(cast):
    article = factories.submitted(cast)
    workflow.claim(article, by=cast.editor)
    typed = form_of(article, deck="审稿时加的副题", _verb="sign")
    signed_in(cast.editor).post(address(article), typed)
    article.refresh_from_db()
    assert article.round.position == 2
    assert article.latest_version.deck == "审稿时加的副题"


def test_a_verb_clicked_twice_is_done_once_and_not_scolded(cast):
    article = factories.draft(cast)
    browser = signed_in(cast.writer)
    for _click in range(2):
        response = browser.post(address(article, "do", verb="submit"), follow=True)
        assert 'role="alert"' not in text(response)
    assert article.acts.count() == 1


def test_a_verb_is_never_done_by_following_a_link(cast):
    article = factories.draft(cast)
    response = signed_in(cast.writer).get(address(article, "do", verb="submit"))
    assert response.status_code == 405
    article.refresh_from_db()
    assert article.status == Article.Status.DRAFT


def test_a_verb_from_another_site_is_refused(cast):
    article = factories.draft(cast)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.writer)
    assert browser.post(address(article, "do", verb="submit")).status_code == 403


def test_a_verb_nobody_knows_is_not_found(cast):
    article = factories.draft(cast)
    response = signed_in(cast.writer).post(address(article, "do", verb="delete"))
    assert response.status_code == 404


def test_a_piece_goes_from_draft_to_live_by_the_buttons_alone(cast):
    article = factories.draft(cast)
    signed_in(cast.writer).post(address(article, "do", verb="submit"))
    for signer in (cast.editor, cast.desk_head, cast.chief):
        article.refresh_from_db()
        signed_in(signer).post(address(article, "do", verb="sign"), {"sign-seen": 0})
    signed_in(cast.chief).post(address(article, "do", verb="publish_alone"), {})
    article.refresh_from_db()
    assert article.is_live(timezone.now())


def test_a_correction_is_drawn_up_and_signed_by_another(cast):
    article = factories.live_alone(cast)
    words = {"draw_up_correction-wrong": "一千", "draw_up_correction-right": "一百"}
    for _click in range(2):
        signed_in(cast.editor).post(address(article, "do", verb="draw_up_correction"), words)
    correction = article.corrections.get()
    for signer in (cast.editor, cast.second_editor, cast.desk_head, cast.chief):
        assert correction.signed_at is None
        page = signed_in(signer).get(address(article, "read")).content.decode()
        door = reverse("admin:articles_correction_do", args=[correction.pk, "sign_correction"])
        assert (door in page) == (signer != cast.editor)
        signed_in(signer).post(door, {"sign_correction-seen": 0})
        correction.refresh_from_db()
    assert correction.signed_by == cast.chief


def test_a_damaged_place_is_cleared_by_who_may_edit(cast):
    article = factories.draft(cast)
    gap = Gap.objects.create(article=article, code="lost", message="这里可能丢了字")
    assert "这里可能丢了字" in text(signed_in(cast.editor).get(address(article)))
    chosen = {"clear_gap-gap": gap.pk}
    signed_in(cast.editor).post(address(article, "do", verb="clear_gap"), chosen)
    gap.refresh_from_db()
    assert gap.cleared_by == cast.editor


def test_clearing_a_place_from_the_form_keeps_what_was_typed(cast):
    article = factories.draft(cast)
    gap = Gap.objects.create(article=article, code="lost", message="这里可能丢了字")
    page = text(signed_in(cast.editor).get(address(article)))
    assert f'form="article_form" name="clear_gap-gap" value="{gap.pk}"' in page
    typed = form_of(article, deck="刚刚打进去的一行", **{"clear_gap-gap": gap.pk})
    signed_in(cast.editor).post(address(article), typed)
    gap.refresh_from_db()
    article.refresh_from_db()
    assert gap.cleared_by == cast.editor
    assert article.deck == "刚刚打进去的一行"


def test_a_piece_is_published_at_an_hour_to_come(cast):
    article = factories.approved(cast)
    hour = timezone.localtime() + timedelta(days=1)
    browser = signed_in(cast.chief)
    typed = {"publish_alone-at": f"{hour:%Y-%m-%dT%H:%M}"}
    browser.post(address(article, "do", verb="publish_alone"), typed)
    article.refresh_from_db()
    assert article.release.publish_at == hour.replace(second=0, microsecond=0)


@pytest.mark.parametrize("hour", ["2001-01-01T06:00", "明天"])
def test_a_piece_is_not_published_in_the_past_or_at_no_hour(cast, hour):
    article = factories.approved(cast)
    typed = {"publish_alone-at": hour}
    response = signed_in(cast.chief).post(
        address(article, "do", verb="publish_alone"), typed, follow=True
    )
    assert 'role="alert"' in text(response)
    article.refresh_from_db()
    assert article.release is None


def test_a_withdrawal_keeps_its_reason_inside(cast):
    article = factories.live_alone(cast)
    words = {"withdraw-reason": "当事人未同意", "withdraw-public_note": "本文已撤下。"}
    signed_in(cast.chief).post(address(article, "do", verb="withdraw"), words)
    article.refresh_from_db()
    assert article.withdrawn_at is not None
    assert "当事人未同意" in text(signed_in(cast.chief).get(address(article, "read")))


# Photographs


def test_a_refused_picture_is_refused_at_its_field(cast, tmp_path):
    article = factories.draft(cast)
    file = tmp_path / "picture.jpg"
    file.write_bytes(b"not a picture")
    typed = form_of(article) | blank("photos", 1) | {"photos-0-caption": "说明还在"}
    with file.open("rb") as upload:
        response = signed_in(cast.writer).post(
            address(article), typed | {"photos-0-upload": upload}
        )
    assert response.status_code == 200
    row = response.context["inline_admin_formsets"][1].formset.forms[0]
    assert "upload" in row.errors
    assert "说明还在" in text(response)
    assert not Photo.objects.exists()


def test_a_photograph_in_the_text_is_shown_from_the_desks_own_address(cast):
    article = factories.draft(cast)
    photo = factories.with_photo(article)
    article.body = f'<p>前文。</p><figure data-photo="{photo.pk}" data-size="half"></figure>'
    article.save()
    shown = text(signed_in(cast.writer).get(address(article, "read")))
    assert reverse("admin:photo", args=[photo.digest, "960.webp"]) in shown
    assert shown.count(f"{photo.digest}/960.webp 960w") == 1
    preview = text(signed_in(cast.writer).get(address(article, "preview")))
    assert reverse("admin:photo", args=[photo.digest, "960.webp"]) in preview
