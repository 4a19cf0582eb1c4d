"""Import a table of old addresses from a file, telling how far it is."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from newsroom.people.models import User
from newsroom.people.verdicts import RefusalError
from newsroom.readers.importing import Look, import_all, judged, take_in


class Command(BaseCommand):
    help = "Import old addresses from a CSV or Excel file; rows that cannot be are named."

    def add_arguments(self, parser):
        """Take the file and who answers for it."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--by", required=True, help="log-in of who imports")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen")

    def handle(self, *args, file: Path, by: str, dry_run: bool, **options):
        """Import, or only say what would happen."""
        try:
            person = User.objects.get(username=by)
            record = take_in(file.name, file.read_bytes(), by=person)
            look = Look()
            for row in judged(record, self.say):
                look.take(row)
                if row.error:
                    self.stderr.write(f"{row.number}: {row.old} – {row.error}")
            told = look if dry_run else import_all(record, by=person, say=self.say)
        except (RefusalError, OSError, User.DoesNotExist) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(
            f"new {told.new}, changed {told.changed}, unchanged {told.same}, refused {look.wrong}"
        )

    def say(self, done: int, of: int) -> None:
        """Tell how many rows are read."""
        self.stdout.write(f"{done} of {of}")
