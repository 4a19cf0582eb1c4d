"""Fill a newspaper and serve it with the production server."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from newsroom.demo import accounts, serving
from newsroom.demo.staging import CAST, stage


class Command(BaseCommand):
    """``manage.py demo``: everything from an empty database to a running, filled newspaper."""

    help = "Fill a demo newspaper and serve it."

    def add_arguments(self, parser):
        """Take the port, and whether only to fill."""
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--fill-only", action="store_true", help="Fill, but do not serve.")

    def handle(self, *, port: int, fill_only: bool, **options):
        """Prepare, fill, serve until interrupted."""
        if not fill_only:
            serving.demand_free(port)
        serving.prepare()
        passwords = accounts.passwords(CAST)
        stage(passwords=passwords, say=lambda line: self.stdout.write(f"  {line}"))
        if not fill_only:
            self.stdout.write(_("Starting the server …"))
            serving.serve(port, announce=lambda: self.stdout.write(accounts.sheet(port, passwords)))
