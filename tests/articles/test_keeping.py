"""Typing that is not saved yet: kept for its writer alone, never overwritten by what is older."""

import json
import re
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import workflow
from articles.models import Autosave, Version
from articles.models.autosaves import MOST_PAGES
from articles.typed import MOST_BYTES
from tests import factories
from tests.articles.desk_pages import address, form_of, signed_in

pytestmark = pytest.mark.django_db

PAGE = "a-page"
NEW = "admin:articles_article_keep_new"
WHO = "admin:articles_article_back"


@pytest.fixture
def cast():
    return factories.Cast()


def sending(person, sequence=1, page=PAGE, began_from=0, **typed) -> dict:
    """Return what a page sends."""
    fields = [[name.replace("__", "-"), value] for name, value in typed.items()]
    return {
        "person": person.pk,
        "page": page,
        "sequence": sequence,
        "began_from": began_from,
        "fields": fields,
    }


def send(who, article=None, browser=None, /, **sent):
    """Let a page of somebody's send what was typed; return the answer."""
    where = address(article, "keep") if article else reverse(NEW)
    browser = browser or signed_in(who)
    content = sent if "fields" in sent else sending(who, **sent)
    return post(browser, where, content)


def post(browser, where, content):
    return browser.post(
        where, json.dumps(content), "application/json", headers={"Accept": "application/json"}
    )


def rest(page=PAGE):
    """Let a moment pass for a page, so that it is not too fast."""
    Autosave.objects.filter(page=page).update(kept_at=timezone.now() - timedelta(seconds=1))


def kept(page=PAGE) -> dict:
    return Autosave.objects.get(page=page).content


# Keeping


def test_typing_is_kept_and_the_piece_untouched(cast):
    article = factories.draft(cast)
    answer = send(cast.writer, article, headline="新的标题", body="<p>新的</p>").json()
    assert kept() == {"headline": ["新的标题"], "body": ["<p>新的</p>"]}
    assert answer["kept"]["sequence"] == 1
    assert answer["kept"]["unsaved"]
    assert answer["revision"] == article.revision
    before = article.headline
    article.refresh_from_db()
    assert article.headline == before
    assert article.events.count() == 1


def test_a_new_piece_is_kept_by_the_key_of_its_page(cast):
    for page in ("one", "two"):
        assert send(cast.writer, page=page, headline=page).status_code == 200
    assert (kept("one"), kept("two")) == ({"headline": ["one"]}, {"headline": ["two"]})


def test_a_late_sending_never_overwrites_a_newer_one(cast):
    article = factories.draft(cast)
    send(cast.writer, article, sequence=9, headline="后打的")
    rest()
    for late in (8, 9):
        answer = send(cast.writer, article, sequence=late, headline="先打的")
        assert (answer.status_code, answer.json()["trouble"]) == (409, "older")
        assert answer.json()["sequence"] == 9
    assert kept() == {"headline": ["后打的"]}


def test_the_database_itself_lets_nothing_go_back(cast):
    send(cast.writer, sequence=9, headline="后打的")
    with pytest.raises(DatabaseError, match="overwritten"), transaction.atomic():
        Autosave.objects.filter(page=PAGE).update(sequence=8)


def test_typing_is_kept_when_the_piece_has_left_its_authors_hands(cast):
    article = factories.submitted(cast)
    answer = send(cast.writer, article, headline="交稿以后还在改").json()
    assert answer["why_not"]
    assert kept() == {"headline": ["交稿以后还在改"]}


def test_who_saved_meanwhile_is_told_with_the_revision(cast):
    article = factories.draft(cast)
    workflow.save(article, by=cast.editor, write=article.save)
    answer = send(cast.writer, article, headline="我的").json()
    assert answer["revision"] == 1
    assert answer["saved_by"] == cast.editor.name
    assert answer["goes_on_from"] is None


def test_a_page_that_is_only_open_is_heard(cast):
    article = factories.draft(cast)
    send(cast.writer, article, headline="打过的")
    Autosave.objects.update(seen_at=timezone.now() - timedelta(hours=1))
    answer = send(cast.writer, article, fields=None, person=cast.writer.pk, page=PAGE)
    assert answer.status_code == 200
    assert Autosave.objects.get().seen_at > timezone.now() - timedelta(minutes=1)
    assert kept() == {"headline": ["打过的"]}


def test_keeping_costs_one_statement_of_its_own(cast):
    article, browser = factories.draft(cast), signed_in(cast.writer)
    send(cast.writer, article, browser, sequence=1, headline="一")
    rest()
    with CaptureQueriesContext(connection) as asked:
        send(cast.writer, article, browser, sequence=2, headline="二")
    writing = [each["sql"] for each in asked if re.search("INSERT|UPDATE|DELETE", each["sql"])]
    assert len(writing) == 1
    assert len(asked) <= 8


