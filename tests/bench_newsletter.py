"""What a letter costs us when there are many readers: ``python -m tests.bench_newsletter``.

Statements and milliseconds for each letter, on the demo's database, about its latest issue; what is
written is taken back afterwards. Once without a mail server, once with one on this machine.
"""

import os
import sys
from time import perf_counter

import django
from django.conf import settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
if __name__ == "__main__":
    django.setup()

from issues.models import Issue
from newsroom.people import clock
from newsroom.people.models import SiteSettings
from newsroom.readers.models import Mailing, Subscriber
from newsroom.readers.workflow import mailing
from tests.mail_server import MailServer

BATCH = 6_000  # as many as a minute may allow


def main(readers: int = 10_000) -> None:
    """Measure and print a line for each step."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    measure(readers, "no mail server")
    with MailServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        measure(readers, "a mail server on this machine")
        assert len(server.received) == len({each.to[0] for each in server.received}) == readers


def measure(readers: int, where: str) -> None:
    """Write to so many readers, in one transaction that is taken back."""
    with transaction.atomic():
        Mailing.objects.all().delete()
        Subscriber.objects.all().delete()
        SiteSettings.objects.update(newsletter=True, newsletter_per_minute=BATCH)
        now = clock.now()
        Subscriber.objects.bulk_create(
            Subscriber(address=f"r{n}@example.cn", key=f"{n:_<43}", confirmed_at=now)
            for n in range(readers)
        )
        issue = Issue.objects.live().newest_first().first()
        began = perf_counter()
        mailing.begin(issue, now)
        print(f"{where}: {readers} letters written down in {perf_counter() - began:.1f} s")  # noqa: T201
        send(readers, now)
        transaction.set_rollback(True)


def send(readers: int, now) -> None:
    """Send everything; say what one letter costs."""
    found = Mailing.objects.under_way().get()
    paper = SiteSettings.current()
    with CaptureQueriesContext(connection) as asked:
        mailing._send_some(found, paper, 10, now)
    began, sent = perf_counter(), 10
    while some := mailing._send_some(found, paper, BATCH, now):
        sent += some
    took = perf_counter() - began
    mailing.finish(now)
    each = 1000 * took / (sent - 10)
    print(  # noqa: T201
        f"  {sent} sent, {len(asked) / 10:.1f} statements and {each:.1f} ms a letter,"
        f" {took:.0f} s in all"
    )
    assert sent == readers


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
