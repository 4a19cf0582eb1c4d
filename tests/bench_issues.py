"""How long an issue of forty pieces takes: to close, to schedule, to show its board, to dry-run.

``make bench`` runs it; nothing here is a test of time.
"""

import sys
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from issues import findings, workflow
from issues.models import Issue
from tests import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.rehearsal]


def measured(act) -> tuple[float, int]:
    """Return milliseconds and statements of an act."""
    with CaptureQueriesContext(connection) as captured:
        started = time.perf_counter()
        act()
        spent = time.perf_counter() - started
    return spent * 1000, len(captured)


def tell(what, figures):
    sys.stdout.write(f"{what:<28} {figures[0]:8.1f} ms  {figures[1]:4d} statements\n")


@pytest.mark.parametrize("count", [4, 40])
def test_an_issue(client, count):
    cast = factories.Cast()
    pages = [(number, f"第{number}版") for number in range(1, 5)]
    issue = factories.issue(cast, pages=pages)
    for number in range(count):
        piece = factories.approved(cast)
        workflow.place(issue, by=cast.issue_editor, article=piece, page=number % 4 + 1)
    client.force_login(cast.issue_editor)
    board = reverse("admin:issues_issue_change", args=[issue.pk])
    client.get(board)
    sys.stdout.write(f"\n{count} pieces on 4 pages\n")
    tell("board", measured(lambda: client.get(board)))
    tell("dry run", measured(lambda: findings.findings(Issue.objects.get(pk=issue.pk))))
    tell("close", measured(lambda: workflow.close(issue, by=cast.issue_editor)))
    hour = timezone.now() + timedelta(hours=1)
    tell("schedule", measured(lambda: workflow.schedule(issue, by=cast.issue_editor, at=hour)))
    seen = Issue.objects.get(pk=issue.pk).release.publish_at
    again = hour + timedelta(hours=1)
    tell(
        "reschedule",
        measured(lambda: workflow.reschedule(issue, by=cast.chief, at=again, seen=seen)),
    )
