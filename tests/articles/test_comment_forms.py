"""What is typed about a piece beside it."""

import pytest

from articles.comment_forms import AnswerForm, KeepVersionForm, SayForm, VersionChoice


@pytest.mark.parametrize("note", ["", "字" * 1000])
def test_words_may_be_missing_here_and_are_asked_for_by_the_verb(note):
    assert AnswerForm({"comment": "3", "note": note}).is_valid()
    assert SayForm({"note": note}).is_valid()


@pytest.mark.parametrize(
    ("form", "typed"),
    [
        (SayForm, {"note": "字" * 1001}),
        (SayForm, {"note": "字", "readers": "everybody"}),
        (AnswerForm, {"comment": "x", "note": "字"}),
        (KeepVersionForm, {"name": "名" * 41}),
        (VersionChoice, {"number": "一"}),
    ],
)
def test_what_cannot_be_meant_is_refused(form, typed):
    assert not form(typed).is_valid()
