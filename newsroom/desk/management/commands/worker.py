"""Run the worker: it tells people what happened and sends letters."""

from django.core.management.base import BaseCommand

from newsroom.desk import working


class Command(BaseCommand):
    """``manage.py worker``: until it is interrupted."""

    help = "Run tasks: notices, letters. Publishing needs no worker."

    def add_arguments(self, parser):
        """Take the process to stand beside, and whether to leave when nothing is left to do."""
        parser.add_argument(
            "--beside", type=int, help="Stop when the process of this number has ended."
        )
        parser.add_argument("--once", action="store_true", help="Do what waits, then stop.")

    def handle(self, *, beside: int | None, once: bool, **options):
        """Run."""
        working.run(beside=beside, wait=not once)