def test_nothing_typed_becomes_history(cast):
    assert not hasattr(Autosave, "pgh_event_model")


# Saving folds


def test_a_save_folds_what_its_page_had_sent(cast):
    article, browser = factories.draft(cast), signed_in(cast.writer)
    send(cast.writer, article, browser, sequence=5, headline="改过的标题很长很长")
    typed = form_of(article, headline="改过的标题很长很长", page_key=PAGE, sequence=6)
    assert browser.post(address(article), typed).status_code == 302
    assert kept() == {}
    answer = send(cast.writer, article, browser, sequence=6, headline="改过的标题很长很长")
    assert (answer.status_code, answer.json()["trouble"]) == (409, "older")


def test_a_refused_save_folds_nothing(cast):
    article, browser = factories.draft(cast), signed_in(cast.writer)
    send(cast.writer, article, browser, headline="改过的")
    typed = form_of(article, headline="题" * 200, page_key=PAGE, sequence=6)
    assert browser.post(address(article), typed).status_code == 200
    assert kept() == {"headline": ["改过的"]}


def test_a_page_that_goes_on_after_its_own_save_began_from_it(cast):
    article, browser = factories.draft(cast), signed_in(cast.writer)
    browser.post(address(article), form_of(article, page_key=PAGE, sequence=6))
    rest()
    answer = send(cast.writer, article, browser, sequence=7, headline="接着写").json()
    assert answer["goes_on_from"] == answer["revision"] == 1


@pytest.mark.parametrize("sequence", ["", "x", "-1", "9" * 40, "1.5", "１"])
def test_a_made_up_number_keeps_no_save_back(cast, sequence):
    article = factories.draft(cast)
    typed = form_of(article, headline="照样存上", page_key=PAGE, sequence=sequence)
    assert signed_in(cast.writer).post(address(article), typed).status_code == 302
    article.refresh_from_db()
    assert article.headline == "照样存上"


# Who may not


def test_another_correspondent_keeps_nothing_in_a_piece(cast):
    article = factories.draft(cast)
    answer = send(cast.other_writer, article, headline="不是我的")
    assert (answer.status_code, answer.json()["trouble"]) == (404, "missing")
    assert not Autosave.objects.exists()


def test_what_somebody_types_is_nobody_elses_to_see_or_drop(cast):
    article = factories.draft(cast)
    send(cast.writer, article, headline="还没想好的题目")
    row = Autosave.objects.get()
    drop = reverse("admin:articles_article_drop", args=[row.pk])
    for other in (cast.editor, cast.chief, cast.other_writer, cast.administrator):
        browser = signed_in(other)
        assert "还没想好的题目" not in browser.get(address(article)).content.decode()
        where, headers = f"{address(article, 'keep')}?page={PAGE}", {"Accept": "application/json"}
        standing = browser.get(where, headers=headers)
        assert not standing.json().get("kept")
        assert browser.post(drop).status_code == 404
    assert kept()
    assert signed_in(cast.writer).post(drop).status_code == 302
    assert not kept()


def test_two_people_with_one_key_do_not_mix(cast):
    article = factories.draft(cast)
    send(cast.writer, article, headline="作者的")
    send(cast.editor, article, headline="编辑的")
    rows = {row.person: row.content["headline"] for row in Autosave.objects.all()}
    assert rows == {cast.writer: ["作者的"], cast.editor: ["编辑的"]}


def test_a_page_does_not_move_to_another_piece(cast):
    one, other = factories.draft(cast), factories.draft(cast)
    send(cast.writer, one, sequence=1, headline="甲")
    rest()
    assert send(cast.writer, other, sequence=2, headline="乙").status_code == 400
    assert Autosave.objects.get().article == one


def test_one_persons_typing_is_not_sent_under_anothers_name(cast):
    article = factories.draft(cast)
    sent = sending(cast.writer, headline="作者打的")
    answer = send(cast.editor, article, **sent)
    assert (answer.status_code, answer.json()["trouble"]) == (409, "somebody_else")
    assert cast.editor.name in answer.json()["sentence"]
    assert not Autosave.objects.exists()


def test_who_is_signed_out_is_told_so_in_json(cast):
    article = factories.draft(cast)
    answer = send(cast.writer, article, Client(), headline="会话过期以后")
    assert (answer.status_code, answer.json()["trouble"]) == (401, "signed_out")
    assert answer["Content-Type"] == "application/json"


