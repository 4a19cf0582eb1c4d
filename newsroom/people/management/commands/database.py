from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _


class Command(BaseCommand):
    help = "Start, stop, look at or open a shell on the project's own database."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("action", choices=["start", "stop", "status", "shell"])

    def handle(self, *, action, **options):
        if not hasattr(connection, "cluster"):
            raise CommandError(_("DATABASE_URL names the database: it is not ours to look after."))
        if action == "start":
            connection.prepare()
        if action == "stop" and connection.cluster.stop():
            self.stdout.write(_("The database has been stopped."))
        if action == "shell":
            connection.client.runshell([])
        else:
            now = connection.cluster.status()
            state = _("running") if now.running else _("not running")
            size = filesizeformat(now.size)
            self.stdout.write(f"{now.folder}: {state}, {now.version}, {size}")
