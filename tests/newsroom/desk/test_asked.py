"""What the workbench shows of assignments, to whom."""

from datetime import timedelta

import pytest
from django.utils import timezone

from issues import assigning
from newsroom.desk.asked import asked_about
from tests import factories


@pytest.fixture
def cast(db):
    return factories.Cast()


def late(cast, **fields):
    made = factories.asked(cast, **fields)
    type(made).objects.filter(pk=made.pk).update(due_at=timezone.now() - timedelta(hours=1))
    return made


def test_a_correspondent_sees_what_is_wanted_of_them_first_due_first(cast):
    soon, later = factories.asked(cast, days=1), factories.asked(cast, days=3)
    begun = assigning.take_up(factories.asked(cast, days=2), by=cast.writer)
    factories.asked(cast, person=cast.other_writer)
    offer = factories.offered(cast)
    found = asked_about(cast.writer, newsroom=False)
    assert found["asked"] == [soon, begun, later]
    assert found["offers"] == [offer]
    assert "苗青禾" in found["asked"][0].told


def test_editors_see_what_waits_for_their_word_and_what_is_late(cast):
    offer, overdue = factories.offered(cast), late(cast)
    factories.asked(cast)
    found = asked_about(cast.editor, newsroom=True)
    assert (found["offered"], found["late"]) == ([offer], [overdue])
    assert found["late"][0].stage.name == "late"
    assert "offered" not in asked_about(cast.administrator, newsroom=True)


def test_an_editor_who_was_asked_sees_it_too(cast):
    made = factories.asked(cast, person=cast.second_editor, by=cast.chief)
    assert asked_about(cast.second_editor, newsroom=True)["asked"] == [made]
    assert asked_about(cast.editor, newsroom=True)["asked"] == []
