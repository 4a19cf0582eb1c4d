from datetime import date

import pytest
from django.db import connection

from articles import workflow
from articles.models import Masthead
from issues.templatetags.issues import in_han, printed
from tests import factories


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "一"), (2, "两"), (4, "四"), (10, "十"), (12, "十二"), (20, "二十"), (99, "九十九"),
     (100, "100"), (0, "0")],
)  # fmt: skip
def test_numbers_are_written_as_headings_count_pages(number, words):
    assert in_han(number) == words


def test_a_piece_printed_again_is_shown_in_its_first_issue(db):
    cast = factories.Cast()
    piece = factories.approved(cast)
    late = factories.live_issue(cast, piece, day=date(2023, 12, 8))
    early = factories.live_issue(cast, piece, day=date(2023, 12, 1))
    shown = printed(piece, Masthead.objects.present().at)
    assert shown["place"].page.issue == early
    assert shown["place"].page.issue != late


def test_a_withdrawn_neighbour_is_stepped_over(db):
    cast = factories.Cast()
    first, second, third = (factories.approved(cast) for _ in range(3))
    factories.live_issue(cast, first, second, third)
    connection.check_constraints()  # as the end of the transaction would
    workflow.withdraw(second, by=cast.chief, reason="错")
    shown = printed(first, Masthead.objects.present().at)
    assert shown["after"].article == third
    assert shown["before"] is None
