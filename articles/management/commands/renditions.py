"""Make the files of pictures, look after them, and throw away what nothing names."""

from collections.abc import Iterable, Iterator

from django.core.management.base import BaseCommand, CommandError

from articles import stocktaking
from articles.models import Picture

BAR = 30  # characters


class Command(BaseCommand):
    """``manage.py renditions``: may be stopped at any point and run again."""

    help = "Make the renditions of pictures, check what is stored, or remove what nothing names."
    requires_system_checks = ()

    def add_arguments(self, parser):
        """Take what is to be done; removing is only done where it is asked for."""
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--missing", action="store_true", help="Make what is not there.")
        what.add_argument("--all", action="store_true", help="Make all anew but the masters.")
        what.add_argument(
            "--check", action="store_true", help="Change nothing; tell what is wrong or orphaned."
        )
        parser.add_argument(
            "--remove-orphans",
            action="store_true",
            help="Remove files no picture names, and pictures no piece has ever shown.",
        )

    def handle(self, *, missing, all, check, remove_orphans, **options):
        """Do it, and fail where something is wrong."""
        wrong = list(self.checked() if check else self.made(anew=all))
        found = stocktaking.orphans()
        self.tell(wrong, found)
        if remove_orphans:
            stocktaking.remove(found)
            self.stdout.write("They are removed.")
        if wrong or (check and found and not remove_orphans):
            raise CommandError("Not everything is in order.", returncode=1)

    def made(self, *, anew: bool) -> Iterator[str]:
        """Make what is missing, or all; yield what cannot be."""
        stocktaking.adopt_uses()
        for picture in self.counted(Picture.objects.order_by("pk")):
            if fault := stocktaking.make_good(picture, anew=anew):
                yield fault

    def checked(self) -> Iterator[str]:
        """Yield what is wrong with what is stored."""
        for picture in self.counted(Picture.objects.order_by("pk")):
            yield from stocktaking.faults(picture)

    def tell(self, wrong: list[str], found: stocktaking.Orphans) -> None:
        """Say what was found, a line each."""
        for each in wrong:
            self.stdout.write(each)
        for place in found.files:
            self.stdout.write(f"{place}: nothing names this file")
        for picture in found.pictures:
            self.stdout.write(f"{picture.digest}: no piece has ever shown this picture")
        pictures = Picture.objects.count()
        self.stdout.write(
            f"{pictures} pictures, {len(wrong)} faults, "
            f"{len(found.files) + len(found.pictures)} orphans."
        )

    def counted(self, pictures: Iterable[Picture]) -> Iterator[Picture]:
        """Yield pictures and draw how far they have come, where somebody looks."""
        total = pictures.count()
        for number, picture in enumerate(pictures.iterator(), start=1):
            yield picture
            if self.stderr.isatty():
                done = BAR * number // total
                bar = "█" * done + "·" * (BAR - done)
                self.stderr.write(f"\r{bar} {number}/{total}", ending="\n" * (number == total))
                self.stderr.flush()
