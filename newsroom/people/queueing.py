"""The way into the queue of tasks: what is to be done once an act stands.

A job is a row, written by the same connection and in the same transaction as the act itself. So
it is there exactly when the act is: nothing is lost, and nothing is done for what was taken back.
"""

from datetime import datetime

from procrastinate.contrib.django import app


def later(task: str, *, at: datetime | None = None, **ids) -> None:
    """Have a worker do ``task``, a task's name, with these keys: at once, or at an instant.

    Tasks are named, not imported: who records an act need not know the room that tells of it.
    One statement. Outside a transaction the job stands at once.
    """
    app.configure_task(task, allow_unknown=True, schedule_at=at).defer(**ids)
