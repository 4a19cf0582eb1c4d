"""What is sent to arrange a topic is a piece that there is, and a step that leads somewhere."""

import pytest

from articles.topic_forms import ArrangeForm, FootForm, GatherForm
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_verb_is_told_the_piece_or_its_key():
    piece = factories.draft(factories.Cast())
    form = GatherForm({"piece": piece.pk, "heading": "动工"})
    assert form.is_valid()
    assert form.told("gather") == {"piece": piece, "heading": "动工"}
    assert form.told("put_under") == {"piece": piece.pk, "heading": "动工"}


@pytest.mark.parametrize("piece", ["", "0", "x", "9" * 30])
def test_what_is_no_piece_is_refused_in_a_sentence(piece):
    form = ArrangeForm({"piece": piece, "step": "up"})
    assert not form.is_valid()
    assert form.errors["piece"][0].strip()


def test_a_step_is_one_of_four():
    assert FootForm({"step": "last"}).is_valid()
    assert not FootForm({"step": "aside"}).is_valid()
