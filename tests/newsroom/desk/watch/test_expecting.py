"""What residents should get is what the paper's own doors answer at that instant."""

import dataclasses
from datetime import date, timedelta

import pytest
from django.test import Client

from articles import workflow
from issues import workflow as issue_workflow
from newsroom.desk.watch.asking import Answer
from newsroom.desk.watch.comparing import difference
from newsroom.desk.watch.expecting import (
    SHARES,
    Expectation,
    all_expectations,
    bare,
    expectation_at,
    expectations,
    some,
)
from newsroom.people import clock
from tests import factories
from tests.test_leaks import picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


def by_kind(at=None) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in all_expectations(at or clock.now()):
        found.setdefault(each.kind, []).append(each.path)
    return found


def answered(expected: Expectation) -> Answer:
    """Ask the application itself, as the watch asks the site."""
    response = Client().get(expected.path)
    body = b"".join(response) if response.streaming else response.content
    kind = response.headers["Content-Type"].partition(";")[0]
    text = body.decode() if kind.startswith("text/") else ""
    return Answer(0.1, response.status_code, text, len(body), kind)


def illustrated(cast, shade=(20, 60, 90), **fields):
    article = factories.draft(cast, **fields)
    factories.with_photo(article, picture(shade))
    workflow.submit(article, by=cast.writer)
    return factories.signed_by(cast, article, cast.editor, cast.desk_head, cast.chief)


@pytest.fixture
def paper(cast):
    """A paper with everything in it: live, alone, corrected, withdrawn, scheduled, in planning."""
    lead = illustrated(
        cast, headline="灯会|昨晚开幕", body="<p>1,200 盏灯 &amp; 两条龙。</p><p>散场 21:30。</p>"
    )
    gone = factories.approved(cast)
    issue = factories.live_issue(cast, lead, factories.approved(cast), gone, day=date(2023, 12, 8))
    workflow.withdraw(gone, by=cast.chief, reason="失实。")
    alone = factories.live_alone(cast)
    factories.signed_correction(cast, lead, wrong="1,200 盏", right="1,300 盏")
    coming = factories.scheduled_issue(
        cast, illustrated(cast, (200, 10, 10)), day=date(2023, 12, 9)
    )
    planned = factories.issue(cast, factories.draft(cast), day=date(2023, 12, 10))
    by_itself = factories.scheduled_alone(cast, hours=2)
    return {"lead": lead, "gone": gone, "issue": issue, "alone": alone, "coming": coming,
            "planned": planned, "by itself": by_itself}  # fmt: skip


def test_the_paper_itself_answers_as_expected(paper):
    """The two say the same, door by door; where one of them is changed this fails."""
    at = clock.now()
    expected = list(all_expectations(at))
    assert {each.kind for each in expected} == set(SHARES)
    wrong = {e.path: difference(e, answered(e), at) for e in expected}
    assert {path: found for path, found in wrong.items() if found} == {}


def test_each_kind_names_what_it_should(paper):
    found = by_kind()
    assert found["issue"] == [paper["issue"].get_absolute_url()]
    assert paper["alone"].get_absolute_url() in found["piece"]
    assert found["gone"] == [paper["gone"].get_absolute_url()]
    hidden = {paper[name].get_absolute_url() for name in ("coming", "planned", "by itself")}
    assert hidden < set(found["early"])
    assert sum("/photos/" in path for path in found["early"]) == 1


def test_pages_of_before_the_issue_are_found_out(paper):
    at = clock.now()
    for expected in all_expectations(at):
        if expected.kind in ("front", "archive", "issue", "page"):
            old = dataclasses.replace(answered(expected), text="<p>昨天的报纸</p>")
            assert difference(expected, old, at).code == "incomplete", expected.kind


