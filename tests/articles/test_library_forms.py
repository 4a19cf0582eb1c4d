"""What is typed in the library: facts of a shot, and which piece a picture goes into."""

import pytest

from articles.library_forms import FactsForm, PieceForm
from tests import factories

pytestmark = pytest.mark.django_db


def test_the_form_brings_back_what_its_facts_were_read_from():
    picture = factories.picture(place="石桥")
    assert FactsForm(instance=picture)["read"].value() == picture.facts_mark
    picture.place = "柳岸"
    assert FactsForm(instance=picture)["read"].value() == picture.facts_mark


def test_every_fact_can_be_taken_away_again():
    picture = factories.picture(place="石桥", rights="本报拍摄", shows_minors=True, consent="同意")
    form = FactsForm({}, instance=picture)
    assert form.is_valid()
    assert set(form.typed().values()) == {None, "", False}


@pytest.mark.parametrize(("piece", "valid"), [("7", True), ("0", False), ("七", False)])
def test_a_piece_is_a_number(piece, valid):
    assert PieceForm({"piece": piece}).is_valid() is valid
