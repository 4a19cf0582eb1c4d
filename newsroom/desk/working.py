"""The worker: runs tasks until told to stop, or until the process it stands beside is gone."""

import os
import signal
import threading
import time
from contextlib import suppress
from datetime import timedelta

import psutil
from procrastinate.contrib.django import app
from procrastinate.contrib.django.db_cleanup import with_db_cleanup
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker
from procrastinate.exceptions import AlreadyEnqueued

from newsroom.desk.models import TaskFailure
from newsroom.desk.postbox import said
from newsroom.people import clock

TASKS_AT_ONCE = 4  # a mail server that keeps one waiting keeps no notice from being made
SILENCE = timedelta(minutes=5)  # after which no worker is taken to run
GLANCE = 1.0  # seconds between two looks at the process beside


def run(*, beside: int | None = None, wait: bool = True) -> None:
    """Run tasks; with ``beside`` until the process of that number ends. Signals stop it gently."""
    if beside is not None:
        threading.Thread(target=_leave_with, args=(beside,), daemon=True).start()
    plan_ahead_first()
    with app.replace_connector(app.connector.get_worker_connector()) as working:
        working.run_worker(
            name="newsroom",
            # One after the other, nothing waits for a lock when the worker looks for what is left.
            concurrency=TASKS_AT_ONCE if wait else 1,
            wait=wait,
            shutdown_graceful_timeout=15,
            # Around every task, what Django does around a request: its connections are closed.
            **with_db_cleanup({"task_middleware": [note_failure]}),
        )


def plan_ahead_first() -> None:
    """Have the issues of the days to come made at once: the hour at which they are may be past."""
    planning = app.configure_task("plan_ahead", queueing_lock="plan_ahead")
    with suppress(AlreadyEnqueued):
        planning.defer(timestamp=int(time.time()))


def _leave_with(number: int) -> None:
    while is_running(number):
        time.sleep(GLANCE)
    os.kill(os.getpid(), signal.SIGTERM)


def is_running(number: int) -> bool:
    """Say whether a process of this number runs; one that only waits to be buried does not."""
    try:
        return psutil.Process(number).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def note_failure(call_next, context, worker):
    """Keep what a task said when it failed, and forget it once it has been done."""
    try:
        result = call_next()
    except Exception as error:
        TaskFailure.objects.update_or_create(job=context.job.id, defaults={"text": said(error)})
        raise
    if context.job.attempts:
        TaskFailure.objects.filter(job=context.job.id).delete()
    return result


# What administrators see


def last_sign_of_life():
    """Return when a worker last said that it runs, or None."""
    newest = ProcrastinateWorker.objects.order_by("-last_heartbeat").first()
    return newest.last_heartbeat if newest else None


def is_silent(now=None) -> bool:
    """Say whether no worker has shown itself for some minutes."""
    last = last_sign_of_life()
    return last is None or last < (now or clock.now()) - SILENCE


def failed_jobs():
    """Return the jobs that were given up, the newest first."""
    return ProcrastinateJob.objects.filter(status="failed").order_by("-pk")


def waiting_jobs():
    """Return the jobs that wait for a worker, the first first."""
    return ProcrastinateJob.objects.filter(status="todo").order_by("pk")


def try_again(number: int) -> bool:
    """Have a failed job done again; say whether there was one."""
    if not failed_jobs().filter(pk=number).exists():
        return False
    app.job_manager.retry_job_by_id(number, retry_at=clock.now())
    return True