def test_a_text_of_before_a_mend_is_found_out(cast):
    article = factories.live_alone(cast, body="<p>第一段。</p><p>第二段。</p>")
    at = clock.now()
    before = answered(expectation_at(article.get_absolute_url(), at))
    workflow.revise(article, by=cast.writer)
    article.body = "<p>第一段。</p><p>第二段，有改动。</p>"
    workflow.save(article, by=cast.writer, write=article.save)
    workflow.submit(article, by=cast.writer, change_note="补上一句。")
    factories.signed_by(cast, article, cast.editor, cast.desk_head, cast.chief)
    expected = expectation_at(article.get_absolute_url(), clock.now())
    assert difference(expected, before, at).code == "incomplete"
    assert difference(expected, answered(expected), at) is None


def test_a_correction_that_is_not_shown_is_found_out(cast):
    article = factories.live_alone(cast)
    before = answered(expectation_at(article.get_absolute_url(), clock.now()))
    factories.signed_correction(cast, article)
    expected = expectation_at(article.get_absolute_url(), clock.now())
    assert difference(expected, before, clock.now()).code == "incomplete"


def test_a_list_that_goes_on_showing_what_is_withdrawn_is_found_out(cast):
    article = factories.approved(cast)
    issue = factories.live_issue(cast, article, factories.approved(cast))
    before = answered(expectation_at(issue.get_absolute_url(), clock.now()))
    workflow.withdraw(article, by=cast.chief, reason="失实。")
    expected = expectation_at(issue.get_absolute_url(), clock.now())
    assert difference(expected, before, clock.now()).code == "still_listed"


def test_at_its_second_an_issue_turns_from_hidden_to_wanted(cast):
    issue = factories.scheduled_issue(cast, factories.approved(cast), hours=1)
    hour = issue.release.publish_at
    before, after = by_kind(hour - timedelta(seconds=1)), by_kind(hour)
    assert issue.get_absolute_url() in before["early"]
    assert "issue" not in before
    assert after["issue"] == [issue.get_absolute_url()]
    assert issue.get_absolute_url() not in after.get("early", [])


def test_what_is_held_is_expected_by_nobody(cast):
    issue = factories.scheduled_issue(cast, factories.approved(cast))
    issue_workflow.hold(issue, by=cast.chief, because="等通稿。")
    later = clock.now() + timedelta(hours=2)
    assert issue.get_absolute_url() in by_kind(later)["early"]


def test_a_piece_published_alone_first_is_not_hidden_with_its_issue(cast):
    article = factories.live_alone(cast)
    factories.scheduled_issue(cast, article, factories.approved(cast))
    found = by_kind()
    assert article.get_absolute_url() in found["piece"]
    assert article.get_absolute_url() not in found["early"]


def test_an_empty_paper_is_expected_to_have_a_front_page(cast):
    assert by_kind() == {"front": ["/"], "archive": ["/issues/"]}


def test_what_was_withdrawn_before_its_hour_is_as_hidden_as_ever(cast):
    article = factories.scheduled_alone(cast)
    workflow.withdraw(article, by=cast.chief, reason="失实。")
    assert "gone" not in by_kind()


def numbered(many: int) -> list[Expectation]:
    return [Expectation("piece", f"/articles/{number}/") for number in range(many)]


def test_at_most_forty_addresses_are_asked_at_once():
    assert sum(SHARES.values()) == 40


def test_the_newest_are_always_asked_and_the_others_in_turn():
    found, seen = numbered(50), set()
    for turn in range(12):
        chosen = some(found, 12, turn, set())
        assert len(chosen) == 12
        assert chosen[:6] == found[:6]
        seen |= set(chosen)
    assert seen == set(found)


def test_what_was_amiss_is_asked_first():
    chosen = some(numbered(50), 12, 0, {"/articles/49/"})
    assert chosen[0].path == "/articles/49/"
    assert len(set(chosen)) == 12


@pytest.mark.exhaustive
def test_a_large_paper_costs_no_more_addresses(cast):
    pieces = [factories.approved(cast) for _number in range(16)]
    factories.live_issue(cast, *pieces)
    found = expectations(clock.now())
    assert len([each for each in found if each.kind == "piece"]) == SHARES["piece"]


def test_two_renderings_of_the_same_words_are_alike():
    assert bare("<p>1,200 盏 &amp; 两条</p>") == bare(
        '<h1>1,200<wbr> <span class="nb">盏</span>&#38;两条</h1>'
    )
