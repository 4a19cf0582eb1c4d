"""Compare what should be live with what residents get, for operators and cron."""

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from newsroom.desk.watch import reporting

ENDS = {"ok": 0, "warn": 1, "alarm": 2}


class Command(BaseCommand):
    """``manage.py watch``: look once. Ends with 0 (right), 1 (to be looked at) or 2 (alarm)."""

    help = (
        "Compare what should be live with what residents get. Needs no worker. Ends with 0, 1, 2."
    )

    def add_arguments(self, parser):
        """Take the form of the answer."""
        parser.add_argument("--json", action="store_true", help="Answer one object of JSON.")

    def handle(self, *, json: bool, **options):
        """Look, print, end with the state."""
        try:
            report = reporting.report()
        except DatabaseError as error:
            report = reporting.without_a_database(error)
        self.stdout.write(reporting.as_json(report) if json else reporting.as_lines(report))
        if ENDS[report["state"]]:
            raise SystemExit(ENDS[report["state"]])
