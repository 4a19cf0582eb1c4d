"""One answer against what was expected: the right word for what is wrong, none for nothing."""

from datetime import UTC, datetime, timedelta

import pytest

from newsroom.desk.watch.asking import Answer
from newsroom.desk.watch.comparing import (
    ALLOWED,
    CERTIFICATE_LEFT,
    Finding,
    difference,
    of_the_certificate,
    worst,
)
from newsroom.desk.watch.expecting import Expectation

AT = datetime(2023, 12, 8, 6, 0, 3, tzinfo=UTC)
PAGE = Expectation(
    "issue",
    "/issues/2023-12-08/",
    marks=('href="/articles/1/"',),
    absent=('href="/articles/2/"',),
    about={"number": 12, "day": "2023-12-08"},
)
GONE = Expectation("gone", "/articles/2/", 410, about={"title": "失实的稿"})
EARLY = Expectation("early", "/articles/3/", 404, about={"title": "明天的稿"})
PHOTO = Expectation("photo", "/photos/x/480.webp", about={"title": "灯会"})
RIGHT = '<a href="/articles/1/">'


def code(expected, status=200, text=RIGHT, at=AT, **more) -> str:
    found = difference(expected, Answer(more.pop("seconds", 0.1), status, text, **more), at)
    return found.code if found else ""


def test_what_is_as_it_should_be_is_not_mentioned():
    assert code(PAGE) == ""
    assert code(GONE, 410) == ""
    assert code(EARLY, 404) == ""
    assert code(PHOTO, size=9, content_type="image/webp") == ""


@pytest.mark.parametrize(
    ("expected", "status", "more", "word"),
    [
        (PAGE, 404, {}, "missing"),
        (PAGE, 410, {}, "missing"),
        (PAGE, 404, {"kept": True, "age": 30}, "old_copy"),
        (PAGE, 500, {}, "broken"),
        (PAGE, 502, {}, "broken"),
        (PAGE, 301, {"location": "https://other.example/"}, "elsewhere"),
        (PAGE, 403, {}, "wrong"),
        (PAGE, 204, {}, "wrong"),
        (PAGE, 200, {"text": ""}, "incomplete"),
        (PAGE, 200, {"text": "", "kept": True}, "old_copy"),
        (PAGE, 200, {"text": RIGHT + '<a href="/articles/2/">'}, "still_listed"),
        (GONE, 200, {}, "still_there"),
        (GONE, 200, {"kept": True}, "old_copy"),
        (GONE, 404, {}, "wrong"),
        (GONE, 503, {}, "broken"),
        (EARLY, 200, {}, "early"),
        (EARLY, 410, {}, "early"),
        (EARLY, 302, {}, "elsewhere"),
        (PHOTO, 200, {"size": 0, "content_type": "image/webp"}, "empty"),
        (PHOTO, 200, {"size": 9, "content_type": "text/html"}, "empty"),
        (PHOTO, 404, {}, "missing"),
    ],
)
def test_each_difference_has_its_word(expected, status, more, word):
    assert code(expected, status, **more) == word
    found = difference(expected, Answer(0.1, status, more.pop("text", RIGHT), **more), AT)
    assert (found.state, found.path) == ("alarm", expected.path)


@pytest.mark.parametrize("problem", ["unreachable", "certificate", "timeout", "garbled"])
def test_what_stands_in_the_way_is_said_before_anything_else(problem):
    found = difference(PAGE, Answer(8.0, problem=problem, reason="x"), AT)
    assert (found.code, found.state, found.facts["reason"]) == (problem, "alarm", "x")


def test_slow_is_to_be_looked_at_and_no_alarm():
    found = difference(PAGE, Answer(3.2, 200, RIGHT), AT)
    assert (found.code, found.state, found.facts["seconds"]) == ("slow", "warn", 3.2)
    assert code(PAGE, seconds=2.9) == ""


def test_a_cache_may_show_for_a_minute_what_was_before_a_change():
    lately = Expectation("issue", "/", marks=("new",), since=AT - ALLOWED / 2)
    long_ago = Expectation("issue", "/", marks=("new",), since=AT - ALLOWED)
    assert code(lately, kept=True) == ""
    assert code(lately, kept=True, age=66) == "old_copy"
    assert code(lately) == "incomplete"  # the application itself may not
    assert code(long_ago, kept=True) == "old_copy"


def test_a_cache_may_never_show_what_is_not_live_yet():
    early = Expectation("early", "/", 404, since=AT)
    assert code(early, kept=True) == "early"


def test_a_certificate_that_ends_soon_is_told_in_time():
    soon = Answer(
        0.1, site="paper.example", trusted_until=AT + CERTIFICATE_LEFT - timedelta(hours=1)
    )
    (found,) = of_the_certificate(soon, AT)
    assert (found.code, found.state, found.facts) == (
        "certificate_ends", "warn", {"day": "2023-12-22", "site": "paper.example"},
    )  # fmt: skip
    assert of_the_certificate(Answer(0.1, trusted_until=AT + timedelta(days=60)), AT) == []
    assert of_the_certificate(Answer(0.1), AT) == []


def test_the_worst_finding_is_what_a_check_comes_to():
    warn, alarm = Finding("slow", "warn"), Finding("missing", "alarm")
    assert [worst([]), worst([warn]), worst([warn, alarm])] == ["ok", "warn", "alarm"]
