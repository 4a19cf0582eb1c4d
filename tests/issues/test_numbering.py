"""Running numbers: given at closing, in order, none twice, none passed over."""

from datetime import date, timedelta

import pytest

from articles.models import Article
from issues import numbering, workflow
from issues.models import Issue
from newsroom.people import clock
from newsroom.people.models import SiteSettings
from newsroom.people.verdicts import RefusalError
from tests import factories
from tests.test_concurrency import at_once

pytestmark = pytest.mark.django_db

DAY = date(2023, 12, 8)


@pytest.fixture
def cast():
    return factories.Cast()


def ready(cast, days=0, **fields):
    day = DAY + timedelta(days=days)
    return factories.issue(cast, factories.approved(cast), day=day, **fields)


def closed(cast, days=0, **fields):
    return workflow.close(ready(cast, days, **fields), by=cast.chief)


def test_the_number_shown_before_closing_is_the_one_given(cast):
    closed(cast, number=1286)
    issue = ready(cast, 1)
    assert numbering.next_for(issue) == 1287
    assert issue.number is None
    workflow.close(issue, by=cast.chief)
    assert issue.number == numbering.next_for(issue) == 1287


def test_a_combined_issue_takes_its_numbers_and_the_next_goes_on_behind(cast):
    closed(cast, number=1286)
    combined = closed(cast, 1, kind="combined", combines=2)
    after = closed(cast, 2)
    assert (combined.numbers, combined.called, after.numbers) == (
        "1287—1288",
        "第1287—1288期",
        "1289",
    )


def test_an_extra_goes_without_number_and_leaves_no_gap(cast):
    first = closed(cast)
    extra = closed(cast, 1, kind="extra", numbered=False, title="号外：暴雪红色预警")
    after = closed(cast, 2)
    assert extra.number is None
    assert extra.called == "号外：暴雪红色预警"
    assert after.number == first.number + 1
    workflow.schedule(extra, by=cast.chief)
    assert extra.is_live(clock.now())


def test_a_number_promised_to_a_later_issue_is_stepped_around(cast):
    closed(cast, number=1286)
    promised = ready(cast, 5, number=1288)
    between = [closed(cast, days).number for days in (1, 2)]
    workflow.close(promised, by=cast.chief)
    assert between == [1287, 1289]
    assert promised.number == 1288
    assert closed(cast, 6).number == 1290


def test_a_combined_issue_does_not_reach_into_a_promised_number(cast):
    closed(cast, number=1286)
    ready(cast, 5, number=1288)
    combined = closed(cast, 1, kind="combined", combines=2)
    assert combined.numbers == "1289—1290"
    assert Issue.objects.gaps() == [(1287, 1287)]


def test_an_old_edition_with_its_number_does_not_move_the_count(cast):
    closed(cast, number=1286)
    closed(cast, -4000, number=300)
    assert closed(cast, 1).number == 1287


def test_a_paper_older_than_this_program_goes_on_counting(cast):
    SiteSettings.objects.update(first_issue_number=1287)
    closed(cast, -4000, number=300)
    assert [closed(cast, days).number for days in (0, 1)] == [1287, 1288]


def test_a_reopened_issue_keeps_its_numbers_and_how_many(cast):
    issue = closed(cast, kind="combined", combines=2)
    workflow.reopen(issue, by=cast.chief)
    after = closed(cast, 1)
    workflow.close(issue, by=cast.chief)
    assert (issue.numbers, after.numbers) == ("1—2", "3")


def test_a_number_inside_a_combined_issue_is_not_promised_again(cast):
    closed(cast, kind="combined", combines=2)
    with pytest.raises(RefusalError, match="2"):
        ready(cast, 1, number=2)


def test_an_issue_with_a_number_is_not_cancelled(cast):
    issue = ready(cast, number=9)
    with pytest.raises(RefusalError, match="9"):
        workflow.cancel(issue, by=cast.chief, because="停刊")


class TestQuestions:
    def test_gaps_are_what_nobody_has(self, cast):
        for days, number in enumerate((100, 101, 105, 109)):
            closed(cast, days, number=number)
        assert Issue.objects.gaps() == [(102, 104), (106, 108)]
        assert Issue.objects.gaps(since=103) == [(103, 104), (106, 108)]
        assert Issue.objects.gaps(since=200) == []

    def test_an_earlier_issue_that_is_still_open_is_told(self, cast):
        earlier, later = ready(cast), ready(cast, 1)
        ready(cast, -1, kind="extra", numbered=False)
        ready(cast, -2, number=5)
        factories.cancelled_issue(cast, day=DAY - timedelta(days=9))
        assert list(Issue.objects.earlier_open(later)) == [earlier]
        assert list(Issue.objects.earlier_open(earlier)) == []

    def test_a_later_issue_that_has_its_number_is_told(self, cast):
        earlier, later = ready(cast), closed(cast, 1)
        assert list(Issue.objects.later_numbered(earlier)) == [later]


@pytest.mark.django_db(transaction=True)
def test_numbers_neither_skip_nor_repeat_when_many_close_at_once():
    cast = factories.Cast()
    issues = [ready(cast, days) for days in range(4)]
    issues += [ready(cast, days, kind="combined", combines=2) for days in range(4, 7)]
    said = at_once(
        *[
            lambda issue=issue: workflow.close(Issue.objects.get(pk=issue.pk), by=cast.chief)
            for issue in issues
        ]
    )
    assert said == [None] * 7
    given = [
        number
        for issue in Issue.objects.all()
        for number in range(issue.number, issue.number + issue.combines)
    ]
    assert sorted(given) == list(range(1, 11))
    assert Issue.objects.gaps() == []


@pytest.mark.django_db(transaction=True)
def test_a_number_promised_while_another_closes_is_in_one_issue():
    cast = factories.Cast()
    closed(cast, number=1286)
    issue = ready(cast, 1)
    said = at_once(
        lambda: workflow.close(Issue.objects.get(pk=issue.pk), by=cast.chief),
        lambda: workflow.plan(by=cast.chief, date=DAY + timedelta(days=3), number=1287),
    )
    held = list(Issue.objects.exclude(number=None).values_list("number", flat=True))
    assert len(held) == len(set(held))
    assert said[0] is None
    assert said[1] is None or "1287" in said[1]
    assert Article.objects.exclude(release=None).count() == 2
