"""Who is at a piece, what was saved meanwhile, and what was typed and kept."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import workflow
from articles.models import Lock, Presence, Unsaved
from articles.workflow.meeting import be_here, leave
from tests import factories
from tests.articles.desk_pages import address, form_of, signed_in, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


def ask(who, article, **more):
    revision = {"revision": article.revision}
    return signed_in(who).post(address(article, "here"), revision | more)


def test_each_sees_the_others_name_and_not_ones_own(cast):
    article = factories.draft(cast)
    ask(cast.writer, article)
    assert ask(cast.editor, article).json()["names"] == {str(cast.writer.pk): cast.writer.name}
    told = ask(cast.writer, article).json()
    assert told["names"] == {str(cast.editor.pk): cast.editor.name}
    assert cast.editor.name in told["html"]


def test_a_form_shows_who_is_here_without_any_script(cast):
    article = factories.draft(cast)
    be_here(article, by=cast.editor)
    assert cast.editor.name in text(signed_in(cast.writer).get(address(article)))


def test_who_has_said_nothing_for_half_a_minute_is_gone(cast):
    article = factories.draft(cast)
    be_here(article, by=cast.editor)
    Presence.objects.update(seen_at=timezone.now() - timedelta(seconds=31))
    assert ask(cast.writer, article).json()["names"] == {}


def test_who_comes_back_is_here_since_then(cast):
    article = factories.draft(cast)
    be_here(article, by=cast.editor)
    long_ago = timezone.now() - timedelta(hours=3)
    Presence.objects.update(since=long_ago, seen_at=long_ago)
    be_here(article, by=cast.editor)
    assert Presence.objects.get().since > long_ago
    since = Presence.objects.get().since
    be_here(article, by=cast.editor)
    assert Presence.objects.get().since == since


def test_who_closes_the_page_is_gone_at_once_and_sweeps_up(cast):
    article, other = factories.draft(cast), factories.draft(cast)
    be_here(other, by=cast.chief)
    Presence.objects.update(seen_at=timezone.now() - timedelta(minutes=5))
    be_here(article, by=cast.editor)
    assert signed_in(cast.editor).post(address(article, "here"), {"leave": "1"}).status_code == 204
    assert not Presence.objects.exists()
    leave(article, by=cast.editor)


def test_who_types_is_said_to_type_and_their_lock_lasts(cast):
    article = workflow.lock(factories.draft(cast), by=cast.editor)
    Lock.objects.update(until=timezone.now() + timedelta(minutes=1))
    ask(cast.editor, article, typed="1")
    assert Presence.objects.get().typed_lately
    assert Lock.objects.get().until > timezone.now() + timedelta(minutes=10)


def test_who_may_not_see_a_piece_is_not_at_it(cast):
    article = factories.draft(cast)
    assert ask(cast.other_writer, article).status_code == 404
    assert signed_in(cast.editor).get(address(article, "here")).status_code == 405
    assert not Presence.objects.exists()


def test_the_form_is_told_when_somebody_saved_a_newer_text(cast):
    article = workflow.save(factories.draft(cast), by=cast.writer, write=lambda: None)
    assert ask(cast.writer, article).json()["newer"] is None
    signed_in(cast.editor).post(address(article), form_of(article, deck="对方的副题"))
    newer = ask(cast.writer, article).json()["newer"]
    assert cast.editor.name in newer["said"]
    assert newer["revision"] == article.revision + 1
    page = text(signed_in(cast.writer).get(newer["address"]))
    assert "对方的副题" in page
    assert cast.editor.name in page
    own = ask(cast.editor, article).json()["newer"]
    assert cast.editor.name not in own["said"]


@pytest.mark.parametrize("revision", ["", "x", "-3", "²", "9" * 30])
def test_nonsense_for_a_revision_is_no_error(cast, revision):
    article = factories.draft(cast)
    assert ask(cast.writer, article, revision=revision).json()["newer"] is None


def test_what_has_changed_is_shown_to_who_sees_the_piece(cast):
    article = factories.draft(cast)
    where = address(article, "meanwhile", since=0)
    assert signed_in(cast.writer).get(where).status_code == 200
    assert signed_in(cast.other_writer).get(where).status_code == 404
    assert signed_in(cast.writer).get(address(article, "meanwhile", since=7)).status_code == 404


def test_asking_costs_the_same_for_one_and_for_ten(cast):
    article = factories.draft(cast)

    def statements():
        browser = signed_in(cast.writer)
        with CaptureQueriesContext(
            connection,
        ) as caught:
            browser.post(address(article, "here"), {"revision": 0})
        return len(caught)

    be_here(article, by=cast.editor)
    few = statements()
    for number in range(9):
        be_here(article, by=factories.person(f"编辑{number}", "editor"))
    assert statements() == few


# What was typed and not saved


def kept(cast, article, by) -> Unsaved:
    mine = form_of(article, headline="没有存上的标题")
    workflow.submit(article, by=cast.writer)
    signed_in(by).post(address(article), mine)
    return Unsaved.objects.get(by=by)


def test_typing_that_was_refused_stands_beside_the_piece_for_its_writer_and_the_newsroom(cast):
    article = factories.draft(cast)
    row = kept(cast, article, cast.editor)
    where = address(article, "unsaved", kept=row.pk)
    for reader in (cast.editor, cast.chief):
        assert where in text(signed_in(reader).get(address(article, "read")))
        assert "没有存上的标题" in text(signed_in(reader).get(where))
    assert where not in text(signed_in(cast.writer).get(address(article, "read")))
    assert signed_in(cast.writer).get(where).status_code == 404
    assert signed_in(cast.other_writer).get(where).status_code == 404


def test_a_writer_finds_their_own_typing_that_was_refused(cast):
    article = factories.draft(cast)
    where = address(article, "unsaved", kept=kept(cast, article, cast.writer).pk)
    assert "没有存上的标题" in text(signed_in(cast.writer).get(where))


def test_a_form_in_which_nothing_was_typed_leaves_nothing_behind(cast):
    article = factories.draft(cast)
    mine = form_of(article)
    workflow.submit(article, by=cast.writer)
    assert signed_in(cast.editor).post(address(article), mine).status_code == 409
    assert not Unsaved.objects.exists()


@pytest.mark.parametrize("revision", ["9" * 5000, "x", "-1", "²", ""])
def test_a_revision_that_is_no_number_asks_for_nothing_newer(cast, revision):
    told = ask(cast.writer, factories.draft(cast), revision=revision)
    assert told.status_code == 200
    assert told.json()["newer"] is None
