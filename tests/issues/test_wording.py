"""When an issue goes out, where it and an assignment stand, in words."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone, translation

from issues import assigning, wording
from tests import factories

AT = datetime(2023, 12, 7, 8, 0, tzinfo=UTC)  # 16:00 in Beijing


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def cast(db):
    return factories.Cast()


@pytest.mark.parametrize(
    ("span", "told"),
    [
        (timedelta(seconds=20), "less than a minute"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(hours=14), "14 hours"),
        (timedelta(hours=19, minutes=36), "19 hours 36 minutes"),
        (timedelta(days=2, hours=3, minutes=4), "2 days 3 hours"),
        (timedelta(seconds=-5), "less than a minute"),
    ],
)
def test_a_length_of_time_has_two_units_at_most(span, told):
    assert wording.how_long(span) == told


def test_hours_are_those_of_beijing():
    assert wording.day_and_hour(datetime(2023, 12, 7, 22, tzinfo=UTC), AT) == "12/8 06:00"
    assert wording.day_and_hour(datetime(2024, 1, 1, tzinfo=UTC), AT) == "2024/1/1 08:00"


def test_an_issue_in_planning_tells_its_plan(cast):
    issue = factories.issue(cast, planned_time=AT + timedelta(hours=14))
    assert wording.when_sentence(issue, AT) == "Planned for 12/8 06:00, in 14 hours."
    assert "passed" in wording.when_sentence(issue, AT + timedelta(days=1))
    issue.planned_time = None
    assert wording.when_sentence(issue, AT) == "No time is planned yet."


def test_every_state_has_its_word_and_its_sentence(cast):
    piece = factories.approved(cast)
    issue = factories.closed_issue(cast, piece)
    seen = [(wording.state_of(issue, AT).name, wording.when_sentence(issue, AT))]
    issue.release.publish_at = AT + timedelta(hours=2)
    seen.append((wording.state_of(issue, AT).name, wording.when_sentence(issue, AT)))
    later = AT + timedelta(hours=3)
    seen.append((wording.state_of(issue, later).name, wording.when_sentence(issue, later)))
    issue.release.held, issue.release.held_because = True, "等一条更正"
    seen.append((wording.state_of(issue, AT).name, wording.when_sentence(issue, AT)))
    assert seen == [
        ("closed", "Closed. It goes out when it is given an hour."),
        ("scheduled", "Goes live 12/7 18:00, in 2 hours."),
        ("live", "Live since 12/7 18:00."),
        ("held", "Held: 等一条更正"),
    ]


def test_unsigned_pieces_are_counted():
    assert wording.unsigned_sentence(0) == "All pieces are signed off."
    assert wording.unsigned_sentence(1) == "1 piece is not signed."
    assert wording.unsigned_sentence(2) == "2 pieces are not signed."


def test_an_assignment_says_where_it_stands_and_by_when_it_is_wanted(db):
    cast = factories.Cast()
    made = factories.asked(cast, days=2)
    now = timezone.now()
    assert wording.stage_of(made, now).name == "open"
    assert wording.stage_of(made, now + timedelta(days=3)).name == "late"
    assert wording.stage_of(factories.offered(cast), now).name == "offered"
    assert cast.writer.name in wording.wanted_sentence(made, now)
    assigning.take_up(made, by=cast.writer)
    assert wording.stage_of(made, now).name == "taken"
    assert wording.stage_of(made, now + timedelta(days=3)).name == "late"
    assigning.drop(made, by=cast.editor)
    assert wording.stage_of(made, now).name == "dropped"
