"""Two at one report at one moment: one is served, the other gets a sentence, nothing twice."""

import pytest

from articles.models import Article
from newsroom.readers import workflow
from newsroom.readers.models import ErrorReport, ReportAct
from tests import factories
from tests.test_concurrency import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast():
    return factories.Cast()


@pytest.fixture
def article(cast):
    return factories.live_alone(cast)


def test_one_of_two_editors_takes_it(cast, article):
    made = factories.reported(article)
    people = (cast.editor, cast.second_editor)
    said = at_once(*(lambda who=who: workflow.take(fresh(made), by=who) for who in people))
    assert sorted(each is None for each in said) == [False, True]
    assert ReportAct.objects.filter(verb="take").count() == 1


def test_two_who_merge_each_into_the_other_do_not_wait_for_each_other(cast, article):
    first, second = (factories.reported(article, wrong=each) for each in "一二")
    said = at_once(
        lambda: workflow.merge(fresh(first), by=cast.editor, into=fresh(second)),
        lambda: workflow.merge(fresh(second), by=cast.chief, into=fresh(first)),
    )
    assert sorted(each is None for each in said) == [False, True]
    assert ErrorReport.objects.open().count() == 1


def test_a_double_click_at_one_moment_leaves_one_report_and_one_receipt(article):
    live = Article.objects.select_related("sealed").get(pk=article.pk)
    said = workflow.Said("title", None, "", "少一个字")
    receipts = []

    def click():
        receipts.append(workflow.leave_report(live, said, nonce="同一张表"))

    assert at_once(click, click, click) == [None] * 3
    assert len(set(receipts)) == 1
    assert ErrorReport.objects.count() == ReportAct.objects.count() == 1


def fresh(report):
    return ErrorReport.objects.get(pk=report.pk)