def test_a_former_secret_is_told_so_in_json(cast):
    article = factories.draft(cast)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.writer)
    answer = send(cast.writer, article, strict, headline="没有凭据")
    assert (answer.status_code, answer.json()["trouble"]) == (403, "stale_token")
    asked = strict.get(reverse(WHO), headers={"Accept": "application/json"}).json()
    assert asked["person"] == cast.writer.pk
    sent = json.dumps(sending(cast.writer, headline="有凭据"))
    headers = {"Accept": "application/json", "X-CSRFToken": asked["token"]}
    assert strict.post(address(article, "keep"), sent, "application/json", headers=headers).json()
    assert kept() == {"headline": ["有凭据"]}


# What is not what a form sends


@pytest.mark.parametrize(
    "changes",
    [{"page": ""}, {"page": "x" * 37}, {"page": "a b"}, {"page": None}, {"page": "页"},
     {"sequence": -1}, {"sequence": "1"}, {"sequence": True}, {"sequence": 10**16},
     {"sequence": 1.5}, {"began_from": None}, {"fields": "x"}, {"fields": [["a"]]},
     {"takes": "x"}, {"takes": {"page": 1, "sequence": 1}}],
)  # fmt: skip
def test_what_no_page_sends_is_refused_in_a_sentence(cast, changes):
    article = factories.draft(cast)
    answer = send(cast.writer, article, **sending(cast.writer, headline="甲") | changes)
    assert (answer.status_code, answer.json()["trouble"]) == (400, "unreadable")
    assert not Autosave.objects.exists()


@pytest.mark.parametrize("body", [b"", b"[", b"[]", b"1", b"null", b"\xff", b"[" * 100_000])
def test_what_is_no_json_is_refused_in_a_sentence(cast, body):
    answer = signed_in(cast.writer).post(reverse(NEW), body, "application/json")
    assert (answer.status_code, answer.json()["trouble"]) == (400, "unreadable")


def test_a_form_sent_where_json_is_expected_is_refused_in_a_sentence(cast):
    answer = signed_in(cast.writer).post(reverse(NEW), {"person": cast.writer.pk})
    assert (answer.status_code, answer.json()["trouble"]) == (400, "unreadable")


def test_what_is_too_large_is_refused_before_it_is_read(cast):
    answer = send(cast.writer, body="字" * (MOST_BYTES // 6 + 1))
    assert (answer.status_code, answer.json()["trouble"]) == (413, "too_much")
    assert not Autosave.objects.exists()


def test_a_script_run_wild_is_slowed_down(cast):
    answers = [send(cast.writer, sequence=n, headline=str(n)) for n in range(1, 4)]
    assert {answer.status_code for answer in answers} <= {200, 429}
    browser = signed_in(cast.writer)
    fast = [send(cast.writer, None, browser, sequence=n, headline=str(n)) for n in range(10, 30)]
    assert any(answer.status_code == 429 for answer in fast)
    assert all(answer.json()["sentence"] for answer in fast if answer.status_code == 429)


def test_nobody_fills_the_table(cast):
    Autosave.objects.bulk_create(
        Autosave(person=cast.writer, page=f"p{n}", sequence=1, content={"headline": ["甲"]})
        for n in range(MOST_PAGES)
    )
    answer = send(cast.writer, headline="再多一篇")
    assert (answer.status_code, answer.json()["trouble"]) == (429, "too_many")
    assert send(cast.writer, page="p3", sequence=2, headline="原来那篇").status_code in (200, 429)
    assert send(cast.editor, headline="别人的").status_code == 200


def test_hostile_html_is_kept_clean(cast):
    send(cast.writer, body='<p onmouseover="x()">字</p><script>steal()</script>')
    assert kept() == {"body": ["<p>字</p>"]}


def test_nothing_sent_reaches_an_address_that_asks_for_a_zero_byte(cast):
    assert signed_in(cast.writer).get(f"{reverse(NEW)}?page=%00").status_code == 200


# Sittings


def sit(article, by, headline):
    article.headline = headline
    return workflow.save(article, by=by, write=article.save)


def test_an_hour_of_saves_is_one_version_and_not_twelve(cast):
    article = factories.draft(cast)
    for minute in range(0, 60, 5):
        sit(article, cast.writer, f"老街灯会今晚亮灯之{minute}")
    assert article.versions.count() == 0
    sit(article, cast.editor, "编辑改过的标题十五字以上才好看")
    version = article.versions.get()
    assert (version.reason, version.made_by) == (Version.Reason.SITTING, cast.writer)
    assert version.headline == "老街灯会今晚亮灯之55"


def test_handing_in_makes_the_submitted_version_and_no_other(cast):
    article = sit(factories.draft(cast), cast.writer, "老街灯会今晚亮灯迎客来")
    workflow.submit(article, by=cast.writer)
    workflow.claim(article, by=cast.editor)
    sit(article, cast.editor, "老街灯会今晚亮灯迎新客")
    assert [version.reason for version in article.versions.all()] == [Version.Reason.SUBMITTED]
