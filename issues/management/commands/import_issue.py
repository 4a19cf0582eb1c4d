from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from issues.archiving.shelf import bring_back
from newsroom.people.verdicts import RefusalError


class Command(BaseCommand):
    help = "Restore an issue from its archive. Twice changes nothing; refused, nothing is changed."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="an archive, as export_issue writes it")
        parser.add_argument("--dry", action="store_true", help="only say what would happen")
        parser.add_argument("--by", metavar="USERNAME", help="who restores it")

    def handle(self, *, file, dry, by, **_rest):
        try:
            self.stdout.write(bring_back(file, by=by, dry=dry, say=self.stderr.write))
        except RefusalError as refusal:
            raise CommandError(str(refusal), returncode=2) from None
