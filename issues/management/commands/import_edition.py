from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from issues.batches import edition_files, told, who_files
from issues.reading import UnreadableEditionError
from newsroom.people.verdicts import RefusalError


class Command(BaseCommand):
    help = "Bring raw edition texts in: each becomes an issue in planning with drafts on its pages."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path, help="a text file, or a folder of 2023-12-08*.txt")
        parser.add_argument("--date", type=date.fromisoformat, help="of the issue: 2023-12-08")
        parser.add_argument("--sequence", type=int, help="2 for a day's second issue")
        parser.add_argument("--number", type=int, help="the running number, where it is known")
        parser.add_argument("--dry-run", action="store_true", help="only read; ask no database")
        parser.add_argument("--format", choices=["text", "json"], default="text")
        parser.add_argument("--create-correspondents", action="store_true")
        parser.add_argument("--by", metavar="USERNAME", help="who files the drafts")

    def handle(self, *, path, date, sequence, dry_run, format, by, **how):
        try:
            files = edition_files(path, day=date, sequence=sequence, undated=dry_run)
            by, notice = (None, "") if dry_run else who_files(by)
            self.stderr.write(notice, ending="\n" if notice else "")
            done = {}
            for position, file in enumerate(files, start=1):
                if len(files) > 1:
                    self.stderr.write(f"{position}/{len(files)} {file.path.name}")
                done[file.path.name] = file.read() if dry_run else file.bring_in(by=by, **how)
        except (UnreadableEditionError, RefusalError) as refusal:
            raise CommandError(str(refusal), returncode=2) from None
        self.stdout.write(told(done, as_json=format == "json", several=path.is_dir()))
