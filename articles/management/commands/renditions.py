from django.core.management.base import BaseCommand, CommandError

from articles import stocktaking


class Command(BaseCommand):
    help = "Make the files of pictures, check what is stored, or remove what nothing names."
    requires_system_checks = ()

    def add_arguments(self, parser):
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--missing", action="store_true", help="make what is not there")
        what.add_argument("--all", action="store_true", help="make all anew but the masters")
        what.add_argument("--check", action="store_true", help="change nothing; tell what is wrong")
        parser.add_argument(
            "--remove-orphans",
            action="store_true",
            help="remove files that no picture names, and pictures that no piece has ever shown",
        )

    def handle(self, *, check, all, remove_orphans, **options):
        screen = self.stderr if self.stderr.isatty() else None
        stock = stocktaking.checked(screen) if check else stocktaking.made_good(screen, anew=all)
        self.stdout.write(stock.told())
        if remove_orphans:
            stocktaking.remove(stock.orphans)
            self.stdout.write("They are removed.")
        if stock.faults or (check and stock.orphans and not remove_orphans):
            raise CommandError("Not everything is in order.", returncode=1)
