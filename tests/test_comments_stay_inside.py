"""What is said of a piece stays in the desk, and among whom it was said to.

A piece is given comments of every kind, goes out, is printed, corrected and exported; every public
door, every export and every page of the desk is then searched for their words.
"""

import pytest
from django.test import Client
from django.urls import reverse

from articles import workflow
from articles.models import Act, Comment, Version, VersionName
from newsroom.desk import delivery
from newsroom.desk.models import Letter, Notice
from newsroom.desk.phrasing import remark, sentence
from tests import factories, test_leaks
from tests.articles.desk_pages import address, signed_in

pytestmark = pytest.mark.django_db
INSIDE, TO_AUTHOR, ANSWER, NAME = "金丝雀甲", "金丝雀乙", "金丝雀丙", "金丝雀丁"
CANARIES = (INSIDE, TO_AUTHOR, ANSWER, NAME)


@pytest.fixture
def cast():
    return factories.Cast()


@pytest.fixture
def piece(cast):
    """Return a piece that is out in an issue, with words said of it in each state on the way."""
    piece = test_leaks.Piece(cast)
    article = piece.write(cast)
    talk(cast, article, "写稿时")
    workflow.submit(article, by=cast.writer)
    workflow.note_down(article, by=cast.editor, note=TO_AUTHOR, paragraph=0)
    workflow.name_version(article, by=cast.writer, number=1, name=NAME)
    factories.signed_by(cast, article, cast.editor, cast.desk_head, cast.chief)
    factories.live_issue(cast, article, day=test_leaks.DAY)
    factories.signed_correction(cast, article, wrong="暗", right="明")
    talk(cast, article, "见报后")
    return piece


def talk(cast, article, when):
    workflow.say(article, by=cast.chief, note=f"{INSIDE}{when} @沈予安", inside=True, paragraph=0)
    inside = Comment.objects.latest("pk")
    workflow.answer(article, by=cast.editor, comment=inside.pk, note=f"{INSIDE}{ANSWER}")
    workflow.say(article, by=cast.chief, note=f"{TO_AUTHOR}{when} @苗青禾")
    said = Comment.objects.latest("pk")
    workflow.answer(article, by=cast.writer, comment=said.pk, note=ANSWER)


def body(answer) -> str:
    raw = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return raw.decode("utf-8", "replace")


def test_no_public_door_says_a_word_of_it(client, piece):
    told = [
        f"{door}: {word}"
        for door in test_leaks.DOORS
        for word in CANARIES
        if word in body(client.get(test_leaks.address(door, piece)))
    ]
    assert told == []


def test_search_finds_no_piece_by_what_was_said_of_it(cast, piece):
    lists = reverse("admin:articles_article_changelist")
    for word in CANARIES:
        page = body(signed_in(cast.chief).get(lists, {"q": word}))
        assert test_leaks.HEADLINE not in page
        assert not type(piece.article).objects.filter(search_entry__text__contains=word).exists()


@pytest.mark.parametrize("page", ["preview", "sheet", "sheet_pdf"])
def test_no_preview_and_no_sheet_prints_it(cast, piece, page):
    for who in (cast.chief, cast.editor):
        answer = signed_in(who).get(address(piece.article, page))
        assert answer.status_code == 200
        assert [word for word in (INSIDE, TO_AUTHOR, ANSWER) if word in body(answer)] == []


def test_no_table_exports_it(cast, piece):
    table = body(signed_in(cast.chief).get(reverse("admin:articles_article_csv")))
    assert test_leaks.HEADLINE in table
    assert [word for word in CANARIES if word in table] == []


def test_no_version_holds_it(piece):
    """What is signed, sealed, fed and exported is made of versions."""
    for version in Version.objects.values():
        assert [word for word in CANARIES if word in repr(version)] == []
    assert VersionName.objects.get().name == NAME


def test_no_page_of_an_author_says_what_is_for_the_newsroom(cast, piece):
    browser, article = signed_in(cast.writer), piece.article
    workflow.revise(article, by=cast.writer)
    pages = [
        *(address(article, page)
          for page in ("change", "read", "versions", "compare", "edited", "preview")),
        *(reverse(f"admin:{name}") for name in
          ("index", "notices", "articles_article_changelist", "mailbox")),
    ]  # fmt: skip
    for page in pages:
        answer = browser.get(page)
        assert answer.status_code == 200, page
        assert INSIDE not in body(answer), page
    assert TO_AUTHOR in body(browser.get(address(article, "read")))


@pytest.mark.parametrize("verb", ["answer", "resolve", "reopen_comment", "take_back_note"])
def test_an_author_who_guesses_its_number_learns_nothing(cast, piece, verb):
    hidden = Comment.objects.filter(inside=True).first()
    browser = signed_in(cast.writer)

    def asked(number):
        sent = {f"{verb}-comment": number, f"{verb}-note": "试一试"}
        answer = browser.post(address(piece.article, "do", verb=verb), sent, follow=True)
        return answer.status_code, "没有这条批注" in body(answer) or "不是你的" in body(answer)

    assert asked(hidden.pk)[0] == asked(10**9)[0] == 200
    assert asked(hidden.pk)[1]
    hidden.refresh_from_db()
    assert (hidden.resolved_at, hidden.dropped_at) == (None, None)


def test_strangers_and_the_signed_out_are_told_nothing(cast, piece):
    for browser in (Client(), signed_in(cast.other_writer)):
        for page in ("read", "versions", "compare", "edited"):
            answer = browser.get(address(piece.article, page))
            assert answer.status_code in (302, 404)
            assert [word for word in CANARIES if word in body(answer)] == []


def test_notices_and_letters_say_who_spoke_and_not_what(cast, piece):
    for act in Act.objects.filter(verb="talk"):
        delivery.tell_of_act(act)
    notices = Notice.objects.filter(act__verb="talk").for_display()
    assert {notice.recipient for notice in notices} >= {cast.editor, cast.writer}
    for notice in notices:
        words = sentence(notice) + remark(notice, cast.chief)
        assert [word for word in CANARIES if word in words] == []
    letters = [repr(letter) for letter in Letter.objects.values()]
    assert [word for letter in letters for word in CANARIES if word in letter] == []
