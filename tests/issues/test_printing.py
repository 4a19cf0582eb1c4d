"""Where pieces stand in print, in words."""

import pytest

from issues import printing
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return factories.Cast()


def test_where_a_piece_was_printed_is_said_with_issue_and_page(cast):
    article = factories.approved(cast)
    factories.live_issue(cast, article)
    assert printing.where_printed(article) == "2023年12月8日（总第1期）第1版 要闻"


def test_a_plan_says_that_it_is_one(cast):
    article = factories.approved(cast)
    factories.issue(cast, article)
    assert printing.places_in_print(article) == ["2023年12月8日第1版 要闻（计划）"]
    assert printing.where_printed(article) == ""


def test_what_stood_nowhere_was_printed_nowhere(cast):
    assert printing.places_in_print(factories.live_alone(cast)) == []
