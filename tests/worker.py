"""A worker for tests that must not commit: it does what waits in the queue, in this transaction."""

from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob


def work(at=None) -> list[str]:
    """Do every job that is due by an instant, the first first; return their tasks' names."""
    done = []
    while job := due(at or timezone.now()):
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [job.pk])
        app.tasks[job.task_name].func(**job.args)
        done.append(job.task_name)
    return done


def due(at):
    """Return the first job that waits and whose hour has come."""
    jobs = ProcrastinateJob.objects.filter(status="todo").order_by("pk")
    return next((job for job in jobs if job.scheduled_at is None or job.scheduled_at <= at), None)


def forget() -> None:
    """Do none of what waits."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
