"""A prepared question answers as its queryset does, whatever it is asked with."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from articles.models import Article, Masthead
from articles.prepared import Question
from articles.views import AT_ITS_ADDRESS
from issues import views
from issues.models import Issue
from tests import factories

QUESTIONS = [
    views.LATEST, views.PLACED_LATELY, views.OUT_ALONE, views.ISSUE, views.PLACED, views.PLACED_ON,
    views.OF_MONTH, AT_ITS_ADDRESS,
]  # fmt: skip


@pytest.fixture
def cast(db):
    return factories.Cast()


def test_it_answers_as_its_queryset_does(cast):
    one, other = factories.live_alone(cast), factories.live_alone(cast)
    later = factories.scheduled_alone(cast)
    question = Question(lambda at, number: Article.objects.live(at).numbered(number).for_list())
    now = Masthead.objects.present().at
    for _ in range(2):
        for piece in (one, other, later):
            for at in (now, now - timedelta(days=1), now + timedelta(days=1)):
                expected = list(Article.objects.live(at).numbered(piece.pk).for_list())
                answer = question.all(at, piece.pk)
                assert answer == expected
                for found, wanted in zip(answer, expected, strict=True):
                    assert found.sealed == wanted.sealed
                    assert found.opening == wanted.opening
                    assert [n.name for n in found.names] == [n.name for n in wanted.names]


def test_it_is_built_once_and_asked_in_one_statement(cast, django_assert_num_queries):
    made = []
    question = Question(lambda at: made.append(at) or Article.objects.live(at))
    for _ in range(3):
        with django_assert_num_queries(1):
            question.all(timezone.now())
    assert len(made) == 2


def test_rows_of_one_answer_are_not_those_of_another(cast):
    factories.live_alone(cast)
    question = Question(lambda at: Article.objects.live(at))
    now = Masthead.objects.present().at
    first, second = question.all(now), question.all(now)
    assert first == second
    assert first[0] is not second[0]


def test_an_answer_without_rows_is_none_or_empty(cast):
    assert AT_ITS_ADDRESS.first(timezone.now(), 987654321) is None
    assert AT_ITS_ADDRESS.all(timezone.now(), 987654321) == []


@pytest.mark.parametrize(
    "build",
    [
        lambda at: Article.objects.live(at + timedelta(days=1)),
        lambda at: Article.objects.live(at).since(at - timedelta(days=1)),
        lambda at: Article.objects.live(at)[: at.year],
        lambda at: Article.objects.live(),
    ],
)
def test_a_question_that_calculates_with_a_value_is_a_fault_found_at_once(cast, build):
    with pytest.raises(ValueError, match="calculates"):
        Question(build).all(timezone.now())


def test_small_and_large_numbers_are_asked_with_alike(cast):
    issue = factories.live_issue(cast)
    now = Masthead.objects.present().at
    assert views.ISSUE.first(now, issue.date, 1) == issue
    assert views.ISSUE.first(now, issue.date, 99) is None
    assert views.PLACED.all(now, 10**17) == []
    assert [place.page.issue for place in views.PLACED.all(now, issue.pk)] == [issue]


def test_no_question_of_a_public_page_holds_a_value_of_its_first_request(cast):
    """Asked first about one issue, it answers about another."""
    first = factories.live_issue(cast, day=date(2023, 12, 1))
    second = factories.live_issue(cast, day=date(2023, 12, 8))
    now = Masthead.objects.present().at
    for question in QUESTIONS:
        question.compiled = None
    for issue in (first, second, first):
        assert views.ISSUE.first(now, issue.date, 1) == issue
        assert {p.page.issue_id for p in views.PLACED.all(now, issue.pk)} == {issue.pk}
        assert len(views.PLACED_ON.all(now, issue.pk, 1)) == 1
        end = issue.date + timedelta(days=1)
        assert views.OF_MONTH.all(now, issue.date, end) == [issue]
    assert views.LATEST.all(now - timedelta(days=1)) == []
    assert views.LATEST.all(now) == [second, first]
    assert {p.page.issue_id for p in views.PLACED_LATELY.all(now, first.pk, second.pk, 0, 0)} == {
        first.pk,
        second.pk,
    }
    assert Issue.objects.count() == 2
