"""The way into the queue of tasks: what is to be done once an act stands.

A job is a row, written by the same connection and in the same transaction as the act itself. So
it is there exactly when the act is: nothing is lost, and nothing is done for what was taken back.
"""

from datetime import datetime

from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task

# A worker's own connections are others than Django's; a task writes by Django's, like a verb.
_queue = JobManager(DjangoConnector())


def later(task: str, *, at: datetime | None = None, after: str | None = None, **ids) -> None:
    """Have a worker do ``task``, a task's name, with these keys: at once, or at an instant.

    Jobs of the same ``after`` are done one after the other, in the order in which they came.

    Tasks are named, not imported: who records an act need not know the room that tells of it.
    One statement. Outside a transaction the job stands at once.
    """
    configure_task(name=task, job_manager=_queue, schedule_at=at, lock=after).defer(**ids)
