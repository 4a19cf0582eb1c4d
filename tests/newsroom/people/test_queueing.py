"""A job stands exactly when its act does."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from articles import workflow
from articles.models import Act
from issues import workflow as issue_workflow
from issues.models import IssueAct
from newsroom.people.queueing import later
from newsroom.people.verdicts import RefusalError
from tests import factories

pytestmark = pytest.mark.django_db


def jobs(task: str) -> list[dict]:
    """Return what jobs of a task were given."""
    waiting = ProcrastinateJob.objects.filter(task_name=task, status="todo")
    return list(waiting.order_by("pk").values_list("args", flat=True))


def test_every_act_leaves_its_job():
    cast = factories.Cast()
    factories.approved(cast)
    acts = Act.objects.order_by("pk").values_list("pk", flat=True)
    assert jobs("act_recorded") == [{"act": pk} for pk in acts]
    assert len(acts) == 4


def test_every_act_on_an_issue_leaves_its_job():
    cast = factories.Cast()
    factories.closed_issue(cast, factories.approved(cast))
    acts = IssueAct.objects.order_by("pk").values_list("pk", flat=True)
    assert jobs("issue_act_recorded") == [{"act": pk} for pk in acts]
    assert len(acts) == 2


def test_what_is_refused_leaves_none():
    cast = factories.Cast()
    article = factories.submitted(cast)
    before = jobs("act_recorded")
    with pytest.raises(RefusalError):
        workflow.sign(article, by=cast.writer)
    with pytest.raises(RefusalError):
        issue_workflow.close(factories.issue(cast, article), by=cast.issue_editor)
    assert jobs("act_recorded") == before


@pytest.mark.django_db(transaction=True)
def test_what_is_taken_back_after_the_verb_leaves_none():
    cast = factories.Cast()
    article = factories.draft(cast)

    def submit_and_break():
        with transaction.atomic():
            workflow.submit(article, by=cast.writer)
            assert jobs("act_recorded")
            raise KeyError

    with pytest.raises(KeyError):
        submit_and_break()
    assert jobs("act_recorded") == []
    assert not Act.objects.exists()


def test_a_job_costs_one_statement_and_names_no_module():
    with CaptureQueriesContext(connection) as asked:
        later("nobody_knows_this_task", piece=7)
    assert len(asked) == 1
    assert jobs("nobody_knows_this_task") == [{"piece": 7}]


def test_a_job_may_wait_for_its_hour():
    hour = timezone.now() + timedelta(hours=2)
    later("in_two_hours", at=hour)
    assert ProcrastinateJob.objects.get(task_name="in_two_hours").scheduled_at == hour
