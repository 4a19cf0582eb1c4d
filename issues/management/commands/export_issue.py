from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from issues.archiving.shelf import save_issue
from newsroom.people.verdicts import RefusalError


class Command(BaseCommand):
    help = "Archive an issue as one file that any browser reads and import_issue restores."

    def add_arguments(self, parser):
        parser.add_argument("issue", help="its address: 2023-12-08, or 2023-12-08-2")
        parser.add_argument("--to", type=Path, help="a file or a folder; this one if left out")

    def handle(self, *, issue, to, **_rest):
        try:
            self.stdout.write(save_issue(issue, to or Path()))
        except RefusalError as refusal:
            raise CommandError(str(refusal), returncode=2) from None
