"""What has been typed into a form: cleaned, kept, given back as posted."""

import pytest
from django.http import QueryDict

from articles.typed import (
    MOST_FIELDS,
    UnreadableTypingError,
    as_posted,
    cleaned,
    completed,
    has_words,
    posted,
    rows_of,
)


def test_html_is_sanitised_on_the_way_in():
    hostile = '<p onclick="x()">好<script>alert(1)</script></p><iframe src="//evil"></iframe>'
    assert cleaned([["body", hostile]]) == {"body": ["<p>好</p>"]}


def test_plain_fields_keep_their_angle_brackets():
    assert cleaned([["headline", "3<5 与 <b>"]]) == {"headline": ["3<5 与 <b>"]}


def test_what_the_database_cannot_keep_is_left_out():
    assert cleaned([["headline", "甲\x00乙\ud800丙"]]) == {"headline": ["甲乙丙"]}


def test_what_proves_who_asks_is_no_typing():
    secrets = ["csrfmiddlewaretoken", "page_key", "sequence", "takes", "read_revision", "_verb"]
    assert cleaned([[name, "1"] for name in secrets]) == {}


@pytest.mark.parametrize(
    "pairs",
    [None, "text", {}, [["body"]], [["body", 1]], [[1, "x"]], [["", "x"]], [["n" * 101, "x"]],
     [["tags", "1"]] * (MOST_FIELDS + 1)],
)  # fmt: skip
def test_anything_else_is_refused(pairs):
    with pytest.raises(UnreadableTypingError):
        cleaned(pairs)


def test_what_is_kept_comes_back_as_it_was_posted():
    typed = QueryDict("headline=%E5%AD%97&tags=1&tags=2&bylines-0-name=%E6%96%B9")
    assert as_posted(posted(typed)) == typed


def test_rows_of_a_kind_the_page_did_not_know_are_counted_as_none():
    typed = QueryDict("bylines-TOTAL_FORMS=2&bylines-INITIAL_FORMS=1")
    whole = completed(typed)
    assert (whole["bylines-TOTAL_FORMS"], whole["attachments-TOTAL_FORMS"]) == ("2", "0")


def test_a_form_without_words_has_none():
    assert not has_words({"kind": ["news"], "bylines-0-role": ["通讯员"], "body": [""]})
    assert has_words({"photos-0-caption": ["灯会"]})
    assert has_words({"headline": ["一"]})


@pytest.mark.parametrize(
    ("told", "rows"),
    [("2", 2), ("0", 0), ("", 0), ("x", 0), ("-1", 0), ("²", 0), ("9" * 5000, 0), ("101", 100)],
)
def test_the_rows_of_a_form_are_as_many_as_a_piece_can_have(told, rows):
    found = rows_of({"bylines-TOTAL_FORMS": told}, "bylines")
    assert len(found) == rows
    assert found[:1] == [(0, "bylines-0-")][:rows]
