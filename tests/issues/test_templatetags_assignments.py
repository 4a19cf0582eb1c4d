"""What an assignment adds to the pages of its piece."""

from types import SimpleNamespace

import pytest

from issues import assigning
from issues.templatetags.assignments import answered_assignment
from tests import factories


@pytest.fixture
def cast(db):
    return factories.Cast()


def shown_to(user, article) -> dict:
    return answered_assignment({"request": SimpleNamespace(user=user)}, article)


def test_who_may_see_the_assignment_is_told_of_it_beside_its_piece(cast):
    made = assigning.take_up(factories.asked(cast), by=cast.writer)
    for user in (cast.writer, cast.editor):
        assert shown_to(user, made.article)["assignment"] == made
    assert shown_to(cast.other_writer, made.article) == {}


@pytest.mark.parametrize("nothing", ["", None])
def test_a_piece_that_is_not_there_yet_answers_nothing(cast, nothing):
    assert shown_to(cast.writer, nothing) == {}
    assert shown_to(cast.writer, factories.draft(cast)) == {}
