"""The pages of notices: everybody's own, at a constant cost."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import workflow
from newsroom.desk.kinds import Kind, Rhythm
from newsroom.desk.models import Notice, NoticePreference
from tests import factories
from tests.articles.desk_pages import signed_in, text
from tests.worker import work

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


def returned(cast, note="请补上读数。"):
    """Return a piece that came back, and the notice that says so."""
    article = workflow.return_(factories.submitted(cast), by=cast.editor, note=note)
    work()
    return article, Notice.objects.get(recipient=cast.writer, article=article)


def bell(page: str) -> str:
    """Return the number on the bell."""
    found = re.search(r'class="bell".*?</a>', page, re.DOTALL)[0]
    number = re.search(r"</span>(\d+\+?)</span>", found)
    return number[1] if number else ""


def test_the_bell_counts_what_is_unread_on_every_page(cast):
    returned(cast)
    browser = signed_in(cast.writer)
    for name in ("index", "notices", "notice_settings", "everything"):
        assert bell(text(browser.get(reverse(f"admin:{name}")))) == "1", name
    assert bell(text(signed_in(cast.other_writer).get(reverse("admin:index")))) == ""


def test_opening_a_notice_reads_it_and_leads_to_the_piece(cast):
    article, notice = returned(cast)
    browser = signed_in(cast.writer)
    assert "新：" in text(browser.get(reverse("admin:notices")))
    answer = browser.get(reverse("admin:notice_open", args=[notice.pk]))
    assert answer.url == reverse("admin:articles_article_read", args=[article.pk])
    page = text(browser.get(reverse("admin:notices")))
    assert bell(page) == ""
    assert "新：" not in page


def test_one_and_all_are_marked_as_read(cast):
    returned(cast)
    _article, notice = returned(cast)
    browser = signed_in(cast.writer)
    browser.post(reverse("admin:notice_read", args=[notice.pk]))
    assert bell(text(browser.get(reverse("admin:index")))) == "1"
    answer = browser.post(reverse("admin:notices_read"), {"next": reverse("admin:index")})
    assert answer.url == reverse("admin:index")
    assert bell(text(browser.get(reverse("admin:index")))) == ""


def test_marking_all_leaves_what_came_since(cast):
    _article, seen = returned(cast)
    returned(cast)
    browser = signed_in(cast.writer)
    browser.post(reverse("admin:notices_read"), {"newest": seen.pk})
    assert bell(text(browser.get(reverse("admin:index")))) == "1"


@pytest.mark.parametrize("newest", ["x", "٣", "9" * 40])
def test_a_strange_number_marks_what_is_there(cast, newest):
    returned(cast)
    assert signed_in(cast.writer).post(
        reverse("admin:notices_read"), {"newest": newest}
    ).status_code == 302  # fmt: skip


def test_reading_leads_nowhere_else(cast):
    returned(cast)
    elsewhere = {"next": "https://example.org/"}
    answer = signed_in(cast.writer).post(reverse("admin:notices_read"), elsewhere)
    assert answer.url == reverse("admin:notices")


def test_nobody_opens_or_marks_the_notices_of_others(cast):
    _article, notice = returned(cast)
    for person in (cast.other_writer, cast.chief, cast.administrator):
        browser = signed_in(person)
        assert browser.get(reverse("admin:notice_open", args=[notice.pk])).status_code == 404
        assert browser.post(reverse("admin:notice_read", args=[notice.pk])).status_code == 404
        browser.post(reverse("admin:notices_read"))
        assert notice.article.title not in text(browser.get(reverse("admin:notices")))
    notice.refresh_from_db()
    assert notice.read_at is None


def test_marking_needs_a_post(cast):
    _article, notice = returned(cast)
    browser = signed_in(cast.writer)
    assert browser.get(reverse("admin:notices_read")).status_code == 405
    assert browser.get(reverse("admin:notice_read", args=[notice.pk])).status_code == 405


def test_who_is_named_no_more_is_told_no_more(cast):
    article = factories.draft(cast, filed_by=cast.editor)
    workflow.submit(article, by=cast.editor)
    workflow.return_(article, by=cast.second_editor, note="改。")
    work()
    browser = signed_in(cast.writer)
    assert article.title in text(browser.get(reverse("admin:notices")))
    article.bylines.all().delete()
    page = text(browser.get(reverse("admin:notices")))
    assert article.title not in page
    assert bell(page) == ""


def test_the_page_costs_the_same_for_one_notice_and_for_twenty(cast):
    def cost(person):
        browser = signed_in(person)
        with CaptureQueriesContext(connection) as asked:
            browser.get(reverse("admin:notices"))
        return len(asked)

    returned(cast)
    before = [cost(person) for person in (cast.writer, cast.editor)]
    for _number in range(19):
        returned(cast)
    factories.scheduled_issue(cast, factories.approved(cast))
    work()
    assert [cost(person) for person in (cast.writer, cast.editor)] == before


class TestSettings:
    """How somebody is told is theirs to say."""

    def post(self, person, **changes):
        page = text(signed_in(person).get(reverse("admin:notice_settings")))
        form = {
            name: re.search(rf'name="{name}".*?value="(\w+)" selected', page, re.DOTALL)[1]
            for name in re.findall(r'<select name="(\w+)"', page)
        }
        form |= dict.fromkeys(re.findall(r'name="(\w+_in_app)"[^>]* checked', page), "on")
        return signed_in(person).post(reverse("admin:notice_settings"), form | changes)

    def test_nothing_chosen_keeps_nothing(self, cast):
        assert self.post(cast.editor).status_code == 302
        assert not NoticePreference.objects.exists()

    def test_a_choice_is_kept_and_can_be_taken_back(self, cast):
        self.post(cast.editor, waiting_rhythm="daily")
        kept = NoticePreference.objects.get()
        assert (kept.person, kept.kind, kept.rhythm) == (cast.editor, Kind.WAITING, Rhythm.DAILY)
        self.post(cast.editor, waiting_rhythm="hourly")
        assert not NoticePreference.objects.exists()

    def test_nonsense_is_refused_in_words(self, cast):
        page = self.post(cast.editor, waiting_rhythm="monthly")
        assert page.status_code == 200
        assert "monthly" in text(page)
        assert not NoticePreference.objects.exists()

    def test_a_correspondent_is_not_asked_about_what_never_concerns_them(self, cast):
        page = text(signed_in(cast.writer).get(reverse("admin:notice_settings")))
        assert "returned_rhythm" in page
        assert "waiting_rhythm" not in page
