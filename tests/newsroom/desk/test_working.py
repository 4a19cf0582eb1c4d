"""The worker itself: real connections, real transactions."""

import subprocess
import sys
from datetime import timedelta

import psutil
import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from articles import workflow
from newsroom.desk import postbox, working
from newsroom.desk.models import Letter, Notice, TaskFailure
from newsroom.people.queueing import later
from tests import factories


def run_sql(statement: str, *values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.fixture
def cast(transactional_db):
    made = factories.Cast()
    made.writer.email = "writer@example.cn"
    made.writer.save(update_fields=["email"])
    return made


def test_the_worker_does_what_waits_and_leaves(cast, mailoutbox):
    article = workflow.return_(factories.submitted(cast), by=cast.editor, note="请补上读数。")
    call_command("worker", "--once")
    assert not ProcrastinateJob.objects.filter(task_name="act_recorded", status="todo").exists()
    assert Notice.objects.get(recipient=cast.writer).article == article
    postbox.send_due(timezone.now() + timedelta(minutes=1))
    assert [message.to for message in mailoutbox] == [["writer@example.cn"]]
    assert Letter.objects.get().state == Letter.State.SENT


@pytest.mark.exhaustive  # a worker takes ten seconds to come and go
def test_the_acts_of_a_piece_are_told_in_their_order(cast):
    article = factories.submitted(cast)
    factories.signed_by(cast, article, cast.editor, cast.desk_head, cast.chief)
    factories.approved(cast)
    working.run(wait=False)
    told = Notice.objects.filter(recipient=cast.writer, article=article).order_by("pk")
    acts = list(told.values_list("act", flat=True))
    assert acts == sorted(acts)
    assert [notice.read_at is None for notice in told] == [False, False, True]


@pytest.mark.exhaustive  # a worker takes ten seconds to come and go
def test_what_a_killed_worker_left_is_done_by_the_next(cast):
    factories.submitted(cast)
    run_sql("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour')")
    run_sql(
        "UPDATE procrastinate_jobs SET status = 'doing',"
        " worker_id = (SELECT max(id) FROM procrastinate_workers)"
    )
    later("take_up_stalled", timestamp=0)
    working.run(wait=False)
    assert Notice.objects.filter(recipient=cast.editor).count() == 1


@pytest.mark.exhaustive  # a worker takes ten seconds to come and go
def test_a_failed_task_is_shown_with_its_reason_and_done_again_on_demand(cast):
    later("act_recorded", act=0)
    working.run(wait=False)
    job = ProcrastinateJob.objects.get(task_name="act_recorded")
    assert job.status == "todo"
    assert job.scheduled_at > timezone.now()
    assert "DoesNotExist" in TaskFailure.objects.get(job=job.pk).text
    run_sql("UPDATE procrastinate_jobs SET attempts = 8, scheduled_at = NULL")
    working.run(wait=False)
    assert list(working.failed_jobs()) == [job]
    article = factories.submitted(cast)
    run_sql("UPDATE procrastinate_jobs SET args = %s WHERE id = %s",
            f'{{"act": {article.acts.get().pk}}}', job.pk)  # fmt: skip
    assert working.try_again(job.pk)
    assert not working.try_again(job.pk)
    working.run(wait=False)
    assert not working.failed_jobs().exists()
    assert not TaskFailure.objects.exists()
    assert Notice.objects.filter(recipient=cast.editor).count() == 1


@pytest.mark.django_db
def test_silence_is_noticed_after_some_minutes():
    assert working.is_silent()
    run_sql("INSERT INTO procrastinate_workers DEFAULT VALUES")
    assert not working.is_silent()
    assert working.is_silent(timezone.now() + working.SILENCE + timedelta(seconds=5))


def test_a_process_that_has_ended_does_not_run():
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    assert working.is_running(child.pid)
    child.stdin.close()
    psutil.wait_procs([psutil.Process(child.pid)], timeout=0)
    while psutil.Process(child.pid).status() != psutil.STATUS_ZOMBIE:
        pass
    assert not working.is_running(child.pid)
    child.wait()
    assert not working.is_running(child.pid)
